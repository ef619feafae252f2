"""Columns, one for each category and series: values over time, or of a few categories beside each other.

``categories`` stand along the foot from left to right; columns of several ``series`` stand side by side, each in its
colour with a key above; ``emphasis`` the categories (of one series) or series in the accent. A value that is not known
is "—"; negative ones hang below zero. Values are printed at the ends of the columns where there is room, those of the
largest first; where some find none, an axis stands at the left.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.checking import fault
from clusterreport.charts.layout.columns import AWAY, PlacedColumn, column_labels, inside
from clusterreport.charts.layout.scales import from_zero, known_amounts, round_ticks
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import all_large, all_values, printed, style_beside
from clusterreport.charts.painters.canvas import SMALL, TEXT
from clusterreport.charts.painters.keys import ROW, Sample, draw_key, key_rows
from clusterreport.charts.painters.periods import foot_height, print_periods
from clusterreport.charts.sentences import by_series, ranked
from clusterreport.charts.statements import beside, each_value, key_of, known_places, told_places
from clusterreport.charts.twins import Twin, at_ends, lengths, table
from clusterreport.locale import BASE
from clusterreport.messages import message
from clusterreport.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clusterreport.charts.layout.scales import Scale
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.document.model import Chart, ChartNumber, PlottedSeries
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

MIN_HEIGHT_RATIO: Final = 0.65
MOST: Final = 36
"""How many columns a chart may have: more are lines of ink, and only some of their values find room."""

_BELOW_KEY: Final = 1.0
_LABEL: Final = 4.4
_SHARES: Final = (0.64, 0.88)
"""What the columns of one category take of its room: usually, and where their values would not find room otherwise."""
_BROADEST: Final = 14.0  # millimetres, of two columns of one category
_SPARE: Final = 0.8
_FULL_WIDTH: Final = 156.0  # millimetres, of a chart that stands alone
_DIGIT, _POINT = 1.5, 0.5  # millimetres of a small figure, and what of it a point takes
_TWO_FIGURES: Final = 10
_SEAM: Final = 0.15
_TICKS: Final = 5
_TICK_GAP: Final = 2.0
_FULL: Final = 100.0  # millimetres, from which on a chart counts as one of the full width
_LEAST_PLOTS: Final = (12.0, 20.0)  # millimetres that columns of narrow and of other charts have at least


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem where there are too many columns to tell apart."""
    count = len(chart.series) * len(chart.categories)
    if count <= MOST:
        return ()
    problem = message("a column chart takes at most {most} columns, and it has {count}", most=MOST, count=count)
    return (fault(chart, problem, message("Use bar for many categories, slope for many periods.")),)


def describe(chart: Chart, language: Language) -> str:
    """Return the extremes of one series, or the values of each of several."""
    if len(chart.series) == 1:
        return ranked(chart, chart.series[0], language)
    return by_series(chart, language)


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return each value, printed where its neighbours leave room."""
    described = told_places(chart) if len(chart.series) == 1 else known_places(chart)
    return each_value(chart, described=described, optional=True, decimals=_decimals(chart))


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return a height that suits columns, and room for the names below and the key above."""
    plan = _plan(chart, width, faces, BASE)
    names = foot_height(chart.categories, plan.middles, width, faces)
    return min(50.0, 0.2 * width + 24.0) + names + _key_height(chart, width, faces)


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the key, the columns with their values, the line of zero, and the names at the foot."""
    look, values = canvas.look, all_values(chart)
    plan = _plan(chart, canvas.width, look.faces, look.language)
    top = _key_height(chart, canvas.width, look.faces)
    if top:
        samples = [Sample(series.name, _colour(canvas, chart, place, "")) for place, series in enumerate(chart.series)]
        draw_key(canvas, samples, 0, 0, canvas.width)
    base = canvas.height - foot_height(chart.categories, plan.middles, canvas.width, look.faces)
    negative = any(value.amount is not None and value.amount < 0 for value in values)
    up = from_zero(values, base - (_LABEL if negative else 0), top + _LABEL)
    print_periods(canvas, chart.categories, plan.middles, base)
    _draw_axis(canvas, plan, up)
    for column in _columns(chart, plan, up, look.language):
        _draw_column(canvas, chart, plan, column)
    canvas.line(((plan.left, up(0)), (canvas.width, up(0))), look.rule, 0.8)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return the series as they are."""
    return beside(chart)


