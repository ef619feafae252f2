"""Statements are asked by id, by subject and by topic, and what there is not is told with what there is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from clusterreport.analysis.statements import StatementFinding, Statements, StatementSubjects
from clusterreport.document.model import Stated
from clusterreport.errors import ProblemsError
from tests.samples import statement

SUBJECTS = StatementSubjects(
    (("nation", "全国"), ("city:吉林", "吉林"), ("province:吉林", "吉林"), ("city:广州", "广州")),
    frozenset({"A1"}),
    ("nation", "city:…"),
    ("policy", "case"),
)
TASKS = StatementFinding.of(statement(), "nation", "全国", "policy")
CITY = StatementFinding.of(statement("S2", "广州是基地"), "city:广州", "广州", "case")
ROW = StatementFinding.of(statement("S3", "集群有产值"), "A1", "某集群", "case")
NORTH = StatementFinding.of(statement("S4", "吉林有汽车"), "province:吉林", "吉林", "case")
ALL = Statements((TASKS, CITY, ROW, NORTH), SUBJECTS, (("S9", "2025-10"),))


@dataclass(frozen=True)
class Named:
    name: str


def ids(found: Statements) -> list[str]:
    return [item.id for item in found]


def told(ask: object) -> str:
    with pytest.raises(ProblemsError) as caught:
        ask()  # type: ignore[operator]
    (problem,) = caught.value.problems
    assert problem.where == "statements"
    return f"{problem.problem} | {problem.remedy}"


def test_they_come_in_their_order_and_are_counted() -> None:
    assert ids(ALL) == ["S1", "S2", "S3", "S4"]
    assert (len(ALL), ALL["S2"], ALL.has("S2"), ALL.has("S5")) == (4, CITY, True, False)


@pytest.mark.parametrize(
    ("subject", "found"),
    [
        ("nation", ["S1"]),
        ("全国", ["S1"]),
        ("city:广州", ["S2"]),
        (Named("广州"), ["S2"]),
        ("A1", ["S3"]),
        ("province:吉林", ["S4"]),
        ("吉林", ["S4"]),  # both the city and the province
        ("city:吉林", []),
    ],
)
def test_a_subject_is_a_code_a_name_an_id_or_a_finding(subject: object, found: list[str]) -> None:
    assert ids(ALL.of(subject)) == found


def test_a_kind_goes_with_the_name_in_the_language() -> None:
    english = StatementSubjects((("city:吉林", "Jilin"), ("province:吉林", "Jilin")), frozenset(), (), ())
    assert english.codes_of("province:Jilin") == {"province:吉林"}
    assert english.codes_of("Jilin") == {"city:吉林", "province:吉林"}
    assert english.codes_of("cit:Jilin") == frozenset()


def test_a_statement_is_found_with_its_words_and_its_quote() -> None:
    made = statement()
    found = StatementFinding.of(made, "nation", "全国", "policy")
    assert (found.id, found.subject, found.subject_name, found.topic) == ("S1", "nation", "全国", "policy")
    assert (found.words, found.quote, found.quoted) == (
        Stated(made, "words"), Stated(made, "quote"), Stated(made, "quoted"),
    )  # fmt: skip
    basis = made.basis
    assert (found.speaker, found.source, found.date) == (basis.speaker, basis.source, basis.date)


def test_topics_narrow_what_is_found() -> None:
    assert ids(ALL.about("policy")) == ["S1"]
    assert ids(ALL.about("policy", "case")) == ["S1", "S2", "S3", "S4"]
    assert ids(ALL.of("广州").about("policy")) == []


def test_what_there_is_not_is_told_with_what_there_is() -> None:
    assert told(lambda: ALL["S5"]).startswith("there is no statement 'S5' | Did you mean S")
    assert "S1, S2, S3, S4" in told(lambda: ALL["S5"])
    assert told(lambda: ALL["S9"]).startswith(
        "S9 is dated 2025-10, after the day that the briefing speaks of | Ask first"
    )
    assert told(lambda: ALL.of("深圳")).startswith("'深圳' is no subject of the data | ")
    assert told(lambda: ALL.of(3)).startswith("of needs a subject | Write one of: nation, city:…")
    assert told(lambda: ALL.about("cases")) == "'cases' is no topic | Did you mean case? Write one of: policy, case."
