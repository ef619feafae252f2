"""Whoever made a Word file: what is wrong with it is told in a sentence, within two seconds and 200 MiB."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from clusterreport.errors import UsageError
from clusterreport.verify.ledger import read_ledger
from tests.ledger.hostile import HOSTILE

MOST_SECONDS = 2
MOST_MEMORY = 200 * 1024


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_told(tmp_path: Path, kind: str) -> None:
    make, problem = HOSTILE[kind]
    (tmp_path / "file.docx").write_bytes(make())
    began = time.process_time()
    with pytest.raises(UsageError, match=r"file\.docx") as caught:
        read_ledger(tmp_path / "file.docx")
    assert time.process_time() - began < MOST_SECONDS
    assert problem in str(caught.value)


@pytest.mark.parametrize("kind", ["a bomb of a ledger", "a bomb of xz", "laughs", "many parts"])
def test_a_hostile_file_takes_no_memory(tmp_path: Path, kind: str) -> None:
    (tmp_path / "file.docx").write_bytes(HOSTILE[kind][0]())
    run = [sys.executable, "-c", TRACED, str(tmp_path / "file.docx")]
    told = subprocess.run(run, check=True, capture_output=True, text=True).stdout
    assert int(told.split()[-2]) < MOST_MEMORY


TRACED = """
import sys
from pathlib import Path
from clusterreport.cli import main
assert main(["trace", sys.argv[1]]) == 2
print([line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")][0])
"""
"""Prints how much memory was used at most, in kibibytes."""
