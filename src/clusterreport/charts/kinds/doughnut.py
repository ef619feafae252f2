"""A ring of the parts of a whole, each named outside with its value and share; the total stands in the middle.

``categories`` are the parts, clockwise from the top in the order given; one ``series``; ``emphasis`` the parts in the
accent. More than six parts are five and 其他, the rest together. Where a part is not known the ring is open, since it
is no whole; the part is named with "—", and neither total nor shares are said.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import negative_faults, series_fault
from clusterreport.charts.layout.geometry import Point, on_circle
from clusterreport.charts.layout.placing import spread
from clusterreport.charts.layout.slices import REST, has_thin_neighbours, rest_of, slices_of
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import all_values, printed, share, total
from clusterreport.charts.painters.canvas import SMALL, TEXT, line_pitch
from clusterreport.charts.sentences import closed, counted, extremes, opening, sentence, with_value
from clusterreport.charts.statements import each_value, known_places, places_of, sum_key
from clusterreport.charts.twins import Labels, LineLook, PointLabel, PointLook, Twin, TwinSeries, table
from clusterreport.document.model import ChartNumber, NumberStyle, PlottedPoint, PlottedSeries, Reckoning, Series
from clusterreport.document.wording import format_quantity, rounded
from clusterreport.locale import phrase
from clusterreport.messages import message
from clusterreport.quantity import PERCENT, Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Align, Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

TOP: Final = ""
MIN_HEIGHT_RATIO: Final = 0.65
_INNER: Final = 0.62
_ARM: Final = 3.0
_FOOT: Final = 2.0
_OFF: Final = 0.5
_GAP: Final = 1.0
_AIR: Final = 1.0
_SPACE: Final = "\u3000"  # between a name and its number
_TOTAL_SIZE: Final = 15.0
_LARGEST: Final = 26.0
_SMALLEST: Final = 11.0
_WIDE_SHARE: Final = 0.21
_ARC: Final = 24  # steps of an arc


@dataclass(frozen=True, slots=True)
class _Label:
    """A part's name and its number, each in lines; ``level``: both stand on one line."""

    turn: float
    name: tuple[str, ...]
    number: tuple[str, ...]
    level: bool
    chosen: bool
    key: str

    @property
    def size(self) -> float:
        lines = 1 if self.level else len(self.name) + len(self.number)
        return lines * line_pitch(TEXT) + _AIR


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a chart that has not one series, or negative parts."""
    return series_fault(chart, (message("one series"),)) or negative_faults(chart)


def describe(chart: Chart, language: Language) -> str:
    """Return the total, how many parts there are, and each with value and share."""
    values = chart.series[0].values
    whole = total(values)
    items = tuple(zip(chart.categories, values, strict=True))
    head = with_value(phrase("chart.total", language), whole, language) if whole.known else ""
    parts = [with_value(name, value, language) + _share_words(value, whole, language) for name, value in items]
    first = sentence((counted(len(items), language), head, *extremes(items, language)), language)
    return closed(
        opening(chart, language) + first + sentence((phrase("chart.parts", language, items=tuple(parts)),), language)
    )


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return each part with its share, the rest where there are many, and the sum of all."""
    rest = rest_of(chart)
    parts = tuple(
        replace(number, optional=number.of[0][1] in rest)
        for number in each_value(chart, described=known_places(chart), share=True)
    )
    known = tuple((0, place) for place in rest if chart.series[0].values[place].known)
    together = (ChartNumber(REST, known, "sum", share=True),) if known else ()
    return (*parts, *together, ChartNumber(sum_key(), places_of(chart), "sum"))


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for the ring, or for the labels of the fuller side if they need more."""
    radius = _radius(chart, width, math.inf, faces, "zh")
    labels = _labels(chart, _label_room(width, radius), faces, "zh")
    sides = [sum(label.size for label in labels if (label.turn < 0.5) is right) for right in (True, False)]  # noqa: PLR2004
    return max(2 * radius + 8.0, max(sides) + 4.0)


def undrawn(chart: Chart) -> frozenset[int]:
    """Return the places of the parts that are not known, or of all where there is nothing to divide."""
    values = chart.series[0].values
    whole = any(value.amount for value in values)
    return frozenset(place for place, value in enumerate(values) if not whole or not value.known)


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the ring, the labels on both sides with lines that lead to them, and the total."""
    look, values = canvas.look, chart.series[0].values
    radius = _radius(chart, canvas.width, canvas.height, look.faces, look.language)
    centre = (canvas.width / 2, canvas.height / 2)
    turn = 0.0
    if not any(value.amount for value in values):
        canvas.ring(centre, (radius * _INNER, radius), (0.0, 1.0), look.colours["outside"])
    for place, part in enumerate(slices_of(chart, look.language)):
        end = turn + part.share
        if part.value.amount:
            colour = look.accent if part.name in chart.emphasis else look.of_series(place)
            canvas.ring(centre, (radius * _INNER, radius), (turn, end), colour)
        elif part.value.amount is None:
            _draw_opening(canvas, centre, radius, (turn, end))
        turn = end
    labels = _labels(chart, _label_room(canvas.width, radius), look.faces, look.language)
    for right in (True, False):
        _draw_side(canvas, [label for label in labels if (label.turn < 0.5) is right], radius, right=right)  # noqa: PLR2004
    _draw_total(canvas, values, radius * _INNER * 1.8)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:
    """Return the slices; none where Word shows a picture.

    It would close the ring where a part is not known, and print the values of thin slices over each other.
    """
    if not all(value.known for value in chart.series[0].values) or has_thin_neighbours(slices_of(chart, language)):
        return ()
    points = (
        PlottedPoint(part.name, Reckoning(tuple((0, place) for place in part.places)))
        for part in slices_of(chart, language)
    )
    return (PlottedSeries(chart.series[0].name, tuple(points), measured=0),)


