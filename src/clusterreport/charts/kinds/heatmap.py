"""A table of coloured cells, the darker the larger, each with its value; quotients have two colours that part at one.

``categories`` are the columns; each ``series`` is a row, its name at the left; ``emphasis`` the columns and rows whose
names stand in the accent. A cell that is not known is hatched and has "—"; a quotient or share that rests on fewer than
two rows is hatched, too. Single outliers do not set the scale. Values print with one decimal, counts as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.measuring import LEAST
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import TEXT, line_pitch
from clusterreport.charts.painters.keys import ROW, Sample, draw_key, key_rows
from clusterreport.charts.painters.shades import Shades, are_quotients, is_thin
from clusterreport.charts.sentences import closed, extremes, opening, sentence
from clusterreport.charts.statements import each_value, extreme_places, key_of
from clusterreport.locale import BASE, phrase

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
    cells = len(chart.series) * _row_height(chart, width, faces)
    return _head_height(chart, width, faces) + cells + 2 * _MARGIN + _key_height(chart, width, faces, BASE)


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw names above and at the left, then the cells."""
    look = canvas.look
    left = _names_width(chart, canvas.width, look.faces) + _GAP
    top = _MARGIN + _head_height(chart, canvas.width, look.faces)
    wide = (canvas.width - left) / len(chart.categories)
    shades = Shades.of(all_values(chart), look)
    foot = _key_height(chart, canvas.width, look.faces, look.language)
    high = (canvas.height - _MARGIN - top - foot) / len(chart.series)
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
            _draw_cell(canvas, chart, (row, column), Box(x, y, x + wide - _SEAM, y + high - _SEAM), shades)
    if foot:
        _draw_key(canvas, chart, shades, left, canvas.height - foot)


def _draw_cell(canvas: Canvas, chart: Chart, at: tuple[int, int], box: Box, shades: Shades) -> None:
    look, value, key = canvas.look, chart.series[at[0]].values[at[1]], key_of(*at)
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    decimals = None if value.unit.kind == "count" else 1
    word = printed((value,), look.language, decimals=decimals, among=all_values(chart))[0]
    if value.amount is None:
        canvas.hatched(box)
        canvas.text(x, y, word, align="center", colour=look.soft, key=key)
        return
    if is_thin(value):
        canvas.hatched(box)
        canvas.text(x, y, word, align="center", ground=look.colours["outside"], key=key)
        return
    fill = shades.fill(float(value.amount))
    canvas.rectangle(box, fill)
    canvas.text(x, y, word, align="center", colour=look.ink_on(fill), key=key)


def _key_words(chart: Chart, language: Language) -> tuple[str, ...]:
    """Return what the key says, of what is shown: below one, above one, too few rows; "" for what is not there."""
    values = [value for value in all_values(chart) if value.known]
    firm = [value.amount for value in values if value.amount is not None and not is_thin(value)]
    parted = are_quotients(all_values(chart))
    return (
        phrase("heatmap.below", language) if parted and any(amount < 1 for amount in firm) else "",
        phrase("heatmap.above", language) if parted and any(amount > 1 for amount in firm) else "",
        phrase("heatmap.thin", language) if any(map(is_thin, values)) else "",
    )


def _key_height(chart: Chart, width: float, faces: Faces, language: Language) -> float:
    names = list(filter(None, _key_words(chart, language)))
    left = _names_width(chart, width, faces) + _GAP
    return ROW * len(key_rows(names, width - left, faces)) if names else 0.0


def _draw_key(canvas: Canvas, chart: Chart, shades: Shades, left: float, top: float) -> None:
    below, above, thin = _key_words(chart, canvas.look.language)
    samples = (Sample(below, shades.below), Sample(above, shades.above), Sample(thin, "", "hatch"))
    draw_key(canvas, [sample for sample in samples if sample.name], left, top, canvas.width - left)


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
