"""Reads the tables [[schedule]]: when which briefing is issued, to whom, and whether somebody must approve it."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.locale import BASE, phrase
from clusterreport.settings.reading import (
    HIGHEST_NUMBER,
    Faults,
    Kinds,
    all_of,
    among,
    between,
    names,
    needed,
    nth,
    words,
    wrong,
)
from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.settings.mail import Recipient

TABLE: Final = "schedule"
KINDS: Final[Kinds] = {
    "name": str, "cron": str, "rule": str, "time": str, "zone": str, "audiences": list, "focus": str,
    "recipients": list, "approval": str, "stale_after_days": int, "first_number": int, "first_total": int,
}  # fmt: skip

LONGEST_STALE: Final = 36_500
"""The most days that the data may lie before the day of issue: a hundred years."""

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_TIME: Final = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")
_APPROVALS: Final = ("required", "none")


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a briefing is issued, for which audiences, and to whom.

    One of ``cron`` and ``rule`` is set; ``time`` belongs to a rule. ``lists`` are names of lists of recipients, empty
    for everybody whose audience is among ``audiences``. ``focus`` is empty where the project's own is meant.
    ``stale_after`` is how many days the data may lie before the day of issue. ``first_number`` and ``first_total`` are
    第×期 and 总第×期 of the first issue that the outbox numbers.
    """

    name: str
    cron: str
    rule: str
    time: dt.time
    zone: zoneinfo.ZoneInfo
    audiences: tuple[str, ...]
    focus: str
    lists: tuple[str, ...]
    approval: bool
    stale_after: dt.timedelta | None
    first_number: int
    first_total: int


def schedules_in(
    tables: Iterable[Mapping[str, Any]], audiences: tuple[str, ...], recipients: tuple[Recipient, ...] | None
) -> tuple[Schedule, ...]:
    """Return every schedule; each has a name of its own, and names only lists that recipients are on.

    ``recipients`` is None where they could not be read: then no list is called unknown. SettingsError names all faults.
    """
    faults, schedules = Faults(), {}
    lists = None if recipients is None else frozenset(name for each in recipients for name in each.lists)
    for number, table in enumerate(tables, 1):
        place = nth(TABLE, number)
        with faults.caught():
            schedule = _schedule(place, table, audiences)
            if schedule.name in schedules:
                problem = f"{schedule.name!r} is another schedule's name"
                raise wrong(f"{place}.name", problem, "Give it a name of its own.")
            schedules[schedule.name] = schedule
            _check_lists(place, schedule, lists)
    faults.refuse()
    return tuple(schedules.values())


def _schedule(place: str, table: Mapping[str, Any], audiences: tuple[str, ...]) -> Schedule:
    approval = table.get("approval", "required")
    readers = (phrase("example.readers", BASE),)
    parts = all_of(
        name=lambda: _name(place, table),
        cron=lambda: _one_of_two(place, table),
        time=lambda: _time(place, table),
        zone=lambda: _zone(place, table.get("zone", "Asia/Shanghai")),
        audiences=lambda: names(place, table, "audiences", audiences),
        lists=lambda: words(place, table, "recipients", readers) if "recipients" in table else (),
        approval=lambda: among(f"{place}.approval", _APPROVALS, (approval,))[0] == "required",
        stale_after=lambda: _stale_after(place, table),
        first_number=lambda: _number(place, table, "first_number"),
        first_total=lambda: _number(place, table, "first_total"),
    )
    return Schedule(**parts, rule=table.get("rule", ""), focus=table.get("focus", ""))


def _check_lists(place: str, schedule: Schedule, lists: frozenset[str] | None) -> None:
    unknown = [] if lists is None else [name for name in schedule.lists if name not in lists]
    if unknown:
        remedy = f"Write one of: {', '.join(sorted(lists or ()))}." if lists else "Write lists = […] in [[recipients]]."
        raise wrong(f"{place}.recipients", f"nobody is on the list {unknown[0]!r}", remedy)


def _name(place: str, table: Mapping[str, Any]) -> str:
    name: str = needed(place, table, "name", 'name = "monthly"')
    if not _NAME.fullmatch(name):
        raise wrong(f"{place}.name", f"{quoted(name)} is not a name", "Write letters, digits and hyphens.")
    return name


def _one_of_two(place: str, table: Mapping[str, Any]) -> str:
    """Return the cron line, "" where there is a rule instead."""
    if ("cron" in table) == ("rule" in table):
        raise wrong(place, "it needs either a rule or a cron line", 'Write rule = "first working day of the month".')
    line: str = table.get("cron", "")
    return line


def _time(place: str, table: Mapping[str, Any]) -> dt.time:
    text = table.get("time", "08:00")
    if "cron" in table and "time" in table:
        raise wrong(f"{place}.time", "the cron line says the time already", "Leave time out.")
    if not _TIME.fullmatch(text):
        raise wrong(f"{place}.time", f"{quoted(text)} is not a time of day", 'Write time = "08:00".')
    return dt.time.fromisoformat(text)


def _zone(place: str, name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise wrong(f"{place}.zone", f"{quoted(name)} is not a time zone", 'Write zone = "Asia/Shanghai".') from None


def _stale_after(place: str, table: Mapping[str, Any]) -> dt.timedelta | None:
    days = table.get("stale_after_days")
    if days is None:
        return None
    return dt.timedelta(days=between(f"{place}.stale_after_days", days, 0, LONGEST_STALE, "a number of days"))


def _number(place: str, table: Mapping[str, Any], key: str) -> int:
    return between(f"{place}.{key}", table.get(key, 1), 1, HIGHEST_NUMBER, "a number of an issue")
