"""Two columns beside each other, of one table or of two that are joined: quotients, correlation, points of a chart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from clusterreport.analysis import aggregates, gaps, indices
from clusterreport.analysis.groups import Groups, no_row
from clusterreport.analysis.measures import all_rows, amount_of, derived, label_of, measured
from clusterreport.analysis.membership import members_in
from clusterreport.analysis.rankings import Panel, PanelSeries, Ranking
from clusterreport.analysis.units import quotient_unit
from clusterreport.likeness import named_instead
from clusterreport.locale import Label
from clusterreport.messages import message
from clusterreport.quantity import RATIO, Computed, Quantity, exactly, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clusterreport.analysis.rows import TableRows

_METHODS: Final[Mapping[str, Callable[[Sequence[float], Sequence[float]], float | None]]] = {
    "pearson": indices.pearson, "spearman": indices.spearman,
}  # fmt: skip
_FEWEST: Final = 3
_NO_QUOTIENT: Final = frozenset({"share", "points", "rank", "year", "ratio"})


@dataclass(frozen=True, slots=True)
class PairCorrelation:
    """How two measures go together, from -1 to 1; over how many pairs; and the pairs as points of chart.scatter."""

    coefficient: Quantity
    count: Quantity
    points: Panel


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """Rows beside rows: the first column of a verb is of the left ones, the second of the right ones.

    ``unmatched`` are the names that only one of two joined tables has, in the order of the left one, then the right;
    those of the left one are left out of what is found, and said to be.
    """

    _left: TableRows
    _right: TableRows
    _on: str
    _pairs: tuple[tuple[str, TableRows, TableRows], ...]
    unmatched: tuple[str, ...] = ()
    _alone: tuple[str, ...] = ()

    @classmethod
    def within(cls, rows: TableRows) -> Pairing:
        """Return rows beside themselves."""
        return cls(rows, rows, "", ())

    @classmethod
    def joined(cls, left: TableRows, right: TableRows, on: str) -> Pairing:
        """Return each row of ``left`` beside the one of ``right`` that has the same value in the column ``on``."""
        column, other = left.column_called(on), right.column_called(on)
        _check_like_times(left, right, (column, other))
        ones, others = _one_each(left, column), _one_each(right, other)
        if not ones:
            raise left.refused(message("no row is chosen"), message("Choose some with where(…)."))
        pairs = tuple((left.said(column, name), own, others[name]) for name, own in ones.items() if name in others)
        if not pairs:
            problem = message(
                "no value of {column} stands in {place} as well", column=left.title_of(column), place=right.place
            )
            first = next(iter(ones))
            raise left.refused(problem, named_instead(first, others))
        alone = tuple(left.said(column, name) for name in ones if name not in others)
        beside = tuple(left.said(column, name) for name in others if name not in ones)
        return cls(left, right, column, pairs, (*alone, *beside), alone)

    # ── quotients ────────────────────────────────────────────────────────────────────────────────────────────────────

    def quotient(self, column: str, *, per: str, unit: str = "") -> Ranking:
        """Return for each name a value of the left table ÷ one of the right, in the quotient of their units."""
        values = {name: self._divided(own, other, column, per, unit) for name, own, other in self._pairs}
        values |= {name: no_row(values) for name in self._alone}
        return Groups(self._left, (self._on,)).ranking(values, "quotient", column)

    def whole(self, column: str, per: str, unit: str = "") -> Quantity:
        """Return the sum of a column of the left rows ÷ that of a column of the right ones."""
        return self._divided(self._left, self._right, column, per, unit)

    def _divided(self, own: TableRows, other: TableRows, column: str, per: str, unit: str) -> Quantity:
        above, below = aggregates.total(own, column), aggregates.total(other, per)
        for rows, value in ((own, above), (other, below)):
            if value.unit.kind in _NO_QUOTIENT:
                problem = message("values in {symbol} are not divided", symbol=value.unit.symbol)
                raise rows.refused(problem, message("Name two columns of amounts, such as money per people."))
        measured_in, times = quotient_unit(own.place, above.unit, below.unit, unit)
        label = Label.of("analysis.quotient", column=label_of(above), per=label_of(below))
        how = Label.of("analysis.quotient_how", source=_sources(own, other))
        basis = derived(label, how, above, below, rows=all_rows((above, below)), scope=own.scope())
        basis = replace(basis, members=members_in(above))
        amount = None
        if above.amount is not None and below.amount is not None and below.amount > 0:
            amount = times * above.amount / below.amount
        return measured(amount, measured_in, basis).named(f"{above.name}.per.{below.name.rpartition('.')[2]}")

    # ── correlation ──────────────────────────────────────────────────────────────────────────────────────────────────

    def correlation(self, first: str, second: str, method: str = "pearson") -> PairCorrelation:
        """Return how two columns go together over the pairs that have both: Pearson's r, or Spearman's rho."""
        left, right = self._left, self._right
        if method not in _METHODS:
            raise left.refused(
                message("there is no correlation {method!r}", method=method), named_instead(str(method), _METHODS)
            )
        points = self.points(first, second)
        names = left.number_called(first), right.number_called(second)
        xs, ys = ([float(amount_of(value)) for value in series.values] for series in points.series)
        if len(xs) < _FEWEST:
            problem = message(
                "{count} rows have both values, and a correlation needs {fewest} or more", count=len(xs), fewest=_FEWEST
            )
            raise left.refused(problem, message("Choose more rows."))
        titles = left.title_of(names[0]), right.title_of(names[1])
        behind = all_rows(value for series in points.series for value in series.values)
        source, name = _sources(left, right), f"{left.path}.correlation.{names[0]}.{names[1]}"

        def basis(word: str) -> Computed:
            label = Label.of(f"analysis.{word}", first=titles[0], second=titles[1])
            how = Label.of(f"analysis.{word}_how", source=source)
            return Computed(label, how, min(left.confidence, right.confidence), rows=behind, scope=left.scope())

        found = replace(basis(method), left_out=points.left_out)
        coefficient = measured(_METHODS[method](xs, ys), RATIO, found).named(f"{name}.{method}")
        count = exactly(len(xs), left.unit, basis("pairs")).named(f"{name}.count")
        return PairCorrelation(coefficient, count, points)

    def points(self, first: str, second: str) -> Panel:
        """Return the two values of each name, where both are known: for chart.scatter, and for tables."""
        left, right = self._left, self._right
        names = left.number_called(first), right.number_called(second)
        if self._on:
            pairs = [(name, (own, other)) for name, own, other in self._pairs]
        else:
            left.check_one_time()
            key = left.key_column()
            pairs = [(left.said(key, name), (own, own)) for name, own in _one_each(left, key).items()]
        both = [
            (name, [aggregates.value(rows, column) for rows, column in zip(each, names, strict=True)])
            for name, each in pairs
        ]
        whole = [(name, values) for name, values in both if all(value.known for value in values)]
        titles = left.title_of(names[0]), right.title_of(names[1])
        series = tuple(
            PanelSeries(title, tuple(values[place] for _, values in whole)) for place, title in enumerate(titles)
        )
        label = Label.of("analysis.points", first=titles[0], second=titles[1])
        lost = [(name, value) for name, values in both if (value := _unknown(values)) is not None]
        beside = unknown(RATIO, Computed(label, label, left.confidence))  # only that it is not known is read
        left_out = gaps.groups_without([*lost, *((name, beside) for name in self._alone)], label)
        return Panel(
            left.label_of(label), tuple(name for name, _ in whole), series, left_out=left_out, things="categories"
        )


def _unknown(values: Sequence[Quantity]) -> Quantity | None:
    """Return the first of ``values`` that is not known."""
    return next((value for value in values if not value.known), None)


def _one_each(rows: TableRows, column: str) -> dict[str, TableRows]:
    """Return the row of each value of a column; ProblemsError if a value has several."""
    found = dict(rows.groups(column))
    for name, own in found.items():
        if len(own) > 1:
            problem = message(
                "{name} has {count} rows, and one is wanted for each {column}",
                name=name,
                count=len(own),
                column=rows.title_of(column),
            )
            raise rows.refused(problem, message("Choose one row for each with where(…), such as those of one year."))
    return found


def _check_like_times(left: TableRows, right: TableRows, on: tuple[str, str]) -> None:
    """Refuse rows of unlike years beside each other."""
    years = [_years(rows, column) for rows, column in zip((left, right), on, strict=True)]
    if all(years) and years[0] != years[1]:
        shown = [message(", ").join(sorted(each)) for each in years]
        problem = message(
            "its rows are of {own}, and those of {place} of {others}",
            own=shown[0],
            place=right.place,
            others=shown[1],
        )
        raise left.refused(problem, message("Choose the same year in both with where(…)."))


def _years(rows: TableRows, on: str) -> set[str]:
    years = [name for name in rows.table.schema.key if rows.is_year(name) and name != on]
    return {year for name in years for year in rows.values_of(name)}


def _sources(left: TableRows, right: TableRows) -> Any:  # noqa: ANN401 -- an argument of a label
    """Return where two tables come from, each source once."""
    return tuple(dict.fromkeys((left.source(), right.source())))
