"""Columns, one for each category and series: values over time, or of a few categories beside each other.

``categories`` stand along the foot from left to right; columns of several ``series`` stand side by side, each in its
colour with a key above; ``emphasis`` the categories (of one series) or series in the accent. A value that is not known
is "—"; negative ones hang below zero. Values are printed at the ends of the columns where there is room.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import fault
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.scales import from_zero
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import all_values, printed, style_beside
from clusterreport.charts.painters.canvas import SMALL, TEXT
from clusterreport.charts.painters.keys import ROW, Sample, draw_key, key_rows
from clusterreport.charts.painters.periods import foot_height, print_periods
from clusterreport.charts.sentences import by_series, ranked
from clusterreport.charts.statements import beside, each_value, extreme_places, key_of, known_places
from clusterreport.charts.twins import Twin, at_ends, lengths, table
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Mapping

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
_AWAY: Final = 2.3
_SHARES: Final = (0.64, 0.88)
"""What the columns of one category take of its room: usually, and where their values would not find room otherwise."""
_BROADEST: Final = 14.0  # millimetres, of two columns of one category
_SPARE: Final = 0.8
_FULL_WIDTH: Final = 156.0  # millimetres, of a chart that stands alone
_DIGIT, _POINT = 1.5, 0.5  # millimetres of a small figure, and what of it a point takes
_TWO_FIGURES: Final = 10
_SEAM: Final = 0.15


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
    described = extreme_places(chart) if len(chart.series) == 1 else known_places(chart)
    return each_value(chart, described=described, optional=True, decimals=_decimals(chart))


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return a height that suits columns, and room for the names below and the key above."""
    names = foot_height(chart.categories, _middles(chart, width), width, faces)
    return min(50.0, 0.2 * width + 24.0) + names + _key_height(chart, width, faces)


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the key, the columns with their values, the line of zero, and the names at the foot."""
    look, xs, values = canvas.look, _middles(chart, canvas.width), all_values(chart)
    top = _key_height(chart, canvas.width, look.faces)
    if top:
        samples = [Sample(series.name, _colour(canvas, chart, place, "")) for place, series in enumerate(chart.series)]
        draw_key(canvas, samples, 0, 0, canvas.width)
    base = canvas.height - foot_height(chart.categories, xs, canvas.width, look.faces)
    negative = any(value.amount is not None and value.amount < 0 for value in values)
    up = from_zero(values, base - (_LABEL if negative else 0), top + _LABEL)
    print_periods(canvas, chart.categories, xs, base)
    sizes = labelled(chart, canvas.width, look)
    for place in range(len(chart.categories)):
        _draw_category(canvas, chart, place, up, sizes)
    canvas.line(((0, up(0)), (canvas.width, up(0))), look.rule, 0.8)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return the series as they are."""
    return beside(chart)


def twin(chart: Chart, look: Look, width: float) -> Twin:
    """Return columns with the values that the PDF prints; emphasised categories (of one series) or series stand out."""
    parts, single = formatted_series(chart, look.language, decimals=_decimals(chart)), len(chart.series) == 1
    roomy = labelled(chart, width, look)
    chosen = [place for place, name in enumerate(chart.categories) if single and name in chart.emphasis]
    columns = tuple(
        at_ends(
            series,
            place,
            look.accent if part.name in chart.emphasis else look.of_series(place),
            accent=look.accent,
            chosen=chosen,
            silent=frozenset(point for point in range(len(chart.categories)) if (place, point) not in roomy),
        )
        for place, (series, part) in enumerate(zip(parts, chart.series, strict=True))
    )
    rows = table(chart.categories, parts)
    return Twin("column", chart.categories, columns, rows, (lengths(parts),), legend="" if single else "t")


def labelled(chart: Chart, width: float, look: Look) -> dict[tuple[int, int], float]:
    """Return by series and category the values that are printed, where neighbours leave room: in which size."""
    count = len(chart.series)
    room = width / len(chart.categories) if count == 1 else _group(chart, width, look) / count + _SPARE
    return {
        (place % count, place // count): size
        for place, word in enumerate(_words(chart, look))
        for size in (SMALL, TEXT)
        if look.faces.width(word, size, strong=True) + _SPARE <= room
    }


def _words(chart: Chart, look: Look) -> tuple[str, ...]:
    """Return the values as they are printed, those of the first category first."""
    each = [series.values[place] for place in range(len(chart.categories)) for series in chart.series]
    return printed(each, look.language, decimals=_decimals(chart))


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


def _draw_category(canvas: Canvas, chart: Chart, place: int, up: Scale, sizes: Mapping[tuple[int, int], float]) -> None:
    """Draw the columns of one category with their values."""
    count, group = len(chart.series), _group(chart, canvas.width, canvas.look)
    middle = _middles(chart, canvas.width)[place]
    own, decimals = [series.values[place] for series in chart.series], _decimals(chart)
    words = printed(own, canvas.look.language, among=all_values(chart), decimals=decimals)
    for index, (series, word) in enumerate(zip(chart.series, words, strict=True)):
        x, amount = middle + group * ((index + 0.5) / count - 0.5), series.values[place].amount or 0
        half, end = group / count / 2 - (_SEAM if count > 1 else 0), up(amount)
        colour = _colour(canvas, chart, index, chart.categories[place])
        if amount:
            canvas.rectangle(Box(x - half, min(up(0), end), x + half, max(up(0), end)), colour)
        if (index, place) in sizes:
            y, chosen = end + (_AWAY if amount < 0 else -_AWAY), colour == canvas.look.accent
            ink, size = colour if chosen else None, sizes[index, place]
            canvas.text(x, y, word, size=size, align="center", colour=ink, strong=chosen, key=key_of(index, place))


def _group(chart: Chart, width: float, look: Look) -> float:
    """Return how broad the columns of one category are together."""
    count, (usual, broad) = len(chart.series), (width / len(chart.categories) * share for share in _SHARES)
    group = min(usual, _BROADEST * min(count, 2))
    needed = (max(look.faces.width(word, SMALL, strong=True) for word in _words(chart, look)) + _SPARE) * count
    return needed if count > 1 and group < needed <= broad else group


def _middles(chart: Chart, width: float) -> tuple[float, ...]:
    pitch = width / len(chart.categories)
    return tuple(pitch * (place + 0.5) for place in range(len(chart.categories)))


def _key_height(chart: Chart, width: float, faces: Faces) -> float:
    if len(chart.series) == 1:
        return 0.0
    return ROW * len(key_rows([series.name for series in chart.series], width, faces)) + _BELOW_KEY


def _colour(canvas: Canvas, chart: Chart, place: int, category: str) -> str:
    chosen = category if len(chart.series) == 1 else chart.series[place].name
    return canvas.look.accent if chosen in chart.emphasis else canvas.look.of_series(place)
