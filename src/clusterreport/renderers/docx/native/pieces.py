"""The pieces that native charts are made of: text properties, fills, cached values, labels, axes, the whole part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.renderers.docx.markup import DECLARATION, colour, escaped
from clusterreport.renderers.docx.workbook import SHEET, Value, column_name

if TYPE_CHECKING:
    from decimal import Decimal

    from clusterreport.document.model import Chart
    from clusterreport.theme import Theme

_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DARK: Final = 0.45  # relative luminance below which a fill takes white labels
CATEGORY_AXIS: Final = "111111111"
VALUE_AXIS: Final = "222222222"


@dataclass(frozen=True, slots=True)
class Native:
    """A chart for Word: the chart part, with @RID@ for its workbook's relationship, and the rows of the workbook."""

    xml: str
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Ink:
    """The faces and colours of a chart's theme, as DrawingML says them."""

    theme: Theme
    language: str

    def series_fill(self, place: int) -> str:
        """Return the RRGGBB of the ``place``-th series."""
        palette = self.theme.palette
        return self.named(palette[place % len(palette)])

    def named(self, name: str) -> str:
        """Return the RRGGBB of a colour's name."""
        return colour(self.theme, name)

    def text(self, size: float = 8.5, name: str = "ink", rgb: str = "") -> str:
        """Return c:txPr for labels of ``size`` points."""
        face = self.theme.faces[self.theme.chart_face]
        return (
            f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="0">'
            f'{fill(rgb or self.named(name))}<a:latin typeface="{escaped(face.word_latin)}"/>'
            f'<a:ea typeface="{escaped(face.word)}"/></a:defRPr></a:pPr>'
            f'<a:endParaRPr lang="{self.language}"/></a:p></c:txPr>'
        )

    def rich(self, words: str, size: float = 8.5, rgb: str = "") -> str:
        """Return c:tx with ``words`` of one's own, for a label or an axis title."""
        face = self.theme.faces[self.theme.chart_face]
        return (
            f'<c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="{self.language}" '
            f'sz="{round(size * 100)}" b="0">{fill(rgb or self.named("ink"))}'
            f'<a:latin typeface="{escaped(face.word_latin)}"/><a:ea typeface="{escaped(face.word)}"/></a:rPr>'
            f"<a:t>{escaped(words)}</a:t></a:r></a:p></c:rich></c:tx>"
        )


def fill(rgb: str) -> str:
    """Return a solid fill."""
    return f'<a:solidFill><a:srgbClr val="{rgb}"/></a:solidFill>'


def line(rgb: str, points: float, dash: str = "") -> str:
    """Return a line's properties; ``dash`` as DrawingML calls it ("dash")."""
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{round(points * 12700)}" cap="rnd">{fill(rgb)}{dashed}<a:round/></a:ln>'


NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"


def on(rgb: str, ink: Ink) -> str:
    """Return the colour of text that stands on ``rgb``: paper on dark fills, ink on light ones."""
    red, green, blue = (int(rgb[start : start + 2], 16) / 255 for start in (0, 2, 4))
    return ink.named("paper" if 0.299 * red + 0.587 * green + 0.114 * blue < _DARK else "ink")


