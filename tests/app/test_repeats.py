"""A schedule that was changed sends nothing a second time by itself; an unchanged one may be due twice a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from clusterreport.app.builder import build_planned
from clusterreport.app.planner import enter, plan_due, release, skip
from clusterreport.app.repeats import content_of
from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import AuditEntry, open_outbox
from clusterreport.delivery.outbox.tables import HISTORY
from clusterreport.errors import UsageError
from clusterreport.schedule.occurrences import next_due
from clusterreport.schedule.working_days import WorkingDays, published
from clusterreport.settings import Settings
from tests.app.test_builder import built
from tests.delivery.editions.published import MONTHLY, project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.app.steps import Step
    from clusterreport.delivery.outbox import Outbox
    from clusterreport.settings.schedules import Schedule

__all__ = ["built"]  # a fixture

CALENDAR = published()
BEGIN = dt.datetime(2026, 10, 30, tzinfo=dt.UTC)
EARLY = replace(MONTHLY, time=dt.time(8, 5))
ISSUED = dt.datetime(2026, 11, 2, 0, 5, tzinfo=dt.UTC)  # 08:05 in Shanghai, the first working day of November
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def rule(text: str, **changes: object) -> Schedule:
    return replace(EARLY, rule=text, **changes)  # type: ignore[arg-type]


def cron(line: str) -> Schedule:
    return replace(EARLY, rule="", cron=line)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return a project with one table and one template."""
    settings = project(tmp_path, schedules=(EARLY,), data={"clusters": tmp_path / "clusters.csv"})
    (tmp_path / "clusters.csv").write_text("one", encoding="utf-8")
    settings.templates.mkdir()
    (settings.templates / "letter.md.j2").write_text("text", encoding="utf-8")
    return settings


@pytest.fixture
def outbox(settings: Settings) -> Iterator[Outbox]:
    with open_outbox(settings.delivery) as opened:
        yield opened


def plan(
    settings: Settings, outbox: Outbox, schedule: Schedule, now: dt.datetime, calendar: WorkingDays = CALENDAR
) -> list[Step]:
    steps = plan_due(replace(settings, schedules=(schedule,)), outbox, now, calendar)
    return [step for step in steps if step.what != "warned"]


def issued(settings: Settings, outbox: Outbox, schedule: Schedule = EARLY) -> None:
    """Let the first issue be made by ``schedule``."""
    plan(settings, outbox, schedule, ISSUED - HOUR)
    assert [step.what for step in plan(settings, outbox, schedule, ISSUED)] == ["planned"]
    build_planned(replace(settings, schedules=(schedule,)), outbox, lambda: ISSUED)


CHANGES = {
    "a later time": rule(EARLY.rule, time=dt.time(9)),
    "another rule for the same day": rule("every Monday", time=dt.time(9)),
    "a cron line for the same day": cron("0 9 2 * *"),
    "a zone in which it is still early": rule(EARLY.rule, zone=ZoneInfo("Europe/Berlin")),
    "a zone in which it is another day": rule(EARLY.rule, zone=ZoneInfo("America/Los_Angeles"), time=dt.time(18)),
    "twice a day": cron("5 8,9 * * *"),
    "a later day of the same month": rule("5th of the month"),
    "a later day of the same week": rule("every Thursday"),
    "a cron line for the same month": cron("0 8 20 * *"),
}


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("change", CHANGES)
def test_a_schedule_that_was_changed_does_not_issue_a_second_time(
    settings: Settings, outbox: Outbox, change: str
) -> None:
    issued(settings, outbox)
    (settings.root / "clusters.csv").write_text("new data, so that it is not for its content", encoding="utf-8")
    due = next_due(CHANGES[change], ISSUED, CALENDAR)
    assert isinstance(due, dt.datetime)
    (step,) = plan(settings, outbox, CHANGES[change], due)
    assert (step.what, step.issue) == ("held", None)
    assert "was changed since 2026-11-02-monthly was made, and both are of" in step.message
    assert "clusterreport issue release monthly" in step.message
    assert [issue.number for issue in box.issues(outbox, ("planned", "built"))] == [1]


