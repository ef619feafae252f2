"""A clock that is a day wrong, a disk that is full, a database that goes away: nothing is lost, doubled or made up."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import open_outbox
from clusterreport.errors import OutboxError
from clusterreport.settings.delivery import Delivery
from tests.delivery import postgresql
from tests.delivery.faults import processes
from tests.delivery.faults.judging import judged
from tests.delivery.faults.processes import DISK_FULL, Job, later, run, started
from tests.delivery.faults.test_kills import AFTER_THE_LEASE, KILLED, asleep_sender, wake
from tests.delivery.faults.test_storms import crowd
from tests.delivery.sample import approved_issue, built, entry, planned_issue
from tests.delivery.sink import listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.delivery.sink import Sink

pytestmark = pytest.mark.slow
DAY = 24 * 60


@pytest.fixture
def sink() -> Iterator[Sink]:
    with listening() as server:
        yield server


@pytest.fixture
def ready(store: Delivery) -> Delivery:
    with open_outbox(store) as outbox:
        approved_issue(outbox)
    return store


@pytest.fixture
def file(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path / "outbox.db", tmp_path)


@pytest.mark.parametrize("days", [-1, 1])
def test_the_clock_of_a_sender_is_a_day_wrong(ready: Delivery, sink: Sink, days: int) -> None:
    """One sender dies with its claim, another with its marker; then come senders whose clocks are right."""
    wrong = days * DAY
    for point in ("claim committed", "marker committed"):
        assert run(processes.send, Job(ready, sink.port, "killed", point, minutes=wrong)) == KILLED
    assert run(processes.send, Job(ready, sink.port, minutes=wrong)) == 0
    for minutes in (0, AFTER_THE_LEASE, DAY + AFTER_THE_LEASE):
        assert run(processes.send, Job(ready, sink.port, minutes=minutes)) == 0
    assert judged("clock-a-day-wrong", ready, sink.times, uncertain=(1, 1)).sent == 2


def test_a_clock_that_is_a_day_fast_takes_a_delivery_from_a_living_sender(ready: Delivery, sink: Sink) -> None:
    asleep = asleep_sender(Job(ready, sink.port, "stopped", "marker committed"))
    assert run(processes.send, Job(ready, sink.port, minutes=DAY)) == 0
    wake(asleep)
    assert judged("clock-jumps", ready, sink.times).sent == 3


def test_the_disk_is_full_before_the_marker(file: Delivery, sink: Sink) -> None:
    with open_outbox(file) as outbox:
        approved_issue(outbox)
    job = Job(file, sink.port, "disk full", "recipient accepted")
    assert run(processes.send, job) == DISK_FULL
    assert sink.received == []
    assert run(processes.send, later(job, AFTER_THE_LEASE)) == 0
    assert judged("disk-full-before-marker", file, sink.times).sent == 3


@pytest.mark.parametrize("point", ["marker committed", "reply read"])
def test_the_disk_is_full_after_the_marker(file: Delivery, sink: Sink, point: str) -> None:
    with open_outbox(file) as outbox:
        approved_issue(outbox)
    job = Job(file, sink.port, "disk full", point)
    assert run(processes.send, job) == DISK_FULL
    assert len(sink.received) == 1
    assert run(processes.send, later(job, AFTER_THE_LEASE)) == 0
    assert judged("disk-full-after-marker", file, sink.times, uncertain=(1, 1)).sent == 2


def test_a_full_disk_leaves_no_half_of_an_issue(file: Delivery) -> None:
    with open_outbox(file) as outbox:
        with outbox.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
        with pytest.raises(OutboxError, match="the outbox cannot be used: database or disk is full"):
            planned_issue(outbox, crowd(5000))
    with open_outbox(file) as outbox:
        assert (box.issues(outbox), box.deliveries(outbox), box.history(outbox)) == ((), (), ())
        assert planned_issue(outbox, crowd(5000)).number == 1


def test_a_full_disk_voids_nothing(file: Delivery) -> None:
    with open_outbox(file) as outbox:
        issue = approved_issue(outbox, crowd(1000))
        with outbox.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OutboxError, match="disk is full"):
            box.record_built(outbox, issue.id, built(2), entry())
        assert box.tally(outbox) == {"approved": 1000}
        assert box.approval(outbox, issue.id, "leaders") is not None


@pytest.mark.parametrize(
    ("case", "point", "uncertain"),
    [
        ("disk-full-before-marker", "recipient accepted", 0),
        ("disk-full-after-marker", "marker committed", 1),
        ("disk-full-after-marker", "reply read", 1),
    ],
)
def test_the_disk_of_the_database_server_is_full(
    tmp_path: Path, sink: Sink, case: str, point: str, uncertain: int
) -> None:
    """Neither tables nor transactions can be written: it goes down, and is started again when there is room."""
    with postgresql.running() as server:
        store = Delivery(server.create("outbox"), tmp_path)
        with open_outbox(store) as outbox:
            approved_issue(outbox)
        job = Job(store, sink.port, "told to wait", point)
        sender = started(processes.send, job)
        assert sender.reaches()
        server.fill_disk()
        job.go_on.set()
        assert (sender.ended(), len(sink.received)) == (DISK_FULL, uncertain)
        server.start_again()
        assert run(processes.send, later(job, AFTER_THE_LEASE)) == 0
        judged(case, store, sink.times, uncertain=(uncertain, uncertain))


@pytest.mark.parametrize(
    ("case", "point", "uncertain"),
    [
        ("database-killed-before-marker", "recipient accepted", 0),
        ("database-killed-after-marker", "marker committed", 1),
    ],
)
def test_the_database_server_is_killed(tmp_path: Path, sink: Sink, case: str, point: str, uncertain: int) -> None:
    with postgresql.running() as server:
        store = Delivery(server.create("outbox"), tmp_path)
        with open_outbox(store) as outbox:
            approved_issue(outbox)
        job = Job(store, sink.port, "told to wait", point)
        sender = started(processes.send, job)
        assert sender.reaches()
        server.stop("immediate")
        job.go_on.set()
        assert (sender.ended(), len(sink.received)) == (DISK_FULL, uncertain)
        server.start()
        assert run(processes.send, later(job, AFTER_THE_LEASE)) == 0
        judged(case, store, sink.times, uncertain=(uncertain, uncertain))