def name_of(column: int, name: str) -> str:
    """Return c:tx of a series whose name stands at the head of a column of the sheet."""
    return (
        f"<c:tx><c:strRef><c:f>{SHEET}!${column_name(column)}$1</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escaped(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def words(tag: str, column: int, texts: tuple[str, ...], first: int = 2) -> str:
    """Return a cached range of texts (c:cat)."""
    points = "".join(f'<c:pt idx="{place}"><c:v>{escaped(text)}</c:v></c:pt>' for place, text in enumerate(texts))
    return (
        f"<c:{tag}><c:strRef><c:f>{_range(column, first, len(texts))}</c:f><c:strCache>"
        f'<c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef></c:{tag}>'
    )


def numbers(tag: str, column: int, amounts: tuple[Decimal | None, ...], code: str, first: int = 2) -> str:
    """Return a cached range of numbers (c:val, c:xVal, c:yVal); an unknown amount is a gap."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{amount}</c:v></c:pt>' for place, amount in enumerate(amounts) if amount is not None
    )
    return (
        f"<c:{tag}><c:numRef><c:f>{_range(column, first, len(amounts))}</c:f><c:numCache>"
        f"<c:formatCode>{code}</c:formatCode>"
        f'<c:ptCount val="{len(amounts)}"/>{points}</c:numCache></c:numRef></c:{tag}>'
    )


def labels(ink: Ink, code: str, position: str = "", own: str = "", rgb: str = "") -> str:
    """Return c:dLbls that show values as ``code`` formats them; ``own`` are labels of single points."""
    placed = f'<c:dLblPos val="{position}"/>' if position else ""
    styled = f'<c:numFmt formatCode="{escaped(code)}" sourceLinked="0"/><c:spPr><a:noFill/>{NO_LINE}</c:spPr>'
    return f"<c:dLbls>{own}{styled}{ink.text(rgb=rgb)}{placed}{_flags(value=True)}</c:dLbls>"


def no_labels() -> str:
    """Return c:dLbls that show nothing."""
    return f"<c:dLbls>{_flags(value=False)}</c:dLbls>"


def point_label(ink: Ink, place: int, text: str, position: str, rgb: str = "") -> str:
    """Return c:dLbl of one point with words of its own."""
    words = ink.rich(text, rgb=rgb)
    return f'<c:dLbl><c:idx val="{place}"/>{words}<c:dLblPos val="{position}"/>{_flags(value=True)}</c:dLbl>'


def axis(  # noqa: PLR0913 -- an axis has these sides
    kind: str, ink: Ink, *, side: str, title: str = "", deleted: bool = False, reverse: bool = False, extra: str = ""
) -> str:
    """Return a catAx or valAx (the y of a scatter is CATEGORY_AXIS' counterpart); ``extra`` are its last children."""
    own, other = (CATEGORY_AXIS, VALUE_AXIS) if kind in {"catAx", "xAx"} else (VALUE_AXIS, CATEGORY_AXIS)
    tag = "catAx" if kind == "catAx" else "valAx"
    heading = f'<c:title>{ink.rich(title, 8)}<c:overlay val="0"/></c:title>' if title else ""
    rule = f"<c:spPr>{line(ink.named('rule'), 0.6)}</c:spPr>"
    return (
        f'<c:{tag}><c:axId val="{own}"/><c:scaling><c:orientation val="{"maxMin" if reverse else "minMax"}"/>'
        f'@LIMITS-{own}@</c:scaling><c:delete val="{int(deleted)}"/><c:axPos val="{side}"/>{heading}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="low"/>{rule}{ink.text(8)}<c:crossAx val="{other}"/><c:crosses val="autoZero"/>'
        f"{extra}</c:{tag}>"
    )


CATEGORY_TAIL: Final = '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>'


def chart_space(plot: str, ink: Ink, *, legend: str = "") -> str:
    """Return the whole chart part; ``legend`` is where its key stands ("t", "b"), "" for none."""
    key = f'<c:legend><c:legendPos val="{legend}"/><c:overlay val="0"/>{ink.text(8.5)}</c:legend>' if legend else ""
    for axis_id in (CATEGORY_AXIS, VALUE_AXIS):
        plot = plot.replace(f"@LIMITS-{axis_id}@", "")
    return (
        f'{DECLARATION}<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:lang val="{ink.language}"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}</c:plotArea>'
        f'{key}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{ink.text()}"
        '<c:externalData r:id="@RID@"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def amounts_of(chart: Chart, place: int) -> tuple[Decimal | None, ...]:
    """Return the amounts of the ``place``-th series."""
    return tuple(value.amount for value in chart.series[place].values)


def format_code(chart: Chart, place: int = 0) -> str:
    """Return how Word formats the values of a series: shares with one decimal, ratios with two."""
    kinds = {value.unit.kind for value in chart.series[place].values}
    return "0.0" if kinds & {"share", "points"} else "0.00" if "ratio" in kinds else "General"


def sheet_rows(chart: Chart) -> tuple[tuple[Value, ...], ...]:
    """Return the table behind a chart: categories down the first column, one column for each series."""
    head: tuple[Value, ...] = ("", *(series.name for series in chart.series))
    body = tuple(
        (category, *(series.values[place].amount for series in chart.series))
        for place, category in enumerate(chart.categories)
    )
    return (head, *body)


def _range(column: int, first: int, count: int) -> str:
    letter = column_name(column)
    return f"{SHEET}!${letter}${first}:${letter}${first + count - 1}"


def _flags(*, value: bool) -> str:
    shown = int(value)
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
