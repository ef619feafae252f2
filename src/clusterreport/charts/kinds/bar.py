"""Bars, one for each category and series, in the order given.

``categories`` name the bars from top to bottom; bars of several ``series`` stand below each other, each in its colour
with a key above; ``emphasis`` the categories (of one series) or series in the accent. A value that is not known has "—"
and no bar; negative values grow to the left of zero.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import fault
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.scales import from_zero
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import TEXT
from clusterreport.charts.painters.keys import ROW, Sample, draw_key, key_rows
from clusterreport.charts.painters.rows import lay_rows, names_width, print_names, rows_height
from clusterreport.charts.sentences import by_series, ranked
from clusterreport.charts.statements import beside, each_value, key_of, known_places, told_places
from clusterreport.charts.twins import Twin, at_ends, lengths, table
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.charts.layout.scales import Scale
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
_PITCH: Final = 3.4  # millimetres of one of several bars: as high as its value
_APART: Final = 1.8
_SEAM: Final = 0.3
MOST: Final = 6
"""How many bars of a category can be told apart."""


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem where a category has too many bars to tell apart."""
    if len(chart.series) <= MOST:
        return ()
    problem = message("a bar chart takes at most {most} series, and it has {count}", most=MOST, count=len(chart.series))
    return (fault(chart, problem, message("Use heatmap for many series.")),)


def describe(chart: Chart, language: Language) -> str:
    """Return the extremes of one series, and all values where they are few, or the values of each of several."""
    return ranked(chart, chart.series[0], language) if len(chart.series) == 1 else by_series(chart, language)


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return each value; few of one series, and all of several, are described."""
    return each_value(chart, described=told_places(chart) if len(chart.series) == 1 else known_places(chart))


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for one row for each category, higher where it has several bars, and the key above."""
    rows = rows_height(chart.categories, width, faces)
    highest = max(rows_height([name], width, faces) for name in chart.categories)
    several = len(chart.categories) * max(len(chart.series) * _PITCH + _APART, highest)
    return (rows if len(chart.series) == 1 else several) + 2 * _MARGIN + _key_height(chart, width, faces)


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw names at the left, bars, and the values at their ends."""
    look, values, count = canvas.look, all_values(chart), len(chart.series)
    top = _MARGIN + _key_height(chart, canvas.width, look.faces)
    rows = lay_rows(chart.categories, canvas.width, top, canvas.height - _MARGIN, look.faces)
    pitch = (canvas.height - _MARGIN - top) / len(chart.categories)
    if count > 1:  # all equally high, whatever their names
        rows = replace(rows, middles=tuple(top + pitch * (place + 0.5) for place in range(len(chart.categories))))
    print_names(canvas, rows, chart.categories, chart.emphasis)
    words = printed(values, look.language)
    room = look.faces.widest(words, TEXT, strong=True) + _GAP + _BLEED
    negative = any(value.amount is not None and value.amount < 0 for value in values)
    start = rows.names_end + _GAP + (room if negative else 0)
    scale = from_zero(values, start, canvas.width - room)
    if count > 1:
        samples = [Sample(series.name, _colour(look, chart, at, "")) for at, series in enumerate(chart.series)]
        draw_key(canvas, samples, rows.names_end + _GAP, 0, canvas.width - rows.names_end - _GAP)
    thick = rows.thickness if count == 1 else (pitch - _APART * pitch / (count * _PITCH + _APART)) / count
    for place, (name, y) in enumerate(zip(chart.categories, rows.middles, strict=True)):
        for index in range(count):
            at = y + thick * (index - (count - 1) / 2)
            word = words[index * len(chart.categories) + place]
            colour = _colour(look, chart, index, name)
            _draw_bar(canvas, chart, (index, place), scale, (at, thick - (_SEAM if count > 1 else 0)), word, colour)
    if negative:
        canvas.line(((scale(0), top), (scale(0), canvas.height - _MARGIN)), look.soft, layer=2.5)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return the series as they are."""
    return beside(chart)


def twin(chart: Chart, look: Look, width: float) -> Twin:  # noqa: ARG001 -- Word breaks its names itself
    """Return ranked bars, the first category on top; emphasised ones in the accent."""
    parts, single = formatted_series(chart, look.language), len(chart.series) == 1
    chosen = [place for place, name in enumerate(chart.categories) if single and name in chart.emphasis]
    fills = [look.of_series(0) if single else _colour(look, chart, at, "") for at in range(len(parts))]
    bars = tuple(
        at_ends(
            series, at, fills[at], accent=look.accent, chosen=chosen, silent=frozenset(), edge=look.edge_of(fills[at])
        )
        for at, series in enumerate(parts)
    )
    rows = table(chart.categories, parts)
    return Twin("bar", chart.categories, bars, rows, (lengths(parts),), legend="" if single else "t")


def _draw_bar(  # noqa: PLR0913, PLR0917 -- a bar has these sides
    canvas: Canvas,
    chart: Chart,
    key: tuple[int, int],
    scale: Scale,
    across: tuple[float, float],
    word: str,
    colour: str,
) -> None:
    """Draw a bar, ``across`` being its middle and how thick it is, with its value at its end."""
    look, (y, thick) = canvas.look, across
    amount, zero = chart.series[key[0]].values[key[1]].amount, scale(0)
    end = zero if amount is None else scale(amount)
    box = Box(min(zero, end), y - thick / 2, max(zero, end), y + thick / 2)
    canvas.rectangle(box, colour, edge=look.edge_of(colour))
    chosen = colour == look.accent
    away, ink = -_GAP if end < zero else _GAP, look.accent if chosen else None
    canvas.beside(end, y, word, away, colour=ink, strong=chosen, key=key_of(*key))


def _colour(look: Look, chart: Chart, index: int, category: str) -> str:
    chosen = category if len(chart.series) == 1 else chart.series[index].name
    return look.accent if chosen in chart.emphasis else look.of_series(index)


def _key_height(chart: Chart, width: float, faces: Faces) -> float:
    if len(chart.series) == 1:
        return 0.0
    room = width - names_width(chart.categories, width, faces) - _GAP
    return ROW * len(key_rows([series.name for series in chart.series], room, faces))
