"""Many lines over the same periods, each in a small panel of its own before all others in grey: none hides another."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.layout.scales import from_zero
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import SMALL, TEXT, line_pitch
from clusterreport.charts.painters.periods import FOOT
from clusterreport.charts.statements import each_value, key_of, known_places
from clusterreport.data.periods import spacing

if TYPE_CHECKING:
    from clusterreport.charts.layout.scales import Scale
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart, ChartNumber, Series

MOST: Final = 6
"""How many lines one plot takes; more cross too often to be followed."""

_NARROWEST: Final = 36.0  # millimetres of a panel
_GUTTER: Final = 4.0
_PLOT: Final = 13.0
_GAP: Final = 1.4
_RADIUS: Final = 0.9
_LEAST_PLOT: Final = 12.0
_AIR: Final = 2.0


class _Panel(NamedTuple):
    left: float
    top: float
    xs: tuple[float, ...]
    up: Scale


def is_many(chart: Chart) -> bool:
    """Tell whether a chart has more lines than one plot takes."""
    return len(chart.series) > MOST


def panel_numbers(chart: Chart, *, unit: bool) -> tuple[ChartNumber, ...]:
    """Return the values at both ends of each line; those between are heights before the others."""
    told, last = known_places(chart), len(chart.categories) - 1
    return tuple(
        number
        for number in each_value(chart, described=told, unit=unit)
        if number.of[0][1] == last or (number.of[0][1] == 0 and number.of[0] in told)
    )


def panels_height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for all panels below each other, and for the periods at the foot."""
    count = _columns(width)
    rows = math.ceil(len(chart.series) / count)
    return rows * (_head(chart, width, faces) + _PLOT + _AIR) + FOOT


def draw_panels(canvas: Canvas, chart: Chart, *, unit: bool) -> None:
    """Draw each line in a panel under its name, with the values at its ends; the periods stand under the first."""
    look, count = canvas.look, _columns(canvas.width)
    rows = math.ceil(len(chart.series) / count)
    wide = (canvas.width + _GUTTER) / count
    high = (canvas.height - FOOT) / rows
    head = _head(chart, canvas.width, look.faces)
    words = printed(all_values(chart), look.language, unit=unit)
    room = min(look.faces.widest(words, SMALL), (wide - _GUTTER - _LEAST_PLOT) / 2) + _GAP + _RADIUS
    for place, series in enumerate(chart.series):
        left, top = place % count * wide, place // count * high
        start, end = left + room, left + wide - _GUTTER - room
        xs = tuple(start + (end - start) * share for share in spacing(chart.categories))
        up = from_zero(all_values(chart), top + high - _AIR, top + head + 1.0)
        panel = _Panel(left, top, xs, up)
        names = look.faces.wrapped(series.name, TEXT, wide - _GUTTER, _LINES)
        colour = _colour(canvas, chart, place)
        middle = top + line_pitch(TEXT) * len(names) / 2
        canvas.lines_of_text(left, middle, names, colour=colour, strong=series.name in chart.emphasis)
        _draw_panel(canvas, chart, place, panel, unit=unit)
    _print_ends(canvas, chart, room, wide - _GUTTER - room, canvas.height - FOOT / 2)


def _draw_panel(canvas: Canvas, chart: Chart, place: int, panel: _Panel, *, unit: bool) -> None:
    look, (_, _, xs, up) = canvas.look, panel
    canvas.line(((xs[0] - _GAP, up(0)), (xs[-1] + _GAP, up(0))), look.rule, 0.6, layer=1)
    for other in chart.series:
        _draw_line(canvas, other, panel, (look.rule, 0.5, 1.5))
    series, colour = chart.series[place], _colour(canvas, chart, place)
    _draw_line(canvas, series, panel, (colour, 1.4, 2.5))
    for x, value in zip(xs, series.values, strict=True):
        if value.amount is not None:
            canvas.mark(x, up(value.amount), _RADIUS, colour)
    last = len(xs) - 1
    for at in dict.fromkeys((0, last)):
        value = series.values[at]
        if value.amount is None and at != last:
            continue
        word = printed((value,), look.language, unit=unit, among=all_values(chart))[0]
        away = (_GAP + _RADIUS) * (1 if at == last else -1)
        y, align = up(value.amount or 0), "left" if at == last else "right"
        canvas.text(xs[at] + away, y, word, size=SMALL, align=align, colour=colour, key=key_of(place, at))  # type: ignore[arg-type]


def _draw_line(canvas: Canvas, series: Series, panel: _Panel, stroke: tuple[str, float, float]) -> None:
    """Draw a line; ``stroke`` is its colour, its width in points, and its layer."""
    colour, width, layer = stroke
    points = [
        None if value.amount is None else (x, panel.up(value.amount))
        for x, value in zip(panel.xs, series.values, strict=True)
    ]
    for one, other in pairwise(points):
        if one is not None and other is not None:
            canvas.line((one, other), colour, width, layer=layer)


def _print_ends(canvas: Canvas, chart: Chart, start: float, end: float, y: float) -> None:
    """Print the first and the last period below the first column of panels."""
    faces, soft = canvas.look.faces, canvas.look.soft
    first, last = chart.categories[0], chart.categories[-1]
    half = faces.width(first, SMALL) / 2
    left = max(start - half, 0.0)
    canvas.text(left, y, first, size=SMALL, colour=soft)
    if len(chart.categories) > 1:
        canvas.text(max(end - faces.width(last, SMALL) / 2, left + 2 * half + _GAP), y, last, size=SMALL, colour=soft)


def _columns(width: float) -> int:
    return max(int((width + _GUTTER) / (_NARROWEST + _GUTTER)), 1)


def _head(chart: Chart, width: float, faces: Faces) -> float:
    """Return the height of the longest name."""
    room = (width + _GUTTER) / _columns(width) - _GUTTER
    return max(len(faces.wrapped(one.name, TEXT, room, _LINES)) for one in chart.series) * line_pitch(TEXT)


def _colour(canvas: Canvas, chart: Chart, place: int) -> str:
    return canvas.look.accent if chart.series[place].name in chart.emphasis else canvas.look.main


_LINES: Final = 3
