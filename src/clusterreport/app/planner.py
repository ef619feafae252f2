"""Finds which issues are due and enters them into the outbox, and those that a person asks for.

All that it does can be done again after a crash at any point: what is entered is not entered twice.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from clusterreport.app.allotting import Allotment, allotted
from clusterreport.app.repeats import doubt, rule_of
from clusterreport.app.steps import PLANNER, Step, reason_of
from clusterreport.delivery import outbox as box
from clusterreport.delivery.edition_names import audience_of, city_of, edition_name, is_for
from clusterreport.delivery.outbox import AuditEntry, IssueRow, Outbox, PlannedIssue
from clusterreport.errors import UsageError
from clusterreport.likeness import named_instead
from clusterreport.messages import message
from clusterreport.schedule.occurrences import OnHold, check, due_between
from clusterreport.settings import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.delivery.outbox import DeliveryRow, Kind
    from clusterreport.schedule.working_days import WorkingDays
    from clusterreport.settings import Settings
    from clusterreport.settings.recipients import Recipient
    from clusterreport.settings.schedules import Schedule

NO_MAIL_DOMAIN: Final = "clusterreport.invalid"  # RFC 2606, 2: a name that belongs to nobody
PUNCTUAL: Final = dt.timedelta(minutes=15)
"""An issue that is planned so long after it was due is not yet called late."""


def plan_due(settings: Settings, outbox: Outbox, now: dt.datetime, calendar: WorkingDays) -> list[Step]:
    """Enter every issue that is due by ``now``: of those that were missed the newest, the others as skipped.

    What a schedule that was changed asks for a second time waits for a person (``release`` or ``skip``).
    """
    steps: list[Step] = []
    for schedule in settings.schedules:
        try:
            for step in _plan(settings, outbox, schedule, now, calendar):
                steps.append(step)  # noqa: PERF402 -- what was done before a fault was done
        except Exception as error:  # noqa: BLE001 -- one schedule that cannot be read must not keep the others from it
            steps.append(
                Step("failed", schedule.name, reason_of(error, message("the schedule {name}", name=schedule.name)))
            )
    return steps


def release(
    settings: Settings, outbox: Outbox, schedule: Schedule, calendar: WorkingDays, entry: AuditEntry
) -> IssueRow:
    """Enter the issue that a schedule asks for and that waits for a person; UsageError where there is none."""
    *missed, due = _waiting(outbox, schedule, calendar, entry.at)
    for earlier in missed:
        _skip(outbox, schedule, earlier, entry.at)
    readers = readers_of(settings, schedule)
    return _entered(outbox, _planned(settings, schedule, due, entry.at, readers, "regular"), entry)


def skip(outbox: Outbox, schedule: Schedule, calendar: WorkingDays, entry: AuditEntry) -> tuple[dt.datetime, ...]:
    """Enter what a schedule asks for and waits for a person as skipped, and return its moments; as ``release`` does."""
    waiting = _waiting(outbox, schedule, calendar, entry.at)
    for due in waiting:
        box.skip_issue(outbox, schedule.name, due, entry)
    return tuple(waiting)


def enter(settings: Settings, outbox: Outbox, schedule: Schedule, kind: Kind, entry: AuditEntry) -> IssueRow:
    """Enter an issue that the calendar does not ask for: an extra (增刊), due at once."""
    planned = _planned(settings, schedule, entry.at, entry.at, readers_of(settings, schedule), kind)
    return _entered(outbox, planned, entry)


def correct(  # noqa: PLR0913 -- of what, by whom, and for whom
    settings: Settings, outbox: Outbox, wrong: IssueRow, entry: AuditEntry, *, everybody: bool = False,
    audiences: tuple[str, ...] = (),
) -> IssueRow:  # fmt: skip
    """Enter a correction (更正) of an issue, for everybody whom that one reached or may have reached.

    With ``everybody`` it is also for those whom the issue was to reach and did not; ``audiences`` are those for which
    it is made, () for all. UsageError where some of it is
    still to go: who gets what is wrong after this would never get what is right.
    """
    schedule = schedule_named(settings, wrong.schedule)
    waiting = len(box.deliveries(outbox, ("approved",), issue=wrong.id))
    if waiting:
        remedy = message("Give up what has not gone (clusterreport issue cancel), then correct what has.")
        raise UsageError(
            message("issue {name}", name=wrong.name),
            message("{waiting} deliveries of it are still waiting to go", waiting=waiting),
            remedy,
        )
    reached = _reached(outbox, wrong)
    if not reached:
        raise UsageError(
            message("issue {name}", name=wrong.name),
            message("it has reached nobody"),
            message("Cancel it, or build it again and approve it."),
        )
    if everybody:
        reached = box.deliveries(outbox, issue=wrong.id)
    if audiences:
        reached = _of_audiences(reached, audiences, wrong)
    readers = _readers_again(settings, reached)
    if not readers:
        remedy = message(
            "Make them its recipients again: {reached}.",
            reached=message(", ").join(sorted({row.destination for row in reached})),
        )
        raise UsageError(
            message("issue {name}", name=wrong.name), message("nobody whom it reached is a recipient any more"), remedy
        )
    planned = _planned(settings, schedule, entry.at, entry.at, readers, "correction")
    return _entered(outbox, replace(planned, corrects=str(wrong.name)), entry)


def out_of_reach(settings: Settings, outbox: Outbox, wrong: IssueRow) -> tuple[DeliveryRow, ...]:
    """Return the deliveries of an issue to those who are recipients of it no more, and so get no correction of it."""
    known = {recipient.destination: recipient for recipient in settings.recipients}
    return tuple(row for row in _reached(outbox, wrong) if not _still_reads(known.get(row.destination), row))


def readers_of(settings: Settings, schedule: Schedule) -> tuple[Allotment, ...]:
    """Return who gets the issues of a schedule, and which editions; UsageError where nobody does."""
    found = tuple(one for one in allotted(settings, schedule) if one.editions)
    if not found:
        place = message("{file}, schedule {name}", file=FILE_NAME, name=schedule.name)
        raise UsageError(
            place,
            message("nobody would receive it"),
            message("Name its readers in [[recipients]] or in their table; see clusterreport recipients."),
        )
    return found


def schedule_named(settings: Settings, name: str) -> Schedule:
    """Return a schedule by its name; UsageError if there is none such."""
    for schedule in settings.schedules:
        if schedule.name == name:
            return schedule
    known = [schedule.name for schedule in settings.schedules]
    raise UsageError(
        message("{place}, {where}", place=FILE_NAME, where="schedule"),
        message("there is no schedule {name}", name=name),
        named_instead(name, known),
    )


def _plan(
    settings: Settings, outbox: Outbox, schedule: Schedule, now: dt.datetime, calendar: WorkingDays
) -> Iterator[Step]:
    warning = calendar.warning(now.astimezone(schedule.zone).date()) if check(schedule) else None
    if warning is not None:
        yield Step("warned", schedule.name, str(warning))
    readers = readers_of(settings, schedule)
    since = box.last_due(outbox, schedule.name)
    if since is None:
        yield _begin(outbox, schedule, now)
        return
    known = due_between(schedule, since, now, calendar)
    missed = [due for due in known if not isinstance(due, OnHold)]
    for due in missed[:-1]:
        yield from _skip(outbox, schedule, due, now)
    for newest, due in [*pairwise([since, *missed])][-1:]:
        repeated = doubt(settings, outbox, schedule, due, calendar)
        if repeated is None:
            planned = replace(_planned(settings, schedule, due, now, readers, "regular"), newest=newest)
            yield from _enter_due(
                outbox, planned, AuditEntry(PLANNER, now, _lateness(planned.late)), schedule, calendar
            )
        else:
            yield Step("held", schedule.name, str(repeated))
    yield from (Step("held", schedule.name, str(due.problem)) for due in known if isinstance(due, OnHold))


def _waiting(outbox: Outbox, schedule: Schedule, calendar: WorkingDays, now: dt.datetime) -> list[dt.datetime]:
    """Return when a schedule asks for issues that are not entered; UsageError where it asks for none."""
    since = box.last_due(outbox, schedule.name)
    known = due_between(schedule, since, now, calendar) if since is not None else ()
    missed = [due for due in known if not isinstance(due, OnHold)]
    if not missed:
        remedy = message("Look at `clusterreport issue list`; for one beside the calendar: clusterreport issue extra.")
        raise UsageError(
            message("schedule {name}", name=schedule.name), message("no issue of it waits for a person"), remedy
        )
    return missed


def _of_audiences(
    rows: tuple[DeliveryRow, ...], audiences: tuple[str, ...], wrong: IssueRow
) -> tuple[DeliveryRow, ...]:
    """Return the deliveries to some audiences; UsageError where the issue reached one of them not."""
    known = list(dict.fromkeys(audience_of(row.audience) for row in rows))
    for name in audiences:
        if name not in known:
            problem = message("it has reached nobody of the audience {audience}", audience=name)
            raise UsageError(message("issue {name}", name=wrong.name), problem, named_instead(name, known))
    return tuple(row for row in rows if audience_of(row.audience) in audiences)


def _reached(outbox: Outbox, issue: IssueRow) -> tuple[DeliveryRow, ...]:
    """Return the deliveries of an issue that left or may have, and those that are about to."""
    left = {row.id for row in box.left(outbox, issue.id)}
    return tuple(row for row in box.deliveries(outbox, issue=issue.id) if row.id in left or row.state == "sending")


def _readers_again(settings: Settings, rows: tuple[DeliveryRow, ...]) -> tuple[Allotment, ...]:
    """Return who is to get what these deliveries were of once more: those who still are recipients of it."""
    reached: dict[str, list[DeliveryRow]] = defaultdict(list)
    for row in rows:
        reached[row.destination].append(row)
    found = []
    for one in settings.recipients:
        again = [row for row in reached[one.destination] if _still_reads(one, row)]
        cities = tuple(city for row in again if (city := city_of(row.audience)))
        if again:
            editions = tuple(edition_name(one.audience, city) for city in cities) or (one.audience,)
            found.append(Allotment(one, editions, cities))
    return tuple(found)


def _still_reads(recipient: Recipient | None, row: DeliveryRow) -> bool:
    """Tell whether somebody is still to get what a delivery was of; of an issue of one city in any audience."""
    return recipient is not None and (not city_of(row.audience) or is_for(row.audience, recipient))


def _begin(outbox: Outbox, schedule: Schedule, now: dt.datetime) -> Step:
    """Note from when on a schedule is kept, so that a new one does not issue what it never promised."""
    box.skip_issue(outbox, schedule.name, now, AuditEntry(PLANNER, now, message("the schedule is kept from here on")))
    return Step(
        "begun",
        schedule.name,
        message("issues due after {now:%Y-%m-%d %H:%M} will be made", now=now.astimezone(schedule.zone)),
    )


def _skip(outbox: Outbox, schedule: Schedule, due: dt.datetime, now: dt.datetime) -> list[Step]:
    row = box.skip_issue(
        outbox, schedule.name, due, AuditEntry(PLANNER, now, message("missed, and a newer one is due"))
    )
    words = message("{due:%Y-%m-%d %H:%M} was missed, and a newer one is due", due=due.astimezone(schedule.zone))
    return [] if row is None else [Step("skipped", schedule.name, words, row)]


def _enter_due(
    outbox: Outbox, planned: PlannedIssue, entry: AuditEntry, schedule: Schedule, calendar: WorkingDays
) -> Iterator[Step]:
    issue = box.plan_issue(outbox, planned, entry)
    if issue is None:  # another planner was faster
        return
    if check(schedule):
        _note_calendar(outbox, issue, calendar, entry.at)
    yield Step("planned", planned.schedule, f"{issue.name} {entry.reason}".strip(), issue)


def _note_calendar(outbox: Outbox, issue: IssueRow, calendar: WorkingDays, now: dt.datetime) -> None:
    """Record by which calendar, and which table of the project's own, an issue was found to be due."""
    own = calendar.table
    detail = {"calendar": calendar.edition, **({"table": own.place, "sha256": own.sha256} if own else {})}
    box.note(outbox, issue, AuditEntry(PLANNER, now, message("the working days that it goes by")), detail)


def _planned(  # noqa: PLR0913, PLR0917 -- an issue has that many properties
    settings: Settings, schedule: Schedule, due: dt.datetime, now: dt.datetime, readers: tuple[Allotment, ...],
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
        recipients=tuple(one.recipient for one in readers),
        cities={one.recipient.destination: one.cities for one in readers if one.cities},
        kind=kind,
        first_number=schedule.first_number if kind == "regular" else 1,
        first_total=schedule.first_total if kind == "regular" else 1,
        rule=rule_of(schedule),
    )


def _entered(outbox: Outbox, planned: PlannedIssue, entry: AuditEntry) -> IssueRow:
    issue = box.plan_issue(outbox, planned, entry)
    if issue is None:
        problem = message("an issue of this very moment is entered already")
        raise UsageError(
            message("schedule {schedule}", schedule=planned.schedule),
            problem,
            message("Look at it: clusterreport schedule list."),
        )
    return issue


def _lateness(late: dt.timedelta) -> str:
    if late < PUNCTUAL:
        return ""
    hours, minutes = divmod(int(late.total_seconds()) // 60, 60)
    return (
        message("late by {hours} h {minutes} min", hours=hours, minutes=minutes)
        if hours
        else message("late by {minutes} min", minutes=minutes)
    )
