"""A cron line means what Debian's cron takes it for, by the clock on the wall."""

from __future__ import annotations

import datetime as dt
from itertools import islice, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.errors import UsageError
from clusterreport.schedule.cron import check, times
from tests.schedule.schedules import schedule

MINUTES, HOURS, DAYS, MONTHS, WEEKDAYS = range(60), range(24), range(1, 32), range(1, 13), range(8)


@pytest.mark.parametrize(
    ("number", "name"),
    list(enumerate(("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"))),
)
def test_monday_is_monday(number: int, name: str) -> None:
    found = next(times(schedule(cron=f"0 8 * * {number}"), dt.datetime(2026, 11, 1, 12)))  # noqa: DTZ001 -- on the wall
    assert f"{found:%A %H:%M}" == f"{name} 08:00"


def test_days_of_the_week_may_be_named() -> None:
    found = islice(times(schedule(cron="30 17 * * MON-FRI"), dt.datetime(2026, 11, 6)), 2)  # noqa: DTZ001 -- on the wall
    assert [f"{time:%a %H:%M}" for time in found] == ["Fri 17:30", "Mon 17:30"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("0 8 * *", "it has 4 fields, not 5"),
        ("0 0 8 * * 1", "it has 6 fields, not 5"),
        ("@monthly", "it has 1 fields, not 5"),
        ("", "it has 0 fields, not 5"),
        ("60 8 * * 1", "bad minute"),
        ("0 24 * * 1", "bad hour"),
        ("0 8 0 * 1", "bad day-of-month"),
        ("0 8 * 13 1", "bad month"),
        ("0 8 * * 8", "bad day-of-week"),
        ("0 8 * * 周一", "bad day-of-week"),
        ("0 8 30 2 *", "bad day-of-month"),
        ("*/0 8 * * *", "bad minute"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused(line: str, problem: str) -> None:
    with pytest.raises(UsageError) as raised:
        check(schedule(cron=line, name="weekly"))
    assert raised.value.problem.where == "clusterreport.toml, schedule (weekly).cron"
    assert problem in raised.value.problem.problem
    assert '"0 8 * * 1"' in raised.value.problem.remedy


def chosen(of: range) -> st.SearchStrategy[frozenset[int] | None]:
    """Give some values of a field, None for its star."""
    return st.none() | st.frozensets(st.sampled_from(of), min_size=1, max_size=4)


def field(values: frozenset[int] | None) -> str:
    return "*" if values is None else ",".join(map(str, sorted(values)))


def fits(
    time: dt.datetime, hours: frozenset[int] | None, days: frozenset[int] | None,
    months: frozenset[int] | None, weekdays: frozenset[int] | None,
) -> bool:  # fmt: skip
    """Tell whether a line fits, as crontab(5) says it: two restricted fields of days mean either of them."""
    on_day = days is not None and time.day in days
    on_weekday = weekdays is not None and bool({time.isoweekday(), time.isoweekday() % 7} & weekdays)
    right_day = (days is None and weekdays is None) or on_day or on_weekday
    return right_day and (hours is None or time.hour in hours) and (months is None or time.month in months)


@given(
    minutes=st.frozensets(st.sampled_from(MINUTES), min_size=1, max_size=3),
    hours=chosen(HOURS), days=chosen(DAYS), months=chosen(MONTHS), weekdays=chosen(WEEKDAYS),
    start=st.datetimes(dt.datetime(1980, 1, 1), dt.datetime(2060, 1, 1)),  # noqa: DTZ001 -- on the wall
)  # fmt: skip
def test_a_line_names_the_times_that_its_fields_fit(
    minutes: frozenset[int], hours: frozenset[int] | None, days: frozenset[int] | None,
    months: frozenset[int] | None, weekdays: frozenset[int] | None, start: dt.datetime,
) -> None:  # fmt: skip
    if days and months and weekdays is None and min(days) > 29:
        days |= {1}  # lest the line name a day that no month has
    whole = start.replace(minute=0, second=0, microsecond=0)
    each_hour = [whole + dt.timedelta(hours=ahead) for ahead in range(24 * 70)]
    expected = [
        hour.replace(minute=minute)
        for hour in each_hour if fits(hour, hours, days, months, weekdays)
        for minute in sorted(minutes) if hour.replace(minute=minute) > start
    ]  # fmt: skip
    line = " ".join((field(minutes), field(hours), field(days), field(months), field(weekdays)))
    end = each_hour[-1] + dt.timedelta(hours=1)
    found = takewhile(lambda time: time < end, times(schedule(cron=line), start))
    assert list(islice(found, 60)) == expected[:60]
