"""The values of a chart by their places, and the names that stand on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Chart, Place
    from clusterreport.quantity import Quantity


class Key(NamedTuple):
    """A value of a chart: the place of its series and its place within."""

    series: int
    place: int


def value_of(chart: Chart, place: Place) -> Quantity:
    """Return the value at a place."""
    return chart.series[place[0]].values[place[1]]


def values_at(chart: Chart, places: Iterable[Place]) -> tuple[Quantity, ...]:
    """Return the values at some places."""
    return tuple(value_of(chart, place) for place in places)


def names(chart: Chart) -> tuple[str, ...]:
    """Return all names that a chart may print, the longest first."""
    return tuple(sorted({*chart.categories, *chart.groups, *(series.name for series in chart.series)}, key=_by_length))


def must_be_told(chart: Chart) -> frozenset[Key]:
    """Return the values that a chart may not keep to itself: all that are known and not nothing.

    Only where a category lacks a value, or has none but zeros, may a kind leave it out: no share of it can be told, no
    point drawn.
    """
    rows = list(zip(*(series.values for series in chart.series), strict=True))
    whole = [all(value.known for value in row) and any(value.amount for value in row) for row in rows]
    return frozenset(
        Key(index, place) for place, row in enumerate(rows) if whole[place]
        for index, value in enumerate(row) if value.amount
    )  # fmt: skip


def _by_length(name: str) -> tuple[int, str]:
    return -len(name), name
