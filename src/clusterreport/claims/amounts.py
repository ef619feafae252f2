"""Amounts that are said in words, 近八成 and nearly half: when they are true of a value, and which would be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.claims.terms import is_exact
from clusterreport.document.wording import rounded
from clusterreport.quantity import POINTS
from clusterreport.reconcile.comparing import holds
from clusterreport.reconcile.quotes import in_units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.claims.terms import Term

Direction = Literal["exact", "over", "under", "about"]

DECIMALS_OF_PARTS: Final = 1
"""A third is true of what prints as 33.3%."""
OVER_A_PART: Final = Decimal("0.05")
"""How far beyond a fraction 超三分之一 (over a third) reaches, relative to it; round numbers reach to the next one."""
_DIRECTIONS: Final[tuple[Direction, ...]] = ("exact", "under", "over")
_TENTHS: Final = 10
_HUNDRED: Final = 100


@dataclass(frozen=True, slots=True)
class AmountInWords:
    """An amount as words say it, in what its unit counts: 1.35万亿元 is 1350000000000 of ``kind`` money.

    ``step`` is how far 超 reaches: to the next number as round as this one, 1000 of 3000, 10 per cent of 八成. Of a
    ``part`` such as a third it is 5 per cent of it, and 10 per cent of the whole for a half. ``unit`` are the words
    behind the number, "" where there are none.
    """

    amount: Decimal
    kind: Literal["percent", "points", "money", "count"]
    direction: Direction
    step: Decimal
    unit: str = ""
    part: bool = False


def is_true(said: AmountInWords, value: Term) -> bool:
    """Tell whether an amount in words is true of a value.

    Without a qualifier a count must be the same; a share must round to what is said, a fraction to the first decimal.
    超 is true from the amount up to the next that is as round (超七成: to 80), 近 from 5 per cent below it, 约 within
    5 per cent. A value that has a qualifier itself carries the same amount with the same qualifier, and nothing else.
    """
    if not _fits(said, value):
        return False
    amount = in_units(value.amount, value.quantity.unit.symbol)
    if not is_exact(value):
        return amount == said.amount and value.quantity.bound.direction == said.direction
    return _holds(said, amount)


def is_ratio(times: Decimal, direction: Direction, ratio: Decimal) -> bool:
    """Tell whether a multiple is true of the ratio of two values: 翻一番 from 1.95 on and below 2.05."""
    if direction == "exact":
        return rounded(ratio, DECIMALS_OF_PARTS) == times
    return _holds(AmountInWords(times, "count", direction, Decimal(1)), ratio)


def round_to(amount: Decimal) -> Decimal:
    """Return how far the next number as round as ``amount`` is: 1000 of 3000, 1 of 37."""
    exponent = amount.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def said_part(above: int, below: int, direction: Direction) -> AmountInWords:
    """Return a fraction or a number of tenths as words say it."""
    amount, tenths = Decimal(_HUNDRED * above) / below, below == _TENTHS
    step = Decimal(_TENTHS) if tenths or (above, below) == (1, 2) else amount * OVER_A_PART
    return AmountInWords(amount, "percent", direction, step, part=not tenths)


def parts_near(share: Decimal) -> Iterator[tuple[Decimal, tuple[int, int], Direction]]:
    """Yield the fractions and tenths that a share in per cent may be said with, the nearest first.

    Each comes with its distance, its parts (3, 4), and what is to stand before it.
    """
    found: list[tuple[Decimal, tuple[int, int], Direction]] = []
    for below in (2, 3, 4, 5, _TENTHS):
        for above in range(1, below):
            if (above * 2 == below and below > 2) or (below == _TENTHS and above == _TENTHS // 2):  # noqa: PLR2004
                continue  # 二分之一 is said once
            part = Decimal(_HUNDRED * above) / below
            for direction in _DIRECTIONS:
                if _holds(said_part(above, below, direction), share):
                    found.append((abs(share - part), (above, below), direction))
                    break
    yield from sorted(found, key=lambda each: (each[0], each[1][1]))


def _fits(said: AmountInWords, value: Term) -> bool:
    """Tell whether words and value are of one kind: 百分点 are no 百分, 37家 no 37个."""
    unit = value.quantity.unit
    if said.kind == "points" or unit == POINTS:
        return said.kind == "points" and unit == POINTS
    if said.kind == "percent" or unit.kind == "share":
        return said.kind == "percent" and unit.kind == "share"
    if (said.kind == "money") != (unit.kind == "money"):
        return False
    return said.kind == "money" or not said.unit or unit.symbol.endswith(said.unit)


def _holds(said: AmountInWords, amount: Decimal) -> bool:
    if said.direction == "exact":
        return _is_same(said, amount)
    return holds(said.direction, said.amount, amount) and (said.direction != "over" or amount < said.amount + said.step)


def _is_same(said: AmountInWords, amount: Decimal) -> bool:
    if amount == said.amount:
        return True
    if said.kind == "count":
        return False
    if said.part:
        return rounded(amount, DECIMALS_OF_PARTS) == rounded(said.amount, DECIMALS_OF_PARTS)
    step = min(said.step, Decimal(1)) if said.kind == "percent" else said.step
    return rounded(amount / step, 0) == rounded(said.amount / step, 0)
