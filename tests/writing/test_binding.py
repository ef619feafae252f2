"""Words typed beside a printed number that say more of it than it says itself are told, each in its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clusterreport.claims.holding import catalogue
from clusterreport.quantity import PERCENT, Bound, Computed, Confidence, Published, Quantity, exactly
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.writing.sample import ENGLISH, Project, count

STOCK, ALL = (Computed("跨区域集群数", "计数", Confidence.CONFIRMED, scope=year) for year in ("2022", "2024"))
WHOLE = Computed("集群数", "计数", Confidence.CONFIRMED)
FOUND: dict[str, Any] = {
    "before": exactly(11, CLUSTERS, STOCK),
    "now": exactly(37, CLUSTERS, ALL),
    "share": exactly("46.3", PERCENT, Computed("比重", "之比", Confidence.CONFIRMED, (ALL, WHOLE))),
    "planned": Quantity(count(10).amount, CLUSTERS, Published("计划", "", "", Confidence.CONFIRMED), Bound.PLANNED),
    "many": Quantity(count(3000).amount, CLUSTERS, Published("报道", "", "", Confidence.CONFIRMED), Bound.MANY),
}


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("集群超{{ nation.clusters }}", "超"),
        ("集群近{{ nation.clusters }}", "近"),
        ("集群约{{ nation.clusters }}", "约"),
        ("集群突破{{ nation.clusters }}", "突破"),
        ("集群不足{{ nation.clusters }}", "不足"),
        ("集群{{ nation.clusters|bare }}多个", "多"),
        ("集群{{ nation.clusters|bare }}余家", "余"),
        ("集群{{ nation.clusters }}以上", "以上"),
        ("集群{{ nation.clusters }}左右", "左右"),
        ("比重提高{{ nation.growth }}", "提高"),
        ("比重提高了{{ nation.growth }}", "提高了"),
        ("比重提高到{{ nation.growth }}", "提高到"),
        ("集群增至{{ nation.clusters }}", "增至"),
        ("集群仍为{{ nation.clusters }}", "仍为"),
        ("比重下降{{ nation.loss }}", "下降"),
        ("**比重下降**{{ nation.loss }}", "下降"),
        ("高于{{ nation.clusters }}", "高于"),
        ("高于全国的{{ nation.clusters }}", "高于全国的"),
        ("比重提升至{{ nation.growth }}", "提升至"),
        ("快于全国的{{ nation.growth }}", "快于全国的"),
        ("慢于{{ nation.growth }}", "慢于"),
        ("落后于{{ nation.growth }}", "落后于"),
        ("差距拉大{{ nation.growth }}", "拉大"),
        ("差距收窄到{{ nation.growth }}", "收窄到"),
        ("至少{{ nation.clusters }}", "至少"),
        ("平均{{ nation.clusters }}，都{{ nation.clusters }}", "都"),
        ("{{ nation.clusters }}相同", "相同"),
        ("> 集群超{{ nation.clusters }}", "超"),
        ("- 集群超{{ nation.clusters }}", "超"),
        ("{% call note() %}集群超{{ nation.clusters }}{% endcall %}", "超"),
    ],
)
def test_words_beside_a_number_want_a_claim(project: Project, body: str, typed: str) -> None:
    problem = project.problem(body)
    assert problem.problem == f"“{typed}” is typed beside a number, and nothing holds it to its value"
    assert problem.where == "templates/sections/overview.md.j2, line 2"


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("There are over {{ nation.clusters }}.", "over"),
        ("There are nearly {{ nation.clusters }}.", "nearly"),
        ("Nearly so with {{ nation.clusters|bare }} and {{ nation.clusters }}; about {{ nation.clusters }}.", "about"),
        ("Over {{ nation.clusters }} are new.", "Over"),
        ("There are at least {{ nation.clusters }}.", "at least"),
        ("It rose by {{ nation.growth }}.", "rose by"),
        ("It fell from {{ nation.growth }}.", "fell from"),
        ("It is above the national {{ nation.growth }}.", "above the national"),
        ("There are {{ nation.clusters }} or more.", "or more"),
    ],
)
def test_english_words_beside_a_number_want_a_claim(project: Project, body: str, typed: str) -> None:
    assert f"“{typed}” is typed" in project.problem(body, ENGLISH).problem


@pytest.mark.parametrize(
    "body",
    [
        "附近{{ nation.clusters }}",
        "成都{{ nation.clusters }}，首都{{ nation.clusters }}，平均{{ nation.clusters }}",
        "最近{{ nation.clusters }}",
        "公约{{ nation.clusters }}",
        "{{ nation.output }}",
        "超{{ nation.output|plain }}",
        "增加的有{{ nation.clusters }}",
        "高于全国的城市有{{ nation.clusters }}",
        "高于预期，共{{ nation.clusters }}",
        "{{ claim('提高', nation.growth) }}{{ nation.growth }}",
        "其中跨区域的{{ now }}，占{{ share }}",
        "以前{{ before }}；其中跨区域的{{ now }}，占{{ share }}",
        "以前的{{ before }}，现在的{{ now }}，占{{ share }}",
        "以前有{{ before }}。占{{ share }}",
        "计划建{{ planned|plain }}",
        "{{ nation.clusters }}，其中跨区域的{{ now }}",
        "{{ many|plain|bare }}多家",
    ],
)
def test_words_that_say_nothing_of_the_number_are_let_be(project: Project, body: str) -> None:
    assert project.problems(f"# 总体情况\n{body}\n", **FOUND) == ()


@pytest.mark.parametrize("word", catalogue("zh"))
def test_every_word_of_the_catalogue_before_a_number_wants_a_claim(project: Project, word: str) -> None:
    told = [problem.problem for problem in project.problems(f"# 总体情况\n比重{word}{{{{ nation.growth }}}}\n")]
    assert any("is typed" in problem for problem in told), word


@pytest.mark.parametrize("word", catalogue("en"))
def test_every_english_word_of_the_catalogue_before_a_number_wants_a_claim(project: Project, word: str) -> None:
    body = f"# Overview\nHere it is {word} {{{{ nation.growth }}}}.\n"
    told = [problem.problem for problem in project.problems(body, ENGLISH)]
    assert any("is typed" in problem for problem in told), word


def test_a_qualifier_is_said_once(project: Project) -> None:
    assert project.problem("超{{ nation.output }}").problem == "“超” stands beside a number that says “超” itself"
    assert "says “多” itself" in project.problem("{{ many }}以上", **FOUND).problem


def test_a_qualifier_that_is_left_out_is_said_by_the_sentence(project: Project) -> None:
    assert "without its “超”" in project.problem("产值{{ nation.output|plain }}").problem
    assert "without its “计划”" in project.problem("建成{{ planned|plain }}", **FOUND).problem
    assert "without its “超”" in project.problem("近{{ nation.output|plain }}").problem


def test_a_share_is_that_of_the_count_before_it(project: Project) -> None:
    problem = project.problem("跨区域的有{{ before }}，占{{ share }}", **FOUND)
    assert problem.problem == "46.3% is the share of another count than 11个"
    english = replace(ENGLISH)
    problem = project.problem("The {{ before }} account for {{ share }}.", english, **FOUND)
    assert "share of another count" in problem.problem


def test_a_part_is_no_more_than_its_whole(project: Project) -> None:
    problem = project.problem("跨区域的{{ now }}，其中上一年的{{ nation.clusters }}", **FOUND)
    assert problem.problem == "nation.clusters is more than 37个, of which it is said to be a part"


def test_every_number_of_a_paragraph_is_told(project: Project) -> None:
    problems = project.problems("# 总体情况\n\n超{{ nation.clusters }}，\n近{{ nation.provinces }}。\n")
    assert [problem.where.rpartition(" ")[2] for problem in problems] == ["3", "4"]
