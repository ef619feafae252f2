"""Checks one table by itself: its columns, its characters, its rows one by one, and names that stand twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from clusterreport.errors import Problem
from clusterreport.validation.characters import cleaned, shown, unprintable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.datasets import Dataset
    from clusterreport.validation.known import Known
    from clusterreport.validation.rows import Record, Row


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one table; ``row`` 0 is the table itself, an empty ``column`` the whole row."""

    row: int
    column: str
    problem: str
    remedy: str


def located(dataset: Dataset, faults: Iterable[Fault]) -> Iterator[Problem]:
    """Yield the faults of a table as problems, in the order of its rows and columns."""
    order = {column: position for position, column in enumerate(dataset.columns)}
    for fault in sorted(faults, key=lambda fault: (fault.row, order.get(fault.column, -1))):
        where = dataset.place
        if fault.row:
            where += f", row {fault.row}"
        if fault.column:
            where += f", column {fault.column}"
        yield Problem(where, fault.problem, fault.remedy)


def records(dataset: Dataset, model: type[Row[Record]], known: Known, faults: list[Fault]) -> tuple[Record, ...]:
    """Return the records of the rows that are right by themselves; what is wrong is added to ``faults``."""
    faults.extend(_unprintable(1, dataset.columns, dataset.columns))
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    if lacking := [name for name in required if name not in dataset.columns]:
        faults.append(_lacking(lacking, dataset))
        return ()
    found: list[Record] = []
    for number, cells in dataset.numbered():
        faults.extend(_unprintable(number, dataset.columns, cells))
        named = {column: cleaned(cell) for column, cell in zip(dataset.columns, cells, strict=True)}
        try:
            found.append(model.model_validate(named, context=known).record(number))
        except ValidationError as error:
            faults.extend(_faults(number, error))
    return tuple(found)


def doubled(dataset: Dataset, column: str) -> Iterator[Fault]:
    """Yield a fault for each row whose cell in ``column`` stands in a row above; empty cells are another matter."""
    if column not in dataset.columns:
        return
    position = dataset.columns.index(column)
    first: dict[str, int] = {}
    for number, cells in dataset.numbered():
        cell = cells[position]
        if cell and first.setdefault(cell, number) != number:
            problem = f"{shown(cell)} stands in row {first[cell]} already"
            yield Fault(number, column, problem, "Give each row a name of its own, or take one of the two away.")


def empty(dataset: Dataset, what: str) -> Iterator[Fault]:
    """Yield a fault if the table has no rows below its header."""
    if not dataset.rows:
        yield Fault(_TABLE, "", f"the register has no {what}", "Write at least one row below the header.")


_TABLE: Final = 0
_HEADER: Final = 1


def _lacking(lacking: list[str], dataset: Dataset) -> Fault:
    missing = f"the column {lacking[0]} is missing"
    if len(lacking) > 1:
        missing = f"the columns {', '.join(lacking)} are missing"
    there = ", ".join(cleaned(column) for column in dataset.columns)
    return Fault(_HEADER, "", missing, f"Add what is missing; the file has: {there}.")


def _unprintable(number: int, columns: tuple[str, ...], cells: tuple[str, ...]) -> Iterator[Fault]:
    for column, cell in zip(columns, cells, strict=True):
        if problem := unprintable(cell):
            yield Fault(number, cleaned(column), problem, "Take it away, or write the text anew.")


def _faults(number: int, error: ValidationError) -> Iterator[Fault]:
    for detail in error.errors(include_url=False, include_input=False):
        yield Fault(number, str(detail["loc"][0]), detail["ctx"]["problem"], detail["ctx"]["remedy"])
