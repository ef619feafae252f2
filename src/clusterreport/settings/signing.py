"""The table [signing]: whose signature the PDFs bear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from clusterreport.settings.fields import ExistingFile, Text
from clusterreport.settings.secrets import Credential, Secret, Variable, kept_in_one_way, secret_of
from clusterreport.settings.validation import Fault, SettingsTable, TableContent, one_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Signing:
    """Whose signature the PDFs bear: a PKCS#12 file, and where its passphrase is kept.

    ``reason`` and ``location`` are words in the signature, empty where none are wanted.
    """

    certificate: Path
    passphrase: Secret
    reason: str
    location: str


class SigningTable(SettingsTable):
    """The table as the file has it."""

    model_config = one_of("passphrase_env", "passphrase_file", "passphrase_credential")

    certificate: ExistingFile = Field(examples=["keys/signer.p12"])
    passphrase_env: Variable = ""
    passphrase_file: ExistingFile | None = None
    passphrase_credential: Credential = ""
    reason: Text = ""
    location: Text = ""

    @classmethod
    def contradictions(cls, table: TableContent) -> Iterator[Fault]:
        """Yield where it is not said in one way where the passphrase is."""
        return kept_in_one_way(table.said, "signing", "passphrase")

    def resolved(self) -> Signing:
        """Return the table as it is meant."""
        return Signing(self.certificate, secret_of(self, "signing", "passphrase"), self.reason, self.location)
