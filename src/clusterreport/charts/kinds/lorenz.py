"""A Lorenz curve: what share of the whole the smaller units have together.

Two ``series`` in per cent, both starting at 0 and ending at 100: the cumulative share of units, and of what they have,
units from the smallest to the largest; the series' names are the axes' titles. ``categories`` name the unit added at
each point (the first is ""); ``emphasis`` the units whose stretch of the curve stands in the accent. The Gini
coefficient printed is that of the drawn curve (twice the area to the diagonal, by trapezoids), which is the coefficient
of the units when every unit is a point.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import fault, series_fault
from clusterreport.charts.facts import made_of
from clusterreport.charts.layout.scales import Scale, known_amounts
from clusterreport.charts.numbers import all_values, axis_title, printed
from clusterreport.charts.painters.canvas import LARGE, SMALL, TEXT
from clusterreport.charts.sentences import closed, opening, sentence
from clusterreport.charts.twins import Axis, Labels, LineLook, Marker, PointLabel, PointLook, Twin, TwinSeries
from clusterreport.document.model import NumberStyle, PlottedPoint, PlottedSeries, Reckoning
from clusterreport.document.wording import format_quantity
from clusterreport.locale import Label, phrase
from clusterreport.messages import message
from clusterreport.quantity import PERCENT, RATIO, Computed, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem
    from clusterreport.locale import Words

TOP: Final = ""
MIN_HEIGHT_RATIO: Final = 0.65
UNLABELLED: Final = True
_TICKS: Final = (0, 20, 40, 60, 80, 100)
_LARGEST: Final = 50.0
_LEFT: Final = 8.0
_TOP: Final = 6.0
_BOTTOM: Final = 9.5
_RIGHT: Final = 4.0
_WHOLE: Final = 100
_NAMED_AT: Final = 40  # the share at which the diagonal is named, if its name has room there
_FROM_DIAGONAL: Final = 4
_CLEAR: Final = 1.5

_NO_MARK: Final = Marker("none")
_DIAGONAL: Final = (Decimal(0), Decimal(40), Decimal(100))  # its middle point is where Word names it
_OFF_THE_LINE: Final = (-0.02, -0.05)
_LEFT_OF_BOTH: Final = (-0.1, 0.0)
_BROADEST: Final = 1.25  # times as broad as high: a diagonal that is none misleads


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a curve that is not two rising series of known shares from 0 to 100."""
    return series_fault(
        chart, (message("the cumulative share of units"), message("the cumulative share of what they have"))
    ) or tuple(
        fault(chart, problem, message("Give cumulative shares in per cent, from 0 to 100, the smallest unit first."))
        for series in chart.series
        if (problem := _fault_of(series.name, [value.amount for value in series.values]))
    )


def describe(chart: Chart, language: Language) -> str:
    """Return the number of units, what the smaller half of them has, and the Gini coefficient."""
    units = phrase("curve.units", language, count=len(chart.categories) - 1)
    half = phrase("curve.half", language, share=format_quantity(_at_half(chart), NumberStyle(), language))
    gini = phrase("curve.gini", language, value=format_quantity(_gini(chart), NumberStyle(), language))
    return closed(opening(chart, language) + sentence((units, half, gini), language))


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- as every kind
    """Return nothing: no value is printed."""
    return ()


