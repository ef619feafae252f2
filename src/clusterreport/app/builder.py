"""Builds the issues that are entered, one process at a time, and approves those that nobody has to approve.

All of it can be done again after a crash at any point: what is entered but not built is built by the next cycle.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.app.build_process import build, build_cities
from clusterreport.app.planner import schedule_named
from clusterreport.app.repeats import content_of
from clusterreport.app.steps import PLANNER, Step, reason_of
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.edition_names import audience_of, city_of, folder_of
from clusterreport.delivery.editions import edition_in
from clusterreport.delivery.outbox import AuditEntry, IssueRow, Outbox
from clusterreport.locks import BusyError
from clusterreport.messages import message
from clusterreport.publishing import FACTS
from clusterreport.settings import FORMATS, CorrectedIssue
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
    editions = tuple(dict.fromkeys(delivery.audience for delivery in box.deliveries(outbox, issue=issue.id)))
    name, content = str(issue.name), content_of(settings, schedule)
    chosen = replace(
        settings,
        issue=name,
        number=issue.number,
        total=issue.total,
        kind=issue.kind,
        focus=schedule.focus or settings.focus,
        issued=issue.due.astimezone(schedule.zone).date(),
    )
    wrong = _wrong_issue(outbox, issue)
    chosen = replace(chosen, corrects=_corrected(outbox, issue, wrong) if wrong else None)
    previous, verify_pair = _previous(settings, outbox, issue, wrong), set(FORMATS) <= set(chosen.formats)
    if of_cities := _by_city(editions, previous):
        build_cities(chosen, of_cities, now=entry.at, verify_pair=verify_pair)
    else:
        build(replace(chosen, audiences=editions, previous=previous), now=entry.at, verify_pair=verify_pair)
    rows = [row for edition in editions for row in edition_in(folder_of(settings.output, name, edition), edition).rows]
    hold.check()
    box.record_built(outbox, issue.id, rows, entry, settings.as_of)
    box.note(outbox, issue, AuditEntry(PLANNER, entry.at, message("what it was made from")), {"content": content})
    return [Step("built", issue.schedule, name, issue)]


def _by_city(editions: tuple[str, ...], previous: dict[str, Path]) -> dict[str, dict[str, Path | None]]:
    """Return the audiences of each city with what they had before; none where the issue is of one city."""
    found: dict[str, dict[str, Path | None]] = {}
    for edition in filter(city_of, editions):
        found.setdefault(city_of(edition), {})[audience_of(edition)] = previous.get(edition)
    return found


def _approve_free(settings: Settings, outbox: Outbox, issue: IssueRow, entry: AuditEntry) -> list[Step]:
    schedule = schedule_named(settings, issue.schedule)
    waiting = {row.audience for row in box.deliveries(outbox, ("built",), issue=issue.id)}
    if issue.kind == "correction":  # a person answers for each, whatever the settings say
        return []
    asking = {one: _needs_approval(settings, schedule, one) for one in {audience_of(edition) for edition in waiting}}
    free = tuple(sorted(edition for edition in waiting if not asking[audience_of(edition)]))
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


def _wrong_issue(outbox: Outbox, issue: IssueRow) -> IssueRow | None:
    """Return the issue that a correction corrects; None for any other, and for one entered before that was kept."""
    named = [line.detail["corrects"] for line in box.history(outbox, issue=issue.id) if "corrects" in line.detail]
    return box.issue_named(outbox, named[0]) if named else None


def _corrected(outbox: Outbox, issue: IssueRow, wrong: IssueRow) -> CorrectedIssue:
    """Return what a correction has to say of the issue that was wrong: why, and who got it or may have."""
    reason = next(line.reason for line in box.history(outbox, issue=issue.id) if "corrects" in line.detail)
    readers: dict[str, tuple[str, ...]] = {}
    for row in box.left(outbox, wrong.id):
        readers[row.audience] = (*readers.get(row.audience, ()), row.name)
    return CorrectedIssue(str(wrong.name), reason, readers)


def _previous(settings: Settings, outbox: Outbox, issue: IssueRow, wrong: IssueRow | None) -> dict[str, Path]:
    """Return the facts of the issue before, for each edition: what its readers have had last, or what was wrong."""
    found: dict[str, Path] = {}
    before = (wrong,) if wrong else box.issues(outbox, ("approved", "closed"), schedule=issue.schedule)
    for earlier in before:
        if earlier.due < issue.due:
            for edition in {delivery.audience for delivery in box.deliveries(outbox, ("sent",), issue=earlier.id)}:
                path = folder_of(settings.output, str(earlier.name), edition) / FACTS
                if path.is_file():
                    found[edition] = path
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
