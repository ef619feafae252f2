"""Finds which issues are due, enters them into the outbox, builds them, and approves those that nobody has to approve.

All that it does can be done again after a crash at any point: what is entered is not entered twice, and what is entered
but not built is built by the next run.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.build import build
from clusterreport.delivery import outbox as box
from clusterreport.delivery.approval import approve
from clusterreport.delivery.editions import edition_in
from clusterreport.delivery.outbox import Deed, IssueRow, Outbox, PlannedIssue
from clusterreport.errors import ClusterReportError, UsageError
from clusterreport.publishing import FACTS
from clusterreport.scheduling.occurrences import Held, check, due_between
from clusterreport.settings import FORMATS
from clusterreport.settings.reading import FILE_NAME
from clusterreport.writing.audience import load_audience

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clusterreport.delivery.outbox import DeliveryRow, Kind
    from clusterreport.scheduling.working_days import WorkingDays
    from clusterreport.settings import Settings
    from clusterreport.settings.mail import Recipient
    from clusterreport.settings.schedules import Schedule

    Clock = Callable[[], dt.datetime]

PLANNER: Final = "planner"
NO_MAIL_DOMAIN: Final = "clusterreport.invalid"  # RFC 2606, 2: a name that belongs to nobody
PUNCTUAL: Final = dt.timedelta(minutes=15)
"""An issue that is planned so long after it was due is not yet called late."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the planner did or could not do; ``issue`` is None where there is none yet."""

    what: Literal["begun", "planned", "skipped", "held", "warned", "built", "approved", "failed"]
    schedule: str
    words: str
    issue: IssueRow | None = None


def plan_due(settings: Settings, outbox: Outbox, now: dt.datetime, calendar: WorkingDays) -> list[Step]:
    """Enter every issue that is due by ``now``: of those that were missed the newest, the others as skipped."""
    steps: list[Step] = []
    for schedule in settings.schedules:
        warning = calendar.warning(now.astimezone(schedule.zone).date()) if check(schedule) else None
        if warning is not None:
            steps.append(Step("warned", schedule.name, str(warning)))
        recipients = recipients_of(settings, schedule)
        since = box.last_due(outbox, schedule.name)
        if since is None:
            steps.append(_begin(outbox, schedule, now))
            continue
        known = due_between(schedule, since, now, calendar)
        missed = [due for due in known if not isinstance(due, Held)]
        for due in missed[:-1]:
            steps += _skip(outbox, schedule, due, now)
        for due in missed[-1:]:
            entered = _enter_due(outbox, _planned(settings, schedule, due, now, recipients, "regular"), now)
            if check(schedule):
                _note_calendar(outbox, entered, calendar, now)
            steps += entered
        steps += [Step("held", schedule.name, str(due.problem)) for due in known if isinstance(due, Held)]
    return steps


def build_planned(settings: Settings, outbox: Outbox, clock: Clock) -> list[Step]:
    """Build every issue that is entered and not yet built; one that cannot be built waits for the next run."""
    steps: list[Step] = []
    for issue in box.issues(outbox, ("planned",)):
        try:
            steps += build_issue(settings, outbox, issue, Deed(PLANNER, clock()))
        except ClusterReportError as error:
            steps.append(_failed(outbox, issue, Deed(PLANNER, clock(), str(error))))
    return steps


def build_issue(settings: Settings, outbox: Outbox, issue: IssueRow, deed: Deed) -> list[Step]:
    """Build one issue (again) for all its recipients' audiences; whatever was approved of it is so no longer."""
    box.check_buildable(outbox, issue.id)
    schedule = schedule_named(settings, issue.schedule)
    audiences = tuple(dict.fromkeys(delivery.audience for delivery in box.deliveries(outbox, issue=issue.id)))
    name = issue.name or ""
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
    build(chosen, verify_pair=set(FORMATS) <= set(chosen.formats))
    rows = [row for audience in audiences for row in edition_in(settings.output / name / audience, audience).rows]
    box.record_built(outbox, issue.id, rows, deed, settings.as_of)
    return [Step("built", issue.schedule, name, issue)]


