"""Lines from period to period, with a value at each point and a name at each end.

``categories`` are the periods, as far apart as they are (evenly, where they are none in their order); each ``series``
is one line: the first is solid, later ones are dashed; ``emphasis`` the lines in the accent. A value that is not known
is a gap: its neighbours are not joined. Heights count from zero, and the only line across stands there. Where lines
meet, what they share is printed once. More than six lines stand each in a panel of its own before the others in grey.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.layout.placing import spread
from clusterreport.charts.layout.scales import from_zero, known_amounts
from clusterreport.charts.layout.timing import is_uneven, times_of
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import SMALL, TEXT, line_pitch
from clusterreport.charts.painters.panels import draw_panels, is_many, panel_numbers, panels_height
from clusterreport.charts.painters.periods import FOOT, foot_height, print_periods
from clusterreport.charts.sentences import by_series, closed, trend
from clusterreport.charts.statements import beside, each_value, key_of, known_places
from clusterreport.charts.twins import Labels, LineLook, Marker, PointLabel, Twin, TwinSeries, lengths, table
from clusterreport.data.periods import spacing
from clusterreport.locale import BASE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.layout.scales import Scale
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.number_formats import FormattedSeries
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.charts.twins import Side
    from clusterreport.document.model import Chart, ChartNumber, Place, PlottedSeries, Series
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem
    from clusterreport.quantity import Quantity

TOP: Final = "series"
MIN_HEIGHT_RATIO: Final = 0.65
_TOP: Final = 4.6
_GAP: Final = 2.0
_OVERHANG: Final = 1.6  # of the line of zero beyond the points: it stops before the values beside them
_RADIUS: Final = 1.15
_FROM_POINT: Final = 3.2  # millimetres from a point to the middle of its value
_CLEAR: Final = 0.5  # of that way, from which on a line runs into the value
_NAMES_SHARE: Final = 0.3
_PLOT_SHARE: Final = 0.62


class _End(NamedTuple):
    """What stands at one end of a line: beside which point, the value and the name in lines, and their colour."""

    y: float
    value: tuple[str, ...]
    name: tuple[str, ...]
    colour: str
    key: str


def problems(chart: Chart) -> tuple[Problem, ...]:  # noqa: ARG001 -- gaps, single periods and negative values are drawn
    """Return nothing: all series of values can be shown."""
    return ()


def describe(chart: Chart, language: Language) -> str:
    """Return the known values of each line, period by period, and whether it ends higher than it began."""
    told, way = by_series(chart, language), trend(chart, language)
    return closed(told + ("" if language == BASE else " ") + way) if way else told


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:
    """Return the values at both ends, those that meet at the first as one, and those between, which need room."""
    if is_many(chart):
        return panel_numbers(chart, unit=_with_unit(chart))
    told, last = known_places(chart), len(chart.categories) - 1
    shared: dict[str, list[Place]] = {}
    for index, series in enumerate(chart.series):
        if last and (index, 0) in told:
            shared.setdefault(_said(series.values[0], chart, language), []).append((index, 0))
    first = {places[0]: tuple(places) for places in shared.values()}
    return tuple(
        replace(number, of=first.get(number.of[0], number.of), optional=0 < number.of[0][1] < last)
        for number in each_value(chart, described=told, unit=_with_unit(chart))
        if number.of[0] in first or number.of[0][1] == last or (number.of[0][1] and number.of[0] in told)
    )


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return a height that keeps slopes moderate, more where many lines end at the right."""
    if is_many(chart):
        return panels_height(chart, width, faces)
    lines = len(chart.series) * 2 * line_pitch(TEXT) + 2 * _TOP
    foot = foot_height(chart.categories, _periods(chart, width, faces, "zh"), width, faces)
    return max(min(62.0, 0.2 * width + 31.0), lines) + foot - FOOT


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the foot line with the periods, then each line with its values."""
    if is_many(chart):
        draw_panels(canvas, chart, unit=_with_unit(chart))
        return
    look = canvas.look
    xs = _periods(chart, canvas.width, look.faces, look.language)
    base = canvas.height - foot_height(chart.categories, xs, canvas.width, look.faces)
    up = from_zero(all_values(chart), base - 1.5, _TOP)
    canvas.line(((xs[0] - _OVERHANG, up(0)), (xs[-1] + _OVERHANG, up(0))), look.rule, 0.8, layer=1)
    print_periods(canvas, chart.categories, xs, base)
    for place in reversed(range(len(chart.series))):
        _draw_line(canvas, chart, place, xs, up)
    _draw_ends(canvas, chart, xs, up, first=False)
    if len(xs) > 1:
        _draw_ends(canvas, chart, xs, up, first=True)
        _draw_between(canvas, chart, xs, up)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return the series as they are, none where Word shows a picture of panels."""
    return () if is_many(chart) else beside(chart, timed=is_uneven(chart.categories))


def twin(chart: Chart, look: Look, width: float) -> Twin | None:  # noqa: ARG001 -- Word spreads its periods itself
    """Return one line for each series, the first whole, the others dashed; a gap is bridged by nothing."""
    if is_many(chart):
        return None
    lines = formatted_series(chart, look.language, unit=_with_unit(chart))
    drawn = tuple(_twin_line(chart, place, series, look) for place, series in enumerate(lines))
    times = times_of(chart.categories, look.language)
    rows = table(times.days if times else chart.categories, lines)
    return Twin("line", chart.categories, drawn, rows, (lengths(lines),), legend="b", times=times)


