"""An issue enters the outbox once, with its numbers and a delivery for each recipient."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.errors import OutboxError
from tests.delivery.sample import AT, LI, NAME, PLANNED, WANG, ZHANG, built, entry, planned_issue, state, states

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import IssueRow, Kind, Outbox, PlannedIssue

HOUR = dt.timedelta(hours=1)
WEEK = dt.timedelta(weeks=1)


def later(weeks: int, kind: Kind = "regular", year: int = 2025) -> PlannedIssue:
    return replace(PLANNED, due=AT + weeks * WEEK, name=f"{NAME}-{kind}-{weeks}", kind=kind, year=year)


def numbers(issue: IssueRow) -> tuple[int | None, int | None]:
    return issue.number, issue.total


def test_an_issue_is_planned_with_a_delivery_for_each_recipient(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    assert (issue.name, issue.state, issue.due, issue.as_of) == (NAME, "planned", AT, AT.date())
    rows = box.deliveries(outbox, issue=issue.id)
    assert [(row.audience, row.destination, row.name, row.state, row.issue_name) for row in rows] == [
        ("leaders", "zhang@example.gov.cn", "zhang", "planned", NAME),
        ("leaders", "li@example.gov.cn", "li", "planned", NAME),
        ("bureau", "wang@example.gov.cn", "wang", "planned", NAME),
    ]


def test_the_same_issue_is_planned_once(outbox: Outbox) -> None:
    planned_issue(outbox)
    assert box.plan_issue(outbox, replace(PLANNED, name="another-name"), entry()) is None
    assert box.skip_issue(outbox, PLANNED.schedule, PLANNED.due, entry()) is None
    assert len(box.issues(outbox)) == 1


def test_a_moment_is_the_same_in_every_zone(outbox: Outbox) -> None:
    planned_issue(outbox)
    shanghai = AT.astimezone(dt.timezone(dt.timedelta(hours=8)))
    assert box.plan_issue(outbox, replace(PLANNED, due=shanghai, name="another-name"), entry()) is None


def test_two_issues_never_share_a_name(outbox: Outbox) -> None:
    made = [planned_issue(outbox, replace(PLANNED, due=AT + hours * HOUR)) for hours in range(3)]
    assert [issue.name for issue in made] == [NAME, f"{NAME}-2", f"{NAME}-3"]
    assert {row.issue_name for row in box.deliveries(outbox)} == {issue.name for issue in made}


def test_a_skipped_issue_has_no_number_and_no_deliveries(outbox: Outbox) -> None:
    skipped = box.skip_issue(outbox, "monthly", AT, entry("planner", reason="the machine was off"))
    assert skipped is not None
    assert (skipped.state, skipped.name, skipped.number, skipped.total) == ("skipped", None, None, None)
    assert box.deliveries(outbox) == ()
    assert [(row.before, row.after, row.reason) for row in box.history(outbox)] == [
        (None, "skipped", "the machine was off")
    ]
    assert box.plan_issue(outbox, PLANNED, entry()) is None


def test_the_first_numbers_are_those_of_the_schedule(outbox: Outbox) -> None:
    assert numbers(planned_issue(outbox, replace(PLANNED, first_number=9, first_total=33))) == (9, 33)
    assert numbers(planned_issue(outbox, replace(later(1), first_number=9, first_total=33))) == (10, 34)


def test_a_new_year_begins_with_one_and_the_total_runs_on(outbox: Outbox) -> None:
    assert numbers(planned_issue(outbox, later(0))) == (1, 1)
    assert numbers(planned_issue(outbox, later(1))) == (2, 2)
    assert numbers(planned_issue(outbox, later(10, year=2026))) == (1, 3)


@pytest.mark.parametrize("kind", ["extra", "correction"])
def test_extras_and_corrections_are_numbered_apart(outbox: Outbox, kind: Kind) -> None:
    planned_issue(outbox)
    assert numbers(planned_issue(outbox, later(0, kind))) == (1, 1)
    assert numbers(planned_issue(outbox, later(1, kind))) == (2, 2)
    assert numbers(planned_issue(outbox, later(1))) == (2, 2)


def test_schedules_are_numbered_apart(outbox: Outbox) -> None:
    planned_issue(outbox)
    assert numbers(planned_issue(outbox, replace(later(0), schedule="weekly", name="weekly"))) == (1, 1)


def test_the_number_of_a_cancelled_issue_is_not_given_again(outbox: Outbox) -> None:
    box.cancel_issue(outbox, planned_issue(outbox).id, entry(reason="a public holiday"))
    assert numbers(planned_issue(outbox, later(1))) == (2, 2)


def test_a_message_id_is_the_same_without_any_memory(outbox: Outbox) -> None:
    planned_issue(outbox)
    first = box.deliveries(outbox)[0]
    assert first.message_id == box.message_id_of(PLANNED, ZHANG, "leaders")
    assert first.message_id == "e1a62e444c727df3396f850231e732c1ec37f6f1@example.gov.cn"


def test_message_ids_tell_everything_apart() -> None:
    others = [
        replace(PLANNED, schedule="weekly"), replace(PLANNED, due=AT + WEEK), replace(PLANNED, kind="extra"),
        replace(PLANNED, domain="other.example.gov.cn"),
    ]  # fmt: skip
    made = {
        box.message_id_of(planned, recipient, recipient.audience)
        for planned in (PLANNED, *others)
        for recipient in PLANNED.recipients
    }
    assert len(made) == 15


def test_the_newest_due_moment_is_known_made_or_skipped(outbox: Outbox) -> None:
    assert box.last_due(outbox, "monthly") is None
    planned_issue(outbox)
    planned_issue(outbox, later(3, "extra"))
    assert box.last_due(outbox, "monthly") == AT
    box.skip_issue(outbox, "monthly", AT + WEEK, entry())
    assert box.last_due(outbox, "monthly") == AT + WEEK
    assert box.last_due(outbox, "weekly") is None


def test_issues_can_be_chosen_by_state_and_schedule(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    box.skip_issue(outbox, "weekly", AT, entry())
    assert box.issues(outbox, states=("planned",)) == (issue,)
    assert [row.state for row in box.issues(outbox, schedule="weekly")] == ["skipped"]


def test_what_is_not_there_is_named(outbox: Outbox) -> None:
    with pytest.raises(OutboxError, match="there is no issue nothing"):
        box.issue_named(outbox, "nothing")
    with pytest.raises(OutboxError, match="there is no delivery 7"):
        box.delivery(outbox, 7)
    with pytest.raises(OutboxError, match="there is no issue 7"):
        box.cancel_issue(outbox, 7, entry())


def test_planning_is_in_the_history(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    first, *rest = box.history(outbox, issue=issue.id)
    assert (first.by, first.at, first.before, first.after, first.delivery) == ("planner", AT, None, "planned", None)
    assert first.detail == {"number": 1, "total": 1, "late": 0}
    assert [(row.delivery, row.after) for row in rest] == [(1, "planned"), (2, "planned"), (3, "planned")]
    assert state(outbox) == "planned"


def test_an_issue_of_many_cities_has_a_delivery_for_each_edition_of_each_reader(outbox: Outbox) -> None:
    cities = {ZHANG.destination: ("苏州", "广州"), LI.destination: ("苏州",), WANG.destination: ("广州",)}
    issue = planned_issue(outbox, replace(PLANNED, cities=cities))
    rows = box.deliveries(outbox)
    assert [(row.name, row.audience) for row in rows] == [
        ("zhang", "苏州/leaders"),
        ("zhang", "广州/leaders"),
        ("li", "苏州/leaders"),
        ("wang", "广州/bureau"),
    ]
    assert len({row.message_id for row in rows}) == 4
    editions = ("广州/bureau", "广州/leaders", "苏州/leaders")
    box.record_built(outbox, issue.id, built(audiences=editions), entry("builder"))
    assert [approval.audience for approval in box.approve(outbox, issue.id, entry("主任"))] == list(editions)
    assert states(outbox) == ["approved"] * 4
    box.reopen(outbox, issue.id, entry("李"))
    with pytest.raises(OutboxError, match="nothing was built for 苏州/leaders"):
        box.record_built(outbox, issue.id, built(audiences=editions[:2]), entry("builder"))
    assert {row.digest for row in box.deliveries(outbox)} == {None}
