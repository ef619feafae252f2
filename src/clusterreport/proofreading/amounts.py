"""Reads an amount back out of printed characters, and tells whether they say a given one: a second opinion on wording.

It knows how numbers are written in a briefing and nothing of the code that writes them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import needs_mark

if TYPE_CHECKING:
    from clusterreport.quantities import Quantity

_UNKNOWN: Final = ("—", "n/a")
_MARKS: Final = ("*", "待核", "unconfirmed")
_FIGURES: Final = re.compile(r"([+−-]?)(\d[\d,]*(?:\.\d+)?)")
_CHARACTERS: Final = re.compile("[零一二两三四五六七八九十]+")
_DIGITS: Final = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HUNDRED_MILLIONS: Final = "亿元"
_TRILLIONS: Final = ("万亿元", "trillion yuan")
_SCALE: Final = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Amount:
    """What is to be said: an amount (None: not known), the symbol of its unit, and whether a mark must warn of it."""

    amount: Decimal | None
    unit: str
    marked: bool

    @classmethod
    def of(cls, quantity: Quantity) -> Amount:
        """Return the amount of a quantity; what is less than likely bears a mark."""
        return cls(quantity.amount, quantity.unit.symbol, marked=needs_mark(quantity))


def says(text: str, meant: Amount, *, scaled: bool = False) -> bool:
    """Tell whether ``text`` says the amount, to the decimals that it prints.

    ``scaled``: 亿元 may be said in 万亿元 though the text does not name them, as on a chart that does it once for all.
    """
    if meant.amount is None:
        return text in _UNKNOWN
    if any(mark in text for mark in _MARKS) is not meant.marked:
        return False
    said = _amount_in(text)
    if said is None:
        return False
    in_trillions = meant.unit == _HUNDRED_MILLIONS and any(word in text for word in _TRILLIONS)
    scales = {_SCALE} if in_trillions else {Decimal(1)}
    if scaled and meant.unit == _HUNDRED_MILLIONS:
        scales.add(_SCALE)
    last = Decimal(1).scaleb(int(said.as_tuple().exponent))
    return any(said == (meant.amount / scale).quantize(last, ROUND_HALF_UP) for scale in scales)


def _amount_in(text: str) -> Decimal | None:
    """Return the first number in ``text``, in figures or else in Chinese characters below a hundred."""
    found = _FIGURES.search(text)
    if found is not None:
        sign = -1 if found[1] in {"−", "-"} else 1
        return sign * Decimal(found[2].replace(",", ""))
    written = _CHARACTERS.search(text)
    if written is None:
        return None
    tens, ten, ones = written[0].rpartition("十")
    return Decimal((_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0))
