"""The numbers printed on a chart: side by side, so that they carry the same unit, and sums of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import format_quantity, unit_name
from clusterreport.locale import BASE, Label, phrase
from clusterreport.quantity import YUAN_100M, YUAN_TRILLION, Bound, Computed, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language

_MEASURED: Final = ("money", "people")
_TRILLION: Final = Decimal(10_000)


def printed(
    values: Sequence[Quantity], language: Language, *, decimals: int | None = None, unit: bool = False,
    among: Sequence[Quantity] = (),
) -> tuple[str, ...]:  # fmt: skip
    """Return the values as they stand beside their marks, without the unit that the chart's source line says.

    ``among`` holds all values that they stand with: all have as many decimals as any needs, two at most where they are
    measured, and money is said in 万亿元, with its unit, where every amount is that large.
    """
    style = style_beside((*values, *among), decimals=decimals, unit=unit)
    return tuple(format_quantity(value, style, language) for value in values)


def style_beside(fellows: Sequence[Quantity], *, decimals: int | None = None, unit: bool = False) -> NumberStyle:
    """Return how values that stand together are put into characters beside their marks."""
    large = all_large(fellows)
    if decimals is None and any(value.unit.kind in _MEASURED for value in fellows):
        decimals = max(_most_decimals(value) or 0 for value in (in_trillions(fellows) if large else fellows))
    return NumberStyle(decimals=decimals, unit=unit or large, mark="star")


def all_values(chart: Chart) -> tuple[Quantity, ...]:
    """Return the values of all series of a chart."""
    return tuple(value for series in chart.series for value in series.values)


def in_full(value: Quantity, language: Language) -> str:
    """Return a value as sentences have it: unit, qualifier and mark; measured amounts with two decimals at most."""
    return format_quantity(value, style_in_full(value), language)


def style_in_full(value: Quantity) -> NumberStyle:
    """Return how sentences have a value: unit, qualifier and mark; measured amounts with two decimals at most."""
    return NumberStyle(decimals=_most_decimals(in_one_unit((value,))[0]))


def all_large(values: Sequence[Quantity]) -> bool:
    """Tell whether every known value is so much money that a sentence says it in 万亿元, and there is one."""
    known = [value for value in values if value.known]
    return bool(known) and all(map(_is_large, known))


def in_one_unit(values: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the values of an axis in one unit: 万亿元 for all, if one of them is that large."""
    return in_trillions(values) if any(map(_is_large, values)) else tuple(values)


def in_trillions(values: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the values with all money in 万亿元."""
    return tuple(map(_in_trillions, values))


def axis_title(name: str, values: Sequence[Quantity], language: Language) -> str:
    """Return the title of an axis: its name and, in brackets, the unit, unless the name or the language says it."""
    unit = unit_name(values[0].unit, language) if values else ""
    if not unit or unit in name or (language != BASE and values[0].unit.kind == "count"):
        return name
    return phrase("chart.axis", language, name=name, unit=unit)


def total(values: Sequence[Quantity]) -> Quantity:
    """Return the sum of at least one value: not known if one of them is not, no surer than the least sure."""
    amounts = [value.amount for value in values]
    amount = None if None in amounts else sum((amount for amount in amounts if amount is not None), Decimal(0))
    bases = tuple(dict.fromkeys(value.basis for value in values))
    basis = Computed(
        Label.of("chart.total"), Label.of("chart.total_how"), min(value.confidence for value in values), bases
    )
    return Quantity(amount, values[0].unit, basis, _common_bound(values))


def share(part: Quantity, whole: Quantity) -> Decimal | None:
    """Return the share of a part in per cent, None if either is not known or the whole is nothing."""
    if part.amount is None or not whole.amount:
        return None
    return part.amount / whole.amount * 100


def _is_large(value: Quantity) -> bool:
    return value.unit == YUAN_100M and value.amount is not None and abs(value.amount) >= _TRILLION


def _most_decimals(value: Quantity) -> int | None:
    if value.amount is None or value.unit.kind not in _MEASURED:
        return None
    amount = value.amount.normalize()
    return min(max(-int(amount.as_tuple().exponent), 0), 2)


def _common_bound(values: Sequence[Quantity]) -> Bound:
    directions = {value.bound.direction for value in values} - {"exact"}
    if not directions:
        return Bound.EXACT
    if directions == {"over"}:
        return Bound.OVER
    return Bound.UNDER if directions == {"under"} else Bound.ABOUT


def _in_trillions(value: Quantity) -> Quantity:
    if value.unit != YUAN_100M:
        return value
    amount = None if value.amount is None else value.amount / _TRILLION
    return replace(value, amount=amount, unit=YUAN_TRILLION)
