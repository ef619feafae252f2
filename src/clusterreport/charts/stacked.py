"""Bars made of parts that are added up, such as the batches of each province.

``categories`` name the bars from top to bottom; each of several ``series`` is one part, in the order it is laid on;
``emphasis`` the categories whose name and total stand in the accent. The total is printed at the end; it is "—" where
a part is not known. Parts are named over the first bar where there is room, else in a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.drawing.checking import fault, negative_faults
from clusterreport.charts.drawing.keys import ROW, Sample, draw_key, key_rows
from clusterreport.charts.drawing.numbers import all_values, printed, total
from clusterreport.charts.drawing.rows import lay_rows, names_width, print_names, rows_height
from clusterreport.charts.drawing.scales import Scale
from clusterreport.charts.drawing.sentences import (
    closed,
    counted,
    extremes,
    joined,
    listed,
    opening,
    sentence,
)
from clusterreport.charts.drawing.sheet import SMALL, TEXT, Box

if TYPE_CHECKING:
    from clusterreport.charts.drawing.measuring import Faces
    from clusterreport.charts.drawing.rows import Rows
    from clusterreport.charts.drawing.sheet import Sheet
    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem
    from clusterreport.quantities import Quantity

LEAST: Final = 0.65
NAMES: Final = {"zh": "堆积条形图", "en": "Stacked bar chart"}
_MARGIN: Final = 1.0
_GAP: Final = 1.4
_BLEED: Final = 0.4
_INSIDE: Final = 1.2
_SEAM: Final = 0.25


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a chart without parts, or with negative ones."""
    few = len(chart.series) < 2  # noqa: PLR2004 -- one part is no stack
    lonely = (fault(chart, "a stacked chart takes two or more series", "Use bar for a single series."),) if few else ()
    return lonely + negative_faults(chart)


def describe(chart: Chart, language: Language) -> str:
    """Return the parts, the largest and smallest totals, and what the first bar is made of."""
    totals = tuple(zip(chart.categories, _totals(chart), strict=True))
    names = joined([series.name for series in chart.series], language)
    parts = {"zh": f"每项由{names}组成", "en": f"each is made of {names}"}[language]
    chosen = next((place for place, name in enumerate(chart.categories) if name in chart.emphasis), 0)
    made = listed([(series.name, series.values[chosen]) for series in chart.series], language)
    first = {"zh": f"{chart.categories[chosen]}为{made}", "en": f"{chart.categories[chosen]} is {made}"}[language]
    body = sentence((counted(len(totals), language), parts, *extremes(totals, language)), language)
    return closed(opening(chart, NAMES, language) + body + sentence((first,), language))


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for one row for each category and a key above."""
    return rows_height(chart.categories, width, faces) + 2 * _MARGIN + _key_height(chart, width, faces)


def draw(sheet: Sheet, chart: Chart) -> None:
    """Draw the parts' names above, categories at the left, bars of parts, and totals at their ends."""
    look, totals = sheet.look, _totals(chart)
    top = _key_height(chart, sheet.width, look.faces) + _MARGIN
    rows = lay_rows(chart.categories, sheet.width, top, sheet.height - _MARGIN, look.faces)
    print_names(sheet, rows, chart.categories, chart.emphasis)
    words = printed(totals, look.language, among=all_values(chart))
    room = look.faces.widest(words, TEXT, strong=True) + _GAP + _BLEED
    longest = max(sum(_length(series.values[place]) for series in chart.series) for place in range(len(totals)))
    scale = Scale(0.0, longest or 1.0, rows.names_end + _GAP, sheet.width - room)
    for place, word in enumerate(words):
        end = _draw_bar(sheet, chart, rows, scale, place)
        chosen = chart.categories[place] in chart.emphasis
        sheet.text(end + _GAP, rows.middles[place], word, colour=look.accent if chosen else None, strong=chosen)
    if not _named_over_first_bar(sheet, chart, rows, scale):
        samples = [Sample(series.name, look.of_series(place)) for place, series in enumerate(chart.series)]
        draw_key(sheet, samples, rows.names_end + _GAP, 0, sheet.width - rows.names_end - _GAP)


def _key_height(chart: Chart, width: float, faces: Faces) -> float:
    room = width - names_width(chart.categories, width, faces) - _GAP
    return ROW * len(key_rows([series.name for series in chart.series], room, faces))


def _draw_bar(sheet: Sheet, chart: Chart, rows: Rows, scale: Scale, place: int) -> float:
    fellows = all_values(chart)
    y, done = rows.middles[place], 0.0
    for index, series in enumerate(chart.series):
        value = series.values[place]
        if not value.amount:
            continue
        colour = sheet.look.of_series(index)
        left, right = scale(done), scale(done + float(value.amount))
        box = Box(left + (_SEAM if done else 0), y - rows.thickness / 2, right, y + rows.thickness / 2)
        sheet.rectangle(box, colour)
        word = printed((value,), sheet.look.language, among=fellows)[0]
        if sheet.look.faces.width(word, SMALL) + 2 * _INSIDE <= right - left:
            sheet.text((box.left + right) / 2, y, word, size=SMALL, align="center", colour=sheet.look.ink_on(colour))
        done += float(value.amount)
    return scale(done)


def _named_over_first_bar(sheet: Sheet, chart: Chart, rows: Rows, scale: Scale) -> bool:
    """Print each part's name over its stretch of the first bar; do nothing, and say so, where one is too short."""
    done, spots = 0.0, []
    for series in chart.series:
        left, right = scale(done), scale(done + _length(series.values[0]))
        spots.append((left + (_SEAM if done else 0), series.name))
        if sheet.look.faces.width(series.name, TEXT) + _INSIDE > right - left:
            return False
        done += _length(series.values[0])
    y = rows.middles[0] - rows.thickness / 2 - ROW / 2
    for index, (left, name) in enumerate(spots):
        sheet.rectangle(Box(left, y + ROW / 2 - 0.6, left + 0.6, y + ROW / 2), sheet.look.of_series(index))
        sheet.text(left, y, name, colour=sheet.look.soft)
    return True


def _totals(chart: Chart) -> tuple[Quantity, ...]:
    return tuple(total([series.values[place] for series in chart.series]) for place in range(len(chart.categories)))


def _length(value: Quantity) -> float:
    return float(value.amount or 0)
