"""A document is read as it is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest

from clusterreport.document.model import (
    About,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Document,
    Emphasis,
    Figure,
    Footnote,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Link,
    Listing,
    Number,
    NumberedDocument,
    PageBreak,
    Pair,
    Paragraph,
    Quoted,
    Row,
    RowGroup,
    Section,
    Series,
    Strong,
    Table,
    Text,
)
from clusterreport.document.text import (
    PrintedText,
    addressed,
    caption_text,
    contents_entries,
    foot_lines,
    footnotes_in,
    heading_text,
    imprint_date,
    inline_text,
    lines_of,
    page_number_words,
    source_lines,
)
from clusterreport.document.wording import footnote_mark
from clusterreport.quantity import Computed, Confidence, Quantity
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.samples import english, sample

EIGHTY = Number(Quantity(Decimal(80), CLUSTERS, Computed("集群数", "行数", Confidence.CONFIRMED)))
ABOUT = About("题目", "2025-09", "bureau", "部门版", "zh", dt.date(2025, 9, 22), "某中心", Letterhead())


def paragraph(text: str, role: Literal["body", "lead", "note"] = "body") -> Paragraph:
    return Paragraph((Text(text),), role)


def figure(number: int, *, unit: str = "", note: str = "", source: str = "") -> Figure:
    chart = Chart("bar", f"图题{number}", unit, ("甲",), (Series("数", (EIGHTY.quantity,)),), "甲80个。")
    return Figure(f"figure-{number}", chart, note, source, number)


def table(source: str = "") -> Table:
    groups = (
        RowGroup((Row((Cell((Text("江苏"),)), Cell((EIGHTY,)))),), "已核实"),
        RowGroup((Row((Cell((Text("全国"),)), Cell())),)),
    )
    columns = (Column("省份"), Column("集群", "number"))
    return Table("table", "表题", columns, groups, (paragraph("表注"),), source, 1)


def read(*blocks: Block, about: About = ABOUT) -> list[tuple[str, str]]:
    """Return what a reader reads of a document of ``blocks``, without the title."""
    title, *rest = lines_of(NumberedDocument(Document(about, blocks, ())))
    assert title == PrintedText("title", "题目")
    return [(line.kind, line.text) for line in rest]


@pytest.mark.parametrize(
    ("numbered", "headings"),
    [
        (sample(), ["一、总体情况", "（一）数量与批次", "1.数量", "（1）再分", "口径提示"]),
        (english(), ["1. Overview"]),
    ],
    ids=["zh", "en"],
)
def test_headings_stand_behind_their_numerals(numbered: NumberedDocument, headings: list[str]) -> None:
    read = [line.text for line in lines_of(numbered) if line.kind == "heading"]
    assert sorted(read[: len(headings)]) == sorted(headings)


def test_a_heading_without_a_numeral_begins_with_its_title() -> None:
    assert heading_text(Section("deep", "Counts", ()), "en") == "Counts"


def test_every_word_of_a_section_is_read_in_its_place() -> None:
    inner = Section("inner", "内节", (paragraph("内文"),), numeral="（一）")
    outer = Section("outer", "外节", (paragraph("外文"),), (inner,), "一、")
    lines = lines_of(NumberedDocument(Document(ABOUT, (paragraph("导语", "lead"),), (outer,))))
    assert lines == (
        PrintedText("title", "题目"), PrintedText("paragraph", "导语"), PrintedText("heading", "一、外节"),
        PrintedText("paragraph", "外文"),
        PrintedText("heading", "（一）内节"), PrintedText("paragraph", "内文"),
    )  # fmt: skip


def test_paragraphs_are_read_by_their_role_and_empty_ones_not_at_all() -> None:
    said = read(paragraph("导语", "lead"), paragraph("正文"), paragraph("附注", "note"), Paragraph(()))
    assert said == [("paragraph", "导语"), ("paragraph", "正文"), ("note", "附注")]


def test_a_page_break_says_nothing() -> None:
    assert read(PageBreak()) == []


def test_the_items_of_a_list_and_of_lists_within_are_read_in_order() -> None:
    inner = Listing(((paragraph("内一"),),))
    listing = Listing(((paragraph("甲"), inner), (paragraph("乙"),)), ordered=True)
    assert read(listing) == [("item", "甲"), ("item", "内一"), ("item", "乙")]


def test_a_callout_is_read_behind_its_title() -> None:
    assert read(Callout("提示", (paragraph("小心"),))) == [("heading", "提示"), ("paragraph", "小心")]


def test_key_figures_are_read_with_the_line_below_each() -> None:
    block = KeyFigures((KeyFigure(EIGHTY, (Text("全国集群"),)),))
    assert read(block) == [("key_figure", "80个"), ("key_figure", "全国集群")]


def test_a_table_is_read_by_rows_between_its_caption_and_its_notes() -> None:
    assert read(table("名录")) == [
        ("caption", "表1　表题"), ("cell", "省份"), ("cell", "集群"), ("cell", "已核实"), ("cell", "江苏"),
        ("cell", "80个"), ("cell", "全国"), ("note", "表注"), ("source", "数据来源：名录。"),
    ]  # fmt: skip
    assert read(table())[-1] == ("note", "表注")


def test_a_figure_is_read_with_what_stands_below_it() -> None:
    assert read(figure(2, unit="个", note="注。", source="名录")) == [
        ("caption", "图2　图题2"), ("source", "单位：个。注。"), ("source", "数据来源：名录。"),
    ]  # fmt: skip
    assert read(figure(3)) == [("caption", "图3　图题3")]


def test_of_a_pair_the_left_figure_is_read_first() -> None:
    assert read(Pair(figure(1), figure(2))) == [("caption", "图1　图题1"), ("caption", "图2　图题2")]


@pytest.mark.parametrize(
    ("part", "language", "below"),
    [
        (figure(1), "zh", ("", "")),
        (figure(1, unit="个"), "zh", ("单位：个。", "")),
        (figure(1, note="注。"), "zh", ("注。", "")),
        (figure(1, unit="clusters"), "en", ("Unit: clusters.", "")),
        (figure(1, unit="clusters", note="Provisional.", source="the register"), "en",
         ("Unit: clusters. Provisional.", "Source: the register.")),
        (table(), "zh", ("", "")),
        (table("名录"), "zh", ("", "数据来源：名录。")),
    ],
)  # fmt: skip
def test_unit_note_and_source_stand_below(
    part: Figure | Table, language: Literal["zh", "en"], below: tuple[str, str]
) -> None:
    assert source_lines(part, language) == below


def test_captions_name_tables_and_figures() -> None:
    assert caption_text(table(), "zh") == "表1　表题"
    assert caption_text(figure(2), "zh") == "图2　图题2"
    assert caption_text(figure(2), "en") == "Figure 2  图题2"


def test_footnotes_are_read_behind_the_piece_that_marks_them_however_deep() -> None:
    first = Footnote((Text("一注"),), 1)
    second = Footnote((EIGHTY,), 2)
    words = Paragraph((Text("甲"), Strong((Text("乙"), first)), Link("https://example.cn/", (Emphasis((second,)),))))
    assert read(words) == [("paragraph", "甲乙①②"), ("footnote", "① 一注"), ("footnote", "② 80个")]
    assert list(footnotes_in(words.children)) == [first, second]


def test_words_of_a_source_are_read_as_they_stand() -> None:
    assert inline_text(Quoted("“并列第三”", "公开报道"), "zh") == "“并列第三”"


@pytest.mark.parametrize(("number", "mark"), [(0, "0"), (1, "①"), (2, "②"), (20, "⑳"), (21, "21")])
def test_footnotes_are_marked_by_circled_figures_while_there_are_any(number: int, mark: str) -> None:
    assert footnote_mark(number) == mark


def test_the_head_and_the_foot_are_read_where_they_say_something() -> None:
    head = Letterhead(
        masthead="简报", issue_line="第9期", total_line="（总第33期）", issuer="某中心编", marking="内部资料",
        report_to="市委。", distribute_to="各区。", copies="（共印60份）",
    )  # fmt: skip
    about = replace(ABOUT, letterhead=head, issued=dt.date(2025, 10, 9))
    lines = [(line.kind, line.text) for line in lines_of(NumberedDocument(Document(about, (), ())))]
    assert lines == [
        ("head", "内部资料"), ("head", "简报"), ("head", "第9期"), ("head", "（总第33期）"), ("head", "某中心编"),
        ("head", "2025年10月9日"), ("title", "题目"), ("foot", "报：市委。"), ("foot", "发：各区。"),
        ("foot", "（共印60份）"),
    ]  # fmt: skip
    assert addressed(about) == (("报：", "市委。"), ("发：", "各区。"))
    assert foot_lines(about) == ("报：市委。", "发：各区。")


def test_a_head_without_an_issuer_bears_no_date() -> None:
    about = replace(ABOUT, letterhead=Letterhead(masthead="简报"))
    assert [line.text for line in lines_of(NumberedDocument(Document(about, (), ())))] == ["简报", "题目"]


def test_the_head_bears_the_day_of_issue_and_else_that_of_the_data() -> None:
    assert imprint_date(ABOUT) == "2025年9月22日"
    assert imprint_date(replace(ABOUT, issued=dt.date(2025, 10, 9), language="en")) == "9 October 2025"


def test_page_numbers_stand_between_dashes_or_in_words() -> None:
    assert page_number_words("dashes", "zh") == ("— ", "", " —")
    assert page_number_words("of", "zh") == ("第 ", " 页　共 ", " 页")
    assert page_number_words("of", "en") == ("Page ", " of ", "")


@pytest.mark.parametrize(
    ("inner", "levels"), [((2, 2), [0, 1, 1, 0, 1, 1]), ((5, 5), [0, *[1] * 5, 0, *[1] * 5]), ((5, 6), [0, 0])]
)
def test_the_contents_list_two_levels_of_headings_while_they_are_at_most_twelve(
    inner: tuple[int, int], levels: list[int]
) -> None:
    parts = tuple(
        Section(part, part, (), tuple(Section(f"{part}{place}", "", ()) for place in range(count)))
        for part, count in zip("甲乙", inner, strict=True)
    )
    entries = contents_entries(Document(ABOUT, (), parts))
    assert [level for _, level in entries] == levels
    assert [section for section, level in entries if level == 0] == list(parts)
