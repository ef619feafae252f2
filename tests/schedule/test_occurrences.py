"""A schedule is due when the clock on the wall of its zone says so, once, over years, zones and clock changes."""

from __future__ import annotations

import datetime as dt
from functools import cache
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import assume, given
from hypothesis import strategies as st

from clusterreport.errors import UsageError
from clusterreport.schedule.occurrences import OnHold, check, due_between, dues, first_moment, moment_of, next_due
from clusterreport.schedule.working_days import WorkingDays, published
from clusterreport.settings.schedules import Schedule
from tests.schedule.schedules import SHANGHAI, WEEK_ONLY, local, schedule, utc

ZONES = (
    "Asia/Shanghai", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia",
    "Antarctica/Troll", "Europe/Dublin", "Africa/Casablanca", "Asia/Kathmandu", "Asia/Tehran", "UTC",
)  # fmt: skip
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
WORKING = (rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR)
QUARTERS = (1, 4, 7, 10)
# Rules as dateutil has them, where a working day is a day from Monday to Friday.
AS_RRULE: dict[str, dict[str, Any]] = {
    "every working day": {"freq": rrule.DAILY, "byweekday": WORKING},
    "every Sunday": {"freq": rrule.WEEKLY, "byweekday": rrule.SU},
    "first Monday of the month": {"freq": rrule.MONTHLY, "byweekday": rrule.MO(1)},
    "last Sunday of the month": {"freq": rrule.MONTHLY, "byweekday": rrule.SU(-1)},
    "5th": {"freq": rrule.MONTHLY, "bymonthday": 5},
    "last day of the month": {"freq": rrule.MONTHLY, "bymonthday": -1},
    "first day of the quarter": {"freq": rrule.MONTHLY, "bymonth": QUARTERS, "bymonthday": 1},
    "first working day of the month": {"freq": rrule.MONTHLY, "byweekday": WORKING, "bysetpos": 1},
    "third working day of the month": {"freq": rrule.MONTHLY, "byweekday": WORKING, "bysetpos": 3},
    "last working day of the month": {"freq": rrule.MONTHLY, "byweekday": WORKING, "bysetpos": -1},
    "2nd last working day of the year": {"freq": rrule.YEARLY, "byweekday": WORKING, "bysetpos": -2},
}


