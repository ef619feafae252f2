"""The table [mail] of clusterreport.toml: by which server mail goes, and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import AfterValidator, Field, StrictBool, StrictInt, ValidationInfo

from clusterreport.locale import BASE, phrase
from clusterreport.messages import message
from clusterreport.settings.addresses import Address, address_in, domain_in
from clusterreport.settings.fields import NONE_IF_EMPTY, ONCE, ExistingFile, InSchema, Text, read_by, refused
from clusterreport.settings.secrets import Credential, Secret, Variable, kept_in_one_way, secret_of
from clusterreport.settings.validation import Fault, SettingsTable, TableContent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def _protected(security: str, info: ValidationInfo) -> str:
    if security == "none" and info.data.get("host", "localhost") not in _LOOPBACK:
        remedy = message('Write "starttls" or "tls"; "none" is for this machine alone.')
        raise refused(message("mail would cross the network unprotected"), remedy)
    return security


def _port(port: int, info: ValidationInfo) -> int:
    if not 0 < port <= _HIGHEST_PORT:
        usual = _PORTS[info.data.get("security", "starttls")]
        raise refused(
            message("{port} is no port", port=port),
            message("Write {usual}, or what the server's keeper says.", usual=usual),
        )
    return port


def _megabytes(megabytes: int) -> int:
    if megabytes < 1:
        raise refused(
            message("{megabytes} is too little", megabytes=megabytes),
            message("Write {megabytes}, or what the server takes.", megabytes=_MEGABYTES),
        )
    return megabytes


AnAddress = Annotated[Address, read_by(address_in)]
Domain = Annotated[str, read_by(domain_in)]


class MailTable(SettingsTable):
    """The table [mail] as the file has it."""

    host: Text = Field(examples=["mail.example.gov.cn"])
    security: Annotated[Literal["starttls", "tls", "none"], AfterValidator(_protected)] = "starttls"
    port: Annotated[StrictInt, AfterValidator(_port), InSchema({"minimum": 1, "maximum": _HIGHEST_PORT})] | None = None
    sender: AnAddress = Field(examples=[f"{phrase('example.sender', BASE)} <briefing@example.gov.cn>"])
    reply_to: Annotated[AnAddress | None, NONE_IF_EMPTY] = None
    user: Text = ""
    password_env: Variable = ""
    password_file: ExistingFile | None = None
    password_credential: Credential = ""
    authorities: Annotated[ExistingFile | None, NONE_IF_EMPTY] = None
    internal_domains: Annotated[tuple[Domain, ...], *ONCE] = ()
    word: StrictBool = False
    megabytes: Annotated[StrictInt, AfterValidator(_megabytes), InSchema({"minimum": 1})] = _MEGABYTES
    certificate: ExistingFile | None = None
    passphrase_env: Variable = ""
    passphrase_file: ExistingFile | None = None
    passphrase_credential: Credential = ""

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield where it is not said in one way where a secret is that is needed."""
        if table.sound.get("user"):
            yield from kept_in_one_way(table.said, "mail", "password")
        if "certificate" in table.said:
            yield from kept_in_one_way(table.said, "mail", "passphrase")

    def resolved(self) -> Mail:
        """Return the table as it is meant."""
        return Mail(
            host=self.host,
            port=_PORTS[self.security] if self.port is None else self.port,
            security=self.security,
            sender=self.sender,
            reply_to=self.reply_to,
            user=self.user,
            password=secret_of(self, "mail", "password") if self.user else None,
            authorities=self.authorities,
            internal_domains=self.internal_domains,
            word=self.word,
            megabytes=self.megabytes,
            certificate=self.certificate,
            passphrase=secret_of(self, "mail", "passphrase") if self.certificate else None,
        )
