"""Points by two measures, each with its name where there is room.

Two ``series``: across and up (their names are the axes' titles); ``categories`` the points' names; ``groups`` their
classes, each with a mark of its own; ``emphasis`` the points in the accent, named first. A point of which one measure
is not known is not drawn; the description says how many. Names go to the largest points first and never collide.
"""

from __future__ import annotations

from decimal import Decimal
from statistics import correlation
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from clusterreport.charts.checking import series_fault
from clusterreport.charts.facts import made_of
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.scales import Scale, known_amounts, round_ticks
from clusterreport.charts.layout.sides import sides
from clusterreport.charts.measuring import POINT
from clusterreport.charts.numbers import axis_title, in_one_unit, printed
from clusterreport.charts.painters.canvas import SMALL
from clusterreport.charts.painters.keys import ROW, Sample, draw_key, key_rows
from clusterreport.charts.painters.labels import Name, print_names_of_marks
from clusterreport.charts.sentences import closed, counted, extremes, opening, sentence, with_value
from clusterreport.charts.statements import known_places
from clusterreport.charts.twins import Axis, Labels, Marker, PointLabel, PointLook, Twin, TwinSeries
from clusterreport.document.model import PlottedPoint, PlottedSeries, Reckoning
from clusterreport.locale import Label, phrase
from clusterreport.messages import message
from clusterreport.quantity import RATIO, Computed, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.layout.sides import Side
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas, Mark
    from clusterreport.charts.painters.look import Look
    from clusterreport.charts.twins import Symbol
    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

MIN_HEIGHT_RATIO: Final = 0.85
IN_ONE_UNIT: Final = True
"""The numbers of each measure stand along an axis, all in one unit."""

_MARKS: Final[tuple[Mark, ...]] = ("circle", "square", "triangle", "diamond")
_COLOURS: Final = (0, 2, 3, 4, 1)
_RADIUS: Final = 1.05
_TITLE: Final = 4.6
_FOOT: Final = 9.6
_TICKS: Final = 6
_FEWEST: Final = 4
_FEWEST_POINTS: Final = 3  # of which a correlation says something
_KEPT: Final = 10  # decimals of a quotient
_INSET: Final = (6.4, 4.6)  # room for marks at zero, and for names below them


_SYMBOLS: Final[tuple[Symbol, ...]] = ("circle", "square", "triangle", "diamond", "x", "star")
_STEPS: Final = tuple(Decimal(step) for step in ("1", "1.5", "2", "3", "5", "10"))


class _Axis(NamedTuple):
    values: tuple[Quantity, ...]
    ticks: tuple[Quantity, ...]
    title: str


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem unless there are two series."""
    return series_fault(chart, (message("a series across"), message("a series up")))


def describe(chart: Chart, language: Language) -> str:
    """Return how many points there are, and the extremes of both measures."""
    across, up = chart.series
    drawn = sum(a.known and b.known for a, b in zip(across.values, up.values, strict=True))
    missing = len(chart.categories) - drawn
    left_out = phrase("point.incomplete", language, count=missing)
    text = sentence((counted(len(chart.categories), language), left_out if missing else ""), language)
    for series in chart.series:
        items = tuple(zip(chart.categories, series.values, strict=True))
        parts = extremes(items, language)
        lead = phrase("point.measure", language, name=series.name, values=parts[0])
        text += sentence((lead, *parts[1:]), language)
    for found in derived(chart):
        text += sentence((with_value(phrase("point.correlation", language), found, language),), language)
    return closed(opening(chart, language) + text)


def derived(chart: Chart) -> tuple[Quantity, ...]:
    """Return Spearman's rank correlation of both measures, none of fewer than three points or of equal values."""
    across, up = (series.values for series in chart.series)
    pairs = [(x, y) for x, y in zip(across, up, strict=True) if x.known and y.known]
    columns = [[float(value.amount or 0) for value in column] for column in zip(*pairs, strict=True)]
    if len(pairs) < _FEWEST_POINTS or any(len(set(column)) == 1 for column in columns):
        return ()
    values = [value for pair in pairs for value in pair]
    least = min(value.confidence for value in values)
    basis = Computed(Label.of("point.correlation"), Label.of("point.correlation_how"), least, ())
    amount = Decimal(repr(round(correlation(*map(_ranks, columns)), _KEPT)))
    return (made_of(chart, "correlation", Quantity(amount, RATIO, basis), values),)


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- as every kind
    """Return nothing: no value is printed."""
    return ()


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for a plot less than half as high as wide, and a key if there are groups."""
    groups = tuple(dict.fromkeys(chart.groups))
    key = ROW * len(key_rows(groups, width, faces)) if groups else 0.0
    return 0.38 * width + _TITLE + _FOOT + key


def undrawn(chart: Chart) -> frozenset[int]:
    """Return the places of the points of which one measure is not known."""
    across, up = (series.values for series in chart.series)
    return frozenset(place for place, pair in enumerate(zip(across, up, strict=True)) if not all(v.known for v in pair))


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the key, both axes, the points and their names."""
    groups = tuple(dict.fromkeys(chart.groups))
    top = _draw_groups(canvas, groups) + _TITLE
    across, up = (_axis(chart, place, canvas) for place in (0, 1))
    left = canvas.look.faces.widest(printed(up.ticks, canvas.look.language), SMALL) + 2.0
    last = printed(across.ticks[-1:], canvas.look.language)
    right = canvas.width - max(canvas.look.faces.widest(last, SMALL) / 2, 1.5)
    plot = Box(left, top, right, canvas.height - _FOOT)
    to_x = _scale(across, plot.left + _INSET[0], plot.right)
    to_y = _scale(up, plot.bottom - _INSET[1], plot.top)
    _draw_axes(canvas, plot, (across, up), (to_x, to_y))
    points = {
        place: (to_x(x.amount), to_y(y.amount))
        for place, (x, y) in enumerate(zip(across.values, up.values, strict=True))
        if x.amount is not None and y.amount is not None
    }
    for place, (x, y) in points.items():
        chosen = chart.categories[place] in chart.emphasis
        kind = groups.index(chart.groups[place]) if groups else 0
        fill = canvas.look.accent if chosen else _colour(canvas, kind)
        canvas.mark(x, y, _RADIUS, fill, kind=_MARKS[kind % len(_MARKS)], edge=canvas.look.paper, edge_width=0.4)
    _draw_names(canvas, chart, plot, points)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:  # noqa: ARG001 -- no word of its own
    """Return one series for each group; all go through the same points, and none has a height at another's."""
    groups = chart.groups or ("",) * len(chart.categories)
    told = known_places(chart)
    places = [place for place in range(len(groups)) if {(0, place), (1, place)} <= told]
    return tuple(
        PlottedSeries(group or chart.series[1].name, tuple(
            PlottedPoint(
                chart.categories[place], Reckoning(((1, place),)) if groups[place] == group else None,
                Reckoning(((0, place),)),
            )
            for place in places
        ), crossed=True, measured=None if group else 1)
        for group in dict.fromkeys(groups[place] for place in places)
    )  # fmt: skip