def _twin_line(chart: Chart, place: int, series: FormattedSeries, look: Look) -> TwinSeries:
    colour = _colour(look, chart, place)
    sides: list[Side] = ["t" if _is_above(chart, place, point) else "b" for point in range(len(chart.categories))]
    own = tuple(
        PointLabel(point, series.own.get(point, series.code), side=side, colour=look.text_of(colour))
        for point, side in enumerate(sides)
        if side != "t" or point in series.own
    )
    return TwinSeries(
        series.name,
        series.amounts,
        series.code,
        place + 1,
        line=LineLook(colour, 2.2, dashed=place > 0),
        marker=Marker("circle", 7, colour, LineLook(colour, 1.2)),
        labels=Labels(series.code, "t", look.text_of(colour), own),
    )


def _is_above(chart: Chart, place: int, point: int) -> bool:
    """Tell whether a line is the highest at a point; of lines that meet there, the first is."""
    amounts = [series.values[point].amount for series in chart.series]
    own = amounts[place]
    return own is None or all(
        other is None or own > other or (own == other and place <= index) for index, other in enumerate(amounts)
    )


def _periods(chart: Chart, width: float, faces: Faces, language: Language) -> tuple[float, ...]:
    """Return the places of the periods, with room for values and names at the ends."""
    values = _broadest_value(chart, width, faces, language)
    names = min(faces.widest([series.name for series in chart.series], TEXT, strong=True), width * _NAMES_SHARE)
    left, right = values + 2 * _GAP + _RADIUS, width - max(names, values) - 2 * _GAP - _RADIUS
    count = len(chart.categories)
    spare = max(right - left - max(width * _PLOT_SHARE, 20 * count), 0) / 2
    if count == 1:
        return ((left + right) / 2,)
    return tuple(left + spare + (right - left - 2 * spare) * place for place in spacing(chart.categories))


def _broadest_value(chart: Chart, width: float, faces: Faces, language: Language) -> float:
    """Return how broad the values at an end may be; what is broader is broken into lines."""
    words = printed(all_values(chart), language, unit=_with_unit(chart))
    return min(faces.widest(words, TEXT, strong=True), width * _NAMES_SHARE)


def _draw_line(canvas: Canvas, chart: Chart, place: int, xs: tuple[float, ...], up: Scale) -> None:
    series, colour = chart.series[place], _colour(canvas.look, chart, place)
    points = _points(series, xs, up)
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
        key = key_of(place, 0 if first else len(chart.categories) - 1)
        end = _End(y, said, name, canvas.look.text_of(_colour(canvas.look, chart, place)), key)
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
            line, key = top + index * line_pitch(TEXT), end.key if strong else ""
            canvas.beside(x, line, words, away, colour=end.colour, strong=strong, key=key)


def _draw_between(canvas: Canvas, chart: Chart, xs: tuple[float, ...], up: Scale) -> None:
    """Print the values of the inner periods over (upper line) or under (lower lines) their points, if there is room."""
    for column in range(1, len(xs) - 1):
        known = [
            (series.values[column], place) for place, series in enumerate(chart.series) if series.values[column].known
        ]
        known.sort(key=lambda item: -float(item[0].amount or 0))
        for rank, (value, place) in enumerate(known):
            word = _said(value, chart, canvas.look.language)
            away = -_FROM_POINT if rank == 0 else _FROM_POINT
            y, half = up(value.amount or 0) + away, canvas.look.faces.width(word, SMALL) / 2
            x = xs[column] + _aside(_points(chart.series[place], xs, up), column, half, away)
            box = canvas.text_box(x, y, word, size=SMALL, align="center")
            clear = all(
                box.right < b.left or b.right < box.left or box.bottom < b.top or b.bottom < box.top
                for b, _ in canvas.texts
            )
            if clear and rank < 2 and y < up.start:  # noqa: PLR2004 -- above the upper and below the next
                colour = canvas.look.text_of(_colour(canvas.look, chart, place))
                canvas.text(
                    x, y, word, size=SMALL, align="center", colour=colour, ground=canvas.look.paper,
                    key=key_of(place, column),
                )  # fmt: skip


def _aside(points: Sequence[tuple[float, float] | None], column: int, half: float, away: float) -> float:
    """Return how far to move a value sideways whose own line would run through it on one side of its point."""
    own = points[column]

    def struck(neighbour: tuple[float, float] | None) -> bool:
        if neighbour is None or own is None:
            return False
        rise = (neighbour[1] - own[1]) * half / abs(neighbour[0] - own[0])  # at the edge of the value
        return rise / away > _CLEAR

    before, behind = struck(points[column - 1]), struck(points[column + 1])
    return 0.0 if before == behind else half if before else -half


def _points(series: Series, xs: tuple[float, ...], up: Scale) -> list[tuple[float, float] | None]:
    """Return where the values of a line lie, None where one is not known."""
    return [None if v.amount is None else (x, up(v.amount)) for x, v in zip(xs, series.values, strict=True)]


def _last_known(values: tuple[Quantity, ...], up: Scale) -> float:
    amounts = known_amounts(values)
    return up(amounts[-1]) if amounts else up.start


def _colour(look: Look, chart: Chart, place: int) -> str:
    if chart.series[place].name in chart.emphasis:
        return look.accent
    dark = (0, 2, 4, 3, 1)  # a line of the pale second colour would hardly be seen
    return look.line_of(look.of_series(dark[place % len(dark)]))


def _said(value: Quantity, chart: Chart, language: Language) -> str:
    return printed((value,), language, unit=_with_unit(chart), among=all_values(chart))[0]


def _with_unit(chart: Chart) -> bool:
    return chart.series[0].values[0].unit.kind == "share"
