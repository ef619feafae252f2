"""Holds a published figure against the words it is quoted with: its value, unit and qualifier, and its year."""

from __future__ import annotations

import enum
import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded
from clusterreport.document.wording import rounded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class QuoteOutcome(enum.StrEnum):
    """What comes of it. ABSENT: the quote says no such number, and so nothing against it."""

    CARRIED = "carried"
    ABSENT = "absent"
    OTHER_VALUE = "other value"
    OTHER_UNIT = "other unit"
    OTHER_QUALIFIER = "other qualifier"


@dataclass(frozen=True, slots=True)
class QuotedNumber:
    """A number as a quote says it: 1.35万亿元 is 1350000000000 of ``kind`` money.

    ``kind`` is "money", "percent", "year", "date", "ordinal" or "count"; ``face`` the number before its multiplier,
    ``words`` all of its characters; ``direction`` what the quote's own words say of it ("over", "under", "about",
    "exact"). ``firm``: written in figures, or in words before a unit; the 一 of 一体化 is not.
    """

    amount: Decimal
    kind: str
    face: Decimal
    words: str
    direction: str
    firm: bool


@dataclass(frozen=True, slots=True)
class Held:
    """What came of holding a figure against its quote, and what the quote says instead, "" where it says nothing."""

    outcome: QuoteOutcome
    instead: str = ""


def held_against(quote: str, value: Decimal, unit: str, direction: str) -> Held:
    """Return whether ``quote`` carries ``value`` in ``unit`` with a qualifier of ``direction``.

    A scale is allowed (10600 亿元 is 1.06万亿元), so are words (八成 is 80%), a fraction within the decimals of the
    value, and parts that add up to it. A quote that has other numbers of this kind, and not this one, contradicts it.
    """
    kind, times = _UNITS.get(unit, ("count", 1))
    found = numbers_in(quote)
    same = [each for each in found if each.kind == kind or (unit not in _UNITS and each.kind != "date")]
    carrying = [each for each in same if _is_same(each.amount, value, times)]
    if carrying:
        return _qualified(quote, carrying, direction)
    firm = [each for each in same if each.firm]
    if len(firm) > 1 and sum(each.amount for each in firm) == value * times:
        return Held(QuoteOutcome.CARRIED)
    if firm:
        shifted = next((each for each in firm if each.face == value), None)
        outcome = QuoteOutcome.OTHER_UNIT if shifted else QuoteOutcome.OTHER_VALUE
        return Held(outcome, _with_lead(quote, (shifted or _nearest(firm, value * times)).words))
    alike = next((each for each in found if each.firm and each.face == value and each.kind != "date"), None)
    return Held(QuoteOutcome.OTHER_UNIT, _with_lead(quote, alike.words)) if alike else Held(QuoteOutcome.ABSENT)


def in_units(value: Decimal, unit: str) -> Decimal:
    """Return ``value`` in what its unit counts: 1.35 of 万亿元 is 1350000000000 (yuan)."""
    return value * _UNITS.get(unit, ("", 1))[1]


def years_in(quote: str) -> frozenset[int]:
    """Return the years that ``quote`` names in figures; none where it also speaks of last year or the like."""
    text = folded(quote)
    if any(word in text for word in _ANYWHERE["relative_year"]):
        return frozenset()
    return frozenset(int(year) for year in _YEAR.findall(text))


def numbers_in(quote: str) -> tuple[QuotedNumber, ...]:
    """Return the numbers that ``quote`` says, in its order."""
    return tuple(number for _, number in placed_numbers(folded(quote)))


def placed_numbers(text: str) -> list[tuple[tuple[int, int], QuotedNumber]]:
    """Return the numbers of a text that is folded already, in its order, each with where it begins and ends."""
    kept: list[_Found] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):  # 三分之一 is read once, and not as 三 and 一 again
            begin, behind = match.span()
            taken = any(begin < end and start < behind for (start, end), _ in kept)
            if not taken and (found := read(match, text)) is not None:
                kept.append(found)
    return sorted(kept, key=lambda each: each[0])


