"""A build over folders in which people have worked loses nothing, says where it is, and is whole after a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clusterreport.cli import main

ISSUE = Path("output", "2025-09")
WORD = "2025-09-leaders.docx"


@pytest.fixture
def edited(project: Path) -> Path:
    """Return a project whose leaders' edition was built, then edited, with a file of somebody beside it."""
    assert main(["build", str(project), "--audience", "leaders", "--quiet"]) == 0
    (project / ISSUE / "leaders" / WORD).write_bytes("改过的".encode())
    (project / ISSUE / "leaders" / "批示.txt").write_bytes(b"a")
    return project


@pytest.mark.parametrize("how", ["", "--quiet", "--json"])
def test_edited_and_foreign_files_survive_a_build_and_are_told(
    edited: Path, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    assert main(["build", str(edited), "--audience", "leaders", *([how] if how else [])]) == 0
    (kept,) = (edited / ISSUE).glob("leaders.kept-*")
    assert (kept / WORD).read_bytes() == "改过的".encode()
    assert (kept / "批示.txt").read_bytes() == b"a"
    assert (edited / ISSUE / "leaders" / WORD).read_bytes()[:2] == b"PK"
    printed = capsys.readouterr()
    words = f"{edited / ISSUE / 'leaders'}: {WORD} was changed after it was built; 批示.txt is not of the edition. "
    assert f"note: {words}" in printed.err
    assert str(kept) in printed.err
    if how == "--json":
        assert json.loads(printed.out)["remarks"][-1].startswith(words)


def test_a_build_that_fails_finishes_what_a_killed_one_began_and_says_what_it_put_aside(
    edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = (
        "import os, signal, sys\nfrom clusterreport.cli import main\nfrom clusterreport.publishing import switching\n"
        "switching.changes_in = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "main(sys.argv[1:])\n"
    )
    command = [sys.executable, "-c", code, "build", str(edited), "--audience", "leaders", "--quiet"]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert (edited / "output" / ".publishing" / "old" / "0" / WORD).read_bytes() == "改过的".encode()
    os.truncate(edited / "data" / "clusters.csv", 0)
    assert main(["build", str(edited), "--quiet"]) == 1
    (kept,) = (edited / ISSUE).glob("leaders.kept-*")
    assert (kept / WORD).read_bytes() == "改过的".encode()
    assert "批示.txt is not of the edition" in capsys.readouterr().err
    assert not (edited / "output" / ".publishing").exists()
