"""What answers for each sign of what the model says, piece by piece, marked by hand: [fact:15个] is a fact."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Literal

import pytest

from clusterreport.document.facts import facts_file
from clusterreport.document.model import (
    BasisTable,
    Cell,
    Claimed,
    Column,
    DateText,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Inline,
    Letterhead,
    Link,
    Number,
    NumberedDocument,
    NumberStyle,
    Quoted,
    Reference,
    Row,
    RowGroup,
    Section,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.document.numbering import number
from clusterreport.publishing import as_json
from clusterreport.quantity import Computed, Confidence, Given, Published, Quantity, RowRef
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.digit_accounts import Accountant
from clusterreport.verify.digit_bases import BasesAccount
from clusterreport.verify.digit_ledger import KnownData, Ledger
from clusterreport.verify.digit_spans import Account
from clusterreport.verify.expected import expected
from tests.charts.examples import register_charts
from tests.samples import paragraph, small, statement
from tests.verify.pairs import described, with_names

NOTHING = KnownData()
RESTS = Computed(
    "前三位领域的集群数", "跨两个及以上地级市的集群计数", Confidence.CONFIRMED, scope="2021年第一轮",
    rows=(RowRef("clusters.csv", (2, 3), 'month = "2013-07" and year = 2019'),),
)  # fmt: skip
COUNT = Quantity(Decimal(15), CLUSTERS, RESTS, name="batch")
QUOTE = Published("一家报纸，2025年3月", "80个集群中约24个", "2023", Confidence.CONFIRMED, label="80强中的集群数")
SAID = Quantity(Decimal(24), CLUSTERS, QUOTE, name="said")
BARE = NumberStyle(unit=False)
NAMES = KnownData(names=frozenset({"G60"}))


def marked(text: str, account: Account) -> str:
    """Return a text in which what something answers for stands in brackets with its kind."""
    runs = groupby(zip(account, text, strict=True), key=lambda sign: sign[0])
    said = ((kind, "".join(sign for _, sign in signs)) for kind, signs in runs)
    return "".join(words if kind is None else f"[{kind}:{words}]" for kind, words in said)


def of_document(
    numbered: NumberedDocument, *roles: str, known: KnownData = NOTHING, pages: dict[str, int] | None = None,
    facts_of: NumberedDocument | None = None,
) -> list[str]:  # fmt: skip
    """Return the accounts of the pieces of some roles, by the facts of the document or of another one."""
    named = described(with_names(numbered))
    accountant = Accountant(named, Ledger(named, as_json(facts_file(facts_of or named)), known))
    pieces = (one for one in expected(named, pages or {}) if one.origin.role in roles)
    return [marked(one.passage.text, accountant.account(one)) for one in pieces]


def of_text(*inlines: Inline | str, known: KnownData = NOTHING, **about: object) -> str:
    """Return the account of a paragraph."""
    account, *_ = of_document(small(paragraph(*inlines), **about), "text", known=known)  # the sources of quotes follow
    return account


def row(*cells: Inline | str) -> Row:
    return Row(tuple(Cell((Text(cell) if isinstance(cell, str) else cell,)) for cell in cells))


# ── the inlines of a paragraph ───────────────────────────────────────────────────────────────────────────────────────


def test_each_inline_answers_for_its_own_signs() -> None:
    one = Number(COUNT)
    assert of_text("有", one, "，", Strong((one,)), "，", Emphasis((one,)), "，", Link("x", (one,)), "，37。") == (
        "有[fact:15个]，[fact:15个]，[fact:15个]，[fact:15个]，37。"
    )
    assert of_text(Quoted("37项", "文件"), "，", Quoted("38项", "")) == "[quoted:37项]，38项"
    assert of_text(Claimed("近八成", "amount", (COUNT,)), "，近七成") == "[claim:近八成]，近七成"
    assert of_text("有", Stated(statement(words="七项任务")), "，八项。") == "有[statement:七项任务][note:①]，八项。"


def test_what_facts_json_lacks_answers_for_nothing() -> None:
    inlines = (Number(COUNT), "，", Claimed("近八成", "amount", (COUNT,)), "，", Stated(statement(words="七项任务")))
    assert of_document(small(paragraph(*inlines)), "text", facts_of=small()) == ["15个，近八成，七项任务[note:①]"]


def test_dates_are_those_of_the_issue_as_far_as_they_are_said() -> None:
    day, issued, other = dt.date(2025, 9, 22), dt.date(2025, 10, 8), dt.date(2024, 9, 22)
    dates = (DateText(day), DateText(day, "month"), DateText(day, "year"), DateText(issued), DateText(other))
    inlines = [inline for date in dates for inline in (date, "、")]
    assert of_text(*inlines, issued=issued) == (
        "[date:2025年9月22日]、[date:2025年9月]、[date:2025年]、[date:2025年10月8日]、2024年9月22日、"
    )
    assert of_text("2025年9月", issued=issued) == "2025年9月"  # typed


def test_references_and_notes_are_structure_and_a_note_answers_for_the_others_of_its_source() -> None:
    table = Table("t", "甲", (Column("名称"),), (RowGroup((row("乙"),)),))
    inlines = ("见", Reference("t"), "和表2，注", Footnote((Text("共37条"), Number(COUNT))), "。")
    numbered = small(paragraph(*inlines), table)
    assert of_document(numbered, "text", "footnote") == [
        "见[reference:表1]和表2，注[note:①]。",
        "[note:① ]共37条[fact:15个]",
    ]
    sourced = [Footnote((), source="报纸"), Footnote((), source="报纸")]
    typed = [Footnote((Text(words),)) for words in ("同注①", "同注③")]
    assert of_document(small(paragraph(*sourced, *typed)), "footnote") == [
        "[note:① ]来源：报纸。", "[note:② ]来源同注[note:①]。", "[note:③ ]同注①", "[note:④ ]同注③",
    ]  # fmt: skip


def test_what_the_lists_beside_templates_let_stand_and_units_that_hold_a_number() -> None:
    known = KnownData(allowed=frozenset({"37项"}))
    assert of_text("有37项和38项", known=known) == "有[allowed:37项]和38项"
    assert of_text("×10,000 vehicles", language="en") == "[unit:×10,000 vehicles]"


def test_a_paragraph_may_name_sources_things_and_what_its_numbers_are_of() -> None:
    assert of_text("2021年第一轮，2019年，2013-07，G60，", Number(COUNT), known=NAMES) == (
        "[named:2021年第一轮]，2019年，[named:2013-07]，[data:G60]，[fact:15个]"
    )
    assert of_text("2023年80强中的集群数，80个集群中约24个，一家报纸，2025年3月，", Number(SAID)) == (
        "[named:2023年80强中的集群数]，[quoted:80个集群中约24个]，[quoted:一家报纸，2025年3月]，[fact:24个]"
    )
    other = small(paragraph("一家报纸，2025年3月，2023年"), paragraph(Number(SAID)))
    assert of_document(other, "text") == ["[quoted:一家报纸，2025年3月]，2023年", "[fact:24个]"]


def test_a_statement_names_its_date_its_speaker_its_source_and_its_quote() -> None:
    told = statement(words="部署任务", speaker="第2书记", quote="部署37项任务", date="2025年7月")
    said = "2025年7月，第2书记，一家报纸，2025年，部署37项任务，2025年8月，"
    assert of_text(said, Stated(told)) == (
        "[statement:2025年7月]，[statement:第2书记]，[statement:一家报纸，2025年]，[statement:部署37项任务]，2025年8月，"
        "[statement:部署任务][note:①]"
    )


def test_a_footnote_may_name_the_same() -> None:
    note = Footnote((Text("2021年第一轮，2019年，G60，一家报纸，2025年3月，"), Number(COUNT)))
    assert of_document(small(paragraph(note), paragraph(Number(SAID))), "footnote", known=NAMES) == [
        "[note:① ][named:2021年第一轮]，2019年，[data:G60]，[quoted:一家报纸，2025年3月]，[fact:15个]",
    ]


# ── the parts of a page ──────────────────────────────────────────────────────────────────────────────────────────────

HEAD = Letterhead(
    masthead="简报8", issuer="第7研究室", marking="内部6", report_to="5位领导。", send_to="4个部门。",
    distribute_to="3个区。", issue_line="第9期", total_line="（总第33期）", copies="（共印60份）",
)  # fmt: skip


def test_the_letterhead_is_that_of_the_settings_and_the_issue_of_its_numbers() -> None:
    foot = [
        "报：[letterhead:5位领导。]",
        "送：[letterhead:4个部门。]",
        "发：[letterhead:3个区。]",
        "[letterhead:（共印60份）]",
    ]
    for numbers, issue in (
        ({9, 33}, "[letterhead:第9期]　[letterhead:（总第33期）]"),
        ({9}, "[letterhead:第9期]　（总第33期）"),
        ({33}, "第9期　[letterhead:（总第33期）]"),
        ({8}, "第9期　（总第33期）"),
    ):
        known = KnownData(frozenset(numbers))
        assert of_document(small(paragraph("甲"), letterhead=HEAD), "letterhead", known=known) == [
            "[letterhead:内部6]", "[letterhead:简报8]", issue, "[letterhead:第7研究室]", "[date:2025年9月22日]", *foot,
        ]  # fmt: skip
    two = replace(HEAD, issue_line="第9期第10期", total_line="")
    assert "第9期第10期" in of_document(small(letterhead=two), "letterhead", known=KnownData(frozenset({9})))


def test_a_title_has_the_numbers_that_were_given_to_it() -> None:
    numbered = small(paragraph(Number(COUNT)), title="15个和16个", title_numbers=(Number(COUNT),))
    assert of_document(numbered, "title") == ["[fact:15个]和16个"]
    assert of_document(numbered, "title", facts_of=small()) == ["15个和16个"]


def test_a_title_has_the_quotes_that_were_given_to_it() -> None:
    numbered = small(paragraph("甲"), title="“37项”和38项", title_quotes=(Quoted("37项", "一份文件"),))
    assert of_document(numbered, "title") == ["“[quoted:37项]”和38项"]


def test_a_heading_has_its_numeral_dates_and_names_and_stands_in_the_contents_with_its_page() -> None:
    about = replace(small().document.about, contents=True, language="en")
    section = Section("only", "The G60 in September 2025 and 37", (paragraph("Text 1."),))
    numbered = number(Document(about, (), (section,)))
    marks = "[heading:1.] The [data:G60] in [date:September 2025] and 37"
    pages = {"1.TheG60inSeptember2025and37": 4, "1. The G60 in September 2025 and 37": 4}
    assert of_document(numbered, "contents", "heading", "text", known=NAMES, pages=pages) == [
        "Contents", f"{marks}[page:4]", marks, "Text 1.",
    ]  # fmt: skip


# ── tables and figures ───────────────────────────────────────────────────────────────────────────────────────────────

SAYS = "2021年第一轮，2025年9月，G60，一家报纸，2025年3月，2019年，2018年"
KNOWN = replace(NAMES, told=(("nation", "与会25个省份的说法"),))


def test_what_stands_about_a_table_names_what_its_numbers_are_of() -> None:
    table = Table(
        "t", SAYS + "，表1，25个省份", (Column(SAYS), Column("甲", "number"), Column(SAYS, "number")),
        (RowGroup((row(SAYS, "与会25个省份的说法", Number(COUNT, BARE)),), SAYS),),
        notes=(paragraph(SAYS + "，与会25个省份的说法。"),), source=SAYS,
    )  # fmt: skip
    numbered = small(table, paragraph(Number(SAID)))
    named = "[named:2021年第一轮]，[date:2025年9月]，[data:G60]，[quoted:一家报纸，2025年3月]，[named:2019年]，2018年"
    formula = "2021年第[named:一]轮，[date:2025年9月]，[data:G60]，[quoted:一家报纸，2025年3月]，2019年，2018年"
    assert of_document(numbered, "caption", "column", "group", "cell", "below", known=KNOWN) == [
        f"[caption:表1]　{named}，[caption:表1]，25个省份", formula, "甲", named, named, named,
        "[data:与会25个省份的说法]", "[fact:15]", f"{named}，[data:与会25个省份的说法]。", f"数据来源：{named}。",
    ]  # fmt: skip


def test_what_stands_about_a_figure_names_what_its_values_are_of() -> None:
    values = tuple(replace(value, basis=RESTS) for value in register_charts()["bar"].series[0].values)
    chart = register_charts()["bar"]
    chart = replace(chart, title=SAYS, series=(replace(chart.series[0], values=values),))
    numbered = small(Figure("f", chart, SAYS, SAYS), paragraph(Number(SAID)))
    known = replace(KNOWN, names=KNOWN.names | set(chart.categories))
    named = "[named:2021年第一轮]，[date:2025年9月]，[data:G60]，[quoted:一家报纸，2025年3月]，[named:2019年]，2018年"
    caption, picture, *below = of_document(numbered, "caption", "picture", "below", known=known)
    assert caption == f"[caption:图1]　{named}"
    assert picture == (
        f"条形图：{named}（单位：个）。[count:共12项]，最大的是[data:江苏][fact:14个]，最小的是[data:内蒙古][fact:3个]，"
        "依次为[data:江苏][fact:14个]、[data:浙江][fact:8个]、[data:广东][fact:8个]、[data:北京][fact:6个]、"
        "[data:河北][fact:6个]、[data:山东][fact:6个]、[data:天津][fact:5个]、[data:上海][fact:5个]、"
        "[data:湖南][fact:5个]、[data:四川][fact:5个]、[data:辽宁][fact:4个]、[data:内蒙古][fact:3个]。"
    )
    assert below == [f"单位：个。{named}", f"数据来源：{named}。"]


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("2019年的G60各市", "[named:2019年的G60各市]"),
        ("各市的G60，2019年", "[data:各市的G60，2019年]"),
        ("G60各市", "[data:G60各市]"),
        ("各市", "各市"),
        ("2018年的G60各市", "2018年的[data:G60]各市"),
    ],
)
def test_an_alternative_text_begins_with_the_whole_title_if_the_caption_may_say_it(title: str, marks: str) -> None:
    bars = register_charts()["bar"]
    values = tuple(replace(value, basis=RESTS) for value in bars.series[0].values)
    drawn = replace(bars, title=title, series=(replace(bars.series[0], values=values),))
    (picture,) = of_document(small(Figure("f", drawn)), "picture", known=NAMES)
    assert picture.startswith(f"条形图：{marks}（单位：个）。[count:共12项]")


ROWS = (("A01", "甲市集群", "2021-R1"), ("A02", "甲市集群", "2021-R1"), ("B01", "乙市集群", "2022-R3"))


@pytest.mark.parametrize(
    ("cells", "marks"),
    [
        (("A01", "甲市集群"), ["[data:A01]", "甲市集群"]),
        (("甲市集群", "A01"), ["甲市集群", "[data:A01]"]),
        (("A01", "乙市集群"), ["[data:A01]", "乙市集群"]),  # the sign that names a row
        (("乙市集群", "A01"), ["乙市集群", "A01"]),
        (("", "A01"), ["", "A01"]),
        (("A09", "甲市集群"), ["A09", "甲市集群"]),
    ],
)
def test_cells_are_cells_of_one_row_of_the_data(cells: tuple[str, ...], marks: list[str]) -> None:
    table = Table("r", "名录", (Column("编号"), Column("名称")), (RowGroup((row(*cells),)),))
    assert of_document(small(table), "cell", known=KnownData(things=ROWS)) == marks


def test_blank_cells_are_no_cells_of_one_row() -> None:
    table = Table("r", "名录", (Column("编号"), Column("名称")), (RowGroup((row("", "丙37"),)),))
    assert of_document(small(table), "cell", known=KnownData(things=(("丙37", ""),))) == ["", "丙37"]


def test_a_number_alone_names_no_row() -> None:
    table = Table("r", "名录", (Column("编号"), Column("名称")), (RowGroup((row("17", "乙市集群"),)),))
    assert of_document(small(table), "cell", known=KnownData(things=(("17", "甲市集群"),))) == ["17", "乙市集群"]


@pytest.mark.parametrize(
    ("firsts", "heading", "marks"),
    [
        (("A01", "A02"), "2021年第1轮", "[data:2021年第1轮]"),
        (("A01", "A02"), "2021年第2轮", "2021年第2轮"),
        (("A01", "B01"), "2021年第1轮", "2021年第1轮"),
        (("A01", "A09"), "2021年第1轮", "2021年第1轮"),
        ((), "2021年第1轮", "2021年第1轮"),
    ],
)
def test_the_heading_of_a_group_is_a_cell_that_all_of_its_rows_have(
    firsts: tuple[str, ...], heading: str, marks: str
) -> None:
    group = RowGroup(tuple(row(first, "甲市集群") for first in firsts), heading)
    table = Table("r", "名录", (Column("编号"), Column("名称")), (group,))
    assert of_document(small(table), "group", known=KnownData(things=ROWS)) == [marks]


# ── the table of bases ───────────────────────────────────────────────────────────────────────────────────────────────

FEW = replace(COUNT, basis=replace(RESTS, rows=(RowRef("y2024.csv", (2, 3, 7)),)))
GIVEN = Quantity(Decimal(3), CLUSTERS, Given("位次的个数"), name="given")


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("formula", [
            ["[list:1]", "[count:24个]", "“[quoted:80个集群中约24个]”（[list:来源1]）", ""],
            ["[list:2]", "[count:3个]", "设定：位次的个数", ""],
            ["[list:3]", "[count:15个]",
             "[named:前三位领域的集群数]（[named:2021年第一轮]）：[named:跨两个及以上地级市的集群计数]",
             "[data:y2024] [data:2—3]、[data:7]"],
        ]),
        ("source", [
            ["[list:1]", "[count:24个]", "[quoted:一家报纸，2025年3月]：“[quoted:80个集群中约24个]”。"],
            ["[list:2]", "[count:3个]", "设定：位次的个数"],
            ["[list:3]", "[count:15个]", "由[data:y2024]逐行计算：[named:前三位领域的集群数]。"],
        ]),
    ],
)  # fmt: skip
def test_the_table_of_bases_says_the_ledger_and_counts_its_lines(
    by: Literal["formula", "source"], rows: list[list[str]]
) -> None:
    numbered = small(paragraph(Number(SAID), Number(GIVEN), Number(FEW)), BasisTable(by=by))
    assert of_document(numbered, "cell") == [cell for row in rows for cell in row]


def test_below_the_table_of_bases_stand_its_sources_and_below_no_other() -> None:
    notes = [
        "数据行是数据文件中的行号，[list:超过3段]的只写多少行；逐个数字、逐行的出处见同时生成的facts.json。",
        "[list:来源1]：[quoted:一家报纸，2025年3月]。",
    ]
    other = Table("t", "甲", (Column("乙"),), (RowGroup((row("丙"),)),), notes=(paragraph("来源1，超过3段。"),))
    assert of_document(small(paragraph(Number(SAID)), BasisTable(), other), "below") == [*notes, "来源1，超过3段。"]


def test_a_line_of_bases_may_say_these_words_and_no_others() -> None:
    numbered = small(paragraph(Number(FEW), Number(SAID)))
    bases = BasesAccount(numbered, Ledger(numbered, as_json(facts_file(numbered)), NOTHING))
    ledger = [
        ("前三位领域的集群数", "named"), ("跨两个及以上地级市的集群计数", "named"), ("2021年第一轮", "named"),
        ("80个集群中约24个", "quoted"), ("一家报纸，2025年3月", "quoted"), ("来源1", "list"), ("超过3段", "list"),
    ]  # fmt: skip
    rows = [("y2024.csv", "data"), ("y2024", "data"), ("3行", "count"), ("2—3", "data"), ("7", "data")]
    assert sorted(bases.line(1, ["1", "15个"])) == sorted([("1", "list"), ("15个", "count"), *rows, *ledger])
    assert sorted(bases.line(1, ["2", "16个"])) == sorted([*rows, *ledger])
    assert sorted(bases.line(2, ["2", "24个"])) == sorted([("2", "list"), ("24个", "count"), *ledger])
    assert sorted(bases.line(3, ["3", "24个"])) == sorted([("3", "list"), *ledger])
    assert list(bases.notes()) == [("来源1", "list"), ("超过3段", "list")]


def test_what_a_file_says_once_more_is_a_reference_or_a_note() -> None:
    table = Table("t", "甲", (Column("名称"),), (RowGroup((row("乙"),)),))
    section = Reference("only")
    numbered = small(paragraph("见", section, Footnote((Text("丙"),))), table)
    accountant = Accountant(numbered, Ledger(numbered, as_json(facts_file(numbered)), NOTHING))
    assert sorted(accountant.references()) == [("“一节”", "reference"), ("①", "note"), ("表1", "reference")]
