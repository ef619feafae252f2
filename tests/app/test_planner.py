"""The planner enters each issue once, late ones as late, missed ones as skipped; one schedule stops no other."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from clusterreport.app.planner import (
    correct,
    enter,
    out_of_reach,
    plan_due,
    readers_of,
)
from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import AuditEntry, Outcome, open_outbox
from clusterreport.delivery.outbox.tables import DELIVERIES
from clusterreport.errors import UsageError
from clusterreport.schedule.working_days import CalendarTable, WorkingDays, published
from clusterreport.settings import Settings
from tests.delivery.editions.published import MONTHLY, project
from tests.delivery.sample import LI, WANG, ZHANG, built, entry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.app.steps import Step
    from clusterreport.delivery.outbox import Outbox

WEEKLY = replace(MONTHLY, name="weekly", rule="", cron="0 8 * * 1")
FIRST = dt.datetime(2026, 10, 30, tzinfo=dt.UTC)
DUE = dt.datetime(2026, 11, 2, 0, 0, tzinfo=dt.UTC)  # Monday, 8 o'clock in Shanghai, a working day
CALENDAR = published()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return project(tmp_path, schedules=(WEEKLY,))


@pytest.fixture
def outbox(settings: Settings) -> Iterator[Outbox]:
    with open_outbox(settings.delivery) as opened:
        yield opened


def planned(settings: Settings, outbox: Outbox, now: dt.datetime, calendar: WorkingDays = CALENDAR) -> list[Step]:
    return plan_due(settings, outbox, now, calendar)


def begun(settings: Settings, outbox: Outbox) -> None:
    assert [step.what for step in planned(settings, outbox, FIRST)] == ["begun"]


def test_a_new_schedule_issues_nothing_that_was_due_before(settings: Settings, outbox: Outbox) -> None:
    assert [step.what for step in planned(settings, outbox, DUE + dt.timedelta(hours=1))] == ["begun"]
    assert planned(settings, outbox, DUE + dt.timedelta(hours=2)) == []


def test_an_issue_is_entered_once_with_its_numbers_and_recipients(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    (step,) = planned(settings, outbox, DUE)
    assert (step.what, step.message) == ("planned", "2026-11-02-weekly")
    assert step.issue is not None
    assert (step.issue.number, step.issue.total, step.issue.due, step.issue.late) == (1, 1, DUE, dt.timedelta(0))
    assert {row.destination for row in box.deliveries(outbox)} == {
        recipient.destination for recipient in (ZHANG, LI, WANG)
    }
    assert planned(settings, outbox, DUE + dt.timedelta(days=1)) == []


def test_nothing_is_entered_a_moment_too_early(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    assert planned(settings, outbox, DUE - dt.timedelta(seconds=1)) == []


def test_after_a_standstill_the_newest_is_late_and_the_others_are_skipped(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    steps = planned(settings, outbox, DUE + dt.timedelta(days=15, hours=2))
    assert [step.what for step in steps] == ["skipped", "skipped", "planned"]
    assert steps[-1].message == "2026-11-16-weekly late by 26 h 0 min"
    assert [row.state for row in box.issues(outbox)] == ["skipped", "skipped", "skipped", "planned"]
    assert [row.number for row in box.issues(outbox)] == [None, None, None, 1]


def test_beyond_the_calendar_a_rule_of_working_days_is_held(tmp_path: Path) -> None:
    settings = project(tmp_path)
    unknown = WorkingDays({}, frozenset({2026}), "nothing but 2026")
    with open_outbox(settings.delivery) as outbox:
        planned(settings, outbox, dt.datetime(2026, 12, 30, tzinfo=dt.UTC), unknown)
        *_, step = planned(settings, outbox, dt.datetime(2027, 1, 9, tzinfo=dt.UTC), unknown)
        assert step.what == "held"
        assert "2027-01-01" in step.message
        assert box.deliveries(outbox) == ()


def test_the_end_of_the_calendar_is_told_in_time(tmp_path: Path) -> None:
    settings = project(tmp_path)
    unknown = WorkingDays({}, frozenset({2026}), "nothing but 2026")
    with open_outbox(settings.delivery) as outbox:
        early, late = (dt.datetime(2026, month, 9, tzinfo=dt.UTC) for month in (6, 12))
        assert "warned" not in [step.what for step in planned(settings, outbox, early, unknown)]
        assert "warned" in [step.what for step in planned(settings, outbox, late, unknown)]


def test_the_calendar_that_an_issue_goes_by_is_recorded(tmp_path: Path) -> None:
    settings = project(tmp_path)
    own = replace(CALENDAR, table=CalendarTable("data/days.csv", "abc"))
    with open_outbox(settings.delivery) as outbox:
        planned(settings, outbox, FIRST, own)
        planned(settings, outbox, DUE, own)
        notes = [line.detail for line in box.history(outbox) if "calendar" in line.detail]
    assert notes == [{"calendar": CALENDAR.edition, "table": "data/days.csv", "sha256": "abc"}]


def test_lists_choose_among_the_readers(settings: Settings) -> None:
    chosen = replace(settings, recipients=(replace(ZHANG, lists=("市领导",)), LI, WANG))
    of_list, of_bureau = replace(WEEKLY, lists=("市领导",)), replace(WEEKLY, audiences=("bureau",))
    assert [one.recipient for one in readers_of(chosen, of_list)] == [chosen.recipients[0]]
    assert [one.recipient for one in readers_of(chosen, of_bureau)] == [WANG]


def test_a_schedule_that_nobody_would_receive_is_named(settings: Settings) -> None:
    with pytest.raises(UsageError, match="schedule weekly: nobody would receive it"):
        readers_of(replace(settings, recipients=()), WEEKLY)


def test_an_extra_has_numbers_of_its_own(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    planned(settings, outbox, DUE)
    extra = enter(settings, outbox, WEEKLY, "extra", AuditEntry("王", DUE + dt.timedelta(minutes=90)))
    assert (extra.kind, extra.number, extra.total) == ("extra", 1, 1)
    assert extra.name == "2026-11-02-weekly-extra"
    (step,) = planned(settings, outbox, DUE + dt.timedelta(days=7))
    assert step.issue is not None
    assert step.issue.number == 2


def test_two_extras_of_one_second_are_two_issues(settings: Settings, outbox: Outbox) -> None:
    entries = [AuditEntry("王", DUE + dt.timedelta(milliseconds=count)) for count in range(2)]
    made = [enter(settings, outbox, WEEKLY, "extra", entry) for entry in entries]
    assert [(issue.name, issue.number) for issue in made] == [
        ("2026-11-02-weekly-extra", 1),
        ("2026-11-02-weekly-extra-2", 2),
    ]


def test_a_correction_goes_to_whom_the_issue_reached(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    (step,) = planned(settings, outbox, DUE)
    assert step.issue is not None
    with pytest.raises(UsageError, match="it has reached nobody"):
        correct(settings, outbox, step.issue, entry("王"))
    with outbox.writing() as connection:
        connection.exec_driver_sql("UPDATE deliveries SET state = 'sent' WHERE destination LIKE 'zhang%'")
    correction = correct(settings, outbox, step.issue, entry("王", minutes=5))
    assert (correction.kind, correction.number) == ("correction", 1)
    assert [row.destination for row in box.deliveries(outbox, issue=correction.id)] == [ZHANG.destination]


def moved(outbox: Outbox, person: str, state: str) -> None:
    with outbox.writing() as connection:
        connection.execute(sa.update(DELIVERIES).where(DELIVERIES.c.name == person).values(state=state))


def test_nothing_is_corrected_while_the_wrong_issue_is_still_going_out(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    (step,) = planned(settings, outbox, DUE)
    assert step.issue is not None
    moved(outbox, "zhang", "sent")
    moved(outbox, "li", "approved")
    with pytest.raises(UsageError, match="1 deliveries of it are still waiting to go"):
        correct(settings, outbox, step.issue, entry("王", minutes=5))
    moved(outbox, "li", "sending")
    correction = correct(settings, outbox, step.issue, entry("王", minutes=5))
    assert [row.name for row in box.deliveries(outbox, issue=correction.id)] == ["zhang", "li"]


def test_a_correction_may_also_go_to_those_whom_the_issue_did_not_reach(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    (step,) = planned(settings, outbox, DUE)
    assert step.issue is not None
    moved(outbox, "zhang", "sent")
    moved(outbox, "li", "cancelled")
    correction = correct(settings, outbox, step.issue, entry("王", minutes=5), everybody=True)
    assert [row.name for row in box.deliveries(outbox, issue=correction.id)] == ["zhang", "li", "wang"]


def test_a_correction_goes_to_whoever_may_have_it_though_the_server_refused_it_at_last(
    settings: Settings, outbox: Outbox
) -> None:
    begun(settings, outbox)
    (step,) = planned(settings, outbox, DUE)
    assert step.issue is not None
    box.record_built(outbox, step.issue.id, built(audiences=("bureau", "leaders")), entry())
    box.approve(outbox, step.issue.id, AuditEntry("主任", DUE))
    taken = box.claim(outbox, "a sender", DUE, dt.timedelta(minutes=15))
    assert taken is not None
    box.commit_marker(outbox, taken, DUE)
    box.finish(outbox, taken, Outcome("failed", "554 after the last dot"), DUE)
    box.cancel_issue(outbox, step.issue.id, entry("王"))
    correction = correct(settings, outbox, step.issue, AuditEntry("王", DUE))
    assert [row.name for row in box.deliveries(outbox, issue=correction.id)] == ["zhang"]


def test_who_was_reached_and_is_no_recipient_any_more_is_told(settings: Settings, outbox: Outbox) -> None:
    begun(settings, outbox)
    (step,) = planned(settings, outbox, DUE)
    assert step.issue is not None
    moved(outbox, "zhang", "sent")
    assert out_of_reach(settings, outbox, step.issue) == ()
    fewer = replace(settings, recipients=tuple(one for one in settings.recipients if one != ZHANG))
    assert [row.destination for row in out_of_reach(fewer, outbox, step.issue)] == [ZHANG.destination]
    with pytest.raises(UsageError, match="nobody whom it reached is a recipient any more"):
        correct(replace(settings, recipients=()), outbox, step.issue, entry("王"))
