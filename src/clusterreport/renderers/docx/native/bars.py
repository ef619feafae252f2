"""Ranked and stacked bars as Word draws them, the first category on top."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.composition import divisible
from clusterreport.renderers.docx.native.pieces import (
    BETWEEN,
    CATEGORY_AXIS,
    CATEGORY_TAIL,
    VALUE_AXIS,
    Ink,
    Native,
    axis,
    chart_space,
    fill,
    labels,
    name_of,
    numbers,
    value_label,
    words,
)
from clusterreport.renderers.docx.native.spoken import Spoken, sheet_rows, spoken
from clusterreport.renderers.docx.workbook import Reckoned, column_name

if TYPE_CHECKING:
    from clusterreport.document.model import Chart

_TOTALS: Final = {"zh": "合计", "en": "Total"}


def bar(chart: Chart, ink: Ink) -> Native:
    """Return ranked bars; emphasised categories are red."""
    (series,), seen = spoken(chart, ink.speech), ink.named("red")
    chosen = [place for place, category in enumerate(chart.categories) if category in chart.emphasis]
    points = "".join(
        f'<c:dPt><c:idx val="{place}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{fill(seen)}</c:spPr></c:dPt>"
        for place in chosen
    )
    own = "".join(
        value_label(ink, place, series.own.get(place, series.code), "outEnd", seen if place in chosen else "")
        for place in sorted({*series.own, *chosen})
    )
    drawn = _series(chart, 0, series, ink.series_fill(0), points + labels(ink, series.code, "outEnd", own))
    return Native(chart_space(_plot(drawn, "clustered") + _axes(ink), ink), sheet_rows(chart.categories, (series,)))


def stacked(chart: Chart, ink: Ink) -> Native:
    """Return bars whose parts lie end to end, each labelled with its value; a part of zero has no label.

    The totals stand in the workbook alone. A bar for them that nobody sees would need an axis with a fixed end, which
    cuts off what a colleague makes longer, or a second pair of axes, which LibreOffice stacks upon the first.
    """
    parts = spoken(chart, ink.speech)
    drawn = "".join(_part(chart, place, series, ink) for place, series in enumerate(parts))
    space = chart_space(_plot(drawn, "stacked") + _axes(ink), ink, legend="t")
    head, *rows = sheet_rows(chart.categories, parts)
    formula = f"SUM(B@:{column_name(len(parts))}@)"
    wholes = tuple(_sum([series.amounts[place] for series in parts]) for place in range(len(rows)))
    table = (
        (*row, None if whole is None else Reckoned(formula, whole)) for row, whole in zip(rows, wholes, strict=True)
    )
    return Native(space, ((*head, _TOTALS[ink.speech]), *table))


def composition(chart: Chart, ink: Ink) -> Native:
    """Return bars of one length over an axis of shares; a bar whose whole is not known stays empty."""
    parts = spoken(divisible(chart), ink.speech)
    drawn = "".join(_part(chart, place, series, ink) for place, series in enumerate(parts))
    plot = _plot(drawn, "percentStacked") + _axes(ink, shares=True)
    return Native(chart_space(plot, ink, legend="t"), sheet_rows(chart.categories, parts))


def _sum(amounts: list[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if len(known) == len(amounts) else None


def _part(chart: Chart, place: int, series: Spoken, ink: Ink) -> str:
    rgb = ink.series_fill(place)
    own = "".join(value_label(ink, point, f"{code};;", "ctr", ink.on(rgb)) for point, code in series.own.items())
    return _series(chart, place, series, rgb, labels(ink, f"{series.code};;", "ctr", own, ink.on(rgb)))


def _series(chart: Chart, place: int, series: Spoken, rgb: str, tail: str) -> str:
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name_of(place + 1, series.name)}'
        f'<c:spPr>{fill(rgb)}</c:spPr><c:invertIfNegative val="0"/>{tail}'
        f"{words('cat', 0, chart.categories)}{numbers('val', place + 1, series.amounts, series.code)}</c:ser>"
    )


def _plot(series: str, grouping: str) -> str:
    overlap = "" if grouping == "clustered" else '<c:overlap val="100"/>'
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/><c:varyColors val="0"/>{series}'
        f'<c:gapWidth val="45"/>{overlap}<c:axId val="{CATEGORY_AXIS}"/><c:axId val="{VALUE_AXIS}"/></c:barChart>'
    )


def _axes(ink: Ink, *, shares: bool = False) -> str:
    names = axis("catAx", ink, side="l", reverse=True, extra=CATEGORY_TAIL)
    if not shares:
        return names + axis("valAx", ink, side="t", deleted=True, extra=BETWEEN)
    return names + axis("valAx", ink, side="b", code="0%", extra=BETWEEN, tick="high")
