"""The model of an intake report: what is said of each table, for a page and for a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from clusterreport.data.dataset import AsideRow
    from clusterreport.data.intake.changes import TableChanges
    from clusterreport.data.intake.profile import ColumnProfile
    from clusterreport.errors import Problem
    from clusterreport.locale import Language


@dataclass(frozen=True, slots=True)
class Previous:
    """The intake before: its day, and the hash of the file that came then."""

    day: dt.date
    sha256: str


@dataclass(frozen=True, slots=True)
class TableIntake:
    """What is said of one table.

    ``place`` is the file as the user wrote it, with ``sheet`` and the rows of its header ("" and () where they are not
    known, as the file could not be read). ``problems`` have their cells; ``doubts`` are the same for what is told and
    does not make the intake fail. ``changes`` is None at the first intake. ``commented`` is the name of the workbook
    with comments, "" where there is none.
    """

    name: str
    title: str
    place: str
    sheet: str
    sha256: str
    header_rows: tuple[int, ...]
    rows: int
    columns: tuple[ColumnProfile, ...]
    asides: tuple[AsideRow, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    remarks: tuple[str, ...]
    previous: Previous | None = None
    changes: TableChanges | None = None
    commented: str = ""

    @property
    def fault_count(self) -> int:
        """Return how many cells, rows and files are at fault."""
        return sum(problem.spots.count if problem.spots else 1 for problem in self.problems)


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """All tables of an intake, the day it was made, and the language in which it is written."""

    title: str
    day: dt.date
    language: Language
    tables: tuple[TableIntake, ...]

    @property
    def fault_count(self) -> int:
        """Return how many faults all tables have."""
        return sum(table.fault_count for table in self.tables)
