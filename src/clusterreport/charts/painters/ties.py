"""Draws what networks and places share: ties between points, wider for a larger weight, and discs by size."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clusterreport.charts.layout.geometry import Point
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart
    from clusterreport.quantity import Quantity


def radii_of(sizes: Sequence[Quantity], least: float, most: float) -> tuple[float, ...]:
    """Return radii whose discs' areas grow with the sizes; ``least`` for a size that is 0, below it or not known."""
    amounts = [max(float(size.amount or 0), 0.0) for size in sizes]
    largest = max(amounts) or 1.0
    return tuple(least + (most - least) * math.sqrt(amount / largest) for amount in amounts)


def draw_ties(
    canvas: Canvas, chart: Chart, points: Mapping[int, Point], thin: float, wide: float
) -> list[tuple[Point, Point]]:
    """Draw the ties between those places that have a point, from ``thin`` to ``wide`` points broad, and return them.

    The ties of what is emphasised stand in the accent, above the others.
    """
    index = {name: place for place, name in enumerate(chart.categories)}
    most = max((float(tie.weight.amount or 0) for tie in chart.ties), default=1.0) or 1.0
    segments = []
    for tie in chart.ties:
        start, end = points.get(index[tie.source]), points.get(index[tie.target])
        if start is None or end is None:
            continue
        chosen = {tie.source, tie.target} & set(chart.emphasis)
        width = thin + (wide - thin) * (float(tie.weight.amount or 0) / most if most > 1 else 0.0)
        colour = canvas.look.accent if chosen else canvas.look.pale
        canvas.line((start, end), colour, width, layer=1.5 if chosen else 1)
        segments.append((start, end))
    return segments
