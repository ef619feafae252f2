"""Holds the words of a claim against the values that are to carry it, and says what would be true instead."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol

from clusterreport.claims import amounts, chinese, english
from clusterreport.claims.kinds import KINDS, is_change, is_spread, place_of
from clusterreport.claims.timing import order_of_times, time_of
from clusterreport.likeness import asked, nearest, nearest_first
from clusterreport.locale import BASE, said
from clusterreport.messages import counted, message, template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from clusterreport.claims.amounts import AmountInWords, Direction
    from clusterreport.claims.kinds import ClaimKind, Terms
    from clusterreport.claims.terms import Term
    from clusterreport.locale import Language

_SUGGESTED: Final = 3
_NEAR: Final = 6  # words that are named to one who wrote another
_WORDS_OF_A_CHANGE: Final = 4  # that are offered, as 增加 suits where 提高 does not
_CHANGES: Final = frozenset({"change", "spread"})
_OVER_TIME: Final = _CHANGES | {"later_earlier", "multiple"}
_TAKES: Final = {
    "change": template("a change, or the later value and the earlier"),
    "spread": template("a change of concentration, or the later value and the earlier"),
    "later_earlier": template("the later value and the earlier"),
    "two": template("two values in the same unit"),
    "part": template("a share, or the part and the whole"),
    "place": template("a place, or an item of a ranking"),
    "ranked": template("an item of a ranking and the ranking"),
    "place_among": template("a place and how many there are"),
    "number": template("one number"),
    "correlation": template("a coefficient of correlation"),
}


class Spelling(Protocol):
    """How a language says amounts, places and multiples: what ``chinese`` and ``english`` offer."""

    def amount_in(self, words: str) -> AmountInWords | None:
        """Return the one amount that words are."""

    def place_in(self, words: str) -> tuple[int, bool] | None:
        """Return the place that words name, and whether they say that it is shared."""

    def top_in(self, words: str) -> int | None:
        """Return the last place that words hold."""

    def multiple_in(self, words: str) -> tuple[Decimal, Direction] | None:
        """Return how many times as much words say."""

    def said(self, part: tuple[int, int], direction: Direction) -> str:
        """Return a fraction or a number of tenths in words."""

    def place_said(self, place: int, *, tied: bool) -> str:
        """Return a place in words that ``place_in`` reads."""


_SPELLING: Final[Mapping[str, Spelling]] = {"zh": chinese, "en": english}


class ClaimError(Exception):
    """A claim that cannot be made; both parts as in ``errors.Problem``."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both parts."""
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of a claim mean: the id of their kind, and what is to be printed behind them."""

    kind: str
    prints: Literal["", "value", "size"] = ""


def held(words: str, values: Terms, language: Language, like: str = "") -> Meaning:
    """Return what ``words`` mean where that is true of ``values``; ClaimError says what would be.

    ``like`` is a word of the catalogue that means the same, for words that it does not have.
    """
    named = like or words
    if language != BASE:
        named = named[:1].lower() + named[1:]  # the words may begin a sentence
    kinds = catalogue(language).get(named, ())
    if kinds:
        return _known(words, kinds, values, language)
    if _SPELLING[language].multiple_in(named) is not None:
        _check_times(words, "multiple", values, language)
    for kind, test in (("multiple", _multiple), ("place", _place), ("top", _top), ("amount", _amount)):
        told = test(named, values, language)
        if told:
            return Meaning(kind)
        if told is False:
            raise ClaimError(_untrue(words, values), _instead_of_amount(kind, values, language))
    known = catalogue(language)
    raise ClaimError(
        message("nothing says what “{words}” means of a number", words=named),
        message(
            "{question}Near it are: {words} (all: clusterreport vocabulary claim). Or name with like=… a word that "
            "means the same.",
            question=asked(nearest(named, known, guess=True)),
            words=message(", ").join(nearest_first(named, known)[:_NEAR]),
        ),
    )


def roughly(value: Terms, language: Language) -> str:
    """Return a share in words, the nearest that are true: 近四分之三; ClaimError where it is no share."""
    (share,) = value
    if share.quantity.unit.kind == "share":
        for _, part, direction in amounts.parts_near(share.amount):
            return _SPELLING[language].said(part, direction)
    raise ClaimError(message("{value} is not near any fraction", value=share.text), message("Print the number itself."))


@cache
def catalogue(language: Language) -> Mapping[str, tuple[str, ...]]:
    """Return the kinds that each word of the catalogue may mean."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in _words(language).items():
        for word in words:
            found[word] = (*found.get(word, ()), kind)
    return found


def words_of(kind: str, language: Language) -> Sequence[str]:
    """Return the words of the catalogue that mean ``kind``, the usual one first."""
    return _words(language)[kind]


def takes_of(words: str, language: Language) -> str:
    """Return which values words are said of, by its id (ClaimKind); "top" is several places, "amount" one value."""
    if kinds := catalogue(language).get(words):
        return KINDS[kinds[0]].takes
    spelling = _SPELLING[language]
    return "place" if spelling.place_in(words) else "top" if spelling.top_in(words) else "amount"


@cache
def _words(language: Language) -> Mapping[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name(f"{language}.toml").read_text(encoding="utf-8"))


