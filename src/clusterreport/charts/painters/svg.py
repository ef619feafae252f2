"""Paints a canvas as SVG, in millimetres: its shapes as paths, its words as words, which can be searched and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from clusterreport.charts.painters.marks import Shape

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.marks import Colour, Words
    from clusterreport.theme import Theme

_POINT: Final = 25.4 / 72  # in millimetres, the SVG's unit
_ANCHORS: Final = {0.0: "start", 0.5: "middle", 1.0: "end"}
_STEPS: Final = {1: ("M", 1), 2: ("L", 1), 3: ("Q", 2), 4: ("C", 3)}  # matplotlib's codes: operator, points
_CLOSE: Final = 79


def drawn(canvas: Canvas, theme: Theme, escaped: Callable[[str], str]) -> str:
    """Return the SVG, its words in the faces that the theme names for Word; ``escaped`` makes text safe in XML."""
    strong, face, strong_face = (
        canvas.look.faces.strong, theme.faces[theme.chart_face], theme.faces[theme.chart_strong_face],
    )  # fmt: skip
    families = {
        False: escaped(f"{face.word_latin},{face.word},sans-serif"),
        True: escaped(f"{strong_face.word_latin},{strong_face.word},sans-serif"),
    }
    marks = "\n".join(
        _path(mark)
        if isinstance(mark, Shape)
        else _text(mark, escaped(mark.text), families[mark.font.get_file() == strong])
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


def _text(words: Words, text: str, family: str) -> str:
    anchor = _ANCHORS[words.share]
    size = words.font.get_size_in_points() * _POINT
    x, y = f"{words.x:.2f}", f"{words.baseline:.2f}"
    place = f'x="{x}" y="{y}" text-anchor="{anchor}"' + (f' transform="rotate(-90 {x} {y})"' if words.upright else "")
    return f'<text {place} font-family="{family}" font-size="{size:.3g}" {_paint("fill", words.colour)}>{text}</text>'


def _paint(name: str, colour: Colour | None) -> str:
    if colour is None:
        return f'{name}="none"'
    value = "#" + "".join(f"{round(part * 255):02X}" for part in colour[:3])
    return f'{name}="{value}"' + (f' {name}-opacity="{colour[3]:.3g}"' if colour[3] < 1 else "")
