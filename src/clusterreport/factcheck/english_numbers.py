"""Finds the numbers of an English sentence: figures and words, with what stands around them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from clusterreport.claims.english import amount_in, multiple_in
from clusterreport.factcheck.number_tokens import WORDS, NumberToken, TokenKind, any_of, step_of
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.claims.amounts import Direction

_EN: Final[dict[str, Any]] = WORDS["en"]


_LEADS: Final[dict[str, str]] = {word: way for way, words in _EN["leads"].items() for word in words}
_SMALL: Final = any_of(_EN["small"])
_SPELLED: Final = rf"(?:{_SMALL})(?:[- ](?:and )?(?:{_SMALL}))*"
_FIGURES: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PART: Final = rf"(?:a |one )?half|(?:{_SMALL}|a) (?:{any_of(_EN['parts'])})|(?:{_SMALL}) in ten"
_PERCENT: Final = rf" ?(?:{any_of((*_EN['percent'], *_EN['points']))})(?!\w)"
_MEASURES: Final = rf"[ -](?:{any_of((*_EN['money'], *_EN['foreign_money'], *_EN['distance']))})\b"
_NUMBER: Final = re.compile(
    rf"(?<![\w.,])(?:(?P<lead>{any_of(_LEADS)}) )?(?P<cur>(?:rmb|cny|¥|us\$|\$|€|£) ?)?(?P<sign>[-−–])?"
    rf"(?P<number>(?P<part>{_PART})|(?P<figures>{_FIGURES})|(?P<spelled>{_SPELLED}))"
    rf"(?P<ord>st|nd|rd|th)?(?![\w])(?P<scale>[ -](?:{any_of(_EN['scales'])})\b)?(?P<unit>{_PERCENT}|{_MEASURES})?",
    re.IGNORECASE,
)
_TIMES: Final = re.compile(
    rf"\b(?:(?P<lead>{any_of(_LEADS)}) )?(?P<times>doubled|tripled|trebled|quadrupled|halved)\b", re.IGNORECASE
)
_ORDINAL: Final = re.compile(
    rf"\b(?:joint(?:ly)? )?(?P<word>{any_of(_EN['ordinals'])})\b(?! of the| or )", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_REFERENCE: Final = re.compile(rf"\b(?:{any_of(_EN['before_reference'])})[\s#]*(?:\d+[.-])?$", re.IGNORECASE)
_MONTH: Final = re.compile(rf"\b(?:{any_of(_EN['months'])})\b", re.IGNORECASE)
_SCOPE: Final = re.compile(rf"\b(?:{any_of(_EN['before_scope'])}) $", re.IGNORECASE)
_RISE: Final = re.compile(rf"\b(?:{any_of(_EN['rise'])})(?: by| of)? $", re.IGNORECASE)
_FALL: Final = re.compile(rf"\b(?:{any_of(_EN['fall'])})(?: by| of)? $", re.IGNORECASE)
_WORD: Final = re.compile(r"[ -]([A-Za-z][A-Za-z'’-]*)")
_LITTLE: Final = frozenset(_EN["little_words"])
_TEN: Final = 10
_MOST_NOUNS: Final = 4


def english_tokens(sentence: str) -> Iterator[NumberToken]:
    """Yield the numbers of a sentence in their order."""
    for found in _TIMES.finditer(sentence):
        times = multiple_in(found[0].lower())
        if times is not None:
            yield NumberToken(*found.span(), found[0], times[0], "times", times[0], direction=times[1], goes=1)
    for found in _NUMBER.finditer(sentence):
        token = _token(sentence, found)
        if token is not None:
            yield token
    for found in _ORDINAL.finditer(sentence):
        place = Decimal(_EN["ordinals"].index(found["word"].lower()) + 1)
        if _is_place(sentence, found):
            yield NumberToken(*found.span("word"), found["word"], place, "rank", place)


def _is_place(sentence: str, found: re.Match[str]) -> bool:
    """Tell whether "third" says a place: only behind a word that ranks."""
    return re.search(_EN["ranking"], sentence[max(found.start() - 24, 0) : found.start()], re.IGNORECASE) is not None


def _token(sentence: str, found: re.Match[str]) -> NumberToken | None:
    number, unit = found["number"], (found["unit"] or "").strip(" -").lower()
    currency = (found["cur"] or "").strip().lower()
    scale = Decimal(_EN["scales"][found["scale"].strip(" -").lower()]) if found["scale"] else Decimal(1)
    said = amount_in(number.lower())
    if said is None:
        said = amount_in(number.lower().replace(",", "")) if not found["figures"] else None
    amount = Decimal(number.replace(",", "")) if found["figures"] else said.amount if said else None
    if amount is None or (number.lower() == "one" and not unit):
        return None
    kind = _kind(found, unit, currency, sentence)
    noun = "" if kind in {"rank", "year"} else _noun(sentence[found.end() :])
    if found["spelled"] and not unit and not noun and not scale > 1 and amount <= _TEN:
        return None
    if re.match(r" (?:more|others)\b", sentence[found.end() :]) and sentence[: found.start()].endswith("and "):
        return None
    lead = (found["lead"] or "").lower()
    direction = _LEADS.get(lead, "exact")
    if re.match(r" (?:or|and) more\b", sentence[found.end() :]):
        direction = "over"
    start = found.start("number") if not found["sign"] else found.start("sign")
    before = sentence[: found.start("lead") if lead else start]
    sign = -1 if found["sign"] and kind != "year" else 1
    step = step_of(number.replace(",", ""), scale) if found["figures"] else said.step if said else Decimal(1)
    return NumberToken(
        start,
        found.end(),
        sentence[start : found.end()],
        amount * scale * sign,
        kind,
        amount,
        step=step,
        unit="" if kind != "count" else noun.partition(" ")[0],
        direction=cast("Direction", direction),
        noun=noun,
        part=found["part"] is not None and " in ten" not in number.lower(),
        inclusive=lead in _EN["inclusive"],
        goes=1 if _RISE.search(before) else -1 if _FALL.search(before) else 0,
        signed=sign < 0,
        each=re.search(r"^[^,;.]{0,24}\beach\b", sentence[found.end() :], re.IGNORECASE) is not None,
        small=found["spelled"] is not None and amount <= _TEN,
        not_a_number=_why_not(sentence, found, unit, currency, kind),
    )


def _kind(found: re.Match[str], unit: str, currency: str, sentence: str) -> TokenKind:
    plain = found["figures"] and not found["scale"] and not found["lead"]
    kinds: tuple[tuple[bool, TokenKind], ...] = (
        (found["part"] is not None or unit in _EN["percent"], "share"),
        (unit in _EN["points"], "points"),
        (found["ord"] is not None, "rank"),
        (unit in _EN["money"] or currency in {"rmb", "cny", "¥"}, "money"),
        (unit in _EN["distance"], "distance"),
        (bool(plain) and _YEAR.fullmatch(found["number"]) is not None, "year"),
        (bool(_noun(sentence[found.end() :])), "count"),
    )
    return next((kind for holds, kind in kinds if holds), "bare")


def _noun(rest: str) -> str:
    """Return up to four words that follow, without the little ones and what is behind the first of them."""
    words: list[str] = []
    place = 0
    while len(words) < _MOST_NOUNS and (found := _WORD.match(rest, place)):
        if found[1].lower() in _LITTLE:
            break
        words.append(found[1].lower())
        place = found.end()
    return " ".join(words)


def _why_not(sentence: str, found: re.Match[str], unit: str, currency: str, kind: TokenKind) -> str:
    """Return why a number is none that a ledger could have, "" where it is one."""
    before, rest = sentence[: found.start("number")], sentence[found.end() :]
    dated = found["figures"] and (_MONTH.match(rest.strip()) or _MONTH.search(before[-12:].strip()))
    if currency in {"us$", "$", "€", "£"} or unit in _EN["foreign_money"]:
        return message("the ledger has no such money")
    if _REFERENCE.search(before):
        return message("it numbers a round, a part or the like")
    if kind != "year" and dated:
        return message("it is a date or a time")
    if kind == "count" and _noun(rest).partition(" ")[0] in _EN["own_things"]:
        return message("it counts what the file itself has")
    if kind == "count" and _SCOPE.search(before):
        return message("it says which are meant, and is no figure")
    named = kind == "rank" and re.match(r"[ -](?:century|edition|anniversary|session|round|floor)", rest)
    return message("it is part of a phrase") if named else ""
