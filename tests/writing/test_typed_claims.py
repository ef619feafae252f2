"""Claims typed as plain words are found, in Chinese and English; what only looks like one is let be."""

from __future__ import annotations

import pytest

from clusterreport.writing.typed_claims import typed_claims
from tests.writing.sample import ENGLISH, Project

NUMBERS = [
    ("共有三十七个集群", "三十七"),
    ("共有四十七个集群", "四十七"),
    ("约占三分之二", "三分之二"),
    ("占七成四", "七成四"),
    ("占近八成", "八成"),
    ("占百分之七十四", "百分之七十四"),
    ("超过一百二十三亿元", "一百二十三亿"),
    ("超过三点七万亿元", "三点七万亿"),
    ("数量翻一番", "翻一番"),
    ("翻了两番", "翻了两番"),
    ("名称未查明的两项", "两项"),
    ("前三位合计", "三位"),
    ("四大区域", "四大"),
    ("三个领域", "三个"),
    ("不少于两个", "两个"),
    ("两年间的变化", "两年"),
    ("是它的三倍", "三倍"),
    ("占了一半", "一半"),
    ("十多个城市", "十多个"),
]
SUPERLATIVES = [
    "广州居全国首位",
    "本市遥遥领先",
    "数量最多",
    "唯一的集群",
    "首次进入名录",
    "实现零的突破",
    "多数集群跨区域",
    "分布趋于分散",
    "规模居第一",
]
LET_BE = [
    "一个集群跨几个省份",
    "第二产业",
    "十四五规划",
    "党的二十大",
    "五月到十二月",
    "十分重要",
    "四川、三亚、九江、六安、万州和八宿",
    "组成和成都",
    "伙伴最多的是〇",
    "最大的一组含〇",
    "最近的一对是〇",
    "最后，最终，最新",
    "第三批和第二轮",
    "一致的一部分",
    "不止一个地级市",
]


@pytest.mark.parametrize(("text", "words"), NUMBERS)
def test_numbers_in_chinese_characters_are_found(text: str, words: str) -> None:
    (problem, _) = next(iter(typed_claims(text, "zh")))
    assert problem.startswith(f"“{words}")


@pytest.mark.parametrize("text", SUPERLATIVES)
def test_superlatives_without_their_bearer_are_found(text: str) -> None:
    found = list(typed_claims(text, "zh"))
    assert len(found) == 1
    assert "nothing says whether it is true" in found[0][0]


@pytest.mark.parametrize("text", LET_BE)
def test_what_only_looks_like_a_claim_is_let_be(text: str) -> None:
    assert list(typed_claims(text, "zh")) == []


def test_a_title_may_name_what_it_lists() -> None:
    assert list(typed_claims("参与集群最多的城市", "zh", title=True)) == []
    assert list(typed_claims("参与集群最多的城市", "zh"))
    assert list(typed_claims("Cities with the most clusters", "en", title=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "There are thirty-seven of them.",
        "They are two thirds of all.",
        "Three fields lead.",
        "The number doubled.",
        "It has half of them.",
        "Guangzhou is the largest.",
        "It is the only one.",
        "The majority lies in the east.",
        "It is more concentrated.",
    ],
)
def test_english_claims_are_found(text: str) -> None:
    assert len(list(typed_claims(text, "en"))) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "One of them is new.",
        "The two cannot be subtracted.",
        "The largest is that of 〇.",
        "the cities with the most are 〇",
    ],
)
def test_english_that_claims_nothing_is_let_be(text: str) -> None:
    assert list(typed_claims(text, "en")) == []


def test_prose_headings_and_strings_are_looked_at_and_claims_and_quotes_are_not(project: Project) -> None:
    assert "三十七" in project.problem("共三十七个").problem
    assert "首位" in project.problem("## 居首位").problem
    assert "三十七" in project.problem("{{ names(['三十七个']) }}").problem
    held = "{{ claim('数量最多', regions.by_province.items[0]) }}{{ quoted('三十七个', source='报道') }}"
    assert project.problems(f"# 总体情况\n{held}\n") == ()
    problems = project.problems("# Overview\n\nIt has thirty of them.\n", ENGLISH)
    assert [problem.where.rpartition(" ")[2] for problem in problems] == ["3"]


def test_words_beside_the_template_are_allowed(project: Project) -> None:
    project.file("sections/overview.allow.txt", "四大区域\n")
    assert project.problems("# 总体情况\n\n四大区域各有集群。\n") == ()
