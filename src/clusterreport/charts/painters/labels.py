"""Prints the names of marks beside them, as many as there is room for, with a thin line to those that stand off."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.layout.placing import Anchor, place_labels
from clusterreport.charts.measuring import POINT
from clusterreport.charts.painters.canvas import SMALL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.layout.geometry import Box, Point
    from clusterreport.charts.painters.canvas import Canvas

_HEIGHT: Final = SMALL * POINT * 0.98
_AIR: Final = 0.7
_WIDEST_SHARE: Final = 0.35
_LEADER: Final = 1.4
_FIRST: Final = 1000.0


class Name(NamedTuple):
    """A mark and the name that it wants; ``chosen`` ones are served first and stand in the accent."""

    words: str
    x: float
    y: float
    radius: float
    weight: float
    chosen: bool = False


def print_names_of_marks(
    canvas: Canvas, names: Sequence[Name], bounds: Box, *, segments: Sequence[tuple[Point, Point]] = (),
    taken: Sequence[Box] = (),
) -> None:  # fmt: skip
    """Print names within ``bounds``, off all marks, off ``taken``, and off ``segments`` where they can."""
    faces = canvas.look.faces
    words = [faces.wrapped(name.words, SMALL, canvas.width * _WIDEST_SHARE, 1)[0] for name in names]
    anchors = [
        Anchor(
            name.x, name.y, name.radius, faces.width(word, SMALL, strong=name.chosen) + _AIR, _HEIGHT,
            name.weight + _FIRST * name.chosen,
        )
        for name, word in zip(names, words, strict=True)
    ]  # fmt: skip
    boxes = place_labels(anchors, bounds, segments=segments, taken=taken)
    for name, word, box in zip(names, words, boxes, strict=True):
        if box is not None:
            _draw_leader(canvas, name, box)
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            colour = canvas.look.accent if name.chosen else None
            ground = canvas.look.paper if segments else None  # so that a line behind does not strike the word out
            canvas.text(x, y, word, size=SMALL, align="center", colour=colour, strong=name.chosen, ground=ground)


def _draw_leader(canvas: Canvas, name: Name, box: Box) -> None:
    near = (min(max(name.x, box.left), box.right), min(max(name.y, box.top), box.bottom))
    dx, dy = near[0] - name.x, near[1] - name.y
    length = math.hypot(dx, dy)
    if length - name.radius > _LEADER:
        edge = (name.x + dx / length * name.radius, name.y + dy / length * name.radius)
        canvas.line((edge, near), canvas.look.soft, 0.3, layer=2.2)
