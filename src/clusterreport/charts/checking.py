"""What must hold of a chart's numbers before it can be drawn, whatever its kind or for several kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.errors import Problem
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Chart


def fault(chart: Chart, problem: str, remedy: str) -> Problem:
    """Return the problem at the place that the author of a template knows it by: the chart's title."""
    return Problem(message("chart '{title}'", title=chart.title), problem, remedy)


def shape_faults(chart: Chart) -> tuple[Problem, ...]:
    """Return what is wrong with any chart: lengths that do not match, names that are not there."""
    return (*_lengths(chart), *_names(chart))


def series_fault(chart: Chart, needed: tuple[str, ...]) -> tuple[Problem, ...]:
    """Return the problem of a chart that has not exactly the series ``needed`` (what each of them holds)."""
    if len(chart.series) == len(needed):
        return ()
    problem = message(
        "a {kind} chart takes {needed} series, and it has {count}",
        kind=chart.kind,
        needed=len(needed),
        count=len(chart.series),
    )
    return (fault(chart, problem, message("Give it {needed}.", needed=message(" and ").join(needed))),)


def negative_faults(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem for each negative amount, for kinds that show parts of a whole or sizes."""
    return tuple(
        fault(
            chart,
            message("the value of {category} in {name} is negative", category=category, name=series.name),
            message("Use another kind than {kind}.", kind=chart.kind),
        )
        for series in chart.series
        for category, value in zip(chart.categories, series.values, strict=False)
        if value.amount is not None and value.amount < 0
    )


def _lengths(chart: Chart) -> Iterator[Problem]:
    count = len(chart.categories)
    if not count:
        yield fault(
            chart, message("it has no categories"), message("Leave the chart out where there is nothing to show.")
        )
    if not chart.series:
        yield fault(chart, message("it has no series"), message("Give it at least one series of values."))
    for series in chart.series:
        if len(series.values) != count:
            problem = message(
                "the series {name} has {count} values for {needed} categories",
                name=series.name,
                count=len(series.values),
                needed=count,
            )
            yield fault(chart, problem, message("Give each series one value for each category, unknown ones included."))
    if chart.groups and len(chart.groups) != count:
        problem = message("it has {count} groups for {needed} categories", count=len(chart.groups), needed=count)
        yield fault(chart, problem, message("Give one group for each category, or none."))


def _names(chart: Chart) -> Iterator[Problem]:
    known = {*chart.categories, *(series.name for series in chart.series), *chart.groups}
    for name in _absent(chart.emphasis, known):
        problem = message("the emphasis names {name}, which is no category, series or group of it", name=name)
        yield fault(chart, problem, message("Name one that the chart shows."))
    if chart.ties:
        for name in sorted({name for name in chart.categories if chart.categories.count(name) > 1}):
            yield fault(
                chart,
                message("the category {name} is there twice", name=name),
                message("Give each tied category a name of its own."),
            )
        ends = dict.fromkeys(end for tie in chart.ties for end in (tie.source, tie.target))
        for name in _absent(ends, set(chart.categories)):
            yield fault(
                chart,
                message("a tie ends at {name}, which is no category", name=name),
                message("Give only ties between its categories."),
            )


def _absent(names: Iterable[str], known: set[str]) -> Iterator[str]:
    return (name for name in names if name not in known)
