"""Two runs of the bench are compared: only what lies beyond the noise of either is said to have moved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.comparing import compared, moved

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("before", "after", "beyond"),
    [
        ([1.40, 1.45, 1.50], [1.20, 1.25, 1.30], True),
        ([1.20, 1.25, 1.30], [1.40, 1.45, 1.50], True),
        ([1.40, 1.45, 1.50], [1.30, 1.38, 1.42], False),
        ([1.400, 1.401, 1.402], [1.410, 1.411, 1.412], False),
        ([2.0], [2.19], False),
        ([2.0], [2.21], True),
        ([2.0], [2.1, 2.15, 2.19], False),
    ],
    ids=[
        "all below", "all above", "the samples overlap", "apart, but by less than two in a hundred",
        "one sample, within a tenth", "one sample, beyond a tenth", "one sample against several",
    ],
)  # fmt: skip
def test_what_lies_beyond_noise(before: list[float], after: list[float], beyond: bool) -> None:  # noqa: FBT001
    (one,) = moved({"wall": before}, {"wall": after})
    assert one.beyond_noise is beyond


def test_the_medians_and_their_change_are_told_with_what_only_one_run_has(tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(json.dumps({"wall": [2.0, 2.1, 2.2], "gone": [1]}), encoding="utf-8")
    new.write_text(json.dumps({"wall": [1.0, 1.05, 1.1], "new": [1]}), encoding="utf-8")
    said = compared(str(old), str(new))
    assert "| wall | 2.1 | 1.05 | -50.0% | better |" in said
    assert "only before: gone" in said
    assert "only after: new" in said


def test_what_is_neither_a_file_nor_a_revision_is_told() -> None:
    with pytest.raises(SystemExit, match="nowhere is no file"):
        compared("nowhere", "nowhere")
