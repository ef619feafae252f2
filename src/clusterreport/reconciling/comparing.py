"""Decides whether a computed amount is what a source printed, by its qualifier and its printed precision."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import rounded
from clusterreport.reconciling.checks import Verdict

if TYPE_CHECKING:
    from clusterreport.quantities import Quantity

CLOSE: Final = Decimal("0.05")
"""How far from the printed amount, relative to it, 近 and 约 may reach: 近80 begins at 76, 约80 goes from 76 to 84."""


def compare(published: Quantity, amount: Decimal) -> Verdict:
    """Return the verdict on ``amount``, computed in the unit of ``published``.

    A count must be the same; a share or a measure may be rounded to the decimals that were printed. 超 needs more than
    was printed, 近 less but within ``CLOSE``, 约 either. A plan is no fact to be held against.
    """
    printed = published.amount
    if printed is None or published.bound.direction == "planned":
        return Verdict.UNCHECKED
    if published.bound.direction == "exact" and amount == printed:
        return Verdict.AGREES
    return _within(published, printed, amount)


def _within(published: Quantity, printed: Decimal, amount: Decimal) -> Verdict:
    match published.bound.direction:
        case "over":
            found, verdict = amount > printed, Verdict.AGREES
        case "under":
            found, verdict = printed * (1 - CLOSE) <= amount < printed, Verdict.AGREES
        case "about":
            found = _rounds_to(amount, printed) or abs(amount - printed) <= printed * CLOSE
            verdict = Verdict.ROUNDING
        case _:
            found = published.unit.kind != "count" and _rounds_to(amount, printed)
            verdict = Verdict.ROUNDING
    return verdict if found else Verdict.DIFFERS


def _rounds_to(amount: Decimal, printed: Decimal) -> bool:
    exponent = printed.as_tuple().exponent
    return isinstance(exponent, int) and rounded(amount, max(0, -exponent)) == printed