def twin(chart: Chart, look: Look, width: float) -> Twin:
    """Return columns with the values that the PDF prints; emphasised categories (of one series) or series stand out."""
    parts, single = formatted_series(chart, look.language, decimals=_decimals(chart)), len(chart.series) == 1
    plan = _plan(chart, width, look.faces, look.language)
    chosen = [place for place, name in enumerate(chart.categories) if single and name in chart.emphasis]
    fills = [look.accent if part.name in chart.emphasis else look.of_series(at) for at, part in enumerate(chart.series)]
    columns = tuple(
        at_ends(
            series,
            place,
            fills[place],
            edge=look.edge_of(fills[place]),
            accent=look.accent,
            chosen=chosen,
            silent=frozenset(point for point in range(len(chart.categories)) if (place, point) not in plan.sizes),
        )
        for place, series in enumerate(parts)
    )
    rows, axis = table(chart.categories, parts), lengths(parts)
    axes = (replace(axis, shown=True, code="#,##0.##") if plan.ticks else axis,)
    return Twin("column", chart.categories, columns, rows, axes, legend="" if single else "t")


class _Plan(NamedTuple):
    """What stands where across: the axis's room at the left, the categories, a category's columns, printed values.

    ``ticks`` are the amounts of the axis with their words, where not all values are printed.
    """

    left: float
    width: float
    middles: tuple[float, ...]
    group: float
    sizes: Mapping[tuple[int, int], float]
    ticks: tuple[tuple[Decimal, str], ...] = ()


def _plan(chart: Chart, width: float, faces: Faces, language: Language) -> _Plan:
    """Return the plan of a chart; an axis stands at the left where not all values find room."""
    plan = _planned(chart, 0.0, width, faces, language)
    values = all_values(chart)
    if len(plan.sizes) == len(values) or all_large(values):
        return plan
    ticks = _ticks(values, language)
    left = faces.widest([word for _, word in ticks], SMALL) + _TICK_GAP
    return _planned(chart, left, width, faces, language)._replace(ticks=ticks)


def _planned(chart: Chart, left: float, width: float, faces: Faces, language: Language) -> _Plan:
    pitch = (width - left) / len(chart.categories)
    middles = tuple(left + pitch * (place + 0.5) for place in range(len(chart.categories)))
    group = _group(chart, pitch, max(faces.width(word, SMALL, strong=True) for word in _words(chart, language)))
    plan = _Plan(left, width, middles, group, {})
    # At the least height that the chart may have: at a larger one values only come farther apart.
    least = _LEAST_PLOTS[width >= _FULL]
    columns = _columns(chart, plan, from_zero(all_values(chart), least, 0.0), language)
    return plan._replace(sizes=column_labels(columns, (left, width), (TEXT, SMALL), faces))


def _columns(chart: Chart, plan: _Plan, up: Scale, language: Language) -> list[PlacedColumn]:
    """Return the columns from left to right, with their values as they are printed."""
    count, words, found = len(chart.series), _words(chart, language), []
    half = plan.group / count / 2 - (_SEAM if count > 1 else 0)
    for place, middle in enumerate(plan.middles):
        for index, series in enumerate(chart.series):
            amount = series.values[place].amount or Decimal(0)
            x = middle + plan.group * ((index + 0.5) / count - 0.5)
            word = words[place * count + index]
            found.append(PlacedColumn((index, place), x, half, (up(0), up(amount)), word, amount < 0))
    return found


