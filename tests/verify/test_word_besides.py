"""What a Word file holds beside its body, read from parts that are written here."""

from __future__ import annotations

from decimal import Decimal

from clusterreport.verify.package import Package
from clusterreport.verify.word_besides import (
    SAID_AGAIN,
    StoredChart,
    TextBeside,
    chart_parts,
    paragraphs_of,
    properties,
    texts_beside,
)
from tests.verify.word_spoiling import packed

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def body(content: str, root: str = "document") -> str:
    return f'<w:{root} xmlns:w="{W}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:r="{R}">{content}</w:{root}>'


def relations(**targets: str) -> str:
    told = "".join(f'<Relationship Id="{name}" Target="{target}"/>' for name, target in targets.items())
    return f'<Relationships xmlns="{RELATIONS}">{told}</Relationships>'


def package(parts: dict[str, str]) -> Package:
    return Package({name: content.encode() for name, content in parts.items()})


def runs(*texts: str) -> str:
    return "".join(f"<w:r>{text if text.startswith('<') else f'<w:t>{text}</w:t>'}</w:r>" for text in texts)


def field(instruction: str, result: str) -> str:
    marks = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end")]
    return runs(marks[0], f"<w:instrText>{instruction}</w:instrText>", marks[1], result, marks[2])


def words(content: str) -> list[str]:
    return list(paragraphs_of(body(f"<w:p>{content}</w:p>", "ftr").encode()))


# ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_paragraph_is_the_words_of_its_runs() -> None:
    assert words(runs("第", "<w:t/>", "7页")) == ["第7页"]
    assert list(paragraphs_of(body("<w:p/><w:p/>", "hdr").encode())) == ["", ""]
    bomb = f'<!DOCTYPE x [<!ENTITY e "37">]><w:ftr xmlns:w="{W}"><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:ftr>'
    assert list(paragraphs_of(bomb.encode())) == [""]


def test_the_results_of_fields_of_pages_are_left_out_and_of_no_others() -> None:
    for pages in (" PAGE ", "NUMPAGES", "SECTIONPAGES \\* Arabic"):
        assert words(runs("第") + field(pages, "7") + runs("页")) == ["第页"]
    for other in ("DATE", "PAGES", "PAGEREF x", " SUM(PAGE) "):
        assert words(field(other, "7")) == ["7"]
    assert words(field(" PAGE ", "7") + field(" DATE ", "8") + field("NUMPAGES", "9")) == ["8"]
    split = "<w:instrText/>", "<w:instrText> PA</w:instrText>", "<w:instrText>GE </w:instrText>"
    marks = [f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("separate", "end")]
    assert words(runs(*split, marks[0], "7", marks[1], "页")) == ["页"]


def test_simple_fields_of_pages_are_left_out_too() -> None:
    for told, said in ((' w:instr=" PAGE "', ""), (' w:instr="DATE"', "7"), ("", "7")):
        assert words(f"<w:fldSimple{told}>{runs('7')}</w:fldSimple>") == [said]


# ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_heads_and_feet_are_read_and_what_screen_readers_are_told() -> None:
    drawn = '<wp:docPr title="图1" descr="有15个"/><wp:docPr/>'
    beside = '<w:hyperlink w:tooltip="第1章"/><w:hyperlink/><w:tblDescription w:val="共2行"/><w:tblDescription/>'
    parts = {"word/document.xml": body(f"<w:p>{runs('正文')}</w:p>{drawn}{beside}")}
    parts["word/header1.xml"] = body(f"<w:p>{runs('页眉')}</w:p>{drawn}", "hdr")
    parts["word/media/a.xml"] = parts["other.xml"] = parts["word/header1.xml"]
    in_body, in_head = "the Word file, word/document.xml", "the Word file, word/header1.xml"
    assert list(texts_beside(package(parts))) == [
        *(TextBeside(in_body, text, SAID_AGAIN) for text in ("图1", "", "第1章", "", "共2行", "")),
        (in_head, "页眉", ""), TextBeside(in_head, "图1", SAID_AGAIN), (in_head, "有15个", ""),
        TextBeside(in_head, "", SAID_AGAIN), (in_head, "", ""),
    ]  # fmt: skip


