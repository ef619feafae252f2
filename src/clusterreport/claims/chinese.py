"""Chinese words for amounts, places and multiples: 近八成, 并列第三位, 翻一番."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from clusterreport.claims.amounts import AmountInWords, Direction, round_to, said_part
from clusterreport.locale.numerals import chinese_numeral
from clusterreport.reconcile.quotes import numbers_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final[Mapping[str, str]] = tomllib.loads(Path(__file__).with_name("chinese.toml").read_text(encoding="utf-8"))
_HALF: Final = re.compile(_WORDS["half"])
_POINTS: Final = re.compile(_WORDS["points"])
_PART: Final = re.compile(_WORDS["fraction"])
_PLACE: Final = re.compile(_WORDS["place"])
_TOP: Final = re.compile(_WORDS["top"])
_TURNED: Final = re.compile(_WORDS["turned"])
_TIMES: Final = re.compile(_WORDS["times"])
_OUTSIDE: Final = re.compile(_WORDS["outside"])
_TENTHS: Final = 10
_HALVES: Final = 2


def amount_in(words: str) -> AmountInWords | None:
    """Return the one amount that ``words`` are; None where they are more, or something else."""
    text = _POINTS.sub("%", _HALF.sub(_WORDS["as_half"], words))
    found = numbers_in(text)
    if len(found) != 1 or not _OUTSIDE.fullmatch(text.replace(found[0].words, "", 1)):
        return None
    (number,) = found
    direction, kind = cast("Direction", number.direction), number.kind
    if part := _PART.search(text):
        return said_part(_number(part["above"]), _number(part["below"]), direction)
    if kind not in {"percent", "money", "count"}:
        return None
    step = Decimal(_TENTHS) if text.endswith(_WORDS["tenth"]) else round_to(number.amount)
    told = cast("Any", "points" if _POINTS.search(words) else kind)
    return AmountInWords(number.amount, told, direction, step, _unit(text) if kind == "count" else "")


def place_in(words: str) -> tuple[int, bool] | None:
    """Return the place that ``words`` name, and whether they say that it is shared: 并列第三位 is (3, True)."""
    found = _PLACE.fullmatch(words)
    return (_number(found["number"]), bool(found["joint"])) if found else None


def top_in(words: str) -> int | None:
    """Return the last place that ``words`` hold: 前三位 is 3."""
    found = _TOP.fullmatch(words)
    return _number(found["number"]) if found else None


def multiple_in(words: str) -> tuple[Decimal, Direction] | None:
    """Return how many times as much ``words`` say: 翻两番 is 4, 增长一倍 is 2, 三倍 is 3."""
    if found := _TURNED.fullmatch(words):
        times = Decimal(2) ** (_number(found["number"]) if found["number"] else 1)
    elif found := _TIMES.fullmatch(words):
        times = Decimal(_number(found["number"]) + (1 if found["more"] else 0))
    else:
        return None
    return times, _direction(found)


def said(part: tuple[int, int], direction: Direction) -> str:
    """Return a fraction or a number of tenths in words: 近四分之三, 超七成."""
    above, below = part
    if below == _TENTHS:
        words = chinese_numeral(above) + _WORDS["tenth"]
    elif (above, below) == (1, _HALVES):
        words = _WORDS["said_half"]
    else:
        words = chinese_numeral(below) + _WORDS["part"] + chinese_numeral(above)
    return _WORDS.get(f"say_{direction}", "") + words


def place_said(place: int, *, tied: bool) -> str:
    """Return a place in words that ``place_in`` reads: 并列第2位."""
    return (_WORDS["joint"] if tied else "") + _WORDS["ordinal"].format(place)


def _number(text: str) -> int:
    return int(numbers_in(text)[0].amount)


def _direction(found: re.Match[str]) -> Direction:
    lead = found["lead"] or ""
    for direction in ("over", "under", "about"):
        if lead and lead in _WORDS[f"lead_{direction}"]:
            return direction
    return "over" if found["beyond"] else "exact"


def _unit(text: str) -> str:
    found = re.search(_WORDS["counter"], text)
    return found[0] if found else ""
