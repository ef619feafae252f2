"""Values for claims: made by hand, of any unit, bound and place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from clusterreport.claims.terms import Term, term
from clusterreport.locale import Language
from clusterreport.quantity import PIECES, RATIO, Bound, Computed, Confidence, Published, Quantity, Unit

SURE = Computed("数", "行数", Confidence.CONFIRMED)
OF_TWO = Computed("变化", "后减前", Confidence.CONFIRMED, (SURE,), change=True)
OF_SPREAD = Computed("集中度的变化", "后减前", Confidence.CONFIRMED, (SURE,), change=True, spread=True)
SHARE = Computed("比重", "部分÷整体", Confidence.CONFIRMED, (SURE, OF_TWO))


def value(
    amount: str | int,
    unit: Unit = PIECES,
    bound: Bound = Bound.EXACT,
    *,
    change: bool = False,
    language: Language = "zh",
) -> Term:
    """Return a known value; one with a bound is published, and ``change`` makes it the difference of two."""
    basis = OF_TWO if change else SURE if bound is Bound.EXACT else Published("公报", "", "2024", Confidence.CONFIRMED)
    known = term(Quantity(Decimal(amount), unit, basis, bound), language)
    assert known is not None
    return known


def placed(amount: int, place: int, *, tied: bool = False, lowest: bool | None = None) -> Term:
    """Return a value of a ranking."""
    known = value(amount)
    return Term(known.quantity, known.amount, known.text, place, tied, lowest)


def spread(amount: str, unit: Unit = RATIO) -> Term:
    """Return the change of a measure of concentration."""
    known = term(Quantity(Decimal(amount), unit, OF_SPREAD), "zh")
    assert known is not None
    return known


def dated(amount: str | int, period: str) -> Term:
    """Return a value of one time, as the data write it."""
    known = term(Quantity(Decimal(amount), PIECES, replace(SURE, period=period)), "zh")
    assert known is not None
    return known
