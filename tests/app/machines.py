"""A scheduler of Dask and workers as if on other machines: processes of a test, which no other machine can reach."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LACKING = """
import sys

class Lacking:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "clusterreport":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Lacking())
from dask.__main__ import main
main()
"""
"""A Python without the program."""

ROOT = Path(__file__).parents[2]
HERE = ("--host", "127.0.0.1", "--no-dashboard")
PATIENCE = 60.0


def until(condition: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(condition())


def children_of(process: int) -> list[int]:
    """Return the processes that the threads of a process have started."""
    files = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for file in files for child in file.read_text("ascii").split()]


def _command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@dataclass
class Machines:
    """A ``scheduler`` and ``workers``, each a process with the temporary folder ``scratch``."""

    scratch: Path
    port: int = 0
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        connect = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "5s"}  # as docs/scale.md advises
        return {**os.environ, **connect, "TMPDIR": str(self.scratch), "PYTHONPATH": paths}

    def start(self, workers: int = 2, *more: str) -> Self:
        """Start the scheduler, at the port that it had before, and so many workers, whose command says ``more``."""
        file = self.scratch / "scheduler.json"
        file.unlink(missing_ok=True)
        self.scheduler = self._dask(("scheduler", *HERE, "--port", str(self.port), "--scheduler-file", str(file)))
        assert until(lambda: file.exists() and file.read_bytes().endswith(b"}"))
        self.port = int(json.loads(file.read_bytes())["address"].rpartition(":")[2])
        file.unlink()
        for _ in range(workers):
            self.add(*more)
        return self

    def add(self, *more: str) -> None:
        """Start one more worker."""
        self.workers.append(self._dask(("worker", self.address, *HERE, "--nthreads", "1", *more)))

    def add_lacking(self) -> None:
        """Start one more worker, on a machine where the program is not installed."""
        command = ("worker", self.address, *HERE, "--nthreads", "1", "--no-nanny")
        self.workers.append(self._python(("-c", LACKING, *command)))

    def worker_processes(self) -> list[int]:
        """Return the processes in which jobs are done: those that the guards of workers have started."""
        found = [child for worker in self.workers if worker.poll() is None for child in children_of(worker.pid)]
        return [child for child in found if b"spawn_main" in _command_of(child)]  # and not one that is only forked yet

    def stop(self) -> None:
        """End all of them, and what they have started."""
        started = self.worker_processes()
        for process in (*self.workers, *filter(None, [self.scheduler])):
            process.terminate()
        for process in (*self.workers, *filter(None, [self.scheduler])):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(4)
            process.kill()
            process.wait()
        assert until(lambda: not any(map(alive, started)))
        self.scheduler, self.workers = None, []

    def _dask(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        return self._python(("-m", "dask", *command))

    def _python(self, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=self.scratch, env=self.environment, stdout=quiet, stderr=quiet
        )
