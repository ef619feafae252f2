"""Finds a table in a file: its header as proposed, its rows, what its columns seem, and what is said beside them."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.characters import cleaned
from clusterreport.data import sources
from clusterreport.data.describing import describe, uneven_decimals
from clusterreport.data.sources.asides import aside, is_unit, source_said, unit_words_said, units_said
from clusterreport.data.sources.proposing import listed
from clusterreport.data.sources.workbook import SheetNotSaidError
from clusterreport.errors import Problem, ProblemsError, UsageError
from clusterreport.inputs import Inputs
from clusterreport.messages import message
from clusterreport.settings import TABLES_FILE
from clusterreport.settings.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.describing import Description
    from clusterreport.data.sources.proposing import Proposal
    from clusterreport.settings.layout import Hidden

_COLON: Final = re.compile("[:\uff1a]")


@dataclass(frozen=True, slots=True)
class SaidOfTable:
    """What a row beside the data says of all of them: the words, and the file's number of the row."""

    words: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table as found in a file: how the header of a workbook was proposed, its rows, and what its columns seem.

    ``unit`` is what a row above the header says the numbers are in, ``source`` what a note says they come from.
    ``hidden_rows`` is what is proposed to be done with rows that the workbook hides, "" where it hides none.
    ``units`` are those that rows above the header list, and do not say of which columns.
    """

    file: Path
    sheet: str
    proposal: Proposal | None
    dataset: Dataset
    description: Description
    unit: SaidOfTable = SaidOfTable()
    source: SaidOfTable = SaidOfTable()
    hidden_rows: Hidden = ""
    units: SaidOfTable = SaidOfTable()

    def taken_over(self) -> tuple[str, ...]:
        """Return what was taken from rows beside the data, so that a person can see whether it is meant so."""
        told, unit, source = [*self.dataset.remarks], self.unit, self.source
        if self.hidden_rows:
            told.append(
                message(
                    'rows that are hidden are read, as {file} says now: hidden_rows = "read"; where they are not meant '
                    'for the briefing, write "leave_out" there',
                    file=TABLES_FILE,
                )
            )
        if named := [each.heading for each in self.description.columns if each.is_of_table]:
            headings = message(", ").join(named)
            told.append(
                message(
                    "{headings}: the headings name no unit; {unit} is that of the whole table, as row {row} says",
                    headings=headings, unit=unit.words, row=unit.row,
                )
            )  # fmt: skip
        if times := [each.heading for each in self.description.columns if each.period]:
            told.append(
                message(
                    "{headings}: taken for one column for each time; period in {file} says which",
                    headings=message(", ").join(times), file=TABLES_FILE,
                )
            )  # fmt: skip
        told += (
            message(
                "{heading}: its cells have {least} to {most} decimals; tables print all with {most}",
                heading=heading, least=least, most=most,
            )
            for heading, (least, most) in uneven_decimals(self.dataset, self.description).items()
        )  # fmt: skip
        if source.words:
            told.append(message("the source is {source}, as row {row} says", source=source.words, row=source.row))
        return tuple(told)


def found_in(file: Path, sheet: str = "", header_rows: tuple[int, ...] = ()) -> FoundTable:
    """Return the table of a file, of a workbook the one in ``sheet``, below the ``header_rows``, or those proposed.

    ProblemsError lists what is wrong with the file, UsageError says that there is none, or which sheets it has.
    """
    inputs = Inputs()
    if file.is_dir():
        raise UsageError(str(file), message("it is a folder"), message("Name a file within it."))
    if not file.exists():
        raise UsageError(
            str(file), message("there is no such file"), message("Look at its name, and at the folder it is in.")
        )
    try:
        proposal = sources.proposed(file, str(file), inputs, sheet)
    except SheetNotSaidError as error:
        listed = message(", ").join(error.sheets)
        problem = message("it has {count} sheets ({listed})", count=len(error.sheets), listed=listed)
        remedy = message("Say which one is meant: --sheet {sheet}", sheet=shlex.quote(error.sheets[0]))
        raise UsageError(str(file), problem, remedy) from None
    if header_rows and proposal:
        proposal = proposal.instead(header_rows)
    rows = proposal.header_rows if proposal else header_rows
    try:
        dataset, hidden = _read(file, inputs, Layout(sheet, rows))
    except ProblemsError as error:
        raise ProblemsError([*error.problems, *_taken_for_header(str(file), proposal, error.problems)]) from None
    if not dataset.rows:
        raise UsageError(str(file), message("the table has no rows"), message("Name a file that has some."))
    unit, source = _unit_of(proposal), _source_of(proposal, dataset)
    description, unused = describe(dataset, unit.words), SaidOfTable()
    if not unit.words and (several := _units_of(proposal)):
        units, row = several
        left = _left_for(description, units)
        unit = SaidOfTable(left, row) if left else unit
        unused = unused if left else SaidOfTable(message(", ").join(units), row)
        description = describe(dataset, unit.words)
    return FoundTable(file, sheet, proposal, dataset, description, unit, source, hidden, unused)


def title_of(proposal: Proposal | None) -> str:
    """Return what the one cell of a row above the header calls the table; "" where none does."""
    for _, cells in _above(proposal):
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) == 1 and aside(cells) is None and not _COLON.search(filled[0]) and not units_said(filled):
            return filled[0]
    return ""


def _read(file: Path, inputs: Inputs, layout: Layout) -> tuple[Dataset, Hidden]:
    """Return the table of a file, with the rows that it hides, and what the settings then have to say of these."""
    asked = layout if layout != Layout() else None
    try:
        return sources.read(file, str(file), inputs, asked), ""
    except ProblemsError:  # where it is for hidden rows alone, these are read; whatever else is wrong is told again
        return sources.read(file, str(file), inputs, replace(layout, hidden_rows="read")), "read"


def _taken_for_header(place: str, proposal: Proposal | None, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Yield which rows were taken for the header, where it is they that something is wrong with."""
    rows = proposal.header_rows if proposal else ()
    if proposal is None or not any(spot.row in rows for each in problems if each.spots for spot in each.spots.first):
        return
    shown = (" | ".join(cells) for number, cells in proposal.first_rows if number in rows)
    problem = message("{rows} taken for the header ({cells})", rows=listed(rows), cells=cleaned(" / ".join(shown)))
    below = ",".join(map(str, (*rows, rows[-1] + 1)))
    remedy = message("If others are, say all of them, from the first to the last: --header-rows {rows}", rows=below)
    yield Problem(place, problem, remedy)


