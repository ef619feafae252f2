"""The rows of a table by the values of one or two columns, and the shapes that values of them take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clusterreport.analysis import aggregates, gaps
from clusterreport.analysis.measures import label_of, ranking
from clusterreport.analysis.rankings import Panel, PanelSeries, Ranking
from clusterreport.locale import Label
from clusterreport.messages import message
from clusterreport.quantity import Computed, Quantity, exactly, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clusterreport.analysis.rows import TableRows
    from clusterreport.locale import Words

    Values = Mapping[str, Quantity]
    Cells = Mapping[tuple[str, str], Quantity]


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The rows by the values of ``columns``, one or two of them."""

    rows: TableRows
    columns: tuple[str, ...]

    def check_columns(self, count: int, problem: str) -> None:
        """Refuse what is found over another number of columns."""
        if len(self.columns) != count:
            remedy = (
                message('Write by("…") with one column.')
                if count == 1
                else message('Write by("…", "…") with two columns.')
            )
            raise self.rows.refused(problem, remedy)

    def check_sum(self, column: str) -> None:
        """Refuse to add up a column over the groups where that makes no sense; the number of rows always does."""
        if column:
            self.rows.addable_called(column)
            self.rows.check_one_time(*self.columns)

    def check_parts(self, column: str) -> None:
        """Refuse the same, and sums of which there are no shares."""
        self.check_sum(column)
        if column:
            aggregates.check_not_negative(self.rows, self.rows.addable_called(column))

    def values(self, find: Callable[[TableRows], Quantity]) -> Values:
        """Return what ``find`` finds of each group of the only column."""
        return {name: find(own) for name, own in self.rows.groups(self.columns[0])}

    def cells(self, find: Callable[[TableRows], Quantity]) -> Cells:
        """Return what ``find`` finds of each pair of values of the two columns that stands in a row."""
        return {names: find(own) for names, own in self.rows.cells(*self.columns)}

    def sizes(self, column: str) -> list[tuple[str, Quantity]]:
        """Return the sum of a column, or the number of rows, of each group, by its name in print; none is below 0."""
        self.check_columns(1, message("how a whole is spread is found over one column"))
        self.check_parts(column)
        return self.shown(self.values(lambda own: aggregates.sized(own, column)))

    def shown(self, values: Values) -> list[tuple[str, Quantity]]:
        """Return the values by the names of the groups in print."""
        return [(self.said(0, name), value) for name, value in values.items()]

    def said(self, place: int, name: str) -> str:
        """Return what a value of the column at ``place`` is called in print."""
        return self.rows.said(self.columns[place], name)

    def shape(self, find: Callable[[TableRows], Quantity], measure: str, column: str) -> Ranking | Panel:
        """Return what ``find`` finds: of one column as a ranking, of two as a panel."""
        if len(self.columns) == 1:
            return self.ranking(self.values(find), measure, column)
        return self.panel(self.cells(find))

    def ranking(self, values: Values, measure: str, column: str = "", whole: Quantity | None = None) -> Ranking:
        """Return the values by falling amount, with their places, and their shares of ``whole``."""
        label = label_of_all(values)
        named = self.rows.column_called(column) if column else ""
        path = ".".join(filter(None, (f"{self.rows.path}.by.{self.columns[0]}", measure, named)))
        in_no_group = gaps.rows_in_no_group(self.rows, self.columns)
        found = ranking(label, self.shown(values), whole, Label.of("analysis.whole"), left_out=in_no_group)
        items = (
            replace(
                item, place=item.place.named(f"{path}[{item.name}].place"),
                share=item.share.named(f"{path}[{item.name}].share"),
            )
            for item in found.items
        )  # fmt: skip
        return Ranking(self.rows.label_of(label), tuple(items), found.left_out)

    def panel(self, cells: Cells) -> Panel:
        """Return the cells as series over the values of the first column; years come in their order."""
        first, second = self.columns
        categories = self._in_order(first, tuple(dict.fromkeys(name for name, _ in cells)))
        paired = {name for _, name in cells}
        names = tuple(name for name in self.rows.values_of(second) if name in paired)
        series = tuple(
            PanelSeries(
                self.said(1, name),
                tuple(cells.get((each, name)) or self._lacking(cells, each, name) for each in categories),
            )
            for name in self._in_order(second, names)
        )
        shown = tuple(self.said(0, category) for category in categories)
        in_no_group = gaps.rows_in_no_group(self.rows, self.columns)
        over, paired_over = map(self.rows.is_time, self.columns)
        return Panel(
            self.rows.label_of(label_of_all(cells)), shown, series, left_out=in_no_group,
            things="series" if over else "categories", over_times=over or paired_over,
        )  # fmt: skip

    def counted(self) -> Cells:
        """Return the number of rows of each pair of values, those that stand in no row too: they count none."""
        found = self.cells(aggregates.count)
        firsts, seconds = (dict.fromkeys(name[place] for name in found) for place in (0, 1))
        basis = self.rows.basis("count", table=self.rows.table.schema.title)
        return {
            (one, two): found.get((one, two))
            or exactly(0, self.rows.unit, basis).named(f"{self.path_of(one, two)}.count")
            for one in firsts
            for two in seconds
        }

    def path_of(self, *names: str) -> str:
        """Return what names a group in facts.json."""
        chosen = zip(self.columns, names, strict=True)
        return self.rows.path + "".join(f"[{column}={name}]" for column, name in chosen)

    def _lacking(self, cells: Cells, *names: str) -> Quantity:
        """Return the value of a pair of names that no row has: not known, which is not zero."""
        return no_row(cells).named(self.path_of(*names))

    def _in_order(self, column: str, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(sorted(names)) if self.rows.is_year(column) else tuple(names)


def no_row(values: Values | Cells) -> Quantity:
    """Return the value that stands beside ``values`` where there is no row for it: not known."""
    pattern = next(iter(values.values()))
    basis = Computed(label_of_all(values), Label.of("analysis.no_row"), pattern.confidence)
    return unknown(pattern.unit, basis)


def label_of_all(values: Values | Cells) -> Words:
    """Return what the values of all groups are called; nothing where there is no group."""
    first: Quantity | None = next(iter(values.values()), None)
    return "" if first is None else label_of(first)
