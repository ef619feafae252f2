"""What claims mean: each kind with the values that it is about, and when it is true of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.claims.terms import comparable, order
from clusterreport.quantity import POINTS, Computed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.claims.terms import Term

Terms = tuple["Term", ...]

HALF: Final = Decimal("0.5")
LARGE_MAJORITY: Final = Decimal(2) / 3
"""From this share on, 大多数 (the great majority) is true; 多数 (most) is from over one half on."""
LEADING_PART: Final = 4
"""居前 (among the leading) is true of the first fourth of those that are ranked."""
CLOSELY_RELATED: Final = Decimal("0.6")
UNRELATED: Final = Decimal("0.3")
"""A correlation of 0.6 and more is called close, one of less than 0.3 either way none to speak of."""


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """One meaning. ``takes`` says which values, in order, by its id in the messages; ``counts`` how many.

    ``prints``: what stands behind the words, the "value" first given, its "size" without a sign, or nothing.
    """

    takes: str
    counts: tuple[int, ...]
    holds: Callable[[Terms], bool]
    prints: Literal["", "value", "size"] = ""


def is_spread(value: Term) -> bool:
    """Tell whether a value measures how concentrated a whole is, or how that changed."""
    basis = value.quantity.basis
    return isinstance(basis, Computed) and basis.spread


def is_change(value: Term) -> bool:
    """Tell whether a value is how far two differ, and may stand alone for a change; a share of 46.3% is none.

    Nor is how far two values of one time lie apart.
    """
    basis, points = value.quantity.basis, value.quantity.unit == POINTS
    return basis.change or (points and not basis.period) if isinstance(basis, Computed) else points


def place_of(value: Term) -> int | None:
    """Return the place that a ranked value has, or that the value is; None where it is no place."""
    if value.place is not None:
        return value.place
    return int(value.amount) if value.quantity.unit.kind == "rank" else None


def _direction(values: Terms) -> int | None:
    """Return which way a change goes, given itself or by the later value and the earlier; None where it is unclear."""
    if len(values) > 1:
        return order(*values) if comparable(values) else None
    (change,) = values
    if not any(digit in change.text for digit in "123456789"):
        return 0
    return 1 if change.amount > 0 else -1


def _goes(way: int) -> Callable[[Terms], bool]:
    return lambda values: _direction(values) == way


def _spreads(way: int) -> Callable[[Terms], bool]:
    return lambda values: all(map(is_spread, values)) and _direction(values) == way


def _is(way: int) -> Callable[[Terms], bool]:
    return lambda values: comparable(values) and order(*values) == way


def _share(values: Terms) -> Decimal | None:
    """Return a share between 0 and 1, given itself in per cent or as the part and the whole."""
    if len(values) == 1:
        return values[0].amount / 100 if values[0].quantity.unit.kind == "share" else None
    part, whole = values
    return part.amount / whole.amount if comparable(values) and whole.amount else None


def _part(holds: Callable[[Decimal], bool]) -> Callable[[Terms], bool]:
    def told(values: Terms) -> bool:
        share = _share(values)
        return share is not None and holds(share)

    return told


def _first(*, tied: bool) -> Callable[[Terms], bool]:
    """Return the test of a first place; without its ranking it is not known to be shared, and both pass."""
    return lambda values: place_of(values[0]) == 1 and values[0].tied in {tied, None}


def _last(*, tied: bool) -> Callable[[Terms], bool]:
    return lambda values: values[0].lowest is True and values[0].tied is tied


def _leading(values: Terms) -> bool:
    place = place_of(values[0])
    return place is not None and place * LEADING_PART <= values[1].amount


def _all(values: Terms) -> bool:
    return comparable(values) and values[0].amount == values[1].amount > 0


def _moved_place(way: int) -> Callable[[Terms], bool]:
    """Places count downwards: from 8th to 2nd is forward."""

    def told(values: Terms) -> bool:
        after, before = (place_of(value) for value in values)
        if after is None or before is None:
            return False
        return ((before > after) - (before < after)) == way

    return told


def _related(holds: Callable[[Decimal], bool]) -> Callable[[Terms], bool]:
    return lambda values: (
        values[0].quantity.unit.kind == "ratio" and -1 <= values[0].amount <= 1 and holds(values[0].amount)
    )


_CHANGE: Final = "change"
_SPREAD: Final = "spread"
_LATER_EARLIER: Final = "later_earlier"
_TWO: Final = "two"
_PART: Final = "part"
_PLACE: Final = "place"
_LAST: Final = "ranked"
_PLACE_AMONG: Final = "place_among"
_NUMBER: Final = "number"

KINDS: Final[Mapping[str, ClaimKind]] = {
    "rise": ClaimKind(_CHANGE, (1, 2), _goes(1)),
    "fall": ClaimKind(_CHANGE, (1, 2), _goes(-1)),
    "level": ClaimKind(_CHANGE, (1, 2), _goes(0)),
    "rise_to": ClaimKind(_LATER_EARLIER, (2,), _goes(1), "value"),
    "fall_to": ClaimKind(_LATER_EARLIER, (2,), _goes(-1), "value"),
    "stays": ClaimKind(_LATER_EARLIER, (2,), _goes(0), "value"),
    "rise_by": ClaimKind(_CHANGE, (1,), _goes(1), "size"),
    "fall_by": ClaimKind(_CHANGE, (1,), _goes(-1), "size"),
    "more_concentrated": ClaimKind(_SPREAD, (1, 2), _spreads(1)),
    "more_dispersed": ClaimKind(_SPREAD, (1, 2), _spreads(-1)),
    "above": ClaimKind(_TWO, (2,), _is(1)),
    "below": ClaimKind(_TWO, (2,), _is(-1)),
    "equal": ClaimKind(_TWO, (2,), _is(0)),
    "first": ClaimKind(_PLACE, (1,), _first(tied=False)),
    "joint_first": ClaimKind(_PLACE, (1,), _first(tied=True)),
    "last": ClaimKind(_LAST, (1,), _last(tied=False)),
    "joint_last": ClaimKind(_LAST, (1,), _last(tied=True)),
    "leading": ClaimKind(_PLACE_AMONG, (2,), _leading),
    "forward": ClaimKind(_LATER_EARLIER, (2,), _moved_place(1)),
    "backward": ClaimKind(_LATER_EARLIER, (2,), _moved_place(-1)),
    "same_place": ClaimKind(_LATER_EARLIER, (2,), _moved_place(0)),
    "all": ClaimKind(_PART, (2,), _all),
    "none": ClaimKind(_NUMBER, (1,), lambda values: values[0].amount == 0),
    "most": ClaimKind(_PART, (1, 2), _part(lambda share: share > HALF)),
    "large_most": ClaimKind(_PART, (1, 2), _part(lambda share: share >= LARGE_MAJORITY)),
    "minority": ClaimKind(_PART, (1, 2), _part(lambda share: 0 < share < HALF)),
    "only": ClaimKind(_NUMBER, (1,), lambda values: values[0].amount == 1),
    "new": ClaimKind(_LATER_EARLIER, (2,), lambda values: values[0].amount > 0 == values[1].amount),
    "closely_related": ClaimKind("correlation", (1,), _related(lambda rho: rho >= CLOSELY_RELATED)),
    "related": ClaimKind("correlation", (1,), _related(lambda rho: rho >= UNRELATED)),
    "inversely_related": ClaimKind("correlation", (1,), _related(lambda rho: rho <= -UNRELATED)),
    "unrelated": ClaimKind("correlation", (1,), _related(lambda rho: abs(rho) < UNRELATED)),
}  # fmt: skip
"""Every kind of claim whose words stand in the catalogues; words that say an amount are read by ``amounts``."""
