"""Numbers of two files are counted by kind or told with their place: of files that are made by hand, piece by piece."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import replace

import pikepdf
import pytest

from clusterreport.document.facts import facts_file
from clusterreport.document.model import (
    Column,
    Document,
    Inline,
    Listing,
    Number,
    NumberedDocument,
    RowGroup,
    Section,
    Table,
)
from clusterreport.document.numbering import number
from clusterreport.publishing import as_json
from clusterreport.verify.digit_ledger import KnownData, Ledger
from clusterreport.verify.digits import DigitAudit, Tally
from clusterreport.verify.expected import expected
from clusterreport.verify.passages import Passage
from clusterreport.verify.pdf_file import PdfFile
from clusterreport.verify.word_file import WordFile
from tests.samples import paragraph, small
from tests.verify.digit_audits import SAID
from tests.verify.test_digit_accounts import COUNT, row
from tests.verify.word_spoiling import DOC_PR, W, packed

Told = list[tuple[str, str]]
ISSUED = dt.date(2025, 10, 8)
HOUSE = KnownData(house=frozenset({"某局 电话12345"}))
TABLE = Table(
    "t", "甲", (Column("名称"), Column("2021年第一轮", "number")), (RowGroup((row("乙", Number(COUNT)),)),)
)  # fmt: skip
DESCRIBED = replace(
    TABLE, columns=(Column("名称"), Column("2021年第一轮认定的个数", "number")),
    notes=(paragraph("2021年第一轮认定。"),), source="名录，2025年9月22日",
)  # fmt: skip
LISTING = Listing((((paragraph("甲")),), ((paragraph("乙")),)), ordered=True)


def document(*inlines: Inline | str, table: Table = TABLE) -> NumberedDocument:
    """Return a document of one section with contents, a title and a heading that have numbers, a list and a table."""
    about = replace(
        small().document.about, title="15个集群", title_numbers=(Number(COUNT),), issued=ISSUED, author="第8研究室",
        contents=True,
    )  # fmt: skip
    blocks = (paragraph(*inlines), LISTING, table)
    return number(Document(about, (), (Section("only", "2025年10月的一节", blocks),)))


DOCUMENT = document("有", Number(COUNT), "，另有37个。")
HEADING = "一、2025年10月的一节"


XMP = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<r:Description r:about='' xmlns:p='urn:p/'>{}</r:Description></r:RDF></x:xmpmeta>"
)


def audit_of(numbered: NumberedDocument = DOCUMENT, known: KnownData = HOUSE) -> DigitAudit:
    return DigitAudit(
        numbered, expected(numbered, {HEADING: 3}), Ledger(numbered, as_json(facts_file(numbered)), known)
    )


def passages(numbered: NumberedDocument = DOCUMENT, **others: str) -> list[Passage]:
    """Return what a file says, ``others`` in the place of what the model says."""
    said = [one.passage for one in expected(numbered, {HEADING: 3})]
    return [replace(one, text=others.get(f"said{place}", one.text)) for place, one in enumerate(said)]


def told(tally: Tally) -> Told:
    """Return place and number of each problem."""
    found = ((problem.where, SAID.match(problem.problem)) for problem in tally.problems)
    return [(where, match["numeral"]) for where, match in found if match]


def word(
    read: Iterable[Passage] = (), body: str = "", unread: tuple[str, ...] = (),
    numbered: NumberedDocument = DOCUMENT, **parts: str,
) -> Tally:  # fmt: skip
    """Return the account of a Word file that says ``read``, with a body and other parts of XML."""
    names = "xmlns:w='{}' xmlns:wp='{}'".format(W[1:-1], DOC_PR[1:].partition("}")[0])
    files = {f"docProps/{name}.xml": f"<p>{content}</p>".encode() for name, content in parts.items()}
    files["word/document.xml"] = f"<w:document {names}>{body}</w:document>".encode()
    files["word/header1.xml"] = f"<w:hdr {names}><w:p><w:r><w:t>某局 电话12345</w:t></w:r></w:p></w:hdr>".encode()
    return audit_of(numbered).word(packed(files), WordFile(tuple(read), (), (), unread))


def pdf(
    read: Iterable[Passage] = (), untagged: tuple[tuple[str, ...], ...] = (), link: str = "", bookmark: str = "",
    metadata: str = "", numbered: NumberedDocument = DOCUMENT, properties: dict[str, str] | None = None,
) -> Tally:  # fmt: skip
    """Return the account of a PDF that says ``read``, with a link, a bookmark and properties."""
    made, written = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    for name, text in (properties or {}).items():
        made.docinfo[f"/{name}"] = text
    if link:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], Contents=pikepdf.String(link)
        )
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])
    if bookmark:
        with made.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(bookmark, 0))
    if metadata:
        made.Root.Metadata = made.make_stream(XMP.format(metadata).encode())
    made.save(written)
    return audit_of(numbered).pdf(written.getvalue(), PdfFile(tuple(read), (), untagged, {}))


# ── one text ─────────────────────────────────────────────────────────────────────────────────────────────────────────

REMEDY = (
    "Nothing was published. Print the number as a finding, as a statement, or with quoted(…, source=…); where no "
    "template and no data say it, report these lines."
)
TWELVE = "甲乙丙丁戊己庚辛壬癸子丑"


@pytest.mark.parametrize(
    ("text", "around"),
    [
        (f"{TWELVE}37{TWELVE}", f"{TWELVE}37{TWELVE}"),
        (f"寅{TWELVE}37{TWELVE}卯", f"…{TWELVE}37{TWELVE}…"),
        (f"寅卯辰{TWELVE}37{TWELVE}寅卯", f"…{TWELVE}37{TWELVE}…"),
        ("共  37\n个", "共 37 个"),
        ("37", "37"),
    ],
)
def test_a_number_is_told_with_the_words_around_it_and_what_to_do(text: str, around: str) -> None:
    tally = Tally()
    tally.take("某处", text, [None] * len(text))
    (problem,) = tally.problems
    assert (problem.where, problem.problem, problem.remedy) == (
        "某处",
        f"the number “37” in “{around}” is no fact, no quote with its source, and no part of the build",
        REMEDY,
    )
    assert tally.counts == {}


def test_a_number_counts_once_as_what_it_begins_as_and_is_told_where_a_part_of_it_is_nothing() -> None:
    tally = Tally()
    tally.take("", "37、38、39", ["fact", "data", None, "data", None, None, None, "note"])
    assert tally.counts == {"fact": 1}
    assert [problem.problem[:16] for problem in tally.problems] == ["the number “38” ", "the number “39” "]


# ── the pieces ───────────────────────────────────────────────────────────────────────────────────────────────────────

COUNTED = {"fact": 3, "heading": 1, "date": 4, "page": 1, "list": 2, "caption": 1, "named": 2}
PLACE = f"{HEADING}, paragraph 1"


def test_what_both_files_say_is_counted_and_told_with_its_place() -> None:
    for tally, file in ((word(passages()), "the Word file"), (pdf(passages()), "the PDF")):
        assert told(tally) == [(f"{file}, {PLACE}", "37")]
        beside = {"letterhead", "metadata"}
        assert {kind: count for kind, count in tally.counts.items() if kind not in beside} == COUNTED
    second = [replace(one, page=2) for one in passages()]
    assert told(pdf(second)) == [(f"the PDF, page 2, {PLACE}", "37")]


@pytest.mark.parametrize(
    ("read", "numerals"),
    [
        ("有15个，另有37个。", ["37"]),
        ("有 15 个，另有 37 个。", ["37"]),
        ("有15个，另有15个。", ["15"]),
        ("有115个，另有37个。", ["115", "37"]),
        ("有1、5个，另有37个。", ["1", "5", "37"]),
        ("38，有15个。", ["38"]),
        ("", []),
    ],
)
def test_what_a_file_says_otherwise_is_carried_over_number_by_number(read: str, numerals: list[str]) -> None:
    assert [numeral for _, numeral in told(word(passages(said4=read)))] == numerals


def test_a_marker_that_is_not_the_models_and_a_heading_without_its_numeral_are_told_or_not_counted() -> None:
    said = passages()
    other = [replace(one, marker="3.") if one.marker == "2." else one for one in said]
    tally = word(other)
    assert told(tally) == [(f"the Word file, {PLACE}", "37"), (f"the Word file, {HEADING}, paragraph 3", "3")]
    assert tally.counts["list"] == 1
    assert word(passages(said3="2025年10月的一节")).counts["heading"] == 0


def test_what_a_file_says_besides_is_told_with_what_stands_before_it() -> None:
    title, contents, *rest = passages()
    first, second = Passage("text", "共5个"), Passage("text", "6个", marker="9)")
    assert told(word([first, title, second, contents, *rest])) == [
        (f"the Word file, {PLACE}", "37"), ("the Word file, before everything else", "5"),
        ("the Word file, after the title", "9"), ("the Word file, after the title", "6"),
    ]  # fmt: skip


def test_what_stands_in_no_paragraph_is_told() -> None:
    assert told(word(unread=("共38个",))) == [("the Word file, outside of its paragraphs", "38")]


# ── what stands beside them ──────────────────────────────────────────────────────────────────────────────────────────


def test_what_the_word_file_says_once_more_are_captions_headings_and_the_house() -> None:
    def links(*texts: str) -> str:
        return "".join(f'<w:hyperlink w:tooltip="{text}"/>' for text in texts)

    assert told(word(body=links("表1　甲", "表 1 甲", "表1", "见表1", HEADING))) == []
    assert word(body=links("表1　甲")).counts["caption"] == 1
    assert told(word(body=links("2021年第一轮", "15个", "表2　甲"))) == [
        ("the Word file, word/document.xml", numeral) for numeral in ("2021", "一", "15", "2")
    ]
    assert word().counts["letterhead"] == 1


def test_the_description_of_a_table_says_the_lines_below_it_once_more() -> None:
    def described(text: str) -> Told:
        return told(word(body=f'<w:tblDescription w:val="{text}"/>', numbered=numbered))

    numbered, where = document("甲", table=DESCRIBED), "the Word file, word/document.xml"
    note, source = "2021年第一轮认定。", "数据来源：名录，2025年9月22日。"
    for text in (note, f"{note}{source}", f"表1。{note} {source}", f"{note}见表1。"):
        assert described(text) == []
    assert described(f"{note}{source}共38行") == [(where, "38")]
    assert described(f"共38行。{note}{source}") == [(where, "38")]
    assert described("2021年第一轮") == [(where, "2021"), (where, "一")]  # a part of a line
    assert told(pdf(bookmark=note, numbered=numbered)) == [("the PDF, its bookmarks", word) for word in ("2021", "一")]


@pytest.mark.parametrize(
    ("line", "numerals"),
    [
        ("2021年第一轮认定的个数", []),
        ("2021年 第一轮认定的个数", []),  # set with a gap
        ("2021年第一轮", []),  # one of its lines
        (" 一轮认定的", []),
        ("2021", ["2021"]),  # a number alone
        ("21年第一轮", ["21"]),  # a part of one
        ("2021年第二轮", ["2021", "二"]),
        ("2025年10月的", ["2025", "10"]),  # a part of a heading of the text
    ],
)
def test_a_page_of_a_pdf_prints_the_head_of_a_table_once_more_line_by_line(line: str, numerals: list[str]) -> None:
    numbered = document("甲", table=DESCRIBED)
    assert [numeral for _, numeral in told(pdf(untagged=((line, "乙"),), numbered=numbered))] == numerals


def test_a_page_of_a_pdf_prints_its_number_last_and_heads_of_tables_once_more() -> None:
    tally = pdf(untagged=(("1",), ("表1　甲", "2021年第一轮", "第2页 共3页"), ("3", "乙")))
    assert told(tally) == [("page 3 of the PDF", "3")]
    assert (tally.counts["page"], tally.counts["caption"], tally.counts["named"]) == (3, 1, 2)
    assert told(pdf(untagged=(("2",),))) == [("page 1 of the PDF", "2")]
    assert told(pdf(untagged=(("1、一节 7", ""),))) == [("page 1 of the PDF", "1"), ("page 1 of the PDF", "7")]


def test_a_link_is_called_by_the_words_of_its_line_and_a_bookmark_by_a_heading() -> None:
    for words in ("15个", "15个…", "15个\u00ad", "15个 …", "15", "表1", "2021年第一轮", HEADING, f"{HEADING}3"):
        assert told(pdf(link=words)) == []
    assert told(pdf(link="表1", numbered=document("见表1。"))) == []  # it refers to a table, though typed here
    assert told(pdf(link="另有37个")) == [("page 1 of the PDF, a link", "37")]
    assert told(pdf(link="…37")) == [("page 1 of the PDF, a link", "37")]
    assert told(pdf(link="15个…38")) == [("page 1 of the PDF, a link", "15"), ("page 1 of the PDF, a link", "38")]
    for words in (HEADING, "15个集群"):
        assert told(pdf(bookmark=words)) == []
    assert told(pdf(bookmark="15个")) == [("the PDF, its bookmarks", "15")]


def test_properties_are_those_of_the_build_and_of_the_issue() -> None:
    assert told(word(core="<revision>1</revision><created>2025-09-22T00:00:00Z</created>")) == []
    assert word(core="<modified>2025-10-08T00:00:00Z</modified>").counts["metadata"] > 0
    assert told(word(core="<revision>2</revision>")) == [("the Word file, docProps/core.xml", "2")]
    assert [numeral for _, numeral in told(word(core="<created>2025-09-23T00:00:00Z</created>"))][:3] == [
        "2025", "09", "23",
    ]  # fmt: skip
    assert told(word(core="<created>2025-09-22T00:00:01Z</created>")) != []
    assert told(word(core="<other>2025-09-22</other>")) != []
    said = word(core="<creator>第8研究室</creator><subject>2025-09</subject><title>15个集群</title>")
    assert told(said) == []
    assert (said.counts["letterhead"], said.counts["fact"]) == (4, 1)
    for date in ("CreationDate", "ModDate"):
        assert told(pdf(properties={date: "D:20250922000000"})) == []
        for time in ("D:20250922000010", "D:20250922100000"):
            assert told(pdf(properties={date: time})) == [("the PDF, its properties", time[2:])]


def test_the_metadata_of_a_pdf_say_its_dates_and_its_standards() -> None:
    for tag in ("CreateDate", "ModifyDate", "MetadataDate"):
        assert told(pdf(metadata=f"<p:{tag}>2025-10-08T00:00:00</p:{tag}>")) == []
    standards = pdf(metadata="<p:part>1</p:part><p:part>3</p:part>")
    assert told(standards) == []
    assert standards.counts["metadata"] == 2
    assert told(pdf(metadata="<p:part>2</p:part>")) == [("the PDF, its properties", "2")]


def test_a_long_text_is_carried_over_however_often_its_signs_stand_in_it() -> None:
    numbered = document(*(Number(COUNT), "，") * 60)
    said = passages(numbered)
    longer = [replace(one, text=f"。{one.text}") if place == 4 else one for place, one in enumerate(said)]
    assert told(pdf(longer, numbered=numbered)) == []