@pytest.mark.usefixtures("built")
def test_what_is_held_is_told_by_every_round_until_somebody_decides(settings: Settings, outbox: Outbox) -> None:
    issued(settings, outbox)
    later = CHANGES["a later time"]
    for minutes in (60, 120, 60 * 24 * 20):
        assert [step.what for step in plan(settings, outbox, later, ISSUED + dt.timedelta(minutes=minutes))] == ["held"]
    december = ISSUED + 29 * DAY + HOUR  # 09:05 on the 1st of December
    (settings.root / "clusters.csv").write_text("December", encoding="utf-8")
    assert [step.what for step in plan(settings, outbox, later, december)] == ["skipped", "planned"]
    assert [issue.number for issue in box.issues(outbox, ("planned",))] == [2]


@pytest.mark.usefixtures("built")
def test_after_a_change_the_same_content_is_not_issued_again(settings: Settings, outbox: Outbox) -> None:
    issued(settings, outbox)
    weekly = rule("every Monday")
    (held,) = plan(settings, outbox, weekly, ISSUED + 7 * DAY)
    assert (held.what, "nothing that it is made from is new" in held.message) == ("held", True)
    (settings.root / "clusters.csv").write_text("new data", encoding="utf-8")
    assert [step.what for step in plan(settings, outbox, weekly, ISSUED + 7 * DAY + HOUR)] == ["planned"]


@pytest.mark.usefixtures("built")
def test_an_unchanged_schedule_issues_twice_a_day_and_the_same_content_too(settings: Settings, outbox: Outbox) -> None:
    twice = cron("5 8,9 * * *")
    issued(settings, outbox, twice)
    assert [step.what for step in plan(settings, outbox, twice, ISSUED + HOUR)] == ["planned"]
    assert [issue.number for issue in box.issues(outbox, ("built", "planned"))] == [1, 2]


@pytest.mark.usefixtures("built")
def test_a_rule_said_in_other_words_is_no_change(settings: Settings, outbox: Outbox) -> None:
    issued(settings, outbox)
    (steps,) = plan(settings, outbox, rule("每月第一个工作日"), ISSUED + 29 * DAY)
    assert steps.what == "planned"


@pytest.mark.usefixtures("built")
def test_working_days_that_were_changed_make_no_second_issue_of_a_month(settings: Settings, outbox: Outbox) -> None:
    issued(settings, outbox)
    (settings.root / "clusters.csv").write_text("new data", encoding="utf-8")
    today_rests = replace(CALENDAR, said={**CALENDAR.said, dt.date(2026, 11, 2): False})
    (held,) = plan(settings, outbox, EARLY, ISSUED + DAY, today_rests)
    assert (held.what, "both are of one month" in held.message) == ("held", True)


@pytest.mark.usefixtures("built")
def test_an_issue_of_an_older_program_is_judged_by_the_schedule_of_today(settings: Settings, outbox: Outbox) -> None:
    issued(settings, outbox)
    with outbox.writing() as connection:  # which kept nothing of the rule
        connection.exec_driver_sql("DROP TRIGGER history_no_update")
        connection.execute(sa.update(HISTORY).values(detail={}))
    assert [step.what for step in plan(settings, outbox, EARLY, ISSUED + 29 * DAY)] == ["planned"]
    assert [step.what for step in plan(settings, outbox, CHANGES["a later time"], ISSUED + 29 * DAY + HOUR)] == ["held"]


@pytest.mark.usefixtures("built")
def test_a_person_may_release_what_is_held(settings: Settings, outbox: Outbox) -> None:
    issued(settings, outbox)
    later, now = CHANGES["a later time"], ISSUED + HOUR
    issue = release(settings, outbox, later, CALENDAR, AuditEntry("王", now, "released"))
    assert (issue.number, issue.kind, issue.name) == (2, "regular", "2026-11-02-monthly-2")
    assert box.history(outbox, issue=issue.id)[0].by == "王"
    assert plan(settings, outbox, later, now) == []
    with pytest.raises(UsageError, match="no issue of it waits for a person"):
        release(settings, outbox, later, CALENDAR, AuditEntry("王", now, "released"))