def _unit_of(proposal: Proposal | None) -> SaidOfTable:
    """Return the unit that a row above the header says of the whole table; none where two are said."""
    said = [SaidOfTable(unit, number) for number, cells in _above(proposal) for unit in units_said(cells)]
    return said[0] if len({each.words for each in said}) == 1 else SaidOfTable()


def _units_of(proposal: Proposal | None) -> tuple[tuple[str, ...], int] | None:
    """Return the units that rows above the header list, and the first of the rows; None where none says any."""
    said = [(words, number) for number, cells in _above(proposal) for words in unit_words_said(cells)]
    units = tuple(dict.fromkeys(unit for words, _ in said for unit in words))
    return (units, said[0][1]) if said else None


def _left_for(description: Description, units: tuple[str, ...]) -> str:
    """Return the one of listed units that no column names, so that it is that of the others; "" where none is."""
    lacking = any(column.lacks_unit for column in description.columns)
    named = {column.unit for column in description.columns}
    left = [unit for unit in units if unit not in named]
    return left[0] if lacking and len(left) == 1 < len(units) and is_unit(left[0]) else ""


def _source_of(proposal: Proposal | None, dataset: Dataset) -> SaidOfTable:
    """Return the source that a note below the table names, or one above it."""
    notes = [(note.number, note.cells) for note in dataset.asides if note.what == "note"]
    for number, cells in (*notes, *_above(proposal)):
        if source := next(filter(None, map(source_said, cells)), ""):
            return SaidOfTable(source, number)
    return SaidOfTable()


def _above(proposal: Proposal | None) -> list[tuple[int, tuple[str, ...]]]:
    return [row for row in proposal.first_rows if row[0] < proposal.header_rows[0]] if proposal else []
