"""Every number of a finished pair is accounted for: what answers for which words, and what answers for none."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport import charts
from clusterreport.document.model import (
    BasisTable,
    Block,
    Cell,
    Claimed,
    Column,
    DateText,
    Figure,
    Footnote,
    Inline,
    Letterhead,
    Number,
    NumberStyle,
    Paragraph,
    Quoted,
    Reference,
    Row,
    RowGroup,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.quantity import Computed, Confidence, Given, Published, Quantity, RowRef
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.digit_ledger import KnownData
from clusterreport.verify.digit_spans import Account, blank, cover, define
from tests.charts.examples import register_charts
from tests.samples import small, statement
from tests.verify.digit_audits import audit_of, numerals_told, pdf_tally, word_tally
from tests.verify.pairs import Pair, described, pair_of, pair_of_chart

NOTHING = KnownData()
COUNT = Quantity(
    Decimal(15), CLUSTERS,
    Computed(
        "前三位领域的集群数", "跨两个及以上地级市的集群计数", Confidence.CONFIRMED, scope="2021年第一轮",
        rows=(RowRef("clusters.csv", (2, 3), 'month = "2013-07" and year = 2019'),),
    ),
    name="batch",
)  # fmt: skip
SAID = Quantity(
    Decimal(24), CLUSTERS,
    Published("一家报纸，2025年3月", "80个集群中约24个", "2023", Confidence.CONFIRMED, label="80强中的集群数"),
    name="said",
)  # fmt: skip


def told(*inlines: Inline | str, known: KnownData = NOTHING, **about: object) -> list[str]:
    """Return the numbers of a paragraph for which nothing answers; both files must tell the same."""
    paragraph = Paragraph(tuple(Text(inline) if isinstance(inline, str) else inline for inline in inlines))
    return of_blocks(paragraph, known=known, **about)


def of_blocks(*blocks: Block, known: KnownData = NOTHING, **about: object) -> list[str]:
    pair = pair_of(small(*blocks, **about))
    audit = audit_of(pair, known)
    in_word, in_pdf = (numerals_told(tally(audit, pair).problems) for tally in (word_tally, pdf_tally))
    assert set(in_word) == set(in_pdf)
    return list(dict.fromkeys(in_pdf))


def test_numbers_statements_quotes_and_dates_answer_for_themselves() -> None:
    assert told(
        "截至", DateText(dt.date(2025, 9, 22)), "有", Number(COUNT), "；", Strong((Number(SAID),)), "；",
        Stated(statement(words="部署了7项任务")), "；", Quoted("“十四五”的37项", "一份文件"), "。",
    ) == []  # fmt: skip


def test_words_that_nothing_answers_for_are_told() -> None:
    assert told("另有37个、三十七个，⑦处，居第七。") == ["37", "三十七", "⑦", "七"]


def test_a_quote_without_a_source_answers_for_nothing() -> None:
    assert told(Quoted("37项", "")) == ["37"]


def test_a_date_that_is_not_of_the_issue_is_told() -> None:
    assert told(DateText(dt.date(2019, 3, 1), "month")) == ["2019", "3"]


def test_a_number_answers_for_the_names_of_what_it_is_of() -> None:
    assert told("2021年第一轮认定", Number(COUNT), "。") == []
    assert told("2023年80强中的集群数为", Number(SAID), "。") == []
    assert told("2021年第一轮认定的。") == ["2021", "一"]
    assert told("2022年第一轮认定", Number(COUNT), "。") == ["2022"]


def test_a_bare_number_of_a_condition_names_nothing_in_a_sentence() -> None:
    assert told("2019年有", Number(COUNT), "。") == ["2019"]


def test_what_the_data_call_a_thing_besides_names_it() -> None:
    known = KnownData(things=(("2013-07", "7月"), ("2013-08", "8月")))
    assert told("7月有", Number(COUNT), "。", known=known) == []
    assert told("8月有", Number(COUNT), "。", known=known) == ["8"]


def test_a_formula_answers_for_its_own_words_only() -> None:
    assert told("前三位领域，指跨两个以上地级市，", Number(COUNT), "。") == []
    assert told("前五位领域，指跨三个以上地级市，", Number(COUNT), "。") == ["五", "三"]


def test_a_source_answers_for_its_date_wherever_it_is_named() -> None:
    assert told("取自一家报纸，2025年3月。", Number(SAID)) == []
    assert told("取自一家报纸，2025年4月。", Number(SAID)) == ["2025", "4"]


def test_a_note_answers_for_its_mark_and_for_those_of_the_same_source() -> None:
    notes = (Stated(statement("S1")), "和", Stated(statement("S2", "另外部署的任务")))
    assert told(*notes, "。") == []
    assert told("有注", Footnote((Text("共37条。"),)), "。") == ["37"]
    assert told("有注", Footnote((Text("同注①。"),)), "。") == ["①"]


def test_references_captions_and_rows_are_structure() -> None:
    table = Table(
        "t", "甲", (Column("名称"), Column("数", "number")),
        (RowGroup((Row((Cell((Text("2021年第一轮"),)), Cell((Number(COUNT, NumberStyle(unit=False)),)))),)),),
    )  # fmt: skip
    assert of_blocks(table, Paragraph((Text("见"), Reference("t"), Text("。")))) == []
    assert of_blocks(replace(table, title="前9位"), Paragraph((Text("见"), Reference("t")))) == ["9"]
    heading = (Column("2021年第一轮"), Column("2022年", "number"))
    assert of_blocks(replace(table, columns=heading)) == ["2021", "2022"]


def register(*firsts: str, heading: str) -> Table:
    rows = tuple(Row((Cell((Text(first),)), Cell((Text("甲市集群"),)))) for first in firsts)
    return Table("r", "名录", (Column("编号"), Column("名称")), (RowGroup(rows, heading),))


ROWS = (("A01", "甲市集群", "2021-R1"), ("A02", "甲市集群", "2021-R1"), ("B01", "乙市集群", "2022-R3"))


def test_cells_are_cells_of_one_row_of_the_data() -> None:
    known = KnownData(things=ROWS)
    assert of_blocks(register("A01", "A02", heading="2021年第一轮"), known=known) == []
    assert of_blocks(register("A01", "A09", heading=""), known=known) == ["09"]
    assert of_blocks(register("A01", "B01", heading="2021年第一轮"), known=known) == ["2021", "一"]


def test_a_sentence_of_the_data_may_stand_in_a_cell_and_in_no_paragraph() -> None:
    known = KnownData(told=(("nation", "与同一会议上25个省份的说法不一致"),))
    words = "与同一会议上25个省份的说法不一致。"
    table = Table("t", "甲", (Column("说明"),), (RowGroup((Row((Cell((Text(words),)),)),)),))
    assert of_blocks(table, known=known) == []
    assert told(words, known=known) == ["25"]


def test_names_of_the_data_may_stand_anywhere() -> None:
    assert told("长三角G60科创走廊有", Number(COUNT), known=KnownData(names=frozenset({"长三角G60科创走廊"}))) == []
    assert told("G60", Number(COUNT), known=KnownData(names=frozenset({"G60"}))) == []


def test_the_letterhead_has_the_numbers_of_the_settings() -> None:
    head = Letterhead(masthead="简报", issue_line="第9期", total_line="（总第33期）", copies="（共印60份）")
    assert told("", letterhead=head, known=KnownData(frozenset({9, 33}))) == []
    assert told("", letterhead=head, known=KnownData(frozenset({9}))) == ["33"]


def test_the_title_says_numbers_of_its_own() -> None:
    pair = pair_of(small(Paragraph((Number(COUNT),)), title="15个集群", title_numbers=(Number(COUNT),)))
    audit = audit_of(pair, NOTHING)
    assert word_tally(audit, pair).problems == pdf_tally(audit, pair).problems == []
    other = pair_of(small(Paragraph((Number(COUNT),)), title="16个集群", title_numbers=(Number(COUNT),)))
    audit = audit_of(other, NOTHING)
    assert set(numerals_told(word_tally(audit, other).problems)) == {"16"}


@pytest.mark.parametrize("by", ["formula", "source"])
def test_the_table_of_bases_says_words_of_the_ledger(by: str) -> None:
    given = Quantity(Decimal(3), CLUSTERS, Given("位次的个数"), name="given")
    blocks = (Paragraph((Number(COUNT), Number(SAID), Number(given))), BasisTable(by=by))  # type: ignore[arg-type]
    told_of = of_blocks(*blocks)
    assert told_of == []


def test_a_number_that_facts_json_prints_otherwise_is_told() -> None:
    pair = pair_of(small(Paragraph((Number(COUNT),))))
    other = Pair(pair.numbered, pair.word, pair.pdf, pair.facts.replace("15个".encode(), "16个".encode()))
    assert numerals_told(word_tally(audit_of(other, NOTHING), other).problems) == ["15"]


def test_claims_of_the_ledger_answer_for_their_words() -> None:
    typed = pair_of(small(Paragraph((Text("近八成"),))))
    assert numerals_told(word_tally(audit_of(typed, NOTHING), typed).problems) == ["八"]
    claimed = pair_of(small(Paragraph((Claimed("近八成", "amount", (COUNT,)),))))
    assert word_tally(audit_of(claimed, NOTHING), claimed).problems == []
    forgotten = replace(claimed, facts=json.dumps({**json.loads(claimed.facts), "claims": []}).encode())
    assert numerals_told(word_tally(audit_of(forgotten, NOTHING), forgotten).problems) == ["八"]


@pytest.mark.parametrize("kind", charts.kind_names())
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_number_of_a_chart_of_every_kind_is_accounted_for(kind: str, language: str) -> None:
    chart = replace(register_charts()[kind], title="图题")
    names = frozenset((*chart.categories, *chart.groups, *(series.name for series in chart.series)))
    pair = pair_of_chart(chart, language)
    audit = audit_of(pair, KnownData(names=names))
    for tally in (word_tally(audit, pair), pdf_tally(audit, pair)):
        assert tally.problems == []
        assert tally.counts["fact"] > 0


def test_a_unit_with_a_number_is_a_unit() -> None:
    figure = Figure("f", replace(register_charts()["bar"], title="图题", unit="×10,000 vehicles"))
    pair = pair_of(described(small(figure)))
    names = KnownData(names=frozenset(figure.chart.categories))
    assert word_tally(audit_of(pair, names), pair).problems == []


def test_phrases_cut_no_number() -> None:
    text = "共375个"
    account = blank(text)
    cover(text, account, [("37", "fact"), ("5个", "fact")])
    assert account == blank(text)


def test_phrases_touch_only_what_something_answers_for() -> None:
    text = "G605个"
    account: Account = ["data", "data", "data", None, None]
    cover(text, account, [("5个", "fact"), ("", "claim")])
    assert account == ["data"] * 3 + ["fact"] * 2
    account = ["data", None, None, None, None]
    cover("1235个", account, [("35个", "fact")])
    assert account == ["data", None, None, None, None]
    account = [None, None, None, "data", "data"]
    cover("1235个", account, [("12", "fact")])
    assert account == [None, None, None, "data", "data"]


def test_the_longest_phrase_comes_first() -> None:
    text = "2021年第一轮15个"
    account = blank(text)
    cover(text, account, [("2021年", "date"), ("2021年第一轮", "named"), ("15个", "fact")])
    assert account == ["named"] * 8 + ["fact"] * 3


def test_a_word_of_letters_and_a_digit_must_stand_in_a_formula() -> None:
    text = "CR3与CR5"
    account = blank(text)
    define(text, account, ["前三省份占比（CR3）"])
    assert account == ["named"] * 3 + [None] * 4


def test_a_formula_needs_the_signs_around_a_number() -> None:
    for text in ("三", "三位", "第三"):
        account = blank(text)
        define(text, account, ["第三位"])
        assert account == blank(text)


def test_a_formula_defines_numbers_in_characters_that_nothing_else_answers_for() -> None:
    account = blank("占3成")
    define("占3成", account, ["占3成多"])
    assert account == blank("占3成")
    answered: Account = [None, "fact", None]
    define("第三位", answered, ["第三位"])
    assert answered == [None, "fact", None]
