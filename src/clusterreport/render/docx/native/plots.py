"""The plots of native charts: bars, columns, lines, rings and points, each series with its looks and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.native.labels import labels
from clusterreport.render.docx.native.pieces import (
    CATEGORY_AXIS,
    NO_LINE,
    VALUE_AXIS,
    fill,
    name_alone,
    name_of,
    numbers,
    stroke,
    words,
)
from clusterreport.render.docx.workbook import serial

if TYPE_CHECKING:
    from clusterreport.charts.twins import ErrorBars, Form, Marker, PointLook, Twin, TwinSeries
    from clusterreport.render.docx.native.pieces import ChartText

_BARS: Final = ("bar", "column")
_MARKED: Final = ("line", "scatter")
_NO_BAR: Final = f"<a:noFill/>{NO_LINE}"
_UNSEEN: Final[dict[Form, str]] = {
    "line": '<a:ln w="28575"><a:noFill/></a:ln>', "scatter": '<a:ln w="19050"><a:noFill/></a:ln>', "doughnut": NO_LINE,
    "bar": _NO_BAR, "column": _NO_BAR,
}  # fmt: skip
"""What a series looks like that has no filling and no line: only its marks or points are seen, or nothing."""
_UNSMOOTHED: Final = '<c:smooth val="0"/>'
_AXES: Final = f'<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/>'


def plot(twin: Twin, text: ChartText) -> str:
    """Return the series of a chart within the element of its form."""
    drawn = "".join(_series(twin, place, series, text) for place, series in enumerate(twin.series))
    match twin.form:
        case "line":
            return (
                f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{drawn}<c:marker val="1"/>'
                f"{_AXES}</c:lineChart>"
            )
        case "doughnut":
            return (
                f'<c:doughnutChart><c:varyColors val="1"/>{drawn}<c:firstSliceAng val="0"/><c:holeSize val="55"/>'
                "</c:doughnutChart>"
            )
        case "scatter":
            return (
                f'<c:scatterChart><c:scatterStyle val="lineMarker"/><c:varyColors val="0"/>{drawn}'
                f"{_AXES}</c:scatterChart>"
            )
        case _:
            return _bars(twin, drawn)


def _bars(twin: Twin, drawn: str) -> str:
    direction = "bar" if twin.form == "bar" else "col"
    overlap = "" if twin.grouping == "clustered" else '<c:overlap val="100"/>'
    return (
        f'<c:barChart><c:barDir val="{direction}"/><c:grouping val="{twin.grouping}"/><c:varyColors val="0"/>{drawn}'
        f'<c:gapWidth val="45"/>{overlap}{_AXES}</c:barChart>'
    )


def _series(twin: Twin, place: int, series: TwinSeries, text: ChartText) -> str:
    name = name_of(series.column, series.name) if series.headed else name_alone(series.name)
    look = (fill(series.fill) if series.fill else "") + (stroke(series.line) if series.line else "")
    look = look or _UNSEEN[twin.form]
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name}<c:spPr>{look}</c:spPr>'
        f"{_upright(twin)}{_marker(series.marker)}{''.join(_point(twin, point) for point in series.points)}"
        f"{labels(series.labels, text)}{_error_bars(series.bars)}{_values(twin, series)}"
        f"{_UNSMOOTHED if twin.form in _MARKED else ''}</c:ser>"
    )


def _values(twin: Twin, series: TwinSeries) -> str:
    """Return what a series is drawn with: names and amounts, or amounts across and up."""
    if series.across is None:
        up = numbers("val", series.column, series.amounts, series.code, series.first)
        named = twin.times and numbers("cat", 0, tuple(map(serial, twin.times.days)), twin.times.code)
        return (named or words("cat", 0, twin.categories)) + up
    across = numbers("xVal", series.across_column, series.across, series.across_code, series.first)
    return across + numbers("yVal", series.column, series.amounts, series.code, series.first)


def _point(twin: Twin, point: PointLook) -> str:
    own = (fill(point.fill) if point.fill else "") + (stroke(point.line) if point.line else "")
    return (
        f'<c:dPt><c:idx val="{point.place}"/>{_upright(twin)}{_marker(point.marker)}<c:bubble3D val="0"/>'
        f"{f'<c:spPr>{own}</c:spPr>' if own else ''}</c:dPt>"
    )


def _upright(twin: Twin) -> str:
    """Return what keeps the colour of a bar that hangs below zero."""
    return '<c:invertIfNegative val="0"/>' if twin.form in _BARS else ""


def _marker(marker: Marker | None) -> str:
    if marker is None:
        return ""
    if marker.symbol == "none":
        return '<c:marker><c:symbol val="none"/></c:marker>'
    edge = stroke(marker.edge) if marker.edge else NO_LINE
    return (
        f'<c:marker><c:symbol val="{marker.symbol}"/><c:size val="{marker.size}"/>'
        f"<c:spPr>{fill(marker.fill)}{edge}</c:spPr></c:marker>"
    )


def _error_bars(bars: ErrorBars | None) -> str:
    if bars is None:
        return ""
    up, down = bars.columns
    return (
        '<c:errBars><c:errDir val="y"/><c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"{numbers('plus', up, bars.up, 'General')}{numbers('minus', down, bars.down, 'General')}"
        f"<c:spPr>{stroke(bars.stroke)}</c:spPr></c:errBars>"
    )
