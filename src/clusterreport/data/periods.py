"""Reads the time that a figure or a statement speaks of: a year, a part of one, a day, or decades."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from clusterreport.locale import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Dated = TypeVar("Dated")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From the first to the last day; ``words`` is how print says it. Later ones, then longer ones, are larger.

    A year stands behind the parts that end with it, so that the largest of several is the newest whole.
    """

    last: dt.date
    days: int
    words: Label = field(compare=False)

    @property
    def first(self) -> dt.date:
        """Return the first day."""
        return self.last - dt.timedelta(days=self.days - 1)


def period_of(text: str) -> Period | None:
    """Return the period that a cell says (2024, 2024H1, 2024Q3, 2024-09, 2024 (11 months), 1980s), or None."""
    said = in_figures(text.strip())
    for pattern, made in _FORMS:
        if found := pattern.fullmatch(said):
            try:
                return made(int(found["year"]), found)
            except ValueError:  # the 31st of June
                return None
    return None


def in_figures(text: str) -> str:
    """Return a date in Chinese characters with figures (2024年3月 for 二〇二四年三月), any other text as it is."""
    if not text or text[0] not in _ONES or not (found := _IN_CHARACTERS.fullmatch(text)):
        return text
    year = "".join(str(_ONES.index(sign)) for sign in found["year"].replace(_ZERO, _ONES[0]))
    rest = _COUNT.sub(lambda each: str(_counted(each[0])), found["rest"])
    return f"{year}{rest}"


def year_named_in(text: str) -> str:
    """Return the one year that words name (研发经费2024, 2024年研发经费), "" where they name none, or several."""
    found = set(_YEAR_IN_WORDS.findall(text))
    return found.pop() if len(found) == 1 else ""


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


def spacing(names: Sequence[str]) -> tuple[float, ...]:
    """Return where periods end on a line from 0 to 1: as far apart as they are, or evenly where they are none in order.

    2021, 2022 and 2024 lie at 0, 1/3 and 1; months count as equal parts of a year.
    """
    periods = [period_of(name) for name in names]
    ends = [_months_until(period) for period in periods if period is not None]
    known = len(ends) == len(names) > 1 and all(one < other for one, other in pairwise(ends))
    places = ends if known else list(range(len(names)))
    length = max(places[-1] - places[0], 1) if places else 1
    return tuple((place - places[0]) / length for place in places)


def _counted(characters: str) -> int:
    """Return a count up to 99: 10 for 十, 12 for 十二, 31 for 三十一."""
    tens, ten, ones = characters.rpartition(_TEN)
    return (_ONES.index(tens) if tens else 1 if ten else 0) * 10 + (_ONES.index(ones) if ones else 0)


def _months_until(period: Period) -> float:
    last = period.last
    return last.year * 12 + last.month - 1 + last.day / calendar.monthrange(last.year, last.month)[1]


def _age(period: Period | None) -> tuple[dt.date, int]:
    return (period.last, period.days) if period else (dt.date.min, 0)


def _year(year: int, _found: re.Match[str]) -> Period:
    return _months(year, 1, 12, Label.of("period.year", year=str(year)))


def _decades(year: int, found: re.Match[str]) -> Period:
    """Return one decade or several; ValueError where they end before they begin."""
    until = int(found["until"] or year)
    if until < year:
        raise ValueError
    begin, end = dt.date(year, 1, 1), dt.date(until + 9, 12, 31)
    words = _decade(year) if until == year else Label.of("period.span", first=_decade(year), last=_decade(until))
    return Period(end, (end - begin).days + 1, words)


def _decade(year: int) -> Label:
    century, decade = divmod(year, 100)
    if decade == 0:
        return Label.of("period.first_decade", century=str(century + 1), year=str(year))
    return Label.of("period.decade", century=str(century + 1), decade=str(decade), year=str(year))


def _half(year: int, found: re.Match[str]) -> Period:
    if found["half"].upper() in _FIRST_HALF:
        return _months(year, 1, 6, Label.of("period.first_half", year=str(year)))
    return _months(year, 7, 12, Label.of("period.second_half", year=str(year)))


def _quarter(year: int, found: re.Match[str]) -> Period:
    number = _QUARTERS.index(found["quarter"]) % _QUARTERS_OF_A_YEAR + 1
    return _months(year, 3 * number - 2, 3 * number, Label.of("period.quarter", year=str(year), quarter=number))


def _first_months(year: int, found: re.Match[str]) -> Period:
    number = int(found["months"])
    return _months(year, 1, number, Label.of("period.first_months", year=str(year), months=str(number)))


def _month(year: int, found: re.Match[str]) -> Period:
    number = int(found["month"])
    return _months(year, number, number, Label.of("period.month", year=str(year), month=number))


def _day(year: int, found: re.Match[str]) -> Period:
    day = dt.date(year, int(found["month"]), int(found["day"]))
    return Period(day, 1, Label.of("period.day", year=str(year), month=day.month, day=str(day.day)))


def _months(year: int, first: int, last: int, words: Label) -> Period:
    """Return the period from the ``first`` to the ``last`` month; ValueError where there is no such month."""
    begin = dt.date(year, first, 1)
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    return Period(end, (end - begin).days + 1, words)


_GRAMMAR: Final = tomllib.loads(Path(__file__).with_name("periods.toml").read_text(encoding="utf-8"))
_YEAR_IN_WORDS: Final = re.compile(r"(?<![0-9.])(?:19|20)[0-9]{2}(?![0-9.])")
_ONES: Final[str] = _GRAMMAR["characters"]["ones"]
_ZERO: Final[str] = _GRAMMAR["characters"]["zero"]
_TEN: Final[str] = _GRAMMAR["characters"]["ten"]
_IN_CHARACTERS: Final = re.compile(_GRAMMAR["characters"]["date"])
_COUNT: Final = re.compile(f"[{_ONES[1:]}]?{_TEN}[{_ONES[1:]}]?|[{_ONES[1:]}]")
_FIRST_HALF: Final = frozenset(_GRAMMAR["first_half"])
_QUARTERS: Final[str] = _GRAMMAR["quarters"]
_QUARTERS_OF_A_YEAR: Final = 4
_MAKERS: Final[Mapping[str, Callable[[int, re.Match[str]], Period]]] = {
    "year": _year, "decades": _decades, "half": _half, "quarter": _quarter, "first_months": _first_months,
    "month": _month, "day": _day,
}  # fmt: skip


def _forms() -> Iterator[tuple[re.Pattern[str], Callable[[int, re.Match[str]], Period]]]:
    """Yield each pattern of the grammar, its pieces filled in, with what makes a period of a match."""
    for kind, patterns in _GRAMMAR["patterns"].items():
        for pattern in patterns:
            for name, piece in _GRAMMAR["pieces"].items():
                pattern = pattern.replace(f"{{{name}}}", piece)  # noqa: PLW2901 -- filled in piece by piece
            yield re.compile(pattern), _MAKERS[kind]


_FORMS: Final = tuple(_forms())
