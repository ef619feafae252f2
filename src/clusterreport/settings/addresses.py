"""E-mail addresses as users write them: one mailbox, with a name or without; what a server would misread is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from clusterreport.messages import message, template
from clusterreport.settings import wrong
from clusterreport.settings.header_text import decoded, unfit_in

_NAMED: Final = re.compile(r"(?P<name>[^<>]*)<(?P<mailbox>[^<>]*)>")
_LONGEST_LOCAL: Final = 64  # RFC 5321, 4.5.3.1
_LONGEST: Final = 254
_LONGEST_NAME: Final = 200
_REMEDY: Final = template('Write one address, "name@example.gov.cn".')


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox, ``local@domain`` with the domain in lower-case ASCII, and the ``name`` shown beside it, if any."""

    mailbox: str
    name: str = ""

    @property
    def domain(self) -> str:
        """Return what stands behind the @."""
        return self.mailbox.rpartition("@")[2]


def address_in(place: str, text: str, name: str = "") -> Address:
    """Return the address that ``text`` says, "name@…" or "名称 <name@…>"; UsageError says what is wrong with it."""
    if unfit := unfit_in(text):
        raise wrong(
            place,
            message(
                "{text} holds a line break or another control character: {character}",
                text=_shown(text),
                character=unfit,
            ),
            message(_REMEDY),
        )
    named = _NAMED.fullmatch(text.strip())
    mailbox = (named["mailbox"] if named else text).strip()
    own = named["name"].strip().strip('"') if named else ""
    return Address(_mailbox(place, mailbox), name_in(place, own or name))


def name_in(place: str, text: str) -> str:
    """Return the name of somebody, which may be copied from a head (=?utf-8?b?…?=); UsageError where it is unfit."""
    if unfit := unfit_in(text):
        problem = message(
            "the name {text} holds a line break or another control character: {character}",
            text=_shown(text),
            character=unfit,
        )
        raise wrong(place, problem, message("Write the name alone, without such characters."))
    plain = decoded(decoded(text)).strip()
    if len(plain) > _LONGEST_NAME:
        raise wrong(
            place,
            message(
                "the name has {count} characters, and {longest_name} are allowed",
                count=len(plain),
                longest_name=_LONGEST_NAME,
            ),
            message("Shorten it."),
        )
    return plain


def domain_in(place: str, text: str) -> str:
    """Return the domain that ``text`` says as addresses bear it, in lower-case ASCII; UsageError if it is none."""
    plain = _ascii_domain(text)
    if not plain:
        raise wrong(
            place,
            message("{text} is not a domain", text=_shown(text)),
            message('Write what stands behind the @, "example.gov.cn".'),
        )
    return plain


def _mailbox(place: str, text: str) -> str:
    if "," in text or ";" in text or "，" in text or "；" in text:
        raise wrong(place, message("{text!r} is more than one address", text=text), message(_REMEDY))
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise wrong(place, message("{text!r} is not an e-mail address", text=text), message(_REMEDY))
    if len(local) > _LONGEST_LOCAL or _validated(f"{local}@example.org") is None:
        raise wrong(
            place,
            message("{text!r} has a part before the @ that mail servers do not take", text=text),
            message(_REMEDY),
        )
    plain = _ascii_domain(domain)
    if not plain or len(local) + 1 + len(plain) > _LONGEST:
        raise wrong(place, message("{text!r} has a part behind the @ that is no domain", text=text), message(_REMEDY))
    return f"{local}@{plain}"


@lru_cache(maxsize=1024)  # of ten thousand recipients most share a few domains
def _ascii_domain(text: str) -> str:
    """Return a domain as IDNA 2008 writes it in ASCII, "" where it is none."""
    plain = _validated(f"x@{text}")
    _, _, domain = (plain or "").rpartition("@")
    return domain if "." in domain else ""


def _validated(text: str) -> str | None:
    """Return an address in ASCII, None where its form is wrong; nothing is looked up in the DNS."""
    import email_validator

    if len(text) > 2 * _LONGEST:  # whatever it may stand for, it is too long
        return None
    email_validator.SPECIAL_USE_DOMAIN_NAMES.clear()  # closed networks do use names such as .local
    try:
        valid = email_validator.validate_email(
            text,
            check_deliverability=False,
            globally_deliverable=False,
            allow_smtputf8=False,
            allow_quoted_local=False,
            allow_domain_literal=False,
            allow_display_name=False,
        )
    except email_validator.EmailNotValidError:
        return None
    return valid.ascii_email


def _shown(text: str) -> str:
    return repr(text) if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]!r}…"
