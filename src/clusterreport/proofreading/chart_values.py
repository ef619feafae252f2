"""What the model's charts say: the series that Word draws a chart with, and the numbers that a drawn chart prints."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.proofreading.amounts import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterreport.document.model import Chart
    from clusterreport.quantities import Quantity

_HUNDRED_MILLIONS: Final = "亿元"
_SCALE: Final = Decimal(10_000)
_WHOLE: Final = Decimal(100)
_EQUALITY: Final = "—"  # the name of the diagonal of a Lorenz curve


class Key(NamedTuple):
    """A value of a chart: the place of its series and its place within."""

    series: int
    place: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point as Word draws it: its name and how far across and up; ``keys`` are those of across and up."""

    label: str
    across: Decimal | None
    up: Decimal | None
    keys: tuple[Key | None, Key | None]


@dataclass(frozen=True, slots=True)
class Plotted:
    """A series as Word draws it; ``flat``: its points stand beside each other, and only ``up`` counts."""

    name: str
    points: tuple[Point, ...]
    flat: bool = True


@dataclass(frozen=True, slots=True)
class Slot:
    """A number that a drawn chart prints, for one value or for several; one without keys is a sum.

    ``optional``: it is left out where there is no room for it.
    """

    keys: tuple[Key, ...]
    meant: Amount
    optional: bool = False


def plotted(chart: Chart) -> tuple[Plotted, ...]:
    """Return the series of a chart as Word draws them, whatever its kind."""
    match chart.kind:
        case "scatter":
            return tuple(_scattered(chart))
        case "lorenz":
            ends = tuple(Point("", end, end, (None, None)) for end in (Decimal(0), _WHOLE))
            return (Plotted(chart.series[1].name, _crossed(chart), flat=False), Plotted(_EQUALITY, ends, flat=False))
        case _:
            return tuple(
                Plotted(
                    series.name,
                    tuple(
                        Point(category, None, value.amount, (None, Key(index, place)))
                        for place, (category, value) in enumerate(zip(chart.categories, series.values, strict=True))
                    ),
                )
                for index, series in enumerate(chart.series)
            )


def slots(chart: Chart) -> tuple[Slot, ...]:
    """Return the numbers that a chart of this kind prints, in the order in which it draws them; () for other kinds."""
    return tuple(_SLOTS[chart.kind](chart)) if chart.kind in _SLOTS else ()


def names(chart: Chart) -> tuple[str, ...]:
    """Return all names that a chart may print, the longest first."""
    return tuple(sorted({*chart.categories, *chart.groups, *(series.name for series in chart.series)}, key=_by_length))


def _by_length(name: str) -> tuple[int, str]:
    return -len(name), name


def _scattered(chart: Chart) -> Iterator[Plotted]:
    """Yield one series for each group; all go through the same points, and have no height where one is another's."""
    across, up = (_in_one_unit(series.values) for series in chart.series[:2])
    groups = chart.groups or ("",) * len(chart.categories)
    known = [place for place in range(len(groups)) if across[place] is not None and up[place] is not None]
    for group in dict.fromkeys(groups[place] for place in known):
        points = tuple(
            Point(chart.categories[place], across[place], up[place], (Key(0, place), Key(1, place)))
            if groups[place] == group
            else Point(chart.categories[place], across[place], None, (Key(0, place), None))
            for place in known
        )
        yield Plotted(group or chart.series[1].name, points, flat=False)


def _crossed(chart: Chart) -> tuple[Point, ...]:
    across, up = (series.values for series in chart.series)
    return tuple(
        Point(category, x.amount, y.amount, (Key(0, place), Key(1, place)))
        for place, (category, x, y) in enumerate(zip(chart.categories, across, up, strict=True))
    )


def _in_one_unit(values: tuple[Quantity, ...]) -> tuple[Decimal | None, ...]:
    """Return the amounts of an axis; all in 万亿元 where one of them is that large."""
    money = [value.amount for value in values if value.unit.symbol == _HUNDRED_MILLIONS and value.amount is not None]
    if not any(abs(amount) >= _SCALE for amount in money):
        return tuple(value.amount for value in values)
    return tuple(
        value.amount / _SCALE if value.amount is not None and value.unit.symbol == _HUNDRED_MILLIONS else value.amount
        for value in values
    )


def _each(chart: Chart) -> Iterator[Slot]:
    for index, series in enumerate(chart.series):
        for place, value in enumerate(series.values):
            yield Slot((Key(index, place),), Amount.of(value))


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
    for place in sorted(range(len(chart.categories)), key=lambda place: _downwards(last[place].amount)):
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


def _downwards(amount: Decimal | None) -> tuple[bool, Decimal]:
    return amount is None, -(amount or Decimal(0))


def _sum(values: list[Quantity]) -> Amount:
    known = [value.amount for value in values if value.amount is not None]
    whole = sum(known, Decimal(0)) if len(known) == len(values) else None
    marked = whole is not None and any(Amount.of(value).marked for value in values)
    return Amount(whole, values[0].unit.symbol, marked=marked)


_SLOTS: Final[dict[str, Callable[[Chart], Iterator[Slot]]]] = {
    "bar": _each,
    "doughnut": _with_one_sum,
    "dumbbell": _before_and_after,
    "heatmap": _each,
    "slope": _at_the_ends,
    "stacked": _with_sums,
    "tiles": _each,
}
