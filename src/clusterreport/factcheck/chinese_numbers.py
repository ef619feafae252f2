"""Finds the numbers of a Chinese sentence: figures and words, with what stands around them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from clusterreport.claims.chinese import multiple_in
from clusterreport.factcheck.number_tokens import WORDS, NumberToken, TokenKind, any_of, step_of
from clusterreport.messages import message
from clusterreport.reconcile.quotes import QuotedNumber, placed_numbers
from clusterreport.verify.numerals import numerals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_ZH: Final[dict[str, Any]] = WORDS["zh"]


_SCALES: Final = any_of(WORDS["scales"])
_MONEY: Final = frozenset(_ZH["money"])
_POINTS: Final = frozenset(_ZH["points"])
_BEFORE_LOOSE: Final = frozenset(_ZH["loose_units"])
_REFERENCE: Final = re.compile(rf"(?:{any_of(_ZH['before_reference'])})[\s#（(]*(?:\d+[-.—])?$")
_SCOPE: Final = re.compile(rf"(?:{any_of(_ZH['before_scope'])})$")
_RISE: Final = re.compile(rf"(?:{any_of(_ZH['rise'])}){_ZH['lead_to_amount']}")
_FALL: Final = re.compile(rf"(?:{any_of(_ZH['fall'])}){_ZH['lead_to_amount']}")
_NOUN_ENDS: Final = re.compile(rf"[^\u4e00-\u9fffA-Za-z]|{any_of(_ZH['behind_noun'])}")
_DIGITS: Final = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_EACH: Final = re.compile(_ZH["each"])
_TURNED: Final = re.compile(_ZH["turned"])
_HALF: Final = re.compile(_ZH["half"])
_LEAST_SPELLED: Final = 11  # 十一 and more are numbers wherever they stand, fewer only before what is counted
_DOUBLED_SIGN: Final = re.compile(r"(?<![0-9A-Za-z%）)\]])[-−–](?=\d)")
_YEAR: Final = re.compile(r"(?:19|20)\d{2}")
_LONGEST_NOUN: Final = 14


class ChineseNumbers:
    """Reads sentences; ``units`` are the words that the ledger counts in besides those of every text."""

    def __init__(self, units: Collection[str]) -> None:
        """Know the words that count by their lists, and ``units`` besides."""
        own = {unit for unit in units if unit and not unit.isascii()}
        every = {*_ZH["units"], *_MONEY, *_POINTS, *_ZH["foreign_money"], *own, "%", *_ZH["times"], *_ZH["of_names"]}
        self._unit = re.compile(rf"(?:{any_of(every | {_ZH['year']})})")
        self._own = frozenset(own)

    def tokens(self, sentence: str) -> Iterator[NumberToken]:
        """Yield the numbers of a sentence, which has no blanks beside Chinese characters, in their order."""
        spelled = {place for each in numerals(sentence) for place in range(each.start, each.end)}
        turned = [found.span() for found in _TURNED.finditer(sentence)]
        yield from (self._multiple(sentence, *span) for span in turned)
        yield from map(_half, _HALF.finditer(sentence))
        for (start, end), number in placed_numbers(sentence):
            if any(begin <= start < behind for begin, behind in turned):
                continue
            if sentence[start].isdigit() or number.kind in {"percent", "ordinal"} or start in spelled:
                token = self._token(sentence, start, end, number)
                if token is not None:
                    yield token

    def _multiple(self, sentence: str, start: int, end: int) -> NumberToken:
        words = sentence[start:end]
        times = multiple_in(words)
        amount, direction = times or (Decimal(0), "exact")
        reason = "" if times else message("how many times as much it says is not clear")
        return NumberToken(
            start, end, words, amount, "times", amount, direction=direction, goes=1, not_a_number=reason
        )  # fmt: skip

    def _token(self, sentence: str, start: int, end: int, number: QuotedNumber) -> NumberToken | None:
        before = sentence[:start]
        face = sentence[start:end]
        rest = sentence[end:]
        skipped = _skipped(rest)
        found = self._unit.match(rest, skipped)
        unit = found[0] if found else ""
        stop = end + (found.end() if found else 0)
        spelled = not face[0].isdigit()
        if spelled and self._is_no_number(face, number, unit, before, rest):
            return None
        kind = _kind(number, unit, face)
        if kind == "share" and not unit and number.kind == "percent" and face[0].isdigit() and "/" not in face:
            unit = "%"
        sign = -1 if not spelled and _DOUBLED_SIGN.search(before[-2:] + face[:1]) and before[-1:] in "-−–" else 1
        rising, falling = _RISE.search(before), _FALL.search(before)
        step = step_of(face[: len(_DIGITS.match(face)[0])] if not spelled else "1")  # type: ignore[index]
        scaled = number.amount / number.face if number.face else Decimal(1)
        if kind == "share" and (spelled or "/" in face):
            scaled = Decimal(1)
        return NumberToken(
            start - (1 if sign < 0 else 0),
            stop,
            sentence[start - (1 if sign < 0 else 0) : stop],
            number.amount * sign,
            kind,
            number.face,
            step=_step(kind, face, step * scaled),
            unit="" if kind in {"share", "points", "money", "rank"} else unit,
            direction=number.direction,  # type: ignore[arg-type]
            noun=_noun(sentence[stop:]),
            part=(_ZH["part"] in face and _ZH["hundredth"] not in face) or "/" in face,
            inclusive=any(word in sentence[max(start - 4, 0) : stop + 2] for word in _ZH["inclusive"]),
            goes=1 if rising else -1 if falling else 0,
            signed=sign < 0,
            each=_EACH.search(before) is not None,
            not_a_number=self._why_not(sentence[:start], sentence[start:stop], sentence[stop:], unit, kind),
        )

    def _is_no_number(self, face: str, number: QuotedNumber, unit: str, before: str, rest: str) -> bool:
        """Tell whether Chinese signs say no number that somebody counted: articles, names, parts of words."""
        if face == _ZH["one"]:
            return True
        if number.kind in {"percent", "ordinal"}:
            return False
        if number.amount < _LEAST_SPELLED:
            return not unit and rest[:1] not in _BEFORE_LOOSE and not before.endswith(_ZH["ordinal"])
        return False

    def _why_not(self, before: str, words: str, rest: str, unit: str, kind: TokenKind) -> str:
        """Return why a number is none that a ledger could have, "" where it is one."""
        spelled = not words[0].isdigit()
        named = unit in _ZH["of_names"] and unit not in self._own and kind != "year"
        if before.rfind(_ZH["names"][0]) > before.rfind(_ZH["names"][1]):
            return message("it belongs to a name")
        if kind == "rank":
            return ""
        if before.endswith(_ZH["ordinal"]) or named or (_REFERENCE.search(before) and not spelled):
            return message("it numbers a round, a part or the like")
        if unit in _ZH["times"]:
            return message("it is a date or a time")
        if unit in _ZH["foreign_money"]:
            return message("the ledger has no such money")
        return _why_no_figure(before, words, rest, unit, kind)


def _why_no_figure(before: str, words: str, rest: str, unit: str, kind: TokenKind) -> str:
    if kind == "count" and _noun(rest) in _ZH["own_things"]:
        return message("it counts what the file itself has")
    if kind == "count" and _SCOPE.search(before):
        return message("it says which are meant, and is no figure")
    if len(words) == 1 and not words.isdigit() and not unit and rest[:1] in _BEFORE_LOOSE:
        return message("it is part of a phrase")
    return ""


def _half(found: re.Match[str]) -> NumberToken:
    direction = next((way for way in ("over", "under", "about") if found["lead"] in _ZH["half_leads"][way]), "exact")
    way = "over" if found["beyond"] else direction
    fifty = Decimal(50)
    return NumberToken(*found.span(), found[0], fifty, "share", fifty, Decimal(10), direction=way, part=True)  # type: ignore[arg-type]


def _skipped(rest: str) -> int:
    """Return how many characters stand between the digits and the unit: 余, 多."""
    match = re.match(_ZH["between"], rest)
    return match.end() if match else 0


def _kind(number: QuotedNumber, unit: str, face: str) -> TokenKind:
    ranked = number.kind == "ordinal" and (not unit or unit in _ZH["ranks"])
    kinds: tuple[tuple[bool, TokenKind], ...] = (
        (unit in _POINTS, "points"),
        (number.kind == "percent" or unit == "%", "share"),
        (ranked, "rank"),
        (unit in _MONEY, "money"),
        (unit in {_ZH["year"], ""} and _YEAR.fullmatch(face) is not None, "year"),
        (unit in _ZH["distance"], "distance"),
        (bool(unit), "count"),
    )
    return next((kind for holds, kind in kinds if holds), "bare")


def _step(kind: TokenKind, face: str, step: Decimal) -> Decimal:
    """Return what one of the last digit of a number is worth: ten per cent of 七成, one of 七成四."""
    if kind == "share" and _ZH["tenth"] in face:
        return Decimal(1) if face.partition(_ZH["tenth"])[2] else Decimal(10)
    return step


def _noun(rest: str) -> str:
    found = _NOUN_ENDS.search(rest)
    return rest[: found.start() if found else len(rest)][:_LONGEST_NOUN]
