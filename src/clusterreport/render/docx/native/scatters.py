"""Points on two number axes: the scatter with its labels, and the Lorenz curve with its diagonal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.numbers import axis_title, in_one_unit
from clusterreport.locale import phrase
from clusterreport.render.docx.markup import escaped
from clusterreport.render.docx.native.crowding import sides
from clusterreport.render.docx.native.pieces import (
    CATEGORY_AXIS,
    NO_LINE,
    VALUE_AXIS,
    ChartPart,
    ChartStyle,
    axis,
    chart_space,
    fill,
    labels,
    line,
    name_of,
    no_label,
    no_labels,
    numbers,
    point_label,
)

if TYPE_CHECKING:
    from clusterreport.document.model import Chart
    from clusterreport.render.docx.native.crowding import Side
    from clusterreport.render.docx.workbook import Value

_Point = tuple[str, str, Decimal | None, Decimal | None]
_SYMBOLS: Final = ("circle", "square", "triangle", "diamond", "x", "star")
_MIDDLE: Final = '<c:crossBetween val="midCat"/>'
_FULL: Final = Decimal(100)
_DIAGONAL: Final = (Decimal(0), Decimal(40), _FULL)
_OFF_THE_LINE: Final = (-0.02, -0.05)
_LEFT_OF_BOTH: Final = (-0.1, 0.0)
_STEPS: Final = tuple(Decimal(step) for step in ("1", "1.5", "2", "3", "5", "10"))


def scatter(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return points labelled with their category, a symbol and a colour for each group; unknown points are left out.

    All groups share the column of the first measure; each has a column of its own for the second.
    """
    across, up = (in_one_unit(series.values) for series in chart.series[:2])
    titles = (
        axis_title(chart.series[0].name, across, style.speech),
        axis_title(chart.series[1].name, up, style.speech),
    )
    points = [
        (group or titles[1], category, x.amount, y.amount)
        for group, category, x, y in zip(
            chart.groups or ("",) * len(chart.categories), chart.categories, across, up, strict=True
        )
        if x.known and y.known
    ]
    groups = tuple(dict.fromkeys(group for group, *_ in points))
    ends = tuple(_round_up(max(amounts, default=Decimal(0))) for amounts in zip(*_amounts(points), strict=True))
    width, height = ends or (Decimal(1), Decimal(1))
    where = sides(
        [style.ems(category) for _, category, _, _ in points],
        [(float(x / width), float(y / height)) for x, y in _amounts(points)],
    )
    series = "".join(_points(chart, style, place, group, points, where) for place, group in enumerate(groups))
    plot = _plot(series, style, titles, (width, height))
    head: tuple[Value, ...] = ("", titles[0], *groups)
    body = ((name, x, *(y if own == group else None for group in groups)) for own, name, x, y in points)
    return ChartPart(chart_space(plot, style, legend="t" if any(chart.groups) else ""), (head, *body))


