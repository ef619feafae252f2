"""The words in which both files must say the values of a chart: beside the marks of the PDF, and in Word's labels."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import NumberStyle
from clusterreport.quantity import Bound, Computed, Quantity, Unit
from clusterreport.verify.amounts import HUNDRED_MILLIONS, SCALE, TRILLIONS, UNITS, in_words, unit_alone
from clusterreport.verify.chart_values import Key, values_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from clusterreport.document.model import Chart
    from clusterreport.locale import Language

_MEASURED: Final = frozenset({"money", "people"})
_MOST_DECIMALS: Final = 2
_OF_VALUES: Final = frozenset({"value", "sum"})
_IN_TRILLIONS: Final = Unit(TRILLIONS, "money")
_SHARES: Final = {"zh": "（{}%）", "en": " ({}%)"}


def values_of(chart: Chart) -> tuple[Quantity, ...]:
    """Return the values of all series, one series after the other."""
    return tuple(value for series in chart.series for value in series.values)


def beside_marks(
    values: Iterable[Quantity], language: Language, *, among: Sequence[Quantity] = (), decimals: int | None = None,
    unit: bool = False,
) -> tuple[str, ...]:  # fmt: skip
    """Return ``values`` as they must stand beside their marks, ``among`` others.

    All bear as many decimals as any needs where they are measured; where each is so much money that it is said in
    万亿元, this stands behind each, and otherwise all are in the unit that the chart names once.
    """
    fellows = (*(own := tuple(values)), *among)
    large = large_throughout(fellows)
    if decimals is None and any(value.unit.kind in _MEASURED for value in fellows):
        decimals = max(map(_needed_decimals, in_one_unit(fellows) if large else fellows))
    style = NumberStyle(decimals=decimals, unit=unit or large, mark="star")
    return tuple(in_words(value, style, language) for value in own)


def in_labels(chart: Chart, seen: Collection[Key], language: Language) -> dict[Key, str]:
    """Return the words of Word's own labels at the values that are ``seen``; there, money is in one unit throughout."""
    keys = [Key(index, place) for index, series in enumerate(chart.series) for place in range(len(series.values))]
    values = [
        value if key in seen else replace(value, amount=None) for key, value in zip(keys, values_of(chart), strict=True)
    ]
    unit = any(number.unit for number in chart.numbers)
    decimals = next((number.decimals for number in chart.numbers if number.decimals is not None), None)
    said = beside_marks(values, language, among=values_of(chart), unit=unit, decimals=decimals)
    return dict(zip(keys, said, strict=True))


def large_throughout(values: Iterable[Quantity]) -> bool:
    """Tell whether there are known values and no other than money of 10,000 亿元 and more."""
    return {_is_large(value) for value in values if value.amount is not None} == {True}


def in_one_unit(values: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return ``values``, all money in 万亿元 where one of them is that large."""
    if not any(map(_is_large, values)):
        return tuple(values)
    return tuple(
        value
        if value.unit.name != HUNDRED_MILLIONS
        else replace(value, unit=_IN_TRILLIONS, amount=None if value.amount is None else value.amount / SCALE)
        for value in values
    )


def sum_of(values: Sequence[Quantity]) -> Quantity:
    """Return a sum: not known where a part is not, no surer and no more exact than its parts."""
    known = [value.amount for value in values if value.amount is not None]
    whole = sum(known, Decimal(0)) if len(known) == len(values) else None
    least = min(value.confidence for value in values)
    ways = {value.bound.direction for value in values} - {"exact"}
    bound = Bound.ABOUT if ways else Bound.EXACT
    if len(ways) == 1:
        bound = {"over": Bound.OVER, "under": Bound.UNDER}.get(next(iter(ways)), bound)
    return Quantity(whole, values[0].unit, Computed("", "", least), bound)


def share_of(part: Quantity, whole: Quantity, language: Language) -> str:
    """Return the share that stands in brackets behind a part, "" where none can be told."""
    if part.amount is None or not whole.amount:
        return ""
    return _SHARES[language].format((part.amount / whole.amount * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def own_unit(chart: Chart, language: Language) -> str:
    """Return the unit that a chart must name of itself, where its numbers are all in another than they come in."""
    values = values_of(chart)
    scaled = any(number.scaled for number in chart.numbers) and in_one_unit(values) != values
    return unit_alone(_IN_TRILLIONS, language) if scaled else ""


def false_unit(chart: Chart, language: Language) -> str:
    """Return a word of the chart's line of units that is another unit's than that of its values; "" if there is none.

    Where all that stands beside marks is said in 万亿元, this is the unit. What a template says there in words of its
    own is left alone.
    """
    beside = any(number.how in _OF_VALUES and not number.scaled for number in chart.numbers)
    large = beside and large_throughout(values_of(chart))
    crossed = any(series.crossed for series in chart.plotted)
    scaled = large or crossed or any(number.scaled for number in chart.numbers)
    measured = [value for series in chart.series for value in (in_one_unit(series.values) if scaled else series.values)]
    carried = measured if large else (*measured, *values_of(chart))
    own = {unit_alone(unit, language) for value in carried for unit in (value.unit,)}
    known = {unit_alone(Unit(name, "count"), language) for name in UNITS}
    words = chart.unit.split("、" if language == "zh" else ", ")
    return next((word for word in words if word in known - own), "")


def must_be_described(chart: Chart) -> Iterator[Quantity]:
    """Yield values and sums that the alternative text must say in full."""
    for number in chart.numbers:
        if number.described:
            values = values_at(chart, number.of)
            yield from (sum_of(values),) if number.how == "sum" else values


def in_full(value: Quantity, language: Language) -> str:
    """Return a value as alternative texts have it: unit, qualifier and mark."""
    measured = value.amount is not None and value.unit.kind in _MEASURED
    decimals = _needed_decimals(in_one_unit((value,))[0]) if measured else None
    return in_words(value, NumberStyle(decimals=decimals), language)


def _is_large(value: Quantity) -> bool:
    return value.unit.name == HUNDRED_MILLIONS and value.amount is not None and abs(value.amount) >= SCALE


def _needed_decimals(value: Quantity) -> int:
    if value.amount is None or value.unit.kind not in _MEASURED:
        return 0
    return min(len(f"{value.amount:f}".partition(".")[2].rstrip("0")), _MOST_DECIMALS)
