"""Lines over periods, as Word draws them."""

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
    line,
    name_of,
    numbers,
    sheet_rows,
    words,
)

if TYPE_CHECKING:
    from clusterreport.document.model import Chart

_BETWEEN = '<c:crossBetween val="between"/>'


def slope(chart: Chart, ink: Ink) -> Native:
    """Return one line for each series, the first whole and navy, the others dashed; a gap is bridged by nothing."""
    series = "".join(_line_series(chart, place, ink) for place in range(len(chart.series)))
    return Native(chart_space(_plot(series, ink), ink, legend="t"), sheet_rows(chart))


def _line_series(chart: Chart, place: int, ink: Ink) -> str:
    rgb = ink.named("navy" if place == 0 else "red")
    stroke = line(rgb, 2.2, "" if place == 0 else "dash")
    mark = f'<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>{fill(rgb)}{line(rgb, 1.2)}</c:spPr></c:marker>'
    code = format_code(chart, place)
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 1, chart.series[place].name)}'
        f"<c:spPr>{stroke}</c:spPr>{mark}{labels(ink, code, 't' if place else 'b')}"
        f"{words('cat', 0, chart.categories)}"
        f'{numbers("val", place + 1, amounts_of(chart, place), code)}<c:smooth val="0"/></c:ser>'
    )


def _plot(series: str, ink: Ink) -> str:
    axes = (
        axis("catAx", ink, side="b", extra=CATEGORY_TAIL),
        axis("valAx", ink, side="l", deleted=True, extra=_BETWEEN),
    )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:lineChart>{"".join(axes)}'
    )
