"""Lines from period to period, with a value at each point and a name at each end.

``categories`` are the periods, evenly apart (those of ``line`` keep their distances); each ``series`` is one line: the
first is solid, later ones are dashed; ``emphasis`` the lines in the accent. A value that is not known is a gap: its
neighbours are not joined. Heights count from zero (or from the least, where that is negative). Where lines meet, what
they share is printed once.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.drawing.canvas import SMALL, TEXT, line_pitch
from clusterreport.charts.drawing.numbers import all_values, printed
from clusterreport.charts.drawing.periods import FOOT, foot_height, print_periods
from clusterreport.charts.drawing.placing import spread
from clusterreport.charts.drawing.scales import from_zero, known_amounts
from clusterreport.charts.drawing.sentences import by_series
from clusterreport.data.periods import spacing

if TYPE_CHECKING:
    from clusterreport.charts.drawing.canvas import Canvas
    from clusterreport.charts.drawing.measuring import Faces
    from clusterreport.charts.drawing.scales import Scale
    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem
    from clusterreport.quantity import Quantity

MIN_HEIGHT_RATIO: Final = 0.65
_TOP: Final = 4.6
_GAP: Final = 2.0
_OVERHANG: Final = 8.0
_RADIUS: Final = 1.15
_NAMES_SHARE: Final = 0.3
_PLOT_SHARE: Final = 0.62


class _End(NamedTuple):
    """What stands at one end of a line: beside which point, the value and the name in lines, and their colour."""

    y: float
    value: tuple[str, ...]
    name: tuple[str, ...]
    colour: str


def problems(chart: Chart) -> tuple[Problem, ...]:  # noqa: ARG001 -- gaps, single periods and negative values are drawn
    """Return nothing: all series of values can be shown."""
    return ()


def describe(chart: Chart, language: Language) -> str:
    """Return the known values of each line, period by period."""
    return by_series(chart, language)


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return a height that keeps slopes moderate, more where many lines end at the right."""
    lines = len(chart.series) * 2 * line_pitch(TEXT) + 2 * _TOP
    foot = foot_height(chart.categories, _periods(chart, width, faces, "zh"), width, faces)
    return max(min(62.0, 0.2 * width + 31.0), lines) + foot - FOOT


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the foot line with the periods, then each line with its values."""
    look = canvas.look
    xs = _periods(chart, canvas.width, look.faces, look.language)
    base = canvas.height - foot_height(chart.categories, xs, canvas.width, look.faces)
    up = from_zero(all_values(chart), base - 1.5, _TOP)
    canvas.line(((max(xs[0] - _OVERHANG, 0), base), (min(xs[-1] + _OVERHANG, canvas.width), base)), look.rule, 0.8)
    print_periods(canvas, chart.categories, xs, base)
    for place in reversed(range(len(chart.series))):
        _draw_line(canvas, chart, place, xs, up)
    _draw_ends(canvas, chart, xs, up, first=False)
    if len(xs) > 1:
        _draw_ends(canvas, chart, xs, up, first=True)
        _draw_between(canvas, chart, xs, up)


def _periods(chart: Chart, width: float, faces: Faces, language: Language) -> tuple[float, ...]:
    """Return the places of the periods, with room for values and names at the ends."""
    values = _broadest_value(chart, width, faces, language)
    names = min(faces.widest([series.name for series in chart.series], TEXT, strong=True), width * _NAMES_SHARE)
    left, right = values + 2 * _GAP + _RADIUS, width - max(names, values) - 2 * _GAP - _RADIUS
    count = len(chart.categories)
    spare = max(right - left - max(width * _PLOT_SHARE, 20 * count), 0) / 2
    if count == 1:
        return ((left + right) / 2,)
    if chart.kind == "line":
        return tuple(left + spare + (right - left - 2 * spare) * place for place in spacing(chart.categories))
    return tuple(left + spare + (right - left - 2 * spare) * place / (count - 1) for place in range(count))


def _broadest_value(chart: Chart, width: float, faces: Faces, language: Language) -> float:
    """Return how broad the values at an end may be; what is broader is broken into lines."""
    words = printed(all_values(chart), language, unit=_with_unit(chart))
    return min(faces.widest(words, TEXT, strong=True), width * _NAMES_SHARE)


def _draw_line(canvas: Canvas, chart: Chart, place: int, xs: tuple[float, ...], up: Scale) -> None:
    series, colour = chart.series[place], _colour(canvas, chart, place)
    points = [None if v.amount is None else (x, up(v.amount)) for x, v in zip(xs, series.values, strict=True)]
    for one, other in pairwise(points):
        if one is not None and other is not None:
            canvas.line((one, other), colour, 1.4 if place else 1.8, dashes=(4, 2.4) if place else ())
    for point in points:
        if point is not None:
            canvas.mark(*point, _RADIUS, colour)


def _draw_ends(canvas: Canvas, chart: Chart, xs: tuple[float, ...], up: Scale, *, first: bool) -> None:
    """Print the values at one end, and at the right end the names too."""
    at, faces, language = 0 if first else -1, canvas.look.faces, canvas.look.language
    broadest = _broadest_value(chart, canvas.width, faces, language)
    ends: list[_End] = []
    for place, series in enumerate(chart.series):
        value = series.values[at]
        if value.amount is None and first:
            continue
        y = up(value.amount) if value.amount is not None else _last_known(series.values, up)
        said = faces.wrapped(_said(value, chart, language), TEXT, broadest)
        name = () if first else faces.wrapped(series.name, TEXT, canvas.width - xs[-1] - _GAP - _RADIUS, 2)
        end = _End(y, said, name, _colour(canvas, chart, place))
        if not any(first and end.value == other.value for other in ends):
            ends.append(end)
    ends.sort(key=lambda end: end.y)
    sizes = [len(end.value + end.name) * line_pitch(TEXT) + 0.6 for end in ends]
    middles = spread([end.y for end in ends], sizes, 0.0, up.start + FOOT / 2)
    x, away = (xs[0], -_GAP - _RADIUS) if first else (xs[-1], _GAP + _RADIUS)
    for end, y in zip(ends, middles, strict=True):
        top = y - line_pitch(TEXT) * (len(end.value + end.name) - 1) / 2
        for index, words in enumerate(end.value + end.name):
            strong = index < len(end.value)
            canvas.beside(x, top + index * line_pitch(TEXT), words, away, colour=end.colour, strong=strong)


def _draw_between(canvas: Canvas, chart: Chart, xs: tuple[float, ...], up: Scale) -> None:
    """Print the values of the inner periods over (upper line) or under (lower lines) their points, if there is room."""
    for column in range(1, len(xs) - 1):
        known = [
            (series.values[column], place) for place, series in enumerate(chart.series) if series.values[column].known
        ]
        known.sort(key=lambda item: -float(item[0].amount or 0))
        for rank, (value, place) in enumerate(known):
            word = _said(value, chart, canvas.look.language)
            y = up(value.amount or 0) + (-3.2 if rank == 0 else 3.2)
            box = canvas.text_box(xs[column], y, word, size=SMALL, align="center")
            clear = all(
                box.right < b.left or b.right < box.left or box.bottom < b.top or b.bottom < box.top
                for b, _ in canvas.texts
            )
            if clear and rank < 2 and y < up.start:  # noqa: PLR2004 -- above the upper and below the next
                colour = _colour(canvas, chart, place)
                canvas.text(xs[column], y, word, size=SMALL, align="center", colour=colour, ground=canvas.look.paper)


def _last_known(values: tuple[Quantity, ...], up: Scale) -> float:
    amounts = known_amounts(values)
    return up(amounts[-1]) if amounts else up.start


def _colour(canvas: Canvas, chart: Chart, place: int) -> str:
    if chart.series[place].name in chart.emphasis:
        return canvas.look.accent
    dark = (0, 2, 4, 3, 1)  # a line of the pale second colour would hardly be seen
    return canvas.look.of_series(dark[place % len(dark)])


def _said(value: Quantity, chart: Chart, language: Language) -> str:
    return printed((value,), language, unit=_with_unit(chart), among=all_values(chart))[0]


def _with_unit(chart: Chart) -> bool:
    return chart.series[0].values[0].unit.kind == "share"
