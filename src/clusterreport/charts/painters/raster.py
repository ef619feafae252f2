"""Paints a canvas as pixels: its shapes by matplotlib's Agg, its words by Pillow, which sets a line at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from matplotlib.backends._backend_agg import RendererAgg  # type: ignore[attr-defined]
from PIL import Image, ImageDraw, ImageFont

from clusterreport.charts.painters.marks import INVISIBLE, Shape

if TYPE_CHECKING:
    from matplotlib.transforms import Transform

    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.marks import Colour, Words

_ANCHORS: Final = {0.0: "ls", 0.5: "ms", 1.0: "rs"}
"""Pillow's name for a point of a baseline, by the share of the words that lies before it."""

_POINTS: Final = 72.0


def painted(canvas: Canvas, dpi: int) -> Image.Image:
    """Return ``canvas`` in ``dpi`` pixels an inch, opaque; words lie above all shapes."""
    width, height = (int(side * dpi) for side in canvas.inches)
    agg = RendererAgg(width, height, dpi)
    place, words = canvas.placing(dpi), []
    for mark in canvas.marks():
        if isinstance(mark, Shape):
            _paint_shape(agg, mark, place)
        else:
            words.append(mark)
    image = Image.fromarray(np.asarray(agg)[..., :3])
    pen = ImageDraw.Draw(image)
    for each in words:
        x, y = (float(side) for side in place.transform((each.x, each.baseline)))
        _paint_words(image, pen, each, (x, height - y), dpi)
    return image


@dataclass(slots=True)
class _Stroke:
    """How Agg draws a path, by the names under which it asks: those of matplotlib's GraphicsContextBase.

    Agg itself is asked, past the module around it: that loads all that figures, axes and their words are made of.
    """

    _rgb: Colour
    _linewidth: float
    _joinstyle: str
    _dashes: tuple[float, ...]
    _capstyle: str = "butt"
    _alpha: float = 1.0
    _forced_alpha: bool = False
    _antialiased: int = 1
    _cliprect: None = None

    def get_dashes(self) -> tuple[float, list[float] | None]:
        return 0.0, [*self._dashes] or None

    def get_clip_path(self) -> tuple[None, None]:
        return None, None

    def get_nothing(self, *_: object) -> None:
        return None

    get_snap = get_hatch_path = get_hatch_color = get_sketch_params = get_nothing

    def get_hatch_linewidth(self) -> float:
        return 1.0


def _paint_shape(agg: Any, shape: Shape, place: Transform) -> None:  # noqa: ANN401 -- matplotlib does not say its types
    join = "miter" if shape.pointed else "round"
    stroke = _Stroke(shape.edge or INVISIBLE, shape.width if shape.edge else 0.0, join, shape.dashes)
    agg.draw_path(stroke, shape.path, place, shape.fill)


def _paint_words(
    image: Image.Image, pen: ImageDraw.ImageDraw, words: Words, point: tuple[float, float], dpi: int
) -> None:
    font = _font(str(words.font.get_file()), words.font.get_size_in_points() * dpi / _POINTS)
    if not words.upright:
        pen.text(point, words.text, _ink(words.colour), font, _ANCHORS[words.share])
        return
    left, top, right, bottom = font.getbbox(words.text, anchor="ls")
    mask = Image.new("L", (int(right - left) + 2, int(bottom - top) + 2))
    ImageDraw.Draw(mask).text((-left, -top), words.text, 255, font, "ls")
    turned = mask.transpose(Image.Transpose.ROTATE_90)
    length = font.getlength(words.text)
    corner = (round(point[0] + top), round(point[1] + words.share * length - left) - turned.height)
    image.paste(_ink(words.colour), (*corner, corner[0] + turned.width, corner[1] + turned.height), turned)


class _Font(ImageFont.FreeTypeFont):
    """A face in one size; the last words are kept as they were drawn: on a map, most stand where they did before."""

    def getmask2(self, *args: Any, **named: Any) -> Any:  # noqa: ANN401 -- as Pillow has it
        return _mask(self, *args, **named)


@lru_cache(maxsize=4096)
def _mask(font: _Font, *args: Any, **named: Any) -> Any:  # noqa: ANN401 -- as Pillow has it
    return ImageFont.FreeTypeFont.getmask2(font, *args, **named)


@cache
def _font(path: str, pixels: float) -> _Font:
    return _Font(path, pixels, layout_engine=ImageFont.Layout.BASIC)


def _ink(colour: Colour) -> tuple[int, int, int]:
    red, green, blue = (round(share * 255) for share in colour[:3])
    return red, green, blue
