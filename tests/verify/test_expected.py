"""What both files must say of each block, with its place, level, marker and numbers: written out here by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport.document.model import (
    About,
    BasisTable,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    DateText,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Inline,
    KeyFigure,
    KeyFigures,
    Letterhead,
    Link,
    Listing,
    Number,
    NumberedDocument,
    NumberStyle,
    PageBreak,
    Pair,
    Paragraph,
    Quoted,
    Reference,
    Row,
    RowGroup,
    Section,
    Series,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.locale import Language
from clusterreport.quantity import Basis, Computed, Confidence, Given, Published, Quantity, RowRef
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.bases import is_of_bases, missing_bases, numbers_by_line
from clusterreport.verify.comparing import says_same
from clusterreport.verify.expected import ExpectedText, expected
from clusterreport.verify.model_text import (
    caption_number,
    caption_text,
    foot_lines,
    footnote_mark,
    footnotes_in,
    heading_text,
    in_the_contents,
    inline_text,
    lines_below,
)
from clusterreport.verify.passages import NamedNumber, Passage
from tests.samples import statement

BASIS = Computed("集群数", "行数", Confidence.CONFIRMED)
EIGHTY = Number(Quantity(Decimal(80), CLUSTERS, BASIS, name="nation.clusters"))
ABOUT = About("题目", "2025-09", "bureau", "部门版", "zh", dt.date(2025, 9, 22), "某中心", Letterhead())
TITLE = ExpectedText("the title", Passage("heading", "题目"))


def paragraph(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def figure(number: int, *, unit: str = "", note: str = "", source: str = "") -> Figure:
    chart = Chart("bar", f"图题{number}", unit, ("甲",), (Series("数", (EIGHTY.quantity,)),), f"说明{number}。")
    return Figure(f"figure-{number}", chart, note, source, number)


def table(*groups: RowGroup, source: str = "", notes: tuple[Paragraph, ...] = ()) -> Table:
    return Table("t", "表题", (Column("省份"), Column("集群", "number")), groups, notes, source, 1)


def row(*cells: Inline | None) -> Row:
    return Row(tuple(Cell(() if one is None else (one,)) for one in cells))


def numbered(*blocks: Block, about: About = ABOUT, sections: tuple[Section, ...] = ()) -> NumberedDocument:
    return NumberedDocument(Document(about, blocks, sections))


def said(*blocks: Block) -> list[ExpectedText]:
    """Return what is expected of ``blocks`` at the head of a document, behind its title."""
    title, *rest = expected(numbered(*blocks), {})
    assert title == TITLE
    return rest


def text(where: str, words: str, *, marker: str = "", numbers: tuple[NamedNumber, ...] = ()) -> ExpectedText:
    return ExpectedText(where, Passage("text", words, 0, marker, numbers))


def test_paragraphs_are_counted_and_empty_ones_say_nothing() -> None:
    named = (NamedNumber("nation.clusters", "80个"),)
    blocks = (paragraph("甲"), Paragraph(()), paragraph("有", Strong((EIGHTY,)), "。"), PageBreak(), BasisTable())
    assert said(*blocks) == [
        text("the lead, paragraph 1", "甲"),
        text("the lead, paragraph 3", "有80个。", numbers=named),
    ]  # fmt: skip


def test_every_number_of_a_paragraph_is_named_but_for_those_of_its_footnotes() -> None:
    note = Footnote((Text("见"), Link("https://example.cn/", (EIGHTY,))), 3)
    (one, foot) = said(paragraph(EIGHTY, Emphasis((Link("https://example.cn/", (EIGHTY,)),)), note))
    named = NamedNumber("nation.clusters", "80个")
    assert one == text("the lead, paragraph 1", "80个80个③", numbers=(named, named))
    assert foot == ExpectedText("the lead, paragraph 1, footnote ③", Passage("footnote", "③ 见80个", numbers=(named,)))


def test_sections_are_headings_of_their_level_and_count_their_own_paragraphs() -> None:
    def nested(depth: int) -> Section:
        inner = (nested(depth + 1),) if depth < 5 else ()
        return Section(f"s{depth}", f"节{depth}", (paragraph("文"),), inner, f"{depth}.")

    levels = expected(numbered(paragraph("导语"), sections=(nested(1),)), {})[2:]
    assert [one.where for one in levels] == [
        where for depth in range(1, 6) for where in (f"{depth}.节{depth}", f"{depth}.节{depth}, paragraph 1")
    ]
    assert [one.passage.level for one in levels[::2]] == [1, 2, 3, 4, 4]
    assert {one.passage.kind for one in levels[::2]} == {"heading"}
    assert says_same(levels[-2], Passage("heading", "5.节5", 4), "zh")


def test_items_are_marked_once_by_their_number_or_by_a_dot() -> None:
    inner = Listing(((paragraph("内"),),))
    assert said(Listing(((paragraph("甲"), paragraph("乙"), inner), (inner,)), ordered=True, start=3)) == [
        text("the lead, paragraph 1", "甲", marker="3."), text("the lead, paragraph 2", "乙"),
        text("the lead, paragraph 3", "内", marker="•"), text("the lead, paragraph 4", "内", marker="•"),
    ]  # fmt: skip


def test_a_callout_says_its_title_and_its_paragraphs() -> None:
    assert said(Callout("提示", (paragraph("小心"),))) == [
        text("the lead, the callout", "提示"), text("the lead, paragraph 1", "小心"),
    ]  # fmt: skip


def test_a_key_figure_says_its_number_without_blanks_and_its_line() -> None:
    large, line = said(KeyFigures((KeyFigure(EIGHTY, (Text("全国"),)),)))
    number = (NamedNumber("nation.clusters", "80个"),)
    assert large == replace(text("the lead, key figure 1", "80个", numbers=number), spaced=False)
    assert line == text("the lead, key figure 1", "全国")


def test_a_blank_that_a_file_loses_is_a_difference_but_not_within_a_key_figure() -> None:
    words, number, line = said(paragraph(Text("two words")), KeyFigures((KeyFigure(EIGHTY, (Text("two words"),)),)))
    assert says_same(words, Passage("text", "two  words"), "en")
    assert not says_same(words, Passage("text", "twowords"), "en")
    assert not says_same(line, Passage("text", "twowords"), "en")
    assert says_same(number, Passage("text", "80 个"), "en")


def test_a_table_says_every_cell_with_its_row_and_column() -> None:
    groups = (RowGroup((row(Text("江苏"), EIGHTY),), "甲组"), RowGroup((row(None, None),)))
    where = "the lead, 表1"
    named = (NamedNumber("nation.clusters", "80个"),)
    assert said(table(*groups, source="名录", notes=(paragraph("注"),))) == [
        ExpectedText(f"{where}, caption", Passage("caption", "表1　表题")),
        ExpectedText(f"{where}, row of headings", Passage("cell", "省份", 1)),
        ExpectedText(f"{where}, row of headings", Passage("cell", "集群", 2)),
        ExpectedText(f"{where}, heading above row 1", Passage("cell", "甲组", 1)),
        ExpectedText(f"{where}, row 1 (江苏), column 省份", Passage("cell", "江苏", 1)),
        ExpectedText(f"{where}, row 1 (江苏), column 集群", Passage("cell", "80个", 2, numbers=named)),
        ExpectedText(f"{where}, row 2, column 省份", Passage("cell", "", 1)),
        ExpectedText(f"{where}, row 2, column 集群", Passage("cell", "", 2)),
        text(f"{where}, note", "注"),
        text(f"{where}, line below", "数据来源：名录。"),
    ]


def test_a_figure_says_its_caption_its_picture_and_what_stands_below() -> None:
    one = figure(2, unit="个", note="注。", source="名录")
    where = "the lead, 图2"
    assert said(one) == [
        ExpectedText(f"{where}, caption", Passage("caption", "图2　图题2")),
        ExpectedText(f"{where}, alternative text", Passage("picture", "说明2。"), one, figure_place=where),
        text(f"{where}, line below", "单位：个。注。"),
        text(f"{where}, line below", "数据来源：名录。"),
    ]
    assert [each.where for each in said(Pair(figure(1), figure(2)))] == [
        f"the lead, 图{number}, {part}" for number in (1, 2) for part in ("caption", "alternative text")
    ]


@pytest.mark.parametrize(
    ("part", "language", "lines"),
    [
        (figure(1), "zh", []), (figure(1, unit="个"), "zh", ["单位：个。"]), (figure(1, note="注。"), "zh", ["注。"]),
        (figure(1, unit="clusters", note="Provisional."), "en", ["Unit: clusters. Provisional."]),
        (figure(1, unit="clusters"), "en", ["Unit: clusters."]), (table(), "zh", []),
        (table(source="the register"), "en", ["Source: the register."]),
    ],
)  # fmt: skip
def test_what_stands_below(part: Figure | Table, language: Language, lines: list[str]) -> None:
    assert list(lines_below(part, language)) == lines


def test_captions_in_both_languages() -> None:
    assert [caption_number(part, "zh") for part in (table(), figure(3))] == ["表1", "图3"]
    assert [caption_number(part, "en") for part in (table(), figure(3))] == ["Table 1", "Figure 3"]
    assert caption_text(figure(3), "en") == "Figure 3  图题3"


def test_the_head_and_the_foot_say_what_is_filled_in() -> None:
    head = Letterhead(
        masthead="简报", issue_line="第9期", total_line="（总第33期）", issuer="某中心编", marking="内部资料",
        report_to="市委。", send_to="各局。", distribute_to="各区。", copies="（共印60份）",
    )  # fmt: skip
    about = replace(ABOUT, letterhead=head, issued=dt.date(2025, 10, 9))
    whole = expected(numbered(about=about), {})
    words = ("内部资料", "简报", "第9期　（总第33期）", "某中心编", "2025年10月9日")
    assert whole[:5] == tuple(replace(text("the letterhead", one), spaced=False) for one in words)
    assert whole[5] == TITLE
    foot = ("报：市委。", "送：各局。", "发：各区。", "（共印60份）")
    assert whole[6:] == tuple(text("the foot of the last page", one) for one in foot)
    bare = replace(about, letterhead=Letterhead(issue_line="第9期"), issued=None)
    assert [one.passage.text for one in expected(numbered(about=bare), {})] == ["第9期", "题目"]
    undated = replace(about, letterhead=Letterhead(issuer="某中心编", send_to="各局。"), issued=None, language="en")
    assert [one.passage.text for one in expected(numbered(about=undated), {})] == [
        "某中心编", "22 September 2025", "题目", "Send to: 各局。",
    ]  # fmt: skip
    assert list(foot_lines(undated)) == ["Send to: 各局。"]


def parts(*counts: int) -> tuple[Section, ...]:
    return tuple(
        Section(
            f"{place}", f"章{place}", (), tuple(Section(f"{place}.{inner}", f"节{inner}", ()) for inner in range(count))
        )
        for place, count in enumerate(counts)
    )


@pytest.mark.parametrize(("counts", "listed"), [((5, 5), 12), ((5, 6), 2), ((), 0)])
def test_the_contents_list_up_to_twelve_headings_of_two_levels(counts: tuple[int, ...], listed: int) -> None:
    about = replace(ABOUT, contents=True)
    assert len(in_the_contents(Document(about, (), parts(*counts)))) == listed
    assert in_the_contents(Document(ABOUT, (), parts(*counts))) == ()


def test_a_line_of_the_contents_has_the_page_of_its_heading() -> None:
    about = replace(ABOUT, contents=True)
    title, head, first, second, *_ = expected(numbered(about=about, sections=parts(0, 0)), {"章0": 7})
    assert title == TITLE
    assert head == text("the contents, their title", "目　录")
    assert first == ExpectedText("the contents, 章0", Passage("contents", "章07"))
    assert second == ExpectedText("the contents, 章1", Passage("contents", "章1"))
    assert [one.where for one in expected(numbered(about=about), {})] == ["the title"]


def test_headings_footnotes_and_inlines_read_so() -> None:
    section = Section("s", "Overview", (), (), "1.")
    assert [heading_text(section, language) for language in ("zh", "en")] == ["1.Overview", "1. Overview"]
    assert heading_text(replace(section, numeral=""), "en") == "Overview"
    assert [footnote_mark(number) for number in (1, 20, 21)] == ["①", "⑳", "21"]
    assert inline_text(Quoted("“并列第三”", "报"), "zh") == "“并列第三”"
    quoted = Stated(statement(quote="推进“十四五”的37项"), form="quoted")
    assert inline_text(quoted, "zh") == "“推进‘十四五’的37项”"
    assert inline_text(Reference("t", "表1"), "zh") == "表1"
    assert inline_text(DateText(dt.date(2025, 9, 22), "month"), "zh") == "2025年9月"
    note = Footnote((Text("注"),), 1)
    assert list(footnotes_in((Text("甲"), Strong((Link("x", (note,)),)), note))) == [note, note]


# ── the table of bases ───────────────────────────────────────────────────────────────────────────────────────────────


def number(amount: int | None, basis: Basis) -> Number:
    return Number(Quantity(None if amount is None else Decimal(amount), CLUSTERS, basis))


def test_numbers_share_a_line_where_they_are_found_alike() -> None:
    scoped = replace(BASIS, scope="截至2022年")
    quote, other = (Published("《某报》", words, "2024", Confidence.CONFIRMED) for words in ("80个", "八十个"))
    numbers = (
        number(45, scoped), number(35, replace(BASIS, scope="2024年")), number(80, BASIS), number(80, BASIS),
        number(None, replace(BASIS, label="不知")),
        number(7, replace(BASIS, label="城市数")), number(8, replace(BASIS, formula="逐一计数")), number(9, quote),
        number(9, other), number(9, replace(quote, source="《另一报》")), number(5, Given("focus")),
        number(6, Given("other")),
    )  # fmt: skip
    lines = ("45个等2个数", "80个", "7个", "8个", "9个", "9个", "9个", "5个", "6个")
    assert numbers_by_line(numbered(paragraph(*numbers))) == lines
    english = replace(ABOUT, language="en")
    assert numbers_by_line(numbered(paragraph(*numbers[:2]), about=english)) == ("45 clusters and 1 more",)


def test_a_fall_keeps_its_sign_in_the_table_of_bases() -> None:
    fallen = replace(number(-3, BASIS), style=NumberStyle(magnitude=True))  # "3个" in a sentence that says it fell
    assert numbers_by_line(numbered(paragraph(fallen))) == ("−3个",)


def counted(amount: int, dataset: str, label: str = "集群数") -> Number:
    """Return a number that was counted in the rows of one file."""
    return number(amount, replace(BASIS, label=label, rows=(RowRef(dataset, (2,)),)))


@pytest.mark.parametrize(
    ("title", "language", "lines"),
    [
        ("本期数字的来源", "zh", ("80个等2个数", "7个", "9个等2个数", "9个", "5个等2个数", "2条", "1条")),
        ("本期数字的出处与算法", "zh",
         ("80个等2个数", "45个", "9个", "8个", "9个", "5个", "6个", "S1", "S2", "S3")),
        ("The sources of the numbers", "en",
         ("80 clusters and 1 more", "7 clusters", "9 clusters and 1 more", "9 clusters", "5 clusters and 1 more",
          "2 facts", "1 fact")),
    ],
)  # fmt: skip
def test_numbers_and_statements_of_one_source_share_a_line_where_lines_are_sources(
    title: str, language: Language, lines: tuple[str, ...]
) -> None:
    one, other = (Published("《某报》", words, "2024", Confidence.CONFIRMED) for words in ("9个", "八个"))
    parts: tuple[Inline, ...] = (
        counted(80, "clusters.csv"), counted(45, "clusters.csv", "城市数"), counted(7, "cities.csv"),
        number(9, one), number(8, other), number(9, replace(one, source="《另一报》")), number(5, Given("focus")),
        number(6, Given("other")), *(Stated(each) for each in (
            statement("S1", quote="一"), statement("S2", quote="二"), statement("S3", source="另一家报纸"),
        )),
    )  # fmt: skip
    document = numbered(paragraph(*parts), bases(title=title), about=replace(ABOUT, language=language))
    assert numbers_by_line(document) == lines


def test_only_the_table_of_bases_has_sources_for_lines() -> None:
    other = replace(bases(title="本期数字的来源"), label="other")
    quotes = (number(9, Published("《某报》", words, "2024", Confidence.CONFIRMED)) for words in ("9个", "九个"))
    assert numbers_by_line(numbered(paragraph(*quotes), other)) == ("9个", "9个")


def test_the_values_of_a_chart_have_their_lines_without_a_unit() -> None:
    values = tuple(number(amount, BASIS).quantity for amount in (3, None))
    chart = Chart("bar", "图", "个", ("甲", "乙"), (Series("数", values),), "。")
    assert numbers_by_line(numbered(Figure("f", chart))) == ("3",)


def bases(*lines: Row, title: str = "本期数字的出处与算法") -> Table:
    return Table("bases", title, (Column("序"), Column("数"), Column("出处")), (RowGroup(lines),), number=1)


def test_a_table_of_bases_has_a_line_for_each_basis_and_names_its_numbers(bases_title: str) -> None:
    line = row(Text("1"), Text("别的"), Text("名录"))
    right = numbered(paragraph(EIGHTY), bases(line, title=bases_title))
    assert is_of_bases(bases(title=bases_title))
    assert not is_of_bases(bases(title="别的表"))
    assert not is_of_bases(replace(bases(title=bases_title), label="other"))
    assert list(missing_bases(right)) == []
    cells = [one.passage.text for one in expected(right, {}) if one.passage.kind == "cell"]
    assert cells == ["序", "数", "出处", "1", "80个", "名录"]
    (problem,) = missing_bases(numbered(paragraph(EIGHTY), bases(line, line, title=bases_title)))
    assert (problem.where, problem.problem) == (
        "the table of bases", "it has 2 lines, and the numbers of the document rest on 1 bases",
    )  # fmt: skip
    longer = expected(numbered(paragraph(EIGHTY), bases(line, line, title=bases_title)), {})
    assert [one.passage.text for one in longer if one.passage.kind == "cell"][-2] == ""


@pytest.fixture(params=["zh", "en"])
def bases_title(request: pytest.FixtureRequest) -> str:
    return {"zh": "本期数字的出处与算法", "en": "Where every number comes from"}[request.param]
