"""Runners keep one contract: each job is done once, by workers that were made ready, whoever dies meanwhile."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.app.runners import connecting, pool
from clusterreport.app.runners.pool import Pool
from clusterreport.app.runners.remote import DaskRunner
from clusterreport.app.runners.sealed import DamagedError, Sealed
from clusterreport.app.runners.serial import Serial
from clusterreport.errors import SettingsError, UsageError
from tests.app.machines import Machines, alive, until
from tests.app.works import (
    Counting,
    Marking,
    Waiting,
    examined,
    examined_by_process,
    examined_where_all_is_damaged,
    examined_where_one_is_damaged,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterreport.app.runners import Runner

ROOT = Path(__file__).parents[2]
Told = tuple[str, int, bool]
RUNNERS: dict[str, Runner[str, Told]] = {
    "serial": Serial(), "one": Pool(1), "two": Pool(2), "dask": DaskRunner("", 2, examined),
}  # fmt: skip
SLOW = pytest.mark.slow


def each(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", [pytest.param(name, marks=[SLOW] * (name == "dask")) for name in names])


# ── what all of them do ──────────────────────────────────────────────────────────────────────────────────────────────


@each(*RUNNERS)
def test_each_job_is_done_once_by_who_was_made_ready(name: str, tmp_path: Path) -> None:
    jobs = [f"job {number}" for number in range(7)]
    told = list(RUNNERS[name].run(Marking(tmp_path), jobs))
    assert sorted(job for job, _, _ in told) == jobs
    assert all(ready for _, _, ready in told)
    assert {worker == os.getpid() for _, worker, _ in told} == {name == "serial"}


@pytest.mark.parametrize("name", RUNNERS)
def test_no_job_is_no_work(name: str, tmp_path: Path) -> None:
    assert list(RUNNERS[name].run(Marking(tmp_path), [])) == []


@each("one", "two", "dask")
def test_a_worker_that_is_killed_is_replaced_and_its_job_done_again(name: str, tmp_path: Path) -> None:
    jobs = ["a", "dies 1", "b", "dies 2", "c"]
    told = list(RUNNERS[name].run(Marking(tmp_path), jobs))
    assert sorted(job for job, _, _ in told) == sorted(jobs)
    assert all(worker and ready for _, worker, ready in told)


@pytest.mark.parametrize("error", [BrokenProcessPool(), EOFError(), ConnectionRefusedError()])
def test_a_job_that_cannot_be_given_out_as_workers_died_before_is_done_by_the_next(
    error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Dying(ThreadPoolExecutor):
        given = 0

        def submit(self, fn: Callable[..., Any], /, *args: object, **kwargs: object) -> Future[Any]:
            type(self).given += 1
            if self.given == 3:
                raise error
            return super().submit(fn, *args, **kwargs)

    monkeypatch.setattr(pool, "_own", [Marking(tmp_path)])
    monkeypatch.setattr(Pool, "_executor", lambda *_: Dying(2))
    told = Pool[str, Told](2).run(Marking(tmp_path), jobs := ["a", "b", "c", "d"])
    assert sorted(job for job, _, _ in told) == jobs


def test_a_job_is_tried_alone_more_than_once(tmp_path: Path) -> None:
    """Of several workers one may end by another's job before it begins its own, which then ends its worker alone once.

    One worker does it for certain: each job ends its first, and then its second, alone.
    """
    told = list(RUNNERS["one"].run(Marking(tmp_path, times=2), ["a", "dies 1", "dies 2"]))
    assert sorted((job, bool(worker)) for job, worker, _ in told) == [("a", True), ("dies 1", True), ("dies 2", True)]


@each("two", "dask")
def test_a_job_whose_workers_always_die_is_told_as_lost_and_the_others_are_done(name: str, tmp_path: Path) -> None:
    jobs = ["a", "dies 1", "b", "c"] + ["dies 2"] * (name == "two")
    told = list(RUNNERS[name].run(Marking(tmp_path, always=True), jobs))
    assert sorted((job, bool(worker)) for job, worker, _ in told) == sorted((job, "dies" not in job) for job in jobs)


@each(*RUNNERS)
def test_who_stops_asking_leaves_no_worker_and_no_scratch(
    name: str, tmp_path: Path, tmp_path_of_a_socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_of_a_socket))
    asked = iter(RUNNERS[name].run(Marking(tmp_path), [f"job {number}" for number in range(20)]))
    _, worker, _ = next(asked)
    asked.close()  # type: ignore[attr-defined]  # as an error or Ctrl-C in whoever asks does
    assert worker == os.getpid() or until(lambda: not alive(worker))
    assert list(tmp_path_of_a_socket.iterdir()) == []


# ── what travels to workers of Dask ──────────────────────────────────────────────────────────────────────────────────


@SLOW
def test_the_work_travels_to_each_worker_once() -> None:
    told = list(DaskRunner[str, tuple[int, int]]("", 2, examined).run(Counting(b"x" * 300_000), map(str, range(12))))
    assert len(told) == 12
    assert len({process for process, _ in told}) == 2  # both have worked
    assert {opened for _, opened in told} == {1}


@SLOW
def test_a_worker_that_is_unlike_us_is_refused_by_its_name_before_any_job(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        list(DaskRunner[str, Told]("", 2, examined_by_process).run(Marking(tmp_path), ["dies 1"]))
    assert len(caught.value.problems) == 2  # both, at once
    for problem in map(str, caught.value.problems):
        assert problem.startswith("worker tcp://127.0.0.1:")
        assert f" there and {os.getpid()} here" in problem
        assert "like" not in problem.partition(": ")[2].partition("\n")[0]
    assert list(tmp_path.iterdir()) == []  # no job was begun


def test_what_is_not_what_was_sent_is_refused() -> None:
    sealed = Sealed.of({"pages": 3})
    assert sealed.opened() == {"pages": 3}
    with pytest.raises(DamagedError):
        dataclasses.replace(sealed, content=sealed.content[:-1] + b"?").opened()


@SLOW
def test_what_arrives_damaged_is_done_again_and_not_for_ever(tmp_path: Path) -> None:
    runner = DaskRunner[str, Told]("", 1, examined_where_one_is_damaged)
    assert sorted(job for job, _, _ in runner.run(Marking(tmp_path), ["a", "b", "c"])) == ["a", "b", "c"]
    with pytest.raises(UsageError, match="damaged"):
        list(DaskRunner[str, Told]("", 1, examined_where_all_is_damaged).run(Marking(tmp_path), ["a", "b", "c"]))


# ── the scheduler of others ──────────────────────────────────────────────────────────────────────────────────────────


def test_where_no_scheduler_is_its_address_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "_ANSWER_SECONDS", 0.2)
    with pytest.raises(UsageError, match=r"tcp://127\.0\.0\.1:9: no scheduler answers there"):
        list(DaskRunner[str, str]("tcp://127.0.0.1:9", 0, examined).run(Waiting(Path()), ["a"]))  # type: ignore[arg-type]


@SLOW
def test_workers_that_are_not_fit_none_and_new_ones(tmp_path: Path, tmp_path_of_a_socket: Path) -> None:
    """One scheduler for all: without workers, with some that are not fit, and with one that comes later."""
    machines, jobs = Machines(tmp_path_of_a_socket).start(workers=0), ["a", "b"]
    try:
        runner = DaskRunner[str, Told](machines.address, 0, examined, patience_seconds=0.5)
        with pytest.raises(UsageError, match="there are no workers"):
            list(runner.run(Marking(tmp_path), jobs))
        runner = DaskRunner[str, Told](machines.address, 0, examined)
        machines.add("--nthreads", "2", "--no-nanny")
        with pytest.raises(SettingsError, match="nthreads is 2 there and 1 here"):
            list(runner.run(Marking(tmp_path), jobs))
        machines.workers[0].terminate()
        machines.workers[0].wait()
        machines.add_lacking()
        with pytest.raises(SettingsError, match=r"clusterreport is not usable .*No module named"):
            list(runner.run(Marking(tmp_path), jobs))
        machines.workers[1].terminate()
        machines.workers[1].wait()
        machines.add("--no-nanny")
        assert sorted(job for job, _, _ in runner.run(Marking(tmp_path), jobs)) == jobs
    finally:
        machines.stop()


# ── who is killed ────────────────────────────────────────────────────────────────────────────────────────────────────


CLIENT = """
import sys
from pathlib import Path
from clusterreport.app.runners.pool import Pool
from tests.app.works import Waiting
list(Pool(2).run(Waiting(Path(sys.argv[1])), ["a", "b"]))
"""


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


OWN_CLUSTER = CLIENT.replace("pool import Pool", "remote import DaskRunner").replace(
    "list(Pool(2)", "from tests.app.works import examined\nif __name__ == '__main__': list(DaskRunner('', 2, examined)"
)


@SLOW
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")
def test_workers_of_our_own_scheduler_end_with_us_and_the_next_run_clears_up(
    tmp_path: Path, tmp_path_of_a_socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, scratch = tmp_path / "told", tmp_path_of_a_socket
    told.mkdir()
    client = subprocess.Popen(
        [sys.executable, "-c", OWN_CLUSTER, str(told)], env=Machines(scratch).environment, stderr=subprocess.DEVNULL
    )
    try:
        assert until(lambda: len([path for path in told.iterdir() if path.stat().st_size]) == 2)
    finally:
        client.kill()
        client.wait()
    workers = [int(path.read_text("utf-8")) for path in told.iterdir()]
    assert until(lambda: not any(map(alive, workers)))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    assert list(DaskRunner[str, Told]("", 1, examined).run(Marking(tmp_path), ["a"]))
    assert list(scratch.iterdir()) == []
