"""Chooses on which side of its mark each label of a scatter stands where Word draws it, so that none collide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.placing import BESIDE, Anchor, place_labels
from clusterreport.charts.measuring import POINT

if TYPE_CHECKING:
    from collections.abc import Sequence

Side = Literal["r", "l", "t", "b", ""]

LABEL_SIZE: Final = 8.5
"""Points; what native labels are printed in."""

_PLOT: Final = Box(0.0, 0.0, 128.0, 46.0)  # about what axes and key leave of the frame, in millimetres
_MARGIN: Final = 3.0  # millimetres by which a label may reach over the plot's edge, which only Word knows to the dot
_MARK: Final = 1.2  # half of a mark and the white around it, in millimetres
_LINE: Final = 1.04  # the height of a line, in ems


def sides(widths: Sequence[float], places: Sequence[tuple[float, float]]) -> tuple[Side, ...]:
    """Return the side of each label: right, left, top or bottom of its mark, "" where there is no room.

    ``widths`` are those of the labels in ems, ``places`` the marks as shares of the plot, from its lower left corner.
    The highest marks are served first: of the crowd near the origin some names must be left out, and the reader looks
    for the largest.
    """
    anchors = [
        Anchor(
            x * _PLOT.right, (1 - y) * _PLOT.bottom, _MARK, width * LABEL_SIZE * POINT, _LINE * LABEL_SIZE * POINT, y
        )
        for width, (x, y) in zip(widths, places, strict=True)
    ]
    room = Box(-_MARGIN, -_MARGIN, _PLOT.right + _MARGIN, _PLOT.bottom + _MARGIN)
    boxes = place_labels(anchors, room, grid=BESIDE)
    return tuple(_side(anchor, box) for anchor, box in zip(anchors, boxes, strict=True))


def _side(mark: Anchor, box: Box | None) -> Side:
    if box is None:
        return ""
    if box.left > mark.x:
        return "r"
    if box.right < mark.x:
        return "l"
    return "t" if box.bottom < mark.y else "b"
