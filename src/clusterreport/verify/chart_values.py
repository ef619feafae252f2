"""The values of a chart by their places, and which of them can be shown, and in which order."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from clusterreport.document.model import Chart


class Key(NamedTuple):
    """A value of a chart: the place of its series and its place within."""

    series: int
    place: int


def names(chart: Chart) -> tuple[str, ...]:
    """Return all names that a chart may print, the longest first."""
    return tuple(sorted({*chart.categories, *chart.groups, *(series.name for series in chart.series)}, key=_by_length))


def divisible(chart: Chart) -> frozenset[int]:
    """Return the places of the categories of which shares can be told."""
    wholes = {place: [series.values[place].amount for series in chart.series] for place in range(len(chart.categories))}
    return frozenset(place for place, parts in wholes.items() if None not in parts and any(parts))


def by_last_value(chart: Chart) -> list[int]:
    """Return the places of the categories by their second values, the largest first, unknown ones last."""
    last = chart.series[1].values
    return sorted(range(len(chart.categories)), key=lambda place: _downwards(last[place].amount))


def _by_length(name: str) -> tuple[int, str]:
    return -len(name), name


def _downwards(amount: Decimal | None) -> tuple[bool, Decimal]:
    return amount is None, -(amount or Decimal(0))
