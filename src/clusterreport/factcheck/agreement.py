"""Whether a number of a text is that of a ledger: to the precision said, in the same unit, with the same qualifier."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import rounded
from clusterreport.factcheck.number_tokens import WORDS
from clusterreport.reconcile.comparing import CLOSE, holds

if TYPE_CHECKING:
    from clusterreport.factcheck.ledger_facts import LedgerFact
    from clusterreport.factcheck.number_tokens import NumberToken


class FactAgreement(Enum):
    """What is the same of a number of a text and one of a ledger, and what is not."""

    YES = auto()
    UNIT = auto()
    QUALIFIER = auto()
    SIGN = auto()
    ROUNDING = auto()
    VALUE = auto()
    OTHER_KIND = auto()


_WIDE: Final = Decimal("0.3")
"""How far an amount that is rounded too far may lie from the true one, and still be seen as meant for it."""
_UNITLESS: Final = frozenset({"ratio", "angle"})
_FIGURES_OF_A_NAME: Final = 3
"""From how many figures on a number is met again by chance hardly ever: 46.3, 276."""


def agreement(token: NumberToken, fact: LedgerFact) -> FactAgreement:
    """Return how a token and a fact agree."""
    same_unit = is_same_unit(token, fact)
    if not same_unit:
        return FactAgreement.UNIT if _is_same_face(token, fact) else FactAgreement.OTHER_KIND
    said, amount = _signed(token, fact)
    if said is None:
        return (
            FactAgreement.SIGN
            if abs(token.amount) and _is_value(token, abs(token.amount), abs(amount))
            else FactAgreement.VALUE
        )
    return _valued(token, fact, said, amount)


def is_same_unit(token: NumberToken, fact: LedgerFact) -> bool:
    """Tell whether both are of one kind and count the same: 37家 are no 37个, 百分点 no 百分."""
    if token.kind == "bare":
        return fact.kind != "year"
    if token.kind == "count":
        if fact.kind in _UNITLESS:
            return True
        if fact.kind != "count":
            return False
        if not fact.unit:  # counted by rows
            return token.unit == WORDS["piece"] or not _is_chinese(token.unit)
        return token.unit == fact.unit or not _is_chinese(token.unit)
    return token.kind == fact.kind


def figures(amount: Decimal) -> int:
    """Return how many figures an amount has without the zeros at both ends."""
    return len(amount.normalize().as_tuple().digits)


def _is_chinese(unit: str) -> bool:
    return bool(unit) and not unit.isascii()


def _is_same_face(token: NumberToken, fact: LedgerFact) -> bool:
    """Tell whether only the unit differs: the digits are those that are printed, with another word behind."""
    if token.kind in {"year", "times"} or fact.kind in {"year", "angle"}:
        return False
    return token.face == abs(_face(fact)) or (fact.kind == token.kind and token.amount == fact.amount)


def _face(fact: LedgerFact) -> Decimal:
    for printed in fact.printed:
        digits = "".join(sign for sign in printed if sign.isdigit() or sign == ".").strip(".")
        if digits and digits.count(".") <= 1:
            return Decimal(digits)
    return fact.amount


def _signed(token: NumberToken, fact: LedgerFact) -> tuple[Decimal | None, Decimal]:
    """Return both amounts with the signs that are compared; None where they go apart."""
    if token.signed or not fact.change:
        return token.amount, fact.amount
    if token.goes and (fact.amount < 0) != (token.goes < 0):
        return None, fact.amount
    if not token.goes and fact.amount < 0:
        return None, fact.amount
    return abs(token.amount), abs(fact.amount)


def _valued(token: NumberToken, fact: LedgerFact, said: Decimal, amount: Decimal) -> FactAgreement:
    if fact.direction in {"over", "under", "about", "planned"}:
        return _bounded(token, fact, said, amount)
    if token.direction == "exact":
        if _is_value(token, said, amount):
            return FactAgreement.YES
        rounder = figures(said) < figures(amount)
        return FactAgreement.ROUNDING if rounder and abs(said - amount) <= abs(amount) * _WIDE else FactAgreement.VALUE
    if holds(token.direction, said, amount) and (token.direction != "over" or amount < said + _reach(token)):
        return FactAgreement.YES
    if said == amount:
        return FactAgreement.YES if token.inclusive else FactAgreement.QUALIFIER
    near = amount and abs(said - amount) <= abs(amount) * _WIDE
    return FactAgreement.QUALIFIER if near else FactAgreement.VALUE


def _bounded(token: NumberToken, fact: LedgerFact, said: Decimal, amount: Decimal) -> FactAgreement:
    """Hold a number against one that has a qualifier itself: over 3000 is what 3000 and more is, 3000 is not."""
    same = _is_value(token, said, amount)
    if same and fact.direction in {token.direction, "planned"}:
        return FactAgreement.YES
    over = token.direction == fact.direction == "over" and said <= amount < said + _reach(token)
    if over or (token.direction == "about" and fact.direction == "under" and same):
        return FactAgreement.YES
    if same:
        return FactAgreement.QUALIFIER
    return FactAgreement.ROUNDING if amount and abs(said - amount) <= abs(amount) * CLOSE else FactAgreement.VALUE


def _reach(token: NumberToken) -> Decimal:
    """Return how far over a number reaches: to the next one as round."""
    if token.part:
        return token.amount * CLOSE if token.amount != Decimal(50) else Decimal(10)
    exponent = token.amount.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def _is_value(token: NumberToken, said: Decimal, amount: Decimal) -> bool:
    """Tell whether ``said`` is ``amount`` as far as it was said; a whole number of things is never rounded."""
    if said == amount:
        return True
    if token.part:
        return rounded(said, 1) == rounded(amount, 1)
    whole = amount == amount.to_integral_value()
    if (token.kind in {"count", "bare"} and whole and token.step <= 1) or token.kind in {"rank", "year"}:
        return False
    if not amount or abs(said - amount) > abs(amount) * CLOSE:
        return False
    return rounded(said / token.step, 0) == rounded(amount / token.step, 0)
