"""Finds the numbers in a text: Arabic, full-width and enclosed digits, Roman signs, and numbers in Chinese signs."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.verify.expected_words import table

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_FIGURES: Final[str] = _WORDS["figures"]
_SCALES: Final[str] = _WORDS["scales"]
_PAIR: Final[str] = _WORDS["pair"]
_COUNTED: Final = tuple(_WORDS["counted"])
_BEFORE: Final = tuple(_WORDS["before"])
_ORDINAL: Final = tuple(_WORDS["ordinal"])
_ONE: Final = _FIGURES[2]
_TEN: Final = _SCALES[0]
_JOINED: Final = re.compile(r"\d+(?:[.,．]\d+)*")
_CHINESE: Final = re.compile(f"[{_FIGURES}{_SCALES}{_PAIR}]+")
_NAMES: Final = sorted((word for words in table("no_numbers").values() for word in words), key=len, reverse=True)
_NO_NUMBER: Final = re.compile("|".join(map(re.escape, _NAMES)))
_NUMERIC: Final = frozenset({"No", "Nl"})


class Numeral(NamedTuple):
    """A number of a text, and where it stands in it."""

    start: int
    end: int
    text: str


def numerals(text: str) -> Iterator[Numeral]:
    """Yield the numbers of ``text`` in their order."""
    yield from sorted((*_in_digits(text), *_in_chinese(text)))


def numerals_in(text: str) -> tuple[str, ...]:
    """Return the numbers of ``text``, without their places."""
    return tuple(numeral.text for numeral in numerals(text))


def value_of(numeral: str) -> int | None:
    """Return the whole number that a numeral says, None where it says no whole number below ten thousand."""
    if numeral.isdecimal():
        return int(numeral)
    if len(numeral) == 1 and numeral not in _FIGURES + _SCALES + _PAIR:
        found = unicodedata.numeric(numeral, None)
        return int(found) if found is not None and found.is_integer() else None
    whole = ones = 0
    for sign in numeral:
        if sign in _SCALES[3:] or not (sign in _FIGURES or sign in _SCALES or sign == _PAIR):
            return None
        if sign in _SCALES:
            whole += (ones or 1) * 10 ** (_SCALES.index(sign) + 1)
            ones = 0
        else:
            ones = 2 if sign == _PAIR else max(_FIGURES.index(sign) - 1, 0)
    return whole + ones


def _in_digits(text: str) -> Iterator[Numeral]:
    for found in _JOINED.finditer(text):
        yield Numeral(*found.span(), found[0])
    for place, sign in enumerate(text):
        if not sign.isdecimal() and unicodedata.category(sign) in _NUMERIC and sign not in _FIGURES:
            yield Numeral(place, place + 1, sign)


def _in_chinese(text: str) -> Iterator[Numeral]:
    taken = {place for word in _NO_NUMBER.finditer(text) for place in range(*word.span())}
    for found in _CHINESE.finditer(text):
        start, end = found.span()
        if taken.isdisjoint(range(start, end)) and _is_number(found[0], text[:start], text[end:]):
            yield Numeral(start, end, found[0])


def _is_number(signs: str, before: str, behind: str) -> bool:
    """Tell whether ``signs`` say a number between these words, and not a unit (万亿元), an article or a name."""
    if all(sign in _SCALES[1:] for sign in signs):
        return False  # scales alone belong to a unit, or to the digits before them
    if len(signs) > 1:
        return True
    if signs == _ONE:
        return before.endswith(_ORDINAL)
    return before.endswith(_ORDINAL) or (behind.startswith(_COUNTED) and (signs != _TEN or before.endswith(_BEFORE)))
