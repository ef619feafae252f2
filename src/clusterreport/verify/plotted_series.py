"""What Word should draw a chart with: the series that its kind promises, with amounts reckoned from the model's."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.data.periods import period_of
from clusterreport.quantity import YUAN_100M, YUAN_TRILLION
from clusterreport.verify.chart_values import Key
from clusterreport.verify.chart_words import large_throughout, values_of
from clusterreport.verify.expected_words import by_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clusterreport.document.model import Chart, PlottedPoint, PlottedSeries, Reckoning
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity

_SCALE: Final = Decimal(10_000)
_YEAR: Final = re.compile(r"\D*[0-9]{4}\D*")
_OWN_WORDS: Final = {
    "curve.equality": by_language("equality"), "chart.rise": by_language("rise"), "chart.fall": by_language("fall"),
}  # fmt: skip
"""What series that are reckoned must be called, by the ids of their labels; the others are called as the kind says."""

Amounts = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point as Word draws it: its name and how far across and up; ``keys`` are those of across and up.

    ``day`` is where it stands on an axis of time, in the place of its name, as the number of a day.
    """

    label: str
    across: Decimal | None
    up: Decimal | None
    keys: tuple[Key | None, Key | None]
    day: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Plotted:
    """A series as Word draws it; ``flat``: its points stand beside each other, and only ``up`` counts."""

    name: str
    points: tuple[Point, ...]
    flat: bool = True


def plotted(chart: Chart, language: Language) -> tuple[Plotted, ...]:
    """Return the series of a chart as Word draws them; money is in one unit, on two axes on each by itself."""
    amounts: dict[bool, Mapping[Key, Decimal | None]] = {
        False: _by_key(chart, _beside_marks(values_of(chart))),
        True: _by_key(chart, [amount for series in chart.series for amount in _in_one_unit(series.values)]),
    }
    return tuple(
        Plotted(
            _name(chart, series, language),
            tuple(_point(point, amounts[series.crossed], timed=series.timed) for point in series.points),
            flat=not series.crossed,
        )
        for series in chart.plotted
    )


def _point(point: PlottedPoint, amounts: Mapping[Key, Decimal | None], *, timed: bool) -> Point:
    across, up = (_reckoned(part, amounts) for part in (point.across, point.up))
    return Point(point.label, across, up, (_key(point.across), _key(point.up)), _day(point.label) if timed else None)


def _day(label: str) -> Decimal | None:
    """Return the number of a period's day: of a year the first, of any other that on which its last month begins."""
    if _YEAR.fullmatch(label):
        return _serial(dt.date(int("".join(filter(str.isdigit, label))), 1, 1))
    period = period_of(label)
    return None if period is None else _serial(period.last.replace(day=1))


def _serial(day: dt.date) -> Decimal:
    return Decimal(
        (day - dt.date(1900, 3, 1)).days + 61
    )  # a workbook's day 60 is the 29th of February that 1900 had not


def _reckoned(part: Reckoning | None, amounts: Mapping[Key, Decimal | None]) -> Decimal | None:
    """Return an amount made of others, None where one of these is not known."""
    if part is None:
        return None
    if not part.plus and not part.minus:
        return part.constant
    plus, minus = ([amounts[Key(*place)] for place in places] for places in (part.plus, part.minus))
    known = [[amount for amount in side if amount is not None] for side in (plus, minus)]
    if len(known[0]) < len(plus) or len(known[1]) < len(minus):
        return None
    amount = sum(known[0], Decimal(0)) - sum(known[1], Decimal(0))
    return max(amount, Decimal(0)) if part.clipped else amount


def _key(part: Reckoning | None) -> Key | None:
    """Return the key of the value that an amount is, None if it is none as it stands."""
    if part is None or part.minus or len(part.plus) != 1 or part.clipped:
        return None
    return Key(*part.plus[0])


def _name(chart: Chart, series: PlottedSeries, language: Language) -> str:
    """Return what a series is called: the unit stands behind it on an axis, or where money is in a larger one."""
    if series.word in _OWN_WORDS:
        return _OWN_WORDS[series.word][language]
    if series.measured is None:
        return series.name
    name, values = chart.series[series.measured].name, chart.series[series.measured].values
    if series.crossed:
        return _titled(name, values, language)
    scaled = language == "zh" and large_throughout(values_of(chart))
    return f"{name}（{YUAN_TRILLION.symbol}）" if scaled else name


def _titled(name: str, values: Sequence[Quantity], language: Language) -> str:
    """Return a measure's name and its unit, as the axis is called on which it is measured."""
    scaled = _in_one_unit(values) != tuple(value.amount for value in values)
    measured = YUAN_TRILLION if scaled else values[0].unit
    unit = measured.said(language)
    said = not unit or unit in name or (language == "en" and measured.kind == "count")
    return name if said else f"{name}（{unit}）" if language == "zh" else f"{name} ({unit})"


def _by_key(chart: Chart, amounts: Sequence[Decimal | None]) -> Mapping[Key, Decimal | None]:
    keys = [Key(index, place) for index, series in enumerate(chart.series) for place in range(len(series.values))]
    return dict(zip(keys, amounts, strict=True))


def _beside_marks(values: Sequence[Quantity]) -> Amounts:
    """Return the amounts that stand beside marks; in 万亿元 where every one is that large."""
    return _in_one_unit(values) if large_throughout(values) else tuple(value.amount for value in values)


def _in_one_unit(values: Sequence[Quantity]) -> Amounts:
    """Return the amounts of an axis; all in 万亿元 where one of them is that large."""
    money = [value.amount for value in values if value.unit.symbol == YUAN_100M.symbol and value.amount is not None]
    if not any(abs(amount) >= _SCALE for amount in money):
        return tuple(value.amount for value in values)
    return tuple(
        value.amount / _SCALE if value.amount is not None and value.unit.symbol == YUAN_100M.symbol else value.amount
        for value in values
    )
