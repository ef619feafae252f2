"""Two values of each category joined by a line, as Word draws them: upright, the category with most at the left."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.measuring import POINT
from clusterreport.locale import phrase
from clusterreport.render.docx.native.pieces import (
    BETWEEN,
    CATEGORY_AXIS,
    CATEGORY_TAIL,
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
    numbers,
    value_label,
    words,
)
from clusterreport.render.docx.native.series import FormattedSeries, formatted_series, sheet_rows
from clusterreport.render.docx.workbook import Reckoned

if TYPE_CHECKING:
    from clusterreport.document.model import Chart
    from clusterreport.render.docx.workbook import Value

# Lines of an upright pair cannot be told to end at the other mark, only how long they are: the workbook reckons that.
_RISE, _FALL = "MAX(C@-B@,0)", "MAX(B@-C@,0)"
_LEVEL: Final = '<a:bodyPr rot="0" vert="horz"/>'
_UPRIGHT: Final = '<a:bodyPr rot="0" vert="eaVert"/>'
_TURNED: Final = '<a:bodyPr rot="-5400000" vert="horz"/>'
_PLOT_SHARE: Final = 0.95
_LONGEST: Final = 12
_PLOT: Final = 62.0  # millimetres
_SIZE: Final = 8.0
_FOOT: Final = Decimal("0.16")  # of the highest: room below zero for the label of a mark that stands there


def dumbbell(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return a pair of marks for each category, before (pale) and after (dark), each pair joined by an error bar."""
    order = sorted(range(len(chart.categories)), key=lambda place: _rank(chart, place))
    series = tuple(replace(part, values=tuple(part.values[place] for place in order)) for part in chart.series)
    sorted_chart = replace(chart, categories=tuple(chart.categories[place] for place in order), series=series)
    before, after = formatted_series(sorted_chart, style.speech)
    moves = tuple(_move(old, new) for old, new in zip(before.amounts, after.amounts, strict=True))
    drawn = _marks(sorted_chart, style, 0, before, moves) + _marks(sorted_chart, style, 1, after, moves)
    plot = (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{drawn}<c:marker val="1"/>'
        f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:lineChart>'
        f"{axis('catAx', style, side='b', extra=CATEGORY_TAIL, body=_way(chart, style))}"
        f"{axis('valAx', style, side='l', deleted=True, extra=BETWEEN, low=_low((*before.amounts, *after.amounts)))}"
    )
    head, *rows = sheet_rows(sorted_chart.categories, (before, after))
    table = ((*row, *_reckoned(move)) for row, move in zip(rows, moves, strict=True))
    return ChartPart(
        chart_space(plot, style, legend="t"),
        ((*head, phrase("chart.rise", style.speech), phrase("chart.fall", style.speech)), *table),
    )


def height(chart: Chart, style: ChartStyle) -> float:
    """Return the height in millimetres that suits the chart: a plot, and the names below."""
    names = max(map(len, chart.categories)) if _way(chart, style) != _LEVEL else 2
    return min(_PLOT, 0.5 * style.width + 20.0) + min(names, _LONGEST) * _SIZE * POINT


def _marks(
    chart: Chart, style: ChartStyle, place: int, series: FormattedSeries, moves: tuple[Decimal | None, ...]
) -> str:
    chosen = [point for point, name in enumerate(chart.categories) if name in chart.emphasis]
    points = "".join(
        f'<c:dPt><c:idx val="{point}"/>{_mark(style, place, "red")}<c:bubble3D val="0"/></c:dPt>' for point in chosen
    )
    usual = "t" if place else "b"
    own = "".join(
        value_label(
            style, point, series.own.get(point, series.code), side, style.named("red") if point in chosen else ""
        )
        if side
        else no_label(point)
        for point, side in enumerate(_side(place, move) for move in moves)
        if side != usual or point in chosen or point in series.own
    )
    bars = "" if place else _bars(style, moves)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 1, series.name)}'
        f'<c:spPr><a:ln w="28575"><a:noFill/></a:ln></c:spPr>{_mark(style, place)}{points}'
        f"{labels(style, series.code, usual, own)}{bars}{words('cat', 0, chart.categories)}"
        f'{numbers("val", place + 1, series.amounts, series.code)}<c:smooth val="0"/></c:ser>'
    )


def _mark(style: ChartStyle, place: int, name: str = "navy") -> str:
    rgb = style.named(name)
    inside = fill(rgb if place else style.series_fill(1))
    return f'<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>{inside}{line(rgb, 1.2)}</c:spPr></c:marker>'


def _side(place: int, move: Decimal | None) -> str:
    """Return where a value stands: beyond its end of the pair; the earlier of two that are equal stands nowhere."""
    if not move:
        return "t" if place else "" if move is not None else "b"
    return "t" if (move > 0) == bool(place) else "b"


def _bars(style: ChartStyle, moves: tuple[Decimal | None, ...]) -> str:
    """Return the error bars of the earlier series, up to where the later has risen or down to where it has fallen."""
    up, down = (tuple(None if pair is None else pair[way] for pair in map(_parted, moves)) for way in (0, 1))
    return (
        '<c:errBars><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"{numbers('plus', 3, up, 'General')}{numbers('minus', 4, down, 'General')}"
        f"<c:spPr>{line(style.series_fill(1), 2.2)}</c:spPr></c:errBars>"
    )


def _parted(move: Decimal | None) -> tuple[Decimal, Decimal] | None:
    return None if move is None else (max(move, Decimal(0)), max(-move, Decimal(0)))


def _reckoned(move: Decimal | None) -> tuple[Value, Value]:
    parted = _parted(move)
    return (None, None) if parted is None else (Reckoned(_RISE, parted[0]), Reckoned(_FALL, parted[1]))


def _move(old: Decimal | None, new: Decimal | None) -> Decimal | None:
    return None if old is None or new is None else new - old


def _rank(chart: Chart, place: int) -> float:
    amount = chart.series[1].values[place].amount
    return float("inf") if amount is None else -float(amount)


def _low(amounts: tuple[Decimal | None, ...]) -> Decimal | None:
    """Return where the axis begins: a little below zero; where something is negative, wherever Word likes."""
    known = [amount for amount in amounts if amount is not None]
    if not known or min(known) < 0 or not max(known):
        return None
    return -round(max(known) * _FOOT, 3)


def _way(chart: Chart, style: ChartStyle) -> str:
    """Return which way the names run: level where they fit, else one character below the other, or turned."""
    room = style.width * _PLOT_SHARE / len(chart.categories)
    if style.look.faces.widest(chart.categories, _SIZE) <= room:
        return _LEVEL
    return _UPRIGHT if style.speech == "zh" else _TURNED
