"""Knows the working days of China, 调休 included: the published calendar and the project's own table; never a guess."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem
from clusterreport.messages import counted, message, template
from clusterreport.settings import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.settings import Settings

NOTICE: Final = dt.timedelta(days=60)
"""How long before the end of the calendar the warning begins."""


@dataclass(frozen=True, slots=True)
class CalendarTable:
    """The project's own table of working days, for the record: its path as the user wrote it, and its SHA-256."""

    place: str
    sha256: str


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are working days.

    ``said`` holds the days of which a source speaks, True for work. Every other day of ``years`` is as the week has it.
    Of a day that is in neither nothing is known. ``edition`` says which published calendar it was, for the record.
    """

    said: Mapping[dt.date, bool]
    years: frozenset[int]
    edition: str = ""
    table: CalendarTable | None = None

    def works(self, day: dt.date) -> bool | None:
        """Tell whether ``day`` is a working day; None where that is not known."""
        if day in self.said:
            return self.said[day]
        return day.weekday() < _SATURDAY if day.year in self.years else None

    def covered_until(self, today: dt.date) -> dt.date:
        """Return the last day of the unbroken run of known years that ``today`` is in, or the last before it."""
        year = today.year
        if year in self.years:
            while year + 1 in self.years:
                year += 1
        else:
            year = max((known for known in self.years if known < year), default=dt.MINYEAR)
        return dt.date(year, 12, 31)

    def warning(self, today: dt.date) -> Problem | None:
        """Return what is to be said when the calendar ends within 60 days, or has ended; else None."""
        end = self.covered_until(today)
        if today < end - NOTICE:
            return None
        if today > end:
            return Problem(
                CALENDAR, message("the calendar of working days has ended on {end}", end=end), message(EXTEND)
            )
        left = (end - today).days
        days = counted(left, "in 1 day", "in {count} days") if left else message("today")
        return Problem(
            CALENDAR, message("the calendar of working days ends {days}, on {end}", days=days, end=end), message(EXTEND)
        )


CALENDAR: Final = f"{FILE_NAME}, delivery.working_days"
EXTEND: Final = template(
    "Take a newer version of the package chinesecalendar, or put the State Council's notice into "
    "a table and name it as working_days under [delivery]; docs/scheduling.md says how."
)


def published() -> WorkingDays:
    """Return the calendar that the package chinesecalendar holds; it has whole years without a gap."""
    import chinese_calendar

    rest, work = chinese_calendar.holidays, chinese_calendar.workdays
    return WorkingDays(
        said={**dict.fromkeys(rest, False), **dict.fromkeys(work, True)},
        years=frozenset(range(min(rest).year, max(rest).year + 1)),
        edition=f"chinesecalendar {chinese_calendar.__version__}",
    )


def of_project(settings: Settings) -> WorkingDays:
    """Return the published calendar with what the project's own table says instead and in addition.

    ProblemsError lists everything that is wrong with the table, with file, row and column.
    """
    path = settings.delivery.working_days
    if path is None:
        return published()
    from clusterreport.data import sources

    place = str(path.relative_to(settings.root)) if path.is_relative_to(settings.root) else str(path)
    return changed(published(), sources.read(path, place))


def changed(calendar: WorkingDays, table: Dataset) -> WorkingDays:
    """Return the calendar as ``table`` has it: its rows count first, and a year named there is known by it alone."""
    from clusterreport.schedule.calendar_rows import days_and_years

    days, years = days_and_years(table)
    kept = {day: works for day, works in calendar.said.items() if day.year not in years}
    own = CalendarTable(table.place, table.sha256)
    return WorkingDays({**kept, **days}, calendar.years | years, calendar.edition, own)


_SATURDAY: Final = 5
