"""Words that Jinja would leave out are told: beside the blocks of an extended template, in imported files, unused."""

from __future__ import annotations

import pytest

from tests.writing.sample import Project

BASE = "# 一\n甲{% block b %}乙{% endblock %}\n"
OWN = "templates/audiences/bureau/overview.md.j2"
HERE = "templates/sections/overview.md.j2, line 2"


@pytest.mark.parametrize(
    "beside",
    [
        "以下为附件",
        "{{ nation.clusters }}",
        "{% if true %}以下为附件{% endif %}",
        "{% for p in regions.provinces %}{{ p.name }}{% endfor %}",
        "{% call note() %}以下为附件{% endcall %}",
        "{% include 'part.md.j2' %}",
    ],
)
def test_words_beside_the_blocks_of_an_extending_template_are_told(project: Project, beside: str) -> None:
    project.file("sections/overview.md.j2", BASE)
    project.file("sections/part.md.j2", "丙")
    block = "{% block b %}丁{% endblock %}"
    project.file("audiences/bureau/overview.md.j2", f'{{% extends "sections/overview.md.j2" %}}\n{block}\n{beside}\n')
    (found,) = project.problems()
    assert (found.where, found.problem) == (
        f"{OWN}, line 3",
        "words stand beside the blocks of a template that extends another",
    )
    assert found.remedy == "Put them into a {% block … %} that the other template has."


def test_a_block_that_the_extended_template_lacks_is_told(project: Project) -> None:
    project.file("sections/overview.md.j2", BASE)
    text = '{% extends "sections/overview.md.j2" %}\n{% block trsut %}丁{% endblock %}'
    project.file("audiences/bureau/overview.md.j2", text)
    (found,) = project.problems()
    assert (found.where, found.problem) == (f"{OWN}, line 2", "the extended template has no block 'trsut'")
    assert found.remedy == "Write one of: b."


def test_a_block_within_a_block_is_printed(project: Project) -> None:
    project.file("sections/overview.md.j2", BASE)
    text = '{% extends "sections/overview.md.j2" %}{% block b %}丙{% block c %}丁{% endblock %}{% endblock %}'
    project.file("audiences/bureau/overview.md.j2", text)
    assert "丙丁" in str(project.write().sections)


def test_what_an_extending_template_prepares_is_no_prose(project: Project) -> None:
    project.file("sections/overview.md.j2", BASE)
    text = (
        "{# 注 #}\n{% extends 'sections/overview.md.j2' %}\n{% set x = 1 %}\n"
        "{% macro m() %}丙{% endmacro %}\n{% block b %}{{ m() }}{% if x %}丁{% endif %}{% endblock %}\n"
    )
    project.file("audiences/bureau/overview.md.j2", text)
    assert "丙丁" in str(project.write().sections)


@pytest.mark.parametrize("tag", ["import 'part.md.j2' as p", "from 'part.md.j2' import m"])
def test_words_of_an_imported_file_outside_of_its_macros_are_told(project: Project, tag: str) -> None:
    project.file("sections/part.md.j2", "{% macro m() %}丙{% endmacro %}\n以下为附件\n")
    (found,) = project.problems(f"# 一\n{{% {tag} %}}\n")
    assert found.where == "templates/sections/part.md.j2, line 2"
    assert found.problem == "words stand outside of the macros of a file that is only imported"
    assert found.remedy == "Put them into a macro, or take the file in with {% include … %}."


def test_a_file_that_is_included_as_well_prints_its_words(project: Project) -> None:
    project.file("sections/part.md.j2", "{% macro m() %}丙{% endmacro %}附件")
    assert project.text("{% import 'part.md.j2' as p %}{{ p.m() }}{% include 'part.md.j2' %}") == "丙附件"


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("{% set x %}以下为附件{% endset %}", "the words set as 'x' are never printed"),
        ("{% macro m() %}以下为附件{% endmacro %}", "the words of the macro 'm' are never printed"),
        (
            "{% macro m() %}甲{% endmacro %}{% call m() %}以下为附件{% endcall %}",
            "the macro does not print what stands between call and endcall",
        ),
        (
            "{% call note('以下为附件') %}甲{% endcall %}",
            "the note has words in its brackets and between call and endcall",
        ),
        (
            "{{ table(regions.provinces, [col('name', '省份')], title='表', total={'nmae': '合计'}) }}",
            "the total has the part 'nmae', and no column shows it",
        ),
    ],
)
def test_words_that_nothing_prints_are_told(project: Project, body: str, problem: str) -> None:
    found = project.problem(body)
    assert (found.where, found.problem) == (HERE, problem)
    assert found.remedy.endswith(".")


def test_words_that_are_set_and_used_are_printed(project: Project) -> None:
    assert project.text("{% set x %}甲{% endset %}{% macro m() %}乙{% endmacro %}{{ x }}{{ m() }}") == "甲乙"
