"""Schedules as the settings give them, and the moments at which they are due."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from clusterreport.schedule.occurrences import OnHold, due_between
from clusterreport.schedule.working_days import WorkingDays, published
from clusterreport.settings.schedules import Schedule

SHANGHAI = ZoneInfo("Asia/Shanghai")
EIGHT = dt.time(8)
WEEK_ONLY = WorkingDays({}, frozenset(range(1, 9999)))
"""A calendar of a country where nobody ever has a holiday."""


def schedule(
    rule: str = "", *, cron: str = "", time: dt.time = EIGHT, zone: ZoneInfo = SHANGHAI, name: str = "monthly"
) -> Schedule:
    return Schedule(
        name=name, cron=cron, rule=rule, time=time, zone=zone, audiences=("leaders",), focus="", lists=(),
        approval=True, stale_after=None, first_number=1, first_total=1,
    )  # fmt: skip


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)


def local(moment: dt.datetime, zone: ZoneInfo = SHANGHAI) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def days_due(rule: str, first: dt.date, last: dt.date, calendar: WorkingDays | None = None) -> list[dt.date]:
    """Return the days from ``first`` to ``last`` on which a rule is due in Shanghai, at eight."""
    dues = due_between(
        schedule(rule),
        dt.datetime.combine(first, dt.time(), SHANGHAI),
        dt.datetime.combine(last, dt.time(23, 59), SHANGHAI),
        published() if calendar is None else calendar,
    )
    assert not any(isinstance(due, OnHold) for due in dues)
    return [due.astimezone(SHANGHAI).date() for due in dues if isinstance(due, dt.datetime)]
