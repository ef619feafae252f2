"""The kinds of days on which a briefing may be due; each tells of one day whether it is such a day."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Works = Callable[[dt.date], bool | None]

ONE_DAY: Final = dt.timedelta(days=1)
LONGEST_REST: Final = 14
"""How many days of rest at most may follow each other where a calendar does not tell; from 2004 to 2026 it was 10."""


class Days(Protocol):
    """A kind of days.

    ``working`` says whether working days are asked for. ``matches`` tells whether ``day`` is of the kind, None where
    that hangs on a day of which ``works`` does not know; it asks about no more days than it must.
    """

    @property
    def working(self) -> bool:
        """Tell whether working days have a part in it."""

    def matches(self, day: dt.date, works: Works) -> bool | None:
        """Tell whether ``day`` is of the kind, None where that cannot be known."""


class CalendarPeriod(Enum):
    """A stretch of the calendar; weeks begin on Monday."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def in_words(self) -> str:
        """Return what a message calls it."""
        match self:
            case CalendarPeriod.WEEK:
                return message("week")
            case CalendarPeriod.MONTH:
                return message("month")
            case CalendarPeriod.QUARTER:
                return message("quarter")
            case CalendarPeriod.YEAR:
                return message("year")

    def bounds(self, day: dt.date) -> tuple[dt.date, dt.date]:
        """Return the first and the last day of the period that ``day`` is in."""
        if self is CalendarPeriod.WEEK:
            monday = day - day.weekday() * ONE_DAY
            return monday, monday + 6 * ONE_DAY
        months = _MONTHS[self]
        first = (day.month - 1) // months * months + 1
        last = first + months - 1
        return day.replace(month=first, day=1), dt.date(day.year, last, calendar.monthrange(day.year, last)[1])


_MONTHS: Final = {CalendarPeriod.MONTH: 1, CalendarPeriod.QUARTER: 3, CalendarPeriod.YEAR: 12}


@dataclass(frozen=True, slots=True)
class DayOfPeriod:
    """The ``number``-th day of each period, or of its end where ``number`` is negative: -1 is the last."""

    number: int
    period: CalendarPeriod
    working: bool = False

    def matches(self, day: dt.date, works: Works) -> bool:  # noqa: ARG002 -- as every kind has it
        """Tell whether it is that day."""
        first, last = self.period.bounds(day)
        return day == (first + (self.number - 1) * ONE_DAY if self.number > 0 else last + (self.number + 1) * ONE_DAY)


@dataclass(frozen=True, slots=True)
class Weekly:
    """One day of the week (0 is Monday), every ``weeks`` weeks; more than one are counted from ``anchor`` on."""

    weekday: int
    weeks: int = 1
    anchor: dt.date = dt.date.min
    working: bool = False

    def matches(self, day: dt.date, works: Works) -> bool:  # noqa: ARG002 -- as every kind has it
        """Tell whether it is that day of such a week."""
        if day.weekday() != self.weekday or day < self.anchor:
            return False
        return self.weeks == 1 or (day - self.anchor).days % (7 * self.weeks) == 0


@dataclass(frozen=True, slots=True)
class WeekdayOfMonth:
    """The ``number``-th of one day of the week (0 is Monday) in each month; -1 is the last."""

    number: int
    weekday: int
    working: bool = False

    def matches(self, day: dt.date, works: Works) -> bool:  # noqa: ARG002 -- as every kind has it
        """Tell whether it is that one."""
        if day.weekday() != self.weekday:
            return False
        if self.number < 0:
            return (day + 7 * ONE_DAY).month != day.month
        return (day.day - 1) // 7 == self.number - 1


@dataclass(frozen=True, slots=True)
class EveryWorkingDay:
    """Every working day."""

    working: bool = True

    def matches(self, day: dt.date, works: Works) -> bool | None:
        """Tell whether it is one."""
        return works(day)


@dataclass(frozen=True, slots=True)
class WorkingDayOfPeriod:
    """The ``number``-th working day of each period, or from its end where ``number`` is negative: -1 is the last."""

    number: int
    period: CalendarPeriod
    working: bool = True

    def matches(self, day: dt.date, works: Works) -> bool | None:
        """Tell whether it is a working day with as many before it (or after it) in the period as there must be."""
        first, last = self.period.bounds(day)
        others = _stretch(first, day - ONE_DAY) if self.number > 0 else _stretch(day + ONE_DAY, last, backwards=True)
        wanted = abs(self.number) - 1
        known = works(day)
        if known is False:
            return False
        least = most = 0
        for fewest, greatest in _counts(map(works, others)):
            least, most = fewest, greatest
            if least > wanted:
                return False
        if most < wanted:
            return False
        return True if known and least == most else None


@dataclass(frozen=True, slots=True)
class Moved:
    """The days of another kind, moved to the working day next to them where they are none: one after, or one before."""

    days: Days
    forwards: bool
    working: bool = True

    def matches(self, day: dt.date, works: Works) -> bool | None:
        """Tell whether it is a working day onto which a day of the other kind comes.

        That is so if the days between the two, the other itself with them, are all days of rest.
        """
        known = works(day)
        if known is False:
            return False
        step = -ONE_DAY if self.forwards else ONE_DAY
        origin, unsure, between = day, False, 0
        while not self.days.matches(origin, works):
            origin, between = origin + step, between + 1
            answer = works(origin)
            unsure = unsure or answer is None
            if answer or (unsure and between > LONGEST_REST):
                return False
        return True if known and not unsure else None


def _counts(answers: Iterable[bool | None]) -> Iterator[tuple[int, int]]:
    """Yield after each answer how many working days there were by then, at least and at most."""
    least = most = idle = 0
    unsure = False
    for answer in answers:
        most += answer is not False
        unsure = not answer and (unsure or answer is None)
        idle = 0 if answer else idle + 1
        least += answer is True
        if unsure and idle > LONGEST_REST:
            least, idle, unsure = least + 1, 0, False
        yield least, most


def _stretch(first: dt.date, last: dt.date, *, backwards: bool = False) -> Iterator[dt.date]:
    """Yield the days from ``first`` to ``last``, or from the last to the first."""
    length = (last - first).days + 1
    return (last - ahead * ONE_DAY if backwards else first + ahead * ONE_DAY for ahead in range(length))
