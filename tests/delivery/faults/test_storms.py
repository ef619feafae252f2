"""Senders that are killed at random, and many senders and planners at once."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import open_outbox
from tests.delivery.faults import processes
from tests.delivery.faults.judging import judged, planned_once
from tests.delivery.faults.processes import Job, run, started
from tests.delivery.faults.test_kills import KILLED
from tests.delivery.sample import AT, PLANNED, approved_issue, mailbox
from tests.delivery.sink import listening

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import PlannedIssue
    from clusterreport.settings.delivery import Delivery

pytestmark = pytest.mark.slow
SEED = 20261102
STORM, SENDERS, PLANNERS = 240, 5, 6
LEASE = 1.5


def crowd(size: int) -> PlannedIssue:
    return replace(PLANNED, recipients=tuple(mailbox(f"reader{number}") for number in range(size)))


def open_deliveries(store: Delivery) -> int:
    with open_outbox(store) as outbox:
        tally = box.tally(outbox)
    return tally.get("approved", 0) + tally.get("sending", 0)


def test_senders_are_killed_at_random(store: Delivery) -> None:
    """At random points by themselves, and one in three from outside at a random moment."""
    with open_outbox(store) as outbox:
        approved_issue(outbox, crowd(STORM))
    chance = random.Random(SEED)  # noqa: S311 -- no secret
    killed = 0
    with listening() as sink:
        while open_deliveries(store):
            passes = [chance.randint(1, 150) for _ in range(3)]
            jobs = [Job(store, sink.port, point="claim committed", lease=LEASE, passes=each) for each in passes]
            first, *others = [started(processes.send, job) for job in jobs]
            first.reaches()
            first.ended(chance.uniform(0, 0.3))
            killed += first.kill() + sum(other.ended() == KILLED for other in others)
        assert killed >= 20
        result = judged("storm", store, sink.times, uncertain=(0, killed))
    assert result.sent + result.uncertain == STORM


def test_five_senders_race(store: Delivery) -> None:
    with open_outbox(store) as outbox:
        approved_issue(outbox, crowd(100))
    with listening() as sink:
        job = Job(store, sink.port)
        senders = [started(processes.send, job) for _ in range(SENDERS)]
        assert [sender.ended() for sender in senders] == [0] * SENDERS
        assert judged("five-senders", store, sink.times).sent == 100


def test_six_planners_race(store: Delivery) -> None:
    week = dt.timedelta(weeks=1)
    issues = [replace(crowd(20), due=AT + number * week, name=f"issue-{number}") for number in range(6)]
    open_outbox(store).close()
    planners = [started(processes.plan, Job(store), *issues) for _ in range(PLANNERS)]
    assert [planner.ended() for planner in planners] == [0] * PLANNERS
    with open_outbox(store) as outbox:
        made = box.issues(outbox)
        assert [(issue.name, issue.number, issue.total) for issue in made] == [
            (f"issue-{number}", number + 1, number + 1) for number in range(6)
        ]
    planned_once(store, issues)
    with listening() as sink:
        assert run(processes.send, Job(store, sink.port)) == 0
        assert judged("six-planners", store, sink.times).sent == 6 * 20


def test_six_planners_race_to_make_the_outbox(store: Delivery) -> None:
    planners = [started(processes.plan, Job(store), PLANNED) for _ in range(PLANNERS)]
    assert [planner.ended() for planner in planners] == [0] * PLANNERS
    with open_outbox(store) as outbox:
        assert len(box.issues(outbox)) == 1
