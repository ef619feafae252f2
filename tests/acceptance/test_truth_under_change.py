# ruff: noqa: E501 -- a change and what is told of it stand together
"""A change is borne by the text, in both files, or refused with the place of the sentence and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.errors import ProblemsError, UsageError
from tests.acceptance.plants import cell, replaced
from tests.acceptance.truth import changes
from tests.acceptance.truth.edits import CLUSTERS, STATEMENTS, Change, changed, new
from tests.acceptance.truth.examining import examine
from tests.acceptance.truth.proof import AUDIENCES, copied_project, documents_of, faults_of_letters

pytestmark = pytest.mark.slow
INTEGRATION = "templates/sections/integration.md.j2"

REFUSED: dict[str, tuple[Change, str, str]] = {
    "an unconfirmed cluster of the focus": (
        changed(cell(CLUSTERS, {"id": "C15"}, confidence="unconfirmed")),
        r"templates/audiences/leaders/conclusions\.md\.j2, line \d+",
        "city.partner_count is unconfirmed, and the audience leaders prints only likely values",
    ),
    "a change that nobody knows": (
        changed(
            replaced(INTEGRATION, "{% if policies %}", "比重{{ integration.change|moved }}。\n\n{% if policies %}"),
            as_of="2021-12-31",
        ),
        r"templates/sections/integration\.md\.j2, line \d+",
        "nobody knows this change",
    ),
    "a cluster without an English name": (
        changed(new(1, "2024", name_en="")), r"data/clusters\.csv, row 82, column name_en", "新设80号集群",
    ),
    "a field without an English name": (changed(new(1, "2024", field="低空经济")), r"data/clusters\.csv, column field", "低空经济"),
    "a statement without English words": (
        changed(cell(STATEMENTS, {"id": "S02"}, words_en="")), r"templates/audiences/international/overview\.md\.j2, line \d+", "S02",
    ),
    "a statement that a template names and nobody made": (
        changed(replaced(INTEGRATION, "{% if policies %}", '{{ statements["S99"] }}\n\n{% if policies %}')),
        r"templates/sections/integration\.md\.j2, line \d+", "S99",
    ),
    "a city that the register does not know": (changed(focus="海口"), "focus", "海口 is not a city of the register"),
    "a day before the register": (changed(as_of="2020-06-01"), "as_of|as-of", "before the first row of the register"),
}  # fmt: skip


def test_there_are_changes_enough() -> None:
    assert len(changes.CHANGES) >= 140
    assert sum(1 for change in changes.CHANGES.values() if change.focus or change.as_of) >= 30
    assert len(AUDIENCES) == 5


def test_what_ships_is_true(tmp_path: Path) -> None:
    examine(tmp_path, changed())


@pytest.mark.parametrize("name", REFUSED)
def test_a_change_that_the_text_cannot_bear_is_refused_with_its_place(tmp_path: Path, name: str) -> None:
    change, where, words = REFUSED[name]
    project = copied_project(tmp_path)
    change.apply(project)
    with pytest.raises((ProblemsError, UsageError)) as refused:
        documents_of(project, change)
    assert isinstance(refused.value, (ProblemsError, UsageError))
    problems = refused.value.problems
    found = [each for each in problems if re.search(where, each.where) and words in each.problem]
    assert found, "\n".join(map(str, problems))
    assert all(each.remedy.endswith(".") for each in found)


@pytest.mark.parametrize(
    "name",
    [
        "focus 北京",
        "focus 南京",
        "focus 宁波",
        "focus 天水",
        "focus without a cluster",
        "a tie for the first place",
        "one cluster in all",
    ],
)
def test_no_sentence_of_a_letter_is_false(tmp_path: Path, name: str) -> None:
    change = changes.CHANGES[name]
    project = copied_project(tmp_path)
    change.apply(project)
    assert faults_of_letters(project, change, ("bureau", "leaders", "international")) == []


@pytest.mark.parametrize("name", ["a new year across regions", "GDP unknown", "focus without a cluster", "cut at 2021"])
def test_both_files_of_a_changed_project_say_the_same(tmp_path: Path, name: str) -> None:
    change = changes.CHANGES[name]
    project = copied_project(tmp_path)
    change.apply(project)
    chosen = settings.load(project).overridden(
        audiences=AUDIENCES, focus=change.focus or None, as_of=change.as_of, output=tmp_path / "output"
    )
    issue = build(chosen, verify_pair=True)
    assert len(issue.compared) == len(AUDIENCES)
    assert {file.path.suffix for file in issue.files} >= {".docx", ".pdf"}
