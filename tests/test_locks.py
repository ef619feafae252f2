"""A lock on a file keeps two processes from doing the same at once, and outlives nobody."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clusterreport.errors import UsageError
from clusterreport.locks import exclusive

HOLDER = """
import sys, time
from pathlib import Path
from clusterreport.locks import exclusive

with exclusive(Path(sys.argv[1]), "a test"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path / "lock")], stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_process_waits_and_then_says_for_what(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    try:
        with (
            pytest.raises(UsageError, match="another process has been at a test for 0 seconds"),
            exclusive(tmp_path / "lock", "a test", patience=0.2),
        ):
            pytest.fail("two hold one lock")
    finally:
        holder.kill()
        holder.communicate()


def test_a_killed_process_leaves_no_lock_behind(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with exclusive(tmp_path / "lock", "a test", patience=5):
        pass


def test_the_holder_may_take_it_again(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock", "a test", patience=0.2), exclusive(tmp_path / "lock", "a test", patience=0.2):
        pass


def test_the_holder_may_take_it_again_with_less_patience(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock", "a test"), exclusive(tmp_path / "lock", "a test", patience=0):
        pass


def test_where_no_lock_can_be_made_the_reason_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(UsageError, match="the lock on a test cannot be taken"),
        exclusive(tmp_path / "file" / "lock", "a test"),
    ):
        pytest.fail("it was taken")
