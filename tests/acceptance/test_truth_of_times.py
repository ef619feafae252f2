"""Every edition is true, whatever the years and the shares are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.truth.changes import SHARES, TIMES
from tests.acceptance.truth.edits import Change
from tests.acceptance.truth.examining import each, examine

pytestmark = pytest.mark.slow


@each(TIMES | SHARES)
def test_no_sentence_is_false(tmp_path: Path, change: Change) -> None:
    examine(tmp_path, change)
