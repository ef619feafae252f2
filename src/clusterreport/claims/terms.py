"""A value as a claim looks at it: how it is printed, between which amounts it lies, and its place among others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import format_quantity
from clusterreport.quantity import Bound, Quantity
from clusterreport.reconcile.comparing import CLOSE

if TYPE_CHECKING:
    from decimal import Decimal

    from clusterreport.locale import Language


@dataclass(frozen=True, slots=True)
class Term:
    """A known value that a claim is about.

    ``text`` is the value as this edition prints it, without its qualifier: what prints the same is the same to a
    reader. ``place`` says where a ranked value stands, and ``tied`` whether it shares that place; ``lowest`` whether
    none of its ranking is less. All three are None for a value that comes from no ranking.
    """

    quantity: Quantity
    amount: Decimal
    text: str
    place: int | None = None
    tied: bool | None = None
    lowest: bool | None = None

    @property
    def least(self) -> Decimal | None:
        """Return the least that the value can be by its qualifier, None where nothing says so."""
        match self.quantity.bound.direction:
            case "under" | "about":
                return self.amount * (1 - CLOSE)
            case "planned":
                return None
            case _:
                return self.amount

    @property
    def most(self) -> Decimal | None:
        """Return the most that the value can be by its qualifier, None where nothing says so."""
        match self.quantity.bound.direction:
            case "over" | "planned":
                return None
            case "about":
                return self.amount * (1 + CLOSE)
            case _:
                return self.amount


def term(quantity: Quantity, language: Language, decimals: int | None = None, *, unit: bool = True) -> Term | None:
    """Return a value as claims see it, printed with ``decimals`` if they are asked for; None where nobody knows it."""
    if quantity.amount is None:
        return None
    style = NumberStyle(decimals=decimals, unit=unit, qualifier=False)
    return Term(quantity, quantity.amount, format_quantity(quantity, style, language))


def is_exact(value: Term) -> bool:
    """Tell whether the value is said without a qualifier."""
    return value.quantity.bound is Bound.EXACT


def order(one: Term, other: Term) -> int | None:
    """Return 1 where ``one`` is greater, -1 where it is less, 0 where both print alike; None where that is unknown.

    What lies between two amounts by its qualifier (超80, 近80) is only greater or less where all of it is.
    """
    if one.text == other.text and one.quantity.bound is other.quantity.bound:
        return 0
    if one.least is not None and other.most is not None and one.least >= other.most:
        return 1
    if one.most is not None and other.least is not None and one.most <= other.least:
        return -1
    return None


def comparable(values: tuple[Term, ...]) -> bool:
    """Tell whether all values are in one unit, so that one may be said to be greater than another."""
    return len({value.quantity.unit for value in values}) == 1