def _known(words: str, kinds: tuple[str, ...], values: Terms, language: Language) -> Meaning:
    fitting = [kind for kind in kinds if len(values) in KINDS[kind].counts]
    if not fitting:
        takes = message(" or ").join(message(_TAKES[KINDS[kind].takes]) for kind in kinds)
        raise ClaimError(
            counted(
                len(values),
                "“{words}” is said of {takes}, and here is 1 value",
                "“{words}” is said of {takes}, and here are {count} values",
                words=words,
                takes=takes,
            ),
            message("Write them behind the words, in this order."),
        )
    for kind in fitting:
        _check_change(words, KINDS[kind], values)
        _check_times(words, KINDS[kind].takes, values, language)
        if KINDS[kind].holds(values):
            return Meaning(kind, KINDS[kind].prints)
    raise ClaimError(_untrue(words, values), _instead(KINDS[fitting[0]], values, language))


def _check_change(words: str, kind: ClaimKind, values: Terms) -> None:
    if kind.takes == "spread" and not all(map(is_spread, values)):
        value = next(value for value in values if not is_spread(value))
        raise ClaimError(
            message(
                "“{words}” is said of concentration, and {value} does not measure it", words=words, value=value.text
            ),
            message("Write the later and the earlier value of concentration(…), herfindahl(…) or gini(…)."),
        )
    if kind.takes in _CHANGES and len(values) == 1 and not is_change(values[0]):
        raise ClaimError(
            message("“{words}” is said of a change, and {value} is none", words=words, value=values[0].text),
            message("Write the change, or the later value and the earlier."),
        )


def _check_times(words: str, takes: str, values: Terms, language: Language) -> None:
    """Raise ClaimError where what is to be the later of two values is the earlier, or of the same time as the other.

    Of one time two values may still be said to be more and less (更高), and one a multiple of the other.
    """
    if len(values) != 2 or takes not in _OVER_TIME:  # noqa: PLR2004
        return
    later, earlier = (value.quantity for value in values)
    order = order_of_times(later, earlier)
    if order is None or order > 0 or (order == 0 and takes != "later_earlier"):
        return
    problem = message(
        "“{words}” is said of a later value and an earlier one, and the first is of {one}, the second of {other}",
        words=words,
        one=_time(values[0], language),
        other=_time(values[1], language),
    )
    remedy = message("Write claim(“…”, later, earlier), or earlier|became(later).")
    raise ClaimError(problem, remedy if order else message("Name two values of two times, one after the other."))


def _time(value: Term, language: Language) -> str:
    time = time_of(value.quantity)
    return said(time.words, language) if time else ""


def _untrue(words: str, values: Terms) -> str:
    told = message(", ").join(_named(value.quantity.name, value.text) for value in values)
    return message("“{words}” is not true of {values}", words=words, values=told)


def _named(name: str, text: str) -> str:
    return message("{name} ({value})", name=name, value=text) if name else text


def _instead(kind: ClaimKind, values: Terms, language: Language) -> str:
    true = [
        word
        for other, known in KINDS.items()
        for word in _words(language)[other][: _WORDS_OF_A_CHANGE if known.takes == "change" else 1]
        if known.prints == kind.prints
        and (known.takes == kind.takes or {known.takes, kind.takes} == _CHANGES)
        and len(values) in known.counts
        and known.holds(values)
    ]
    place = place_of(values[0])
    if kind.takes == "place" and not true and place is not None:
        true = [_SPELLING[language].place_said(place, tied=bool(values[0].tied))]
    return _would_be(true)


def _instead_of_amount(kind: str, values: Terms, language: Language) -> str:
    if kind == "amount" and len(values) == 1 and values[0].quantity.unit.kind == "share":
        near = list(amounts.parts_near(values[0].amount))[:_SUGGESTED]
        return _would_be([_SPELLING[language].said(part, direction) for _, part, direction in near])
    return _would_be([])


def _would_be(true: list[str]) -> str:
    if true:
        return message("True would be: {words}.", words=message(", ").join(f"“{word}”" for word in true))
    return message("Print the number itself, or say something else.")


def _amount(words: str, values: Terms, language: Language) -> bool | None:
    said = _SPELLING[language].amount_in(words)
    if said is None:
        return None
    return len(values) == 1 and amounts.is_true(said, values[0])


def _place(words: str, values: Terms, language: Language) -> bool | None:
    named = _SPELLING[language].place_in(words)
    if named is None:
        return None
    place, joint = named
    return len(values) == 1 and place_of(values[0]) == place and values[0].tied in {joint, None}


def _top(words: str, values: Terms, language: Language) -> bool | None:
    last = _SPELLING[language].top_in(words)
    if last is None:
        return None
    places = [place_of(value) for value in values]
    return bool(places) and all(place is not None and place <= last for place in places)


def _multiple(words: str, values: Terms, language: Language) -> bool | None:
    said = _SPELLING[language].multiple_in(words)
    if said is None:
        return None
    if len(values) != 2 or values[0].quantity.unit != values[1].quantity.unit or not values[1].amount:  # noqa: PLR2004
        return False
    times, direction = said
    return amounts.is_ratio(times, direction, values[0].amount / values[1].amount)
