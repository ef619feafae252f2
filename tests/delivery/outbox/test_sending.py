"""A claim is a lease with a fence: a lost sender loses nothing, and what may have gone never goes again by itself."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import FencedError, Outcome
from tests.delivery.sample import (
    LEASE,
    NAME,
    after,
    approved_issue,
    claimed,
    entry,
    one_approved,
    state,
    states,
)

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import Outbox

SENT = Outcome("sent", "250 queued")
FAILED = Outcome("failed", "550 no such user")
UNCERTAIN = Outcome("uncertain", "the connection was lost")
EXPIRED = 16


def deferred(minutes: float) -> Outcome:
    return Outcome("approved", "451 later", after(minutes))


def test_a_claim_is_nobody_elses(outbox: Outbox) -> None:
    one_approved(outbox)
    taken = claimed(outbox)
    row = taken.delivery
    assert (row.state, row.attempts, row.fence, row.committed, row.lease_until) == ("sending", 1, 1, False, after(15))
    assert box.claim(outbox, "another", after(1), LEASE) is None


def test_what_has_been_due_longest_goes_first(outbox: Outbox) -> None:
    approved_issue(outbox)
    box.finish(outbox, claimed(outbox), deferred(5), after(0))
    assert [claimed(outbox, 6).delivery.id for _ in range(3)] == [2, 3, 1]


def test_nothing_that_is_not_approved_is_claimed(outbox: Outbox) -> None:
    one_approved(outbox)
    box.cancel_delivery(outbox, 1, entry())
    assert box.claim(outbox, "a sender", after(60), LEASE) is None


def test_a_sent_delivery_is_over(outbox: Outbox) -> None:
    one_approved(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(1))
    assert box.finish(outbox, taken, SENT, after(2))
    assert (state(outbox), box.delivery(outbox, 1).reply) == ("sent", "250 queued")
    assert box.issue_named(outbox, NAME).state == "closed"
    assert box.claim(outbox, "a sender", after(6000), LEASE) is None


def test_nothing_is_sent_that_was_not_marked(outbox: Outbox) -> None:
    one_approved(outbox)
    assert not box.finish(outbox, claimed(outbox), SENT, after(1))
    assert state(outbox) == "sending"


def test_an_issue_is_closed_with_its_last_delivery(outbox: Outbox) -> None:
    approved_issue(outbox)
    for outcome in (FAILED, FAILED, deferred(1)):
        box.finish(outbox, claimed(outbox), outcome, after(0))
        assert box.issue_named(outbox, NAME).state == "approved"
    box.finish(outbox, claimed(outbox, 1), FAILED, after(1))
    assert box.issue_named(outbox, NAME).state == "closed"


def test_a_deferred_delivery_waits_for_its_time(outbox: Outbox) -> None:
    one_approved(outbox)
    box.finish(outbox, claimed(outbox), deferred(5), after(0))
    assert box.claim(outbox, "a sender", after(4), LEASE) is None
    again = claimed(outbox, 5)
    assert (again.delivery.attempts, again.fence) == (2, 2)


def test_an_attempt_that_never_began_is_not_counted(outbox: Outbox) -> None:
    one_approved(outbox)
    box.finish(outbox, claimed(outbox), Outcome("approved", "no password", after(5), counted=False), after(0))
    assert box.delivery(outbox, 1).attempts == 0


def test_the_marker_is_set_once(outbox: Outbox) -> None:
    one_approved(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(1))
    with pytest.raises(FencedError):
        box.commit_marker(outbox, taken, after(1))
    assert box.delivery(outbox, 1).lease_until == after(16)


def test_a_lost_sender_that_had_handed_nothing_over_is_replaced(outbox: Outbox) -> None:
    one_approved(outbox)
    lost = claimed(outbox)
    again = claimed(outbox, EXPIRED, "another")
    assert again.delivery.attempts == 2
    with pytest.raises(FencedError):
        box.commit_marker(outbox, lost, after(EXPIRED))
    box.commit_marker(outbox, again, after(EXPIRED))


def test_what_a_lost_sender_may_have_handed_over_is_uncertain(outbox: Outbox) -> None:
    one_approved(outbox)
    box.commit_marker(outbox, claimed(outbox), after(0))
    assert box.claim(outbox, "another", after(EXPIRED), LEASE) is None
    row = box.delivery(outbox, 1)
    assert (row.state, row.reply) == ("uncertain", "the sender was lost before a reply came")
    assert box.issue_named(outbox, NAME).state == "approved"


def test_leases_can_be_looked_after_without_a_claim(outbox: Outbox) -> None:
    approved_issue(outbox)
    box.commit_marker(outbox, claimed(outbox), after(0))
    claimed(outbox)
    assert box.release_expired(outbox, "a watch", after(14)) == 0
    assert box.release_expired(outbox, "a watch", after(EXPIRED)) == 2
    assert states(outbox) == ["uncertain", "approved", "approved"]


@pytest.mark.parametrize(("outcome", "then"), [(SENT, "sent"), (FAILED, "failed"), (deferred(30), "approved")], ids=str)
def test_a_lost_sender_that_comes_back_may_say_what_it_knows(outbox: Outbox, outcome: Outcome, then: str) -> None:
    one_approved(outbox)
    lost = claimed(outbox)
    box.commit_marker(outbox, lost, after(0))
    box.release_expired(outbox, "a watch", after(EXPIRED))
    assert box.finish(outbox, lost, outcome, after(EXPIRED + 1))
    assert state(outbox) == then


def test_after_somebody_has_decided_the_lost_sender_is_only_heard(outbox: Outbox) -> None:
    one_approved(outbox)
    lost = claimed(outbox)
    box.commit_marker(outbox, lost, after(0))
    box.release_expired(outbox, "a watch", after(EXPIRED))
    box.resolve(outbox, 1, "resend", entry("an operator", EXPIRED, "not in the mailbox"))
    assert not box.finish(outbox, lost, SENT, after(EXPIRED + 1))
    assert state(outbox) == "approved"
    said = box.history(outbox, delivery=1)[-1]
    assert (said.before, said.after, said.reason) == ("approved", "approved", "250 queued")
    assert said.detail == {"late": "sent", "fence": 1}


def test_a_fenced_sender_that_failed_is_only_heard(outbox: Outbox) -> None:
    one_approved(outbox)
    lost = claimed(outbox)
    claimed(outbox, EXPIRED, "another")
    assert not box.finish(outbox, lost, FAILED, after(EXPIRED))
    assert state(outbox) == "sending"


def test_an_uncertain_delivery_does_not_go_again_by_itself(outbox: Outbox) -> None:
    one_approved(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(0))
    box.finish(outbox, taken, UNCERTAIN, after(1))
    assert box.claim(outbox, "a sender", after(0) + dt.timedelta(days=365), LEASE) is None
    assert [row.message_id for row in box.deliveries(outbox, states=("uncertain",))] == [taken.delivery.message_id]


def test_deliveries_are_found_by_their_message_id(outbox: Outbox) -> None:
    approved_issue(outbox)
    wanted = box.delivery(outbox, 2)
    assert box.deliveries(outbox, message_id=wanted.message_id) == (wanted,)
    assert box.tally(outbox) == {"approved": 3}
