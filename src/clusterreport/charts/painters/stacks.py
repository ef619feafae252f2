"""Bars made of parts that lie end to end, each with its value where there is room, and the names of the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import fault, negative_faults
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.numbers import all_values, printed, total
from clusterreport.charts.painters.canvas import SMALL, TEXT
from clusterreport.charts.painters.keys import ROW, Sample, draw_key, key_rows
from clusterreport.charts.painters.rows import names_width
from clusterreport.charts.statements import key_of
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.charts.layout.scales import Scale
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.rows import Rows
    from clusterreport.document.model import Chart
    from clusterreport.errors import Problem
    from clusterreport.quantity import Quantity

GAP: Final = 1.4
_INSIDE: Final = 1.2
_SEAM: Final = 0.25


def stack_faults(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a chart without parts, or with negative ones."""
    few = len(chart.series) < 2  # noqa: PLR2004 -- one part is no stack
    problem = message("a {kind} chart takes two or more series", kind=chart.kind)
    lonely = (fault(chart, problem, message("Use bar for a single series.")),) if few else ()
    return lonely + negative_faults(chart)


def totals(chart: Chart) -> tuple[Quantity, ...]:
    """Return the whole of each category, not known where a part is not."""
    return tuple(total([series.values[place] for series in chart.series]) for place in range(len(chart.categories)))


def length(chart: Chart, place: int) -> float:
    """Return the sum of the parts of one category that are known."""
    return sum(_amount(series.values[place]) for series in chart.series)


def key_height(chart: Chart, width: float, faces: Faces) -> float:
    """Return the room that the names of the parts need above the bars."""
    room = width - names_width(chart.categories, width, faces) - GAP
    return ROW * len(key_rows([series.name for series in chart.series], room, faces))


def name_parts(canvas: Canvas, chart: Chart, rows: Rows, scale: Scale) -> None:
    """Print each part's name over its stretch of the first bar; in a key, where one of them is too short."""
    if not _named_over_first_bar(canvas, chart, rows, scale):
        samples = [Sample(series.name, canvas.look.of_series(place)) for place, series in enumerate(chart.series)]
        draw_key(canvas, samples, rows.names_end + GAP, 0, canvas.width - rows.names_end - GAP)


def draw_stack(canvas: Canvas, chart: Chart, rows: Rows, scale: Scale, place: int) -> float:
    """Draw the bar of one category from the start of the scale on; return where it ends."""
    fellows = all_values(chart)
    y, done = rows.middles[place], 0.0
    for index, series in enumerate(chart.series):
        value = series.values[place]
        if not value.amount:
            continue
        colour = canvas.look.of_series(index)
        left, right = scale(done), scale(done + float(value.amount))
        box = Box(left + (_SEAM if done else 0), y - rows.thickness / 2, right, y + rows.thickness / 2)
        canvas.rectangle(box, colour, edge=canvas.look.edge_of(colour))
        word = printed((value,), canvas.look.language, among=fellows)[0]
        if canvas.look.faces.width(word, SMALL) + 2 * _INSIDE <= right - left:
            ink, key = canvas.look.ink_on(colour), key_of(index, place)
            canvas.text((box.left + right) / 2, y, word, size=SMALL, align="center", colour=ink, key=key)
        done += float(value.amount)
    return scale(done)


def _named_over_first_bar(canvas: Canvas, chart: Chart, rows: Rows, scale: Scale) -> bool:
    """Print each part's name over its stretch of the first bar; do nothing, and say so, where one is too short."""
    done, spots = 0.0, []
    for series in chart.series:
        left, right = scale(done), scale(done + _amount(series.values[0]))
        spots.append((left + (_SEAM if done else 0), series.name))
        if canvas.look.faces.width(series.name, TEXT) + _INSIDE > right - left:
            return False
        done += _amount(series.values[0])
    y = rows.middles[0] - rows.thickness / 2 - ROW / 2
    for index, (left, name) in enumerate(spots):
        canvas.rectangle(Box(left, y + ROW / 2 - 0.6, left + 0.6, y + ROW / 2), canvas.look.of_series(index))
        canvas.text(left, y, name, colour=canvas.look.soft)
    return True


def _amount(value: Quantity) -> float:
    return float(value.amount or 0)
