"""Groups of the rows of a table: one value for each name is a ranking, one for each pair of names a panel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clusterreport.analysis.measures import difference, ranking
from clusterreport.analysis.rankings import Panel, PanelSeries, Ranking
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import Label
from clusterreport.quantity import POINTS, Computed, Quantity, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clusterreport.analysis.selection import Selection
    from clusterreport.locale import Words


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """The rows of a selection by the values of one or two of its columns."""

    _rows: Selection
    _columns: tuple[str, ...]

    def count(self) -> Ranking | Panel:
        """Return the number of rows in each group."""
        return self._grouped(lambda rows: rows.count(), self._rows.count())

    def total(self, column: str) -> Ranking | Panel:
        """Return the sum of a column in each group; in a ranking each has its share of the whole."""
        return self._grouped(lambda rows: rows.total(column), self._rows.total(column))

    def mean(self, column: str) -> Ranking | Panel:
        """Return the mean of a column in each group."""
        return self._grouped(lambda rows: rows.mean(column))

    def median(self, column: str) -> Ranking | Panel:
        """Return the median of a column in each group."""
        return self._grouped(lambda rows: rows.median(column))

    def least(self, column: str) -> Ranking | Panel:
        """Return the smallest value of a column in each group."""
        return self._grouped(lambda rows: rows.least(column))

    def most(self, column: str) -> Ranking | Panel:
        """Return the largest value of a column in each group."""
        return self._grouped(lambda rows: rows.most(column))

    def value(self, column: str) -> Ranking | Panel:
        """Return the one value of a column in each group; ProblemsError where a group has several rows."""
        return self._grouped(lambda rows: rows.value(column))

    def distinct(self, column: str) -> Ranking | Panel:
        """Return how many different values a column has in each group."""
        return self._grouped(lambda rows: rows.distinct(column))

    def change(self, column: str, over: str, start: object, end: object) -> Ranking:
        """Return by how much the value of a column differs between two values of another: of 2024 from that of 2022.

        Shares differ by percentage points. A group that lacks one of the two has no change.
        """
        self._check_one()
        named = self._rows.column_called(column)
        pairs = []
        for name, rows in self._rows.groups(self._columns[0]):
            before, after = (rows.where(**{over: period}) for period in (start, end))
            if before.count().amount and after.count().amount:
                pairs.append((name, _difference(before.value(column), after.value(column))))
        return self._ranking(pairs, label=Label.of("analysis.change", column=self._rows.title_of(named)))

    def _grouped(self, measure: Callable[[Selection], Quantity], whole: Quantity | None = None) -> Ranking | Panel:
        if len(self._columns) == 1:
            return self._ranking([(name, measure(rows)) for name, rows in self._rows.groups(self._columns[0])], whole)
        return self._panel(measure)

    def _ranking(self, pairs: list[tuple[str, Quantity]], whole: Quantity | None = None, label: Words = "") -> Ranking:
        column = self._columns[0]
        label = label or _label_of(pairs)
        said = [(self._rows.said(column, name), value) for name, value in pairs]
        by = f"{self._rows.place}.by.{column}"
        items = (
            replace(
                item,
                place=item.place.named(f"{by}[{item.name}].place"),
                share=item.share.named(f"{by}[{item.name}].share"),
            )
            for item in ranking(label, said, whole, Label.of("analysis.whole")).items
        )
        return Ranking(self._rows.label_of(label), tuple(items))

    def _panel(self, measure: Callable[[Selection], Quantity]) -> Panel:
        first, second = self._columns
        cells = [
            ((name, other), measure(own))
            for name, rows in self._rows.groups(first)
            for other, own in rows.groups(second)
        ]
        categories = tuple(dict.fromkeys(name for (name, _), _ in cells))
        names = tuple(name for name, _ in self._rows.groups(second))
        if self._rows.is_year(second):
            names = tuple(sorted(names))
        values = dict(cells)
        series = tuple(
            PanelSeries(
                self._rows.said(second, name),
                tuple(values.get((category, name)) or self._lacking(cells, category, name) for category in categories),
            )
            for name in names
        )
        shown = tuple(self._rows.said(first, category) for category in categories)
        return Panel(self._rows.label_of(_label_of(cells)), shown, series)

    def _lacking(self, values: Sequence[tuple[object, Quantity]], *names: str) -> Quantity:
        """Return the value of a pair of names that no row has: not known, which is not zero."""
        pattern = values[0][1]
        basis = Computed(_label_of(values), Label.of("analysis.no_row"), pattern.confidence)
        chosen = "".join(f"[{column}={name}]" for column, name in zip(self._columns, names, strict=True))
        return unknown(pattern.unit, basis).named(f"{self._rows.place}{chosen}")

    def _check_one(self) -> None:
        if len(self._columns) != 1:
            problem = "a change is taken for the values of one column"
            raise ProblemsError([Problem(self._rows.place, problem, 'Write by("…") with one column.')])


def _label_of(values: Sequence[tuple[object, Quantity]]) -> Words:
    """Return what the values of all groups are called; nothing where there is no group."""
    return getattr(values[0][1].basis, "label", "") if values else ""


def _difference(before: Quantity, after: Quantity) -> Quantity:
    unit = POINTS if after.unit.kind == "share" else after.unit
    label = getattr(after.basis, "label", "")
    return difference(after, before, unit, label, Label.of("analysis.change_how"))
