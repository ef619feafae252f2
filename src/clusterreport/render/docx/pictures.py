"""Pictures of charts that Word cannot draw: an SVG, sharp at any size, with a PNG for programs that show no SVG.

The SVG's words are words: they can be searched, and "Convert to Shape" leaves them editable. They are set in the faces
that the theme names for Word.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from clusterreport.remembered import RememberedOf
from clusterreport.render.docx.markup import escaped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.marks import Colour, Shape, Words
    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

_PIXELS_PER_INCH: Final = 150
_COLOURS: Final = 128
_POINT: Final = 25.4 / 72  # in millimetres, the SVG's unit
_ANCHORS: Final = {0.0: "start", 0.5: "middle", 1.0: "end"}
_STEPS: Final = {1: ("M", 1), 2: ("L", 1), 3: ("Q", 2), 4: ("C", 3)}  # matplotlib's codes: operator, points
_CLOSE: Final = 79


class Picture(NamedTuple):
    """One chart in both forms."""

    svg: bytes
    png: bytes


def picture(chart: Chart, width: float, height: float, theme: Theme, language: Language) -> Picture:
    """Return ``chart`` drawn at ``width`` by ``height`` millimetres; the same bytes every time."""
    from clusterreport.charts import draw_canvas  # it loads matplotlib

    canvas = draw_canvas(chart, width, height, theme, language)
    return _PICTURES.made(canvas, lambda: Picture(_svg(canvas, theme).encode(), _png(canvas)))


_PICTURES: Final = RememberedOf[Picture](32)
"""Pictures of canvases: of a chart that many briefings show there is one canvas."""


def _png(canvas: Canvas) -> bytes:
    """Return the canvas in so few colours as a chart needs: a quarter of the bytes, and of the time to pack them."""
    from PIL import Image

    from clusterreport.charts.painters.raster import painted

    image = painted(canvas, _PIXELS_PER_INCH)
    few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    written = io.BytesIO()
    few.save(written, format="png", dpi=(_PIXELS_PER_INCH, _PIXELS_PER_INCH), compress_level=6)
    return written.getvalue()


def _svg(canvas: Canvas, theme: Theme) -> str:
    from clusterreport.charts.painters.marks import Shape

    strong, face, strong_face = (
        canvas.look.faces.strong, theme.faces[theme.chart_face], theme.faces[theme.chart_strong_face],
    )  # fmt: skip
    families = {
        False: f"{face.word_latin},{face.word},sans-serif",
        True: f"{strong_face.word_latin},{strong_face.word},sans-serif",
    }
    marks = "\n".join(
        _path(mark) if isinstance(mark, Shape) else _text(mark, families[mark.font.get_file() == strong])
        for mark in canvas.drawing.marks
    )
    size = f'width="{canvas.width:g}mm" height="{canvas.height:g}mm" viewBox="0 0 {canvas.width:g} {canvas.height:g}"'
    ground = f'<rect width="100%" height="100%" fill="{canvas.look.paper}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n{ground}\n{marks}\n</svg>\n'


def _path(shape: Shape) -> str:
    fill = _paint("fill", shape.fill)
    if shape.edge is None:
        return f'<path d="{_outline(shape)}" {fill}/>'
    join = "miter" if shape.pointed else "round"
    dashes = f' stroke-dasharray="{" ".join(f"{dash * _POINT:.3g}" for dash in shape.dashes)}"' if shape.dashes else ""
    stroke = (
        f'{_paint("stroke", shape.edge)} stroke-width="{shape.width * _POINT:.3g}" stroke-linejoin="{join}"{dashes}'
    )
    return f'<path d="{_outline(shape)}" {fill} {stroke}/>'


def _outline(shape: Shape) -> str:
    """Return the path in SVG's operators; matplotlib repeats a curve's code for each of its points."""
    vertices = cast("NDArray[np.float64]", shape.path.vertices).tolist()
    held = cast("NDArray[np.uint8] | None", shape.path.codes)
    codes = [1, *[2] * (len(vertices) - 1)] if held is None else held.tolist()
    parts, place = [], 0
    while place < len(codes):
        if codes[place] == _CLOSE:
            parts.append("Z")
            place += 1
            continue
        operator, count = _STEPS[codes[place]]
        points = " ".join(f"{x:.2f} {y:.2f}" for x, y in vertices[place : place + count])
        parts.append(f"{operator}{points}")
        place += count
    return "".join(parts)


def _text(words: Words, family: str) -> str:
    anchor = _ANCHORS[words.share]
    size = words.font.get_size_in_points() * _POINT
    x, y = f"{words.x:.2f}", f"{words.baseline:.2f}"
    place = f'x="{x}" y="{y}" text-anchor="{anchor}"' + (f' transform="rotate(-90 {x} {y})"' if words.upright else "")
    return (
        f'<text {place} font-family="{escaped(family)}" font-size="{size:.3g}" {_paint("fill", words.colour)}>'
        f"{escaped(words.text)}</text>"
    )


def _paint(name: str, colour: Colour | None) -> str:
    if colour is None:
        return f'{name}="none"'
    value = "#" + "".join(f"{round(part * 255):02X}" for part in colour[:3])
    return f'{name}="{value}"' + (f' {name}-opacity="{colour[3]:.3g}"' if colour[3] < 1 else "")
