"""The labels of native charts: values as number formats say them, words of one's own, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.render.docx.markup import escaped
from clusterreport.render.docx.native.pieces import NO_LINE, UNBROKEN

if TYPE_CHECKING:
    from clusterreport.charts.twins import Labels, PointLabel
    from clusterreport.render.docx.native.pieces import ChartText


def labels(labels: Labels | None, text: ChartText) -> str:
    """Return c:dLbls of a series; None: nothing is labelled."""
    if labels is None:
        return f"<c:dLbls>{_flags(value=False)}</c:dLbls>"
    own = "".join(_own(label, text) for label in labels.own)
    return f"<c:dLbls>{own}{_value(text, labels.code, labels.side, labels.colour)}</c:dLbls>"


def _own(label: PointLabel, text: ChartText) -> str:
    """Return c:dLbl of one point."""
    head = f'<c:dLbl><c:idx val="{label.place}"/>'
    if label.text:
        x, y = label.moved or (0, 0)
        moved = f'<c:manualLayout><c:x val="{x}"/><c:y val="{y}"/></c:manualLayout>'
        layout = f"<c:layout>{moved}</c:layout>" if label.moved else ""
        words = text.rich(label.text, colour=label.colour, body=UNBROKEN)
        return f'{head}{layout}{words}<c:dLblPos val="{label.side}"/>{_flags(value=True)}</c:dLbl>'
    if label.code:
        return f"{head}{_value(text, label.code, label.side, label.colour)}</c:dLbl>"
    return f'{head}<c:delete val="1"/></c:dLbl>'


def _value(text: ChartText, code: str, side: str, colour: str) -> str:
    placed = f'<c:dLblPos val="{side}"/>' if side else ""
    styled = f'<c:numFmt formatCode="{escaped(code)}" sourceLinked="0"/><c:spPr><a:noFill/>{NO_LINE}</c:spPr>'
    return f"{styled}{text.properties(colour=colour, body=UNBROKEN)}{placed}{_flags(value=True)}"


def _flags(*, value: bool) -> str:
    shown = int(value)
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
