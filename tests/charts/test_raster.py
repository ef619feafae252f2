"""The raster asks Agg as matplotlib's own renderer does: every pixel of every kind is the same."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg

from clusterreport import charts
from clusterreport.charts.painters.marks import INVISIBLE, Shape
from clusterreport.charts.painters.raster import painted
from tests.charts.examples import register_charts, theme

DPI = 80
OWN = 151.3
"""A width that no other test asks for: the canvas is changed here, and canvases are kept."""


@pytest.mark.parametrize("kind", charts.kind_names())
def test_shapes_are_painted_as_by_matplotlib(kind: str) -> None:
    chart = register_charts()[kind]
    canvas = charts.draw_canvas(chart, OWN, charts.natural_height(chart, OWN, theme()), theme())
    shapes = [mark for mark in canvas.marks() if isinstance(mark, Shape)]
    canvas.drawing._layers = [(0.0, shape) for shape in shapes[1:]]  # noqa: SLF001 -- the first is the paper
    width, height = (int(side * DPI) for side in canvas.inches)
    agg = RendererAgg(width, height, DPI)  # type: ignore[no-untyped-call]
    for shape in shapes:
        stroke = agg.new_gc()
        stroke.set_foreground(shape.edge or INVISIBLE, isRGBA=True)
        stroke.set_linewidth(shape.width if shape.edge else 0.0)
        stroke.set_capstyle("butt")
        stroke.set_joinstyle("miter" if shape.pointed else "round")
        if shape.dashes:
            stroke.set_dashes(0.0, list(shape.dashes))
        agg.draw_path(stroke, shape.path, canvas.placing(DPI), shape.fill)  # type: ignore[no-untyped-call]
    expected = np.asarray(agg.buffer_rgba())[..., :3]  # type: ignore[no-untyped-call]
    assert np.array_equal(np.asarray(painted(canvas, DPI)), expected)
