"""Draws a chart straight onto a page, as PDF paths and as text in the page's own faces: a renderer of matplotlib.

matplotlib's unit is set to the point, so that nothing needs to be scaled.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, cast

import numpy as np
from matplotlib import _path as path_writer
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.transforms import Affine2D

from clusterreport.render.pdf.atoms import CharacterStyle

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.text import Text
    from matplotlib.transforms import Transform

    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.render.pdf.pen import Pen

NUMBER_KEY: Final = "XXNumber"
"""What marked content says the key of a number in; names that begin with XX are everybody's own (ISO 32000-1, E.2)."""

_POINTS: Final = 72.0
_CAPS: Final = {"butt": 0, "round": 1, "projecting": 2}
_JOINS: Final = {"miter": 0, "round": 1, "bevel": 2}
_PRECISION: Final = 2
_PATH_OPERATORS: Final = [b"m", b"l", b"", b"c", b"h"]


def paint(canvas: Canvas, pen: Pen, corner: tuple[float, float], face: str, place: str) -> None:
    """Draw ``canvas`` with its lower left ``corner`` there; ``face`` is for text that names no face of the theme.

    Characters that no face has are noted under ``place``.
    """
    width, height = (side * _POINTS for side in canvas.inches)
    pen.write(f"q 1 0 0 1 {corner[0]:.2f} {corner[1]:.2f} cm")
    canvas.draw(VectorRenderer(pen, width, height, face, place), _POINTS)
    pen.write("Q")


