"""The pieces that native charts are made of: text properties, fills, cached values, labels, axes, the whole part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.painters.look import Look
from clusterreport.locale import phrase
from clusterreport.render.docx.markup import DECLARATION, colour, escaped
from clusterreport.render.docx.workbook import SHEET, Value, column_name
from clusterreport.render.measure import ems_in_face

if TYPE_CHECKING:
    from decimal import Decimal

    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

_NAMESPACES: Final = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WORKBOOK: Final = "rId1"
"""The id by which a chart part names its workbook."""

CATEGORY_AXIS: Final = "111111111"
VALUE_AXIS: Final = "222222222"


@dataclass(frozen=True, slots=True)
class ChartPart:
    """A chart for Word: the chart part, which leans on its workbook as WORKBOOK, and the rows of the workbook."""

    xml: str
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """What a chart is drawn with: the faces and colours of its theme as DrawingML says them, and its width (mm)."""

    theme: Theme
    look: Look
    width: float

    @classmethod
    def of(cls, theme: Theme, language: Language, width: float) -> ChartStyle:
        """Return the style of a chart in ``theme``, with the colours that the PDF takes."""
        return cls(theme, Look.of(theme, language), width)

    @property
    def speech(self) -> Language:
        """Return the language in which numbers are said."""
        return self.look.language

    @property
    def language(self) -> str:
        """Return the language as Word calls it."""
        return phrase("language.tag_in_word", self.speech)

    def series_fill(self, place: int) -> str:
        """Return the RRGGBB of the ``place``-th series."""
        return _rgb(self.look.of_series(place))

    def on(self, rgb: str) -> str:
        """Return the RRGGBB of text that can be read on ``rgb``."""
        return _rgb(self.look.ink_on(f"#{rgb}"))

    def named(self, name: str) -> str:
        """Return the RRGGBB of a colour's name."""
        return colour(self.theme, name)

    def ems(self, text: str) -> float:
        """Return the width of a label as a share of its size."""
        return ems_in_face(text, self.theme.faces[self.theme.chart_face].file)

    def text(self, size: float = 8.5, name: str = "ink", rgb: str = "", body: str = "<a:bodyPr/>") -> str:
        """Return c:txPr for labels of ``size`` points; ``body`` says which way they run."""
        face = self.theme.faces[self.theme.chart_face]
        return (
            f'<c:txPr>{body}<a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="0">'
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
        f"<c:formatCode>{escaped(code)}</c:formatCode>"
        f'<c:ptCount val="{len(amounts)}"/>{points}</c:numCache></c:numRef></c:{tag}>'
    )


def labels(style: ChartStyle, code: str, position: str = "", own: str = "", rgb: str = "") -> str:
    """Return c:dLbls that show values as ``code`` formats them; ``own`` are labels of single points."""
    return f"<c:dLbls>{own}{_looks(style, code, position, rgb)}</c:dLbls>"


def value_label(style: ChartStyle, place: int, code: str, position: str = "", rgb: str = "") -> str:
    """Return c:dLbl of one point that shows its value in a format, a place or a colour of its own."""
    return f'<c:dLbl><c:idx val="{place}"/>{_looks(style, code, position, rgb)}</c:dLbl>'


def no_label(place: int) -> str:
    """Return c:dLbl of a point without a label."""
    return f'<c:dLbl><c:idx val="{place}"/><c:delete val="1"/></c:dLbl>'


def no_labels() -> str:
    """Return c:dLbls that show nothing."""
    return f"<c:dLbls>{_flags(value=False)}</c:dLbls>"


def point_label(  # noqa: PLR0913, PLR0917 -- a label has these sides
    style: ChartStyle, place: int, text: str, position: str, rgb: str = "", moved: tuple[float, float] | None = None
) -> str:
    """Return c:dLbl of one point with words of its own, ``moved`` by shares of the chart's width and height."""
    words, (x, y) = style.rich(text, rgb=rgb), moved or (0, 0)
    layout = f'<c:layout><c:manualLayout><c:x val="{x}"/><c:y val="{y}"/></c:manualLayout></c:layout>' if moved else ""
    return f'<c:dLbl><c:idx val="{place}"/>{layout}{words}<c:dLblPos val="{position}"/>{_flags(value=True)}</c:dLbl>'


def axis(  # noqa: PLR0913 -- an axis has these sides
    kind: str, style: ChartStyle, *, side: str, title: str = "", deleted: bool = False, reverse: bool = False,
    extra: str = "", body: str = "<a:bodyPr/>", code: str = "General", tick: str = "low", low: Decimal | None = None,
    high: Decimal | None = None,
) -> str:  # fmt: skip
    """Return a catAx or valAx (the y of a scatter is CATEGORY_AXIS' counterpart); ``extra`` are its last children.

    ``low`` and ``high`` are its ends, where they are fixed.
    """
    own, other = (CATEGORY_AXIS, VALUE_AXIS) if kind in {"catAx", "xAx"} else (VALUE_AXIS, CATEGORY_AXIS)
    tag = "catAx" if kind == "catAx" else "valAx"
    heading = f'<c:title>{style.rich(title, 8)}<c:overlay val="0"/></c:title>' if title else ""
    rule = f"<c:spPr>{line(style.named('rule'), 0.6)}</c:spPr>"
    ends = "".join(f'<c:{name} val="{end}"/>' for name, end in (("max", high), ("min", low)) if end is not None)
    return (
        f'<c:{tag}><c:axId val="{own}"/><c:scaling><c:orientation val="{"maxMin" if reverse else "minMax"}"/>'
        f'{ends}</c:scaling><c:delete val="{int(deleted)}"/><c:axPos val="{side}"/>{heading}'
        f'<c:numFmt formatCode="{escaped(code)}" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{tick}"/>{rule}{style.text(8, body=body)}'
        f'<c:crossAx val="{other}"/><c:crosses val="autoZero"/>{extra}</c:{tag}>'
    )


BETWEEN: Final = '<c:crossBetween val="between"/>'
CATEGORY_TAIL: Final = '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/>'


def chart_space(plot: str, style: ChartStyle, *, legend: str = "") -> str:
    """Return the whole chart part; ``legend`` is where its key stands ("t", "b"), "" for none."""
    key = f'<c:legend><c:legendPos val="{legend}"/><c:overlay val="0"/>{style.text(8.5)}</c:legend>' if legend else ""
    return (
        f'{DECLARATION}<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:lang val="{style.language}"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}</c:plotArea>'
        f'{key}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{style.text()}"
        f'<c:externalData r:id="{WORKBOOK}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _rgb(colour: str) -> str:
    return colour.lstrip("#").upper()


def _looks(style: ChartStyle, code: str, position: str, rgb: str) -> str:
    placed = f'<c:dLblPos val="{position}"/>' if position else ""
    styled = f'<c:numFmt formatCode="{escaped(code)}" sourceLinked="0"/><c:spPr><a:noFill/>{NO_LINE}</c:spPr>'
    return f"{styled}{style.text(rgb=rgb)}{placed}{_flags(value=True)}"


def _range(column: int, first: int, count: int) -> str:
    letter = column_name(column)
    return f"{SHEET}!${letter}${first}:${letter}${first + count - 1}"


def _flags(*, value: bool) -> str:
    shown = int(value)
    return (
        f'<c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        '<c:showPercent val="0"/><c:showBubbleSize val="0"/>'
    )
