"""The values of a native chart as Word prints them: number formats that say what the PDF says beside the same marks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.numbers import all_large, all_values, in_trillions, printed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Quantity

_DIGITS: Final = re.compile(r"(?P<sign>[−+]?)(?P<whole>\d[\d,]*)(?P<rest>\.\d+)?")


@dataclass(frozen=True, slots=True)
class FormattedSeries:
    """One series for Word: its name, its amounts, and the number format of most; ``own`` are those of the others."""

    name: str
    amounts: tuple[Decimal | None, ...]
    code: str
    own: Mapping[int, str]


def formatted_series(
    chart: Chart, language: Language, *, unit: bool = False, decimals: int | None = None, among: Sequence[Quantity] = ()
) -> tuple[FormattedSeries, ...]:
    """Return the series of ``chart``; money is in 万亿元 where the PDF says it so: where every amount is that large.

    ``among`` are values that they stand with, as for ``printed``. Qualifiers (超, 近, 约) and the mark of unconfirmed
    values stand in the number formats: the cells stay numbers.
    """
    values = all_values(chart)
    scaled = all_large((*values, *among))
    if scaled:
        values, among = in_trillions(values), in_trillions(among)
    words = printed(values, language, unit=unit or scaled, decimals=decimals, among=among)
    signed = any(value.amount is not None and value.amount < 0 for value in values)
    length = len(chart.categories)
    made = []
    for place, series in enumerate(chart.series):
        own = slice(place * length, (place + 1) * length)
        codes = {
            point: _code(word, signed=signed)
            for point, (word, value) in enumerate(zip(words[own], values[own], strict=True))
            if value.amount is not None
        }
        usual = Counter(codes.values()).most_common(1)[0][0] if codes else "General"
        name = f"{series.name}（{values[0].unit.symbol}）" if scaled and language == "zh" else series.name
        others = {point: code for point, code in codes.items() if code != usual}
        made.append(FormattedSeries(name, tuple(value.amount for value in values[own]), usual, others))
    return tuple(made)


def _code(word: str, *, signed: bool) -> str:
    """Return the number format in which Word prints an amount as ``word``; ``signed`` gives a minus its own sign."""
    found = _DIGITS.search(word)
    if found is None:
        return "General"
    before, after = _quoted(word[: found.start()]), _quoted(word[found.end() :])
    digits = ("#,##0" if "," in found["whole"] else "0") + re.sub(r"\d", "0", found["rest"] or "")
    return f'{before}{digits}{after};{before}"−"{digits}{after}' if signed else f"{before}{digits}{after}"


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
