"""The doughnut as Word draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.renderers.docx.native.pieces import (
    NO_LINE,
    Ink,
    Native,
    chart_space,
    fill,
    labels,
    line,
    name_of,
    numbers,
    value_label,
    words,
)
from clusterreport.renderers.docx.native.spoken import sheet_rows, spoken

if TYPE_CHECKING:
    from clusterreport.document.model import Chart


def doughnut(chart: Chart, ink: Ink) -> Native:
    """Return a ring in the colours of the PDF, the emphasised parts red; values stand on the parts."""
    border, (series,) = line(ink.named("paper"), 0.8), spoken(chart, ink.speech)
    fills = [
        ink.named("red") if name in chart.emphasis else ink.series_fill(place)
        for place, name in enumerate(chart.categories)
    ]
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/><c:spPr>{fill(rgb)}{border}</c:spPr></c:dPt>'
        for place, rgb in enumerate(fills)
    )
    own = "".join(
        value_label(ink, place, series.own.get(place, series.code), rgb=ink.on(rgb)) for place, rgb in enumerate(fills)
    )
    drawn = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/>{name_of(1, series.name)}'
        f"<c:spPr>{NO_LINE}</c:spPr>{points}{labels(ink, series.code, own=own)}"
        f"{words('cat', 0, chart.categories)}{numbers('val', 1, series.amounts, series.code)}</c:ser>"
    )
    plot = (
        f'<c:doughnutChart><c:varyColors val="1"/>{drawn}<c:firstSliceAng val="0"/><c:holeSize val="55"/>'
        "</c:doughnutChart>"
    )
    return Native(chart_space(plot, ink, legend="r"), sheet_rows(chart.categories, (series,)))
