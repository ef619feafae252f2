"""The floor: load the same tables with pandas and draw the same figures once to 200-dpi PNG with plain matplotlib.

Run as ``python -m benchmarks.floor CHARTS.json CSV…``; the charts are those of the briefing, written by the bench.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from clusterreport import charts
from clusterreport.document.interchange import from_json
from clusterreport.subjects import clusters  # noqa: F401 -- the units of the charts have their names there
from clusterreport.theme import load_theme

if TYPE_CHECKING:
    from clusterreport.document.model import Chart
    from clusterreport.theme import Theme

DPI = 200
WIDTH_MM = 156.0


def main(charts_file: str, theme_file: str, *tables: str) -> None:
    """Load and draw; nothing is kept."""
    for table in tables:
        pd.read_csv(table)
    theme = load_theme(Path(theme_file), theme_file)
    for chart in from_json(Path(charts_file).read_text(encoding="utf-8"), tuple):
        draw_plainly(chart, theme)


def draw_plainly(chart: Chart, theme: Theme) -> None:
    """Lay ``chart`` out, then draw it with matplotlib's own artists: Text for words, PathPatch for all else."""
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch
    from matplotlib.text import Text
    from matplotlib.transforms import Affine2D

    from clusterreport.charts.painters.canvas import INCH
    from clusterreport.charts.painters.marks import Shape

    canvas = charts.draw_canvas(chart, WIDTH_MM, charts.natural_height(chart, WIDTH_MM), theme, "zh")
    figure = Figure(figsize=(canvas.width / INCH, canvas.height / INCH), facecolor=canvas.look.paper, edgecolor="none")
    place = Affine2D().scale(1 / INCH, -1 / INCH).translate(0, canvas.height / INCH) + figure.dpi_scale_trans
    for layer, mark in enumerate(canvas.drawing.marks):
        artist: PathPatch | Text
        if isinstance(mark, Shape):
            artist = PathPatch(
                mark.path, facecolor=mark.fill or "none", edgecolor=mark.edge or "none",
                linewidth=mark.width if mark.edge else 0, capstyle="butt",
                joinstyle="miter" if mark.pointed else "round", zorder=layer,
                linestyle=(0, tuple(dash / mark.width for dash in mark.dashes)) if mark.dashes else "-",
            )  # fmt: skip
        else:
            artist = Text(
                mark.x, mark.baseline, mark.text, color=mark.colour, fontproperties=mark.font, va="baseline",
                ha={0.0: "left", 0.5: "center", 1.0: "right"}[mark.share], parse_math=False, zorder=layer,
            )  # fmt: skip
        artist.set_transform(place)
        figure.add_artist(artist)
    figure.savefig(io.BytesIO(), format="png", dpi=DPI)


if __name__ == "__main__":
    main(*sys.argv[1:])
