"""The colours of cells by their amounts: quotients part at one, single outliers set no scale, thin cells have none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from clusterreport.charts.layout.scales import known_amounts
from clusterreport.charts.painters.look import mixed
from clusterreport.quantity import RATIO, Computed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.painters.look import Look
    from clusterreport.quantity import Quantity

_FEWEST: Final = 2
_DERIVED: Final = frozenset({"ratio", "share", "points"})
_LEAST_REACH: Final = math.log(1.5)  # quotients that are all near one look alike
_FENCES: Final = (1.5, 3.0)
"""How many quartile ranges beyond the upper quartile an amount counts as an outlier: of quotients, of others."""

_MIDDLE: Final = 0.6  # of the way from the colour of rules to the paper
_WARM: Final = 3  # the place in the palette of what stands against the dark end of the ramp


@dataclass(frozen=True, slots=True)
class Shades:
    """How cells are coloured; ``parted``: quotients, round 1. ``low`` to ``high`` is the scale, in logarithms there."""

    look: Look
    parted: bool
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[Quantity], look: Look) -> Shades:
        """Return the scale of ``values``; what rests on too few rows takes no part in it."""
        amounts = [float(amount) for amount in known_amounts([value for value in values if not is_thin(value)])]
        if are_quotients(values):
            reaches = [abs(math.log(amount)) for amount in amounts if amount > 0]
            return cls(look, parted=True, low=0.0, high=max(_within(reaches, _FENCES[0]), _LEAST_REACH))
        return cls(look, parted=False, low=min((*amounts, 0.0)), high=_within([*amounts, 0.0], _FENCES[1]))

    def fill(self, amount: float) -> str:
        """Return the colour of a cell."""
        if not self.parted:
            share = (amount - self.low) / (self.high - self.low) if self.high > self.low else 0.0
            return self.look.ramp(
                math.sqrt(max(share, 0.0))
            )  # of the value itself, large cells would leave others pale
        reach = min(abs(math.log(amount)) / self.high, 1.0) if amount > 0 else 1.0
        return mixed(self.middle, self.above if amount > 1 else self.below, reach)

    @property
    def middle(self) -> str:
        """Return the colour of a quotient of one."""
        return mixed(self.look.rule, self.look.paper, _MIDDLE)

    @property
    def above(self) -> str:
        """Return the colour of the largest quotients."""
        return self.look.ramp(1.0)

    @property
    def below(self) -> str:
        """Return the colour of the smallest quotients."""
        return self.look.of_series(_WARM)


def are_quotients(values: Sequence[Quantity]) -> bool:
    """Tell whether values are quotients, some below one and some above."""
    amounts = known_amounts(values)
    return all(value.unit == RATIO for value in values) and bool(amounts) and 0 <= min(amounts) < 1 < max(amounts)


def is_thin(value: Quantity) -> bool:
    """Tell whether a value that was made of rows (a quotient, a share) rests on fewer than two."""
    if value.unit.kind not in _DERIVED or not isinstance(value.basis, Computed) or not value.known:
        return False
    rows = sum(len(reference.rows) for reference in value.basis.rows)
    return 0 < rows < _FEWEST or (not rows and not value.amount and bool(value.basis.formula))


def _within(amounts: Sequence[float], fence: float) -> float:
    """Return the largest amount that is no outlier (Tukey 1977, Exploratory Data Analysis, section 2D)."""
    if not amounts:
        return 0.0
    low, high = (float(quartile) for quartile in np.quantile(amounts, (0.25, 0.75)))
    return max((amount for amount in amounts if amount <= high + fence * (high - low)), default=max(amounts))