def test_properties_are_the_texts_of_the_parts_on_properties() -> None:
    core = '<p xmlns:d="urn:d"><d:title>题目</d:title><revision>1</revision><empty/><blank> </blank></p>'
    parts = {"docProps/core.xml": core, "docProps/thumbnail.jpeg": "no XML", "other/core.xml": core}
    where = "the Word file, docProps/core.xml"
    assert list(properties(package(parts))) == [TextBeside(where, "题目", "title"), TextBeside(where, "1", "revision")]


# ── charts ───────────────────────────────────────────────────────────────────────────────────────────────────────────

CHART = f"""<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><a:t>图题3</a:t><a:t/>
<c:tx><c:v>系列4</c:v></c:tx><c:cat><c:strCache><c:v>甲</c:v><c:v/></c:strCache><c:strLit><c:v>乙</c:v></c:strLit></c:cat>
<c:numCache><c:v>5</c:v></c:numCache><c:numLit><c:v>6.5</c:v></c:numLit>{{}}</c:chartSpace>"""
BOOK = {
    "xl/workbook.xml": f'<book xmlns="{S}"><sheets><sheet name="Sheet1"/><sheet name="37"/><sheet/></sheets></book>',
    "xl/sharedStrings.xml": f'<sst xmlns="{S}"><si><r><t>共</t></r><r><t>38个</t></r></si></sst>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{S}"><c r="A1"><v>7</v></c></worksheet>',
    "xl/worksheets/_rels/sheet1.xml.rels": "no XML",
    "xl/styles.xml": "no XML",
}


def charts(parts: dict[str, str], drawings: str, book: dict[str, str] | None = None) -> list[StoredChart]:
    """Return what is read of the pictures of a body that leans on parts a to d."""
    leaning = relations(a="charts/chart1.xml", b="media/figure1.svg", c="media/figure1.png", d="media/none.svg")
    files = {"word/document.xml": body(drawings), "word/_rels/document.xml.rels": leaning, **parts}
    made = package(files)
    if book:
        inner = packed({name: content.encode() for name, content in book.items()})
        made.parts["word/embeddings/book.xlsx"] = inner
    return list(chart_parts(made))


def drawing(*ids: str) -> str:
    return f"<w:drawing>{''.join(f'<a:blip r:embed={one!r}/>' for one in ids)}</w:drawing>"


def test_of_a_chart_its_words_its_amounts_and_the_cells_of_its_workbook_are_read() -> None:
    texts, amounts = ("图题3", "", "系列4", "甲", "", "乙"), (Decimal(5), Decimal("6.5"))
    parts = {
        "word/charts/chart1.xml": CHART.format('<c:externalData r:id="x"/>'),
        "word/charts/_rels/chart1.xml.rels": relations(x="../embeddings/book.xlsx"),
    }
    (found,) = charts(parts, drawing("a"), BOOK)
    assert (sorted(found.texts), found.amounts) == (sorted(texts), amounts)
    assert sorted(found.cells, key=str) == sorted(["37", "", "共38个", Decimal(7)], key=str)
    for told in ('<c:externalData r:id="y"/>', "<c:externalData/>", ""):
        parts["word/charts/chart1.xml"] = CHART.format(told)
        assert charts(parts, drawing("a"), BOOK)[0].cells == ()


def test_of_a_picture_its_drawn_words_are_read() -> None:
    inner = "<title>图1</title><desc>说明2</desc><text> 甲<tspan>3</tspan></text>"
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{inner}</svg>'
    parts = {"word/media/figure1.svg": svg, "word/media/figure1.png": "no XML"}
    nothing = StoredChart((), (), ())
    assert charts(parts, drawing("c", "b") + drawing("c") + drawing("d") + drawing("other")) == [
        StoredChart(("图1", "说明2", "甲3"), (), ()), nothing, nothing, nothing,
    ]  # fmt: skip
