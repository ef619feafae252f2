"""A Word file is read by what its parts say: packages of a few elements, written out by hand."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import pytest
from lxml import etree

from clusterreport.errors import ProblemsError
from clusterreport.verify.package import Package
from clusterreport.verify.passages import NamedNumber, Passage
from clusterreport.verify.word_file import WordFile, read_word_file
from clusterreport.verify.word_labels import printed_values
from clusterreport.verify.word_lists import Numbering, value_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
SPACES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:c="{C}" xmlns:wp="{WP}"'
STYLES = "".join(
    f'<w:style w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in (
        ("H1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'), ("H6", "Heading 6", ""),
        ("HX", "heading x", ""), ("T", "Title", ""), ("C", "caption", ""), ("TOC1", "toc 1", ""),
        ("TOCH", "TOC Heading", ""), ("B", "Body Text", ""),
        ("L", "List", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
    )
)  # fmt: skip
LISTS = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/>'
    '<w:suff w:val="space"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
)


def zipped(parts: dict[str, str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def word(body: str, notes: str = "", **more: str) -> WordFile:
    """Return what is read of a Word file with ``body``."""
    kinds = ("styles", "numbering", "footnotes")
    listed = "".join(f'<Relationship Id="r{kind}" Target="{kind}.xml"/>' for kind in kinds)
    listed += "".join(f'<Relationship Id="{name}" Target="/word/charts/{name}.xml"/>' for name in more)
    parts = {
        "word/document.xml": f"<w:document {SPACES}>{body}</w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{W}">{LISTS}</w:numbering>',
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>',
    }
    return read_word_file(zipped(parts))


def passages(inner: str, notes: str = "") -> list[Passage]:
    return list(word(f"<w:body>{inner}</w:body>", notes).passages)


def tagged(words: str) -> str:
    """Return a number in its content control."""
    content = f"<w:sdtContent><w:r><w:t>{words}</w:t></w:r></w:sdtContent>"
    return f'<w:sdt><w:sdtPr><w:tag w:val="n1"/></w:sdtPr>{content}</w:sdt>'


def marked(name: str) -> str:
    return f'<w:r><w:footnoteReference w:id="{name}"/></w:r>'


def note(name: str, inner: str) -> str:
    return f'<w:footnote w:id="{name}">{inner}</w:footnote>'


def paragraph(*runs: str, style: str = "B", properties: str = "") -> str:
    inner = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inner}</w:p>'


@pytest.mark.parametrize(
    ("style", "kind", "level"),
    [("T", "heading", 0), ("H6", "heading", 4), ("C", "caption", 0), ("TOC1", "contents", 0), ("TOCH", "text", 0),
     ("B", "text", 0), ("HX", "text", 0), ("unknown", "text", 0)],
)  # fmt: skip
def test_a_paragraph_is_what_its_style_is_called(style: str, kind: str, level: int) -> None:
    (read,) = passages(paragraph("甲", style=style))
    assert (read.kind, read.level, read.text, read.marker) == (kind, level, "甲", "")


def test_headings_are_read_with_their_numerals_and_items_with_their_markers() -> None:
    own = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    read = passages(
        paragraph("总则", style="H1") + paragraph("甲", style="L") + paragraph("乙", properties=own)
        + paragraph("分则", style="H1") + paragraph("丙", style="L")
    )  # fmt: skip
    assert [(one.kind, one.marker, one.text) for one in read] == [
        ("heading", "", "一、 总则"), ("text", "3)", "甲"), ("text", "4)", "乙"), ("heading", "", "二、 分则"),
        ("text", "3)", "丙"),
    ]  # fmt: skip


def test_what_tabs_part_is_said_apart_but_for_a_line_of_the_contents() -> None:
    runs = ("甲", "<w:r><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t><w:noBreakHyphen/><w:t/></w:r>")
    (first, second) = passages(paragraph(*runs, "<w:r><w:tab/></w:r>"))
    assert (first.text, second.text) == ("甲", "乙\n丙\n丁\u2011")
    (line,) = passages(paragraph(*runs, style="TOC1"))
    assert line.text == "甲乙\n丙\n丁\u2011"
    assert passages(paragraph("  ") + paragraph()) == []


def test_of_pieces_that_a_tab_parts_the_first_has_marker_and_numbers() -> None:
    number = (
        '<w:sdt><w:sdtPr><w:tag w:val="n1"/></w:sdtPr><w:sdtContent><w:r><w:t>80个</w:t></w:r></w:sdtContent></w:sdt>'
    )
    first, second = passages(paragraph("有", number, "<w:r><w:tab/></w:r>", "乙", style="L"))
    assert first == Passage("text", "有80个", 0, "3)", (NamedNumber("n1", "80个"),))
    assert second == Passage("text", "乙")


def test_texts_that_no_piece_has_are_told_apart() -> None:
    read = word(f"<w:body>{paragraph('甲')}<w:sectPr><w:t/><w:t>37</w:t></w:sectPr></w:body>")
    assert (len(read.passages), read.unread) == (1, ("", "37"))


def test_the_mark_of_a_note_stands_in_notes_only() -> None:
    cell = f"<w:tc>{paragraph('<w:r><w:footnoteRef/></w:r>', '甲')}</w:tc>"
    (read,) = passages(f'<w:tbl><w:tblPr><w:tblCaption w:val="表"/></w:tblPr><w:tr>{cell}</w:tr></w:tbl>')
    assert read.text == "甲"


def test_what_word_does_not_show_is_not_read() -> None:
    silent = "<w:pPr><w:t>不读</w:t></w:pPr><w:rPr><w:t>不读</w:t></w:rPr>"
    silent += (
        "<w:sdt><w:sdtPr><w:t>不读</w:t></w:sdtPr></w:sdt><w:instrText>PAGE</w:instrText><w:delText>删</w:delText>"
    )
    link = "<w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink>"
    (read,) = passages(
        paragraph(f"<w:r>{silent}<w:t>读</w:t></w:r>", link)
        + "<w:sectPr><w:p><w:r><w:t>不读</w:t></w:r></w:p></w:sectPr>"
    )
    assert read.text == "读链"
    (within,) = passages(f"<w:sdt><w:sdtContent>{paragraph('内')}</w:sdtContent></w:sdt>")
    assert within.text == "内"


def test_footnotes_are_marked_in_their_order_and_read_behind_their_paragraph() -> None:
    marks = "".join(marked(name) for name in ("5", "6", "missing"))
    ref = "<w:r><w:footnoteRef/></w:r>"
    notes = note("6", paragraph(ref, "后")) + note("5", paragraph(ref, " 前") + paragraph("续"))
    assert passages(paragraph("甲", marks), notes) == [
        Passage("text", "甲①②③"), Passage("footnote", "① 前续"), Passage("footnote", "②后"), Passage("footnote", ""),
    ]  # fmt: skip
    many = paragraph(*[marked("6")] * 21)
    assert passages(many, notes)[0].text.endswith("⑲⑳21")


def test_tables_with_a_caption_are_read_by_cells_and_others_only_lay_out() -> None:
    number = (
        '<w:sdt><w:sdtPr><w:tag w:val="n1"/></w:sdtPr><w:sdtContent><w:r><w:t>80</w:t></w:r></w:sdtContent></w:sdt>'
    )
    cells = f"<w:tr><w:tc>{paragraph('甲', number)}{paragraph('乙')}</w:tc><w:tc>{paragraph()}</w:tc></w:tr>"
    last = f"<w:tr><w:tc>{paragraph('丙', marked('1'))}</w:tc></w:tr>"
    captioned = f'<w:tbl><w:tblPr><w:tblCaption w:val="表1　题"/></w:tblPr>{cells}{last}</w:tbl>'
    laid = f"<w:tbl><w:tblPr/><w:tr><w:tc>{paragraph('丁')}</w:tc></w:tr></w:tbl>"
    read = word(f"<w:body>{captioned}{laid}</w:body>", note("1", "<w:p><w:r><w:t>注</w:t></w:r></w:p>"))
    assert read.table_names == ("表1　题",)
    assert read.passages == (
        Passage("cell", "甲80乙", 1, numbers=(NamedNumber("n1", "80"),)), Passage("cell", "", 2),
        Passage("cell", "丙①", 1), Passage("footnote", "注"), Passage("text", "丁"),
    )  # fmt: skip


def test_pictures_are_read_by_their_descriptions_in_their_order() -> None:
    def drawing(described: str, chart: str = "") -> str:
        return f"<w:r><w:drawing>{described}{chart}</w:drawing></w:r>"

    pictures = (
        drawing('<wp:docPr descr="第一图"/>'), drawing("<wp:docPr/>", '<c:chart r:id="gone"/>'),
        drawing("", "<c:chart/>"),
    )  # fmt: skip
    read = word(f"<w:body>{paragraph(*pictures)}</w:body>")
    assert read.passages == tuple(
        Passage("picture", words, picture=place) for place, words in enumerate(("第一图", "", ""))
    )
    assert read.charts == (None, None, None)


@pytest.mark.parametrize(
    "content",
    [b"no archive", zipped({"other.xml": "<x/>"}), zipped({"word/document.xml": "<broken"})],
)
def test_what_is_no_word_file_is_told(content: bytes) -> None:
    with pytest.raises(ProblemsError) as raised:
        read_word_file(content)
    (problem,) = raised.value.problems
    assert problem.where == "the Word file"
    assert problem.problem.startswith("it cannot be read back: ")


def test_a_word_file_of_one_part_is_read_and_one_without_a_body_says_nothing() -> None:
    bare = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>'
    assert read_word_file(zipped({"word/document.xml": bare})).passages == (Passage("text", "甲"),)
    assert word("").passages == ()


# ── packages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_relationships_lead_from_the_part_that_has_them() -> None:
    listed = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Target="styles.xml"/><Relationship Id="b"'
        ' Target="../data/book.xlsx"/><Relationship Id="c" Target="/word/x.xml"/><Relationship/></Relationships>'
    )
    package = Package({"word/charts/_rels/chart1.xml.rels": listed.encode()})
    assert package.related("word/charts/chart1.xml") == {
        "a": "word/charts/styles.xml", "b": "word/data/book.xlsx", "c": "word/x.xml", "": "word/charts",
    }  # fmt: skip
    assert package.related("word/document.xml") == {}


def test_no_entity_of_a_part_is_followed() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY e "expanded">]><x>&e;</x>'
    assert "expanded" not in "".join(Package({"x.xml": bomb}).tree("x.xml").itertext())


# ── lists and labels ─────────────────────────────────────────────────────────────────────────────────────────────────


def lists(levels: str, numbers: str) -> Numbering:
    kind = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return Numbering(etree.fromstring(f'<w:numbering xmlns:w="{W}">{kind}{numbers}</w:numbering>'))


ONE = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'


def level(place: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{place}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


@pytest.mark.parametrize(("suffix", "gap"), [("", "\t"), ("tab", "\t"), ("space", " "), ("nothing", "")])
def test_what_stands_behind_a_label(suffix: str, gap: str) -> None:
    assert lists(level(0, "decimal", "%1.", f'<w:suff w:val="{suffix}"/>' if suffix else ""), ONE).next_label(
        "1", 0
    ) == ("1.", gap)


@pytest.mark.parametrize(
    ("form", "start", "label"),
    [
        ("none", 5, "()"), ("decimal", 5, "(5)"), ("chineseCounting", 5, "(五)"), ("chineseCounting", 0, "(〇)"),
        ("chineseCountingThousand", 10, "(十)"), ("chineseCounting", 99, "(九十九)"),
        ("chineseCounting", 100, "([chineseCounting 100])"), ("upperRoman", 4, "([upperRoman 4])"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_the_form_of_its_level(form: str, start: int, label: str) -> None:
    assert lists(level(0, form, "(%1)", f'<w:start w:val="{start}"/>'), ONE).next_label("1", 0) == (label, "\t")


def test_a_list_may_begin_elsewhere_than_its_kind() -> None:
    other = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride><w:lvlOverride w:ilvl="1"/>'
    two = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{other}</w:num>'
    numbering = lists(level(0, "decimal", "%1.") + level(1, "decimal", "%1.%2"), ONE + two)
    steps = [("1", 0), ("2", 0), ("2", 1), ("1", 0), ("2", 0), ("1", 1)]
    assert [numbering.next_label(*step)[0] for step in steps] == ["1.", "4.", "4.1", "2.", "5.", "2.1"]
    assert numbering.next_label("1", 2) == numbering.next_label("3", 0) == ("", "")


def test_what_does_not_say_its_level_is_of_the_first() -> None:
    bare = '<w:lvl><w:start w:val="2"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    assert lists(bare, ONE).next_label("1", 0) == ("2.", "\t")
    other = '<w:lvlOverride><w:startOverride w:val="5"/></w:lvlOverride>'
    two = f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{other}</w:num>'
    assert lists(bare, two).next_label("2", 0) == ("5.", "\t")


def test_a_level_whose_higher_one_was_not_counted_stands_at_its_start() -> None:
    numbering = lists(level(0, "decimal", "%1.", '<w:start w:val="3"/>') + level(1, "decimal", "%1.%2"), ONE)
    assert numbering.next_label("1", 1)[0] == "3.1"


def test_a_value_is_found_along_a_path_or_is_the_default() -> None:
    element = etree.fromstring(f'<w:p xmlns:w="{W}"><w:pPr><w:pStyle w:val="B"/><w:x/></w:pPr></w:p>')
    assert value_of(element, "pPr/pStyle") == "B"
    assert value_of(element, "pPr/x") == value_of(element, "pPr/y") == value_of(None, "pPr") == ""
    assert value_of(element, "pPr/x", "0") == value_of(None, "pPr", "0") == "0"


def test_labels_print_the_values_of_a_series_where_they_are_shown() -> None:
    def series(labels: str) -> etree._Element:
        return etree.fromstring(f'<c:ser xmlns:c="{C}">{labels}</c:ser>')

    drawn = (Decimal("1.5"), None, Decimal(-2), "甲")
    shown = '<c:showVal val="1"/>'
    assert printed_values(series(""), drawn) == ("", "", "", "")
    assert printed_values(series(f"<c:dLbls>{shown}</c:dLbls>"), drawn) == ("1.5", "", "-2", "")
    assert printed_values(series('<c:dLbls><c:showVal val="0"/></c:dLbls>'), drawn) == ("", "", "", "")
    assert printed_values(series("<c:dLbls/>"), drawn) == ("", "", "", "")
    assert printed_values(series(f"<c:dLbls>{shown}<c:numFmt/></c:dLbls>"), drawn) == ("1.5", "", "-2", "")
    form = '<c:numFmt formatCode="0.00"/>'
    own = f'<c:dLbl><c:idx val="2"/><c:tx/>{shown}</c:dLbl><c:dLbl><c:idx val="0"/>{form}{shown}</c:dLbl>'
    assert printed_values(series(f"<c:dLbls>{own}{shown}<c:numFmt/></c:dLbls>"), drawn) == ("1.50", "", "", "")
