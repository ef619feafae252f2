"""Builds the issues that are entered, one process at a time, and approves those that nobody has to approve.

All of it can be done again after a crash at any point: what is entered but not built is built by the next cycle.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.app.build_process import build
from clusterreport.app.planner import schedule_named
from clusterreport.app.repeats import content_of
from clusterreport.app.steps import PLANNER, Step, reason_of
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.editions import edition_in
from clusterreport.delivery.outbox import AuditEntry, IssueRow, Outbox
from clusterreport.locks import BusyError
from clusterreport.messages import message
from clusterreport.publishing import FACTS
from clusterreport.settings import FORMATS
from clusterreport.writing.audience import load_audience

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clusterreport.delivery.outbox import Hold
    from clusterreport.settings import Settings
    from clusterreport.settings.schedules import Schedule

    Clock = Callable[[], dt.datetime]

_LOG: Final = logging.getLogger(__name__)
_LONG_SECONDS: Final = 60  # a build that fails sooner is tried again by every cycle
_RESTS: Final = 5  # one that fails later rests five times as long as it took: a sixth of the time at most goes to it
_DONE: Final = frozenset({"built", "approved", "closed"})


def build_planned(settings: Settings, outbox: Outbox, clock: Clock) -> list[Step]:
    """Build every issue that is entered and not yet built; one that cannot be built waits for the next cycle."""
    steps: list[Step] = []
    for issue in box.issues(outbox, ("planned",)):
        resting = _resting(outbox, issue, clock())
        if resting is not None:
            steps.append(resting)
            continue
        began = time.monotonic()
        try:
            with box.holding(outbox, issue, patience=0) as hold:
                steps += _build_once(settings, outbox, issue, AuditEntry(PLANNER, clock()), hold)
        except BusyError:
            _LOG.info(message("%s: another process is at it"), issue.name)
        except Exception as error:  # noqa: BLE001 -- whatever it is, it must not keep the others from going
            reason = reason_of(error, message("the build of {name}", name=issue.name))
            steps.append(_failed(outbox, issue, AuditEntry(PLANNER, clock(), reason), time.monotonic() - began))
    return steps


def build_issue(settings: Settings, outbox: Outbox, issue: IssueRow, entry: AuditEntry) -> list[Step]:
    """Build an issue that is entered, unless another process does so first; wait for that one, if need be."""
    with box.holding(outbox, issue) as hold:
        return _build_once(settings, outbox, issue, entry, hold)


def rebuild_issue(settings: Settings, outbox: Outbox, issue: IssueRow, entry: AuditEntry) -> list[Step]:
    """Build an issue again for all its recipients' audiences; whatever was approved of it is so no longer.

    From the moment on that this begins, nothing of it goes; OutboxError where something has gone already.
    """
    with box.holding(outbox, issue) as hold:
        box.reopen(outbox, issue.id, entry)
        return _build(settings, outbox, issue, entry, hold)


def approve_free(settings: Settings, outbox: Outbox, clock: Clock) -> list[Step]:
    """Approve whatever is built and, by the settings, needs nobody's word; also what a killed cycle has left behind."""
    steps: list[Step] = []
    for issue in box.issues(outbox, ("built", "approved")):
        if issue.schedule not in {schedule.name for schedule in settings.schedules}:
            continue
        try:
            steps += _approve_free(
                settings, outbox, issue, AuditEntry(PLANNER, clock(), message("the settings ask for no approval"))
            )
        except BusyError:
            _LOG.info(message("%s: another process is at it"), issue.name)
        except Exception as error:  # noqa: BLE001 -- it must not keep the others from going
            reason = reason_of(error, message("the approval of {name}", name=issue.name))
            steps.append(_failed(outbox, issue, AuditEntry(PLANNER, clock(), reason)))
    return steps


def _build_once(settings: Settings, outbox: Outbox, issue: IssueRow, entry: AuditEntry, hold: Hold) -> list[Step]:
    name = str(issue.name)
    if box.issue_named(outbox, name).state in _DONE:
        _LOG.info(message("%s: another process has built it"), name)
        return []
    box.reopen(outbox, issue.id, entry)  # which refuses, before any file is touched, what may have left
    return _build(settings, outbox, issue, entry, hold)


