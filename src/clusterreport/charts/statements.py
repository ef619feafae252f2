"""What a kind states of a chart to those who read it back: the numbers that it prints, and what Word draws it with.

Statements name values by their places and hold none: whoever checks a file takes the amounts from the chart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.charts.sentences import EACH
from clusterreport.document.model import ChartNumber, PlottedPoint, PlottedSeries, Reckoning

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from clusterreport.document.model import Chart, Place
    from clusterreport.quantity import Quantity


def key_of(series: int, place: int) -> str:
    """Return the key of a value."""
    return f"{series}.{place}"


def sum_key(place: int | None = None) -> str:
    """Return the key of the sum of a category, or of all values."""
    return "sum" if place is None else f"sum.{place}"


def places_of(chart: Chart) -> tuple[Place, ...]:
    """Return the places of all values, one series after the other."""
    return tuple((index, place) for index, series in enumerate(chart.series) for place in range(len(series.values)))


def value_at(chart: Chart, place: Place) -> Quantity:
    """Return the value at a place."""
    return chart.series[place[0]].values[place[1]]


def each_value(  # noqa: PLR0913 -- how numbers are said has these sides
    chart: Chart, *, described: Collection[Place] = (), optional: bool = False, share: bool = False,
    decimals: int | None = None, unit: bool = False, scaled: bool = False,
) -> tuple[ChartNumber, ...]:  # fmt: skip
    """Return one number for each value; ``decimals`` are those of values that are no counts."""
    return tuple(
        ChartNumber(
            key_of(*place), (place,), optional=optional, share=share, described=place in described, unit=unit,
            scaled=scaled, decimals=None if value_at(chart, place).unit.kind == "count" else decimals,
        )
        for place in places_of(chart)
    )  # fmt: skip


def known_places(chart: Chart) -> frozenset[Place]:
    """Return the places of the values that are known."""
    return frozenset(place for place in places_of(chart) if value_at(chart, place).known)


def ends_of(values: Sequence[Quantity]) -> frozenset[int]:
    """Return the first of the largest and the first of the smallest known values, by place."""
    amounts = [(value.amount, place) for place, value in enumerate(values) if value.amount is not None]
    if not amounts:
        return frozenset()
    ends = (max(amount for amount, _ in amounts), min(amount for amount, _ in amounts))
    return frozenset(next(place for amount, place in amounts if amount == end) for end in ends)


def extreme_places(chart: Chart) -> frozenset[Place]:
    """Return the places of the largest and of the smallest of all values."""
    places = places_of(chart)
    return frozenset(places[index] for index in ends_of([value_at(chart, place) for place in places]))


def told_places(chart: Chart) -> frozenset[Place]:
    """Return the places of the values that the text of one ranked series says: all of few, else the two ends."""
    return known_places(chart) if len(chart.categories) <= EACH else extreme_places(chart)


def beside(
    chart: Chart, order: Iterable[int] | None = None, withheld: Collection[int] = (), *, timed: bool = False
) -> tuple[PlottedSeries, ...]:
    """Return the series as they are, points beside each other; of ``withheld`` categories nothing is seen.

    ``timed``: as far apart as their years.
    """
    places = tuple(range(len(chart.categories)) if order is None else order)
    return tuple(
        PlottedSeries(
            series.name,
            tuple(
                PlottedPoint(chart.categories[place], None if place in withheld else Reckoning(((index, place),)))
                for place in places
            ),
            measured=index,
            timed=timed,
        )
        for index, series in enumerate(chart.series)
    )
