"""Says whole numbers in words or in order: 二, 两, 2nd."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.locale.catalogue import texts

if TYPE_CHECKING:
    from decimal import Decimal

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


def in_form(number: int | Decimal, form: str, language: Language) -> str:
    """Return ``number`` in a form that a text asks for; languages other than Chinese keep figures."""
    if language == _CHINESE and form in {"numeral", "counted"}:
        return chinese_numeral(int(number)) if form == "numeral" else chinese_count(int(number))
    return english_ordinal(str(number)) if form == "ordinal" and language != _CHINESE else str(number)


def _words(name: str) -> str:
    return str(texts(_CHINESE)[name])
