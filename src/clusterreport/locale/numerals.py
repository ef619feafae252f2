"""Says whole numbers in words or in order, and knows those that stand in a unit: 二, 两, 2nd, 10,000 visits."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.locale.catalogue import texts

if TYPE_CHECKING:
    from clusterreport.locale.catalogue import Language

UP_TO: Final = 100
"""The first number that is not said in Chinese characters: two digits are all that headings and sentences ask for."""

_TEN: Final = 10
_CHINESE: Final = "zh"
_ENDINGS: Final = {"1": "st", "2": "nd", "3": "rd"}


def chinese_numeral(count: int) -> str:
    """Return a whole number from 0 to 99 in Chinese characters (十二, 三十五); others stay Arabic."""
    tens, ones = divmod(count, _TEN)
    if not 0 <= count < UP_TO:
        return str(count)
    digits = _words("numerals.digits")
    if tens == 0:
        return digits[ones]
    head = "" if tens == 1 else digits[tens]
    return f"{head}{_words('numerals.ten')}{digits[ones] if ones else ''}"


def chinese_count(count: int) -> str:
    """Return a whole number as it stands before a measure word: 两个, but 第二 and 十二个."""
    return _words("numerals.pair") if count == 2 else chinese_numeral(count)  # noqa: PLR2004 -- 二 alone becomes 两


def english_ordinal(digits: str) -> str:
    """Return "2" as 2nd and "1,012" as 1,012th."""
    tail = digits.replace(",", "")[-2:]
    teen = len(tail) == 2 and tail.startswith("1")  # noqa: PLR2004 -- the last two digits: 11th, 12th, 13th
    return f"{digits}{'th' if teen else _ENDINGS.get(tail[-1], 'th')}"


def english_multiple(unit: str) -> tuple[Decimal, str]:
    """Return how many of what a unit counts, 10000 and visits of "10,000 visits"; 1 and the unit of one that is none.

    "million visits" is none, as it stands well behind a number: only a unit that begins with a number of its own is.
    """
    found = _MULTIPLE.fullmatch(unit)
    if not found:
        return Decimal(1), unit
    begin, scale = found["begin"].lower().replace(",", ""), (found["scale"] or "").lower()
    times = Decimal(_BEGINNINGS.get(begin) or begin) * _SCALES.get(scale, 1)
    return times, found["rest"]


def in_thousands(amount: Decimal) -> tuple[Decimal, str]:
    """Return an amount in millions, billions or trillions, and the id of their phrase; "" below a million."""
    for power, name in _LARGE:
        if abs(amount) >= Decimal(10) ** power:
            return amount.scaleb(-power), name
    return amount, ""


def in_form(number: int | Decimal, form: str, language: Language) -> str:
    """Return ``number`` in a form that a text asks for; languages other than Chinese keep figures."""
    if language == _CHINESE and form in {"numeral", "counted"}:
        return chinese_numeral(int(number)) if form == "numeral" else chinese_count(int(number))
    return english_ordinal(str(number)) if form == "ordinal" and language != _CHINESE else str(number)


_BEGINNINGS: Final = {"ten": 10, "hundred": 100}
_SCALES: Final = {"k": 10**3, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_LARGE: Final = ((12, "trillions"), (9, "billions"), (6, "millions"))
_MULTIPLE: Final = re.compile(
    r"\u00d7?(?P<begin>10{0,2}(?:,?000)*|hundred|ten)(?:\s?(?P<scale>k|thousand|million|billion))?\s+(?P<rest>\S.*)",
    re.IGNORECASE,
)


def _words(name: str) -> str:
    return str(texts(_CHINESE)[name])
