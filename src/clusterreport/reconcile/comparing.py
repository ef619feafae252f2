"""Decides whether a computed amount is what a source printed, by its qualifier and its printed precision."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import rounded
from clusterreport.reconcile.checks import Verdict

if TYPE_CHECKING:
    from clusterreport.quantity import Quantity

CLOSE: Final = Decimal("0.05")
"""How far from the printed amount, relative to it, 近 and 约 may reach: 近80 begins at 76, 约80 goes from 76 to 84."""


def compare(published: Quantity, amount: Decimal) -> Verdict:
    """Return the verdict on ``amount``, computed in the unit of ``published``.

    A count must be the same; a share or a measure may be rounded to the decimals that were printed. 超 needs more than
    was printed, 近 less but within ``CLOSE``, 约 either: where the word is true, the two agree. A plan is no fact to be
    held against.
    """
    printed = published.amount
    if printed is None or published.bound.direction == "planned":
        return Verdict.UNCHECKED
    roundable = published.bound.direction in {"exact", "about"} and published.unit.kind != "count"
    if roundable and amount != printed and _rounds_to(amount, printed):
        return Verdict.ROUNDING
    return Verdict.AGREES if holds(published.bound.direction, printed, amount) else Verdict.DIFFERS


def holds(direction: str, printed: Decimal, amount: Decimal) -> bool:
    """Tell whether a number that is printed with a word of ``direction`` is true of ``amount`` without any rounding."""
    match direction:
        case "over":
            return amount > printed
        case "under":
            return printed * (1 - CLOSE) <= amount < printed
        case "about":
            return abs(amount - printed) <= printed * CLOSE
        case _:
            return amount == printed


def exclude_each_other(one: Quantity, other: Quantity) -> bool:
    """Tell whether neither amount is what the other source printed: 超600 and 650 may both be true, 600 and 650 not."""
    if one.unit.symbol != other.unit.symbol or one.amount is None or other.amount is None:
        return False
    return {compare(one, other.amount), compare(other, one.amount)} == {Verdict.DIFFERS}


def _rounds_to(amount: Decimal, printed: Decimal) -> bool:
    exponent = printed.as_tuple().exponent
    return isinstance(exponent, int) and rounded(amount, max(0, -exponent)) == printed
