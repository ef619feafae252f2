"""The worker takes what is due through the gate, and makes of every ending what it is."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.delivery import outbox as box
from clusterreport.delivery.channels import DeferredError, RefusedError, UncertainError
from clusterreport.delivery.channels.folder import FolderChannel
from clusterreport.delivery.channels.mail import MailChannel
from clusterreport.delivery.outbox import open_outbox
from clusterreport.delivery.worker import DeliveryWorker, GateError, Pacing
from clusterreport.errors import OutboxError, UsageError
from clusterreport.settings.delivery import Delivery
from clusterreport.settings.recipients import Recipient
from tests.delivery.outgoing import loopback, open_gate, outgoing
from tests.delivery.sample import AT, NAME, PLANNED, ZHANG, after, approved_issue, built, entry, one_approved, state
from tests.delivery.sink import listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterreport.delivery.outbox import DeliveryRow, Outbox
    from clusterreport.delivery.outgoing import OutgoingMessage

PACING = Pacing(attempts=3)


@dataclass
class Watch:
    """A clock that stands until somebody moves it."""

    minutes: float = 0

    def __call__(self) -> dt.datetime:
        return after(self.minutes)


@dataclass
class Acted:
    """A channel that ends as it is told, before or after the marker; it stands in for no real one's behaviour."""

    ending: Exception | None = None
    marks: bool = True
    outgoing_messages: list[OutgoingMessage] = field(default_factory=list)

    def deliver(self, outgoing: OutgoingMessage, commit: Callable[[], None]) -> str:
        self.outgoing_messages.append(outgoing)
        if self.marks:
            commit()
        if self.ending:
            raise self.ending
        return "250 ok"


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with open_outbox(Delivery(tmp_path / "outbox.db", tmp_path)) as opened:
        yield opened


@pytest.fixture
def watch() -> Watch:
    return Watch()


def worker(outbox: Outbox, channel: Acted, watch: Watch) -> DeliveryWorker:
    return DeliveryWorker(outbox, open_gate, {"mail": channel}, watch, "the worker", PACING)


def test_everything_that_is_due_is_delivered(outbox: Outbox, watch: Watch) -> None:
    approved_issue(outbox)
    channel = Acted()
    assert worker(outbox, channel, watch).run() == {"sent": 3}
    assert [each.recipient.destination for each in channel.outgoing_messages] == [
        row.destination for row in PLANNED.recipients
    ]
    assert worker(outbox, channel, watch).deliver_one() is None


@pytest.mark.parametrize(
    ("ending", "marks", "then"),
    [
        (None, True, "sent"),
        (None, False, "uncertain"),
        (RefusedError("550"), False, "failed"),
        (RefusedError("554"), True, "failed"),
        (DeferredError("451"), False, "approved"),
        (DeferredError("452"), True, "approved"),
        (UncertainError("cut off"), True, "uncertain"),
        (ZeroDivisionError(), False, "approved"),
        (ZeroDivisionError(), True, "uncertain"),
    ],
)
def test_every_ending_leads_to_its_state(
    outbox: Outbox, watch: Watch, ending: Exception | None, *, marks: bool, then: str
) -> None:
    one_approved(outbox)
    outcome = worker(outbox, Acted(ending, marks), watch).deliver_one()
    assert outcome is not None
    assert (outcome.state, state(outbox)) == (then, then)


def test_what_is_deferred_comes_back_at_its_time_and_is_given_up_in_the_end(outbox: Outbox, watch: Watch) -> None:
    one_approved(outbox)
    channel = Acted(DeferredError("451 later"), marks=False)
    for attempt in (1, 2):
        assert worker(outbox, channel, watch).run() == {"approved": 1}
        row = box.delivery(outbox, 1)
        assert row.next_at == watch() + PACING.pause(row.message_id, attempt)
        watch.minutes = (row.next_at - AT) / dt.timedelta(minutes=1)
    assert worker(outbox, channel, watch).run() == {"failed": 1}
    assert box.delivery(outbox, 1).reply == "given up after 3 attempts: 451 later"


def test_what_loses_every_sender_is_given_up_in_the_end(outbox: Outbox, watch: Watch) -> None:
    one_approved(outbox)
    for attempt in range(PACING.attempts):
        assert box.claim(outbox, "a sender that is killed", after(20 * attempt), PACING.lease)
    watch.minutes = 20 * PACING.attempts
    channel = Acted()
    assert worker(outbox, channel, watch).run() == {"failed": 1}
    assert channel.outgoing_messages == []


