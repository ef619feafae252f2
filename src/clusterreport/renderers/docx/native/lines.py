"""Lines over periods, and dumbbells: two marks for each category with a bar between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.renderers.docx.native.pieces import (
    CATEGORY_AXIS,
    CATEGORY_TAIL,
    NO_LINE,
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
    series = "".join(
        _line_series(chart, place, ink, rgb, line(rgb, 2.2, "" if place == 0 else "dash"), "t")
        for place, rgb in ((place, ink.named("navy" if place == 0 else "red")) for place in range(len(chart.series)))
    )
    return Native(chart_space(_plot(series, ink, ""), ink, legend="t"), sheet_rows(chart))


def dumbbell(chart: Chart, ink: Ink) -> Native:
    """Return hollow marks before and full marks after, joined by Word's high-low lines."""
    navy = ink.named("navy")
    before = _line_series(chart, 0, ink, navy, NO_LINE, "b", hollow=True)
    after = _line_series(chart, 1, ink, navy, NO_LINE, "t")
    joined = f"<c:hiLowLines><c:spPr>{line(ink.named('steel'), 2.5)}</c:spPr></c:hiLowLines>"
    return Native(chart_space(_plot(before + after, ink, joined), ink, legend="t"), sheet_rows(chart))


def _line_series(  # noqa: PLR0913 -- a line has these sides
    chart: Chart, place: int, ink: Ink, rgb: str, stroke: str, label: str, *, hollow: bool = False
) -> str:
    inside = ink.named("paper") if hollow else rgb
    mark = (
        f'<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>{fill(inside)}{line(rgb, 1.2)}</c:spPr></c:marker>'
    )
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 1, chart.series[place].name)}'
        f"<c:spPr>{stroke}</c:spPr>{mark}{labels(ink, format_code(chart, place), label)}"
        f"{words('cat', 0, chart.categories)}"
        f'{numbers("val", place + 1, amounts_of(chart, place), format_code(chart, place))}<c:smooth val="0"/></c:ser>'
    )


def _plot(series: str, ink: Ink, joined: str) -> str:
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}{joined}<c:marker val="1"/>'
        f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:lineChart>'
        f"{axis('catAx', ink, side='b', extra=CATEGORY_TAIL)}{axis('valAx', ink, side='l', deleted=True, extra=_BETWEEN)}"
    )
