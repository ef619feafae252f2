"""Shares out the width of a table among its columns, by what they wish and what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def distribute_widths(shares: Sequence[float], needs: Sequence[float], room: float) -> tuple[float, ...] | None:
    """Return ``room`` shared out by ``shares``, but none gets less than it needs; None if the room is too small."""
    if sum(needs) > room:
        return None
    needy: set[int] = set()
    while True:
        left = room - sum(needs[place] for place in needy)
        total = sum(share for place, share in enumerate(shares) if place not in needy)
        widths = [
            need if place in needy else left * share / total
            for place, (share, need) in enumerate(zip(shares, needs, strict=True))
        ]
        short = {place for place, width in enumerate(widths) if place not in needy and width < needs[place]}
        if not short:
            return tuple(widths)
        needy |= short