def twin(chart: Chart, look: Look, width: float) -> Twin | None:  # noqa: ARG001 -- Word places its key itself
    """Return a ring in the colours of the drawing; values stand on the parts, names in the key."""
    if not plotted(chart, look.language):
        return None
    parts = slices_of(chart, look.language)
    names = tuple(part.name for part in parts)
    together = replace(chart, categories=names, series=(Series(chart.series[0].name, tuple(p.value for p in parts)),))
    (series,) = formatted_series(together, look.language, among=all_values(chart))
    fills = [look.accent if name in chart.emphasis else look.of_series(place) for place, name in enumerate(names)]
    border = LineLook(look.paper, 0.8)
    codes = [series.own.get(place, series.code) for place in range(len(fills))]
    own = tuple(
        PointLabel(place, code, colour=look.ink_on(fill))
        for place, (code, fill) in enumerate(zip(codes, fills, strict=True))
    )
    ring = TwinSeries(
        series.name,
        series.amounts,
        series.code,
        1,
        points=tuple(
            PointLook(place, fill, LineLook(edge, 0.8) if (edge := look.edge_of(fill)) else border)
            for place, fill in enumerate(fills)
        ),
        labels=Labels(series.code, own=own),
    )
    return Twin("doughnut", names, (ring,), table(names, (series,)), (), legend="r")


def _draw_opening(canvas: Canvas, centre: Point, radius: float, turns: tuple[float, float]) -> None:
    """Draw the edges of a part of which nobody knows how large it is."""
    for edge in (radius * _INNER, radius):
        points = [on_circle(centre, edge, turns[0] + (turns[1] - turns[0]) * step / _ARC) for step in range(_ARC + 1)]
        canvas.line(points, canvas.look.soft, 0.6, dashes=(2, 2))


def _draw_side(canvas: Canvas, labels: list[_Label], radius: float, *, right: bool) -> None:
    labels = labels if right else labels[::-1]
    centre = (canvas.width / 2, canvas.height / 2)
    way = 1 if right else -1
    wished = [on_circle(centre, radius + _ARM, label.turn)[1] for label in labels]
    middles = spread(wished, [label.size for label in labels], 0.0, canvas.height)
    for label, y in zip(labels, middles, strict=True):
        edge, elbow = on_circle(centre, radius + _OFF, label.turn), centre[0] + way * (radius + _ARM)
        halfway = math.hypot((edge[0] + elbow) / 2 - centre[0], (edge[1] + y) / 2 - centre[1])
        around = () if halfway > radius + _OFF else (on_circle(centre, radius + _ARM * 0.7, label.turn),)
        canvas.line((edge, *around, (elbow, y), (elbow + way * _FOOT, y)), canvas.look.soft, 0.4)
        _print_label(canvas, label, (elbow + way * (_FOOT + _GAP), y), right=right)


