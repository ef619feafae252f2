"""One cycle of work: enter what is due, build it, send what may go, and keep the records of what goes and went."""

from __future__ import annotations

import logging
import os
import socket
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.app.builder import approve_free, build_planned
from clusterreport.app.planner import plan_due
from clusterreport.app.steps import Step, reason_of
from clusterreport.delivery import outbox as box
from clusterreport.delivery.archive import write_record
from clusterreport.delivery.channels.folder import FolderChannel
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.gate import gate_of
from clusterreport.delivery.record_folders import settle
from clusterreport.delivery.worker import DeliveryWorker
from clusterreport.locks import BusyError
from clusterreport.messages import message
from clusterreport.schedule.working_days import of_project

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from clusterreport.delivery.channels import Channel
    from clusterreport.delivery.outbox import DeliveryState, IssueRow, IssueState, Outbox
    from clusterreport.settings import Settings

    Clock = Callable[[], dt.datetime]

_LOG: Final = logging.getLogger(__name__)
_KEPT: Final[tuple[IssueState, ...]] = ("built", "approved", "closed", "cancelled")
_ON_THEIR_WAY: Final[tuple[DeliveryState, ...]] = ("approved", "sending", "sent", "uncertain", "failed")


@dataclass(frozen=True, slots=True)
class Cycle:
    """What a cycle did: its steps, and how many attempts to deliver ended in which state."""

    steps: tuple[Step, ...]
    attempts: Mapping[str, int]

    @property
    def needs_attention(self) -> bool:
        """Tell whether somebody should look."""
        return any(step.what in {"held", "failed"} for step in self.steps) or any(
            self.attempts.get(state) for state in ("failed", "uncertain")
        )


def run_cycle(settings: Settings, outbox: Outbox, clock: Clock) -> Cycle:
    """Do everything that is due now; what cannot be done now is done by a later cycle.

    What is approved already goes first: no build that takes its time, or breaks off, holds it up. What stops every
    delivery alike, such as a wrong password, is raised at the end.
    """
    attempts = Counter[str]()
    steps = _logged(_planned(settings, outbox, clock))
    refused = _sent(settings, outbox, clock, attempts)
    steps += _logged([*build_planned(settings, outbox, clock), *approve_free(settings, outbox, clock)])
    refused = refused or _sent(settings, outbox, clock, attempts)
    box.remember(outbox)
    steps += _logged(keep_records(settings, outbox))
    if refused is not None:
        raise refused
    return Cycle(tuple(steps), attempts)


def send_due(settings: Settings, outbox: Outbox, clock: Clock) -> Mapping[str, int]:
    """Deliver until nothing is due, and return how many attempts ended in which state.

    Before anything goes, a copy of it is kept in the archive; where that cannot be done the end of the cycle tells so.
    """
    box.remember(outbox)
    keep_records(settings, outbox, ("built", "approved"))
    with ExitStack() as stack:
        channels: dict[str, Channel] = {"folder": FolderChannel()}
        if settings.mail is not None:
            channels["mail"] = stack.enter_context(MailChannel(settings.mail))
        sender = f"sender {socket.gethostname()}:{os.getpid()}"
        return DeliveryWorker(outbox, gate_of(settings, outbox, clock), channels, clock, sender).run()


def keep_records(settings: Settings, outbox: Outbox, states: Iterable[IssueState] = _KEPT) -> list[Step]:
    """Write the record of each issue that may go or is over, where it has none yet or its history has gone on since."""
    settle(settings.delivery.archive)
    steps: list[Step] = []
    for issue in box.issues(outbox, states):
        try:
            if _may_go_or_went(outbox, issue) or (settings.delivery.archive / str(issue.name)).exists():
                write_record(outbox, issue, settings.output, settings.delivery.archive)
        except BusyError:
            _LOG.info(message("%s: another process is at it"), issue.name)
        except Exception as error:  # noqa: BLE001 -- one record that cannot be written must not keep the others from it
            words = message(
                "{name}: its record is not written: {reason}",
                name=issue.name,
                reason=reason_of(error, message("the record of {name}", name=issue.name)),
            )
            steps.append(Step("failed", issue.schedule, words, issue))
    return steps


def _planned(settings: Settings, outbox: Outbox, clock: Clock) -> list[Step]:
    try:
        calendar = of_project(settings)
    except Exception as error:  # noqa: BLE001 -- what was planned before is still to be built and sent
        return [Step("failed", message("working days"), reason_of(error, message("the working days")))]
    return plan_due(settings, outbox, clock(), calendar)


def _may_go_or_went(outbox: Outbox, issue: IssueRow) -> bool:
    if issue.state == "built":
        return bool(box.deliveries(outbox, _ON_THEIR_WAY, issue=issue.id))
    return bool(box.files(outbox, issue.id))  # one that was cancelled before it was built has none


def _sent(settings: Settings, outbox: Outbox, clock: Clock, attempts: Counter[str]) -> Exception | None:
    """Send what is due and count the attempts; return what stops every delivery, None where nothing does."""
    if not box.deliveries(outbox, ("approved", "sending")):
        return None
    try:
        attempts.update(send_due(settings, outbox, clock))
    except Exception as error:  # noqa: BLE001 -- raised at the end of the cycle; what is due is still built
        return error
    return None


def _logged(steps: list[Step]) -> list[Step]:
    for step in steps:
        level = logging.ERROR if step.what in {"held", "failed"} else logging.INFO
        _LOG.log(level, "%s: %s %s", step.schedule, step.what, step.message.replace("\n", " "))
    return steps
