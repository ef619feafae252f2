"""Reads the time that a published figure speaks of: a year, a part of one, or a day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Dated = TypeVar("Dated")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day; ``words`` is how Chinese print says it. Later ones, then longer ones, are larger.

    A year stands behind the parts that end with it, so that the largest of several is the newest whole.
    """

    last: dt.date
    days: int
    words: str = field(compare=False)

    @property
    def first(self) -> dt.date:
        """Return the first day."""
        return self.last - dt.timedelta(days=self.days - 1)


def period_of(text: str) -> Period | None:
    """Return the period that a cell says (2024, 2024H1, 2024Q3, 2024-09, 2024 (11 months)); None where it says none."""
    for pattern, made in _FORMS:
        if found := pattern.fullmatch(text.strip()):
            try:
                return made(int(found["year"]), found)
            except ValueError:  # the 31st of June
                return None
    return None


def is_same_period(one: str, other: str) -> bool:
    """Tell whether two cells say the same period, however they are written (2024, 2024年)."""
    return one == other or (period_of(one) is not None and period_of(one) == period_of(other))


def newest(
    items: Iterable[Dated], year_of: Callable[[Dated], str], as_of: dt.date, *, of_plans: Callable[[Dated], bool]
) -> Dated | None:
    """Return the item of the newest period, wherever in its table it stands; one without a period is older than any.

    What begins after ``as_of`` is left out, but for plans, which speak of the future.
    """
    found = [(period_of(year_of(item)), item) for item in items]
    held = [(period, item) for period, item in found if period is None or period.first <= as_of or of_plans(item)]
    return max(held, key=lambda each: _age(each[0]), default=(None, None))[1]


def _age(period: Period | None) -> tuple[dt.date, int]:
    return (period.last, period.days) if period else (dt.date.min, 0)


def _year(year: int, _found: re.Match[str]) -> Period:
    return _months(year, 1, 12, f"{year}年")


def _half(year: int, found: re.Match[str]) -> Period:
    first = found["half"].upper() in {"H1", "上"}
    return _months(year, 1, 6, f"{year}年上半年") if first else _months(year, 7, 12, f"{year}年下半年")


def _quarter(year: int, found: re.Match[str]) -> Period:
    number = _QUARTERS.index(found["quarter"]) % _QUARTERS_OF_A_YEAR + 1
    return _months(year, 3 * number - 2, 3 * number, f"{year}年第{_QUARTERS[number - 1]}季度")


def _first_months(year: int, found: re.Match[str]) -> Period:
    number = int(found["months"])
    return _months(year, 1, number, f"{year}年前{number}个月")


def _month(year: int, found: re.Match[str]) -> Period:
    number = int(found["month"])
    return _months(year, number, number, f"{year}年{number}月")


def _day(year: int, found: re.Match[str]) -> Period:
    day = dt.date(year, int(found["month"]), int(found["day"]))
    return Period(day, 1, f"{year}年{day.month}月{day.day}日")


def _months(year: int, first: int, last: int, words: str) -> Period:
    """Return the period from the ``first`` to the ``last`` month; ValueError where there is no such month."""
    begin = dt.date(year, first, 1)
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return Period(end, (end - begin).days + 1, words)


_QUARTERS: Final = "一二三四1234"
_QUARTERS_OF_A_YEAR: Final = 4
_Y: Final = "(?P<year>(?:19|20)[0-9]{2})"
_M, _D = "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_FORMS: Final[tuple[tuple[re.Pattern[str], Callable[[int, re.Match[str]], Period]], ...]] = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (f"{_Y}(?:年|)", _year),
        (f"{_Y} ?(?P<half>[Hh][12])", _half),
        (f"{_Y}(?:年|)(?P<half>[上下])半年", _half),
        (f"{_Y} ?[Qq](?P<quarter>[1-4])", _quarter),
        (f"{_Y}年(?:第|)(?P<quarter>[一二三四1-4])季度", _quarter),
        (rf"{_Y} ?\((?P<months>[0-9]{{1,2}}) months\)", _first_months),
        (f"{_Y}年前(?P<months>[0-9]{{1,2}})个月", _first_months),
        (f"{_Y}年1[-—–~至](?P<months>[0-9]{{1,2}})月", _first_months),
        (f"{_Y}[-/]{_M}", _month),
        (f"{_Y}年{_M}月", _month),
        (f"{_Y}([-/]){_M}\\2{_D}", _day),
        (f"{_Y}年{_M}月{_D}日", _day),
    )
)
