"""What changed since the issue before is only said where its facts can be read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clusterreport.app.letters import changes_since
from clusterreport.errors import ProblemsError
from tests.samples import sample


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_damaged_facts_of_the_issue_before_are_told_with_where_they_are_kept(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(content)
    with pytest.raises(ProblemsError) as raised:
        changes_since(path, sample())
    (problem,) = raised.value.problems
    assert problem.where == str(path)
    assert problem.remedy == "Put it back from the record of that issue in the archive."


def test_facts_that_can_be_read_are_compared(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps([]), encoding="utf-8")
    assert not changes_since(path, sample()).first
