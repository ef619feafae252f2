"""The ledgers that texts are held against: those of editions that are built once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.factcheck.checking_texts import judge_pieces
from clusterreport.factcheck.passages_read import TextPiece
from clusterreport.verify.ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.verify.verdicts import Judgement

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="package")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an issue for leaders, the public and abroad."""
    audiences = ("leaders", "public", "international")
    chosen = settings.load(ROOT).overridden(audiences=audiences, output=tmp_path_factory.mktemp("issue"))
    build(chosen)
    (folder,) = chosen.output.glob("20*")
    return folder


@pytest.fixture(scope="package")
def judge(issue: Path) -> Callable[[str, str], tuple[Judgement, ...]]:
    """Return what holds a text against the ledger of an audience."""
    ledgers = {audience: read_ledger(issue / audience) for audience in ("leaders", "public", "international")}

    def judged(text: str, audience: str) -> tuple[Judgement, ...]:
        return tuple(judge_pieces([TextPiece(text, "here")], ledgers[audience]))

    return judged
