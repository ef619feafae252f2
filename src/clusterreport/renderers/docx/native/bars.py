"""Ranked and stacked bars as Word draws them, the first category on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.renderers.docx.native.pieces import (
    CATEGORY_AXIS,
    CATEGORY_TAIL,
    VALUE_AXIS,
    Ink,
    Native,
    amounts_of,
    axis,
    chart_space,
    fill,
    format_code,
    labels,
    name_of,
    numbers,
    on,
    sheet_rows,
    words,
)

if TYPE_CHECKING:
    from clusterreport.document.model import Chart


def bar(chart: Chart, ink: Ink) -> Native:
    """Return ranked bars; emphasised categories are red."""
    normal, seen = ink.series_fill(0), ink.named("red")
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill(seen)}</c:spPr></c:dPt>"
        for place, category in enumerate(chart.categories)
        if category in chart.emphasis
    )
    series = _series(chart, 0, normal, points + labels(ink, format_code(chart), "outEnd"))
    return Native(chart_space(_plot(series, "clustered", ink), ink), sheet_rows(chart))


def stacked(chart: Chart, ink: Ink) -> Native:
    """Return bars whose parts lie end to end, each labelled with its value; a part of zero has no label."""
    series = "".join(
        _series(chart, place, rgb, labels(ink, f"{_no_zero(format_code(chart, place))}", "ctr", rgb=on(rgb, ink)))
        for place, rgb in ((place, ink.series_fill(place)) for place in range(len(chart.series)))
    )
    return Native(chart_space(_plot(series, "stacked", ink), ink, legend="t"), sheet_rows(chart))


def _no_zero(code: str) -> str:
    return f"{'0' if code == 'General' else code};;"


def _series(chart: Chart, place: int, rgb: str, tail: str) -> str:
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 1, chart.series[place].name)}'
        f'<c:spPr>{fill(rgb)}</c:spPr><c:invertIfNegative val="0"/>{tail}{words("cat", 0, chart.categories)}'
        f"{numbers('val', place + 1, amounts_of(chart, place), format_code(chart, place))}</c:ser>"
    )


def _plot(series: str, grouping: str, ink: Ink) -> str:
    overlap = '<c:overlap val="100"/>' if grouping == "stacked" else ""
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="45"/>{overlap}<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:barChart>'
        f"{axis('catAx', ink, side='l', reverse=True, extra=CATEGORY_TAIL)}"
        f"{axis('valAx', ink, side='t', deleted=True, extra=_BETWEEN)}"
    )


_BETWEEN = '<c:crossBetween val="between"/>'
