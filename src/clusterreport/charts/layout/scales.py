"""Turns amounts into places on the canvas, and finds round amounts to print along an axis."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.quantity import Quantity

_STEPS: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: the amount ``low`` stands at ``start``, ``high`` at ``end`` (millimetres)."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, amount: Decimal | float) -> float:
        """Return the place of an amount; where all amounts are equal, the start."""
        span = self.high - self.low
        return self.start + (float(amount) - self.low) / span * (self.end - self.start) if span else self.start


def known_amounts(values: Iterable[Quantity]) -> tuple[Decimal, ...]:
    """Return the amounts that are known."""
    return tuple(value.amount for value in values if value.amount is not None)


def from_zero(values: Iterable[Quantity], start: float, end: float) -> Scale:
    """Return the scale on which lengths of bars are comparable: it holds zero, and the least if that is negative."""
    amounts = known_amounts(values)
    low, high = min((*amounts, Decimal(0))), max((*amounts, Decimal(0)))
    return Scale(float(low), float(high) if high > low else float(low) + 1, start, end)


def round_ticks(low: Decimal, high: Decimal, count: int) -> tuple[Decimal, ...]:
    """Return about ``count`` round amounts, evenly spaced, the first not above ``low``, the last not below ``high``."""
    span = high - low or abs(high) or Decimal(1)
    rough = span / max(count - 1, 1)
    power = Decimal(1).scaleb(rough.adjusted())
    step = next(size * power for size in _STEPS if size * power >= rough)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * index for index in range(int(first), int(max(last, first + 1)) + 1))