def _ticks(values: Sequence[Quantity], language: Language) -> tuple[tuple[Decimal, str], ...]:
    """Return round amounts along the columns with their words."""
    amounts = (*known_amounts(values), Decimal(0))
    low, high = min(amounts), max(amounts)
    ticks = [tick for tick in round_ticks(low, high, _TICKS) if low <= tick <= high]
    decimals = max(0, *(-int(tick.normalize().as_tuple().exponent) for tick in ticks))
    said = [Quantity(tick, values[0].unit, values[0].basis) for tick in ticks]
    words = printed(said, language, decimals=decimals)
    return tuple(zip(ticks, (word.rstrip("*%") for word in words), strict=True))


def _draw_axis(canvas: Canvas, plan: _Plan, up: Scale) -> None:
    """Draw thin lines at round amounts, each named at the left: by these a column without a value can be read."""
    look = canvas.look
    for tick, word in plan.ticks:
        canvas.line(((plan.left, up(tick)), (canvas.width, up(tick))), look.rule, 0.3, layer=1)
        canvas.text(plan.left - _TICK_GAP / 2, up(tick), word, size=SMALL, colour=look.soft, align="right")


def _words(chart: Chart, language: Language) -> tuple[str, ...]:
    """Return the values as they are printed, those of the first category first."""
    each = [series.values[place] for place in range(len(chart.categories)) for series in chart.series]
    return printed(each, language, decimals=_decimals(chart))


def _decimals(chart: Chart) -> int | None:
    """Return with how many decimals columns beside each other find room for their values; None: as values ask for.

    A value is not shortened to fewer than two figures, and none where a single series has the room of its categories.
    """
    values = all_values(chart)
    usual = style_beside(values)
    known = [abs(value.amount) for value in values if value.amount]
    counted = usual.unit or any(value.unit.kind == "count" for value in values)
    if len(chart.series) == 1 or not usual.decimals or counted or min(known, default=Decimal(0)) < _TWO_FIGURES:
        return None
    room = _FULL_WIDTH * _SHARES[1] / (len(chart.series) * len(chart.categories)) - _SPARE
    whole = len(f"{max(known):.0f}") * _DIGIT
    needs = {places: whole + _DIGIT * (places + (_POINT if places else 0)) for places in range(usual.decimals + 1)}
    fitting = [places for places, need in needs.items() if need <= room]
    return max(fitting) if fitting and max(fitting) < usual.decimals else None


def _draw_column(canvas: Canvas, chart: Chart, plan: _Plan, column: PlacedColumn) -> None:
    """Draw a column with its value, if it is printed."""
    look, (index, place) = canvas.look, column.key
    colour = _colour(canvas, chart, index, chart.categories[place])
    if column.span[0] != column.span[1]:
        canvas.rectangle(column.body, colour, edge=look.edge_of(colour))
    if column.key in plan.sizes:
        size, chosen = plan.sizes[column.key], colour == look.accent
        x = inside(column.x, look.faces.width(column.word, size, strong=True), (plan.left, plan.width))
        y = column.span[1] + (AWAY if column.hangs else -AWAY)
        ink, key = colour if chosen else None, key_of(index, place)
        canvas.text(x, y, column.word, size=size, align="center", colour=ink, strong=chosen, key=key)


def _group(chart: Chart, pitch: float, widest: float) -> float:
    """Return how broad the columns of one category are together."""
    count, (usual, broad) = len(chart.series), (pitch * share for share in _SHARES)
    group = min(usual, _BROADEST * min(count, 2))
    needed = (widest + _SPARE) * count
    return needed if count > 1 and group < needed <= broad else group


def _key_height(chart: Chart, width: float, faces: Faces) -> float:
    if len(chart.series) == 1:
        return 0.0
    return ROW * len(key_rows([series.name for series in chart.series], width, faces)) + _BELOW_KEY


def _colour(canvas: Canvas, chart: Chart, place: int, category: str) -> str:
    chosen = category if len(chart.series) == 1 else chart.series[place].name
    return canvas.look.accent if chosen in chart.emphasis else canvas.look.of_series(place)
