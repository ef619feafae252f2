"""The axes of native charts: names of categories, or numbers, with titles and fixed ends where the chart has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.render.docx.markup import escaped
from clusterreport.render.docx.native.pieces import CATEGORY_AXIS, VALUE_AXIS, line

if TYPE_CHECKING:
    from clusterreport.charts.layout.timing import Times
    from clusterreport.charts.twins import Axis, Direction, Twin
    from clusterreport.render.docx.native.pieces import ChartText

_CATEGORY_TAIL: Final = '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>'
_BODIES: Final[dict[Direction, str]] = {
    "as it fits": "<a:bodyPr/>",
    "level": '<a:bodyPr rot="0" vert="horz"/>',
    "upright": '<a:bodyPr rot="0" vert="eaVert"/>',
    "turned": '<a:bodyPr rot="-5400000" vert="horz"/>',
}
_SIZE: Final = 8.0  # points


def axes(twin: Twin, text: ChartText) -> str:
    """Return the axes of a chart; those of bars that lie have the first category on top."""
    match twin.form:
        case "doughnut":
            return ""
        case "scatter":
            across, up = twin.axes
            return _numbers(across, text, "b", between="midCat", first=True) + _numbers(up, text, "l", between="midCat")
        case "bar":
            (values,) = twin.axes
            side, ticks = ("b", "high") if values.shown else ("t", "low")
            return _names(twin, text, "l") + _numbers(values, text, side, ticks=ticks)
        case _:
            return _names(twin, text, "b") + _numbers(twin.axes[0], text, "l")


def _names(twin: Twin, text: ChartText, side: str) -> str:
    if twin.times is not None:
        return _times(twin.times, text, side)
    order = "maxMin" if twin.form == "bar" else "minMax"
    body = _BODIES[twin.names]
    return (
        f'<c:catAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f"{_shared(text, side, body=body)}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/>{_CATEGORY_TAIL}</c:catAx>'
    )


def _times(times: Times, text: ChartText, side: str) -> str:
    """Return an axis of time, on which periods stand as far apart as they are."""
    return (
        f'<c:dateAx><c:axId val="{CATEGORY_AXIS}"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
        f"{_shared(text, side, code=times.code)}"
        f'<c:crossAx val="{VALUE_AXIS}"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblOffset val="100"/>'
        f'<c:baseTimeUnit val="{times.unit}"/><c:majorUnit val="{times.step}"/><c:majorTimeUnit val="{times.unit}"/>'
        "</c:dateAx>"
    )


def _numbers(  # noqa: PLR0913 -- an axis has these sides
    axis: Axis, text: ChartText, side: str, *, between: str = "between", ticks: str = "low", first: bool = False,
) -> str:  # fmt: skip
    """Return an axis of numbers; the ``first`` of two counts as that of the categories."""
    own, other = (CATEGORY_AXIS, VALUE_AXIS) if first else (VALUE_AXIS, CATEGORY_AXIS)
    ends = "".join(
        f'<c:{name} val="{end}"/>' for name, end in (("max", axis.high), ("min", axis.low)) if end is not None
    )
    step = "" if axis.step is None else f'<c:majorUnit val="{axis.step}"/>'
    return (
        f'<c:valAx><c:axId val="{own}"/><c:scaling><c:orientation val="minMax"/>{ends}</c:scaling>'
        f"{_shared(text, side, title=axis.title, shown=axis.shown, code=axis.code, ticks=ticks)}"
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/><c:crossBetween val="{between}"/>{step}</c:valAx>'
    )


def _shared(  # noqa: PLR0913 -- as above
    text: ChartText, side: str, *, title: str = "", shown: bool = True, code: str = "General", ticks: str = "low",
    body: str = _BODIES["as it fits"],
) -> str:  # fmt: skip
    """Return what both kinds of axes have: whether they are seen, their side, title, numbers and line."""
    heading = f'<c:title>{text.rich(title, _SIZE)}<c:overlay val="0"/></c:title>' if title else ""
    return (
        f'<c:delete val="{int(not shown)}"/><c:axPos val="{side}"/>{heading}'
        f'<c:numFmt formatCode="{escaped(code)}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{ticks}"/><c:spPr>{line(text.named("rule"), 0.6)}</c:spPr>'
        f"{text.properties(_SIZE, body=body)}"
    )
