"""What a template may ask of groups of rows: a value for each, how they compare, how a whole is spread over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.analysis import aggregates, developing, spreading
from clusterreport.analysis.pairing import Pairing
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.analysis.groups import Groups
    from clusterreport.analysis.rankings import Panel, Ranking
    from clusterreport.analysis.rows import TableRows
    from clusterreport.quantity import Quantity

_TWO = 2


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """Rows by the values of a column, which give a Ranking, or of two, which give a Panel; verbs of docs/tables.md."""

    _groups: Groups

    # ── a value for each group ───────────────────────────────────────────────────────────────────────────────────────

    def count(self) -> Ranking | Panel:
        """Return the number of rows in each group; a pair of names that no row has counts none."""
        groups = self._groups
        if len(groups.columns) == _TWO:
            return groups.panel(groups.counted())
        return groups.ranking(groups.values(aggregates.count), "count", whole=aggregates.count(groups.rows))

    def total(self, column: str, *, known: bool = False) -> Ranking | Panel:
        """Return the sum of a column in each group, or of its ``known`` values; in a ranking also shares of the whole.

        A group with a blank cell has no sum, and stands in no ranking, unless the known values are asked for.
        """
        groups = self._groups
        groups.check_sum(column)

        def find(rows: TableRows) -> Quantity:
            return aggregates.total(rows, column, known=known)

        if len(groups.columns) == _TWO:
            return groups.panel(groups.cells(find))
        whole = None if aggregates.has_negative(groups.rows, column) else find(groups.rows)
        return groups.ranking(groups.values(find), "total_known" if known else "total", column, whole)

    def mean(self, column: str, weight: str = "", *, equally: bool = False) -> Ranking | Panel:
        """Return the mean of a column in each group: of shares and quotients by a ``weight``, or ``equally``."""
        return self._groups.shape(
            lambda rows: aggregates.mean(rows, column, weight, equally=equally), "mean", column
        )  # fmt: skip

    def median(self, column: str) -> Ranking | Panel:
        """Return the median of a column in each group."""
        return self._groups.shape(lambda rows: aggregates.median(rows, column), "median", column)

    def least(self, column: str) -> Ranking | Panel:
        """Return the smallest value of a column in each group."""
        return self._groups.shape(lambda rows: aggregates.least(rows, column), "least", column)

    def most(self, column: str) -> Ranking | Panel:
        """Return the largest value of a column in each group."""
        return self._groups.shape(lambda rows: aggregates.most(rows, column), "most", column)

    def value(self, column: str) -> Ranking | Panel:
        """Return the one value of a column in each group; ProblemsError where a group has several rows.

        A ranking of values that can be added up has their shares of the sum.
        """
        groups = self._groups

        def find(rows: TableRows) -> Quantity:
            return aggregates.value(rows, column)

        if len(groups.columns) == _TWO:
            panel = groups.panel(groups.cells(find))
            groups.rows.check_one_time(*groups.columns)
            return panel
        values = groups.values(find)
        groups.rows.check_one_time(*groups.columns)
        whole = aggregates.total(groups.rows, column) if aggregates.has_whole(groups.rows, column) else None
        return groups.ranking(values, "value", column, whole)

    def series(self, *columns: str, measure: str = "value") -> Panel:
        """Return the values of several ``columns`` in one unit, a series for each, named by its time if it has one."""
        return developing.series_of(self._groups, columns, measure)

    def distinct(self, column: str) -> Ranking | Panel:
        """Return how many different values a column has in each group."""
        return self._groups.shape(lambda rows: aggregates.distinct(rows, column), "distinct", column)

    def share(self, column: str = "", within: str = "") -> Ranking | Panel:
        """Return the share of each group, by the sum of a column or by the number of rows.

        By one column it is the share of all rows; by two, of those that have the same value in ``within``, one of them.
        """
        groups = self._groups
        groups.check_parts(column)
        if len(groups.columns) == _TWO:
            return groups.panel(spreading.shares_within(groups, column, within))
        whole = aggregates.Whole.of(groups.rows, column)
        return groups.ranking(groups.values(whole.share_of), "share", column)

    def quotient(self, column: str, *, per: str, unit: str = "") -> Ranking | Panel:
        """Return for each group the sum of a column ÷ that of another, in the quotient of their units or ``unit``."""
        self._groups.check_sum(column)
        return self._groups.shape(lambda rows: Pairing.within(rows).whole(column, per, unit), "quotient", column)

    def location_quotient(self, column: str = "") -> Panel:
        """Return for each pair of names its share within the first ÷ the second's share of all: above 1, it is more.

        By the sum of a column, or by the number of rows.
        """
        groups = self._groups
        groups.check_columns(_TWO, message("a location quotient is found between two columns"))
        groups.check_parts(column)
        cells = groups.cells(lambda rows: aggregates.total(rows, column)) if column else groups.counted()
        return groups.panel(spreading.location_quotients(groups, cells))

    # ── compared ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def change(  # noqa: PLR0913 -- which values, and from when to when
        self, column: str = "", over: str = "", start: object = None, end: object = None, measure: str = "value",
        *, since: str = "", common: bool | None = None,
    ) -> Ranking | Panel:  # fmt: skip
        """Return by how much the value of each group differs between two periods; shares by percentage points.

        Without ``start`` and ``end``, from each period to the next, a series for each group. A group that lacks one of
        the two has no change. ``measure`` may be "share": of the sum of all groups. ``since`` names the column of the
        earlier values, in a table that has one for each time.
        """
        return developing.of_groups(
            self._groups, developing.Wish("change", over, start, end, measure, column, since, common)
        )

    def growth(  # noqa: PLR0913 -- which values, from when to when, and in what steps
        self, column: str = "", over: str = "", start: object = None, end: object = None, measure: str = "value",
        *, since: str = "", annual: bool = False, common: bool | None = None,
    ) -> Ranking | Panel:  # fmt: skip
        """Return the growth of each group in per cent, ``since`` a column perhaps; ``annual`` the mean of a year."""
        kind = "annual_growth" if annual else "growth"
        return developing.of_groups(
            self._groups, developing.Wish(kind, over, start, end, measure, column, since, common)
        )

    # ── spread over the groups ───────────────────────────────────────────────────────────────────────────────────────

    def concentration(self, column: str = "", top: int = 3) -> Quantity:
        """Return what share the ``top`` largest groups have together, in per cent (CR3, CR5)."""
        return spreading.concentration(self._groups, column, top)

    def herfindahl(self, column: str = "") -> Quantity:
        """Return the Herfindahl-Hirschman index of the groups, from 1/n (all alike) to 1 (all in one)."""
        return spreading.herfindahl(self._groups, column)

    def gini(self, column: str = "") -> Quantity:
        """Return the Gini coefficient of the groups, from 0 (all alike)."""
        return spreading.gini(self._groups, column)

    def cumulative(self, column: str = "") -> Panel:
        """Return the share of each group, the largest first, and what they have together up to it."""
        return spreading.cumulative(self._groups, column)

    def lorenz(self, column: str = "") -> Panel:
        """Return the Lorenz curve of the groups, the smallest first, for chart.lorenz."""
        return spreading.lorenz(self._groups, column)

    def running(self, column: str = "") -> Panel:
        """Return the sums of a column, or the numbers of rows, from the first period up to each."""
        return developing.running(self._groups, column)
