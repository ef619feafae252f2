"""Puts rectangles on shelves, so that the parts of a network stand beside each other without overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.layout.geometry import Point

Size = tuple[float, float]

_NARROWEST: Final = 1.0
_PRECISION: Final = 40


def shelves(sizes: Sequence[Size], width: float, height: float = 0.0) -> tuple[tuple[Point, ...], float]:
    """Return the top left corner of each rectangle and the height that all need at ``width``.

    First-fit shelves in the order given, which should be by falling height; each shelf's rectangles are spread over its
    whole width and stand in the middle of its height. Where ``height`` is more than needed, shelves are spread over it.
    """
    rows: list[list[int]] = []
    for place, (wide, _) in enumerate(sizes):
        fitting = (row for row in rows if sum(sizes[other][0] for other in row) + wide <= width)
        row = next(fitting, None)
        if row is None:
            rows.append([place])
        else:
            row.append(place)
    corners: dict[int, Point] = {}
    needed = sum(max(sizes[place][1] for place in row) for row in rows)
    apart = max(height - needed, 0.0) / len(rows)
    top = apart / 2
    for row in rows:
        high = max(sizes[place][1] for place in row)
        air = max(width - sum(sizes[place][0] for place in row), 0.0) / len(row)
        x = 0.0
        for place in row:
            wide, tall = sizes[place]
            corners[place] = (x + air / 2, top + (high - tall) / 2)
            x += wide + air
        top += high + apart
    return tuple(corners[place] for place in range(len(sizes))), needed


def largest_factor(sizes: Sequence[Size], margin: Size, width: float, height: float) -> float:
    """Return the largest factor on ``sizes`` at which all of them, with ``margin`` added, stand in that space."""
    low, high = 0.0, max(width, height) / max(min(min(size) for size in sizes), _NARROWEST)
    for _ in range(_PRECISION):
        middle = (low + high) / 2
        grown = [(wide * middle + margin[0], tall * middle + margin[1]) for wide, tall in sizes]
        fits = max(wide for wide, _ in grown) <= width and shelves(grown, width)[1] <= height
        low, high = (middle, high) if fits else (low, middle)
    return low
