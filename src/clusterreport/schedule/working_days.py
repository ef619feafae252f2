"""Knows the working days of China, 调休 included: the published calendar and the project's own table; never a guess."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.characters import plain
from clusterreport.errors import Problem, ProblemsError
from clusterreport.settings import FILE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.settings import Settings

COLUMNS: Final = ("date", "kind", "source")
NOTICE: Final = dt.timedelta(days=60)
"""How long before the end of the calendar the warning begins."""


@dataclass(frozen=True, slots=True)
class Table:
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
    table: Table | None = None

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
            return Problem(CALENDAR, f"the calendar of working days has ended on {end}", EXTEND)
        left = (end - today).days
        days = "today" if not left else "in 1 day" if left == 1 else f"in {left} days"
        return Problem(CALENDAR, f"the calendar of working days ends {days}, on {end}", EXTEND)


CALENDAR: Final = f"{FILE_NAME}, delivery.working_days"
EXTEND: Final = (
    "Take a newer version of the package chinesecalendar, or put the State Council's notice into a table and name it "
    "as working_days under [delivery]; docs/scheduling.md says how."
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
    days, years = _rows(table)
    kept = {day: works for day, works in calendar.said.items() if day.year not in years}
    own = Table(table.place, table.sha256)
    return WorkingDays({**kept, **days}, calendar.years | years, calendar.edition, own)


_SATURDAY: Final = 5
_WHOLE_YEAR: Final = "year"
_WORDS: Final = tomllib.loads(Path(__file__).with_name("working_days.toml").read_text(encoding="utf-8"))
_CHINESE: Final[Mapping[str, str]] = {kind: word for word, kind in _WORDS["kinds"].items()}
_KINDS: Final[Mapping[str, str]] = {kind: kind for kind in _CHINESE} | _WORDS["kinds"]
_DATE: Final[re.Pattern[str]] = re.compile(_WORDS["dates"]["date"])
_YEAR: Final[re.Pattern[str]] = re.compile(_WORDS["dates"]["year"])


def _rows(table: Dataset) -> tuple[dict[dt.date, bool], frozenset[int]]:
    """Return the days of which the table speaks, and the years that it knows wholly."""
    columns = tuple(plain(column) for column in table.columns)
    if sorted(columns) != sorted(COLUMNS):
        problem = f"the columns are {', '.join(_shown(column)[1:-1] for column in columns)}"
        raise ProblemsError([Problem(f"{table.place}, row 1", problem, f"Write {','.join(COLUMNS)} in the first row.")])
    places = [columns.index(column) for column in COLUMNS]
    days: dict[dt.date, bool] = {}
    years: set[int] = set()
    problems: list[Problem] = []
    for number, cells in table.numbered():
        where = table.at(number)
        date, kind, source = (plain(cells[place]) for place in places)
        faults = list(_faults(where, date, kind, source))
        if not faults and _KINDS[kind] == _WHOLE_YEAR:
            faults += _twice(where, date, known=_year(date) in years)
            years.add(_year(date))
        elif not faults:
            day = _day(date)
            faults += _twice(where, date, known=day in days)
            days[day] = _KINDS[kind] == "work"
        problems += faults
    if problems:
        raise ProblemsError(problems)
    return days, frozenset(years)


def _faults(where: str, date: str, kind: str, source: str) -> Iterator[Problem]:
    """Yield what is wrong with a row by itself."""
    if kind not in _KINDS:
        work, rest, year = (_CHINESE[kind] for kind in ("work", "rest", _WHOLE_YEAR))
        days = f"{work} or {rest} (work or rest)"
        remedy = f"Write {days}, or {year} (year) for a year of which the table holds all such days."
        yield Problem(f"{where}, column kind", f"{_shown(kind)} is not a kind of day", remedy)
    elif _KINDS[kind] == _WHOLE_YEAR and not _is_year(date):
        yield Problem(f"{where}, column date", f"{_shown(date)} is not a year", "Write the year alone, as 2027.")
    elif _KINDS[kind] != _WHOLE_YEAR and not _is_day(date):
        yield Problem(f"{where}, column date", f"{_shown(date)} is not a date", "Write it as 2027-02-05.")
    if not source:
        remedy = "Say where it is written, such as the number of the State Council's notice."
        yield Problem(f"{where}, column source", "the row names no source", remedy)


def _twice(where: str, date: str, *, known: bool) -> list[Problem]:
    if not known:
        return []
    remedy = "Leave one of the two rows."
    return [Problem(f"{where}, column date", f"{_shown(date)} stands in a row above already", remedy)]


def _day(text: str) -> dt.date:
    """Return the date, which spreadsheets write in ways of their own; ValueError if it is none."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise ValueError
    year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
    return dt.date(year, month, day)


def _is_day(text: str) -> bool:
    try:
        _day(text)
    except ValueError:
        return False
    return True


def _year(text: str) -> int:
    found = _YEAR.fullmatch(text)
    return int(found[1]) if found else 0


def _is_year(text: str) -> bool:
    return _year(text) >= dt.MINYEAR


def _shown(cell: str) -> str:
    from clusterreport.characters import shown

    return shown(cell)