@pytest.mark.usefixtures("built")
def test_a_person_may_leave_out_what_is_held_and_its_number_is_not_used_up(settings: Settings, outbox: Outbox) -> None:
    issued(settings, outbox)
    later, now = CHANGES["a later time"], ISSUED + HOUR
    assert skip(outbox, later, CALENDAR, AuditEntry("王", now, "已出")) == (ISSUED + dt.timedelta(minutes=55),)
    assert plan(settings, outbox, later, now) == []
    (settings.root / "clusters.csv").write_text("December", encoding="utf-8")
    (step,) = plan(settings, outbox, later, ISSUED + 30 * DAY)
    assert step.issue is not None
    assert step.issue.number == 2


def test_extras_are_a_persons_own_and_are_never_held(settings: Settings, outbox: Outbox) -> None:
    made = [enter(settings, outbox, EARLY, "extra", AuditEntry("王", ISSUED + hours * HOUR)) for hours in range(2)]
    assert [issue.number for issue in made] == [1, 2]


def test_a_planner_with_older_settings_does_not_enter_beside_one_with_newer(
    settings: Settings, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(settings, outbox, EARLY, BEGIN)
    since = box.last_due(outbox, "monthly")
    assert [step.what for step in plan(settings, outbox, EARLY, ISSUED + HOUR)] == ["planned"]
    monkeypatch.setattr(box, "last_due", lambda *_: since)  # what the other had read before
    monkeypatch.setattr("clusterreport.app.planner.doubt", lambda *_: None)
    assert plan(settings, outbox, CHANGES["a later time"], ISSUED + HOUR) == []
    assert len(box.issues(outbox, ("planned",))) == 1


def test_one_schedule_that_cannot_be_read_does_not_stop_the_others(settings: Settings, outbox: Outbox) -> None:
    broken = replace(rule("whenever it suits"), name="broken")
    unread = replace(EARLY, name="unread", audiences=("public",))
    several = replace(settings, schedules=(broken, unread, EARLY))
    assert [(step.schedule, step.what) for step in plan_due(several, outbox, BEGIN, CALENDAR)] == [
        ("broken", "failed"), ("unread", "failed"), ("monthly", "begun"),
    ]  # fmt: skip
    steps = plan_due(several, outbox, ISSUED, CALENDAR)
    assert [(step.schedule, step.what) for step in steps if step.what != "warned"] == [
        ("broken", "failed"), ("unread", "failed"), ("monthly", "planned"),
    ]  # fmt: skip


def test_the_content_is_data_templates_date_and_city(settings: Settings) -> None:
    first = content_of(settings, EARLY)
    assert content_of(replace(settings, number=7), replace(EARLY, time=dt.time(9))) == first
    changes = [
        content_of(replace(settings, as_of=settings.as_of + DAY), EARLY),
        content_of(settings, replace(EARLY, focus="苏州")),
    ]
    for path in (settings.root / "clusters.csv", settings.templates / "letter.md.j2"):
        before = path.read_bytes()
        path.write_text("other", encoding="utf-8")
        changes.append(content_of(settings, EARLY))
        path.write_bytes(before)
    assert len({first, *changes}) == 5


OWN = """
[tables.rd]
path = "data/rd.csv"
title = "研发"
source = "公报"
[tables.rd.columns.city]
"""
ASKED = OWN.replace('path = "data/rd.csv"', 'url = "sqlite:///rd.db"\nquery = "select city from rd"')


def test_the_content_is_that_of_own_tables_too(settings: Settings) -> None:
    (settings.root / "data").mkdir()
    seen = {content_of(settings, EARLY)}
    for name, text in (
        ("tables.toml", OWN), ("rd.csv", "city\n广州\n"), ("rd.csv", "city\n深圳\n"),
        ("tables.toml", OWN.replace("研发", "研究")), ("tables.toml", "[tables"),
    ):  # fmt: skip
        (settings.root / "data" / name).write_text(text, encoding="utf-8")
        seen.add(content_of(settings, EARLY))
    assert len(seen) == 5  # a dictionary that cannot be read counts as none, as at first: a build tells of it


def test_what_a_database_would_answer_is_not_known(settings: Settings) -> None:
    (settings.root / "data").mkdir()
    (settings.root / "data" / "tables.toml").write_text(ASKED, encoding="utf-8")
    assert content_of(settings, EARLY) is None
