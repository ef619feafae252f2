"""Pictures of charts that Word cannot draw: an SVG, sharp at any size, with a PNG for programs that show no SVG.

The SVG's words are words: they can be searched, and "Convert to Shape" leaves them editable. They are set in the faces
that the theme names for Word.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.remembered import RememberedOf
from clusterreport.render.docx.markup import escaped

if TYPE_CHECKING:
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

_PIXELS_PER_INCH: Final = 150
_COLOURS: Final = 128


class Picture(NamedTuple):
    """One chart in both forms."""

    svg: bytes
    png: bytes


def picture(chart: Chart, width: float, height: float, theme: Theme, language: Language) -> Picture:
    """Return ``chart`` drawn at ``width`` by ``height`` millimetres; the same bytes every time."""
    from clusterreport.charts import draw_canvas  # these load matplotlib
    from clusterreport.charts.painters.svg import drawn

    canvas = draw_canvas(chart, width, height, theme, language)
    return _PICTURES.made(canvas, lambda: Picture(drawn(canvas, theme, escaped).encode(), _png(canvas)))


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
