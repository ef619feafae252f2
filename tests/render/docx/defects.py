"""Defects that are planted into a sound Word file, and the words in which our own check speaks of each."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

DOCUMENT = "word/document.xml"
CHART = "word/charts/chart1.xml"
BOOK = "word/embeddings/workbook1.xlsx"
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
TABLE = '<w:tbl><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
Parts = dict[str, bytes]


def change(part: str, pattern: str, instead: str, count: int = 1) -> Callable[[Parts], None]:
    """Return a defect: ``pattern`` of a part gives way to something else."""

    def spoil(parts: Parts) -> None:
        text = parts[part].decode()
        spoiled = re.sub(pattern, instead, text, count=count, flags=re.DOTALL)
        assert spoiled != text, "the defect was not planted"
        parts[part] = spoiled.encode()

    return spoil


def drop(part: str) -> Callable[[Parts], None]:
    def spoil(parts: Parts) -> None:
        del parts[part]

    return spoil


def sheet(pattern: str, instead: str) -> Callable[[Parts], None]:
    """Return a defect of the workbook's sheet."""

    def spoil(parts: Parts) -> None:
        parts[BOOK] = spoiled(parts[BOOK], change("xl/worksheets/sheet1.xml", pattern, instead))

    return spoil


def spoiled(content: bytes, defect: Callable[[Parts], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    defect(parts)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


# what is planted: (what is said of it, how it is planted)
OWN: dict[str, tuple[str, Callable[[Parts], None]]] = {
    "a dangling chart": ("rIdNone, which is not declared", change(DOCUMENT, r'(<c:chart r:id=")[^"]+', r"\1rIdNone")),
    "a part gone": ("the package leads to word/charts/chart1.xml", drop(CHART)),
    "a stray part": ("nothing leads to word/stray.xml", lambda parts: parts.update({"word/stray.xml": b"<a/>"})),
    "no content type": (
        "footnotes.xml has no content type",
        change("[Content_Types].xml", r'<Override PartName="/word/footnotes.xml"[^>]*/>', ""),
    ),
    "an unknown style": (
        "the style NoSuch",
        change(DOCUMENT, r'<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="NoSuch"/>'),
    ),
    "an unknown table style": (
        "the style NoSuch",
        change(DOCUMENT, r'<w:tblStyle w:val="BriefingTable"/>', '<w:tblStyle w:val="NoSuch"/>'),
    ),
    "an unknown list": ("the list 99", change("word/styles.xml", r'<w:numId w:val="1"/>', '<w:numId w:val="99"/>')),
    "a bookmark twice": (
        "two of a bookmark's name",
        change(DOCUMENT, r'w:name="_Ref_[0-9a-f]+"', 'w:name="_Ref_same"', 2),
    ),
    "a bookmark's number twice": (
        "two of a bookmark are called 1",
        change(DOCUMENT, r'(<w:bookmark(?:Start|End) w:id=)"\d+"', r'\1"1"', 4),
    ),
    "a bookmark left open": ("a bookmark begins and does not end", change(DOCUMENT, r"<w:bookmarkEnd [^>]*/>", "")),
    "a reference to nothing": (
        "no bookmark is called _Ref_nothing",
        change(DOCUMENT, r"( REF )_Ref_[0-9a-f]+", r"\1_Ref_nothing"),
    ),
    "a contents entry to nothing": (
        "no bookmark is called _Ref_nothing",
        change(DOCUMENT, r'w:anchor="_Ref_[0-9a-f]+"', 'w:anchor="_Ref_nothing"'),
    ),
    "a drawing's number twice": ("two of a drawing", change(DOCUMENT, r'<wp:docPr id="\d+"', '<wp:docPr id="1"', 9)),
    "a control's number twice": ("two of a content control", change(DOCUMENT, "<w:body>", "<w:body>" + CONTROL * 2)),
    "a field left open": (
        "document.xml: a field has no end",
        change(DOCUMENT, r'<w:fldChar w:fldCharType="end"/>', ""),
    ),
    "a field without its middle": (
        "in the wrong place",
        change(DOCUMENT, r'<w:fldChar w:fldCharType="separate"/>', ""),
    ),
    "a footnote gone": (
        "do not match",
        change(DOCUMENT, r'<w:footnoteReference w:id="1"/>', '<w:footnoteReference w:id="77"/>'),
    ),
    "no separator": (
        "lack a separator",
        change("word/footnotes.xml", r'<w:footnote w:type="separator".*?</w:footnote>', ""),
    ),
    "a column too many": (
        "a row has 7 columns, its table 8",
        change(DOCUMENT, r"(<w:tblGrid>)", r'\1<w:gridCol w:w="9"/>', 9),
    ),
    "a column too few": (
        "a row has 7 columns, its table 6",
        change(DOCUMENT, r'(<w:gridCol w:w="[0-9]+"/>){7}', r"\1" * 6),
    ),
    "a cell without a paragraph": (
        "a cell does not end with a paragraph",
        change(DOCUMENT, r"(<w:tc><w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr>)<w:p>(?:(?!</w:tc>).)*(</w:tc>)", r"\1\2"),
    ),
    "two tables in one": ("directly before a table", change(DOCUMENT, r"</w:tbl>", "</w:tbl>" + TABLE)),
    "no alternative text": ("no alternative text", change(DOCUMENT, r' descr="[^"]+"', "")),
    "a face left open": ("leaves a face open", change("word/styles.xml", r' w:eastAsia="[^"]+" w:cs', " w:cs")),
    "a cache too small": (
        "holds more than it says",
        change(CHART, r'<c:ptCount val="\d+"/>', '<c:ptCount val="1"/>', 9),
    ),
    "a cached value of its own": ("the cell B2", change(CHART, r"(<c:val>.*?<c:v>)[^<]+", r"\g<1>99")),
    "an axis of its own": ("the plot has the axes", change(CHART, r'<c:axId val="111111111"/>', '<c:axId val="3"/>')),
    "a broken workbook": ("cannot be opened", lambda parts: parts.update({"word/embeddings/workbook1.xlsx": b"junk"})),
    "no footnotes at all": ("footnotes.xml is missing", drop("word/footnotes.xml")),
    "a content type of nothing": (
        "has a content type and is not there",
        change(
            "[Content_Types].xml", r"(<Override [^>]*/>)", r'\1<Override PartName="/word/gone.xml" ContentType="x/y"/>'
        ),
    ),
    "a relationship twice": ("twice", change("word/_rels/document.xml.rels", r"(<Relationship [^>]*/>)", r"\1\1")),
    "an address with a blank": (
        "an address with a blank",
        change("word/_rels/document.xml.rels", "https://www.miit.gov.cn/", "https://a b/"),
    ),
    "a link in a footnote that leads nowhere": (
        "footnotes.xml uses the relationship rIdLink1",
        change("word/footnotes.xml", r"(<w:r>)", r'<w:hyperlink r:id="rIdLink1"/>\1', 0),
    ),
    "a list on a level that it lacks": (
        "on level 12",
        change(DOCUMENT, r'<w:ilvl w:val="1"/>', '<w:ilvl w:val="12"/>'),
    ),
    "a list like no other": (
        "is like the list 8",
        change("word/numbering.xml", r'<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="8"/>'),
    ),
    "a style of the wrong kind": (
        "the style BriefingTable",
        change(DOCUMENT, r'<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="BriefingTable"/>'),
    ),
    "a style twice": ("two styles have one name", change("word/styles.xml", r'w:styleId="Note"', 'w:styleId="Lead"')),
    "a style without faces": (
        "the style Note has no faces",
        change("word/styles.xml", r'(w:styleId="Note".*?)<w:rFonts [^>]*/>', r"\1"),
    ),
    "a face of the theme": (
        "takes a face from the theme",
        change("word/styles.xml", r"<w:rFonts ", '<w:rFonts w:asciiTheme="minorHAnsi" '),
    ),
    "a footnote twice": (
        "two footnotes have one number",
        change("word/footnotes.xml", r'<w:footnote w:id="2"', '<w:footnote w:id="1"'),
    ),
    "a footnote without a mark": ("do not match", change(DOCUMENT, r'<w:footnoteReference w:id="1"/>', "")),
    "a remark on nothing": (
        "a commentRangeStart belongs to the comment 7, which is not there",
        change(DOCUMENT, r"(<w:r>)", r'<w:commentRangeStart w:id="7"/>\1'),
    ),
    "a remark that nobody wrote": (
        "a commentReference belongs to the comment 7, which is not there",
        change(DOCUMENT, r"(<w:r>)", r'<w:r><w:commentReference w:id="7"/></w:r>\1'),
    ),
    "a field left open in the foot": (
        "footer1.xml: a field has no end",
        change("word/footer1.xml", r'<w:fldChar w:fldCharType="end"/>', ""),
    ),
    "a long bookmark": (
        "too long for Word",
        change(DOCUMENT, r'w:name="(_Ref_[0-9a-f]+)"', r'w:name="\1_and_twenty_more_letters"'),
    ),
    "a table without rows": (
        "a table has 0 rows",
        change(DOCUMENT, r"(</w:tblGrid>)(?:(?!</w:tbl>).)*(</w:tbl>)", r"\1\2"),
    ),
    "a text that ends with a table": (
        "does not end with a paragraph and",
        change(DOCUMENT, r"(</w:tbl>)(?:(?!</w:tbl>).)*(<w:sectPr>(?!.*<w:sectPr>))", r"\1\2"),
    ),
    "a text without a letter": ("a text is empty", change(DOCUMENT, r"(<w:t [^>]*>)[^<]+", r"\1")),
    "a paragraph in a text": (
        "a text is empty, or holds something else",
        change(DOCUMENT, r'(<w:t xml:space="preserve">[^<]+)(</w:t>)', r"\1<w:p/>\2"),
    ),
    "blanks that Word drops": ("are not kept", change(DOCUMENT, r'<w:t xml:space="preserve">', "<w:t> ")),
    "labels outside of a stack": (
        "which Word calls corrupt",
        change(CHART, r'<c:grouping val="clustered"/>', '<c:grouping val="stacked"/>'),
    ),
    "an axis that crosses nothing": (
        "cross the axes",
        change(CHART, r'<c:crossAx val="111111111"/>', '<c:crossAx val="3"/>'),
    ),
    "a series twice": ("two series have one idx", change(CHART, r"(<c:ser>.*</c:ser>)", r"\1\1")),
    "a range too short": ("is not as long as its cache", change(CHART, r"(<c:val>.*?\$)(\d+)(</c:f>)", r"\g<1>3\3")),
    "a number of its own in the workbook": (
        "the cell B2",
        sheet(r"<v>14</v>", "<v>15</v>"),
    ),
    "a workbook that reckons": (
        "its workbook reckons",
        sheet(r"<v>14</v>", "<f>7+7</f><v>14</v>"),
    ),
    "no workbook": ("it has no workbook", drop("word/charts/_rels/chart1.xml.rels")),
    "text that is no XML": ("is not well formed", change(DOCUMENT, "<w:body>", "<w:body>\x01")),
}
# as above, for a file whose figure 1 is a picture
PICTURES: dict[str, tuple[str, Callable[[Parts], None]]] = {
    "no fallback": ("the package leads to word/media/figure1.png, which is not there", drop("word/media/figure1.png")),
    "no fallback in the text": (
        "a picture's blip leads to nothing",
        change(DOCUMENT, r'(<a:blip) r:embed="[^"]+"', r"\1"),
    ),
    "a dangling fallback": (
        "uses the relationship rIdNone",
        change(DOCUMENT, r'(<a:blip r:embed=")[^"]+', r"\1rIdNone"),
    ),
    "a dangling SVG": (
        "uses the relationship rIdNone",
        change(DOCUMENT, r'(svgBlip [^>]*r:embed=")[^"]+', r"\1rIdNone"),
    ),
    "no SVG": ("the package leads to word/media/figure1.svg, which is not there", drop("word/media/figure1.svg")),
    "a fallback that is the SVG": (
        "a picture's blip leads to word/media/figure1.svg",
        change("word/_rels/document.xml.rels", r"media/figure1\.png", "media/figure1.svg"),
    ),
    "a wrong content type": ("not image/svg+xml", change("[Content_Types].xml", r"image/svg\+xml", "image/png")),
    "an SVG without content type": (
        "figure1.svg has no content type",
        change("[Content_Types].xml", r"<(?:Default|Override)[^>]*svg[^>]*/>", ""),
    ),
    "an SVG of something else": (
        "figure1.svg is no SVG",
        lambda parts: parts.update({"word/media/figure1.svg": b"<html/>"}),
    ),
    "an SVG that is no XML": (
        "figure1.svg is not well formed",
        lambda parts: parts.update({"word/media/figure1.svg": b"<svg"}),
    ),
    "no alternative text": ("no alternative text", change(DOCUMENT, r' descr="[^"]+"', ' descr=""')),
}
ERROR_BARS = r"(<c:errBars>.*?<c:plus>.*?<c:v>)[^<]+"
# planted into a file that holds pairs of marks, whose lines the workbook reckons
PAIRS: dict[str, tuple[str, Callable[[Parts], None]]] = {
    "a line that is too long": ("the cell D2 and its cached value differ", change(CHART, ERROR_BARS, r"\g<1>99")),
    "a workbook that reckons wrongly": ("the cell D2 does not hold what it reckons", sheet(r"(</f><v>)4<", r"\g<1>5<")),
    "a workbook that reckons something else": ("its workbook reckons NOW()", sheet(r"<f>[^<]+", "<f>NOW()")),
    "a workbook that reckons with another row": ("its workbook reckons MAX(C3", sheet("C2-B2", "C3-B3")),
    "a row out of its order": ("the cell A2 and its cached value differ", change(CHART, "<c:v>江苏<", "<c:v>浙江<", 9)),
}
SDK = {
    "properties out of order": change(
        DOCUMENT, r"<w:pPr>(<w:pStyle [^>]*/>)(<w:jc [^>]*/>)</w:pPr>", r"<w:pPr>\2\1</w:pPr>"
    ),
    "a table's properties out of order": change(DOCUMENT, r"(<w:tblStyle [^>]*/>)", r'<w:tblCaption w:val="x"/>\1'),
    "an axis below nought": change(CHART, '"111111111"', '"-111111111"', 9),
    "a word that no list has": change(DOCUMENT, r'<w:jc w:val="right"/>', '<w:jc w:val="rightish"/>'),
    "a paragraph in a run": change(DOCUMENT, r'<w:t xml:space="preserve">', '<w:p/><w:t xml:space="preserve">'),
    "a paragraph in a text": OWN["a paragraph in a text"][1],
    "labels out of order": change(
        CHART, r'<c:showLegendKey val="0"/><c:showVal val="1"/>', '<c:showVal val="1"/><c:showLegendKey val="0"/>'
    ),
    "an unknown element": change("word/settings.xml", "<w:compat>", "<w:compatible/><w:compat>"),
    "a dangling chart": OWN["a dangling chart"][1],
    "a number that is none": change(DOCUMENT, r'<w:bookmarkStart w:id="[0-9]+"', '<w:bookmarkStart w:id="one"'),
}
