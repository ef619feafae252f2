"""The doughnut as Word draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.render.docx.native.pieces import (
    NO_LINE,
    ChartPart,
    ChartStyle,
    chart_space,
    fill,
    labels,
    line,
    name_of,
    numbers,
    value_label,
    words,
)
from clusterreport.render.docx.native.series import formatted_series, sheet_rows

if TYPE_CHECKING:
    from clusterreport.document.model import Chart


def doughnut(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return a ring in the colours of the PDF, the emphasised parts red; values stand on the parts."""
    border, (series,) = line(style.named("paper"), 0.8), formatted_series(chart, style.speech)
    fills = [
        style.named("red") if name in chart.emphasis else style.series_fill(place)
        for place, name in enumerate(chart.categories)
    ]
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/><c:spPr>{fill(rgb)}{border}</c:spPr></c:dPt>'
        for place, rgb in enumerate(fills)
    )
    own = "".join(
        value_label(style, place, series.own.get(place, series.code), rgb=style.on(rgb))
        for place, rgb in enumerate(fills)
    )
    drawn = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/>{name_of(1, series.name)}'
        f"<c:spPr>{NO_LINE}</c:spPr>{points}{labels(style, series.code, own=own)}"
        f"{words('cat', 0, chart.categories)}{numbers('val', 1, series.amounts, series.code)}</c:ser>"
    )
    plot = (
        f'<c:doughnutChart><c:varyColors val="1"/>{drawn}<c:firstSliceAng val="0"/><c:holeSize val="55"/>'
        "</c:doughnutChart>"
    )
    return ChartPart(chart_space(plot, style, legend="r"), sheet_rows(chart.categories, (series,)))
