"""The canvas a chart is drawn on: millimetres from the top left corner, sizes of texts in points.

A chart is a few dozen marks whose places follow from its numbers. Axes of matplotlib would bring ticks, margins and
clipping that each kind had to switch off again; so marks are put on the sheet itself.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal, cast

from clusterreport.charts.layout.geometry import Box, Point, on_circle
from clusterreport.charts.measuring import POINT
from clusterreport.charts.painters.starting import start_matplotlib

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.transforms import Transform

    from clusterreport.charts.painters.look import Look
    from clusterreport.charts.painters.marks import Colour, Shape, Words

SMALL: Final = 7.5
TEXT: Final = 8.0
LARGE: Final = 9.0
INCH: Final = 25.4

Align = Literal["left", "center", "right"]
Mark = Literal["circle", "square", "triangle", "diamond"]

_SHARES: Final[dict[Align, float]] = {"left": 0.0, "center": 0.5, "right": 1.0}
_MIDDLE: Final = 0.37  # a line's middle stands this far above its baseline, in ems, for Han and figures alike
_ABOVE: Final = 0.85
_BELOW: Final = 0.11
_HATCH_STEP: Final = 1.15
_HATCH_WIDTH: Final = 0.35
_TEXT_LAYER: Final = 5.0
_CORNERS: Final[dict[Mark, tuple[Point, ...]]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
    "diamond": ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
}


class Canvas:
    """A sheet of an exact size, drawn on in millimetres; ``texts`` holds the box of each text put on it."""

    def __init__(self, width: float, height: float, look: Look) -> None:
        """Take an empty canvas of ``width`` by ``height`` millimetres."""
        start_matplotlib()
        from clusterreport.charts.painters.marks import Drawing

        self.width = width
        self.height = height
        self.look = look
        self.texts: list[tuple[Box, str]] = []
        self.drawing = Drawing()

    @property
    def inches(self) -> tuple[float, float]:
        """Return the width and the height in inches, as matplotlib counts."""
        return self.width / INCH, self.height / INCH

    def placing(self, dpi: float) -> Transform:
        """Return what turns the canvas's millimetres into places on a sheet of ``dpi`` dots an inch, y upwards."""
        from matplotlib.transforms import Affine2D

        downwards = Affine2D().scale(1 / INCH, -1 / INCH).translate(0, self.height / INCH)
        return cast("Transform", (downwards + Affine2D().scale(dpi)).frozen())

    def marks(self) -> Iterator[Shape | Words]:
        """Yield the paper, and all that was put on it, the lowest first."""
        from matplotlib.path import Path

        from clusterreport.charts.painters.marks import Shape

        width, height = self.width, self.height
        sheet = Path([(0, height), (width, height), (width, 0), (0, 0), (0, height)], closed=True)
        yield Shape(sheet, _rgba(self.look.paper), pointed=True)
        yield from self.drawing.marks

    def text(  # noqa: PLR0913 -- a text has that many properties, all but the first three with a default
        self, x: float, y: float, words: str, *, size: float = TEXT, colour: str | None = None,
        align: Align = "left", strong: bool = False, ground: str | None = None, key: str = "",
    ) -> Box:  # fmt: skip
        """Print one line whose middle is at height ``y``, on a patch of ``ground`` if given; return its box.

        ``key`` is that of the number that the line says, or a part of.
        """
        from clusterreport.charts.painters.marks import Words

        box = self.text_box(x, y, words, size=size, align=align, strong=strong)
        if ground is not None:
            self.rectangle(box, ground, layer=2.5)
        faces = self.look.faces
        font = _font_properties(faces.strong if strong else faces.regular, size)
        baseline = y + _MIDDLE * size * POINT
        ink = _rgba(colour or self.look.ink)
        self.drawing.add(Words(x, baseline, words, ink, font, _SHARES[align], key), _TEXT_LAYER)
        self.texts.append((box, words))
        return box

    def beside(  # noqa: PLR0913 -- as text
        self, x: float, y: float, words: str, away: float, *, colour: str | None = None, strong: bool = False,
        ground: str | None = None, key: str = "",
    ) -> Box:  # fmt: skip
        """Print one line ``away`` from a point: to its right, or to its left where ``away`` is negative."""
        align: Align = "left" if away >= 0 else "right"
        return self.text(x + away, y, words, align=align, colour=colour, strong=strong, ground=ground, key=key)

    def text_box(  # noqa: PLR0913 -- as text
        self, x: float, y: float, words: str, *, size: float = TEXT, align: Align = "left", strong: bool = False,
    ) -> Box:  # fmt: skip
        """Return the box that ``text`` would fill."""
        width = self.look.faces.width(words, size, strong=strong)
        left = x - _SHARES[align] * width
        baseline = y + _MIDDLE * size * POINT
        return Box(left, baseline - _ABOVE * size * POINT, left + width, baseline + _BELOW * size * POINT)

    def lines_of_text(  # noqa: PLR0913 -- as text
        self, x: float, y: float, lines: Sequence[str], *, size: float = TEXT, colour: str | None = None,
        align: Align = "left", strong: bool = False,
    ) -> None:  # fmt: skip
        """Print some lines whose common middle is at height ``y``."""
        pitch = line_pitch(size)
        top = y - pitch * (len(lines) - 1) / 2
        for place, words in enumerate(lines):
            self.text(x, top + place * pitch, words, size=size, colour=colour, align=align, strong=strong)

    def upright(  # noqa: PLR0913 -- as text
        self, x: float, y: float, lines: Sequence[str], *, size: float = TEXT, colour: str | None = None,
        above: bool = False,
    ) -> None:  # fmt: skip
        """Print some lines that read upwards around ``x``: below the height ``y``, where they end, or ``above`` it."""
        from clusterreport.charts.painters.marks import Words

        ink, font = _rgba(colour or self.look.ink), _font_properties(self.look.faces.regular, size)
        first = x - line_pitch(size) * (len(lines) - 1) / 2
        for place, words in enumerate(lines):
            middle, width = first + place * line_pitch(size), self.look.faces.width(words, size)
            half = (_ABOVE + _BELOW) * size * POINT / 2
            top = y - width if above else y
            baseline = middle + _MIDDLE * size * POINT
            self.drawing.add(Words(baseline, y, words, ink, font, 0.0 if above else 1.0, upright=True), _TEXT_LAYER)
            self.texts.append((Box(middle - half, top, middle + half, top + width), words))

    def rectangle(
        self, box: Box, fill: str, *, edge: str | None = None, edge_width: float = 0.5, layer: float = 2.0,
    ) -> None:  # fmt: skip
        """Fill a rectangle, with an edge drawn inside it where ``edge`` is given."""
        inset = edge_width * POINT / 2 if edge else 0.0
        left, top = box.left + inset, box.top + inset
        right, bottom = max(box.right - inset, left), max(box.bottom - inset, top)
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        self.shape(corners, fill, edge=edge, edge_width=edge_width, layer=layer)

    def hatched(self, box: Box) -> None:
        """Fill a rectangle as "not in the count": light grey under thin slanting lines.

        The lines are drawn one by one, since not every renderer knows hatches.
        """
        self.rectangle(box, self.look.colours["outside"], edge=self.look.rule)
        left, top, right, bottom = box
        width, height = right - left, bottom - top
        points: list[Point] = []
        for index in range(1, int((width + height) / _HATCH_STEP) + 1):
            along = index * _HATCH_STEP
            points.append((left + min(along, width), top + max(along - width, 0)))
            points.append((left + max(along - height, 0), top + min(along, height)))
        self._strokes(points, self.look.rule, _HATCH_WIDTH, layer=2.1)

    def line(
        self, points: Sequence[Point], colour: str, width: float = 0.5, *, dashes: tuple[float, ...] = (),
        layer: float = 2.0,
    ) -> None:  # fmt: skip
        """Draw a line through ``points``, ``width`` and ``dashes`` in points."""
        from matplotlib.path import Path

        self._add(Path(points), None, colour, width, layer=layer, dashes=dashes)

    def _strokes(self, points: Sequence[Point], colour: str, width: float, layer: float) -> None:
        """Draw a line from each even point to the next, all as one path."""
        from matplotlib.path import Path

        if points:
            path = Path(points, [Path.MOVETO, Path.LINETO] * (len(points) // 2))
            self._add(path, None, colour, width, layer=layer)

    def shape(
        self, points: Sequence[Point], fill: str, *, edge: str | None = None, edge_width: float = 0.5,
        layer: float = 2.0,
    ) -> None:  # fmt: skip
        """Fill the polygon through ``points``."""
        from matplotlib.path import Path

        path = Path([*points, points[0]], closed=True)
        self._add(path, fill, edge, edge_width, layer=layer, pointed=True)

    def mark(  # noqa: PLR0913 -- a mark has that many properties
        self, x: float, y: float, radius: float, fill: str, *, kind: Mark = "circle", edge: str | None = None,
        edge_width: float = 0.5, layer: float = 3.0,
    ) -> None:  # fmt: skip
        """Put a mark at a point; marks of one radius look equally large."""
        if kind == "circle":
            from matplotlib.path import Path

            self._add(Path.circle((x, y), radius), fill, edge, edge_width, layer=layer)
            return
        corners = [(x + dx * radius, y + dy * radius) for dx, dy in _CORNERS[kind]]
        self.shape(corners, fill, edge=edge, edge_width=edge_width, layer=layer)

    def ring(self, centre: Point, radii: tuple[float, float], turns: tuple[float, float], fill: str) -> None:
        """Fill the part of a ring between two turns: 0 is at the top, 0.25 at the right, 1 at the top again."""
        inner, outer = radii
        steps = max(int(abs(turns[1] - turns[0]) * 180), 2)
        angles = [turns[0] + (turns[1] - turns[0]) * step / steps for step in range(steps + 1)]
        points = [on_circle(centre, outer, turn) for turn in angles]
        points += [on_circle(centre, inner, turn) for turn in reversed(angles)]
        self.shape(points, fill, edge=self.look.edge_of(fill) or self.look.paper, edge_width=0.8)

    def _add(  # noqa: PLR0913 -- a path has that many properties
        self, path: Path, fill: str | None, edge: str | None, width: float, *, layer: float,
        dashes: tuple[float, ...] = (), pointed: bool = False,
    ) -> None:  # fmt: skip
        from clusterreport.charts.painters.marks import Shape

        colours = (None if fill is None else _rgba(fill), None if edge is None else _rgba(edge))
        self.drawing.add(Shape(path, *colours, width, dashes, pointed), layer)


def line_pitch(size: float) -> float:
    """Return the distance between lines of text of ``size`` points, in millimetres."""
    return size * POINT * 1.22


@cache
def _font_properties(path: str, size: float) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(fname=path, size=size)


def _rgba(colour: str) -> Colour:
    from matplotlib.colors import to_rgba

    return to_rgba(colour)
