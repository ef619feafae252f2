"""What is put on a canvas, filled or stroked paths and words; each can be drawn by a renderer of matplotlib.

matplotlib's own artists bring picking, units, callbacks and a layout for every word; a chart needs none of them, and
they would cost more than the drawing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.backend_bases import GraphicsContextBase, RendererBase
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.transforms import Transform

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

    def draw(self, renderer: RendererBase, gc: GraphicsContextBase, place: Transform) -> None:
        """Draw the path where ``place`` puts it."""
        gc.set_foreground(self.edge or INVISIBLE, isRGBA=True)
        gc.set_linewidth(self.width if self.edge else 0.0)
        gc.set_capstyle("butt")
        gc.set_joinstyle("miter" if self.pointed else "round")
        if self.dashes:
            gc.set_dashes(0.0, list(self.dashes))
        renderer.draw_path(gc, self.path, place, self.fill)


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

    def draw(self, renderer: RendererBase, gc: GraphicsContextBase, place: Transform) -> None:
        """Print the text where ``place`` puts it."""
        x, y = place.transform((self.x, self.baseline))
        if self.share:  # as wide as this renderer prints it: pixels make a text a little wider than it is in print
            before = self.share * renderer.get_text_width_height_descent(self.text, self.font, ismath=False)[0]
            x, y = (x, y - before) if self.upright else (x - before, y)
        y = renderer.get_canvas_width_height()[1] - y  # its pixels are counted from the top
        gc.set_foreground(self.colour, isRGBA=True)
        renderer.draw_text(gc, float(x), float(y), self.text, self.font, 90.0 if self.upright else 0.0, ismath=False)


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
