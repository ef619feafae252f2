"""What a drawn chart must print: the numbers that its kind states, by their keys, in words of proofreading's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.verify.amounts import NOT_KNOWN
from clusterreport.verify.chart_values import Key, values_at
from clusterreport.verify.chart_words import beside_marks, in_one_unit, share_of, sum_of, values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.locale import Language
    from clusterreport.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Expected:
    """The words that a chart must print for one value or for several that read alike; without ``keys``, for a sum.

    Several ``readings`` are values that should read alike and do not. ``optional``: they are left out where there is no
    room. ``share`` is what follows them in brackets.
    """

    keys: tuple[Key, ...]
    readings: tuple[str, ...]
    optional: bool = False
    share: str = ""

    @property
    def words(self) -> str:
        """Return what is to be read."""
        return self.readings[0]


def expected_numbers(chart: Chart, language: Language) -> dict[str, Expected]:
    """Return what a chart must print, by the keys of its numbers."""
    told = [number for number in chart.numbers if number.how in {"value", "sum"}]
    fellows = values_at(chart, sorted({place for number in told for place in number.of}))
    return {number.key: _expected(chart, number, fellows, language) for number in chart.numbers}


def _expected(chart: Chart, number: ChartNumber, fellows: Sequence[Quantity], language: Language) -> Expected:
    keys, values = tuple(Key(*place) for place in number.of), values_at(chart, number.of)
    match number.how:
        case "percent":
            return Expected((), (f"{number.percent}%",))
        case "unknown":
            return Expected(keys, (NOT_KNOWN[language],))
        case "sum":
            share = share_of(sum_of(values), sum_of(values_of(chart)), language) if number.share else ""
            return Expected((), _said(number, (sum_of(values),), fellows, language), number.optional, share)
        case "value":
            whole = sum_of(values_of(chart)) if number.share else None
            share = "" if whole is None else share_of(values[0], whole, language)
            return Expected(keys, _said(number, values, fellows, language), number.optional, share)


def _said(
    number: ChartNumber, values: Sequence[Quantity], fellows: Sequence[Quantity], language: Language
) -> tuple[str, ...]:
    """Return how the values of a number read, each reading once."""
    if number.scaled:
        scaled = in_one_unit((*values, *fellows))
        values, fellows = scaled[: len(values)], scaled[len(values) :]
    said = (
        beside_marks((value,), language, among=fellows, decimals=number.decimals, unit=number.unit)[0]
        for value in values
    )
    return tuple(dict.fromkeys(said))
