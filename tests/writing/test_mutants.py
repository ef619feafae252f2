"""A search through broken templates: each is written, or told with its place; none is a traceback, none takes long."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings, writing
from clusterreport.app.drafting import ProjectFindings
from clusterreport.data import sources
from clusterreport.document.numbering import number
from clusterreport.errors import Problem, ProblemsError
from clusterreport.render import text
from clusterreport.subjects.clusters import validation
from tests.writing.mutants import ROOT, SHIPPED, Mutator
from tests.writing.sample import BUREAU, PUBLIC, Project, about_of

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 10  # as docs/security.md states it
COUNT = int(os.environ.get("CLUSTERREPORT_MUTANTS", "0"))
FEW, EACH = 2, 40  # seeds, and mutants of each, where nobody asks for more


@pytest.fixture(scope="module")
def findings() -> Mapping[str, object]:
    """Return the findings of the shipped register."""
    chosen = settings.load(ROOT)
    data = validation.check(sources.read_all(chosen.data, chosen.places), chosen.as_of)
    findings = ProjectFindings.of(data, chosen.focus).by_name("zh")
    return {**findings, "briefing_title": "简报", "issue_line": "", "nothing_known": None}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(max(FEW, COUNT // 100)))
def test_a_broken_template_is_written_or_told(seed: int, project: Project, findings: Mapping[str, object]) -> None:
    mutator = Mutator(seed)
    for _ in range(100 if COUNT else EACH):
        mutant = mutator.mutant()
        for path, sound in SHIPPED.items():
            project.file(path, sound)
        project.file("sections/overview.md.j2", mutant)
        audience = PUBLIC if seed % 2 else BUREAU
        began = time.process_time()
        problems: tuple[Problem, ...] = ()
        try:
            text.render(number(writing.write(audience, findings, about_of(audience), project.root)))
        except ProblemsError as error:
            problems = error.problems
        except BaseException as error:
            error.add_note(f"the template: {mutant[:2000]!r}")
            raise
        assert time.process_time() - began <= SECONDS, mutant[:500]
        assert all(problem.where.startswith("templates/") and problem.remedy for problem in problems), mutant[:500]
