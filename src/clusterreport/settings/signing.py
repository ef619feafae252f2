"""Reads the table [signing]: whose signature the PDFs bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.settings.reading import Kinds, all_of, existing, needed
from clusterreport.settings.secrets import Secret, secret_in, secret_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TABLE: Final = "signing"
KINDS: Final[Kinds] = dict.fromkeys(("certificate", *secret_settings("passphrase"), "reason", "location"), str)


@dataclass(frozen=True, slots=True)
class Signing:
    """Whose signature the PDFs bear: a PKCS#12 file, and where its passphrase is kept.

    ``reason`` and ``location`` are words in the signature, empty where none are wanted.
    """

    certificate: Path
    passphrase: Secret
    reason: str
    location: str


def signing_in(root: Path, table: Mapping[str, str]) -> Signing:
    """Return the table as it is meant. No message quotes a value, lest a passphrase put in the wrong place be shown."""

    def certificate() -> Path:
        return existing(root, "signing.certificate", needed(TABLE, table, "certificate", 'certificate = "….p12"'))

    parts = all_of(certificate=certificate, passphrase=lambda: secret_in(root, TABLE, table, "passphrase"))
    return Signing(**parts, reason=table.get("reason", ""), location=table.get("location", ""))
