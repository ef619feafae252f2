"""Processes that are killed at each of their steps in turn: the files that they touch, and what they commit.

Python tells of every file that is opened, renamed, linked or removed before it is done (PEP 578), and SQLAlchemy of
every commit; a process counts those within its folder, and ends itself at the one that it was told.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from clusterreport.delivery import outbox as box
from clusterreport.delivery.archive import write_record
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from clusterreport.delivery.outbox.backup import backup, restore
from clusterreport.locks import BusyError
from tests.delivery.faults.processes import CONTEXT
from tests.delivery.outgoing import machine_time

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.settings.delivery import Delivery

NEVER = 0
FULL = os.environ.get("CLUSTERREPORT_KILLS") == "full"
_EVENTS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect", "shutil.rmtree"}


@dataclass(frozen=True)
class Trial:
    """What a process is to work on, at which of its steps it ends, and by which signal."""

    place: Delivery
    step: int = NEVER
    signal: int = signal.SIGKILL

    @property
    def root(self) -> Path:
        return self.place.archive.parent


def ended(work: Callable[[Trial], None], trial: Trial) -> int | None:
    """Run a process to its end and return how it ended."""
    process = CONTEXT.Process(target=work, args=(trial,))
    process.start()
    process.join(60)
    return process.exitcode


def together(*jobs: tuple[Callable[[Trial], None], Trial]) -> list[int | None]:
    """Run processes at once, and return how they ended."""
    running = [CONTEXT.Process(target=work, args=(trial,)) for work, trial in jobs]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    return [process.exitcode for process in running]


def put_back(trial: Trial) -> None:
    _count(trial)
    restore(trial.place, trial.root / "copy.db", AuditEntry("王", machine_time(), "恢复"))


def copy_out(trial: Trial) -> None:
    _count(trial)
    backup(trial.place, trial.root / "copies" / "new.db")


def record(trial: Trial) -> None:
    with open_outbox(trial.place) as outbox:
        _count(trial)
        (issue,) = box.issues(outbox)
        assert trial.place.output is not None
        with contextlib.suppress(BusyError):  # another is at it, and a later round comes back
            write_record(outbox, issue, trial.place.output, trial.place.archive)


def _count(trial: Trial) -> None:
    """Count the steps from here on, and end at the one that the trial names."""
    steps = itertools.count(1)

    def step() -> None:
        if next(steps) == trial.step:
            os.kill(os.getpid(), trial.signal)

    def told(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _EVENTS and arguments and str(arguments[0]).startswith(str(trial.root)):
            step()

    if trial.step != NEVER:
        sys.addaudithook(told)
        for moment in ("begin", "commit"):
            sa.event.listen(sa.Engine, moment, lambda _: step())