def lorenz(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return the curve and the diagonal of equality, named on it; both axes run from 0 to 100 per cent."""
    x, y = (tuple(value.amount for value in series.values) for series in chart.series)
    equal = phrase("curve.equality", style.speech)
    titles = tuple(axis_title(series.name, series.values, style.speech) for series in chart.series)
    rows: tuple[tuple[Value, ...], ...] = (
        ("", *titles),
        *zip(chart.categories, x, y, strict=True),
        *((equal, share, share) for share in _DIAGONAL),
    )
    chosen = [place for place, name in enumerate(chart.categories) if name and name in chart.emphasis]
    seen = style.named("red")
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:marker><c:symbol val="none"/></c:marker><c:bubble3D val="0"/>'
        f"<c:spPr>{line(seen, 2.8)}</c:spPr></c:dPt>"
        for place in chosen
    )
    names = {place: point_label(style, place, chart.categories[place], "l", seen, _LEFT_OF_BOTH) for place in chosen}
    curve = _curve(
        0,
        titles[1],
        x=x,
        y=y,
        first=2,
        stroke=line(style.named("navy"), 2.2),
        tail=points + _named(style, names, len(x)),
    )
    diagonal = _curve(
        1, equal, x=_DIAGONAL, y=_DIAGONAL, first=len(x) + 2, stroke=line(style.named("soft"), 0.8, "dash"),
        tail=_named(style, {1: point_label(style, 1, equal, "l", style.named("soft"), _OFF_THE_LINE)}, len(_DIAGONAL)),
    )  # fmt: skip
    plot = _plot(curve + diagonal, style, (titles[0], titles[1]), (_FULL, _FULL), '<c:majorUnit val="20"/>')
    return ChartPart(chart_space(plot, style), rows)


def _named(style: ChartStyle, names: dict[int, str], count: int) -> str:
    """Return the labels of a line of which only some points are named."""
    if not names:
        return no_labels()
    return labels(style, "General", "r", "".join(names.get(place) or no_label(place) for place in range(count)))


def _amounts(points: list[_Point]) -> list[tuple[Decimal, Decimal]]:
    return [(x or Decimal(0), y or Decimal(0)) for _, _, x, y in points]


def _points(  # noqa: PLR0913, PLR0917 -- a group of points has these sides
    chart: Chart, style: ChartStyle, place: int, group: str, points: list[_Point], where: tuple[Side, ...]
) -> str:
    rgb = style.series_fill(place if place == 0 else place + 1)  # steel is too pale for a small mark
    seen, symbol = style.named("red"), _SYMBOLS[place % len(_SYMBOLS)]
    own = [(index, category) for index, (one, category, _, _) in enumerate(points) if one == group]
    named = "".join(
        point_label(style, index, category, where[index], seen if category in chart.emphasis else "")
        if where[index]
        else no_label(index)
        for index, category in own
    )
    marks = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:marker><c:symbol val="{symbol}"/><c:size val="7"/>'
        f'<c:spPr>{fill(seen)}{NO_LINE}</c:spPr></c:marker><c:bubble3D val="0"/></c:dPt>'
        for index, category in own
        if category in chart.emphasis
    )
    heights = tuple(y if one == group else None for one, _, _, y in points)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 2, group)}'
        f'<c:spPr><a:ln w="19050"><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="{symbol}"/>'
        f'<c:size val="6"/><c:spPr>{fill(rgb)}{NO_LINE}</c:spPr></c:marker>{marks}'
        f"{labels(style, 'General', 'r', named)}"
        f"{numbers('xVal', 1, tuple(x for _, _, x, _ in points), 'General')}"
        f'{numbers("yVal", place + 2, heights, "General")}<c:smooth val="0"/></c:ser>'
    )


def _round_up(amount: Decimal) -> Decimal:
    """Return the end of an axis: 1, 1.5, 2, 3, 5 or 10 times a power of ten, not below ``amount``."""
    power = Decimal(1).scaleb(amount.adjusted()) if amount > 0 else Decimal(1)
    return next(power * step for step in _STEPS if power * step >= amount)


def _curve(  # noqa: PLR0913 -- a curve has these sides
    place: int, name: str, *, x: tuple[Decimal | None, ...], y: tuple[Decimal | None, ...], first: int, stroke: str,
    tail: str,
) -> str:  # fmt: skip
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/><c:tx><c:v>{escaped(name)}</c:v></c:tx>'
        f'<c:spPr>{stroke}</c:spPr><c:marker><c:symbol val="none"/></c:marker>{tail}'
        f'{numbers("xVal", 1, x, "0.0", first)}{numbers("yVal", 2, y, "0.0", first)}<c:smooth val="0"/></c:ser>'
    )


def _plot(
    series: str, style: ChartStyle, titles: tuple[str, str], ends: tuple[Decimal, Decimal], ticks: str = ""
) -> str:
    """Return the points on two axes that run from zero to their ``ends``."""
    across, up = (
        axis(kind, style, side=side, title=title, extra=_MIDDLE + ticks, low=Decimal(0), high=end)
        for kind, side, title, end in zip(("xAx", "valAx"), ("b", "l"), titles, ends, strict=True)
    )
    return (
        f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{series}'
        f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:scatterChart>'
        f"{across}{up}"
    )
