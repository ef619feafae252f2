"""Reads a schedule's rule, in English or in Chinese; what is not surely understood is refused, with its place."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message, template
from clusterreport.schedule.days import (
    CalendarPeriod,
    DayOfPeriod,
    EveryWorkingDay,
    Moved,
    WeekdayOfMonth,
    Weekly,
    WorkingDayOfPeriod,
)
from clusterreport.settings import FIRST_DAY, LAST_DAY, wrong
from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.errors import UsageError
    from clusterreport.schedule.days import Days
    from clusterreport.settings.schedules import Schedule

_GRAMMAR: Final = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))

FORMS: Final[tuple[str, ...]] = tuple(_GRAMMAR["forms"])
"""One example of every form of a rule; docs/scheduling.md says what each means."""


def days_of(schedule: Schedule) -> Days:
    """Return the days that the schedule's rule names; UsageError says what is wrong with the rule."""
    try:
        return _read(_plain(schedule.rule))
    except _RefusedError as refusal:
        raise wrong_in(
            schedule,
            "rule",
            message("{what}: {words}", what=quoted(schedule.rule), words=refusal.problem),
            refusal.remedy,
        ) from None


def wrong_in(schedule: Schedule, key: str, problem: str, remedy: str) -> UsageError:
    """Return the error that names a setting of one schedule, by the schedule's name."""
    return wrong(message("schedule ({name}).{key}", name=schedule.name, key=key), problem, remedy)


