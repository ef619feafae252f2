"""E-mail addresses as users write them: one mailbox, with a name or without; what a server would misread is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from clusterreport.settings.reading import wrong

_NAMED: Final = re.compile(r"(?P<name>[^<>]*)<(?P<mailbox>[^<>]*)>")
_LOCAL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)  # RFC 5321, Dot-string
_LABEL: Final = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
_LONGEST_LOCAL: Final = 64  # RFC 5321, 4.5.3.1
_LONGEST: Final = 254
_LONGEST_LABEL: Final = 63  # RFC 1035, 2.3.4
_REMEDY: Final = 'Write one address, "name@example.gov.cn".'


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
    if not text.isprintable():
        raise wrong(place, f"{text!r} holds a line break or another control character", _REMEDY)
    named = _NAMED.fullmatch(text.strip())
    mailbox = (named["mailbox"] if named else text).strip()
    if not name.isprintable():
        raise wrong(place, f"the name {name!r} holds a line break or another control character", "Leave it out.")
    return Address(_mailbox(place, mailbox), (named["name"].strip().strip('"') if named else "") or name)


def domain_in(place: str, text: str) -> str:
    """Return the domain that ``text`` says as addresses bear it, in lower-case ASCII; UsageError if it is none."""
    plain = _ascii_domain(text)
    if not plain:
        raise wrong(place, f"{text!r} is not a domain", 'Write what stands behind the @, "example.gov.cn".')
    return plain


def _mailbox(place: str, text: str) -> str:
    if "," in text or ";" in text or "，" in text or "；" in text:
        raise wrong(place, f"{text!r} is more than one address", _REMEDY)
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise wrong(place, f"{text!r} is not an e-mail address", _REMEDY)
    if not _LOCAL.fullmatch(local) or len(local) > _LONGEST_LOCAL:
        raise wrong(place, f"{text!r} has a part before the @ that mail servers do not take", _REMEDY)
    plain = _ascii_domain(domain)
    if not plain or len(local) + 1 + len(plain) > _LONGEST:
        raise wrong(place, f"{text!r} has a part behind the @ that is no domain", _REMEDY)
    return f"{local}@{plain}"


def _ascii_domain(text: str) -> str:
    """Return a domain in lower-case ASCII, "" where it is none."""
    try:
        plain = text.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
    labels = plain.split(".")
    lawful = all(_LABEL.fullmatch(label) and len(label) <= _LONGEST_LABEL for label in labels)
    return plain if lawful and len(labels) > 1 else ""
