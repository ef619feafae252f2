"""Statements come from their rows in the order of their dates, as far as they were made by the day at hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport.analysis.statements import Statements
from clusterreport.errors import Problem, ProblemsError
from clusterreport.locale import Words, said
from clusterreport.quantity import RowRef
from clusterreport.subjects.clusters.naming import names_in
from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.subjects.clusters.statistics.statements import statements_of
from clusterreport.writing.telling import told
from tests.subjects.clusters.statistics.registers import CITIES, PROVINCES, cluster, data, statement

CLUSTERS = (cluster(2, "甲省", "甲一"), cluster(3, "乙省", "乙一", field="消费品"))
REGISTER = data(CLUSTERS, PROVINCES, CITIES)
ROWS = (
    statement(2, "nation", "会议部署了任务", date="2025-08", speaker="某部门", words_en="The meeting set tasks"),
    statement(3, "nation", "意见提出了要求", date="2025-08-28"),
    statement(4, "nation", "没有写明时间"),
    statement(5, "nation", "装备升至第一", date="1980s–2000s", topic="history"),
    statement(6, "nation", "以后的会议", date="2025-10"),
    statement(7, "nation", "今年的趋势", date="2025", topic="trend"),
    statement(8, "city:甲一", "一座城市的定位", topic="position"),
    statement(9, "field:消费品", "一个领域的趋势", topic="trend"),
    statement(10, "T3", "一个集群的做法", topic="case"),
    statement(11, "region:东部", "一个地区的做法", topic="case"),
)


def found(*rows: object) -> Statements:
    return statements_of(Register(replace(REGISTER, statements=rows or ROWS)))  # type: ignore[arg-type]


def ids(statements: Statements) -> list[str]:
    return [item.id for item in statements]


def refused(question: object) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        question()  # type: ignore[operator]
    (problem,) = caught.value.problems
    return problem


def chinese(words: Words) -> str:
    return said(words, "zh")


def test_they_stand_in_the_order_of_their_dates_and_those_without_a_date_first() -> None:
    assert ids(found().of("nation")) == ["S4", "S5", "S3", "S2", "S7"]


def test_one_that_begins_after_the_day_of_the_data_is_not_used() -> None:
    assert "S6" not in ids(found())
    assert not found().has("S6")
    assert refused(lambda: found()["S6"]) == Problem(
        "statements",
        "S6 is dated 2025-10, after the day that the briefing speaks of",
        'Ask first, as in {% if statements.has("S6") %}, or take it out.',
    )


def test_an_id_that_no_row_has_is_told_with_the_nearest() -> None:
    problem = refused(lambda: found()["S22"])
    assert problem.problem == "there is no statement 'S22'"
    assert problem.remedy.startswith("Did you mean S2? Write one of: ")
    assert refused(lambda: statements_of(Register(REGISTER))["S2"]).remedy == "There is none."


def test_one_is_found_by_its_id_with_all_that_its_row_says() -> None:
    one = found()["S2"]
    assert (one.subject, chinese(one.subject_name), one.topic, one.speaker) == ("nation", "全国", "policy", "某部门")
    assert (chinese(one.date), one.source) == ("2025年8月", "一家报纸")
    statement = one.words.statement
    assert (statement.id, statement.words, statement.basis.quote) == ("S2", "会议部署了任务", "原文2")
    assert statement.basis.rows == (RowRef("statements.csv", (2,)),)
    assert (one.words.form, one.quote.form, one.quoted.form) == ("words", "quote", "quoted")


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("city:甲一", ["S8"]), ("甲一", ["S8"]), (CITIES[0], ["S8"]), ("field:消费品", ["S9"]), ("T3", ["S10"]),
        ("region:东部", ["S11"]), ("东部", ["S11"]), ("province:甲省", []), ("T2", []),
    ],
)  # fmt: skip
def test_they_are_asked_for_by_code_by_name_or_by_a_finding(subject: object, expected: list[str]) -> None:
    assert ids(found().of(subject)) == expected


def test_a_subject_that_the_data_do_not_have_is_told_and_one_of_which_nothing_is_said_is_not() -> None:
    assert refused(lambda: found().of("city:甲十")) == Problem(
        "statements",
        "'city:甲十' is no subject of the data",
        "Did you mean city:甲二? Write one of: nation, province:…, region:…, city:…, field:…, the id of a cluster.",
    )
    assert not found().of("province:乙省")
    assert refused(lambda: found().of(7)).problem == "of needs a subject"


def test_topics_are_chosen_one_or_several_and_others_are_told() -> None:
    assert ids(found().about("case", "position")) == ["S8", "S10", "S11"]
    assert ids(found().of("nation").about("history")) == ["S5"]
    assert refused(lambda: found().about("polcy")) == Problem(
        "statements", "'polcy' is no topic",
        "Did you mean policy? Write one of: policy, event, position, case, history, trend, view.",
    )  # fmt: skip


def test_dates_are_said_in_the_language_of_the_readers() -> None:
    assert chinese(found()["S5"].date) == "20世纪80年代至21世纪头十年"
    assert said(found()["S5"].date, "en") == "the 1980s to the 2000s"
    assert found()["S4"].date == ""


def test_in_english_they_say_their_english_words_and_keep_the_quote_as_it_was_printed() -> None:
    register = replace(REGISTER, statements=(replace(ROWS[0], quote="东部"),))
    names = {**names_in(register, "en"), "一家报纸": "a newspaper", "东部": "East", "某部门": "a ministry"}
    english = told(statements_of(Register(register)), "en", names)
    one = english.of("nation").items[0]
    basis = one.words.statement.basis
    assert one.words.statement.words == "The meeting set tasks"
    assert (basis.quote, basis.source, basis.speaker) == ("东部", "a newspaper", "a ministry")
    assert basis.date == "August 2025"
    assert (one.source, one.speaker, one.date) == ("a newspaper", "a ministry", "August 2025")
    assert ids(english.of("East")) == []


def test_half_width_marks_beside_chinese_are_widened_as_in_figures() -> None:
    one = found(statement(2, "nation", "会议(八月)部署:任务", quote="甲,乙", source="报纸(八月)"))["S2"]
    assert one.words.statement.words == "会议（八月）部署：任务"
    assert (one.words.statement.basis.quote, one.source) == ("甲，乙", "报纸（八月）")
