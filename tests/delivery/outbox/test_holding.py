"""One process at a time builds an issue, on SQLite and on PostgreSQL; the others go on with other issues."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import open_outbox
from clusterreport.errors import OutboxError
from clusterreport.locks import BusyError
from tests.delivery.faults import processes
from tests.delivery.faults.processes import Job, started
from tests.delivery.sample import AT, PLANNED, after, entry, one_approved, planned_issue, states

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.delivery.outbox import Hold, IssueRow, Outbox
    from clusterreport.settings.delivery import Delivery
    from tests.delivery.faults.processes import Worker

pytestmark = pytest.mark.slow


@pytest.fixture
def issue(outbox: Outbox) -> IssueRow:
    return planned_issue(outbox)


@pytest.fixture
def holder(store: Delivery, issue: IssueRow) -> Iterator[Worker]:
    """Return a process that holds the issue until it is told to go on, or is killed."""
    worker = started(processes.hold, Job(store, happening="told to wait", point="issue held"), issue.id)
    assert worker.reaches()
    yield worker
    worker.kill()


@pytest.mark.usefixtures("holder")
def test_a_second_process_does_not_get_what_another_holds(outbox: Outbox, issue: IssueRow) -> None:
    with (
        pytest.raises(BusyError, match="another process has been at issue 2025-11-03-monthly"),
        box.holding(outbox, issue, patience=0.2),
    ):
        pytest.fail("two hold one issue")


@pytest.mark.usefixtures("holder")
def test_another_issue_is_free_meanwhile(outbox: Outbox) -> None:
    other = planned_issue(outbox, replace(PLANNED, due=after(60), name="another"))
    with box.holding(outbox, other, patience=0) as hold:
        hold.check()


@pytest.mark.usefixtures("holder")
def test_the_outbox_itself_is_free_meanwhile(outbox: Outbox, issue: IssueRow) -> None:
    box.note(outbox, issue, box.AuditEntry("王", AT, "while it is held"))
    assert box.history(outbox)[-1].reason == "while it is held"


def test_who_waits_gets_it_when_the_other_is_done(outbox: Outbox, issue: IssueRow, holder: Worker) -> None:
    holder.job.go_on.set()
    with box.holding(outbox, issue, patience=30) as hold:
        hold.check()
    assert holder.ended() == 0


def test_a_killed_process_holds_nothing(outbox: Outbox, issue: IssueRow, holder: Worker) -> None:
    assert holder.kill()
    with box.holding(outbox, issue, patience=30):
        pass


def test_it_is_let_go_whatever_happens_within(outbox: Outbox, issue: IssueRow) -> None:
    with pytest.raises(ZeroDivisionError), box.holding(outbox, issue, patience=0):
        raise ZeroDivisionError
    with box.holding(outbox, issue, patience=0):
        pass


def test_a_hold_that_the_server_has_lost_is_found_out(outbox: Outbox, issue: IssueRow) -> None:
    if outbox.engine.dialect.name == "sqlite":
        with box.holding(outbox, issue, patience=0) as hold:
            hold.check()  # the system keeps the lock on a file
        return
    with pytest.raises(OutboxError, match="the outbox cannot be used"), box.holding(outbox, issue, patience=0) as hold:
        end_sessions_and_check(outbox, hold)
    with box.holding(outbox, issue, patience=5) as hold:
        hold.check()


def end_sessions_and_check(outbox: Outbox, hold: Hold) -> None:
    with outbox.reading() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"))
    hold.check()


def test_a_sender_that_is_faster_than_a_rebuild_wins(store: Delivery) -> None:
    """It has written its marker, which nobody sees yet: the rebuild waits for it, and is then refused."""
    with open_outbox(store) as outbox:
        issue = one_approved(outbox)
        sender = started(processes.mark, Job(store, happening="told to wait", point="marker about to commit"))
        assert sender.reaches()
        later = threading.Timer(1, sender.job.go_on.set)
        later.start()
        with pytest.raises(OutboxError, match="an issue has one version"):
            box.reopen(outbox, issue.id, entry())
        later.join()
        assert sender.ended() == 0
        assert states(outbox) == ["sending"]
