"""What must hold of a chart's numbers before it can be drawn, whatever its kind or for several kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Chart


def fault(chart: Chart, problem: str, remedy: str) -> Problem:
    """Return the problem at the place that the author of a template knows it by: the chart's title."""
    return Problem(f"chart '{chart.title}'", problem, remedy)


def shape_faults(chart: Chart) -> tuple[Problem, ...]:
    """Return what is wrong with any chart: lengths that do not match, names that are not there."""
    return (*_lengths(chart), *_names(chart))


def series_fault(chart: Chart, needed: tuple[str, ...]) -> tuple[Problem, ...]:
    """Return the problem of a chart that has not exactly the series ``needed`` (what each of them holds)."""
    if len(chart.series) == len(needed):
        return ()
    problem = f"a {chart.kind} chart takes {len(needed)} series, and it has {len(chart.series)}"
    return (fault(chart, problem, f"Give it {' and '.join(needed)}."),)


def negative_faults(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem for each negative amount, for kinds that show parts of a whole or sizes."""
    return tuple(
        fault(chart, f"the value of {category} in {series.name} is negative", f"Use another kind than {chart.kind}.")
        for series in chart.series
        for category, value in zip(chart.categories, series.values, strict=False)
        if value.amount is not None and value.amount < 0
    )


def _lengths(chart: Chart) -> Iterator[Problem]:
    count = len(chart.categories)
    if not count:
        yield fault(chart, "it has no categories", "Leave the chart out where there is nothing to show.")
    if not chart.series:
        yield fault(chart, "it has no series", "Give it at least one series of values.")
    for series in chart.series:
        if len(series.values) != count:
            problem = f"the series {series.name} has {len(series.values)} values for {count} categories"
            yield fault(chart, problem, "Give each series one value for each category, unknown ones included.")
    if chart.groups and len(chart.groups) != count:
        problem = f"it has {len(chart.groups)} groups for {count} categories"
        yield fault(chart, problem, "Give one group for each category, or none.")


def _names(chart: Chart) -> Iterator[Problem]:
    known = {*chart.categories, *(series.name for series in chart.series), *chart.groups}
    for name in _absent(chart.emphasis, known):
        problem = f"the emphasis names {name}, which is no category, series or group of it"
        yield fault(chart, problem, "Name one that the chart shows.")
    if chart.ties:
        for name in sorted({name for name in chart.categories if chart.categories.count(name) > 1}):
            yield fault(chart, f"the category {name} is there twice", "Give each tied category a name of its own.")
        ends = dict.fromkeys(end for tie in chart.ties for end in (tie.source, tie.target))
        for name in _absent(ends, set(chart.categories)):
            yield fault(chart, f"a tie ends at {name}, which is no category", "Give only ties between its categories.")


def _absent(names: Iterable[str], known: set[str]) -> Iterator[str]:
    return (name for name in names if name not in known)
