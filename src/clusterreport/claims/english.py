"""English words for amounts, places and multiples: nearly three quarters, joint third, more than doubled."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, cast

from clusterreport.claims.amounts import AmountInWords, Direction, round_to, said_part
from clusterreport.locale.numerals import english_ordinal

_WORDS: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("english.toml").read_text(encoding="utf-8"))
_LEADS: Final[dict[str, Direction]] = {
    word: cast("Direction", direction) for direction, words in _WORDS["leads"].items() for word in words
}
_LEAD: Final = re.compile(rf"(?:({'|'.join(sorted(_LEADS, key=len, reverse=True))}) )?(.+)")
_SMALL: Final = {word: place for place, word in enumerate(_WORDS["small"])}
_TENS: Final = {word: 10 * place for place, word in enumerate(_WORDS["tens"], 2)}
_ORDINALS: Final = {word: place for place, word in enumerate(_WORDS["ordinals"], 1)}
_PARTS: Final[dict[str, int]] = _WORDS["parts"]
_FIGURES: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?")
_ORDINAL: Final = re.compile(
    r"(?:the )?(?P<joint>joint(?:ly)? )?(?:(?P<figures>[0-9]+)(?:st|nd|rd|th)|(?P<word>[a-z]+))"
)
_TOP: Final = re.compile(r"(?:among )?the (?:first|top) (?P<number>[a-z]+|[0-9]+)")
_TENTHS: Final = 10
_HALVES: Final = 2


def amount_in(words: str) -> AmountInWords | None:
    """Return the one amount that ``words`` are; None where they are something else."""
    lead, text = _split(words)
    direction = _LEADS.get(lead, "exact")
    if (part := _part(text)) is not None:
        return said_part(*part, direction)
    for kind, endings in _WORDS["endings"].items():
        for ending in endings:
            if text.endswith(ending) and (number := _number(text.removesuffix(ending).strip())) is not None:
                return AmountInWords(number, kind, direction, round_to(number))
    number = _number(text)
    return None if number is None else AmountInWords(number, "count", direction, round_to(number))


def place_in(words: str) -> tuple[int, bool] | None:
    """Return the place that ``words`` name, and whether they say that it is shared: joint third is (3, True)."""
    found = _ORDINAL.fullmatch(words)
    if found is None:
        return None
    place = int(found["figures"]) if found["figures"] else _ORDINALS.get(found["word"])
    return None if place is None else (place, bool(found["joint"]))


def top_in(words: str) -> int | None:
    """Return the last place that ``words`` hold: the first three is 3."""
    found = _TOP.fullmatch(words)
    number = _number(found["number"]) if found else None
    return None if number is None else int(number)


def multiple_in(words: str) -> tuple[Decimal, Direction] | None:
    """Return how many times as much ``words`` say: doubled is 2, halved a half."""
    lead, text = _split(words)
    times = _WORDS["multiples"].get(text)
    return None if times is None else (Decimal(str(times)), _LEADS.get(lead, "exact"))


def said(part: tuple[int, int], direction: Direction) -> str:
    """Return a fraction or a number of tenths in words: nearly three quarters, over seven in ten."""
    above, below = part
    if below == _TENTHS:
        words = f"{_WORDS['small'][above]} in ten"
    elif (above, below) == (1, _HALVES):
        words = "half"
    else:
        one, many = _WORDS["said_parts"][str(below)]
        words = f"a {one}" if above == 1 else f"{_WORDS['small'][above]} {many}"
    lead = _WORDS["say"].get(direction, "")
    return f"{lead} {words}" if lead else words


def place_said(place: int, *, tied: bool) -> str:
    """Return a place in words that ``place_in`` reads: joint 2nd."""
    return ("joint " if tied else "") + english_ordinal(str(place))


def _split(words: str) -> tuple[str, str]:
    found = _LEAD.fullmatch(words)
    return (found[1] or "", found[2]) if found else ("", words)


def _part(text: str) -> tuple[int, int] | None:
    """Return a fraction as its two parts: three quarters, a third, half, seven in ten."""
    words = text.split()
    match words:
        case ["half"] | ["a", "half"] | ["one", "half"]:
            return 1, _HALVES
        case [count, "in", "ten"] if count in _SMALL:
            return _SMALL[count], _TENTHS
        case ["a" | "one", part] if part in _PARTS:
            return 1, _PARTS[part]
        case [count, part] if count in _SMALL and part in _PARTS:
            return _SMALL[count], _PARTS[part]
        case _:
            return None


def _number(text: str) -> Decimal | None:
    """Return 3,000, thirty-seven or three hundred as a number."""
    if _FIGURES.fullmatch(text):
        return Decimal(text.replace(",", ""))
    total = group = 0
    words = text.replace("-", " ").replace(" and ", " ").split()
    for word in words:
        if word in _SMALL or word in _TENS:
            group += _SMALL.get(word, _TENS.get(word, 0))
        elif word in {"hundred", "thousand", "million", "billion", "trillion"}:
            times = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}[word]
            if word == "hundred":
                group = (group or 1) * times
            else:
                total, group = total + (group or 1) * times, 0
        elif _FIGURES.fullmatch(word):
            group += int(word.replace(",", ""))
        else:
            return None
    return Decimal(total + group) if words else None
