"""Reads the tables [mail] and [[recipients]]: by which server, from whom, and to whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from clusterreport.locale import BASE, phrase
from clusterreport.settings.addresses import Address, address_in, domain_in, name_in
from clusterreport.settings.reading import Faults, Kinds, all_of, among, existing, needed, nth, words, wrong
from clusterreport.settings.secrets import Secret, secret_in, secret_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TABLE: Final = "mail"
KINDS: Final[Kinds] = {
    "host": str, "port": int, "security": str, "sender": str, "reply_to": str, "user": str,
    **dict.fromkeys(secret_settings("password"), str), "authorities": str, "internal_domains": list, "word": bool,
    "megabytes": int, "certificate": str, **dict.fromkeys(secret_settings("passphrase"), str),
}  # fmt: skip
RECIPIENTS: Final = "recipients"
RECIPIENT_KINDS: Final[Kinds] = {"name": str, "address": str, "folder": str, "audience": str, "lists": list}

_SECURITIES: Final = ("starttls", "tls", "none")
_PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_MEGABYTES: Final = 5
_HIGHEST_PORT: Final = 65535


@dataclass(frozen=True, slots=True)
class Mail:
    """By which server mail goes, and from whom.

    ``authorities`` is a PEM file of certificates to trust instead of the system's. ``internal_domains`` are those that
    may receive what is marked 内部. ``word`` says whether the Word file goes along. ``megabytes`` is the most that one
    message may weigh, in units of 1,000,000 bytes. ``certificate`` is a PKCS#12 file whose owner signs every message
    (S/MIME), ``passphrase`` what opens it; both are None where messages are not signed.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: Address
    reply_to: Address | None = None
    user: str = ""
    password: Secret | None = None
    authorities: Path | None = None
    internal_domains: tuple[str, ...] = ()
    word: bool = False
    megabytes: int = _MEGABYTES
    certificate: Path | None = None
    passphrase: Secret | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives the briefing of one audience: a person by e-mail, or a shared folder; one of the two is set.

    ``lists`` are the names under which schedules may choose the recipient.
    """

    name: str
    audience: str
    address: Address | None = None
    folder: Path | None = None
    lists: tuple[str, ...] = ()

    @property
    def destination(self) -> str:
        """Return the mailbox or the folder, by which a recipient is told from all others."""
        return self.address.mailbox if self.address else str(self.folder)


def mail_in(root: Path, table: Mapping[str, Any]) -> Mail:
    """Return the table as it is meant; SettingsError with all that is wrong with it."""
    user, certified = table.get("user", ""), "certificate" in table
    reply_to, authorities = table.get("reply_to"), table.get("authorities")
    parts = all_of(
        host=lambda: needed(TABLE, table, "host", 'host = "mail.example.gov.cn"'),
        security=lambda: _security(table),
        port=lambda: _port(table),
        megabytes=lambda: _megabytes(table),
        sender=lambda: address_in("mail.sender", needed(TABLE, table, "sender", _sender_example())),
        reply_to=lambda: address_in("mail.reply_to", reply_to) if reply_to else None,
        password=lambda: secret_in(root, TABLE, table, "password") if user else None,
        authorities=lambda: existing(root, "mail.authorities", authorities) if authorities else None,
        internal_domains=lambda: _internal_domains(table),
        certificate=lambda: existing(root, "mail.certificate", table["certificate"]) if certified else None,
        passphrase=lambda: secret_in(root, TABLE, table, "passphrase") if certified else None,
    )
    return Mail(**parts, user=user, word=table.get("word", False))


def recipients_in(root: Path, tables: Iterable[Mapping[str, Any]]) -> tuple[Recipient, ...]:
    """Return every recipient; nobody may be named twice, lest he receive two versions.

    SettingsError with all that is wrong with any of them.
    """
    recipients: dict[str, Recipient] = {}
    faults = Faults()
    for number, table in enumerate(tables, 1):
        with faults.caught():
            recipient = _recipient(root, nth(RECIPIENTS, number), table)
            key = recipient.destination.lower()
            if key in recipients:
                first = recipients[key]
                problem = f"{recipient.destination} is named already, for the audience {first.audience}"
                raise wrong(nth(RECIPIENTS, number), problem, "Name each recipient once, with one audience.")
            recipients[key] = recipient
    faults.refuse()
    return tuple(recipients.values())


def _security(table: Mapping[str, Any]) -> Literal["starttls", "tls", "none"]:
    security = among("mail.security", _SECURITIES, (table.get("security", "starttls"),))[0]
    if security == "none" and "host" in table and table["host"] not in _LOOPBACK:
        problem = "mail would cross the network unprotected"
        raise wrong("mail.security", problem, 'Write "starttls" or "tls"; "none" is for this machine alone.')
    return cast("Literal['starttls', 'tls', 'none']", security)


def _port(table: Mapping[str, Any]) -> int:
    usual = _PORTS.get(table.get("security", "starttls"), _PORTS["starttls"])
    port: int = table.get("port", usual)
    if not 0 < port <= _HIGHEST_PORT:
        raise wrong("mail.port", f"{port} is no port", f"Write {usual}, or what the server's keeper says.")
    return port


def _megabytes(table: Mapping[str, Any]) -> int:
    megabytes: int = table.get("megabytes", _MEGABYTES)
    if megabytes < 1:
        raise wrong("mail.megabytes", f"{megabytes} is too little", f"Write {_MEGABYTES}, or what the server takes.")
    return megabytes


def _internal_domains(table: Mapping[str, Any]) -> tuple[str, ...]:
    if "internal_domains" not in table:
        return ()
    named = words(TABLE, table, "internal_domains", ("example.gov.cn",))
    return tuple(domain_in("mail.internal_domains", domain) for domain in named)


def _sender_example() -> str:
    name = phrase("example.sender", BASE)
    return f'sender = "{name} <briefing@example.gov.cn>"'


def _person_example() -> str:
    name = phrase("example.person", BASE)
    return f'name = "{name}"'


def _recipient(root: Path, place: str, table: Mapping[str, Any]) -> Recipient:
    faults = Faults()
    name = faults.tried(lambda: name_in(f"{place}.name", needed(place, table, "name", _person_example())))
    with faults.caught():
        parts = _parts(place, table, name or "")
    faults.refuse()
    return Recipient(name=name or "", **parts, folder=root / Path(table["folder"]) if "folder" in table else None)


def _parts(place: str, table: Mapping[str, Any], name: str) -> dict[str, Any]:
    return all_of(
        audience=lambda: needed(place, table, "audience", 'audience = "leaders"'),
        address=lambda: _address(place, table, name),
        lists=lambda: words(place, table, "lists", (phrase("example.readers", BASE),)) if "lists" in table else (),
    )


def _address(place: str, table: Mapping[str, Any], name: str) -> Address | None:
    if ("address" in table) == ("folder" in table):
        raise wrong(place, "it needs either an address or a folder", 'Write address = "name@example.gov.cn".')
    return address_in(f"{place}.address", table["address"], name) if "address" in table else None