def _build(settings: Settings, outbox: Outbox, issue: IssueRow, entry: AuditEntry, hold: Hold) -> list[Step]:
    schedule = schedule_named(settings, issue.schedule)
    audiences = tuple(dict.fromkeys(delivery.audience for delivery in box.deliveries(outbox, issue=issue.id)))
    name, content = str(issue.name), content_of(settings, schedule)
    chosen = replace(
        settings,
        issue=name,
        number=issue.number,
        total=issue.total,
        kind=issue.kind,
        audiences=audiences,
        focus=schedule.focus or settings.focus,
        issued=issue.due.astimezone(schedule.zone).date(),
        previous=_previous(settings, outbox, issue),
    )
    build(chosen, now=entry.at, verify_pair=set(FORMATS) <= set(chosen.formats))
    rows = [row for audience in audiences for row in edition_in(settings.output / name / audience, audience).rows]
    hold.check()
    box.record_built(outbox, issue.id, rows, entry, settings.as_of)
    box.note(outbox, issue, AuditEntry(PLANNER, entry.at, message("what it was made from")), {"content": content})
    return [Step("built", issue.schedule, name, issue)]


def _approve_free(settings: Settings, outbox: Outbox, issue: IssueRow, entry: AuditEntry) -> list[Step]:
    schedule = schedule_named(settings, issue.schedule)
    waiting = {row.audience for row in box.deliveries(outbox, ("built",), issue=issue.id)}
    free = tuple(sorted(one for one in waiting if not _needs_approval(settings, schedule, one)))
    if not free:
        return []
    with box.holding(outbox, issue, patience=0):  # or what is built again just now would look like a fault
        approve(outbox, issue, settings.output, entry, free)
    return [Step("approved", issue.schedule, f"{issue.name} ({', '.join(free)})", issue)]


def _needs_approval(settings: Settings, schedule: Schedule, audience: str) -> bool:
    place = f"templates/audiences/{audience}"
    return (
        schedule.approval and load_audience(settings.templates / "audiences" / audience, place).approval == "required"
    )


def _previous(settings: Settings, outbox: Outbox, issue: IssueRow) -> dict[str, Path]:
    """Return the facts of the issue before, for each audience: what the readers have had last."""
    found: dict[str, Path] = {}
    for earlier in box.issues(outbox, ("approved", "closed"), schedule=issue.schedule):
        if earlier.due < issue.due:
            for delivery in box.deliveries(outbox, ("sent",), issue=earlier.id):
                path = settings.output / str(earlier.name) / delivery.audience / FACTS
                if path.is_file():
                    found[delivery.audience] = path
    return found


def _failed(outbox: Outbox, issue: IssueRow, entry: AuditEntry, seconds: float = 0) -> Step:
    """Note why an issue could not be built or approved: once for each reason, and always where it took long."""
    said = [line.reason for line in box.history(outbox, issue=issue.id)]
    if not said or said[-1] != entry.reason or seconds >= _LONG_SECONDS:
        box.note(outbox, issue, entry, {"seconds": round(seconds)} if seconds >= _LONG_SECONDS else None)
    return Step("failed", issue.schedule, message("{what}: {words}", what=issue.name, words=entry.reason), issue)


def _resting(outbox: Outbox, issue: IssueRow, now: dt.datetime) -> Step | None:
    """Tell of a build that took long to fail, and is not yet tried again; None where there is none such."""
    last = box.history(outbox, issue=issue.id)[-1]
    again = last.at + dt.timedelta(seconds=_RESTS * last.detail.get("seconds", 0))
    if last.before != last.after or now >= again:
        return None
    words = message(
        "{name}: {reason}\n  It is tried again in {again:.0f} minutes.",
        name=issue.name,
        reason=last.reason,
        again=(again - now).total_seconds() // 60,
    )
    return Step("failed", issue.schedule, words, issue)
