"""What Word should draw a chart with: the model's values as series, each point where Word puts it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.quantity import YUAN_100M, YUAN_TRILLION
from clusterreport.verify.chart_values import Key, by_last_value, divisible
from clusterreport.verify.expected_words import by_language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity

_SCALE: Final = Decimal(10_000)
_EQUALITY: Final = by_language("equality")
_DIAGONAL: Final = (Decimal(0), Decimal(40), Decimal(100))
_RISE, _FALL = by_language("rise"), by_language("fall")


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


def plotted(chart: Chart, language: Language) -> tuple[Plotted, ...]:
    """Return the series of a chart as Word draws them, whatever its kind."""
    match chart.kind:
        case "scatter":
            return tuple(_scattered(chart, language))
        case "lorenz":
            equal = tuple(Point(_EQUALITY[language], share, share, (None, None)) for share in _DIAGONAL)
            curve = Plotted(_titled(chart, 1, language), _crossed(chart), flat=False)
            return (curve, Plotted(_EQUALITY[language], equal, flat=False))
        case "dumbbell":
            return _paired(chart, language)
        case "composition":
            return _beside(chart, language, divisible(chart))
        case _:
            return _beside(chart, language, range(len(chart.categories)))


def _beside(chart: Chart, language: Language, told: Collection[int]) -> tuple[Plotted, ...]:
    """Return series whose points stand beside each other; of places that are not ``told``, Word draws nothing."""
    amounts = _in_one_unit(tuple(value for series in chart.series for value in series.values))
    scaled = language == "zh" and amounts != tuple(value.amount for series in chart.series for value in series.values)
    length = len(chart.categories)
    return tuple(
        Plotted(
            f"{series.name}（{YUAN_TRILLION.symbol}）" if scaled else series.name,
            tuple(
                Point(
                    category, None, amounts[index * length + place] if place in told else None,
                    (None, Key(index, place)),
                )
                for place, category in enumerate(chart.categories)
            ),
        )
        for index, series in enumerate(chart.series)
    )  # fmt: skip


def _paired(chart: Chart, language: Language) -> tuple[Plotted, ...]:
    """Return both series in the order of the last values, and between them how far each pair rises or falls."""
    order = by_last_value(chart)
    first, last = (
        Plotted(series.name, tuple(series.points[place] for place in order))
        for series in _beside(chart, language, range(len(chart.categories)))
    )
    moves = [
        (old.label, None if old.up is None or new.up is None else new.up - old.up)
        for old, new in zip(first.points, last.points, strict=True)
    ]
    rise, fall = (
        Plotted(name, tuple(
            Point(label, None, None if move is None else max(sign * move, Decimal(0)), (None, None))
            for label, move in moves
        ))
        for name, sign in ((_RISE[language], 1), (_FALL[language], -1))
    )  # fmt: skip
    return (first, rise, fall, last)


def _titled(chart: Chart, place: int, language: Language) -> str:
    """Return a measure's name and its unit, as the axis is called on which it is measured."""
    name, values = chart.series[place].name, chart.series[place].values
    scaled = _in_one_unit(values) != tuple(value.amount for value in values)
    measured = YUAN_TRILLION if scaled else values[0].unit
    unit = measured.said(language)
    said = not unit or unit in name or (language == "en" and measured.kind == "count")
    return name if said else f"{name}（{unit}）" if language == "zh" else f"{name} ({unit})"


def _scattered(chart: Chart, language: Language) -> Iterator[Plotted]:
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
        yield Plotted(group or _titled(chart, 1, language), points, flat=False)


def _crossed(chart: Chart) -> tuple[Point, ...]:
    across, up = (series.values for series in chart.series)
    return tuple(
        Point(category, x.amount, y.amount, (Key(0, place), Key(1, place)))
        for place, (category, x, y) in enumerate(zip(chart.categories, across, up, strict=True))
    )


def _in_one_unit(values: tuple[Quantity, ...]) -> tuple[Decimal | None, ...]:
    """Return the amounts of an axis; all in 万亿元 where one of them is that large."""
    money = [value.amount for value in values if value.unit.symbol == YUAN_100M.symbol and value.amount is not None]
    if not any(abs(amount) >= _SCALE for amount in money):
        return tuple(value.amount for value in values)
    return tuple(
        value.amount / _SCALE if value.amount is not None and value.unit.symbol == YUAN_100M.symbol else value.amount
        for value in values
    )
