"""Points, rectangles and circles on the canvas of a chart: millimetres from its top left corner."""

from __future__ import annotations

import math
from typing import NamedTuple

Point = tuple[float, float]


class Box(NamedTuple):
    """A rectangle on the canvas."""

    left: float
    top: float
    right: float
    bottom: float


def on_circle(centre: Point, radius: float, turn: float) -> Point:
    """Return the point of a circle at ``turn``, counted clockwise from the top."""
    angle = 2 * math.pi * turn
    return centre[0] + radius * math.sin(angle), centre[1] - radius * math.cos(angle)