def approve_free(settings: Settings, outbox: Outbox, clock: Clock) -> list[Step]:
    """Approve whatever is built and, by the settings, needs nobody's word; also what a killed round has left behind."""
    steps: list[Step] = []
    for issue in box.issues(outbox, ("built", "approved")):
        if issue.schedule not in {schedule.name for schedule in settings.schedules}:
            continue
        try:
            steps += _approve_free(settings, outbox, issue, Deed(PLANNER, clock(), "the settings ask for no approval"))
        except ClusterReportError as error:  # it must not keep the others from going
            steps.append(_failed(outbox, issue, Deed(PLANNER, clock(), str(error))))
    return steps


def enter(settings: Settings, outbox: Outbox, schedule: Schedule, kind: Kind, deed: Deed) -> IssueRow:
    """Enter an issue that the calendar does not ask for: an extra (增刊), due at once."""
    planned = _planned(settings, schedule, deed.at, deed.at, recipients_of(settings, schedule), kind)
    return _entered(outbox, planned, deed)


def correct(settings: Settings, outbox: Outbox, wrong: IssueRow, deed: Deed) -> IssueRow:
    """Enter a correction (更正) of an issue, for everybody whom that one reached or may have reached.

    UsageError where some of it is still to go: who gets what is wrong after this would never get what is right.
    """
    schedule = schedule_named(settings, wrong.schedule)
    waiting = len(box.deliveries(outbox, ("approved",), issue=wrong.id))
    if waiting:
        remedy = "Give up what has not gone (clusterreport issue cancel), then correct what has."
        raise UsageError(f"issue {wrong.name}", f"{waiting} deliveries of it are still waiting to go", remedy)
    reached = {row.destination for row in _reached(outbox, wrong)}
    if not reached:
        raise UsageError(f"issue {wrong.name}", "it has reached nobody", "Cancel it, or build it again and approve it.")
    recipients = tuple(one for one in settings.recipients if one.destination in reached)
    if not recipients:
        remedy = f"Put them into {FILE_NAME} again: {', '.join(sorted(reached))}."
        raise UsageError(f"issue {wrong.name}", "nobody whom it reached is a recipient any more", remedy)
    return _entered(outbox, _planned(settings, schedule, deed.at, deed.at, recipients, "correction"), deed)


def out_of_reach(settings: Settings, outbox: Outbox, wrong: IssueRow) -> tuple[DeliveryRow, ...]:
    """Return the deliveries of an issue to those who are recipients no more, and so get no correction of it."""
    known = {recipient.destination for recipient in settings.recipients}
    return tuple(row for row in _reached(outbox, wrong) if row.destination not in known)


def recipients_of(settings: Settings, schedule: Schedule) -> tuple[Recipient, ...]:
    """Return who gets the issues of a schedule: all of its audiences, or those of them on its lists."""
    found = tuple(
        recipient
        for recipient in settings.recipients
        if recipient.audience in schedule.audiences
        and (not schedule.lists or not set(schedule.lists).isdisjoint(recipient.lists))
    )
    if not found:
        place = f"{FILE_NAME}, schedule {schedule.name}"
        raise UsageError(place, "nobody would receive it", "Name its audiences' readers in [[recipients]].")
    return found


def schedule_named(settings: Settings, name: str) -> Schedule:
    """Return a schedule by its name; UsageError if there is none such."""
    for schedule in settings.schedules:
        if schedule.name == name:
            return schedule
    known = ", ".join(schedule.name for schedule in settings.schedules) or "(none)"
    raise UsageError(f"{FILE_NAME}, schedule", f"there is no schedule {name}", f"Write one of: {known}.")


def _reached(outbox: Outbox, issue: IssueRow) -> tuple[DeliveryRow, ...]:
    return box.deliveries(outbox, ("sent", "uncertain", "sending"), issue=issue.id)


