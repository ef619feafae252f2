"""The table [delivery]: where the outbox, the archive and the recipients are, and which days are working days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, StrictInt

from clusterreport.messages import message, template
from clusterreport.settings.fields import NONE_IF_EMPTY, Between, ExistingFile, Text, Words, refused
from clusterreport.settings.table_places import SourceOfTable
from clusterreport.settings.validation import SettingsTable

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.settings.table_places import TableSource

BUILD_MINUTES: Final = 10
BUILD_MEGABYTES: Final = 4096  # of addresses, not of memory used: libraries reserve far more than they touch

RECIPIENTS: Final = "delivery.recipients"
"""The setting that names the table of recipients."""
_SERVER: Final = "postgresql"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the outbox, the archive, and the project's own table of working days are.

    ``outbox`` is a file of SQLite, or the address of a PostgreSQL database without its password, which libpq looks for
    (in PGPASSWORD, or in a file .pgpass). ``must_agree`` names published figures ("nation.clusters_total") that the
    rows must agree with, or nothing is built. ``working_days`` is None where only the published calendar counts.
    ``build_minutes`` and ``build_megabytes`` are what the build of one issue may take. ``output`` is
    where issues are built, None where nobody builds. ``recipients`` is the table of recipients that stands beside
    [[recipients]], None where there is none.
    """

    outbox: Path | str
    archive: Path
    working_days: Path | None = None
    must_agree: tuple[str, ...] = ()
    build_minutes: float = BUILD_MINUTES
    build_megabytes: int = BUILD_MEGABYTES
    output: Path | None = None
    recipients: TableSource | None = None


def _outbox(text: str) -> str:
    if "://" not in text:
        return text
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that opens the address of a server and is never closed
        parts = urlsplit("")
    if parts.scheme != _SERVER:
        remedy = message(
            'Write a file, "output/outbox.db", or an address, "{server}://user@server/database".', server=_SERVER
        )
        raise refused(message("it is neither a file nor an address of PostgreSQL"), remedy)
    if parts.password is not None:
        remedy = message("Leave it out there; keep it in the variable PGPASSWORD or in a file .pgpass.")
        raise refused(message("it holds a password"), remedy)
    return text


def _limit(least: int, most: int, usual: int) -> Between:
    return Between(
        least,
        most,
        template("it is out of bounds"),
        lambda: message("Write {least} to {most}, or leave it out for {usual}.", least=least, most=most, usual=usual),
    )


class DeliveryTable(SettingsTable):
    """The table as the file has it."""

    outbox: Annotated[Text, AfterValidator(_outbox)] = ""
    archive: Text = ""
    working_days: Annotated[ExistingFile | None, NONE_IF_EMPTY] = None
    recipients: Annotated[SourceOfTable | None, NONE_IF_EMPTY] = None
    must_agree: Words = ()
    build_minutes: Annotated[StrictInt, _limit(1, 24 * 60, BUILD_MINUTES)] = BUILD_MINUTES
    build_megabytes: Annotated[StrictInt, _limit(512, 1 << 20, BUILD_MEGABYTES)] = BUILD_MEGABYTES

    def resolved(self, root: Path, output: Path) -> Delivery:
        """Return the table as it is meant; what it does not say lies in the output folder."""
        server = "://" in self.outbox
        return Delivery(
            outbox=self.outbox if server else root / self.outbox if self.outbox else output / "outbox.db",
            archive=root / self.archive if self.archive else output / "archive",
            working_days=self.working_days,
            must_agree=self.must_agree,
            build_minutes=self.build_minutes,
            build_megabytes=self.build_megabytes,
            output=output,
            recipients=self.recipients.resolved(RECIPIENTS, root) if self.recipients else None,
        )
