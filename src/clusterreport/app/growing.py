"""Finds what a new section can say has grown: columns of one thing at two times, beside one another."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.units import makes_sums
from clusterreport.data.cells import value_of
from clusterreport.data.periods import year_named_in
from clusterreport.data.schema import YEAR_SIGN, ColumnSchema

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.describing import Described


def growths(dataset: Dataset, measures: Iterable[Described]) -> list[tuple[Described, Described]]:
    """Return the last two columns of each thing that has one for each year, where its sum can be said to have grown.

    Every row has a number in both, as a sum of some rows is none of all, and the earlier sum is above zero.
    """
    found: dict[tuple[str, str], list[tuple[str, Described]]] = {}
    for column in measures:
        thing, year = _thing_and_year(column)
        if year and makes_sums(column.unit):
            found.setdefault((thing, column.unit), []).append((year, column))
    said = []
    for (thing, _), columns in found.items():
        ordered = sorted(columns, key=lambda each: each[0])[-2:]
        known = thing or ordered[-1][1].period
        if known and len({year for year, _ in ordered}) == _TWO and all(_sum(dataset, each) for _, each in ordered):
            (_, before), (_, now) = ordered
            said.append((before, now))
    return said


def newest_first(measures: Iterable[Described]) -> list[Described]:
    """Return the columns in their order, but the newest of each thing that has one for each year before any older."""
    things: dict[tuple[str, str], list[tuple[str, Described]]] = {}
    for column in measures:
        thing, year = _thing_and_year(column)
        things.setdefault((thing, column.unit), []).append((year, column))
    newest = [sorted(columns, key=lambda each: each[0], reverse=True) for columns in things.values()]
    return [
        columns[age][1] for age in range(max(map(len, newest), default=0)) for columns in newest if age < len(columns)
    ]


def _thing_and_year(column: Described) -> tuple[str, str]:
    """Return what a column is of without the year that its heading names, and the year, "" where it names none."""
    year = year_named_in(column.title) or ""
    if not year:
        return column.title, ""
    return "".join(part.removeprefix(YEAR_SIGN) for part in column.title.split(year)).strip(), year


def _sum(dataset: Dataset, column: Described) -> Decimal | None:
    """Return the sum of a column, None where a row has no number in it, or it is not above zero."""
    schema, place = ColumnSchema.model_validate({"type": "number"}), dataset.columns.index(column.heading)
    values = [value_of(row[place].strip(), schema) for row in dataset.rows]
    numbers = [value for value in values if isinstance(value, Decimal)]
    whole = sum(numbers, Decimal(0))
    return whole if len(numbers) == len(values) and whole > 0 else None


_TWO: Final = 2