@pytest.mark.parametrize(("final", "then"), [(True, "failed"), (False, "approved")])
def test_what_the_gate_keeps_back_is_not_handed_over(outbox: Outbox, watch: Watch, *, final: bool, then: str) -> None:
    def gate(_row: DeliveryRow) -> OutgoingMessage:
        raise GateError("the document bears 机密", final=final)

    one_approved(outbox)
    channel = Acted()
    assert replace(worker(outbox, channel, watch), gate=gate).run() == {then: 1}
    row = box.delivery(outbox, 1)
    assert (channel.outgoing_messages, row.reply) == ([], "the document bears 机密")
    assert row.attempts == (1 if final else 0)


def test_what_stops_everything_is_raised_and_nothing_is_lost(outbox: Outbox, watch: Watch) -> None:
    approved_issue(outbox)
    refused = UsageError("clusterreport.toml, mail.password", "the server refuses it", "Check it.")
    channel = Acted(refused, marks=False)
    with pytest.raises(UsageError, match="the server refuses it"):
        worker(outbox, channel, watch).run()
    row = box.delivery(outbox, 1)
    assert (len(channel.outgoing_messages), row.state, row.attempts) == (1, "approved", 0)
    assert box.tally(outbox) == {"approved": 3}


def test_a_rebuild_at_the_last_moment_stops_the_sender(outbox: Outbox, watch: Watch) -> None:
    issue = one_approved(outbox)

    def gate(row: DeliveryRow) -> OutgoingMessage:
        box.record_built(outbox, issue.id, built(2, ("leaders",)), entry())
        return open_gate(row)

    assert replace(worker(outbox, Acted(), watch), gate=gate).run() == {"approved": 1}
    assert state(outbox) == "built"


def test_an_outbox_that_cannot_be_written_stops_the_sender_before_the_last_step(
    outbox: Outbox, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_approved(outbox)

    def full(*_: object) -> None:
        raise OutboxError(outbox.place, "the disk is full", "Make room.")

    monkeypatch.setattr(box, "commit_marker", full)
    with pytest.raises(OutboxError, match="the disk is full"):
        worker(outbox, Acted(), watch).run()
    assert state(outbox) == "approved"


def test_a_mailbox_and_a_folder_are_reached_by_their_channels(tmp_path: Path, outbox: Outbox, watch: Watch) -> None:
    share = tmp_path / "share"
    share.mkdir()
    folder = Recipient("共享盘", "bureau", folder=share)

    def gate(row: DeliveryRow) -> OutgoingMessage:
        recipient = folder if row.destination == str(share) else ZHANG
        return outgoing(recipient, row.message_id, row.attempts)

    approved_issue(outbox, replace(PLANNED, recipients=(ZHANG, folder)))
    with listening() as sink, MailChannel(loopback(sink.port)) as mail:
        carried = DeliveryWorker(outbox, gate, {"mail": mail, "folder": FolderChannel()}, watch, "the worker")
        assert carried.run() == {"sent": 2}
        assert sink.times == {box.delivery(outbox, 1).message_id: 1}
    assert (share / NAME / "bureau").is_dir()


def test_the_log_tells_what_happened_and_no_content(
    outbox: Outbox, watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    one_approved(outbox)
    worker(outbox, Acted(), watch).run()
    row = box.delivery(outbox, 1)
    assert caplog.messages == [f"delivery 1 of {NAME}, attempt 1: sent (250 ok) <{row.message_id}>"]


@given(st.text(max_size=20), st.integers(1, 12))
def test_pauses_grow_from_a_minute_to_an_hour(message_id: str, attempt: int) -> None:
    pause = Pacing().pause(message_id, attempt)
    assert dt.timedelta(minutes=1) <= pause <= dt.timedelta(hours=1)
    assert pause == Pacing().pause(message_id, attempt)
    assert pause <= Pacing().pause(message_id, attempt + 1) or pause == Pacing().longest


def test_not_all_come_back_at_once() -> None:
    assert len({Pacing().pause(f"{number}@example.gov.cn", 4) for number in range(100)}) > 50
