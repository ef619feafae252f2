"""A rule means what it says, in English and in Chinese, and is held against the published notices of three years."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from clusterreport import messages
from clusterreport.errors import UsageError
from clusterreport.schedule.days import (
    CalendarPeriod,
    DayOfPeriod,
    Days,
    EveryWorkingDay,
    Moved,
    WeekdayOfMonth,
    Weekly,
    WorkingDayOfPeriod,
)
from clusterreport.schedule.rules import FORMS, days_of
from clusterreport.schedule.working_days import WorkingDays, published
from tests.schedule.notices import DAYS, WORKING_DAYS, YEARS
from tests.schedule.schedules import days_due, schedule

FIFTH = DayOfPeriod(5, CalendarPeriod.MONTH)
LAST_DAY = DayOfPeriod(-1, CalendarPeriod.MONTH)
FIRST_WORKING = WorkingDayOfPeriod(1, CalendarPeriod.MONTH)
ANCHOR = dt.date(2026, 11, 2)

# What a rule means, and ways to write it.
MEANINGS: list[tuple[Days, tuple[str, ...]]] = [
    (EveryWorkingDay(), ("every working day", "Every  Working Day.", "每个工作日", "每工作日", "每 个 工作日。")),
    (Weekly(0), ("every Monday", "每周一", "每星期一", "每逢周一")),
    (Weekly(6), ("every Sunday", "每周日", "每周天", "每星期日")),
    (Weekly(0, 2, ANCHOR), (
        "every 2 weeks on Monday, from 2026-11-02", "every two weeks on Monday from 2026-11-02",
        "every other week on Monday, from 2026-11-02", "每2周的周一，自2026-11-02起", "每两周的周一,从2026年11月2日起",
    )),
    (WeekdayOfMonth(1, 0), (
        "first Monday of the month", "the 1st Monday of each month", "每月第一个周一", "每月首个星期一",
    )),
    (WeekdayOfMonth(-1, 4), ("last Friday of the month", "每月最后一个周五", "每个月最后一个星期五")),
    (FIFTH, (
        "5th", "the 5th", "5th of the month", "fifth of each month", "5th day of the month", "每月5日", "每月五号",
        "每月５日", "每月第五天",
    )),
    (DayOfPeriod(15, CalendarPeriod.MONTH), ("15th", "每月15日", "每月十五日")),
    (DayOfPeriod(23, CalendarPeriod.MONTH), ("23rd of the month", "每月二十三日")),
    (DayOfPeriod(20, CalendarPeriod.MONTH), ("20th", "每月二十日")),
    (DayOfPeriod(1, CalendarPeriod.MONTH), ("first day of the month", "每月1日", "每月第一天", "每月首日")),
    (LAST_DAY, ("last day of the month", "每月最后一天", "每月最后一日")),
    (DayOfPeriod(1, CalendarPeriod.QUARTER), (
        "first day of the quarter", "每季度第一天", "每季第一天", "每个季度的第一天",
    )),
    (DayOfPeriod(-1, CalendarPeriod.YEAR), ("last day of the year", "每年最后一天")),
    (FIRST_WORKING, (
        "first working day of the month", "the first working day of each month", "1st working day of every month",
        "每月第一个工作日", "每个月的第一个工作日", "每月首个工作日", "每月第1个工作日",
    )),
    (WorkingDayOfPeriod(3, CalendarPeriod.MONTH), (
        "third working day of the month", "3rd working day of the month", "每月第三个工作日",
    )),
    (WorkingDayOfPeriod(12, CalendarPeriod.MONTH), ("12th working day of the month", "每月第十二个工作日")),
    (WorkingDayOfPeriod(-1, CalendarPeriod.MONTH), ("last working day of the month", "每月最后一个工作日")),
    (WorkingDayOfPeriod(-2, CalendarPeriod.MONTH), (
        "2nd last working day of the month", "second to last working day of the month", "每月倒数第二个工作日",
    )),
    (WorkingDayOfPeriod(1, CalendarPeriod.QUARTER), (
        "first working day of the quarter", "每季度第一个工作日", "每季首个工作日",
    )),
    (WorkingDayOfPeriod(1, CalendarPeriod.WEEK), ("first working day of the week", "每周第一个工作日")),
    (WorkingDayOfPeriod(-1, CalendarPeriod.YEAR), ("last working day of the year", "每年最后一个工作日")),
    (Moved(FIFTH, forwards=True), (
        "5th, moved to the next working day", "5th of the month moved to the following working day",
        "每月5日，遇休息日顺延", "每月5日,如遇节假日顺延至下一个工作日", "每月5号，逢法定节假日则顺延到下一工作日",
    )),
    (Moved(FIFTH, forwards=False), (
        "5th, moved to the previous working day", "每月5日，遇休息日提前", "每月5日，遇非工作日提前至上一个工作日",
    )),
    (Moved(LAST_DAY, forwards=False), (
        "last day of the month, moved to the previous working day", "每月最后一天，遇假日提前",
    )),
    (Moved(Weekly(0), forwards=True), ("every Monday, moved to the next working day", "每周一，遇休息日顺延")),
]  # fmt: skip
WRITTEN = [(meant, rule) for meant, rules in MEANINGS for rule in rules]


@pytest.mark.parametrize(("meant", "rule"), WRITTEN, ids=[rule for _, rule in WRITTEN])
def test_a_rule_may_be_written_in_several_ways(meant: Days, rule: str) -> None:
    assert days_of(schedule(rule)) == meant


@pytest.mark.parametrize("form", FORMS)
def test_every_form_that_an_error_names_can_be_read_and_is_explained_to_users(form: str) -> None:
    days_of(schedule(form))
    page = Path(__file__).resolve().parents[2] / "docs" / "scheduling.md"
    assert f"`{form}`" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("rule", "problem", "remedy"),
    [
        ("monthly", "'monthly': it is not a rule that is known", "Write it like one of: every working day | "),
        ("", "not a rule that is known", "每月第一个工作日"),
        ("every day", "not a rule that is known", "every working day"),
        ("每月", "not a rule that is known", "每月5日"),
        ("每月第二三个工作日", "not a rule that is known", "每月第三个工作日"),
        ("每月十十日", "not a rule that is known", "每月5日"),
        ("first working day of the month, 08:00", "not a rule that is known", "every working day"),
        ("first and last working day of the month", "not a rule that is known", "every working day"),
        ("5th, moved to the next day", "not a rule that is known", "5th, moved to the next working day"),
        ("每月5日，遇休息日顺延至上一个工作日", "not a rule that is known", "每月5日，遇休息日顺延"),
        ("31st of the month", "not every month has 31 days", "Write a number from 1 to 28; the end of a period"),
        ("每月三十日", "not every month has 30 days", "Write a number from 1 to 28"),
        ("0th", "not every month has 0 days", "Write a number from 1 to 28"),
        ("fifth Monday of the month", "not every month has 5 of each day", "Write a number from 1 to 4"),
        ("20th working day of the month", "not every month has 20 working days", "Write a number from 1 to 15"),
        ("每月倒数第十六个工作日", "not every month has 16 working days", "最后一"),
        ("2nd working day of the week", "not every week has 2 working days", "Write a number from 1 to 1"),
        ("every working day, moved to the next working day", "it names working days already", "Leave the words"),
        ("every 2 weeks on Monday", "does not say from when on the weeks are counted", "from 2026-11-02"),
        ("every 2 weeks on Monday, from 2026-11-03", "2026-11-03 is a Tuesday", "Name the first day"),
        ("每2周的周一，自2026-02-30起", "2026-02-30 is not a date", "Write it as 2026-11-02"),
        ("every 0 weeks on Monday, from 2026-11-02", "every 0 weeks cannot be meant", "from 1 to 52"),
    ],
)  # fmt: skip
def test_a_rule_that_is_not_surely_understood_is_refused(rule: str, problem: str, remedy: str) -> None:
    with pytest.raises(UsageError) as raised:
        days_of(schedule(rule, name="weekly-2"))
    assert raised.value.problem.where == "clusterreport.toml, schedule (weekly-2).rule"
    assert problem in raised.value.problem.problem
    assert remedy in raised.value.problem.remedy


def in_stretches(months: int) -> list[list[dt.date]]:
    """Return the working days of the notices, month by month, or quarter by quarter."""
    stretches: dict[tuple[int, int], list[dt.date]] = {}
    for day in WORKING_DAYS:
        stretches.setdefault((day.year, (day.month - 1) // months), []).append(day)
    return list(stretches.values())


@pytest.mark.parametrize(
    ("rule", "example", "others"),
    [("每2周的周一", "每2周的周一，自2026-11-02起", "every"), ("每逢佳节", "每月第一个工作日", "working day")],
)
def test_in_chinese_the_examples_of_a_rule_are_chinese(rule: str, example: str, others: str) -> None:
    messages.speak("zh")
    try:
        with pytest.raises(UsageError) as refused:
            days_of(schedule(rule=rule))
    finally:
        messages.speak("en")
    assert example in refused.value.problem.remedy
    assert others not in refused.value.problem.remedy


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("每个工作日", list(WORKING_DAYS)),
        ("每月第一个工作日", [days[0] for days in in_stretches(1)]),
        ("每月第三个工作日", [days[2] for days in in_stretches(1)]),
        ("每月第十五个工作日", [days[14] for days in in_stretches(1)]),
        ("每月最后一个工作日", [days[-1] for days in in_stretches(1)]),
        ("每月倒数第二个工作日", [days[-2] for days in in_stretches(1)]),
        ("每季度第一个工作日", [days[0] for days in in_stretches(3)]),
        ("每季度第五个工作日", [days[4] for days in in_stretches(3)]),
        ("每季度最后一个工作日", [days[-1] for days in in_stretches(3)]),
        ("每年第一个工作日", [days[0] for days in in_stretches(12)]),
        ("每年最后一个工作日", [days[-1] for days in in_stretches(12)]),
    ],
)
def test_rules_of_working_days_fall_as_the_notices_have_it(rule: str, expected: list[dt.date]) -> None:
    assert days_due(rule, DAYS[0], DAYS[-1]) == expected


@pytest.mark.parametrize("number", [1, 2, 5, 10, 18, 28])
def test_a_day_of_rest_moves_to_the_working_day_next_to_it_as_the_notices_have_it(number: int) -> None:
    meant = [dt.date(year, month, number) for year in YEARS for month in range(1, 13)]
    after = [min(day for day in WORKING_DAYS if day >= one) for one in meant]
    before = [max((day for day in WORKING_DAYS if day <= one), default=None) for one in meant]
    assert days_due(f"每月{number}日，遇休息日顺延", DAYS[0], DAYS[-1]) == after
    # The last days of 2026 hang on January 2027, of which no notice speaks yet: here it is as the week has it.
    calendar = WorkingDays(published().said, published().years | {2027})
    assert days_due(f"每月{number}日，遇休息日提前", DAYS[0], DAYS[-1], calendar) == [day for day in before if day]


def test_two_mondays_in_one_holiday_are_issued_once() -> None:
    # 2026-02-15 to 23 are days of rest, Monday the 16th and Monday the 23rd among them.
    assert days_due("每周一，遇休息日顺延", dt.date(2026, 2, 9), dt.date(2026, 3, 1)) == [
        dt.date(2026, 2, 9), dt.date(2026, 2, 24),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("每月第一个工作日", dt.date(2026, 10, 8)),
        ("每月5日，遇休息日顺延", dt.date(2026, 10, 8)),
        ("每周第一个工作日", dt.date(2026, 10, 8)),
        ("每月第三个工作日", dt.date(2026, 10, 10)),  # a Saturday that makes up for the holiday
    ],
)
def test_the_national_day_of_2026(rule: str, expected: dt.date) -> None:
    assert days_due(rule, dt.date(2026, 10, 2), dt.date(2026, 10, 11)) == [expected]


@pytest.mark.parametrize(
    ("rule", "first_open"),
    [
        ("每个工作日", dt.date(2027, 1, 1)),
        ("每月第一个工作日", dt.date(2027, 1, 1)),
        ("每月最后一个工作日", dt.date(2027, 1, 17)),  # among the 15 days up to the 31st one is a working day
        ("每月5日，遇休息日顺延", dt.date(2027, 1, 5)),
        ("每月1日，遇休息日提前", dt.date(2026, 12, 31)),
        ("每月28日，遇休息日提前", dt.date(2027, 1, 14)),
        ("每年最后一个工作日", dt.date(2027, 12, 17)),
        ("每周一，遇休息日顺延", dt.date(2027, 1, 4)),
    ],
)
def test_a_day_is_open_only_where_it_may_be_one(rule: str, first_open: dt.date) -> None:
    calendar = WorkingDays({}, frozenset({2026}))
    days = days_of(schedule(rule))
    ahead = (dt.date(2026, 12, 1) + dt.timedelta(days=step) for step in range(400))
    assert next(day for day in ahead if days.matches(day, calendar.works) is None) == first_open


def test_a_long_rest_of_which_the_table_tells_is_believed() -> None:
    rest = {dt.date(2026, 1, 1) + dt.timedelta(days=ahead): False for ahead in range(45)}
    calendar = WorkingDays(rest, frozenset({2026}))
    first, last = dt.date(2026, 1, 1), dt.date(2026, 3, 1)
    assert days_due("每月第一个工作日", first, last, calendar) == [dt.date(2026, 2, 16)]
    assert days_due("每季度第一天，遇休息日顺延", first, last, calendar) == [dt.date(2026, 2, 16)]


def test_a_kind_asks_only_about_days_that_it_hangs_on() -> None:
    calendar = WorkingDays({dt.date(2027, 1, 4): True, dt.date(2027, 1, 5): False}, frozenset({2026}))
    answers = {
        "every Monday": (False, True, False, False),
        "5th, moved to the next working day": (False, False, False, None),  # the 6th hangs on itself
        "5th, moved to the previous working day": (False, True, False, False),
        "first working day of the month": (None, None, False, False),  # the 4th hangs on the 1st
        "3rd working day of the month": (False, None, False, None),  # the 1st cannot be the third
    }
    days = [dt.date(2027, 1, day) for day in (1, 4, 5, 6)]
    found = {rule: tuple(days_of(schedule(rule)).matches(day, calendar.works) for day in days) for rule in answers}
    assert found == answers
