"""A sentence that leaves the language of its readers, within a section that has it, is told with its line."""

from __future__ import annotations

import pytest

from tests.writing.sample import ENGLISH, Project

CHINESE = "# 总体情况\n\n全国共有{{ nation.clusters }}，分布较广，各地都在增加。\n\n"
LATIN = "# Overview\n\nChina has {{ nation.clusters }} in all, and they are spread over many provinces.\n\n"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("The clusters are spread over many provinces.", "The clusters are spread over many provinces"),
        ("其中the clusters of the south are many。", "the clusters of the south are many"),
        ("{{ table(regions.provinces, [col('name', '省')], title='clusters by province in the year') }}",
         "clusters by province in the year"),
    ],
)  # fmt: skip
def test_an_english_sentence_in_a_chinese_section_is_told(project: Project, line: str, words: str) -> None:
    (problem,) = [each for each in project.problems(CHINESE + line) if "not in the language" in each.problem]
    assert problem.where == "templates/sections/overview.md.j2, line 5"
    assert problem.problem == f"it is not in the language of the audience (zh): {words}"
    assert "quotation marks" in problem.remedy


@pytest.mark.parametrize(
    "line",
    [
        "参照“Advanced manufacturing clusters in China today”一文。",
        "统计局（National Bureau of Statistics of China）的数据。",
        "用`some words of a programme here`命令。",
        "R&D、GDP、IT和AI都在增加。",
        "{{ table(regions.provinces, [col('name', '省')], title='各省') }}",
    ],
)
def test_names_and_quotations_may_be_of_another_language(project: Project, line: str) -> None:
    assert not [each for each in project.problems(CHINESE + line) if "not in the language" in each.problem]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Of these, 广东的集群 are the most.", "广东的集群"),
        ("全国集群分布较广。", "全国集群分布较广。"),
        ("{{ table(regions.provinces, [col('name', 'Province')], title='各省集群') }}", "各省集群"),
    ],
)
def test_chinese_words_in_an_english_section_are_told(project: Project, line: str, words: str) -> None:
    (problem,) = [each for each in project.problems(LATIN + line, ENGLISH) if "not in the language" in each.problem]
    assert problem.where == "templates/sections/overview.md.j2, line 5"
    assert problem.problem == f"it is not in the language of the audience (en): {words}"


def test_a_section_that_is_foreign_as_a_whole_is_told_once(project: Project) -> None:
    (problem,) = project.problems("# 总体情况\n\n全国集群分布较广，各地都在增加。\n", ENGLISH)
    assert problem.problem == "the section is not written in the language of the audience (en)"
