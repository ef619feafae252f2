"""A number of a text as a whole token: what it amounts to, in which unit, and what its own words say of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.claims.amounts import Direction

TokenKind = Literal["share", "points", "money", "count", "rank", "distance", "year", "times", "bare"]

WORDS: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
"""What stands around numbers in the texts of each language, and what it says of them."""


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A number of a sentence, from ``start`` to ``end`` of it.

    ``amount`` is in what its unit counts (1.35万亿元 is 1350000000000 of ``kind`` money), ``step`` one of its last
    digit, ``face`` the number before its multiplier. ``unit`` is the word that counts, "" where there is none, and
    ``noun`` what follows it. ``goes`` is 1 or -1 where it is said to be how much something rose or fell, else 0.
    ``small``: an English word for ten or less.
    ``not_a_number`` says why it is none that a ledger could have ("" where it is one).
    """

    start: int
    end: int
    words: str
    amount: Decimal
    kind: TokenKind
    face: Decimal
    step: Decimal = Decimal(1)
    unit: str = ""
    direction: Direction = "exact"
    noun: str = ""
    part: bool = False
    inclusive: bool = False
    goes: int = 0
    signed: bool = False
    each: bool = False
    small: bool = False
    not_a_number: str = ""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def step_of(words: str, times: Decimal = Decimal(1)) -> Decimal:
    """Return what one of the last digit of a number in figures is worth: 0.01 of 1.35, a trillion of 3万亿."""
    decimals = len(words.partition(".")[2])
    return Decimal(1).scaleb(-decimals) * times
