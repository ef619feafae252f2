"""Checks one table by itself: its columns, its characters, its rows one by one, and names that stand twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from clusterreport.characters import cleaned, doubtful, plain, seen, shown, unprintable, unseen
from clusterreport.data import lookalikes
from clusterreport.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.data.dataset import Dataset
    from clusterreport.subjects.clusters.validation.known import ReferenceNames
    from clusterreport.subjects.clusters.validation.rows import Record, Row


@dataclass(frozen=True, slots=True)
class CellError:
    """What is wrong in one table; ``row`` 0 is the table itself, an empty ``column`` the whole row."""

    row: int
    column: str
    problem: str
    remedy: str


def located(dataset: Dataset, faults: Iterable[CellError]) -> Iterator[Problem]:
    """Yield the faults of a table as problems, in the order of its rows and columns."""
    order = {column: position for position, column in enumerate(dataset.columns)}
    for fault in sorted(faults, key=lambda fault: (fault.row, order.get(fault.column, -1))):
        row = max(fault.row, dataset.header_row)  # the header may stand lower than in the first row
        where = dataset.at(row, fault.column) if fault.row else dataset.place
        yield Problem(where, fault.problem, fault.remedy)


def compared(dataset: Dataset, model: type[Row[Record]]) -> Dataset:
    """Return the table with its header, and the cells that are compared, rid of what cannot be seen and does no harm.

    Prose keeps every character.
    """
    columns = tuple(plain(column) for column in dataset.columns)
    words = [column in model.model_fields and column not in model.PROSE for column in columns]

    def row(cells: tuple[str, ...]) -> tuple[str, ...]:
        if not doubtful(_BETWEEN.join(cells)):
            return cells
        return tuple(plain(cell) if word else cell for cell, word in zip(cells, words, strict=True))

    return replace(dataset, columns=columns, rows=tuple(map(row, dataset.rows)))


def records(
    dataset: Dataset, model: type[Row[Record]], known: ReferenceNames, faults: list[CellError]
) -> tuple[Record, ...]:
    """Return the records of the rows that are right by themselves; what is wrong is added to ``faults``."""
    faults.extend(_odd(1, dataset.columns, dataset.columns, frozenset()))
    faults.extend(_same_name(dataset.columns))
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    if lacking := [name for name in required if name not in dataset.columns]:
        faults.append(_lacking(lacking, dataset))
        return ()
    found: list[Record] = []
    wrong = 0
    for number, cells in dataset.numbered():
        named, before = dict(zip(dataset.columns, cells, strict=True)), len(faults)
        if doubtful(_BETWEEN.join(cells)):
            faults.extend(_odd(number, dataset.columns, cells, model.PROSE))
            named = {column: (cleaned if column in model.PROSE else seen)(cell) for column, cell in named.items()}
        try:
            found.append(model.model_validate(named, context=known).record(number))
        except ValidationError as error:
            faults.extend(_faults(number, error))
        wrong += len(faults) > before
        if wrong == MOST_WRONG_ROWS:
            faults.append(_stopped(number))
            break
    return tuple(found)


def twins(dataset: Dataset, column: str, others: Iterable[str] = ()) -> Iterator[CellError]:
    """Yield a fault for each cell of ``column`` that looks like another, or like one of ``others``, and is not it.

    The rows of such words would be counted apart, or found by one of them only. The word that stands most often is the
    one that is meant.
    """
    if column not in dataset.columns:
        return
    position = dataset.columns.index(column)
    words = [cells[position] for cells in dataset.rows]
    for twin in lookalikes.twins(words, ((number, cells[position]) for number, cells in dataset.numbered()), others):
        yield from (CellError(number, column, twin.problem, twin.remedy) for number in twin.rows)


def doubled(dataset: Dataset, column: str) -> Iterator[CellError]:
    """Yield a fault for each row whose cell in ``column`` stands in a row above; empty cells are another matter."""
    if column not in dataset.columns:
        return
    position = dataset.columns.index(column)
    first: dict[str, int] = {}
    for number, cells in dataset.numbered():
        cell = cells[position]
        if cell and first.setdefault(cell, number) != number:
            problem = f"{shown(cell)} stands in row {first[cell]} already"
            yield CellError(number, column, problem, "Give each row a name of its own, or take one of the two away.")


def empty(dataset: Dataset, what: str) -> Iterator[CellError]:
    """Yield a fault if the table has no rows below its header."""
    if not dataset.rows:
        yield CellError(_TABLE, "", f"the register has no {what}", "Write at least one row below the header.")


MOST_WRONG_ROWS: Final = 1000
"""After how many wrong rows of a table the others are not looked at."""

_TABLE: Final = 0
_HEADER: Final = 1
_BETWEEN: Final = " "  # what stands between cells while all of a row are looked at together: nothing that is doubtful


def _lacking(lacking: list[str], dataset: Dataset) -> CellError:
    missing = f"the column {lacking[0]} is missing"
    if len(lacking) > 1:
        missing = f"the columns {', '.join(lacking)} are missing"
    there = ", ".join(cleaned(column) for column in dataset.columns)
    return CellError(_HEADER, "", missing, f"Add what is missing; the file has: {there}.")


def _odd(number: int, columns: tuple[str, ...], cells: tuple[str, ...], prose: frozenset[str]) -> Iterator[CellError]:
    for column, cell in zip(columns, cells, strict=True):
        if problem := unprintable(cell):
            yield CellError(number, cleaned(column), problem, "Take it away, or write the text anew.")
        elif column not in prose and (problem := unseen(cell)):
            yield CellError(
                number, cleaned(column), f"{shown(cell)}: {problem}", "Empty the cell, and type its text anew."
            )


def _same_name(columns: tuple[str, ...]) -> Iterator[CellError]:
    """Yield a fault for each column whose name, once what cannot be seen is gone, is that of another."""
    for position, column in enumerate(columns):
        if column in columns[:position]:
            yield CellError(_HEADER, column, "two columns have this name", "Rename one of them, or take it away.")


def _stopped(number: int) -> CellError:
    problem = f"this is the {MOST_WRONG_ROWS:,}th row that is wrong; the rows below were not looked at"
    return CellError(number, "", problem, "Mend these first, then check again.")


def _faults(number: int, error: ValidationError) -> Iterator[CellError]:
    for detail in error.errors(include_url=False, include_input=False):
        yield CellError(number, str(detail["loc"][0]), detail["ctx"]["problem"], detail["ctx"]["remedy"])
