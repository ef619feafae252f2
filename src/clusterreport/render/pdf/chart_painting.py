"""Paints a chart straight onto a page: its shapes as PDF paths, its words as text in the page's own faces.

matplotlib writes the paths; its renderers, which every word and shape would have to pass through, are not asked.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from matplotlib import _path as path_writer

from clusterreport.charts.painters.marks import INVISIBLE, Shape
from clusterreport.render.pdf.atoms import CharacterStyle

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.transforms import Transform

    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.marks import Colour, Words
    from clusterreport.render.pdf.pen import Pen

NUMBER_KEY: Final = "XXNumber"
"""What marked content says the key of a number in; names that begin with XX are everybody's own (ISO 32000-1, E.2)."""

_POINTS: Final = 72.0
_PRECISION: Final = 2
_PATH_OPERATORS: Final = [b"m", b"l", b"", b"c", b"h"]
_MITRE, _ROUND = 0, 1


def paint(canvas: Canvas, pen: Pen, corner: tuple[float, float], face: str, place: str) -> None:
    """Draw ``canvas`` with its lower left ``corner`` there; ``face`` is for text that names no face of the theme.

    Characters that no face has are noted under ``place``.
    """
    painter = _Painter(canvas, pen, face, place)
    pen.write(f"q 1 0 0 1 {corner[0]:.2f} {corner[1]:.2f} cm")
    for mark in canvas.marks():
        if isinstance(mark, Shape):
            painter.shape(mark)
        else:
            painter.words(mark)
    pen.write("Q")


class _Painter:
    """Writes marks as PDF operators; a point of the page is what the canvas's millimetres are turned into."""

    def __init__(self, canvas: Canvas, pen: Pen, face: str, place: str) -> None:
        self._pen, self._face, self._place = pen, face, place
        self._where = canvas.placing(_POINTS)
        width, height = canvas.inches
        self._area = (0.0, 0.0, width * _POINTS, height * _POINTS)

    def shape(self, shape: Shape) -> None:
        """Draw a path, filled and stroked where its colours can be seen."""
        fill = shape.fill if shape.fill is not None and shape.fill[3] > 0 else None
        stroke = shape.edge is not None and shape.edge[3] > 0 and shape.width > 0
        if fill is None and not stroke:
            return
        operators = ["q"]
        if fill is not None:
            operators.append(self._pen.colour(_hex(fill)))
        if shape.edge is not None and stroke:
            join = _MITRE if shape.pointed else _ROUND
            operators.append(f"{self._pen.colour(_hex(shape.edge), 'RG')} {shape.width:.2f} w 0 J {join} j")
            if shape.dashes:
                operators.append(f"[{' '.join(f'{dash:.2f}' for dash in shape.dashes)}] 0.00 d")
        # Of a bare line, what lies outside of the canvas may be left out.
        area = self._area if fill is None and shape.path.codes is None else None
        painting = ("B" if stroke else "f") if fill is not None else "S"
        operators.append(f"{_written(shape.path, self._where, area)} {painting}")
        self._emit(operators, (shape.edge or INVISIBLE)[3], 1.0 if fill is None else fill[3])

    def words(self, words: Words) -> None:
        """Print text, letter by letter as it stands: a dollar sign is a dollar sign, never mathematics.

        What says a number of the chart is marked with its key, by which the file can be read back.
        """
        faces = self._pen.faces
        face, size = self._face_of(words.font), words.font.get_size_in_points()
        x, y = self._where.transform((words.x, words.baseline))
        if words.share:
            before = words.share * faces.width(words.text, face) * size
            x, y = (x, y - before) if words.upright else (x - before, y)
        faces.check(words.text, self._place)
        look = CharacterStyle(face, size, _hex(words.colour))
        turn = math.radians(90.0 if words.upright else 0.0)
        cosine, sine = math.cos(turn), math.sin(turn)
        operators = [
            "BT",
            self._pen.colour(look.colour),
            f"{cosine:.4f} {sine:.4f} {-sine:.4f} {cosine:.4f} {x:.2f} {y:.2f} Tm",
            *(
                f"/{self._pen.font_name(run.font)} {look.size:.2f} Tf [<{run.font.encode(run.text)}>] TJ"
                for run in faces.runs(words.text, look.face)
            ),
            "ET",
        ]
        marked = [f"/Span <</{NUMBER_KEY} ({words.key})>> BDC", *operators, "EMC"] if words.key else operators
        self._emit(["q", *marked], words.colour[3], words.colour[3])

    def _face_of(self, font: FontProperties) -> str:
        file = font.get_file()
        name = self._pen.faces.name_of(str(file)) if file is not None else None
        return name or self._face

    def _emit(self, operators: list[str], stroke: float, fill: float) -> None:
        """Write what began with a "q", and let the ground shine through where an opacity is less than 1."""
        written = "\n".join([*operators, "Q"])
        if stroke < 1 or fill < 1:
            self._pen.write_transparent(written, stroke, fill)
        else:
            self._pen.write(written)


def _written(path: Path, where: Transform, area: tuple[float, float, float, float] | None) -> str:
    simplify = path.should_simplify if area is not None else False
    after_operands = True
    content: bytes = path_writer.convert_to_string(  # type: ignore[attr-defined]
        path, where, area, simplify, None, _PRECISION, _PATH_OPERATORS, after_operands
    )
    return content.decode("ascii")


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(float(part) * 255):02X}" for part in colour[:3])
