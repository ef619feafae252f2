"""What is put on a canvas, filled or stroked paths and words; the PDF, the SVG and the raster each paint them.

matplotlib's own artists bring picking, units, callbacks and a layout for every word; a chart needs none of them, and
they would cost more than the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path

Colour = tuple[float, float, float, float]

INVISIBLE: Colour = (0.0, 0.0, 0.0, 0.0)


class Shape(NamedTuple):
    """A path on the canvas, filled and stroked where the colours are given; ``width`` and ``dashes`` are in points."""

    path: Path
    fill: Colour | None = None
    edge: Colour | None = None
    width: float = 0.0
    dashes: tuple[float, ...] = ()
    pointed: bool = False


class Words(NamedTuple):
    """One line of text at ``x`` on its baseline; never mathematics, whatever its signs.

    ``share`` of its width lies to the left of ``x``: 0 for a text that begins there, 1 for one that ends there.
    ``key`` is that of the number it prints, or a line of it; "" for mere words. ``upright`` text reads upwards: its
    baseline stands at ``x``, and ``share`` of its width lies below ``baseline``.
    """

    x: float
    baseline: float
    text: str
    colour: Colour
    font: FontProperties
    share: float = 0.0
    key: str = ""
    upright: bool = False


class Drawing:
    """Everything on a canvas."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._layers: list[tuple[float, Shape | Words]] = []

    @property
    def marks(self) -> Sequence[Shape | Words]:
        """Return all marks from the lowest layer to the highest, those of one layer in the order they were put on."""
        return [mark for _, mark in sorted(self._layers, key=lambda entry: entry[0])]

    def add(self, mark: Shape | Words, layer: float) -> None:
        """Put ``mark`` on the canvas, above what lies on lower layers."""
        self._layers.append((layer, mark))
