"""The pieces that native charts are made of: text properties, fills, lines, cached values, the whole part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.twins import column_name
from clusterreport.locale import phrase
from clusterreport.render.docx.markup import DECLARATION, colour, escaped
from clusterreport.render.docx.workbook import SHEET

if TYPE_CHECKING:
    from clusterreport.charts.twins import Amounts, LineLook
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
UNBROKEN: Final = '<a:bodyPr wrap="none"/>'
"""Text on one line: LibreOffice breaks a label anywhere, even within a number, where it finds its bar too short."""

_LABEL_SIZE: Final = 8.5  # points


@dataclass(frozen=True, slots=True)
class ChartText:
    """The words of a chart: the faces and colours of its theme as DrawingML says them, and their language."""

    theme: Theme
    speech: Language

    @property
    def language(self) -> str:
        """Return the language as Word calls it."""
        return phrase("language.tag_in_word", self.speech)

    def named(self, name: str) -> str:
        """Return the colour called ``name`` as #RRGGBB."""
        return f"#{colour(self.theme, name)}"

    def properties(self, size: float = _LABEL_SIZE, colour: str = "", body: str = "<a:bodyPr/>") -> str:
        """Return c:txPr for labels of ``size`` points, in ink unless ``colour`` is given; ``body``: their direction."""
        face = self.theme.faces[self.theme.chart_face]
        return (
            f'<c:txPr>{body}<a:lstStyle/><a:p><a:pPr><a:defRPr sz="{round(size * 100)}" b="0">'
            f'{fill(colour or self.named("ink"))}<a:latin typeface="{escaped(face.word_latin)}"/>'
            f'<a:ea typeface="{escaped(face.word)}"/></a:defRPr></a:pPr>'
            f'<a:endParaRPr lang="{self.language}"/></a:p></c:txPr>'
        )

    def rich(self, words: str, size: float = _LABEL_SIZE, colour: str = "", body: str = "<a:bodyPr/>") -> str:
        """Return c:tx with ``words`` of one's own, for a label or an axis title."""
        face = self.theme.faces[self.theme.chart_face]
        return (
            f'<c:tx><c:rich>{body}<a:lstStyle/><a:p><a:r><a:rPr lang="{self.language}" '
            f'sz="{round(size * 100)}" b="0">{fill(colour or self.named("ink"))}'
            f'<a:latin typeface="{escaped(face.word_latin)}"/><a:ea typeface="{escaped(face.word)}"/></a:rPr>'
            f"<a:t>{escaped(words)}</a:t></a:r></a:p></c:rich></c:tx>"
        )


def fill(colour: str) -> str:
    """Return a solid fill in #RRGGBB."""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill>'


def line(colour: str, points: float, *, dashed: bool = False) -> str:
    """Return a line's properties."""
    dashes = '<a:prstDash val="dash"/>' if dashed else ""
    return f'<a:ln w="{round(points * 12700)}" cap="rnd">{fill(colour)}{dashes}<a:round/></a:ln>'


def stroke(stroke: LineLook) -> str:
    """Return the properties of a line of a series."""
    return line(stroke.colour, stroke.thickness, dashed=stroke.dashed)


NO_LINE: Final = "<a:ln><a:noFill/></a:ln>"


def name_of(column: int, name: str) -> str:
    """Return c:tx of a series whose name stands at the head of a column of the sheet."""
    return (
        f"<c:tx><c:strRef><c:f>{SHEET}!${column_name(column)}$1</c:f><c:strCache>"
        f'<c:ptCount val="1"/><c:pt idx="0"><c:v>{escaped(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def name_alone(name: str) -> str:
    """Return c:tx of a series whose name stands in no cell."""
    return f"<c:tx><c:v>{escaped(name)}</c:v></c:tx>"


def words(tag: str, column: int, texts: tuple[str, ...], first: int = 2) -> str:
    """Return a cached range of texts (c:cat)."""
    points = "".join(f'<c:pt idx="{place}"><c:v>{escaped(text)}</c:v></c:pt>' for place, text in enumerate(texts))
    return (
        f"<c:{tag}><c:strRef><c:f>{_range(column, first, len(texts))}</c:f><c:strCache>"
        f'<c:ptCount val="{len(texts)}"/>{points}</c:strCache></c:strRef></c:{tag}>'
    )


def numbers(tag: str, column: int, amounts: Amounts, code: str, first: int = 2) -> str:
    """Return a cached range of numbers (c:val, c:xVal, c:yVal, c:plus); an unknown amount is a gap."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{amount}</c:v></c:pt>' for place, amount in enumerate(amounts) if amount is not None
    )
    return (
        f"<c:{tag}><c:numRef><c:f>{_range(column, first, len(amounts))}</c:f><c:numCache>"
        f"<c:formatCode>{escaped(code)}</c:formatCode>"
        f'<c:ptCount val="{len(amounts)}"/>{points}</c:numCache></c:numRef></c:{tag}>'
    )


def chart_space(plot: str, text: ChartText, *, legend: str = "") -> str:
    """Return the whole chart part; ``legend`` is where its key stands ("t", "b", "r"), "" for none."""
    key = f'<c:legend><c:legendPos val="{legend}"/><c:overlay val="0"/>{text.properties()}</c:legend>' if legend else ""
    return (
        f'{DECLARATION}<c:chartSpace {_NAMESPACES}><c:date1904 val="0"/><c:lang val="{text.language}"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}</c:plotArea>'
        f'{key}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"<c:spPr><a:noFill/>{NO_LINE}</c:spPr>{text.properties()}"
        f'<c:externalData r:id="{WORKBOOK}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _range(column: int, first: int, count: int) -> str:
    letter = column_name(column)
    return f"{SHEET}!${letter}${first}:${letter}${first + count - 1}"
