"""Which of two values of a claim speaks of the later time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.data.periods import period_of
from clusterreport.quantity import Computed, Published

if TYPE_CHECKING:
    from clusterreport.data.periods import Period
    from clusterreport.quantity import Quantity


def time_of(quantity: Quantity) -> Period | None:
    """Return the one time that a value speaks of, None where nothing says it."""
    match quantity.basis:
        case Computed(period=period):
            return period_of(period)
        case Published(year=year):
            return period_of(year)
        case _:
            return None


def order_of_times(later: Quantity, earlier: Quantity) -> int | None:
    """Return 1 where ``later`` speaks of the later time, -1 where of the earlier; None where one has no known time.

    It is 0 where both end on one day, as a year and its last quarter do.
    """
    one, other = time_of(later), time_of(earlier)
    if one is None or other is None:
        return None
    return (one.last > other.last) - (one.last < other.last)
