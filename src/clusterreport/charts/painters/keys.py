"""The key of a chart: a row of small samples with their names, where names cannot stand on the marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.painters.canvas import TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas, Mark

ROW: Final = 4.8
_SAMPLE: Final = 4.0
_BETWEEN: Final = 5.0
_RADIUS: Final = 1.15


class Sample(NamedTuple):
    """One line of a key: its name, its colour, its mark ("bar" for a patch), and whether it is hollow."""

    name: str
    colour: str
    mark: Mark | str = "bar"
    hollow: bool = False


def key_rows(names: Sequence[str], width: float, faces: Faces) -> tuple[tuple[str, ...], ...]:
    """Return the names in rows that fit into ``width``."""
    rows: list[list[str]] = [[]]
    used = 0.0
    for name in names:
        wide = _SAMPLE + faces.width(name, TEXT) + _BETWEEN
        if rows[-1] and used + wide - _BETWEEN > width:
            rows.append([])
            used = 0.0
        rows[-1].append(name)
        used += wide
    return tuple(tuple(row) for row in rows)


def draw_key(canvas: Canvas, samples: Sequence[Sample], left: float, top: float, width: float) -> float:
    """Draw the samples in rows from (left, top) on; return where the key ends."""
    faces = canvas.look.faces
    waiting = iter(samples)
    y = top + ROW / 2
    for row in key_rows([sample.name for sample in samples], width, faces):
        x = left
        for _ in row:
            sample = next(waiting)
            _draw_sample(canvas, sample, x, y)
            words = faces.wrapped(sample.name, TEXT, width - _SAMPLE, 1)[0]
            x = canvas.text(x + _SAMPLE, y, words, colour=canvas.look.soft).right + _BETWEEN
        y += ROW
    return y - ROW / 2


def _draw_sample(canvas: Canvas, sample: Sample, x: float, y: float) -> None:
    if sample.mark == "bar":
        edge = canvas.look.edge_of(sample.colour)
        canvas.rectangle(Box(x, y - 1.2, x + 3, y + 1.2), sample.colour, edge=edge)
    elif sample.mark == "hatch":
        canvas.hatched(Box(x, y - 1.4, x + 3, y + 1.4))
    elif sample.mark in ("circle", "square", "triangle", "diamond"):
        fill = canvas.look.paper if sample.hollow else sample.colour
        edge = sample.colour if sample.hollow else None
        canvas.mark(x + 1.5, y, _RADIUS, fill, kind=sample.mark, edge=edge, edge_width=1.0)  # type: ignore[arg-type]
