"""Reads the table [delivery]: where the outbox and the archive are, and which days are working days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from clusterreport.settings.reading import Kinds, all_of, existing, words, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TABLE: Final = "delivery"
KINDS: Final[Kinds] = {
    "outbox": str, "archive": str, "working_days": str, "must_agree": list,
    "build_minutes": int, "build_megabytes": int,
}  # fmt: skip

BUILD_MINUTES: Final = 10
BUILD_MEGABYTES: Final = 4096  # of addresses, not of memory used: libraries reserve far more than they touch

_LIMITS: Final = {"build_minutes": (1, 24 * 60, BUILD_MINUTES), "build_megabytes": (512, 1 << 20, BUILD_MEGABYTES)}
_SERVER: Final = "postgresql"


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where the outbox, the archive, and the project's own table of working days are.

    ``outbox`` is a file of SQLite, or the address of a PostgreSQL database without its password, which libpq looks for
    (in PGPASSWORD, or in a file .pgpass). ``must_agree`` names published figures ("nation.clusters_total") that nothing
    is sent without: the rows must agree with them. ``working_days`` is None where only the published calendar counts.
    ``build_minutes`` and ``build_megabytes`` are what the build of one issue may take. ``output`` is
    where issues are built, None where nobody builds.
    """

    outbox: Path | str
    archive: Path
    working_days: Path | None = None
    must_agree: tuple[str, ...] = ()
    build_minutes: float = BUILD_MINUTES
    build_megabytes: int = BUILD_MEGABYTES
    output: Path | None = None


def delivery_in(root: Path, output: Path, table: Mapping[str, Any]) -> Delivery:
    """Return the table as it is meant; without one the outbox and the archive lie in the output folder."""
    days = table.get("working_days")
    parts = all_of(
        outbox=lambda: _outbox(root, output, table.get("outbox", "")),
        working_days=lambda: existing(root, "delivery.working_days", days) if days else None,
        must_agree=lambda: words(TABLE, table, "must_agree", ("nation.total",)) if "must_agree" in table else (),
        build_minutes=lambda: _limit(table, "build_minutes"),
        build_megabytes=lambda: _limit(table, "build_megabytes"),
    )
    return Delivery(
        **parts, archive=root / table["archive"] if "archive" in table else output / "archive", output=output
    )


def _limit(table: Mapping[str, Any], key: str) -> int:
    least, most, usual = _LIMITS[key]
    value: int = table.get(key, usual)
    if not least <= value <= most:
        raise wrong(f"{TABLE}.{key}", "it is out of bounds", f"Write {least} to {most}, or leave it out for {usual}.")
    return value


def _outbox(root: Path, output: Path, text: str) -> Path | str:
    if "://" not in text:
        return root / text if text else output / "outbox.db"
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that opens the address of a server and is never closed
        parts = urlsplit("")
    if parts.scheme != _SERVER:
        remedy = f'Write a file, "output/outbox.db", or an address, "{_SERVER}://user@server/database".'
        raise wrong("delivery.outbox", "it is neither a file nor an address of PostgreSQL", remedy)
    if parts.password is not None:
        remedy = "Leave it out there; keep it in the variable PGPASSWORD or in a file .pgpass."
        raise wrong("delivery.outbox", "it holds a password", remedy)
    return text
