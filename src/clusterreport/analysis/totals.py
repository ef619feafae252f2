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
from clusterreport.data.periods import period_of
from clusterreport.data.reading import Reading
from clusterreport.data.sources.asides import is_part_total, says_total
from clusterreport.errors import Problem, Spot, Spots
from clusterreport.messages import counted, message, template

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from clusterreport.data.dataset import AsideRow, Dataset
    from clusterreport.data.reading import ColumnCells
    from clusterreport.data.schema import ColumnSchema, TableSchema

_NAMING: Final = frozenset({"string", "year", "period"})
"""Types of the columns by which rows are known."""
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


@dataclass(slots=True)
class _TotalRows:
    """The totals of a table beside its rows: the sums that each of them may be."""

    dataset: Dataset
    reading: Reading
    totals: list[AsideRow]

    def candidates(self, values: Sequence[object]) -> Iterator[tuple[AsideRow, list[_Sum]]]:
        """Yield each total with the sums that it may be, going from the first row of its own to the total."""
        rows = [
            (number, cells, value if isinstance(value, Decimal) else None)
            for (number, cells), value in zip(self.dataset.numbered(), values, strict=True)
        ]
        if not rows:
            return
        step = -1 if self.totals[0].number < rows[0][0] else 1  # above all rows: each is that of what stands below
        named = self._named()
        every, group = _Sum(), _Sum()
        place = begin = 0
        ordered = rows[::step]
        for total in self.totals[::step]:
            before = place
            while place < len(ordered) and (ordered[place][0] < total.number) == (step == 1):
                for each in (every, group):
                    each.add(ordered[place][2])
                place += 1
            begin = before if place > before else begin  # totals one below the other are those of one group
            part = is_part_total(total.cells)
            if wanted := self._wanted(total, named):
                spans = [ordered[begin:place]] if part else [ordered, ordered[:place], ordered[begin:place]]
                sums = [_sum_of(span, wanted) for span in spans]
            else:
                sums = [copy(each) for each in ([group] if part else [every, group])]
            yield total, [each for each in sums if each.rows]
            group = _Sum()

    def _named(self) -> dict[int, set[str]]:
        """Return the texts of the columns by which rows are known, by the place of the column."""
        headings = [plain(heading) for heading in self.dataset.columns]
        columns = self.reading.schema.columns
        return {
            headings.index(read.heading): {plain(row[headings.index(read.heading)]) for row in self.dataset.rows}
            for name, read in self.reading.columns.items()
            if columns[name].type in _NAMING and not columns[name].prose
        }

    def _wanted(self, total: AsideRow, named: Mapping[int, set[str]]) -> dict[int, str]:
        """Return what a total names that rows name as well, by the place of the column."""
        said = {place: plain(total.cells[place]) for place in named}
        return {
            place: text
            for place, text in said.items()
            if text and (text in named[place] or period_of(text)) and not says_total(text)
        }


def differing(name: str, dataset: Dataset, schema: TableSchema, doubted: Collection[str] = ()) -> tuple[Problem, ...]:
    """Return each total of a column whose values may be added up that is not the sum of its rows.

    A total may be that of all rows above, or of those since the total before it (a 小计 is no other), or, where it
    stands above them, of those below. One that names a year, or what else rows are known by, is that of the rows that
    name it too. What rounding may do to values with decimals is no difference. A column with a
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
            told = _of_column(dataset, place, read, declared, _TotalRows(dataset, reading, totals))
            found += [(row, place, problem) for row, problem in told]
    return tuple(problem for *_, problem in sorted(found, key=itemgetter(0, 1)))


def _of_column(
    dataset: Dataset, place: int, read: ColumnCells, schema: ColumnSchema, totals: _TotalRows
) -> Iterator[tuple[int, Problem]]:
    values = read.each()
    if any(text and not isinstance(value, Decimal) for text, value in zip(read.texts, read.says, strict=True)):
        return
    scale = read.scale()
    for row, candidates in totals.candidates(values):
        text = row.cells[place]
        said = value_of(text, schema) if text else None
        if not isinstance(said, Decimal) or not candidates:
            continue
        nearest = min(candidates, key=lambda each: abs(each.amount - said))
        if abs(nearest.amount - said) <= _rounding(nearest.rows, scale, said):
            continue
        yield row.number, _problem(dataset, row.number, dataset.columns[place], text, nearest)


def _sum_of(rows: Sequence[tuple[int, tuple[str, ...], Decimal | None]], wanted: Mapping[int, str]) -> _Sum:
    found = _Sum()
    for _, cells, value in rows:
        if all(plain(cells[place]) == text for place, text in wanted.items()):
            found.add(value)
    return found


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
