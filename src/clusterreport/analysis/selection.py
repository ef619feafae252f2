"""What a template may ask of a project's own table: which rows, and what is counted, added up and compared of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.analysis import aggregates, comparing, developing, gaps, membership, times
from clusterreport.analysis.grouping import Grouping
from clusterreport.analysis.groups import Groups
from clusterreport.analysis.known_words import check_known
from clusterreport.analysis.measures import label_of
from clusterreport.analysis.pairing import Pairing
from clusterreport.analysis.rows import TableRows
from clusterreport.locale import Label
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.analysis.distances import PlaceDistances
    from clusterreport.analysis.links import NameNetwork
    from clusterreport.analysis.pairing import PairCorrelation
    from clusterreport.analysis.rankings import Panel
    from clusterreport.analysis.records import TableRecord
    from clusterreport.data.table import DataTable
    from clusterreport.document.model import Quoted
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity

_MOST_GROUPED = 2


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Some rows of a table. Its public names are the verbs of docs/tables.md; each refuses what makes no sense."""

    _rows: TableRows

    @classmethod
    def of(cls, table: DataTable, language: Language) -> Selection:
        """Return all rows of ``table``; what is found of them is named in ``language``."""
        return cls(TableRows.of(table, language))

    # ── choosing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def where(self, **conditions: object) -> Selection:
        """Return the rows in which each named column has the value given, or one of several values."""
        return Selection(self._rows.where(**conditions))

    def latest(self, column: str, before: int = 0) -> Selection:
        """Return the rows of the newest period in a column, or of the one so many periods ``before`` it."""
        return Selection(times.rows_of_latest(self._rows, column, before))

    def common(self, *columns: str, over: str = "") -> Selection:
        """Return the rows of those that have a value in each column, or in each period of a column ``over``."""
        return Selection(membership.in_common(self._rows, columns, over))

    @property
    def period(self) -> Quantity | Quoted:
        """Return the one time that the rows speak of, such as a year; ProblemsError if it is none, or several."""
        return times.period_said(self._rows)

    def by(self, *columns: str) -> Grouping:
        """Return the rows in groups, by the values of one column or of two."""
        if not 1 <= len(columns) <= _MOST_GROUPED:
            problem = message("rows are grouped by one column or two, not by {count}", count=len(columns))
            raise self._rows.refused(problem, message('Write by("…") or by("…", "…").'))
        self._rows.check_found()
        named = tuple(self._rows.column_called(column) for column in columns)
        for column in named:
            if self._rows.column(column).is_number:
                problem = message(
                    "{column} is measured, and rows are grouped by names", column=self._rows.title_of(column)
                )
                raise self._rows.refused(problem, message("Name a column of words, years or lists."))
        return Grouping(Groups(self._rows, named))

    def join(self, other: object, on: str) -> Pairing:
        """Return the rows beside those of another table that have the same value in ``on``, one beside one."""
        return Pairing.joined(self._rows, self._other(other, "join"), on)

    @property
    def rows(self) -> tuple[TableRecord, ...]:
        """Return the rows as records for a table: numbers as quantities, everything else as it is read."""
        return self._rows.records()

    # ── one number ───────────────────────────────────────────────────────────────────────────────────────────────────

    def count(self) -> Quantity:
        """Return the number of rows, in the unit of the table."""
        return aggregates.count(self._rows)

    def distinct(self, column: str) -> Quantity:
        """Return how many different values a column has; cells in which nothing stands count as none."""
        return aggregates.distinct(self._rows, column)

    def blank(self, column: str) -> Quantity:
        """Return in how many rows nothing stands in a column."""
        check_known(self._rows)
        return gaps.rows_without(self._rows, self._rows.column_called(column))

    def total(self, column: str, *, known: bool = False) -> Quantity:
        """Return the sum of a column: unknown where a value is not known, or of the ``known`` values."""
        self._rows.addable_called(column)
        self._rows.check_one_time()
        return aggregates.total(self._rows, column, known=known)

    def mean(self, column: str, weight: str = "", *, equally: bool = False) -> Quantity:
        """Return the mean of the known values of a column: of shares and quotients by a ``weight``, or ``equally``."""
        return aggregates.mean(self._rows, column, weight, equally=equally)

    def median(self, column: str) -> Quantity:
        """Return the median of the known values of a column: of an even number of them, the middle of the two."""
        return aggregates.median(self._rows, column)

    def least(self, column: str) -> Quantity:
        """Return the smallest known value of a column."""
        return aggregates.least(self._rows, column)

    def most(self, column: str) -> Quantity:
        """Return the largest known value of a column."""
        return aggregates.most(self._rows, column)

    def value(self, column: str) -> Quantity:
        """Return the value of the one row that is chosen; ProblemsError if there are none or several."""
        return aggregates.value(self._rows, column)

    def share(self, column: str = "", *, of: object) -> Quantity:
        """Return what share of the rows ``of`` these are, by the sum of a column or by their number, in per cent."""
        whole = self._other(of, "of")
        if whole.table is not self._rows.table or not membership.are_within(self._rows.places, whole.places):
            problem = message("the part is not within the whole of which it would be a share")
            raise self._rows.refused(problem, message("Write of=tables.… with the same table and fewer conditions."))
        if column:
            whole.check_one_time()
            aggregates.check_not_negative(whole, whole.addable_called(column))
        return aggregates.Whole.of(whole, column).share_of(self._rows)

    def difference(self, column: str = "", *, minus: object, measure: str = "value") -> Quantity:
        """Return by how much a value is above that of other rows; shares differ by percentage points."""
        other = self._other(minus, "minus")
        one, two = (aggregates.found(rows, measure, column) for rows in (self._rows, other))
        comparing.check_order(self._rows, two, one)
        if membership.are_over_time(one, two):
            membership.check_alike(self._rows, one, two, membership.remedy_for(one, two))
        label = Label.of("analysis.difference", column=label_of(one))
        scope = Label.of("analysis.less", one=self._rows.scope(), other=other.scope())
        name = f"{one.name}.minus[{other.path}]"
        words = comparing.Comparison(label, Label.of("analysis.difference_how"), scope, name)
        return comparing.difference_of(self._rows, one, two, words)

    def quotient(self, column: str, *, per: str, unit: str = "") -> Quantity:
        """Return the sum of a column ÷ that of another, in the quotient of their units, or in ``unit``."""
        self._rows.addable_called(column)
        self._rows.check_one_time()
        return Pairing.within(self._rows).whole(column, per, unit)

    # ── compared ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def change(  # noqa: PLR0913 -- which values, and from when to when
        self, column: str = "", over: str = "", start: object = None, end: object = None, measure: str = "value",
        *, since: str = "", common: bool | None = None,
    ) -> Quantity | Panel:  # fmt: skip
        """Return the later value minus the earlier one; without ``start`` and ``end``, from each period to the next.

        Shares differ by percentage points. ``since`` names the column of the earlier values, in a table that has one
        for each time.
        """
        return developing.of_rows(
            self._rows, developing.Wish("change", over, start, end, measure, column, since, common)
        )

    def growth(  # noqa: PLR0913 -- which values, from when to when, and in what steps
        self, column: str = "", over: str = "", start: object = None, end: object = None, measure: str = "value",
        *, since: str = "", annual: bool = False, common: bool | None = None,
    ) -> Quantity | Panel:  # fmt: skip
        """Return the growth in per cent, ``since`` a column perhaps; ``annual`` the mean of a year, compounded."""
        kind = "annual_growth" if annual else "growth"
        return developing.of_rows(self._rows, developing.Wish(kind, over, start, end, measure, column, since, common))

    def correlation(self, first: str, second: str, method: str = "pearson") -> PairCorrelation:
        """Return how two columns go together over the rows that have both: Pearson's r, or Spearman's rho."""
        return Pairing.within(self._rows).correlation(first, second, method)

    # ── who with whom, and how far ───────────────────────────────────────────────────────────────────────────────────

    def network(self, column: str, other: str = "") -> NameNetwork:
        """Return who is tied to whom: names in one list, or the names in two columns of one row."""
        from clusterreport.analysis.links import network_of

        return network_of(self._rows, column, other)

    def distances(self, names: str, *, longitude: str, latitude: str) -> PlaceDistances:
        """Return the distances between places with coordinates in degrees."""
        from clusterreport.analysis.distances import distances_of

        return distances_of(self._rows, names, longitude, latitude)

    def _other(self, other: object, argument: str) -> TableRows:
        match other:
            case Selection(rows):
                return rows
            case _:
                raise self._rows.refused(
                    message("{argument} is given what is no table", argument=argument),
                    message("Write tables.…, with its conditions."),
                )
