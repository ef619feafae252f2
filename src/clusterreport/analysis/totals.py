"""Holds the totals that stand in a table against the sums of its rows."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import trimmed
from clusterreport.analysis.units import makes_sums
from clusterreport.characters import plain
from clusterreport.data.cells import value_of
from clusterreport.data.reading import Reading
from clusterreport.data.sources.asides import is_part_total
from clusterreport.errors import Problem, Spot, Spots
from clusterreport.messages import counted, message, template

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from clusterreport.data.dataset import AsideRow, Dataset
    from clusterreport.data.reading import ColumnCells
    from clusterreport.data.schema import ColumnSchema, TableSchema

_HALF: Final = Decimal("0.5")
_REMEDY: Final = template("Mend the total, or the rows that it adds up.")


@dataclass(slots=True)
class _Sum:
    """Rows added up so far: how many have a value, how many have none, and their sum."""

    amount: Decimal = Decimal(0)
    rows: int = 0
    blank: int = 0

    def add(self, value: Decimal | None) -> None:
        """Add a row."""
        if value is None:
            self.blank += 1
        else:
            self.amount += value
            self.rows += 1


def differing(name: str, dataset: Dataset, schema: TableSchema, doubted: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return each total of a column whose values may be added up that is not the sum of its rows.

    A total may be that of all rows above, or of those since the total before it (a 小计 is no other), or, where it
    stands above them, of those below. What rounding may do to values with decimals is no difference. A column with a
    value that is no number is left out, as are those under the ``doubted`` headings: something else is wrong there.
    """
    totals = [row for row in dataset.asides if row.what == "total"]
    if not totals:
        return ()
    reading = Reading.of(name, dataset, schema)
    headings = [plain(heading) for heading in dataset.columns]
    found: list[tuple[int, int, Problem]] = []
    for column, read in reading.columns.items():
        declared = schema.columns[column]
        adds = bool(declared.unit) and makes_sums(str(declared.unit), adds=declared.adds)
        if adds and read.heading not in doubted:
            place = headings.index(read.heading)
            told = _of_column(dataset, place, read, declared, totals)
            found += [(row, place, problem) for row, problem in told]
    return tuple(problem for *_, problem in sorted(found, key=itemgetter(0, 1)))


def _of_column(
    dataset: Dataset, place: int, read: ColumnCells, schema: ColumnSchema, totals: list[AsideRow]
) -> Iterator[tuple[int, Problem]]:
    values = read.each()
    if any(text and not isinstance(value, Decimal) for text, value in zip(read.texts, read.says, strict=True)):
        return
    scale = read.scale()
    for row, candidates in _candidates(dataset, values, totals):
        text = row.cells[place]
        said = value_of(text, schema) if text else None
        if not isinstance(said, Decimal) or not candidates:
            continue
        nearest = min(candidates, key=lambda each: abs(each.amount - said))
        if abs(nearest.amount - said) <= _rounding(nearest.rows, scale, said):
            continue
        yield row.number, _problem(dataset, row.number, dataset.columns[place], text, nearest)


def _candidates(
    dataset: Dataset, values: Sequence[object], totals: list[AsideRow]
) -> Iterator[tuple[AsideRow, list[_Sum]]]:
    """Yield each total with the sums that it may be, going from the first row of its own to the total."""
    rows = list(zip((number for number, _ in dataset.numbered()), values, strict=True))
    if not rows:
        return
    step = -1 if totals[0].number < rows[0][0] else 1  # a total above all rows: each is that of what stands below
    every, group, place = _Sum(), _Sum(), 0
    ordered = rows[::step]
    for total in totals[::step]:
        while place < len(ordered) and (ordered[place][0] < total.number) == (step == 1):
            value = ordered[place][1]
            for each in (every, group):
                each.add(value if isinstance(value, Decimal) else None)
            place += 1
        yield total, [copy(each) for each in ([group] if is_part_total(total.cells) else [every, group]) if each.rows]
        group = _Sum()


def _rounding(rows: int, scale: int, total: Decimal) -> Decimal:
    """Return how far a total may lie from the sum of ``rows`` values that were rounded to ``scale`` decimals."""
    own = max(0, -int(total.as_tuple().exponent))
    of_rows = rows * _HALF.scaleb(-scale) if scale else Decimal(0)
    return of_rows + (_HALF.scaleb(-own) if own < scale else Decimal(0))


def _problem(dataset: Dataset, row: int, heading: str, text: str, found: _Sum) -> Problem:
    amount = trimmed(found.amount)
    if found.blank:
        problem = counted(
            found.rows,
            "the total is {text}, and its one row with a value makes {sum}; {blank} more are empty",
            "the total is {text}, and its {count:,} rows with a value add up to {sum}; {blank} more are empty",
            text=text,
            sum=amount,
            blank=found.blank,
        )
    else:
        problem = counted(
            found.rows,
            "the total is {text}, and its one row makes {sum}",
            "the total is {text}, and its {count:,} rows add up to {sum}",
            text=text,
            sum=amount,
        )
    remedy = message(_REMEDY)
    spot = Spot(row, dataset.position_of(heading), problem, remedy)
    return Problem(dataset.at(row, heading), problem, remedy, spots=Spots(1, (spot,)))