class _RefusedError(Exception):
    """What is wrong with a rule, and what to do about it."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_NAMES: Final = (
    template("Monday"),
    template("Tuesday"),
    template("Wednesday"),
    template("Thursday"),
    template("Friday"),
    template("Saturday"),
    template("Sunday"),
)
_CHINESE_WEEKDAYS: Final[str] = _GRAMMAR["weekdays"]
_ORDINALS: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_DIGITS: Final[str] = _GRAMMAR["digits"]
_LAST: Final[str] = _GRAMMAR["last"]
_FROM_THE_END: Final[str] = _GRAMMAR["from_the_end"]
_NUMBERS: Final[Mapping[str, int]] = {
    "other": 2, "two": 2, "three": 3, "four": 4, _GRAMMAR["two"]: 2,
    **{word: number for number, word in enumerate(_ORDINALS, 1)},
    **{
        f"{tens}{_GRAMMAR['ten'] if ten else ''}{ones}": 10 * ten + one
        for ten, tens in enumerate(("", "", *_DIGITS[1:]))
        for one, ones in enumerate(("", *_DIGITS))
        if ten or one
    },
}  # fmt: skip
_PERIODS: Final[Mapping[str, CalendarPeriod]] = {
    **{period.value: period for period in CalendarPeriod},
    **{word: CalendarPeriod(name) for word, name in _GRAMMAR["periods"].items()},
}
_FEWEST_DAYS: Final = {
    CalendarPeriod.WEEK: 7,
    CalendarPeriod.MONTH: 28,
    CalendarPeriod.QUARTER: 90,
    CalendarPeriod.YEAR: 365,
}
# The fewest from 2004 to 2026 were 16, 59 and 248; a week may have none.
_FEWEST_WORKING_DAYS: Final = {
    CalendarPeriod.WEEK: 1,
    CalendarPeriod.MONTH: 15,
    CalendarPeriod.QUARTER: 55,
    CalendarPeriod.YEAR: 240,
}
_FEWEST_WEEKS: Final = 4
_MOST_DIGITS: Final = 3  # of a number in a rule; no period has a thousand days
_MOST_WEEKS: Final = 52

_SAME: Final[tuple[tuple[str, str], ...]] = tuple((said, meant) for said, meant in _GRAMMAR["same"])
_MOVES: Final[Mapping[str, bool]] = {
    **dict.fromkeys(_GRAMMAR["moves"]["later"], True),
    **dict.fromkeys(_GRAMMAR["moves"]["earlier"], False),
}
"""How it is said that a day of rest moves; True for later."""


def _plain(rule: str) -> str:
    """Return the rule in small letters and half-width signs, and said in the one way that the patterns know."""
    text = " ".join(unicodedata.normalize("NFKC", rule).casefold().split()).rstrip(".。")
    if not text.isascii():
        for said, meant in _SAME:
            text = text.replace(said, meant)
    return text


def _read(text: str) -> Days:
    for words, forwards in _MOVES.items():
        if text.endswith(words):
            days = _read(text.removesuffix(words).removesuffix(","))
            if days.working:
                raise _RefusedError(
                    message("it names working days already"), message("Leave the words about moving it out.")
                )
            return Moved(days, forwards=forwards)
    for pattern, made in _READERS:
        if found := pattern.fullmatch(text):
            return made(found)
    raise _unknown()


def _unknown() -> _RefusedError:
    return _RefusedError(
        message("it is not a rule that is known"), message("Write it like one of: {forms}.", forms=" | ".join(FORMS))
    )


def _every_working_day(_found: re.Match[str]) -> Days:
    return EveryWorkingDay()


def _weekly(found: re.Match[str]) -> Days:
    return Weekly(_weekday(found["weekday"]))


def _every_few_weeks(found: re.Match[str]) -> Days:
    weeks = _number(found["weeks"])
    if not 1 <= weeks <= _MOST_WEEKS:
        raise _RefusedError(
            message("every {weeks} weeks cannot be meant", weeks=weeks),
            message("Write a number from 1 to {most_weeks}.", most_weeks=_MOST_WEEKS),
        )
    weekday = _weekday(found["weekday"])
    said = found.groupdict().get("anchor")
    if not said:
        remedy = message("Add the first such day, as in: {forms}.", forms=FORMS[2])
        raise _RefusedError(message("it does not say from when on the weeks are counted"), remedy)
    try:
        anchor = dt.date(*(int(part) for part in re.findall(r"\d+", said)))
    except ValueError:
        raise _RefusedError(message("{said} is not a date", said=said), message("Write it as 2026-11-02.")) from None
    if not FIRST_DAY <= anchor <= LAST_DAY:
        problem = message(
            "{anchor} lies before {first_day} or after {last_day}",
            anchor=anchor,
            first_day=FIRST_DAY,
            last_day=LAST_DAY,
        )
        raise _RefusedError(problem, message("Name the first day on which the briefing is to be issued."))
    if anchor.weekday() != weekday:
        day = message(_DAY_NAMES[anchor.weekday()])
        raise _RefusedError(
            message("{anchor} is a {day}", anchor=anchor, day=day),
            message("Name the first day on which the briefing is to be issued."),
        )
    return Weekly(weekday, weeks, anchor)


def _weekday_of_month(found: re.Match[str]) -> Days:
    number = _ordinal(found["number"])
    _within(number, _FEWEST_WEEKS, template("not every month has {number} of each day of the week"))
    return WeekdayOfMonth(number, _weekday(found["weekday"]))


def _day_of_period(found: re.Match[str]) -> Days:
    period = _PERIODS[found["period"]] if found["period"] else CalendarPeriod.MONTH
    number = _ordinal(found["number"])
    return DayOfPeriod(
        _within(number, _FEWEST_DAYS[period], template("not every {period} has {number} days"), period), period
    )


def _working_day_of_period(found: re.Match[str]) -> Days:
    period = _PERIODS[found["period"]]
    number = _ordinal(found["number"])
    _within(number, _FEWEST_WORKING_DAYS[period], template("not every {period} has {number} working days"), period)
    return WorkingDayOfPeriod(number, period)


def _within(number: int, most: int, problem: str, period: CalendarPeriod = CalendarPeriod.MONTH) -> int:
    if not 1 <= abs(number) <= most:
        remedy = message(
            "Write a number from 1 to {most}; the end of a period is told by the word last ({last}).",
            most=most,
            last=_LAST,
        )
        raise _RefusedError(message(problem, number=abs(number), period=period.in_words), remedy)
    return number


def _weekday(word: str) -> int:
    return _WEEKDAYS.index(word) if word in _WEEKDAYS else _CHINESE_WEEKDAYS.index(word)


def _ordinal(words: str) -> int:
    """Return 3 for "third", "3rd" or 第三; -1 for "last" or 最后一; -3 for "3rd to last" or 倒数第三."""
    if words in {"last", _LAST}:
        return -1
    number = _number(re.sub(rf"(?: to)? last$|^{_FROM_THE_END}|{_GRAMMAR['nth']}", "", words))
    return -number if words.endswith("last") or words.startswith(_FROM_THE_END) else number


def _number(word: str) -> int:
    digits = re.sub(r"(?:st|nd|rd|th)$", "", word)
    if digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    if word not in _NUMBERS:
        raise _unknown()
    return _NUMBERS[word]


def _readers() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days]], ...]:
    """Return what each form looks like, and what is made of it."""
    nth = rf"(?:\d{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)})"
    number = rf"(?:the )?(?P<number>last|{nth}(?: (?:to )?last)?)"
    weekday = f"(?P<weekday>{'|'.join(_WEEKDAYS)})"
    of = "of (?:the|each|every)"
    of_period = f"{of} (?P<period>week|month|quarter|year)"
    date = r"\d{4}-\d{1,2}-\d{1,2}"
    forms: tuple[tuple[Callable[[re.Match[str]], Days], list[str]], ...] = (
        (_every_working_day, ["every working day"]),
        (_weekly, [f"every {weekday}"]),
        (_every_few_weeks, [
            rf"every (?P<weeks>\d{{1,3}}|two|three|four|other) weeks? on {weekday}(?:,? from (?P<anchor>{date}))?",
        ]),
        (_weekday_of_month, [f"{number} {weekday} {of} month"]),
        (_working_day_of_period, [f"{number} working day {of_period}"]),
        (_day_of_period, [
            f"{number} day {of_period}", f"(?:the )?(?P<number>{nth})(?: {of} (?P<period>month))?",
        ]),
    )  # fmt: skip
    return tuple(
        (re.compile(pattern), made)
        for made, patterns in forms
        for pattern in (*patterns, *_chinese_patterns(made.__name__.removeprefix("_")))
    )


def _chinese_patterns(form: str) -> list[str]:
    """Return the patterns of ``form`` with their pieces filled in; a piece may hold another that stands before it."""
    patterns: list[str] = _GRAMMAR["patterns"][form]
    for name, piece in reversed(_GRAMMAR["pieces"].items()):
        patterns = [pattern.replace(f"{{{name}}}", piece) for pattern in patterns]
    return patterns


_READERS: Final = _readers()
