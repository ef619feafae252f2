"""What statements say of clusters in words is held against the register as it was in their year; the rest is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport.data.dataset import Dataset
from clusterreport.errors import Level, Problem
from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.figure_checks import contradicted
from clusterreport.subjects.clusters.records import PublishedStatement
from tests.subjects.clusters.statistics.registers import CITIES, PROVINCES, cluster, data

CLUSTERS = (
    cluster(2, "甲省", "甲一", year=2022),
    cluster(3, "甲省", "甲二", year=2022),
    cluster(4, "甲省", "甲一、甲二", year=2024),
    cluster(5, "乙省", "乙一", year=2024),
    cluster(6, "丙省", "丙一", year=2024),
)
NAMES = ("clusters", "provinces", "values", "province_values", "cities", "figures", "statements", "remarks")
FILES = {name: Dataset(f"{name}.csv", f"data/{name}.csv", "", "utf-8", ("id",), ()) for name in NAMES}


def told(words: str, subject: str = "nation", date: str = "2025", **more: str) -> list[Problem]:
    statement = PublishedStatement(2, "S01", subject, "position", date, words, more.get("quote", ""), "", "报道")
    statement = replace(statement, words_en=more.get("english", ""))
    register = replace(data(CLUSTERS, PROVINCES, CITIES), statements=(statement,), datasets=FILES)
    return list(contradicted(register, statistics.compute(register, "甲一")))


@pytest.mark.parametrize(
    ("words", "subject", "date"),
    [
        ("5个国家级集群的代表参加", "nation", "2025"),
        ("五个国家级先进制造业集群", "nation", ""),
        ("全国有两个国家级集群", "nation", "2022"),
        ("新增三个集群", "nation", "2024"),
        ("跨区域集群占20%", "nation", "2025"),
        ("跨区域集群的比重为五分之一", "nation", "2025"),
        ("集群分布在三个省份", "nation", "2025"),
        ("甲省的集群占全国的六成", "province:甲省", "2025"),
        ("甲省集群数居全国首位", "province:甲省", "2025"),
        ("乙省集群数居全国并列第二位", "province:乙省", "2025"),
        ("甲一所在的两个国家级集群", "city:甲一", "2025"),
        ("甲一集群占全国四成", "city:甲一", "2025"),
        ("甲一集群数量居全国并列第一位", "city:甲一", "2025"),
        ("2019年起举办，已是20世纪80年代以来的新事", "nation", "2019"),
    ],
)
def test_what_the_register_says_too_is_let_be(words: str, subject: str, date: str) -> None:
    assert told(words, subject, date) == []


@pytest.mark.parametrize(
    ("words", "subject", "date", "said"),
    [
        ("6个国家级集群的代表参加", "nation", "2025", "“6个” is not true of"),
        ("5个国家级集群", "nation", "2022", "“5个” is not true of"),
        ("新增四个集群", "nation", "2024", "“四个” is not true of"),
        ("跨区域集群占三成", "nation", "2025", "“三成” is not true of"),
        ("甲省的集群占全国五分之一", "province:甲省", "2025", "“五分之一” is not true of"),
        ("甲省集群数居全国第二位", "province:甲省", "2025", "“第二位” is not true of"),
        ("乙省集群数居全国首位", "province:乙省", "2025", "“首位” is not true of"),
        ("乙省集群数居全国第二位", "province:乙省", "2025", "“第二位” is not true of"),
        ("甲一所在的三个国家级集群", "city:甲一", "2025", "“三个” is not true of"),
        ("近5个国家级集群", "nation", "2025", "“近5个” is not true of"),
    ],
)
def test_what_the_register_has_otherwise_is_told_with_its_place(words: str, subject: str, date: str, said: str) -> None:
    (problem,) = told(words, subject, date)
    assert (problem.where, problem.level) == ("data/statements.csv, row 2, column words", Level.WARN)
    assert said in problem.problem
    assert problem.remedy.startswith("Mend the words or the rows.")


def test_english_words_and_the_quote_are_held_too() -> None:
    assert told("5个国家级集群", english="delegates of the 5 national clusters", quote="全国5个国家级集群") == []
    (english,) = told("5个国家级集群", english="All six of China’s national clusters and 6 national clusters")
    assert english.where.endswith("column words_en")
    assert "“6” is not true" in english.problem
    (quoted,) = told("5个国家级集群", quote="全国六个国家级集群")
    assert quoted.where.endswith("column quote")


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("部署七项任务", "nation"),
        ("产值居全国第一", "province:甲省"),
        ("十个园区", "city:甲一"),
        ("九成产品出口", "field:新材料"),
    ],
)
def test_numbers_that_nothing_answers_for_are_told_once(words: str, subject: str) -> None:
    (problem,) = told(words, subject)
    assert (problem.where, problem.level) == ("data/statements.csv", Level.NOTE)
    assert "(S01)" in problem.problem


def test_a_statement_of_a_day_to_come_is_not_held() -> None:
    assert told("6个国家级集群", date="2031") == []
