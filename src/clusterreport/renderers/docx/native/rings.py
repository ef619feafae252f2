"""The doughnut as Word draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.renderers.docx.native.pieces import (
    NO_LINE,
    Ink,
    Native,
    amounts_of,
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

_TINTS = (0.0, 0.45, 0.7)


def doughnut(chart: Chart, ink: Ink) -> Native:
    """Return a ring; each part has its colour of the palette, then paler ones; values stand on the parts."""
    border = line(ink.named("paper"), 0.8)
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill(_part_fill(place, ink))}{border}</c:spPr></c:dPt>"
        for place in range(len(chart.categories))
    )
    series = (
        f'<c:ser><c:idx val="0"/><c:order val="0"/>{name_of(1, chart.series[0].name)}'
        f"<c:spPr>{NO_LINE}</c:spPr>{points}{labels(ink, format_code(chart), rgb=ink.named('paper'))}"
        f"{words('cat', 0, chart.categories)}{numbers('val', 1, amounts_of(chart, 0), format_code(chart))}</c:ser>"
    )
    plot = (
        f'<c:doughnutChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/><c:holeSize val="55"/>'
        "</c:doughnutChart>"
    )
    return Native(chart_space(plot, ink, legend="r"), sheet_rows(chart))


def _part_fill(place: int, ink: Ink) -> str:
    """Return the colour of a part: the palette once, then paler rounds of it."""
    rounds, within = divmod(place, len(ink.theme.palette))
    tint = _TINTS[min(rounds, len(_TINTS) - 1)]
    rgb = ink.series_fill(within)
    mixed = (round(int(rgb[start : start + 2], 16) * (1 - tint) + 255 * tint) for start in (0, 2, 4))
    return "".join(f"{value:02X}" for value in mixed)