def twin(chart: Chart, look: Look, width: float) -> Twin:  # noqa: ARG001 -- labels are placed on a plot of one size
    """Return points labelled with their category, a symbol and a colour for each group; unknown points are left out.

    All groups share the column of the first measure; each has a column of its own for the second.
    """
    across, up = (in_one_unit(series.values) for series in chart.series)
    titles = tuple(
        axis_title(series.name, values, look.language)
        for series, values in zip(chart.series, (across, up), strict=True)
    )
    points = [
        _TwinPoint(group or titles[1], name, x.amount, y.amount)
        for group, name, x, y in zip(chart.groups or ("",) * len(across), chart.categories, across, up, strict=True)
        if x.amount is not None and y.amount is not None
    ]
    groups = tuple(dict.fromkeys(point.group for point in points))
    reaches = [(point.x, point.y) for point in points] or [(Decimal(1), Decimal(1))]
    across_ends, up_ends = (_axis_ends(amounts) for amounts in zip(*reaches, strict=True))
    where = sides(
        [look.faces.width(point.name, 1.0) / POINT for point in points],
        [(_share(point.x, across_ends), _share(point.y, up_ends)) for point in points],
    )
    series = tuple(_twin_points(chart, look, place, points, where, group) for place, group in enumerate(groups))
    body = ((one.name, one.x, *(one.y if one.group == group else None for group in groups)) for one in points)
    axes = tuple(
        Axis(title, low=low, high=high) for title, (low, high) in zip(titles, (across_ends, up_ends), strict=True)
    )
    legend: Literal["t", ""] = "t" if any(chart.groups) else ""
    return Twin("scatter", chart.categories, series, (("", titles[0], *groups), *body), axes, legend=legend)


def _draw_groups(canvas: Canvas, groups: tuple[str, ...]) -> float:
    if not groups:
        return 0.0
    samples = [
        Sample(name, _colour(canvas, place), _MARKS[place % len(_MARKS)]) for place, name in enumerate(groups)
    ]  # fmt: skip
    return draw_key(canvas, samples, 0, 0, canvas.width)


def _axis(chart: Chart, place: int, canvas: Canvas) -> _Axis:
    values = in_one_unit(chart.series[place].values)
    amounts = known_amounts(values) or (Decimal(0),)
    low = min((*amounts, Decimal(0)))
    count = _TICKS if place == 0 else _FEWEST + 1
    high = max((*amounts, Decimal(0)))
    ticks = tuple(Quantity(tick, values[0].unit, values[0].basis) for tick in round_ticks(low, high, count))
    return _Axis(values, ticks, axis_title(chart.series[place].name, values, canvas.look.language))


def _scale(axis: _Axis, start: float, end: float) -> Scale:
    low, high = (float(tick.amount or 0) for tick in (axis.ticks[0], axis.ticks[-1]))
    return Scale(low, high, start, end)


