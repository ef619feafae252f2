"""One test of one change: it is built for every audience, and nothing that is printed is false."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.truth.edits import Change
from tests.acceptance.truth.proof import AUDIENCES, copied_project, proof_of


def examine(folder: Path, change: Change, audiences: tuple[str, ...] = AUDIENCES) -> None:
    """Fail with everything that is false in the editions of a changed project."""
    project = copied_project(folder)
    change.apply(project)
    proof = proof_of(project, change, audiences)
    assert proof.editions == len(audiences)
    assert not proof.false, "\n".join(proof.false)
    assert proof.numbers > proof.uncounted
    assert proof.sentences > 20


def each(changes: dict[str, Change]) -> pytest.MarkDecorator:
    """Return the parameter of a test that stands for each of ``changes``."""
    return pytest.mark.parametrize("change", [pytest.param(change, id=name) for name, change in changes.items()])
