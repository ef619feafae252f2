"""Runners keep one contract: each job is done once, by workers that were made ready, whoever dies meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport.app.runners.pool import Pool
from clusterreport.app.runners.serial import Serial
from tests.app.works import Marking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0
Told = tuple[str, int, bool]
RUNNERS: dict[str, Serial[str, Told] | Pool[str, Told]] = {"serial": Serial(), "one": Pool(1), "two": Pool(2)}


@pytest.mark.parametrize("name", RUNNERS)
def test_each_job_is_done_once_by_who_was_made_ready(name: str, tmp_path: Path) -> None:
    jobs = [f"job {number}" for number in range(7)]
    told = list(RUNNERS[name].run(Marking(tmp_path), jobs))
    assert sorted(job for job, _, _ in told) == jobs
    assert all(ready for _, _, ready in told)
    assert {worker == os.getpid() for _, worker, _ in told} == {name == "serial"}


@pytest.mark.parametrize("name", RUNNERS)
def test_no_job_is_no_work(name: str, tmp_path: Path) -> None:
    assert list(RUNNERS[name].run(Marking(tmp_path), [])) == []


@pytest.mark.parametrize("name", ["one", "two"])
def test_a_worker_that_dies_is_replaced_and_its_job_done_again(name: str, tmp_path: Path) -> None:
    jobs = ["a", "dies 1", "b", "dies 2", "c"]
    told = list(RUNNERS[name].run(Marking(tmp_path), jobs))
    assert sorted(job for job, _, _ in told) == sorted(jobs)
    assert all(worker and ready for _, worker, ready in told)


def test_a_job_whose_workers_always_die_is_told_as_lost_and_the_others_are_done(tmp_path: Path) -> None:
    told = list(RUNNERS["two"].run(Marking(tmp_path, always=True), ["a", "dies 1", "b", "dies 2", "c"]))
    assert sorted((job, bool(worker)) for job, worker, _ in told) == [
        ("a", True), ("b", True), ("c", True), ("dies 1", False), ("dies 2", False),
    ]  # fmt: skip


CLIENT = """
import sys
from pathlib import Path
from clusterreport.app.runners.pool import Pool
from tests.app.works import Waiting
list(Pool(2).run(Waiting(Path(sys.argv[1])), ["a", "b"]))
"""


def until(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.05)
    return condition()


def alive(worker: int) -> bool:
    try:
        return Path(f"/proc/{worker}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def tmp_path_of_a_socket() -> Iterator[Path]:
    """Yield a folder whose path is short: that of a socket has a hundred characters at most."""
    with tempfile.TemporaryDirectory(prefix="cr-") as folder:
        yield Path(folder)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_workers_end_with_who_gives_them_jobs_and_leave_nothing(tmp_path: Path, tmp_path_of_a_socket: Path) -> None:
    told, scratch = tmp_path / "told", tmp_path_of_a_socket
    told.mkdir()
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(told)], env={**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": paths}
    )
    try:
        assert until(lambda: len([path for path in told.iterdir() if path.stat().st_size]) == 2)
        assert list(scratch.iterdir())
    finally:
        client.kill()
        client.wait()
    workers = [int(path.read_text("utf-8")) for path in told.iterdir()]
    assert until(lambda: not any(map(alive, workers)))
    assert until(lambda: not list(scratch.iterdir()))