def _draw_axes(canvas: Canvas, plot: Box, axes: tuple[_Axis, _Axis], scales: tuple[Scale, Scale]) -> None:
    look = canvas.look
    canvas.line(((plot.left, plot.top), (plot.left, plot.bottom), (plot.right, plot.bottom)), look.soft, 0.5)
    if (axes[0].ticks[0].amount or 0) < 0:
        canvas.line(((scales[0](0), plot.top), (scales[0](0), plot.bottom)), look.rule, 0.5, layer=1)
    if (axes[1].ticks[0].amount or 0) < 0:
        canvas.line(((plot.left, scales[1](0)), (plot.right, scales[1](0))), look.rule, 0.5, layer=1)
    for tick, word in zip(axes[0].ticks, _tick_words(axes[0], look.language), strict=True):
        x = scales[0](tick.amount or 0)
        canvas.line(((x, plot.bottom), (x, plot.bottom + 0.9)), look.soft, 0.5)
        canvas.text(x, plot.bottom + 2.7, word, size=SMALL, align="center", colour=look.soft)
    for tick, word in zip(axes[1].ticks, _tick_words(axes[1], look.language), strict=True):
        y = scales[1](tick.amount or 0)
        canvas.line(((plot.left - 0.9, y), (plot.left, y)), look.soft, 0.5)
        canvas.text(plot.left - 1.6, y, word, size=SMALL, align="right", colour=look.soft)
    across, up = (look.faces.wrapped(axis.title, SMALL, plot.right - plot.left, 1)[0] for axis in axes)
    canvas.text(plot.right, plot.bottom + 6.4, across, size=SMALL, align="right", colour=look.soft)
    canvas.text(0, plot.top - 3.0, up, size=SMALL, colour=look.soft)


def _tick_words(axis: _Axis, language: Language) -> tuple[str, ...]:
    decimals = max(-int((tick.amount or Decimal(0)).normalize().as_tuple().exponent) for tick in axis.ticks)
    return tuple(word.rstrip("*") for word in printed(axis.ticks, language, decimals=max(decimals, 0)))


def _draw_names(canvas: Canvas, chart: Chart, plot: Box, points: dict[int, tuple[float, float]]) -> None:
    names = [
        Name(
            chart.categories[place],
            x,
            y,
            _RADIUS * 1.1,
            x - plot.left + plot.bottom - y,
            chart.categories[place] in chart.emphasis,
        )
        for place, (x, y) in points.items()
    ]
    print_names_of_marks(canvas, names, Box(plot.left + 0.3, plot.top - 0.5, canvas.width, plot.bottom - 0.3))


def _colour(canvas: Canvas, place: int) -> str:
    return canvas.look.line_of(canvas.look.of_series(_COLOURS[place % len(_COLOURS)]))


class _TwinPoint(NamedTuple):
    group: str
    name: str
    x: Decimal
    y: Decimal


def _twin_points(  # noqa: PLR0913, PLR0917 -- a group of points has these sides
    chart: Chart, look: Look, place: int, points: list[_TwinPoint], where: tuple[Side, ...], group: str
) -> TwinSeries:
    colour = look.line_of(look.of_series(place if place == 0 else place + 1))  # steel is too pale for a small mark
    symbol = _SYMBOLS[place % len(_SYMBOLS)]
    own = [(index, point.name) for index, point in enumerate(points) if point.group == group]
    chosen = [(index, name) for index, name in own if name in chart.emphasis]
    labels = tuple(
        PointLabel(index, text=name, side=where[index], colour=look.accent if name in chart.emphasis else "")
        if where[index]
        else PointLabel(index)
        for index, name in own
    )
    return TwinSeries(
        group, tuple(point.y if point.group == group else None for point in points), "General", place + 2,
        marker=Marker(symbol, 6, colour), labels=Labels("General", "r", own=labels),
        points=tuple(PointLook(index, marker=Marker(symbol, 7, look.accent)) for index, _ in chosen),
        across=tuple(point.x for point in points),
    )  # fmt: skip


def _axis_ends(amounts: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the ends of an axis that holds zero and all amounts."""
    low, high = min(amounts), max(amounts)
    return -_axis_end(-low) if low < 0 else Decimal(0), _axis_end(high) if high > 0 or low >= 0 else Decimal(0)


def _share(amount: Decimal, ends: tuple[Decimal, Decimal]) -> float:
    return float((amount - ends[0]) / (ends[1] - ends[0]))


def _axis_end(amount: Decimal) -> Decimal:
    """Return the end of an axis: 1, 1.5, 2, 3, 5 or 10 times a power of ten, not below ``amount``."""
    power = Decimal(1).scaleb(amount.adjusted()) if amount > 0 else Decimal(1)
    return next(power * step for step in _STEPS if power * step >= amount)


def _ranks(amounts: Sequence[float]) -> list[float]:
    """Return the rank of each amount, those that are equal sharing the mean of theirs."""
    ordered = sorted(amounts)
    return [ordered.index(amount) + (ordered.count(amount) - 1) / 2 for amount in amounts]