_WORDS: Final = tomllib.loads(Path(__file__).with_name("quotes.toml").read_text(encoding="utf-8"))
_UNITS: Final[Mapping[str, tuple[str, int]]] = {unit: tuple(said) for unit, said in _WORDS["units"].items()}
_COUNTERS: Final = frozenset(unit[-1] for unit in _UNITS)
"""What may stand right behind a number that is counted: 个, 家, 辆."""
_ANYWHERE: Final[Mapping[str, list[str]]] = _WORDS["anywhere"]
_MULTIPLIERS: Final[Mapping[str, int]] = _WORDS["multipliers"]
_DIGITS: Final = {sign: place for place, sign in enumerate(_WORDS["digits"])} | {_WORDS["pair"]: 2, _WORDS["circle"]: 0}
_GROUPS: Final = 10_000  # multipliers from here on apply to all that stands before them
_HUNDRED: Final = 100


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_TIMES: Final = "".join(_MULTIPLIERS)
_SPELLED: Final = f"[{''.join(_DIGITS)}{_TIMES}]+(?:{_WORDS['point']}[{''.join(_DIGITS)}]+)?[{_TIMES}]*"
_FIGURES: Final = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_BEHIND: Final = _any(chain.from_iterable(_WORDS["behind"].values()))
_BEFORE: Final = _any(chain.from_iterable(_WORDS["before"].values()))
_DIRECTION: Final = {
    word: direction for where in ("before", "behind") for direction, words in _WORDS[where].items() for word in words
}
_ENDING: Final = {word: kind for kind, words in _WORDS["endings"].items() for word in words}
_ENDS: Final = re.compile(rf"(?P<inner>{_BEHIND})? ?(?P<unit>{_any(_ENDING)})?(?P<outer>{_BEHIND})?")
_LEADS: Final = re.compile(rf"(?P<word>{_BEFORE})(?:[{_WORDS['particles']}] ?)? ?$")
_YEAR: Final = re.compile(rf"(?<![0-9])((?:19|20)[0-9]{{2}})(?= ?{_WORDS['endings']['year'][0]}|[Hh][12]|[Qq][1-4])")


def _spelled(text: str) -> Decimal:
    """Return 一百二十三亿 as 12300000000 and 三点七万亿 as 3700000000000; a multiplier alone has one before it."""
    whole, point, rest = text.partition(_WORDS["point"])
    if point:
        digits = re.match(f"[{''.join(_DIGITS)}]+", rest)
        decimals = digits[0] if digits else ""
        exact = _spelled(whole) + Decimal("0." + "".join(str(_DIGITS[sign]) for sign in decimals))
        return exact * _multiplied(rest[len(decimals) :])
    if len(text) > 1 and not any(sign in _MULTIPLIERS for sign in text):
        return Decimal("".join(str(_DIGITS[sign]) for sign in text))  # 二〇二四
    total = group = digit = 0
    waiting = False
    for sign in text:
        if sign in _DIGITS:
            digit, waiting = _DIGITS[sign], True
        elif _MULTIPLIERS[sign] < _GROUPS:
            group, digit, waiting = group + (digit if waiting else 1) * _MULTIPLIERS[sign], 0, False
        else:
            part = group + digit
            total = (total + part or 1) * _MULTIPLIERS[sign] if total else (part or 1) * _MULTIPLIERS[sign]
            group, digit, waiting = 0, 0, False
    return Decimal(total + group + digit)


def _multiplied(signs: str) -> int:
    product = 1
    for sign in signs:
        product *= _MULTIPLIERS[sign]
    return product


def _made(match: re.Match[str], text: str, amount: Decimal, face: Decimal, kind: str = "") -> _Found:
    """Return the number with what stands around it; ``kind`` where its form says it already."""
    ends = _ENDS.match(text, match.end())
    lead = _LEADS.search(text[: match.start()])
    ordinal = text[: match.start()].endswith(_WORDS["ordinal"])
    behind = [ends[name] for name in ("inner", "outer") if ends and ends[name]]
    unit = ends["unit"] if ends else None
    told = [lead["word"], *behind] if lead else behind
    named = kind or _ENDING.get(unit or "", "count")
    if not kind and (ordinal or named == "ordinal"):
        named = "ordinal" if ordinal else "count"  # 第12名 is a place, 12名 are people
    direction = next((_DIRECTION[word] for word in told), "exact")
    words = text[match.start() : match.end()] + (ends[0] if ends else "")
    following = text[match.start() + len(words) :][:1]
    counted = following in _COUNTERS
    words += following if counted and unit is None else ""
    firm = match[0][0].isdigit() or bool(kind) or unit is not None or counted
    return match.span(), QuotedNumber(amount, named, face, words, direction, firm)