def _print_label(canvas: Canvas, label: _Label, place: Point, *, right: bool) -> None:
    (x, y), faces = place, canvas.look.faces
    colour = canvas.look.accent if label.chosen else None
    align: Align = "left" if right else "right"
    if label.level:
        named = faces.width(label.name[0] + _SPACE, TEXT, strong=label.chosen)
        numbered = faces.width(label.number[0], TEXT, strong=label.chosen)
        start = x if right else x - named - numbered
        canvas.text(start, y, label.name[0], colour=colour, strong=label.chosen)
        canvas.text(start + named, y, label.number[0], colour=colour, strong=label.chosen, key=label.key)
        return
    top = y - line_pitch(TEXT) * (len(label.name) + len(label.number) - 1) / 2
    for index, words in enumerate((*label.name, *label.number)):
        key = label.key if index >= len(label.name) else ""
        line = top + index * line_pitch(TEXT)
        canvas.text(x, line, words, colour=colour, align=align, strong=label.chosen, key=key)


def _draw_total(canvas: Canvas, values: Sequence[Quantity], room: float) -> None:
    look, (x, y) = canvas.look, (canvas.width / 2, canvas.height / 2)
    word = printed((total(values),), look.language, among=values)[0]
    size = min(_TOTAL_SIZE, _TOTAL_SIZE * room / look.faces.width(word, _TOTAL_SIZE, strong=True))
    canvas.text(x, y - 1.2, word, size=max(size, SMALL), colour=look.main, align="center", strong=True, key=sum_key())
    canvas.text(x, y + 4.2, phrase("chart.total", look.language), size=SMALL, colour=look.soft, align="center")


def _labels(chart: Chart, room: float, faces: Faces, language: Language) -> list[_Label]:
    values = chart.series[0].values
    whole = total(values)
    labels, turn = [], 0.0
    for part in slices_of(chart, language):
        word = printed((part.value,), language, among=values)[0]
        said = _share_words(part.value, whole, language)
        level = faces.width(part.name + _SPACE + word + said, TEXT, strong=True) <= room
        one_line = level or faces.width(word + said, TEXT, strong=True) <= room
        labels.append(_Label(
            min(turn + part.share / 2, 0.9999), (part.name,) if level else faces.wrapped(part.name, TEXT, room),
            (word + said,) if one_line else (word, said), level, part.name in chart.emphasis, part.key,
        ))  # fmt: skip
        turn += part.share
    return labels


def _share_words(value: Quantity, whole: Quantity, language: Language) -> str:
    amount = share(value, whole)
    if amount is None:
        return ""
    words = format_quantity(
        Quantity(rounded(amount, 1), PERCENT, whole.basis), NumberStyle(mark="star"), language
    ).rstrip("*")
    return phrase("chart.share", language, share=words)


def _radius(chart: Chart, width: float, height: float, faces: Faces, language: Language) -> float:
    """Return the ring's outer radius: as large as the values beside it let it be."""
    values = chart.series[0].values
    parts, whole = [part.value for part in slices_of(chart, language)], total(values)
    words = printed(parts, language, among=values)
    shares = [_share_words(value, whole, language) for value in parts]
    largest = min(_LARGEST, width * _WIDE_SHARE, height / 2 - 1.5)
    side = width / 2 - _ARM - _FOOT - _GAP
    on_one_line = side - faces.widest(map("".join, zip(words, shares, strict=True)), TEXT, strong=True)
    on_two_lines = side - faces.widest((*words, *shares), TEXT, strong=True)
    return min(largest, on_one_line if on_one_line >= _SMALLEST else max(on_two_lines, _SMALLEST))


def _label_room(width: float, radius: float) -> float:
    return width / 2 - radius - _ARM - _FOOT - _GAP
