"""Every edition is true, wherever the clusters lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.truth.changes import CHANCE, PLACES
from tests.acceptance.truth.edits import Change
from tests.acceptance.truth.examining import each, examine

pytestmark = pytest.mark.slow


@each(PLACES | CHANCE)
def test_no_sentence_is_false(tmp_path: Path, change: Change) -> None:
    examine(tmp_path, change)