def _begin(outbox: Outbox, schedule: Schedule, now: dt.datetime) -> Step:
    """Note from when on a schedule is kept, so that a new one does not issue what it never promised."""
    box.skip_issue(outbox, schedule.name, now, Deed(PLANNER, now, "the schedule is kept from here on"))
    return Step("begun", schedule.name, f"issues due after {now.astimezone(schedule.zone):%Y-%m-%d %H:%M} will be made")


def _skip(outbox: Outbox, schedule: Schedule, due: dt.datetime, now: dt.datetime) -> list[Step]:
    row = box.skip_issue(outbox, schedule.name, due, Deed(PLANNER, now, "missed, and a newer one is due"))
    words = f"{due.astimezone(schedule.zone):%Y-%m-%d %H:%M} was missed, and a newer one is due"
    return [] if row is None else [Step("skipped", schedule.name, words, row)]


def _enter_due(outbox: Outbox, planned: PlannedIssue, now: dt.datetime) -> list[Step]:
    lateness = _lateness(planned.late)
    issue = box.plan_issue(outbox, planned, Deed(PLANNER, now, lateness))
    if issue is None:  # another planner was faster
        return []
    return [Step("planned", planned.schedule, f"{issue.name} {lateness}".strip(), issue)]


def _note_calendar(outbox: Outbox, steps: list[Step], calendar: WorkingDays, now: dt.datetime) -> None:
    """Record by which calendar, and which table of the project's own, an issue was found to be due."""
    own = calendar.table
    detail = {"calendar": calendar.edition, **({"table": own.place, "sha256": own.sha256} if own else {})}
    for step in steps:
        if step.issue is not None:
            box.note(outbox, step.issue, Deed(PLANNER, now, "the working days that it goes by"), detail)


def _planned(  # noqa: PLR0913, PLR0917 -- an issue has that many properties
    settings: Settings, schedule: Schedule, due: dt.datetime, now: dt.datetime, recipients: tuple[Recipient, ...],
    kind: Kind,
) -> PlannedIssue:  # fmt: skip
    day = due.astimezone(schedule.zone)
    suffix = "" if kind == "regular" else f"-{kind}"
    return PlannedIssue(
        schedule=schedule.name,
        due=due,
        name=f"{day:%Y-%m-%d}-{schedule.name}{suffix}",
        year=day.year,
        as_of=settings.as_of,
        late=now - due,
        domain=settings.mail.sender.domain if settings.mail else NO_MAIL_DOMAIN,
        recipients=recipients,
        kind=kind,
        first_number=schedule.first_number if kind == "regular" else 1,
        first_total=schedule.first_total if kind == "regular" else 1,
    )


def _entered(outbox: Outbox, planned: PlannedIssue, deed: Deed) -> IssueRow:
    issue = box.plan_issue(outbox, planned, deed)
    if issue is None:
        problem = "an issue of this very moment is entered already"
        raise UsageError(f"schedule {planned.schedule}", problem, "Look at it: clusterreport schedule list.")
    return issue


def _approve_free(settings: Settings, outbox: Outbox, issue: IssueRow, deed: Deed) -> list[Step]:
    schedule = schedule_named(settings, issue.schedule)
    waiting = {row.audience for row in box.deliveries(outbox, ("built",), issue=issue.id)}
    free = tuple(sorted(one for one in waiting if not _needs_approval(settings, schedule, one)))
    if not free:
        return []
    approve(outbox, issue, settings.output, deed, free)
    return [Step("approved", issue.schedule, f"{issue.name} ({', '.join(free)})", issue)]


def _failed(outbox: Outbox, issue: IssueRow, deed: Deed) -> Step:
    """Note why an issue could not be built or approved, once for each reason."""
    said = [line.reason for line in box.history(outbox, issue=issue.id)]
    if not said or said[-1] != deed.reason:
        box.note(outbox, issue, deed)
    return Step("failed", issue.schedule, f"{issue.name}: {deed.reason}", issue)


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


def _lateness(late: dt.timedelta) -> str:
    if late < PUNCTUAL:
        return ""
    hours, minutes = divmod(int(late.total_seconds()) // 60, 60)
    return f"late by {hours} h {minutes} min" if hours else f"late by {minutes} min"