def _fraction(match: re.Match[str], text: str) -> _Found | None:
    below, above = (Decimal(part) if part[0].isdigit() else _spelled(part) for part in match.group("below", "above"))
    return _made(match, text, above * _HUNDRED / below, above, "percent") if below else None


def _hundredths(match: re.Match[str], text: str) -> _Found:
    amount = _spelled(match["amount"])
    return _made(match, text, amount, amount, "percent")


def _tenths(match: re.Match[str], text: str) -> _Found:
    amount = Decimal(10 * _DIGITS[match["tens"]] + (_DIGITS[match["ones"]] if match["ones"] else 0))
    return _made(match, text, amount, amount, "percent")


def _place(match: re.Match[str], text: str) -> _Found:
    return _made(match, text, Decimal(1), Decimal(1), "ordinal")


def _in_figures(match: re.Match[str], text: str) -> _Found:
    face = Decimal(match["amount"].replace(",", ""))
    return _made(match, text, face * _multiplied(match["times"]), face)


def _in_words(match: re.Match[str], text: str) -> _Found:
    amount = _spelled(match[0])
    return _made(match, text, amount, amount)


_Found = tuple[tuple[int, int], QuotedNumber]
_ONE_DIGIT: Final = f"[{''.join(_DIGITS)}]"
_FORMS: Final = (
    (re.compile(rf"(?P<below>{_SPELLED}){_WORDS['part']}(?P<above>{_SPELLED})(?<!{_WORDS['hundredth']})"), _fraction),
    (re.compile(r"(?P<above>[0-9]+)/(?P<below>[0-9]+)"), _fraction),
    (re.compile(rf"{_WORDS['hundredth']}(?P<amount>{_SPELLED})"), _hundredths),
    (re.compile(rf"(?P<tens>{_ONE_DIGIT}){_WORDS['tenth']}(?P<ones>{_ONE_DIGIT})?"), _tenths),
    (re.compile(_any(_WORDS["first"])), _place),
    (re.compile(rf"(?P<amount>{_FIGURES})(?P<times>[{_TIMES}]*)"), _in_figures),
    (re.compile(_SPELLED), _in_words),
)
"""The forms of numbers; where two overlap, the earlier holds."""


def _is_same(amount: Decimal, value: Decimal, times: int) -> bool:
    """Tell whether ``amount`` is ``value`` times ``times``, or a fraction that rounds to it."""
    if amount == value * times:
        return True
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    endless = amount != rounded(amount, _MOST_DECIMALS)
    return endless and rounded(amount / times, decimals) == value


_MOST_DECIMALS: Final = 9  # no source prints more: what has more was divided here


def _nearest(numbers: list[QuotedNumber], wanted: Decimal) -> QuotedNumber:
    return min(numbers, key=lambda each: abs(each.amount - wanted))


def _qualified(quote: str, carrying: list[QuotedNumber], direction: str) -> Held:
    planned = any(word in quote for word in _ANYWHERE["planned"])
    if direction == "planned":
        return Held(QuoteOutcome.CARRIED) if planned else Held(QuoteOutcome.OTHER_QUALIFIER, carrying[0].words)
    if any(each.direction == direction for each in carrying):
        return Held(QuoteOutcome.CARRIED)
    return Held(QuoteOutcome.OTHER_QUALIFIER, _with_lead(quote, carrying[0].words))


def _with_lead(quote: str, words: str) -> str:
    """Return the number with the word before it, as a message shows it."""
    text = folded(quote)
    lead = _LEADS.search(text[: text.find(words)])
    return (lead["word"] if lead else "") + words
