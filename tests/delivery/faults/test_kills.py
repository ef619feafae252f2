"""A process killed at any step, or stopped for longer than its lease, loses nothing and doubles nothing."""

from __future__ import annotations

import signal
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import open_outbox
from tests.delivery.faults import processes
from tests.delivery.faults.judging import judged, planned_once
from tests.delivery.faults.processes import Job, Worker, later, run, started
from tests.delivery.sample import PLANNED, approved_issue, built_issue
from tests.delivery.sink import listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.settings.delivery import Delivery
    from tests.delivery.sink import Sink

pytestmark = pytest.mark.slow
KILLED = -signal.SIGKILL
AFTER_THE_LEASE = 16


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as server:
        yield server


@pytest.fixture
def ready(store: Delivery) -> Delivery:
    """Return an outbox in which three deliveries may go."""
    with open_outbox(store) as outbox:
        approved_issue(outbox)
    return store


@pytest.mark.parametrize("point", processes.PLANNING)
def test_a_planner_is_killed(store: Delivery, sink: Sink, point: str) -> None:
    job = Job(store, sink.port, "killed", point)
    assert run(processes.plan, job, PLANNED) == KILLED
    assert run(processes.plan, later(job, 1), PLANNED) == 0
    with open_outbox(store) as outbox:
        assert [(issue.number, issue.total) for issue in box.issues(outbox)] == [(1, 1)]
    planned_once(store, [PLANNED])
    assert run(processes.send, later(job, 2)) == 0
    assert judged("kill-plan", store, sink.times).sent == 3


@pytest.mark.parametrize("point", processes.BUILDING)
def test_a_builder_is_killed(store: Delivery, sink: Sink, point: str) -> None:
    job = Job(store, sink.port, "killed", point)
    assert run(processes.plan, later(job, 0), PLANNED) == 0
    assert run(processes.build, job, 1) == KILLED
    assert run(processes.send, later(job, 1)) == 0
    assert sink.received == []
    for work in (processes.build, processes.approve):
        assert run(work, later(job, 2), 1) == 0
    assert run(processes.send, later(job, 3)) == 0
    assert judged("kill-build", store, sink.times).sent == 3


@pytest.mark.parametrize("point", processes.APPROVING)
def test_an_approval_is_killed(store: Delivery, sink: Sink, point: str) -> None:
    with open_outbox(store) as outbox:
        built_issue(outbox)
    job = Job(store, sink.port, "killed", point)
    assert run(processes.approve, job, 1) == KILLED
    assert run(processes.send, later(job, 1)) == 0
    assert len(sink.received) == (3 if point == "approve committed" else 0)
    run(processes.approve, later(job, 2), 1)
    assert run(processes.send, later(job, 3)) == 0
    assert judged("kill-approve", store, sink.times).sent == 3


@pytest.mark.parametrize("point", [*processes.BEFORE_THE_MARKER, *processes.AFTERWARDS])
def test_a_sender_is_killed_where_there_is_no_doubt(ready: Delivery, sink: Sink, point: str) -> None:
    job = Job(ready, sink.port, "killed", point)
    assert run(processes.send, job) == KILLED
    assert run(processes.send, later(job, AFTER_THE_LEASE)) == 0
    assert judged("kill-before-marker", ready, sink.times).sent == 3


@pytest.mark.parametrize("point", processes.IN_DOUBT)
def test_a_sender_is_killed_where_there_is_a_doubt(ready: Delivery, sink: Sink, point: str) -> None:
    job = Job(ready, sink.port, "killed", point)
    assert run(processes.send, job) == KILLED
    assert run(processes.send, later(job, AFTER_THE_LEASE)) == 0
    assert judged("kill-after-marker", ready, sink.times, uncertain=(1, 1)).sent == 2


@pytest.mark.parametrize("point", ["claim committed", "body sent"])
def test_a_sender_sleeps_through_its_lease_before_the_marker(ready: Delivery, sink: Sink, point: str) -> None:
    asleep = asleep_sender(Job(ready, sink.port, "stopped", point))
    assert run(processes.send, later(Job(ready, sink.port), AFTER_THE_LEASE)) == 0
    wake(asleep)
    assert judged("stop-before-marker", ready, sink.times).sent == 3


def test_a_sender_sleeps_through_its_lease_after_the_marker(ready: Delivery, sink: Sink) -> None:
    asleep = asleep_sender(Job(ready, sink.port, "stopped", "marker committed"))
    assert run(processes.send, later(Job(ready, sink.port), AFTER_THE_LEASE)) == 0
    with open_outbox(ready) as outbox:
        assert [row.state for row in box.deliveries(outbox)].count("uncertain") == 1
    wake(asleep)  # it sends its dot, and may say so
    assert judged("stop-after-marker", ready, sink.times).sent == 3


def test_two_senders_sleep_through_their_leases(ready: Delivery, sink: Sink) -> None:
    job = Job(ready, sink.port, "stopped", "body sent")
    first = asleep_sender(job)
    second = asleep_sender(replace(later(job, AFTER_THE_LEASE), happening="stopped", point="body sent"))
    wake(first)
    with open_outbox(ready) as outbox:
        assert box.tally(outbox)["sending"] == 1
    assert max(sink.times.values(), default=0) <= 1
    wake(second)
    assert run(processes.send, later(job, 3 * AFTER_THE_LEASE)) == 0
    assert judged("two-asleep", ready, sink.times).sent == 3


def asleep_sender(job: Job) -> Worker:
    sender = started(processes.send, job)
    assert sender.reaches()
    return sender


def wake(sender: Worker) -> None:
    sender.wake()
    assert sender.ended() == 0
