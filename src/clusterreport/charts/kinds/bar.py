"""Bars, one for each category, in the order given.

``categories`` name the bars from top to bottom, ``series`` holds one series, ``emphasis`` the categories in the accent.
A value that is not known has "—" and no bar; negative values grow to the left of zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import series_fault
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.scales import from_zero
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import printed
from clusterreport.charts.painters.canvas import TEXT
from clusterreport.charts.painters.rows import lay_rows, print_names, rows_height
from clusterreport.charts.sentences import ranked
from clusterreport.charts.statements import beside, each_value, key_of, told_places
from clusterreport.charts.twins import Twin, at_ends, lengths, table
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.document.model import Chart, ChartNumber, PlottedSeries
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

MIN_HEIGHT_RATIO: Final = 0.65
_MARGIN: Final = 1.0
_GAP: Final = 1.4
_BLEED: Final = 0.4


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem unless there is exactly one series."""
    return series_fault(chart, (message("one series"),))


def describe(chart: Chart, language: Language) -> str:
    """Return how many bars there are, and which are longest and shortest."""
    return ranked(chart, chart.series[0], language)


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return each value; the longest and the shortest bar are described."""
    return each_value(chart, described=told_places(chart))


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for one row for each category."""
    return rows_height(chart.categories, width, faces) + 2 * _MARGIN


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw names at the left, bars, and the values at their ends."""
    look, values = canvas.look, chart.series[0].values
    rows = lay_rows(chart.categories, canvas.width, _MARGIN, canvas.height - _MARGIN, look.faces)
    print_names(canvas, rows, chart.categories, chart.emphasis)
    words = printed(values, look.language)
    room = look.faces.widest(words, TEXT, strong=True) + _GAP + _BLEED
    negative = any(value.amount is not None and value.amount < 0 for value in values)
    start = rows.names_end + _GAP + (room if negative else 0)
    scale = from_zero(values, start, canvas.width - room)
    zero = scale(0)
    for place, (name, value, word, y) in enumerate(zip(chart.categories, values, words, rows.middles, strict=True)):
        chosen = name in chart.emphasis
        end = zero if value.amount is None else scale(value.amount)
        box = Box(min(zero, end), y - rows.thickness / 2, max(zero, end), y + rows.thickness / 2)
        canvas.rectangle(box, look.accent if chosen else look.main)
        away, ink = -_GAP if end < zero else _GAP, look.accent if chosen else None
        canvas.beside(end, y, word, away, colour=ink, strong=chosen, key=key_of(0, place))
    if negative:
        canvas.line(((zero, _MARGIN), (zero, canvas.height - _MARGIN)), look.soft, layer=2.5)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return the series as they are."""
    return beside(chart)


def twin(chart: Chart, look: Look, width: float) -> Twin:  # noqa: ARG001 -- Word breaks its names itself
    """Return ranked bars, the first category on top; emphasised ones in the accent."""
    (series,) = formatted_series(chart, look.language)
    chosen = [place for place, name in enumerate(chart.categories) if name in chart.emphasis]
    bars = at_ends(series, 0, look.of_series(0), accent=look.accent, chosen=chosen, silent=frozenset())
    return Twin("bar", chart.categories, (bars,), table(chart.categories, (series,)), (lengths((series,)),))
