"""A table of coloured cells, the darker the larger, each with its value.

``categories`` are the columns; each ``series`` is a row, its name at the left; ``emphasis`` the columns and rows whose
names stand in the accent. A cell that is not known is hatched and has "—". Values print with one
decimal, counts as they are.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.scales import known_amounts
from clusterreport.charts.measuring import LEAST
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import TEXT, line_pitch
from clusterreport.charts.sentences import closed, extremes, opening, sentence
from clusterreport.charts.statements import each_value, extreme_places, key_of
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

TOP: Final = ""
MIN_HEIGHT_RATIO: Final = 0.65
_MARGIN: Final = 0.5
_GAP: Final = 1.6
_SEAM: Final = 0.4
_CELL: Final = 6.6
_TALLEST: Final = 34.0  # millimetres, of a head that reads upwards
_HEAD_LINES: Final = 5
_NAMES_SHARE: Final = 0.3
_AIR: Final = 1.6
_BLEED: Final = 0.4  # as in rows


def problems(chart: Chart) -> tuple[Problem, ...]:  # noqa: ARG001 -- any numbers will do
    """Return nothing: every table of numbers can be shown."""
    return ()


def describe(chart: Chart, language: Language) -> str:
    """Return the size of the table and its largest and smallest cells."""
    cells = [
        (phrase("heatmap.cell", language, row=series.name, column=category), value)
        for series in chart.series
        for category, value in zip(chart.categories, series.values, strict=True)
    ]
    size = phrase("heatmap.size", language, rows=len(chart.series), columns=len(chart.categories))
    return closed(opening(chart, language) + sentence((size, *extremes(cells, language)), language))


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return each cell; the largest and the smallest are described."""
    return each_value(chart, described=extreme_places(chart), decimals=1)


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for the columns' names and one row of cells for each series."""
    return _head_height(chart, width, faces) + len(chart.series) * _row_height(chart, width, faces) + 2 * _MARGIN


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw names above and at the left, then the cells."""
    look = canvas.look
    left = _names_width(chart, canvas.width, look.faces) + _GAP
    top = _MARGIN + _head_height(chart, canvas.width, look.faces)
    wide = (canvas.width - left) / len(chart.categories)
    high = (canvas.height - _MARGIN - top) / len(chart.series)
    size = _head_size(chart, wide, look.faces)
    for column, name in enumerate(chart.categories):
        colour = look.accent if name in chart.emphasis else None
        if size is None:
            lines = _upright(name, wide, look.faces)
            canvas.upright(left + (column + 0.5) * wide, top - _AIR, lines, colour=colour, above=True)
            continue
        lines = look.faces.wrapped(name, size, wide - 0.6, _HEAD_LINES)
        bottom = top - _AIR / 2 - line_pitch(size) * len(lines) / 2
        canvas.lines_of_text(left + (column + 0.5) * wide, bottom, lines, size=size, align="center", colour=colour)
    for row, series in enumerate(chart.series):
        y = top + row * high
        chosen = series.name in chart.emphasis
        lines = look.faces.wrapped(series.name, TEXT, left - _GAP)
        colour = look.accent if chosen else None
        canvas.lines_of_text(left - _GAP, y + high / 2, lines, align="right", colour=colour, strong=chosen)
        for column in range(len(chart.categories)):
            x = left + column * wide
            _draw_cell(canvas, chart, row, column, Box(x, y, x + wide - _SEAM, y + high - _SEAM))


def _draw_cell(canvas: Canvas, chart: Chart, row: int, column: int, box: Box) -> None:
    look, value = canvas.look, chart.series[row].values[column]
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    decimals = None if value.unit.kind == "count" else 1
    word = printed((value,), look.language, decimals=decimals, among=all_values(chart))[0]
    if value.amount is None:
        canvas.hatched(box)
        canvas.text(x, y, word, align="center", colour=look.soft, key=key_of(row, column))
        return
    amounts = known_amounts(all_values(chart))
    low, high = float(min((*amounts, Decimal(0)))), float(max((*amounts, Decimal(0))))
    share = (float(value.amount) - low) / (high - low) if high > low else 0.0
    fill = look.ramp(math.sqrt(share))  # of the value itself, one large cell would leave all others pale
    canvas.rectangle(box, fill)
    canvas.text(x, y, word, align="center", colour=look.ink_on(fill), key=key_of(row, column))


def _names_width(chart: Chart, width: float, faces: Faces) -> float:
    names = [series.name for series in chart.series]
    return min(faces.widest(names, TEXT, strong=True) + _BLEED, width * _NAMES_SHARE)


def _head_height(chart: Chart, width: float, faces: Faces) -> float:
    wide = (width - _names_width(chart, width, faces) - _GAP) / len(chart.categories)
    size = _head_size(chart, wide, faces)
    if size is None:
        return (
            faces.widest((line for name in chart.categories for line in _upright(name, wide, faces)), TEXT) + 2 * _AIR
        )
    lines = max(len(faces.wrapped(name, size, wide - 0.6, _HEAD_LINES)) for name in chart.categories)
    return lines * line_pitch(size) + _AIR


def _head_size(chart: Chart, wide: float, faces: Faces) -> float | None:
    """Return the size in which no word of the heads is parted; None where they have to read upwards, and can."""
    size = faces.size_for(chart.categories, wide - 0.6, TEXT)
    return LEAST if size is None and wide < line_pitch(TEXT) else size


def _upright(name: str, wide: float, faces: Faces) -> tuple[str, ...]:
    """Return the lines of a head that reads upwards."""
    return faces.wrapped(name, TEXT, _TALLEST, max(min(int(wide / line_pitch(TEXT)), _HEAD_LINES), 1))


def _row_height(chart: Chart, width: float, faces: Faces) -> float:
    room = _names_width(chart, width, faces)
    lines = max(len(faces.wrapped(series.name, TEXT, room)) for series in chart.series)
    return max(_CELL, lines * line_pitch(TEXT) + 1.0)