def derived(chart: Chart) -> tuple[Quantity, ...]:
    """Return the Gini coefficient, what the smaller half has, and the share of each emphasised unit."""
    ups = known_amounts(chart.series[1].values)
    chosen = [place for place, name in enumerate(chart.categories) if place and name in chart.emphasis]
    own = [(f"own[{chart.categories[place]}]", _percent(chart, ups[place] - ups[place - 1])) for place in chosen]
    found = [("gini", _gini(chart)), ("half", _at_half(chart)), *own]
    return tuple(made_of(chart, name, amount, all_values(chart)) for name, amount in found)


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for a square plot and its axes."""
    return min(_LARGEST, width - _LEFT - _right(chart, faces, "zh")) + _TOP + _BOTTOM


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the axes, the diagonal, the area between it and the curve, the curve, and the coefficient."""
    look = canvas.look
    right = _right(chart, look.faces, look.language)
    side = min(canvas.height - _TOP - _BOTTOM, canvas.width - _LEFT - right)
    left = max((canvas.width - side) / 2, _LEFT) if (canvas.width - side) / 2 >= right else canvas.width - side - right
    across = Scale(0, _WHOLE, left, left + side)
    up = Scale(0, _WHOLE, _TOP + side, _TOP)
    _draw_axes(canvas, chart, across, up)
    shares = zip(*(known_amounts(series.values) for series in chart.series), strict=True)
    points = [(across(x), up(y)) for x, y in shares]
    canvas.shape([*points, points[0]], look.sequential[0], layer=1)
    canvas.line((points[0], points[-1]), look.soft, 0.6, dashes=(3, 2))
    canvas.line(points, look.main, 1.6)
    equality = phrase("curve.equality", look.language)
    gini = phrase(
        "curve.gini", look.language, value=format_quantity(_gini(chart), NumberStyle(mark="star"), look.language)
    )
    canvas.text(across(5), up(93), gini, size=LARGE, strong=True, colour=look.main)
    canvas.text(across(5), up(93) + 4.2, phrase("curve.area", look.language), size=SMALL, colour=look.soft)
    room = (look.faces.width(equality, SMALL) + _CLEAR) / side * _WHOLE
    place = max(_NAMED_AT, room + _FROM_DIAGONAL)
    canvas.text(across(place - _FROM_DIAGONAL), up(place), equality, size=SMALL, align="right", colour=look.soft)
    _mark_emphasised(canvas, chart, points)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:
    """Return the curve and the diagonal."""
    equal = phrase("curve.equality", language)
    curve = tuple(
        PlottedPoint(name, Reckoning(((1, place),)), Reckoning(((0, place),)))
        for place, name in enumerate(chart.categories)
    )
    shares = (Reckoning(constant=share) for share in _DIAGONAL)
    diagonal = tuple(PlottedPoint(equal, share, share) for share in shares)
    return (
        PlottedSeries(chart.series[1].name, curve, crossed=True, measured=1),
        PlottedSeries(equal, diagonal, crossed=True, word="curve.equality"),
    )


def twin(chart: Chart, look: Look, width: float) -> Twin:  # noqa: ARG001 -- both axes are the same, however wide
    """Return the curve and the diagonal of equality, named on it; both axes run from 0 to 100 per cent."""
    x, y = (tuple(value.amount for value in series.values) for series in chart.series)
    equal = phrase("curve.equality", look.language)
    titles = tuple(axis_title(series.name, series.values, look.language) for series in chart.series)
    chosen = [place for place, name in enumerate(chart.categories) if name and name in chart.emphasis]
    names = {
        place: PointLabel(place, text=chart.categories[place], side="l", colour=look.accent, moved=_LEFT_OF_BOTH)
        for place in chosen
    }
    stretches = tuple(PointLook(place, line=LineLook(look.accent, 2.8), marker=_NO_MARK) for place in chosen)
    curve = TwinSeries(
        titles[1],
        y,
        "0.0",
        2,
        line=LineLook(look.main, 2.2),
        marker=_NO_MARK,
        points=stretches,
        labels=_only(names, len(x)),
        across=x,
        across_code="0.0",
        headed=False,
    )
    name = PointLabel(1, text=equal, side="l", colour=look.soft, moved=_OFF_THE_LINE)
    diagonal = TwinSeries(
        equal,
        _DIAGONAL,
        "0.0",
        2,
        line=LineLook(look.soft, 0.8, dashed=True),
        marker=_NO_MARK,
        labels=_only({1: name}, len(_DIAGONAL)),
        across=_DIAGONAL,
        across_code="0.0",
        first=len(x) + 2,
        headed=False,
    )
    rows = (("", *titles), *zip(chart.categories, x, y, strict=True), *((equal, share, share) for share in _DIAGONAL))
    axes = tuple(Axis(title, low=Decimal(0), high=Decimal(_WHOLE), step=Decimal(20)) for title in titles)
    return Twin("scatter", chart.categories, (curve, diagonal), rows, axes, broadest=_BROADEST)


def _right(chart: Chart, faces: Faces, language: Language) -> float:
    """Return the room at the right that the emphasised units' names need."""
    return max(_RIGHT, faces.widest([words for _, words in _emphasised(chart, language)], TEXT, strong=True) + 2.0)


