"""Planners and senders as processes of their own, to which something happens at a named point.

The points are made here, around the program's own functions; the program knows nothing of them. Processes are forked
from a server that has everything loaded, so that hundreds of them can be started and killed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import multiprocessing
import os
import resource
import signal
import smtplib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from clusterreport.delivery import outbox as box
from clusterreport.delivery.channels.folder import FolderChannel
from clusterreport.delivery.channels.mail import MailChannel, Patience
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from clusterreport.delivery.outgoing import OutgoingMessage
from clusterreport.delivery.worker import DeliveryWorker, Pacing
from clusterreport.errors import OutboxError
from tests.delivery.outgoing import loopback, machine_time, open_gate
from tests.delivery.sample import built

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess
    from multiprocessing.synchronize import Event

    from clusterreport.delivery.outbox import Outbox, PlannedIssue
    from clusterreport.settings.delivery import Delivery

Happening = Literal["nothing", "killed", "stopped", "disk full", "told to wait"]
CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([__name__, "psycopg", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql"])

DISK_FULL = 3  # the exit code of a process that could not write the outbox

PLANNING = ("plan about to commit", "plan committed")
BUILDING = ("build about to commit", "build committed")
APPROVING = ("approve about to commit", "approve committed")
BEFORE_THE_MARKER = (
    "claim about to commit", "claim committed", "connected", "recipient accepted", "body sent",
    "marker about to commit",
)  # fmt: skip
IN_DOUBT = ("marker committed", "last dot sent", "reply read", "ending about to commit")
AFTERWARDS = ("ending committed",)


@dataclass(frozen=True)
class Job:
    """What a process does, and what happens to it where.

    ``minutes`` is how far its clock is from the machine's; ``lease`` is in seconds. ``reached`` is set when the point
    is, and ``go_on`` is waited for by one that is told to wait. With ``passes`` the process is killed at the point,
    whichever it is, that it passes as so manieth.
    """

    store: Delivery
    port: int = 0
    happening: Happening = "nothing"
    point: str = ""
    minutes: float = 0
    lease: float = 900
    passes: int = 0
    reached: Event = field(default_factory=CONTEXT.Event)
    go_on: Event = field(default_factory=CONTEXT.Event)

    def now(self) -> dt.datetime:
        return machine_time() + dt.timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Worker:
    """A process that was started, and its job, whose events last as long as somebody holds them."""

    process: BaseProcess
    job: Job

    def ended(self, seconds: float = 60) -> int | None:
        """Wait for its end and return how it ended, None if it has not."""
        self.process.join(seconds)
        return self.process.exitcode

    def reaches(self, seconds: float = 60) -> bool:
        """Wait until it is at its point, or at its end."""
        deadline = time.monotonic() + seconds
        while self.process.is_alive() and time.monotonic() < deadline:
            if self.job.reached.wait(0.005):
                return True
        return False

    def wake(self) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, signal.SIGCONT)

    def kill(self) -> bool:
        """Kill it, and return whether it was alive until then."""
        self.process.kill()
        return self.ended() == -signal.SIGKILL


def started(work: Callable[..., None], job: Job, *arguments: object) -> Worker:
    process = CONTEXT.Process(target=work, args=(job, *arguments))
    process.start()
    return Worker(process, job)


def run(work: Callable[..., None], job: Job, *arguments: object) -> int | None:
    return started(work, job, *arguments).ended()


def send(job: Job) -> None:
    """Deliver until nothing is due."""
    with _watched(job) as outbox, MailChannel(loopback(job.port), Patience(step=20, reply=20)) as mail:
        channels = {"mail": _Watched(mail, job), "folder": _Watched(FolderChannel(), job)}
        pacing = Pacing(lease=dt.timedelta(seconds=job.lease))
        DeliveryWorker(outbox, open_gate, channels, job.now, f"sender {os.getpid()}", pacing).run()


def plan(job: Job, *issues: PlannedIssue) -> None:
    """Plan issues."""
    with _watched(job) as outbox:
        for planned in issues:
            box.plan_issue(outbox, planned, AuditEntry("planner", job.now()))


def build(job: Job, issue: int) -> None:
    """Record the files of an issue."""
    with _watched(job) as outbox:
        box.record_built(outbox, issue, built(), AuditEntry("builder", job.now()))


def approve(job: Job, issue: int) -> None:
    """Approve an issue."""
    with _watched(job) as outbox:
        box.approve(outbox, issue, AuditEntry("the director", job.now()))


def hold(job: Job, issue: int) -> None:
    """Hold an issue, as long as the job is told to wait."""
    with open_outbox(job.store) as outbox:
        (row,) = (each for each in box.issues(outbox) if each.id == issue)
        with box.holding(outbox, row, patience=0):
            _reach(job, "issue held")


def mark(job: Job) -> None:
    """Claim a delivery, and write the marker: the transaction ends a moment after the job may go on."""
    with _watched(job) as outbox:
        taken = box.claim(outbox, "a sender", job.now(), dt.timedelta(seconds=job.lease))
        assert taken is not None
        box.commit_marker(outbox, taken, job.now())


@dataclass
class _Watched:
    """A channel with a point behind the reply."""

    channel: MailChannel | FolderChannel
    job: Job

    def deliver(self, outgoing: OutgoingMessage, commit: Callable[[], None]) -> str:
        reply = self.channel.deliver(outgoing, commit)
        _reach(self.job, "reply read")
        return reply


@contextlib.contextmanager
def _watched(job: Job) -> Iterator[Outbox]:
    """Open the outbox, put points around everything, and exit with a code of its own if it cannot be written."""
    try:
        with open_outbox(job.store) as outbox:
            _put_points(job, outbox)
            yield outbox
    except OutboxError:
        os._exit(DISK_FULL)


def _put_points(job: Job, outbox: Outbox) -> None:
    step = ""

    def watched(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def with_points(*arguments: Any) -> Any:  # noqa: ANN401 -- whatever the function takes
            nonlocal step
            step = name
            if name == "marker":
                _reach(job, "body sent")
            result = function(*arguments)
            _reach(job, f"{name} committed")
            return result

        return with_points

    for name, function in {
        "plan": "plan_issue", "build": "record_built", "approve": "approve", "claim": "claim",
        "marker": "commit_marker", "ending": "finish",
    }.items():  # fmt: skip
        setattr(box, function, watched(name, getattr(box, function)))
    sa.event.listen(outbox.engine, "commit", lambda _: _reach(job, f"{step} about to commit"))
    _after(smtplib.SMTP, "ehlo", lambda *_: _reach(job, "connected"))
    _after(smtplib.SMTP, "rcpt", lambda *_: _reach(job, "recipient accepted"))
    _after(smtplib.SMTP, "send", lambda _, said: _reach(job, "last dot sent") if said == b".\r\n" else None)


def _after(owner: type, name: str, action: Callable[..., None]) -> None:
    function = getattr(owner, name)

    def followed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 -- whatever the function takes
        result = function(*arguments, **named)
        action(*arguments)
        return result

    setattr(owner, name, followed)


_PASSED = itertools.count(1)


def _reach(job: Job, point: str) -> None:
    if next(_PASSED) == job.passes:
        os.kill(os.getpid(), signal.SIGKILL)
    if point != job.point or job.reached.is_set():
        return
    job.reached.set()
    if job.happening == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif job.happening == "stopped":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif job.happening == "disk full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (1, 1))  # no file of this process can grow any more
    elif job.happening == "told to wait":
        job.go_on.wait(60)


def later(job: Job, minutes: float) -> Job:
    """Return a job on the same outbox to which nothing happens, so much later."""
    return Job(job.store, job.port, minutes=job.minutes + minutes, lease=job.lease)
