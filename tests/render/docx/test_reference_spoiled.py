"""A letterhead that was spoiled, in any of very many ways, is told with a remedy or gives a sound document."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from clusterreport.errors import Problem, ProblemsError
from clusterreport.render.docx import render
from clusterreport.render.docx.reference import load
from clusterreport.theme import Theme, load_theme
from tests.render.docx.conftest import BRIEFING
from tests.render.docx.mutations import mutated
from tests.render.docx.package_check import check
from tests.samples import small

PLACE = "templates/audiences/bureau/letterhead.docx"
FULL = os.environ.get("CLUSTERREPORT_LETTERHEADS") == "full"
BATCHES = 60 if FULL else 2
A_BATCH = 20
SECONDS = 10.0  # of the processor, for each; they take some hundredths


@pytest.mark.parametrize("batch", range(BATCHES))
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_spoiled_letterhead_is_told_or_gives_a_sound_document(batch: int, tmp_path: Path) -> None:
    theme = load_theme(BRIEFING, "briefing.toml")
    path = tmp_path / "letterhead.docx"
    for seed in range(batch * A_BATCH, (batch + 1) * A_BATCH):
        path.write_bytes(mutated(seed))
        began = time.process_time()
        faults, problems = outcome(path, theme, seed)
        assert faults == [], seed
        assert all(problem.where == PLACE and problem.remedy for problem in problems), seed
        assert time.process_time() - began < SECONDS, seed


def outcome(path: Path, theme: Theme, seed: int) -> tuple[list[str], tuple[Problem, ...]]:
    """Return what is unsound in a document in the letterhead, or the problems that are told."""
    try:
        return check(render(small(), theme, {}, load(path, PLACE)).content), ()
    except ProblemsError as error:
        return [], error.problems
    except Exception as error:  # noqa: BLE001 -- whatever it is, the seed must be known
        pytest.fail(f"seed {seed}: {error!r}")
