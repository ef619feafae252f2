"""Reads the tables [[schedule]]: when which briefing is issued, to whom, and whether somebody must approve it."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.locale import BASE, phrase
from clusterreport.settings.reading import Kinds, among, needed, nth, words, wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.settings.mail import Recipient

TABLE: Final = "schedule"
KINDS: Final[Kinds] = {
    "name": str, "cron": str, "rule": str, "time": str, "zone": str, "audiences": list, "focus": str,
    "recipients": list, "approval": str, "stale_after_days": int, "first_number": int, "first_total": int,
}  # fmt: skip

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_TIME: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
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
    tables: Iterable[Mapping[str, Any]], audiences: tuple[str, ...], recipients: tuple[Recipient, ...]
) -> tuple[Schedule, ...]:
    """Return every schedule; each has a name of its own, and names only lists that recipients are on."""
    schedules: dict[str, Schedule] = {}
    lists = {name for recipient in recipients for name in recipient.lists}
    for number, table in enumerate(tables, 1):
        place = nth(TABLE, number)
        schedule = _schedule(place, table, audiences)
        if schedule.name in schedules:
            raise wrong(f"{place}.name", f"{schedule.name!r} is another schedule's name", "Give it a name of its own.")
        unknown = [name for name in schedule.lists if name not in lists]
        if unknown:
            remedy = f"Write one of: {', '.join(sorted(lists))}." if lists else "Write lists = […] in [[recipients]]."
            raise wrong(f"{place}.recipients", f"nobody is on the list {unknown[0]!r}", remedy)
        schedules[schedule.name] = schedule
    return tuple(schedules.values())


def _schedule(place: str, table: Mapping[str, Any], audiences: tuple[str, ...]) -> Schedule:
    name = needed(place, table, "name", 'name = "monthly"')
    if not _NAME.fullmatch(name):
        raise wrong(f"{place}.name", f"{name!r} is not a name", "Write letters, digits and hyphens.")
    if ("cron" in table) == ("rule" in table):
        raise wrong(place, "it needs either a rule or a cron line", 'Write rule = "first working day of the month".')
    if "cron" in table and "time" in table:
        raise wrong(f"{place}.time", "the cron line says the time already", "Leave time out.")
    days = table.get("stale_after_days")
    return Schedule(
        name=name,
        cron=table.get("cron", ""),
        rule=table.get("rule", ""),
        time=_time(place, table.get("time", "08:00")),
        zone=_zone(place, table.get("zone", "Asia/Shanghai")),
        audiences=words(place, table, "audiences", audiences),
        focus=table.get("focus", ""),
        lists=words(place, table, "recipients", (phrase("example.readers", BASE),)) if "recipients" in table else (),
        approval=among(f"{place}.approval", _APPROVALS, (table.get("approval", "required"),))[0] == "required",
        stale_after=None if days is None else dt.timedelta(days=days),
        first_number=_positive(place, table, "first_number"),
        first_total=_positive(place, table, "first_total"),
    )


def _time(place: str, text: str) -> dt.time:
    if not _TIME.fullmatch(text):
        raise wrong(f"{place}.time", f"{text!r} is not a time of day", 'Write time = "08:00".')
    return dt.time.fromisoformat(text)


def _zone(place: str, name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise wrong(f"{place}.zone", f"{name!r} is not a time zone", 'Write zone = "Asia/Shanghai".') from None


def _positive(place: str, table: Mapping[str, Any], key: str) -> int:
    value: int = table.get(key, 1)
    if value < 1:
        raise wrong(f"{place}.{key}", f"{value} is not a number of an issue", "Write 1 or more.")
    return value
