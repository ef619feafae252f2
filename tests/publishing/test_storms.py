"""However a build ends, its issue is wholly the old one or wholly the new one, and what people wrote is still there.

In the suite every so many steps are tried; CLUSTERREPORT_STORMS=full tries each, as for docs/reliability.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="it forks, and ends processes by signals"),
]

ROOT = Path(__file__).resolve().parents[2]
FULL = os.environ.get("CLUSTERREPORT_STORMS") == "full"


def counted(storm: str, folder: Path, in_full: int, in_suite: int) -> dict[str, int]:
    number = in_full if FULL else in_suite
    command = [sys.executable, "-m", "tests.publishing.storms", storm, str(folder), str(number)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    counts: dict[str, int] = json.loads(done.stdout)
    sys.stdout.write(f"{storm}: {counts}\n")
    return counts


def all_whole(counts: dict[str, int], least: int, hit: int = 0) -> bool:
    """Tell whether nothing was found but tries, so many of them, and so many in which a build was hit in its work."""
    return set(counts) <= {"tries", "hit"} and counts["tries"] >= least and counts.get("hit", 0) >= hit


def test_a_build_killed_before_any_step_leaves_the_old_issue_or_the_new_one(tmp_path: Path) -> None:
    assert all_whole(counted("killed", tmp_path, in_full=1, in_suite=9), 600 if FULL else 60, hit=300 if FULL else 30)


def test_a_recovery_killed_before_any_step_is_recovered_from(tmp_path: Path) -> None:
    assert all_whole(counted("killed-recovering", tmp_path, in_full=3, in_suite=24), 600 if FULL else 30)


def test_ctrl_c_or_a_full_disk_at_any_step_leaves_nothing_mixed_even_before_the_next_start(tmp_path: Path) -> None:
    assert all_whole(counted("stopped", tmp_path, in_full=1, in_suite=7), 800 if FULL else 100)


def test_builds_ended_at_random_moments_by_kill_term_and_ctrl_c_leave_whole_issues(tmp_path: Path) -> None:
    number = 200 if FULL else 12  # of builds that a signal has met; the storm goes on until it has them
    assert all_whole(counted("random", tmp_path, in_full=number, in_suite=number), number, hit=number)


def test_of_two_builds_at_once_one_is_last_with_all_audiences(tmp_path: Path) -> None:
    assert all_whole(counted("two", tmp_path, in_full=600, in_suite=40), 600 if FULL else 40)
