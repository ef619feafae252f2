"""Of the words outside of a PDF's structure, only page numbers and the repeated heads of tables are allowed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusterreport.document.model import About, Column, Document, Table
from clusterreport.locale import Language
from clusterreport.verify.passages import REMEDY
from clusterreport.verify.untagged_text import untagged_words
from tests.samples import small

PART_OF_NOTHING = "as part of nothing; the model and the Word file have no such words"
TABLE = Table("t", "表题", (Column("省份"), Column("集群")), (), number=1)
SECOND = replace(TABLE, label="u", title="另题", number=2)


def told(pages: list[list[str]], language: Language = "zh") -> list[str]:
    document = Document(replace(about(), language=language), (TABLE, SECOND), ())
    problems = list(untagged_words(document, pages))
    assert {problem.remedy for problem in problems} <= {REMEDY}
    return [f"{problem.where}: {problem.problem}" for problem in problems]


def about() -> About:
    return small().document.about


@pytest.mark.parametrize("number", [["— 1 —"], ["第 1 页", "　共 1 页"], ["Page 1 of 1"]])
def test_a_page_prints_its_number(number: list[str]) -> None:
    assert told([number]) == []


@pytest.mark.parametrize(
    "pages",
    [[["— 2 —"]], [["第 1 页　共 3 页"]], [[]], [["Page 2 of 1"]]],
)
def test_a_page_without_its_own_number_is_told(pages: list[list[str]]) -> None:
    assert told(pages)[0] == "page 1 of the PDF: the PDF prints no number of the page"


def test_the_number_stands_at_the_end_of_a_page() -> None:
    assert told([["— 1 —", "余"]]) == [
        "page 1 of the PDF: the PDF prints no number of the page",
        f"page 1 of the PDF: the PDF prints “—1—余” {PART_OF_NOTHING}",
    ]


def test_the_head_of_each_table_may_be_repeated_once_a_page() -> None:
    head = ["表1　表题（续表）", "省份", "集\u00ad群"]
    other = ["表2　另题（续表）", "省份", "集群"]
    pages = [["— 1 —"], [*head, *other, "— 2 —"], [*head, "— 3 —"]]
    assert told(pages) == []
    assert told([["— 1 —"], [*head, *head, "— 2 —"]]) == [
        f"page 2 of the PDF: the PDF prints “表1表题（续表）省份集群” {PART_OF_NOTHING}"
    ]
    assert told([["Table 1  表题 (continued)", "省份", "集群", "Page 1 of 1"]], "en") == []


def test_forty_characters_of_other_words_are_told() -> None:
    (problem,) = told([["字" * 41, "— 1 —"]])
    assert f"“{'字' * 40}”" in problem