def _draw_axes(canvas: Canvas, chart: Chart, across: Scale, up: Scale) -> None:
    look, (x0, x1), (y0, y1) = canvas.look, (across.start, across.end), (up.start, up.end)
    canvas.line(((x0, y1), (x0, y0), (x1, y0)), look.soft, 0.5)
    for tick in _TICKS:
        word = printed((_percent(chart, Decimal(tick)),), look.language, decimals=0)[0].rstrip("*")
        canvas.line(((across(tick), y0), (across(tick), y0 + 0.9)), look.soft, 0.5)
        canvas.text(across(tick), y0 + 2.7, word, size=SMALL, align="center", colour=look.soft)
        canvas.line(((x0 - 0.9, up(tick)), (x0, up(tick))), look.soft, 0.5)
        canvas.text(x0 - 1.7, up(tick), word, size=SMALL, align="right", colour=look.soft)
    canvas.text(x1, y0 + 6.4, _title(canvas, chart, 0, x1 - x0), size=SMALL, align="right", colour=look.soft)
    canvas.text(x0 - 1.2, y1 - 4.0, _title(canvas, chart, 1, x1 - x0), size=SMALL, colour=look.soft)


def _title(canvas: Canvas, chart: Chart, place: int, room: float) -> str:
    name = canvas.look.faces.wrapped(chart.series[place].name, SMALL, room - 8, 1)[0]
    return phrase("curve.axis", canvas.look.language, name=name)


def _mark_emphasised(canvas: Canvas, chart: Chart, points: list[tuple[float, float]]) -> None:
    """Draw the stretch of each emphasised unit in the accent, with its own share at the right."""
    look = canvas.look
    for place, words in _emphasised(chart, look.language):
        (x0, y0), (x1, y1) = points[place - 1], points[place]
        canvas.line(((x0, y0), (x1, y1)), look.accent, 2.2, layer=3)
        canvas.text((x0 + x1) / 2 + 1.6, (y0 + y1) / 2, words, size=TEXT, colour=look.accent, strong=True)


def _emphasised(chart: Chart, language: Language) -> list[tuple[int, str]]:
    ups = known_amounts(chart.series[1].values)
    chosen = [place for place, name in enumerate(chart.categories) if place and name in chart.emphasis]
    return [
        (
            place,
            phrase(
                "curve.own",
                language,
                name=chart.categories[place],
                share=format_quantity(_percent(chart, ups[place] - ups[place - 1]), NumberStyle(mark="star"), language),
            ),
        )
        for place in chosen
    ]


def _gini(chart: Chart) -> Quantity:
    """Return 1 − Σ (xᵢ − xᵢ₋₁)(yᵢ + yᵢ₋₁), x and y as fractions (Brown 1994, Soc Sci Med 38(9), 1243-1256)."""
    xs, ys = (known_amounts(series.values) for series in chart.series)
    area = sum(((xs[i] - xs[i - 1]) * (ys[i] + ys[i - 1]) for i in range(1, len(xs))), Decimal(0))
    return Quantity(
        1 - area / _WHOLE**2, RATIO, _basis(chart, Label.of("curve.gini_label"), Label.of("curve.gini_how"))
    )


def _at_half(chart: Chart) -> Quantity:
    xs, ys = (known_amounts(series.values) for series in chart.series)
    after = next(place for place, x in enumerate(xs) if x >= _WHOLE // 2)
    if xs[after] == _WHOLE // 2 or not after:
        return _percent(chart, ys[after])
    slope = (ys[after] - ys[after - 1]) / (xs[after] - xs[after - 1])
    return _percent(chart, ys[after - 1] + slope * (_WHOLE // 2 - xs[after - 1]))


def _percent(chart: Chart, amount: Decimal) -> Quantity:
    return Quantity(amount, PERCENT, _basis(chart, Label.of("curve.share_label"), Label.of("curve.share_how")))


def _basis(chart: Chart, label: Words, formula: Words) -> Computed:
    bases = tuple(dict.fromkeys(value.basis for series in chart.series for value in series.values))
    return Computed(label, formula, min(basis.confidence for basis in bases), bases)


def _fault_of(name: str, amounts: list[Decimal | None]) -> str:
    known = [amount for amount in amounts if amount is not None]
    if len(known) < len(amounts):
        return message("the series {name} has values that are not known", name=name)
    if len(known) < 2 or known[0] != 0 or round(known[-1], 6) != _WHOLE:  # noqa: PLR2004 -- a curve has two ends
        return message("the series {name} does not run from 0 to 100", name=name)
    return message("the series {name} falls somewhere", name=name) if sorted(known) != known else ""


def _only(names: Mapping[int, PointLabel], count: int) -> Labels | None:
    """Return the labels of a line of which only some points are named."""
    own = tuple(names.get(place, PointLabel(place)) for place in range(count))
    return Labels("General", "r", own=own) if names else None
