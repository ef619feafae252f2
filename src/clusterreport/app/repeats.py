"""Finds whether a changed schedule asks for an issue that was made already: by its rule, its days and its content."""

from __future__ import annotations

import datetime as dt
import hashlib
import zoneinfo
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from clusterreport.data import schema
from clusterreport.delivery import outbox as box
from clusterreport.errors import ClusterReportError, Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.schedule.days import ONE_DAY, CalendarPeriod
from clusterreport.schedule.occurrences import dues, moment_of
from clusterreport.settings import FILE_NAME, TABLES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from clusterreport.data.schema import TableSchema
    from clusterreport.delivery.outbox import IssueRow, IssueState, Outbox
    from clusterreport.schedule.working_days import WorkingDays
    from clusterreport.settings import Settings
    from clusterreport.settings.schedules import Schedule

_MADE: Final[tuple[IssueState, ...]] = ("planned", "built", "approved", "closed", "cancelled")
_LONGEST_FIRST: Final = (CalendarPeriod.YEAR, CalendarPeriod.QUARTER, CalendarPeriod.MONTH, CalendarPeriod.WEEK)
_MOMENT: Final = dt.timedelta(seconds=1)
_UNREADABLE: Final = "unreadable"


@dataclass(frozen=True, slots=True)
class _Noted:
    """By what rule an issue was due and the hash of what it was made from; None where an older program kept neither."""

    rule: Mapping[str, str] | None = None
    content: str | None = None


def rule_of(schedule: Schedule) -> Mapping[str, str]:
    """Return by what a schedule says when it is due, as the outbox keeps it with an issue."""
    when = f"{schedule.time:%H:%M}"
    return {"cron": schedule.cron, "rule": schedule.rule, "time": when, "zone": schedule.zone.key}


def doubt(
    settings: Settings, outbox: Outbox, schedule: Schedule, due: dt.datetime, calendar: WorkingDays
) -> Problem | None:
    """Return why the issue of ``due`` may be one that was made already, None where nothing speaks for it.

    As long as the rule by which the last issue was made and the rule of today agree on both moments, both are to be
    made, were it twice a day. Where they do not, the rule, its time or its zone was changed in between, or the working
    days were: then no second one is made by itself of the same day, of a period of which the schedule asks for one,
    or from the same content.
    """
    last = _last_made(outbox, schedule.name)
    if last is None:
        return None
    noted = _noted(outbox, last)
    before = _as_it_was(schedule, noted.rule)
    if all(_is_due(one, moment, calendar) for one in {schedule, before} for moment in (last.due, due)):
        return None
    same = _sameness(schedule, before, last.due, due, calendar)
    if not same and noted.content is not None and noted.content == content_of(settings, schedule):
        same = message("nothing that it is made from is new")
    if not same:
        return None
    asked = f"{due.astimezone(schedule.zone):%Y-%m-%d %H:%M}"
    problem = message(
        "held: it asks for an issue at {asked}, was changed since {name} was made, and {same}",
        asked=asked,
        name=last.name,
        same=same,
    )
    remedy = message(
        "To have it made: clusterreport issue release {name} --by NAME. To leave it out: "
        "clusterreport issue skip {name} --by NAME --reason WORDS.",
        name=schedule.name,
    )
    return Problem(message("{file}, schedule ({name})", file=FILE_NAME, name=schedule.name), problem, remedy)


def content_of(settings: Settings, schedule: Schedule) -> str | None:
    """Return a hash of data, templates, date and city: the same for two issues that differ in number and day alone.

    None where it cannot be known: a database is not asked what it would answer today.
    """
    own = _own_tables(settings)
    if any(table.query for table in own.values()):
        return None
    parts = [
        str(settings.as_of),
        ", ".join(schedule.cities) or schedule.focus or settings.focus,
        *(f"{settings.places.get(name, name)} {_hash(path)}" for name, path in sorted(settings.data.items())),
        *(f"{table.path} {_hash(settings.root / table.path)}" for _, table in sorted(own.items())),
        *([f"{TABLES_FILE} {_hash(settings.root / TABLES_FILE)}"] if own else []),
        *(f"{path.relative_to(settings.templates).as_posix()} {_hash(path)}" for path in _templates(settings)),
    ]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _own_tables(settings: Settings) -> Mapping[str, TableSchema]:
    try:
        return schema.load(settings.root / TABLES_FILE, TABLES_FILE)
    except ProblemsError:  # who builds from it will be told
        return {}


def _templates(settings: Settings) -> Iterator[Path]:
    return (path for path in sorted(settings.templates.rglob("*")) if path.is_file())


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:  # who builds from it will be told
        return _UNREADABLE


def _last_made(outbox: Outbox, schedule: str) -> IssueRow | None:
    made = [issue for issue in box.issues(outbox, _MADE, schedule) if issue.kind == "regular"]
    return made[-1] if made else None


def _noted(outbox: Outbox, issue: IssueRow) -> _Noted:
    """Return what the history keeps of how an issue came to be; of what was noted twice the last."""
    noted = _Noted()
    for line in box.history(outbox, issue=issue.id):
        noted = _Noted(line.detail.get("rule", noted.rule), line.detail.get("content", noted.content))
    return noted


def _as_it_was(schedule: Schedule, rule: Mapping[str, str] | None) -> Schedule:
    """Return the schedule as it was when an issue was made; as it is, where an older program has not kept that."""
    if rule is None:
        return schedule
    time, zone = dt.time.fromisoformat(rule["time"]), zoneinfo.ZoneInfo(rule["zone"])
    return replace(schedule, cron=rule["cron"], rule=rule["rule"], time=time, zone=zone)


def _is_due(schedule: Schedule, moment: dt.datetime, calendar: WorkingDays) -> bool:
    try:
        return next(dues(schedule, moment - _MOMENT, calendar), None) == moment
    except ClusterReportError:  # a rule of an older program that this one does not understand
        return False


def _sameness(schedule: Schedule, before: Schedule, last: dt.datetime, due: dt.datetime, calendar: WorkingDays) -> str:
    """Return what the two moments have in common, "" where nothing."""
    for zone in (schedule.zone, before.zone):
        day = due.astimezone(zone).date()
        if day == last.astimezone(zone).date():
            return message("both are of {day}", day=day)
    first, second = (moment.astimezone(schedule.zone).date() for moment in (last, due))
    for period in _LONGEST_FIRST:
        if period.bounds(first) == period.bounds(second) and _once(schedule, period, second, calendar):
            return message("both are of one {period}, of which it asks for one", period=period.in_words)
    return ""


def _once(schedule: Schedule, period: CalendarPeriod, day: dt.date, calendar: WorkingDays) -> bool:
    """Tell whether the schedule is due no more than once in the period that ``day`` is in."""
    begin, end = (
        dt.datetime.combine(edge, dt.time(), schedule.zone)
        for edge in (period.bounds(day)[0], period.bounds(day)[1] + ONE_DAY)
    )
    two = list(islice(dues(schedule, begin - _MOMENT, calendar), 2))
    return sum(moment_of(found) < end for found in two) <= 1
