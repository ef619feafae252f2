"""Finds how wide the columns of a table are, for every format: what each needs, and what it gets of the room there is.

Lengths are in whatever unit a renderer counts in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Table


class TextWidth(NamedTuple):
    """How wide a text is on one ``line``, its widest ``piece`` that is never broken, and the ``tail`` of a number.

    The tail is what stands behind the integer part: numbers of a column align where it begins.
    """

    line: float
    piece: float
    tail: float = 0.0


class Need(NamedTuple):
    """The least width of a column, and how far its numbers reach beyond their integers (0 where they are text)."""

    width: float
    tail: float


def column_need(
    heading: TextWidth, cells: Sequence[TextWidth], room: float, longest: float, *, numeric: bool
) -> Need:  # fmt: skip
    """Return what a column needs so that no word and, in a ``numeric`` one, no number is broken.

    A word longer than ``longest`` may be. Numbers that stand below each other by their points need the longest integer
    and the longest tail, which may be those of two numbers. Where that is more than half of the ``room`` there are
    sentences among them, and they are set as text.
    """
    head = min(heading.piece, longest)
    if numeric:
        tail = max((cell.tail for cell in cells), default=0.0)
        numbers = max((cell.line - cell.tail for cell in cells), default=0.0) + tail
        if numbers <= room / 2:
            return Need(max(head, numbers), tail)
    return Need(max([head, *(min(cell.piece, longest) for cell in cells)]), 0.0)


def words_behind_numbers(table: Table) -> tuple[bool, ...]:
    """Tell of each column whether it holds words and stands behind one of numbers, which end at its edge."""
    kinds = [column.kind for column in table.columns]
    return tuple(kind == "text" and before == "number" for before, kind in zip(["text", *kinds], kinds, strict=False))


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
