"""Jobs for the tests of runners: they stand in a module of their own, which workers can load."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from dataclasses import dataclass, replace
from pathlib import Path

from clusterreport.app.runners.sealed import Sealed


@dataclass
class Marking:
    """Says of each job who did it; a job that is called "dies" kills its worker the first ``times``, or ``always``."""

    folder: Path
    always: bool = False
    times: int = 1
    made_ready: bool = False

    def ready(self) -> None:
        self.made_ready = True

    def do(self, job: str) -> tuple[str, int, bool]:
        marker = self.folder / job
        died = marker.stat().st_size if marker.exists() else 0
        if job.startswith("dies") and (self.always or died < self.times):
            marker.write_bytes(bytes(died + 1))
            os.kill(os.getpid(), signal.SIGKILL)
        return job, os.getpid(), self.made_ready

    def lost(self, job: str) -> tuple[str, int, bool]:
        return job, 0, False


@dataclass
class Waiting:
    """Writes down who does each job, and waits for longer than any test."""

    folder: Path

    def ready(self) -> None:
        """Read nothing."""

    def do(self, job: str) -> None:
        (self.folder / job).write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(600)

    def lost(self, job: str) -> None:
        """Tell nothing."""


@dataclass
class Counting:
    """Counts in each process how often the work was taken out of what has travelled."""

    load: bytes = b""
    opened: int = 0

    def __setstate__(self, state: dict[str, object]) -> None:
        """Be taken out of a pickle."""
        self.__dict__.update(state)
        _OPENED.append(1)

    def ready(self) -> None:
        self.opened = len(_OPENED)

    def do(self, _job: str) -> tuple[int, int]:
        time.sleep(0.05)
        return os.getpid(), len(_OPENED)

    def lost(self, _job: str) -> tuple[int, int]:
        return 0, 0


_OPENED: list[int] = []


def examined() -> dict[str, str]:
    """Return what every worker of a test is like."""
    return {"like": "us"}


def examined_by_process() -> dict[str, str]:
    """Return what is another thing in each process."""
    return {"like": "us", "process": str(os.getpid())}


def examined_where_one_is_damaged() -> dict[str, str]:
    """Let the first thing that a worker sends arrive damaged."""
    return _damaging(1)


def examined_where_all_is_damaged() -> dict[str, str]:
    """Let all that a worker sends arrive damaged."""
    return _damaging(1_000)


def _damaging(times: int) -> dict[str, str]:
    sealed = Sealed.of
    if multiprocessing.parent_process() is not None and not _SENT:  # not where the jobs are given out
        _SENT.append(1)

        def damaged(value: object) -> Sealed:
            _SENT.append(1)
            sent = sealed(value)
            return replace(sent, content=sent.content[:-1] + b"?") if len(_SENT) <= times + 1 else sent

        Sealed.of = damaged  # type: ignore[method-assign]
    return examined()


_SENT: list[int] = []
