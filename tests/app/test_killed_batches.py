"""A batch on many machines loses nothing, whoever is killed: the same command goes on, and comes to the same bytes.

Each is killed once in the suite; with CLUSTERREPORT_KILLS=10 ten times, each at another moment.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.app.machines import Machines, alive, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Disturbance = Callable[[subprocess.Popen[str]], None]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc"),
]

ROOT = Path(__file__).parents[2]
CITIES = ("苏州", "兰州", "广州", "无锡")
KILLS = range(int(os.environ.get("CLUSTERREPORT_KILLS", "1")))
each_time = pytest.mark.parametrize("moment", KILLS)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the hash of each file of the batch that nobody has disturbed, made without Dask."""
    output = tmp_path_factory.mktemp("undisturbed")
    subprocess.run(command(output, "--jobs", "1"), check=True, capture_output=True, cwd=ROOT)
    return files_below(output)


@pytest.fixture
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cr-") as folder:
        yield Path(folder)


@pytest.fixture
def machines(scratch: Path) -> Iterator[Machines]:
    started = Machines(scratch).start()
    try:
        assert until(lambda: len(started.worker_processes()) == 2)
        yield started
    finally:
        started.stop()


def command(output: Path, *how: str) -> list[str]:
    said = ["build", str(ROOT), "--audience", "leaders", "--focus", ",".join(CITIES), "--output", str(output)]
    return [sys.executable, "-m", "clusterreport", *said, *how]


def files_below(folder: Path) -> dict[str, str]:
    """Return the hash of every file, by its path, but for locks."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def disturbed(
    machines: Machines,
    output: Path,
    how: tuple[str, ...],
    moment: int,
    disturb: Callable[[subprocess.Popen[str]], None],
) -> tuple[int, str]:
    """Begin the batch, ``disturb`` it at a moment, and return its exit code with all that it told.

    Moments are after one city is told, after two, …, before the first; and from then on a little later.
    """
    client = subprocess.Popen(
        command(output, *how), env=machines.environment, cwd=ROOT, stderr=subprocess.PIPE, text=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    assert client.stderr is not None
    told = [client.stderr.readline() for _ in range(lines_at(moment))]
    time.sleep(moment // len(CITIES) * 0.3)
    disturb(client)
    told += client.stderr.readlines()
    client.stderr.close()
    return client.wait(), "".join(told)


def lines_at(moment: int) -> int:
    return (moment + 1) % len(CITIES)


def assert_whole(machines: Machines, output: Path, how: tuple[str, ...], undisturbed: dict[str, str]) -> None:
    """Run the same command again: everything is there, to the byte, and nothing besides."""
    again = subprocess.run(
        command(output, *how), env=machines.environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (again.returncode, "Traceback" in again.stderr) == (0, False), again.stderr
    assert files_below(output) == undisturbed
    assert not [path for path in output.rglob(".publishing*") if path.is_dir()]


def assert_no_scratch(machines: Machines, scratch: Path) -> None:
    """Stop the machines: what they leave of temporary files is what Dask keeps for its next start, and empty."""
    machines.stop()
    left = [path for path in scratch.rglob("*") if path.is_file() and path.suffix not in {".lock", ".dirlock"}]
    assert left == []
    assert not list(scratch.glob("clusterreport-*"))


@each_time
def test_a_worker_is_killed(
    machines: Machines, scratch: Path, tmp_path: Path, undisturbed: dict[str, str], moment: int
) -> None:
    def kill(_client: subprocess.Popen[str]) -> None:
        os.kill(machines.worker_processes()[moment % 2], signal.SIGKILL)

    how = ("--on", machines.address)
    code, told = disturbed(machines, tmp_path, how, moment, kill)
    assert (code, "Traceback" in told) == (0, False), told
    assert files_below(tmp_path) == undisturbed  # at once: its work was done by another
    assert_whole(machines, tmp_path, how, undisturbed)
    assert_no_scratch(machines, scratch)


@each_time
def test_the_scheduler_is_killed(
    machines: Machines, scratch: Path, tmp_path: Path, undisturbed: dict[str, str], moment: int
) -> None:
    def kill(_client: subprocess.Popen[str]) -> None:
        assert machines.scheduler is not None
        machines.scheduler.kill()

    how = ("--on", machines.address)
    code, told = disturbed(machines, tmp_path, how, moment, kill)
    assert "Traceback" not in told
    if code == 0:  # it was done before the scheduler was
        assert files_below(tmp_path) == undisturbed
    else:
        early = lines_at(moment) == 0 and "no scheduler answers there" in told
        assert (code, early or "run the same command again" in told) == (2, True), told
    machines.stop()
    machines.start()
    assert_whole(machines, tmp_path, how, undisturbed)
    assert_no_scratch(machines, scratch)


@each_time
@pytest.mark.parametrize("where", ["a scheduler of others", "our own"])
def test_the_command_is_killed(
    machines: Machines, scratch: Path, tmp_path: Path, undisturbed: dict[str, str], where: str, moment: int
) -> None:
    how = ("--on", machines.address) if where == "a scheduler of others" else ("--on", "dask", "--jobs", "2")
    code, _ = disturbed(machines, tmp_path, how, moment, subprocess.Popen.kill)
    assert code in {-signal.SIGKILL, 0}  # or it was done before
    before = files_below(tmp_path)
    assert {name: digest for name, digest in before.items() if ".publishing" not in name}.items() <= undisturbed.items()
    assert_whole(machines, tmp_path, how, undisturbed)
    assert_no_scratch(machines, scratch)


def test_the_command_is_interrupted(scratch: Path, tmp_path: Path, undisturbed: dict[str, str]) -> None:
    """Ctrl-C goes to all processes of a terminal: none is left, no scratch, and the same command goes on."""
    machines, how = Machines(scratch), ("--on", "dask", "--jobs", "2")
    client = subprocess.Popen(
        command(tmp_path, *how), env=machines.environment, cwd=ROOT, stderr=subprocess.PIPE, text=True,
        stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    assert client.stderr is not None
    first = client.stderr.readline()
    os.killpg(client.pid, signal.SIGINT)
    told = first + client.stderr.read()
    client.stderr.close()
    assert client.wait() != 0
    assert "Traceback" not in told, told
    assert until(lambda: not members_of(client.pid))
    assert list(scratch.iterdir()) == []
    assert_whole(machines, tmp_path, how, undisturbed)
    assert list(scratch.iterdir()) == []
    shutil.rmtree(tmp_path)


def members_of(group: int) -> list[int]:
    """Return the processes of a group that live."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == group and alive(int(folder.name)):
            found.append(int(folder.name))
    return found
