"""Bars made of parts that are added up, such as the batches of each province.

``categories`` name the bars from top to bottom; each of several ``series`` is one part, in the order it is laid on;
``emphasis`` the categories whose name and total stand in the accent. The total is printed at the end; it is "—" where
a part is not known. Parts are named over the first bar where there is room, else in a key.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.layout.scales import Scale
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import TEXT
from clusterreport.charts.painters.rows import lay_rows, print_names, rows_height
from clusterreport.charts.painters.stacks import GAP, draw_stack, key_height, length, name_parts, stack_faults, totals
from clusterreport.charts.sentences import (
    closed,
    counted,
    extremes,
    joined,
    listed,
    opening,
    sentence,
)
from clusterreport.charts.statements import beside, each_value, ends_of, sum_key, value_at
from clusterreport.charts.twins import Formula, Twin, as_parts, column_name, lengths, table, with_columns
from clusterreport.document.model import ChartNumber
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.document.model import Chart, PlottedSeries
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

MIN_HEIGHT_RATIO: Final = 0.65
_MARGIN: Final = 1.0
_BLEED: Final = 0.4


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a chart without parts, or with negative ones."""
    return stack_faults(chart)


def describe(chart: Chart, language: Language) -> str:
    """Return the parts, the largest and smallest totals, and what the first bar is made of."""
    items = tuple(zip(chart.categories, totals(chart), strict=True))
    names = joined([series.name for series in chart.series], language)
    parts = phrase("stacked.parts", language, names=names)
    chosen = next((place for place, name in enumerate(chart.categories) if name in chart.emphasis), 0)
    made = listed([(series.name, series.values[chosen]) for series in chart.series], language)
    first = phrase("stacked.first", language, name=chart.categories[chosen], parts=made)
    body = sentence((counted(len(items), language), parts, *extremes(items, language)), language)
    return closed(opening(chart, language) + body + sentence((first,), language))


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return the parts that are not nothing, where there is room, and the totals; two of these are described."""
    parts = (number for number in each_value(chart, optional=True) if value_at(chart, number.of[0]).amount)
    ends = ends_of(totals(chart))
    sums = (
        ChartNumber(
            sum_key(place), tuple((index, place) for index in range(len(chart.series))), "sum", described=place in ends
        )
        for place in range(len(chart.categories))
    )
    return (*parts, *sums)


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for one row for each category and a key above."""
    return rows_height(chart.categories, width, faces) + 2 * _MARGIN + key_height(chart, width, faces)


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the parts' names above, categories at the left, bars of parts, and totals at their ends."""
    look = canvas.look
    top = key_height(chart, canvas.width, look.faces) + _MARGIN
    rows = lay_rows(chart.categories, canvas.width, top, canvas.height - _MARGIN, look.faces)
    print_names(canvas, rows, chart.categories, chart.emphasis)
    words = printed(totals(chart), look.language, among=all_values(chart))
    room = look.faces.widest(words, TEXT, strong=True) + GAP + _BLEED
    longest = max(length(chart, place) for place in range(len(words)))
    scale = Scale(0.0, longest or 1.0, rows.names_end + GAP, canvas.width - room)
    for place, word in enumerate(words):
        end = draw_stack(canvas, chart, rows, scale, place)
        chosen = chart.categories[place] in chart.emphasis
        ink = look.accent if chosen else None
        canvas.text(end + GAP, rows.middles[place], word, colour=ink, strong=chosen, key=sum_key(place))
    name_parts(canvas, chart, rows, scale)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return the series as they are."""
    return beside(chart)


def twin(chart: Chart, look: Look, width: float) -> Twin:  # noqa: ARG001 -- Word breaks its names itself
    """Return bars whose parts lie end to end; the totals stand in the table alone.

    A bar for them that nobody sees would need an axis with a fixed end, which cuts off what a colleague makes longer,
    or a second pair of axes, which LibreOffice stacks upon the first.
    """
    parts = formatted_series(chart, look.language)
    formula = f"SUM(B@:{column_name(len(parts))}@)"
    wholes = [_whole([series.amounts[place] for series in parts], formula) for place in range(len(chart.categories))]
    rows = with_columns(table(chart.categories, parts), (phrase("chart.total", look.language),), (wholes,))
    axis = lengths(parts)
    return Twin("bar", chart.categories, as_parts(parts, look), rows, (axis,), grouping="stacked", legend="t")


def _whole(amounts: list[Decimal | None], formula: str) -> Formula | None:
    known = [amount for amount in amounts if amount is not None]
    return Formula(formula, sum(known, Decimal(0))) if len(known) == len(amounts) else None