class VectorRenderer(RendererBase):
    """Receives matplotlib's drawing calls and writes PDF operators."""

    def __init__(self, pen: Pen, width: float, height: float, face: str, place: str) -> None:
        """Draw with ``pen`` on an area of ``width`` by ``height`` points."""
        super().__init__()
        self._pen, self._width, self._height, self._face, self._place = pen, width, height, face, place
        self.dpi = _POINTS

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the area in points."""
        return self._width, self._height

    def points_to_pixels(self, points: float) -> float:  # type: ignore[override]
        """Return ``points``: a pixel is a point here."""
        return points

    def flipy(self) -> bool:
        """Tell that y grows upwards, as in a PDF."""
        return False

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: Any = None) -> None:  # noqa: ANN401, N803 -- matplotlib's own signature
        """Draw a path: filled, hatched, stroked."""
        fill, stroke = _visible(rgbFace), _strokes(gc)
        hatch: Path | None = gc.get_hatch_path()
        if not fill and not stroke and hatch is None:
            return
        operators = self._state(gc, rgbFace if fill else None, stroke=stroke)
        outline = _written(path, transform, self._clip(path, fill=fill, hatched=hatch is not None))
        if hatch is None:
            operators.append(f"{outline} {_paint_operator(fill=fill, stroke=stroke)}")
        else:
            if fill:
                operators.append(f"{outline} f")
            operators += self._hatched(gc, hatch, outline, path, transform)
            if stroke:
                operators.append(f"{outline} S")
        self._emit(gc, rgbFace if fill else None, operators)

    def draw_markers(  # noqa: PLR0913, PLR0917 -- matplotlib's own signature
        self,
        gc: GraphicsContextBase,
        marker_path: Path,
        marker_trans: Transform,
        path: Path,
        trans: Transform,
        rgbFace: Any = None,  # noqa: ANN401, N803 -- matplotlib's own signature
    ) -> None:
        """Draw the same mark at each point of a path."""
        fill, stroke = _visible(rgbFace), _strokes(gc)
        if not fill and not stroke:
            return
        operators = self._state(gc, rgbFace if fill else None, stroke=stroke)
        mark = f"{_written(marker_path, marker_trans)} {_paint_operator(fill=fill, stroke=stroke)}"
        last_x = last_y = 0.0
        for vertices, _ in path.iter_segments(trans, simplify=False):
            if len(vertices):
                x, y = round(float(vertices[-2]), _PRECISION), round(float(vertices[-1]), _PRECISION)
                operators += [f"1 0 0 1 {x - last_x:.2f} {y - last_y:.2f} cm", mark]
                last_x, last_y = x, y
        self._emit(gc, rgbFace if fill else None, operators)

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:  # noqa: ANN401, ARG002 -- matplotlib's own signature
        """Return the text's width, its height with the depth, and the depth below the baseline."""
        face, size = self._face_of(prop), prop.get_size_in_points()
        glyphs = [glyph for sign in s if (glyph := self._pen.faces.glyph(sign, face)) is not None]
        high = max((glyph.high for glyph in glyphs), default=0.0)
        depth = -min((glyph.low for glyph in glyphs), default=0.0)
        return self._pen.faces.width(s, face) * size, (high + max(depth, 0.0)) * size, max(depth, 0.0) * size

    def draw_text(  # noqa: PLR0913, PLR0917 -- matplotlib's own signature
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,  # noqa: ANN401, ARG002, FBT002
        mtext: Text | None = None,  # noqa: ARG002
    ) -> None:
        """Print text, letter by letter as it stands: a dollar sign is a dollar sign, never mathematics.

        What says a number of the chart is marked with its key, by which the file can be read back.
        """
        self._pen.faces.check(s, self._place)
        look = CharacterStyle(self._face_of(prop), prop.get_size_in_points(), _hex(gc.get_rgb()))
        turn = math.radians(angle)
        cosine, sine = math.cos(turn), math.sin(turn)
        operators = ["BT", self._pen.colour(look.colour)]
        operators.append(f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {x:.2f} {y:.2f} Tm")
        operators += (
            f"/{self._pen.font_name(run.font)} {look.size:.2f} Tf [<{run.font.encode(run.text)}>] TJ"
            for run in self._pen.faces.runs(s, look.face)
        )
        key = gc.get_gid()
        marked = [f"/Span <</{NUMBER_KEY} ({key})>> BDC", *operators, "ET", "EMC"] if key else [*operators, "ET"]
        self._emit(gc, gc.get_rgb(), ["q", *self._clipped(gc), *marked])

    def _face_of(self, prop: FontProperties) -> str:
        file = prop.get_file()
        name = self._pen.faces.name_of(str(file)) if file is not None else None
        return name or self._face

    def _clip(self, path: Path, *, fill: bool, hatched: bool) -> tuple[float, float, float, float] | None:
        """Return the area outside of which a bare line may be left out."""
        if fill or hatched or path.codes is not None:
            return None
        return 0.0, 0.0, self._width, self._height

    def _clipped(self, gc: GraphicsContextBase) -> list[str]:
        operators = []
        rectangle = gc.get_clip_rectangle()
        if rectangle is not None:
            left, bottom, width, height = rectangle.bounds
            operators.append(f"{left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re W n")
        path, transform = gc.get_clip_path()
        if path is not None and transform is not None:
            operators.append(f"{_written(cast('Path', path), transform)} W n")
        return operators

    def _state(self, gc: GraphicsContextBase, fill: Any, *, stroke: bool) -> list[str]:  # noqa: ANN401 -- a colour in any of matplotlib's forms
        operators = ["q", *self._clipped(gc)]
        if fill is not None:
            operators.append(self._pen.colour(_hex(fill)))
        if stroke:
            width, cap, join = gc.get_linewidth(), _CAPS[gc.get_capstyle()], _JOINS[gc.get_joinstyle()]
            operators.append(f"{self._pen.colour(_hex(gc.get_rgb()), 'RG')} {width:.2f} w {cap} J {join} j")
            offset, dashes = gc.get_dashes()
            if dashes is not None:
                pattern = " ".join(f"{float(dash):.2f}" for dash in np.asarray(dashes))
                operators.append(f"[{pattern}] {float(offset or 0):.2f} d")
        return operators

    def _hatched(
        self, gc: GraphicsContextBase, hatch: Path, outline: str, path: Path, transform: Transform
    ) -> list[str]:
        """Return a hatch as lines within the outline: tiles of an inch, as matplotlib's own PDF writer has them."""
        box = path.get_extents(transform)
        colour = _hex(gc.get_hatch_color())
        tiles = [
            _written(hatch, Affine2D().scale(_POINTS).translate(column * _POINTS, row * _POINTS))
            for column in range(math.floor(box.x0 / _POINTS), math.floor(box.x1 / _POINTS) + 1)
            for row in range(math.floor(box.y0 / _POINTS), math.floor(box.y1 / _POINTS) + 1)
        ]
        pencil = f"{self._pen.colour(colour, 'RG')} {self._pen.colour(colour)} {gc.get_hatch_linewidth():.2f} w"
        return ["q", f"{outline} W n", pencil, *(f"{tile} B" for tile in tiles), "Q"]

    def _emit(self, gc: GraphicsContextBase, fill: Any, operators: list[str]) -> None:  # noqa: ANN401 -- see _state
        """Write what began with a "q", and let the ground shine through as its colours ask for."""
        stroke_alpha = _alpha(gc, gc.get_rgb())
        fill_alpha = _alpha(gc, fill) if fill is not None else 1.0
        written = "\n".join([*operators, "Q"])
        if stroke_alpha < 1 or fill_alpha < 1:
            self._pen.write_transparent(written, stroke_alpha, fill_alpha)
        else:
            self._pen.write(written)


def _written(path: Path, transform: Transform, clip: tuple[float, float, float, float] | None = None) -> str:
    simplify = path.should_simplify if clip is not None else False
    after_operands = True
    content: bytes = path_writer.convert_to_string(  # type: ignore[attr-defined]
        path, transform, clip, simplify, None, _PRECISION, _PATH_OPERATORS, after_operands
    )
    return content.decode("ascii")


def _paint_operator(*, fill: bool, stroke: bool) -> str:
    if fill:
        return "B" if stroke else "f"
    return "S" if stroke else "n"


def _visible(colour: Any) -> bool:  # noqa: ANN401 -- a colour in any of matplotlib's forms
    return colour is not None and (len(colour) < 4 or colour[3] > 0)  # noqa: PLR2004 -- red, green, blue, alpha


def _strokes(gc: GraphicsContextBase) -> bool:
    return gc.get_linewidth() > 0 and _visible(gc.get_rgb())


def _alpha(gc: GraphicsContextBase, colour: Any) -> float:  # noqa: ANN401 -- see _visible
    if gc.get_forced_alpha() or len(colour) < 4:  # noqa: PLR2004 -- see _visible
        return float(gc.get_alpha())
    return float(colour[3])


def _hex(colour: Any) -> str:  # noqa: ANN401 -- see _visible
    return "#" + "".join(f"{round(float(part) * 255):02X}" for part in colour[:3])
