"""Finds the moments at which a schedule is due, by the local time of its own zone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from clusterreport.errors import Problem
from clusterreport.messages import message
from clusterreport.schedule import cron, rules
from clusterreport.schedule.days import ONE_DAY
from clusterreport.schedule.working_days import EXTEND
from clusterreport.settings import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clusterreport.schedule.working_days import WorkingDays
    from clusterreport.settings.schedules import Schedule


@dataclass(frozen=True, slots=True)
class OnHold:
    """A schedule whose next moment cannot be known: whether ``day`` counts hangs on working days that nobody knows yet.

    ``since`` (UTC) is when it would be due if ``day`` counted; nothing is due before it, and nothing later is known.
    """

    schedule: str
    day: dt.date
    since: dt.datetime

    @property
    def problem(self) -> Problem:
        """Return what is to be said about it."""
        where = message("{file}, schedule ({schedule}).rule", file=FILE_NAME, schedule=self.schedule)
        return Problem(
            where,
            message("held: the calendar of working days does not tell whether {day} counts", day=self.day),
            message(EXTEND),
        )


def check(schedule: Schedule) -> bool:
    """Refuse a rule or a cron line that cannot be read (UsageError); tell whether working days have a part in it."""
    if schedule.cron:
        cron.check(schedule)
        return False
    return rules.days_of(schedule).working


def next_due(schedule: Schedule, after: dt.datetime, calendar: WorkingDays) -> dt.datetime | OnHold:
    """Return the first moment (UTC) later than ``after`` at which the schedule is due."""
    return next(dues(schedule, after, calendar))


def due_between(
    schedule: Schedule, after: dt.datetime, until: dt.datetime, calendar: WorkingDays
) -> tuple[dt.datetime | OnHold, ...]:
    """Return the moments (UTC) later than ``after`` and not later than ``until``; an OnHold among them is the last."""
    return tuple(takewhile(lambda due: moment_of(due) <= until, dues(schedule, after, calendar)))


def dues(schedule: Schedule, after: dt.datetime, calendar: WorkingDays) -> Iterator[dt.datetime | OnHold]:
    """Yield the moments (UTC) later than ``after``, without end; an OnHold ends them."""
    check(schedule)
    last = after
    for local, known in _local_times(schedule, after.astimezone(schedule.zone).replace(tzinfo=None), calendar):
        due = first_moment(local, schedule.zone)
        # Two local times may be one moment: those that a clock leaves out become the one that comes after them.
        if due > last and not known:
            yield OnHold(schedule.name, local.date(), due)
            return
        if due > last:
            yield due
            last = due


def moment_of(due: dt.datetime | OnHold) -> dt.datetime:
    """Return when it is due, or held."""
    return due.since if isinstance(due, OnHold) else due


def first_moment(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the first moment (UTC) at which a clock in ``zone`` shows ``local`` or, where it leaves that out, more."""
    first = local.replace(tzinfo=zone, fold=0).astimezone(dt.UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local:
        return first
    # PEP 495: for a time that is left out, fold 1 is read by the offset after the change, and so lies before it.
    before = local.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
    offset = first.astimezone(zone).utcoffset()
    while first - before > dt.timedelta(seconds=1):
        middle = before + dt.timedelta(seconds=(first - before) // dt.timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == offset:
            first = middle
        else:
            before = middle
    return first


def _local_times(schedule: Schedule, after: dt.datetime, calendar: WorkingDays) -> Iterator[tuple[dt.datetime, bool]]:
    """Yield local times in their order, none that is due later than ``after`` left out; True if they are sure."""
    if schedule.cron:
        yield from ((time, True) for time in cron.times(schedule, after))
        return
    days = rules.days_of(schedule)
    day = after.date()
    while True:
        matches = days.matches(day, calendar.works)
        if matches is not False:
            yield dt.datetime.combine(day, schedule.time), matches is True
        day += ONE_DAY
