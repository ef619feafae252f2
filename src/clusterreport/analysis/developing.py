"""How the values of rows and of groups develop: between two periods, from each to the next, and added up over time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from clusterreport.analysis import aggregates, comparing, gaps, membership, times
from clusterreport.analysis.groups import label_of_all, no_row
from clusterreport.analysis.measures import all_rows, derived, label_of, measured
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.data.periods import Period, period_of
from clusterreport.likeness import named_instead
from clusterreport.locale import Label
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clusterreport.analysis.groups import Groups
    from clusterreport.analysis.rankings import Ranking
    from clusterreport.analysis.rows import TableRows
    from clusterreport.quantity import Quantity

    Periods = dict[str, Quantity]


_TWO: Final = 2
_OF_COLUMNS: Final = ("value", "total", "mean", "median", "least", "most")


@dataclass(frozen=True, slots=True)
class Wish:
    """A comparison as a template asks for it: its kind, over which column, between what, and of which measure.

    ``since`` is the column of the earlier values, in a table that has a column for each time. ``common`` limits it to
    those that have a value at all its times; where it is None, values of unlike rows are refused.
    """

    kind: str
    over: str
    start: object
    end: object
    measure: str
    column: str
    since: str
    common: bool | None

    @property
    def in_steps(self) -> bool:
        """Tell whether each period is to be compared with the one before."""
        return self.start is None and self.end is None

    def column_of(self, rows: TableRows) -> str:
        """Return the column of periods; ProblemsError if it is not said, or only one of two periods is."""
        if not self.over:
            raise rows.refused(message("it does not say over which column of periods"), message('Write over="…".'))
        if not self.in_steps and None in {self.start, self.end}:
            raise rows.refused(
                message("one of the two periods is not said"), message("Write start=… and end=…, or neither.")
            )
        return rows.column_called(self.over)


def of_rows(rows: TableRows, wish: Wish) -> Quantity | Panel:
    """Return the comparison of two periods or columns, or of each period with the one before."""
    if wish.since:
        return _between_columns(rows, wish)
    over = wish.column_of(rows)
    rows = _limited(rows, over, wish)
    values = {period: aggregates.found(own, wish.measure, wish.column) for period, own in rows.groups(over)}
    if not wish.in_steps:
        ends = comparing.ends_called(rows, over, wish.start, wish.end)
        _check(rows, values, ends, wish)
        return comparing.compared(rows, over, values, ends, wish.kind)
    steps = comparing.steps_of(rows, over)
    for pair, _ in steps:
        _check(rows, values, pair, wish)
    found = tuple(comparing.compared(rows, over, values, pair, wish.kind) for pair, _ in steps)
    label = rows.label_of(label_of(found[0]))
    return Panel(label, tuple(words for _, words in steps), (PanelSeries(label, found),))


def of_groups(groups: Groups, wish: Wish) -> Ranking | Panel:
    """Return the comparison for each group: of two periods a ranking, of each with the one before a panel."""
    groups.check_columns(1, message("a change is taken for the values of one column"))
    if wish.since:
        found = {name: _between_columns(own, wish) for name, own in groups.rows.groups(groups.columns[0])}
        return groups.ranking(found, f"{wish.kind}.since.{groups.rows.column_called(wish.since)}", wish.column)
    over = wish.column_of(groups.rows)
    rows = _limited(groups.rows, over, wish)
    groups = replace(groups, rows=rows)
    values = _by_period(groups, over, wish)
    if wish.in_steps:
        for pair, _ in comparing.steps_of(rows, over):
            _check_each(rows, values, pair, wish)
        return _in_steps(groups, over, values, wish.kind)
    ends = comparing.ends_called(rows, over, wish.start, wish.end)
    _check_each(rows, values, ends, wish)
    found = {
        name: comparing.compared(own, over, periods, ends, wish.kind)
        for name, (own, periods) in values.items()
        if set(ends) <= periods.keys()
    }
    if found:
        lacking = (name for name in values if name not in found)
        found |= {name: no_row(found) for name in lacking}
    return groups.ranking(found, f"{wish.kind}[{ends[0]}-{ends[1]}]", wish.column)


def series_of(groups: Groups, columns: tuple[str, ...], measure: str) -> Panel:
    """Return the values of several columns in one unit for each group, a series for each column."""
    rows = groups.rows
    groups.check_columns(1, message("series are found over one column"))
    if len(columns) < _TWO:
        raise rows.refused(message("series are of two columns or more"), message('Write series("…", "…").'))
    _check_of_columns(rows, measure)
    named = [rows.number_called(column) for column in columns]
    if len({rows.unit_of(column) for column in named}) > 1:
        problem = message("{columns} are measured in unlike units", columns=message(", ").join(columns))
        raise rows.refused(problem, message("Name columns in one unit."))
    rows.check_one_time(*groups.columns)
    own = [name for name, _ in rows.groups(groups.columns[0])]
    found = [
        PanelSeries(name, tuple(groups.values(partial(aggregates.found, measure=measure, column=column)).values()))
        for name, column in zip(_series_names(rows, named), named, strict=True)
    ]
    label = rows.label_of(Label.of("analysis.series", columns=tuple(rows.title_of(column) for column in named)))
    shown = tuple(groups.said(0, name) for name in own)
    lost = gaps.rows_in_no_group(rows, groups.columns)
    over = _are_times(rows, named)
    return Panel(label, shown, tuple(found), left_out=lost, things="categories", over_times=over)


def running(groups: Groups, column: str) -> Panel:
    """Return the sums from the first period up to each."""
    rows = groups.rows
    sizes = dict(groups.sizes(column))
    order = times.periods_of(rows, groups.columns[0])
    names = tuple(groups.said(0, period) for period in order)
    values = [sizes[name] for name in names]
    if not values:
        raise rows.refused(message("no row is chosen"), message("Choose some with where(…)."))
    label = Label.of("analysis.running", column=label_of(values[0]))
    how = Label.of("analysis.running_how", source=rows.source())
    sums = accumulate(
        (value.amount for value in values), lambda one, two: None if one is None or two is None else one + two
    )
    bases = [
        replace(derived(label, how, rows=all_rows(values[: place + 1]), scope=rows.scope(name)), period=order[place])
        for place, name in enumerate(names)
    ]
    found = tuple(
        measured(amount, values[0].unit, basis).named(f"{rows.path}.by.{groups.columns[0]}[{period}].running")
        for period, amount, basis in zip(order, sums, bases, strict=True)
    )
    lost = gaps.rows_in_no_group(rows, groups.columns)
    return Panel(rows.label_of(label), names, (PanelSeries(rows.label_of(label), found),), left_out=lost)


def _between_columns(rows: TableRows, wish: Wish) -> Quantity:
    """Return the comparison of two columns of the same rows: that of the later time with that of the earlier."""
    if wish.over or wish.start is not None or wish.end is not None:
        raise rows.refused(
            message("since names a column, and over, start and end name periods of one"),
            message("Write one or the other."),
        )
    _check_of_columns(rows, wish.measure)
    if wish.common:
        rows = membership.in_common(rows, (wish.column, wish.since), "")
    after, before = (aggregates.found(rows, wish.measure, column) for column in (wish.column, wish.since))
    _check(rows, {wish.since: before, wish.column: after}, (wish.since, wish.column), wish)
    return comparing.compared_columns(rows, wish.kind, after, before, (wish.since, wish.column))


def _limited(rows: TableRows, over: str, wish: Wish) -> TableRows:
    """Return the rows of those that have a value at each time that is compared, where they are asked for."""
    if not wish.common or not wish.column:
        return rows
    if not wish.in_steps:
        rows = rows.where(**{over: list(comparing.ends_called(rows, over, wish.start, wish.end))})
    return membership.in_common(rows, (wish.column,), over)


def _check(rows: TableRows, values: Mapping[str, Quantity], ends: tuple[str, str], wish: Wish) -> None:
    """Refuse to compare the values of unlike rows, unless it is asked for."""
    told_apart = not wish.over or rows.column_called(wish.over) in rows.table.schema.key
    if wish.common is None and told_apart:
        remedy = message(
            "Write common=true, for the rows that have a value at both times; common=false where unlike ones are meant."
        )
        membership.check_alike(rows, values[ends[1]], values[ends[0]], remedy)


def _check_each(
    rows: TableRows, values: Mapping[str, tuple[TableRows, Periods]], ends: tuple[str, str], wish: Wish
) -> None:
    for _, periods in values.values():
        if set(ends) <= periods.keys():
            _check(rows, periods, ends, wish)


def _by_period(groups: Groups, over: str, wish: Wish) -> Mapping[str, tuple[TableRows, Periods]]:
    """Return the value of each group in each period; a "share" is that of the sum of all groups in the period."""
    rows, first = groups.rows, groups.columns[0]
    wholes = {}
    if wish.measure == "share":
        if wish.column:
            aggregates.check_not_negative(rows, rows.addable_called(wish.column))
        wholes = {period: aggregates.Whole.of(own, wish.column) for period, own in rows.groups(over)}
    values: dict[str, tuple[TableRows, Periods]] = {name: (own, {}) for name, own in rows.groups(first)}
    for (name, period), own in rows.cells(first, over):
        found = wholes[period].share_of(own) if wholes else aggregates.found(own, wish.measure, wish.column)
        values[name][1][period] = found
    return values


def _in_steps(groups: Groups, over: str, values: Mapping[str, tuple[TableRows, Periods]], kind: str) -> Panel:
    rows, steps = groups.rows, comparing.steps_of(groups.rows, over)
    found = {
        (name, pair[1]): comparing.compared(own, over, periods, pair, kind)
        for name, (own, periods) in values.items()
        for pair, _ in steps
        if set(pair) <= periods.keys()
    }
    if not found:
        raise rows.refused(message("no group has two periods one after the other"), message("Choose more rows."))
    series = tuple(
        PanelSeries(
            groups.said(0, name),
            tuple(
                found.get((name, pair[1])) or no_row(found).named(f"{groups.path_of(name)}[{over}={pair[1]}].{kind}")
                for pair, _ in steps
            ),
        )
        for name in values
    )
    steps_said = tuple(words for _, words in steps)
    return Panel(rows.label_of(label_of_all(found)), steps_said, series, things="series", over_times=True)


def _series_names(rows: TableRows, columns: Sequence[str]) -> list[str]:
    """Return what columns are called beside each other: by their times, where each has one of its own."""
    if _are_times(rows, columns):
        return [rows.label_of(period.words) for period in _periods(rows, columns)]
    return [rows.title_of(column) for column in columns]


def _are_times(rows: TableRows, columns: Sequence[str]) -> bool:
    """Tell whether each of the columns is of a time of its own."""
    return len({(period.last, period.days) for period in _periods(rows, columns)}) == len(columns)


def _periods(rows: TableRows, columns: Sequence[str]) -> list[Period]:
    found = (period_of(times.of_column(rows, column)) for column in columns)
    return [period for period in found if period is not None]


def _check_of_columns(rows: TableRows, measure: str) -> None:
    if measure not in _OF_COLUMNS:
        problem = message("{measure} cannot be compared between two columns", measure=measure)
        raise rows.refused(problem, named_instead(measure, _OF_COLUMNS))
