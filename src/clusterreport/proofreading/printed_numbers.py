"""What a drawn chart should print: the model's values as numbers, in the order in which the chart's kind draws them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.proofreading.amounts import Amount
from clusterreport.proofreading.chart_values import Key, by_last_value, divisible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterreport.document.model import Chart
    from clusterreport.quantities import Quantity

_TICKS: Final = (0, 20, 40, 60, 80, 100)  # the shares at the foot of a composition


@dataclass(frozen=True, slots=True)
class Slot:
    """A number that a drawn chart prints, for one value or for several; one without keys is a sum.

    ``optional``: it is left out where there is no room for it.
    """

    keys: tuple[Key, ...]
    meant: Amount
    optional: bool = False


def slots(chart: Chart) -> tuple[Slot, ...]:
    """Return the numbers that a chart of this kind prints, in the order in which it draws them; () for other kinds."""
    return tuple(_SLOTS[chart.kind](chart)) if chart.kind in _SLOTS else ()


def _each(chart: Chart) -> Iterator[Slot]:
    for index, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            yield Slot((Key(index, place),), Amount.of(value))


def _side_by_side(chart: Chart) -> Iterator[Slot]:
    """Yield the values category by category; each is printed where its neighbours leave room."""
    for place in range(len(chart.categories)):
        for index, series in enumerate(chart.series):
            yield Slot((Key(index, place),), Amount.of(series.values[place]), optional=True)


def _with_sums(chart: Chart) -> Iterator[Slot]:
    """Yield the parts of each category and their sum; a part of nothing has no stretch to stand in."""
    for place in range(len(chart.categories)):
        parts = [(Key(index, place), series.values[place]) for index, series in enumerate(chart.series)]
        yield from (Slot((key,), Amount.of(value), optional=True) for key, value in parts if value.amount)
        yield Slot((), _sum([value for _, value in parts]))


def _with_one_sum(chart: Chart) -> Iterator[Slot]:
    yield from _each(chart)
    yield Slot((), _sum(list(chart.series[0].values)))


def _before_and_after(chart: Chart) -> Iterator[Slot]:
    """Yield two numbers for each category, the largest last value first; one where they are the same or not known."""
    first, last = (series.values for series in chart.series)
    for place in by_last_value(chart):
        keys, (old, new) = (Key(0, place), Key(1, place)), (first[place], last[place])
        if old.amount == new.amount:
            yield Slot(keys, Amount.of(new))
            continue
        yield from (Slot((key,), Amount.of(value)) for key, value in zip(keys, (old, new), strict=True) if value.known)


def _at_the_ends(chart: Chart) -> Iterator[Slot]:
    """Yield the first and the last number of each line, and those between, which are printed where there is room."""
    last = len(chart.categories) - 1
    for index, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            optional = 0 < place < last or (not value.known and place < last)
            yield Slot((Key(index, place),), Amount.of(value), optional=optional)


def _shares(chart: Chart) -> Iterator[Slot]:
    """Yield the shares at the foot, and the parts of each category; one number for all that cannot be divided."""
    yield from (Slot((), Amount(Decimal(tick), "%", marked=False)) for tick in _TICKS)
    told = divisible(chart)
    for place in range(len(chart.categories)):
        parts = [(Key(index, place), series.values[place]) for index, series in enumerate(chart.series)]
        if place in told:
            yield from (Slot((key,), Amount.of(value), optional=True) for key, value in parts if value.amount)
        else:
            yield Slot(tuple(key for key, _ in parts), Amount(None, "", marked=False))


def _sum(values: list[Quantity]) -> Amount:
    known = [value.amount for value in values if value.amount is not None]
    whole = sum(known, Decimal(0)) if len(known) == len(values) else None
    marked = whole is not None and any(Amount.of(value).marked for value in values)
    return Amount(whole, values[0].unit.symbol, marked=marked)


_SLOTS: Final[dict[str, Callable[[Chart], Iterator[Slot]]]] = {
    "bar": _each,
    "column": _side_by_side,
    "composition": _shares,
    "doughnut": _with_one_sum,
    "dumbbell": _before_and_after,
    "heatmap": _each,
    "slope": _at_the_ends,
    "stacked": _with_sums,
    "tiles": _each,
}
