"""One round of work: enter what is due, build it, send what may go, and keep the records of what is over."""

from __future__ import annotations

import logging
import os
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.delivery import outbox as box
from clusterreport.delivery.archive import write_record
from clusterreport.delivery.channels.folder import FolderChannel
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.gate import gate_of
from clusterreport.delivery.postman import Postman
from clusterreport.delivery.shelving import settle
from clusterreport.errors import ClusterReportError
from clusterreport.scheduling.planner import Step, approve_free, build_planned, plan_due
from clusterreport.scheduling.working_days import of_project

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from clusterreport.delivery.channels import Channel
    from clusterreport.delivery.outbox import Outbox
    from clusterreport.settings import Settings

    Clock = Callable[[], dt.datetime]

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did: its steps, and how many attempts to deliver ended in which state."""

    steps: tuple[Step, ...]
    attempts: Mapping[str, int]

    @property
    def troubled(self) -> bool:
        """Tell whether somebody should look."""
        return any(step.what in {"held", "failed"} for step in self.steps) or any(
            self.attempts.get(state) for state in ("failed", "uncertain")
        )


def run_round(settings: Settings, outbox: Outbox, clock: Clock) -> Round:
    """Do everything that is due now; what cannot be done now is done by a later round."""
    steps = plan_due(settings, outbox, clock(), of_project(settings))
    steps += build_planned(settings, outbox, clock)
    steps += approve_free(settings, outbox, clock)
    for step in steps:
        _LOG.info("%s: %s %s", step.schedule, step.what, step.words)
    attempts = send_due(settings, outbox, clock)
    box.remember(outbox)
    keep_records(settings, outbox)
    return Round(tuple(steps), attempts)


def send_due(settings: Settings, outbox: Outbox, clock: Clock) -> Mapping[str, int]:
    """Deliver until nothing is due, and return how many attempts ended in which state."""
    box.remember(outbox)
    with ExitStack() as stack:
        channels: dict[str, Channel] = {"folder": FolderChannel()}
        if settings.mail is not None:
            channels["mail"] = stack.enter_context(MailChannel(settings.mail))
        sender = f"sender {socket.gethostname()}:{os.getpid()}"
        return Postman(outbox, gate_of(settings, outbox, clock), channels, clock, sender).run()


def keep_records(settings: Settings, outbox: Outbox) -> None:
    """Write the record of each issue that is over and has none yet, or whose history has gone on since."""
    settle(settings.delivery.archive)
    for issue in box.issues(outbox, ("closed", "cancelled")):
        if not box.files(outbox, issue.id):
            continue
        try:
            write_record(outbox, issue, settings.output, settings.delivery.archive)
        except ClusterReportError as error:
            _LOG.error("the record of %s is not written: %s", issue.name, error)
