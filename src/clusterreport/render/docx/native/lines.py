"""Lines over periods, as Word draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    numbers,
    value_label,
    words,
)
from clusterreport.render.docx.native.series import FormattedSeries, formatted_series, sheet_rows

if TYPE_CHECKING:
    from clusterreport.document.model import Chart


_DARK: Final = (0, 2, 4, 3, 1)  # as in the PDF: a line of the pale second colour would hardly be seen


def slope(chart: Chart, style: ChartStyle) -> ChartPart:
    """Return one line for each series, the first whole, the others dashed; a gap is bridged by nothing."""
    shares = chart.series[0].values[0].unit.kind == "share"
    lines = formatted_series(chart, style.speech, unit=shares)
    drawn = "".join(_line_series(chart, place, series, style) for place, series in enumerate(lines))
    return ChartPart(chart_space(_plot(drawn, style), style, legend="b"), sheet_rows(chart.categories, lines))


def _line_series(chart: Chart, place: int, series: FormattedSeries, style: ChartStyle) -> str:
    chosen = chart.series[place].name in chart.emphasis
    rgb = style.named("red") if chosen else style.series_fill(_DARK[place % len(_DARK)])
    stroke = line(rgb, 2.2, "dash" if place else "")
    mark = f'<c:marker><c:symbol val="circle"/><c:size val="7"/><c:spPr>{fill(rgb)}{line(rgb, 1.2)}</c:spPr></c:marker>'
    sides = ["t" if _is_above(chart, place, point) else "b" for point in range(len(chart.categories))]
    own = "".join(
        value_label(style, point, series.own.get(point, series.code), side, rgb)
        for point, side in enumerate(sides)
        if side != "t" or point in series.own
    )
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 1, series.name)}'
        f"<c:spPr>{stroke}</c:spPr>{mark}{labels(style, series.code, 't', own, rgb)}"
        f"{words('cat', 0, chart.categories)}"
        f'{numbers("val", place + 1, series.amounts, series.code)}<c:smooth val="0"/></c:ser>'
    )


def _is_above(chart: Chart, place: int, point: int) -> bool:
    """Tell whether a line is the highest at a point; of lines that meet there, the first is."""
    amounts = [series.values[point].amount for series in chart.series]
    own = amounts[place]
    return own is None or all(
        other is None or own > other or (own == other and place <= index) for index, other in enumerate(amounts)
    )


def _plot(series: str, style: ChartStyle) -> str:
    axes = (
        axis("catAx", style, side="b", extra=CATEGORY_TAIL),
        axis("valAx", style, side="l", deleted=True, extra=BETWEEN),
    )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:lineChart>{"".join(axes)}'
    )
