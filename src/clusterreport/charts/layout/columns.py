"""Chooses which values of columns are printed at their ends: the largest first, none that touches anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.placing import overlap
from clusterreport.charts.measuring import POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.measuring import Faces

AWAY: Final = 2.3
"""Millimetres from the end of a column to the middle of its value."""

_AIR: Final = 1.0


class PlacedColumn(NamedTuple):
    """A column: by what it is known, its middle, half of its width, where it begins and ends, and its value."""

    key: tuple[int, int]
    x: float
    half: float
    span: tuple[float, float]
    word: str
    hangs: bool

    @property
    def body(self) -> Box:
        """Return the rectangle."""
        return Box(self.x - self.half, min(self.span), self.x + self.half, max(self.span))


def column_labels(
    columns: Sequence[PlacedColumn], edges: tuple[float, float], sizes: Sequence[float], faces: Faces
) -> dict[tuple[int, int], float]:
    """Return the size of each value that finds room between ``edges``, in the first of ``sizes`` in which it does."""
    found: dict[tuple[int, int], float] = {}
    placed: list[Box] = []
    for column in sorted(columns, key=lambda each: -abs(each.span[1] - each.span[0])):
        others = [each.body for each in columns if _is_longer(each, column)]
        for size in sizes:
            box = _box(column, edges, size, faces)
            struck = any(box.left < other.right and other.left < box.right for other in others)
            if not struck and not any(overlap(box, other) for other in placed):
                found[column.key] = size
                placed.append(box)
                break
    return found


def inside(x: float, width: float, edges: tuple[float, float]) -> float:
    """Return the middle of words of ``width`` that should stand at ``x``, moved so that they lie between ``edges``."""
    return min(max(x, edges[0] + width / 2), edges[1] - width / 2)


def _is_longer(one: PlacedColumn, other: PlacedColumn) -> bool:
    """Tell whether a column reaches farther than another to the same side: at some height it stands in its value."""
    lengths = [each.span[0] - each.span[1] for each in (one, other)]
    return lengths[0] < lengths[1] if other.hangs else lengths[0] > lengths[1]


def _box(column: PlacedColumn, edges: tuple[float, float], size: float, faces: Faces) -> Box:
    width, half = faces.width(column.word, size, strong=True), size * POINT / 2
    x, y = inside(column.x, width, edges), column.span[1] + (AWAY if column.hangs else -AWAY)
    return Box(x - (width + _AIR) / 2, y - half, x + (width + _AIR) / 2, y + half)