def walked(wall: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Walk minute by minute to the first moment at which the clock shows ``wall`` or more: the oracle."""
    moment = wall.replace(tzinfo=dt.UTC) - 16 * 60 * MINUTE
    while moment.astimezone(zone).replace(tzinfo=None) < wall:
        moment += MINUTE
    return moment


@cache
def changes(zone: ZoneInfo, year: int) -> tuple[dt.date, ...]:
    """Return the days of a year after whose beginning the clock is changed."""
    noons = [dt.datetime(year, 1, 1, 12, tzinfo=dt.UTC) + ahead * DAY for ahead in range(366)]
    offsets = [noon.astimezone(zone).utcoffset() for noon in noons]
    return tuple(noon.date() for noon, one, other in zip(noons, offsets, offsets[1:], strict=False) if one != other)


@st.composite
def days_near_changes(draw: st.DrawFn, zone: ZoneInfo) -> dt.date:
    """Give days from 1980 to 2040, mostly such as lie near a change of the clock."""
    year = draw(st.integers(1980, 2040))
    near, wanted = changes(zone, year), draw(st.booleans())
    if near and wanted:
        return draw(st.sampled_from(near)) + draw(st.integers(-2, 2)) * DAY
    return dt.date(year, draw(st.integers(1, 12)), draw(st.integers(1, 28)))


zones = st.sampled_from(ZONES).map(ZoneInfo)
times_of_day = st.builds(dt.time, st.integers(0, 23), st.sampled_from((0, 1, 15, 30, 59)))


@given(st.data(), zones, times_of_day)
def test_a_time_on_the_wall_is_the_first_moment_at_which_the_clock_shows_it(
    data: st.DataObject, zone: ZoneInfo, time: dt.time
) -> None:
    wall = dt.datetime.combine(data.draw(days_near_changes(zone)), time)
    assert first_moment(wall, zone) == walked(wall, zone)


@given(st.data(), zones, times_of_day, st.sampled_from(sorted(AS_RRULE)))
def test_rules_are_due_as_an_independent_calendar_has_them(
    data: st.DataObject, zone: ZoneInfo, time: dt.time, rule: str
) -> None:
    first = data.draw(days_near_changes(zone))
    after = dt.datetime.combine(first, data.draw(times_of_day), zone).astimezone(dt.UTC)
    until = after + data.draw(st.integers(1, 70)) * DAY
    begin = dt.datetime.combine(first.replace(month=1, day=1), time) - 366 * DAY
    end = until.replace(tzinfo=None) + 2 * DAY
    calendar = rrule.rrule(dtstart=begin, until=end, **AS_RRULE[rule])
    near = [wall for wall in calendar if wall > after.replace(tzinfo=None) - 3 * DAY]
    expected = sorted({walked(wall, zone) for wall in near})
    found = due_between(schedule(rule, time=time, zone=zone), after, until, WEEK_ONLY)
    assert list(found) == [moment for moment in expected if after < moment <= until]


@given(st.data(), zones, times_of_day)
def test_a_cron_line_is_due_once_a_day_whatever_the_clock_does(
    data: st.DataObject, zone: ZoneInfo, time: dt.time
) -> None:
    first = data.draw(days_near_changes(zone))
    after = dt.datetime.combine(first, dt.time(), zone).astimezone(dt.UTC) - MINUTE
    daily = schedule(cron=f"{time.minute} {time.hour} * * *", zone=zone)
    walls = [dt.datetime.combine(first + ahead * DAY, time) for ahead in range(-1, 4)]
    expected = sorted({walked(wall, zone) for wall in walls})
    found = list(islice(dues(daily, after, WEEK_ONLY), 3))
    assert found == [moment for moment in expected if moment > after][:3]


RULES = (
    "每个工作日", "每周一", "每月5日，遇休息日顺延", "每月最后一天，遇休息日提前", "每月第一个工作日",
    "每季度最后一个工作日",
    "every 2 weeks on Monday, from 2024-01-01", "cron 0,30 2,3 * * 0", "cron */20 * 1 * *",
)  # fmt: skip
moments = st.datetimes(dt.datetime(2025, 6, 1), dt.datetime(2027, 12, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001 -- made aware
schedules = st.builds(
    lambda rule, time, zone: (
        schedule(cron=rule.removeprefix("cron "), zone=zone)
        if rule.startswith("cron ")
        else schedule(rule, time=time, zone=zone)
    ),
    st.sampled_from(RULES), times_of_day, zones,
)  # fmt: skip


@given(schedules, moments)
def test_what_is_due_next_comes_after_and_comes_in_order(one: Schedule, after: dt.datetime) -> None:
    following = list(islice(dues(one, after, published()), 8))
    found = [moment_of(due) for due in following]
    assert all(due.utcoffset() == dt.timedelta() for due in found)
    assert found[0] > after
    assert found == sorted(set(found))
    assert not any(isinstance(due, OnHold) for due in following[:-1])
    assert next_due(one, after, published()) == following[0]


@given(schedules, moments, st.integers(0, 400))
def test_what_is_due_between_is_what_is_due_next_again_and_again(one: Schedule, after: dt.datetime, days: int) -> None:
    until = after + dt.timedelta(days=days / 4)
    found = due_between(one, after, until, published())
    expected: list[dt.datetime | OnHold] = []
    due = next_due(one, after, published())
    while moment_of(due) <= until:
        expected.append(due)
        if isinstance(due, OnHold):
            break
        due = next_due(one, due, published())
    assert list(found) == expected


@given(schedules, moments, st.integers(0, 400), st.integers(0, 400))
def test_an_interval_may_be_split_anywhere(one: Schedule, after: dt.datetime, left: int, right: int) -> None:
    middle = after + dt.timedelta(days=left / 8)
    until = middle + dt.timedelta(days=right / 8)
    whole, first, second = (
        due_between(one, *bounds, published()) for bounds in ((after, until), (after, middle), (middle, until))
    )
    if first and isinstance(first[-1], OnHold):
        assert whole == first, "what is held stays held, whatever follows"
    else:
        assert whole == first + second


@given(schedules, moments)
def test_a_moment_that_is_due_is_the_last_of_the_interval_that_ends_with_it(one: Schedule, after: dt.datetime) -> None:
    due = next_due(one, after, published())
    assume(not isinstance(due, OnHold))
    assert due_between(one, after, moment_of(due), published()) == (due,)
    assert due_between(one, after, moment_of(due) - MINUTE, published()) == ()


@pytest.mark.parametrize(
    ("zone", "cron", "after", "expected"),
    [
        # Shanghai had summer time from 1986 to 1991: on 1986-05-04 it went from 2 to 3, on 1986-09-14 back to 1.
        ("Asia/Shanghai", "30 2 * * *", utc(1986, 5, 3, 17), utc(1986, 5, 3, 18)),
        ("Asia/Shanghai", "30 1 * * *", utc(1986, 9, 13, 12), utc(1986, 9, 13, 16, 30)),
        ("Asia/Shanghai", "30 1 * * *", utc(1986, 9, 13, 16, 30), utc(1986, 9, 14, 17, 30)),
        ("Asia/Shanghai", "0 8 * * *", utc(1986, 5, 2, 12), utc(1986, 5, 3)),
        ("Asia/Shanghai", "0 8 * * *", utc(1986, 5, 3, 12), utc(1986, 5, 3, 23)),
        ("Europe/Berlin", "30 2 * * *", utc(2026, 3, 29, 0, 30), utc(2026, 3, 29, 1)),
        ("Europe/Berlin", "30 2 * * *", utc(2026, 10, 25, 0, 0), utc(2026, 10, 25, 0, 30)),
        ("Europe/Berlin", "30 2 * * *", utc(2026, 10, 25, 0, 30), utc(2026, 10, 26, 1, 30)),
        ("Pacific/Apia", "0 8 * * *", utc(2011, 12, 29, 20), utc(2011, 12, 30, 10)),  # the 30th was left out
        ("Pacific/Apia", "0 8 * * *", utc(2011, 12, 30, 10), utc(2011, 12, 30, 18)),
    ],
)
def test_known_changes_of_the_clock(zone: str, cron: str, after: dt.datetime, expected: dt.datetime) -> None:
    assert next_due(schedule(cron=cron, zone=ZoneInfo(zone)), after, WEEK_ONLY) == expected


def test_times_that_a_clock_leaves_out_become_one_moment_with_the_one_that_comes_after_them() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    found = due_between(
        schedule(cron="0,20,40 2,3 * * *", zone=berlin), utc(2026, 3, 28, 23), utc(2026, 3, 29, 12), WEEK_ONLY
    )
    assert [local(moment_of(due), berlin)[11:] for due in found] == ["03:00", "03:20", "03:40"]


def test_beyond_the_calendar_a_rule_of_working_days_is_held() -> None:
    calendar = WorkingDays({}, frozenset({2026}))
    found = due_between(schedule("每月第一个工作日"), utc(2026, 11, 15), utc(2027, 6, 1), calendar)
    assert found == (utc(2026, 12, 1), OnHold("monthly", dt.date(2027, 1, 1), utc(2027, 1, 1)))
    assert isinstance(found[-1], OnHold)
    assert found[-1].problem.where == "clusterreport.toml, schedule (monthly).rule"
    assert found[-1].problem.problem == "held: the calendar of working days does not tell whether 2027-01-01 counts"
    assert "docs/scheduling.md" in found[-1].problem.remedy


def test_what_is_held_lies_ahead_as_what_is_due_does() -> None:
    calendar = WorkingDays({}, frozenset({2026}))
    held = next_due(schedule("每个工作日"), utc(2027, 3, 1, 12), calendar)
    assert held == OnHold("monthly", dt.date(2027, 3, 2), utc(2027, 3, 2))


def test_what_is_held_is_said_no_earlier_than_it_might_be_due() -> None:
    calendar = WorkingDays({}, frozenset({2026}))
    fifth = schedule("每月5日，遇休息日顺延")
    assert due_between(fifth, utc(2026, 12, 10), utc(2027, 1, 4, 23, 59), calendar) == ()
    assert len(due_between(fifth, utc(2026, 12, 10), utc(2027, 1, 5), calendar)) == 1


def test_once_the_table_tells_more_what_was_held_is_due() -> None:
    after, until = utc(2026, 12, 10), utc(2027, 1, 31)
    extended = WorkingDays({dt.date(2027, 1, 1): False}, frozenset({2026, 2027}))
    assert due_between(schedule("每月第一个工作日"), after, until, extended) == (utc(2027, 1, 4),)


@pytest.mark.parametrize("one", [schedule("每周一"), schedule(cron="0 8 * * 1"), schedule("last day of the month")])
def test_a_schedule_that_asks_for_no_working_day_is_never_held(one: Schedule) -> None:
    nothing = WorkingDays({}, frozenset())
    found = due_between(one, utc(2026, 1, 1), utc(2036, 1, 1), nothing)
    assert len(found) in {120, 521, 522}
    assert check(one) is False


def test_weeks_are_counted_from_the_first_one() -> None:
    every_other = schedule("every 2 weeks on Monday, from 2026-11-02")
    found = takewhile(lambda due: moment_of(due) < utc(2026, 12, 31), dues(every_other, utc(2026, 1, 1), WEEK_ONLY))
    assert [local(moment_of(due))[:10] for due in found] == [
        "2026-11-02", "2026-11-16", "2026-11-30", "2026-12-14", "2026-12-28",
    ]  # fmt: skip


def test_the_time_of_a_rule_is_that_of_the_schedules_zone() -> None:
    early = schedule("每周一", time=dt.time(7, 45), zone=SHANGHAI)
    assert next_due(early, utc(2026, 11, 22, 23, 45), WEEK_ONLY) == utc(2026, 11, 29, 23, 45)
    assert next_due(early, utc(2026, 11, 22, 23, 44, 59), WEEK_ONLY) == utc(2026, 11, 22, 23, 45)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        next_due(schedule("每周一"), dt.datetime(2026, 11, 1), WEEK_ONLY)  # noqa: DTZ001 -- that is what is tested


def test_a_rule_that_cannot_be_read_is_refused_before_anything_is_due() -> None:
    with pytest.raises(UsageError, match=r"schedule \(monthly\)\.rule: 'monthly': it is not a rule"):
        next_due(schedule("monthly"), utc(2026, 11, 1), WEEK_ONLY)
