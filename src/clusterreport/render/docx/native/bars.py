"""Bars and columns as Word draws them: ranked, stacked, or side by side; of bars, the first category is on top."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from clusterreport.charts.kinds.column import labelled
from clusterreport.charts.kinds.composition import divisible
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
    name_of,
    no_label,
    numbers,
    value_label,
    words,
)
from clusterreport.render.docx.native.series import FormattedSeries, formatted_series, sheet_rows
from clusterreport.render.docx.workbook import Reckoned, column_name

if TYPE_CHECKING:
    from collections.abc import Collection

    from clusterreport.document.model import Chart


def bar(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return ranked bars; emphasised categories are red."""
    (series,) = formatted_series(chart, style.speech)
    chosen = [place for place, category in enumerate(chart.categories) if category in chart.emphasis]
    drawn = _marked(chart, 0, series, style.series_fill(0), chosen, style)
    return ChartPart(
        chart_space(_plot(drawn, "clustered") + _axes(style), style), sheet_rows(chart.categories, (series,))
    )


def column(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return columns, those of one category side by side; emphasised categories (of one series) or series are red."""
    parts, seen, single = formatted_series(chart, style.speech), style.named("red"), len(chart.series) == 1
    roomy = labelled(chart, style.width, style.look)
    chosen = [place for place, name in enumerate(chart.categories) if single and name in chart.emphasis]
    drawn = "".join(
        _marked(
            chart,
            place,
            series,
            seen if part.name in chart.emphasis else style.series_fill(place),
            chosen,
            style,
            silent={point for point in range(len(chart.categories)) if (place, point) not in roomy},
        )
        for place, (series, part) in enumerate(zip(parts, chart.series, strict=True))
    )
    axes = axis("catAx", style, side="b", extra=CATEGORY_TAIL) + axis(
        "valAx", style, side="l", deleted=True, extra=BETWEEN
    )
    space = chart_space(_plot(drawn, "clustered", "col") + axes, style, legend="" if single else "t")
    return ChartPart(space, sheet_rows(chart.categories, parts))


def stacked(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return bars whose parts lie end to end, each labelled with its value; a part of zero has no label.

    The totals stand in the workbook alone. A bar for them that nobody sees would need an axis with a fixed end, which
    cuts off what a colleague makes longer, or a second pair of axes, which LibreOffice stacks upon the first.
    """
    parts = formatted_series(chart, style.speech)
    drawn = "".join(_part(chart, place, series, style) for place, series in enumerate(parts))
    space = chart_space(_plot(drawn, "stacked") + _axes(style), style, legend="t")
    head, *rows = sheet_rows(chart.categories, parts)
    formula = f"SUM(B@:{column_name(len(parts))}@)"
    wholes = tuple(_sum([series.amounts[place] for series in parts]) for place in range(len(rows)))
    table = (
        (*row, None if whole is None else Reckoned(formula, whole)) for row, whole in zip(rows, wholes, strict=True)
    )
    return ChartPart(space, ((*head, phrase("chart.total", style.speech)), *table))


def composition(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return bars of one length over an axis of shares; a bar whose whole is not known stays empty."""
    parts = formatted_series(divisible(chart), style.speech)
    drawn = "".join(_part(chart, place, series, style) for place, series in enumerate(parts))
    plot = _plot(drawn, "percentStacked") + _axes(style, shares=True)
    return ChartPart(chart_space(plot, style, legend="t"), sheet_rows(chart.categories, parts))


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _part(chart: Chart, place: int, series: FormattedSeries, style: ChartStyle) -> str:
    rgb = style.series_fill(place)
    own = "".join(value_label(style, point, f"{code};;", "ctr", style.on(rgb)) for point, code in series.own.items())
    return _series(chart, place, series, rgb, labels(style, f"{series.code};;", "ctr", own, style.on(rgb)))


def _marked(  # noqa: PLR0913, PLR0917 -- a series has these sides
    chart: Chart, place: int, series: FormattedSeries, rgb: str, chosen: list[int], style: ChartStyle,
    silent: Collection[int] = (),
) -> str:  # fmt: skip
    """Return a series with values at the ends of its bars, those at ``chosen`` places red, at ``silent`` ones none."""
    seen = style.named("red")
    points = "".join(
        f'<c:dPt><c:idx val="{point}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill(seen)}</c:spPr></c:dPt>"
        for point in chosen
    )
    own = "".join(
        no_label(point)
        if point in silent
        else value_label(style, point, series.own.get(point, series.code), "outEnd", seen if point in chosen else "")
        for point in sorted({*series.own, *chosen, *silent})
    )
    return _series(chart, place, series, rgb, points + labels(style, series.code, "outEnd", own))


def _series(chart: Chart, place: int, series: FormattedSeries, rgb: str, tail: str) -> str:
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 1, series.name)}'
        f'<c:spPr>{fill(rgb)}</c:spPr><c:invertIfNegative val="0"/>{tail}'
        f"{words('cat', 0, chart.categories)}{numbers('val', place + 1, series.amounts, series.code)}</c:ser>"
    )


def _plot(series: str, grouping: str, direction: str = "bar") -> str:
    overlap = "" if grouping == "clustered" else '<c:overlap val="100"/>'
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="45"/>{overlap}<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:barChart>'
    )


def _axes(style: ChartStyle, *, shares: bool = False) -> str:
    names = axis("catAx", style, side="l", reverse=True, extra=CATEGORY_TAIL)
    if not shares:
        return names + axis("valAx", style, side="t", deleted=True, extra=BETWEEN)
    return names + axis("valAx", style, side="b", code="0%", extra=f'{BETWEEN}<c:majorUnit val="0.2"/>', tick="high")
