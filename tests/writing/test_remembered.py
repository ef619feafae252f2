"""Templates are parsed, looked through and compiled once in a process; what they say is looked at in each document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.writing import budget
from tests.writing.sample import BUREAU, Nation

if TYPE_CHECKING:
    from clusterreport.writing.templating import BriefingEnvironment
    from tests.writing.sample import Project

LOOPED = "{% for item in regions.by_province.items[:3] %}{{ item.name }}{{ '，' if not loop.last }}{% endfor %}"


def test_a_template_is_not_parsed_for_a_second_document(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    from clusterreport.writing import templating

    def noted(environment: BriefingEnvironment, source: str, name: str | None, filename: str | None) -> object:
        done.append(str(name))
        return original(environment, source, name, filename)

    original = templating.BriefingEnvironment._parse  # noqa: SLF001 -- Jinja's hook
    monkeypatch.setattr(templating.BriefingEnvironment, "_parse", noted)
    first = project.write(f"# 总体\n\n{LOOPED}\n")
    assert "overview.md.j2" in done
    done.clear()
    assert project.write(f"# 总体\n\n{LOOPED}\n") == first
    assert done == []


def test_what_is_changed_in_a_template_is_seen(project: Project) -> None:
    assert project.text("全国有{{ nation.clusters }}。") == "全国有80个。"
    assert project.text("全国有{{ nation.clusters }}！") == "全国有80个！"


def test_a_finding_that_is_there_no_more_is_told_of_a_template_that_was_right(project: Project) -> None:
    body = "其中{{ own.clusters }}。"
    assert project.text(body, own=Nation()) == "其中80个。"
    assert [problem.problem for problem in project.problems("# 总体\n\n" + body + "\n")] == [
        "there is nothing called 'own'"
    ]  # fmt: skip


def test_a_file_that_is_taken_away_is_told_of_a_template_that_was_right(project: Project) -> None:
    project.file("macros/words.md.j2", "{% macro said(x) %}{{ x }}{% endmacro %}")
    section = '{% from "macros/words.md.j2" import said %}\n# 总体\n\n有{{ said(nation.clusters) }}。\n'
    assert project.problems(section) == ()
    (project.root / "macros/words.md.j2").unlink()
    (problem,) = project.problems(section)
    assert "macros/words.md.j2" in problem.problem


def test_the_steps_of_a_template_count_in_each_document(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns and calls are counted by what compiling puts in; what stands outside of them by its weight."""
    body = "{% for i in range(900) %}{% for j in range(900) %}{% endfor %}{% endfor %}完。"
    monkeypatch.setattr(budget, "MAX_STEPS", 10**9)
    monkeypatch.setattr(budget, "MAX_WORK", 10**9)
    assert project.text(body) == "完。"
    monkeypatch.setattr(budget, "MAX_STEPS", 1000)
    assert "loops turn" in project.problem(body).problem


def test_words_that_another_audience_may_not_read_are_told_of_a_template_that_was_right(project: Project) -> None:
    section = "# 总体情况\n\n全国有{{ nation.clusters }}，分布在各地。\n"
    assert project.problems(section) == ()
    english = replace(BUREAU, language="en")
    assert any("language" in problem.problem for problem in project.problems(section, english))
