"""What people may do about a delivery, and what they may not; it bears their name and their reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import FencedError, Outcome
from clusterreport.delivery.outbox.backup import hold
from clusterreport.errors import OutboxError
from tests.delivery.sample import (
    NAME,
    PLANNED,
    ZHANG,
    after,
    approved_issue,
    built,
    built_issue,
    claimed,
    entry,
    one_approved,
    planned_issue,
    state,
    states,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.delivery.outbox import Outbox


def end(outbox: Outbox, outcome: Outcome) -> None:
    taken = claimed(outbox, 1)
    box.commit_marker(outbox, taken, after(1))
    box.finish(outbox, taken, outcome, after(2))


def sent(outbox: Outbox) -> None:
    end(outbox, Outcome("sent", "250 queued"))


def failed(outbox: Outbox) -> None:
    end(outbox, Outcome("failed", "550 no such user"))


def uncertain(outbox: Outbox) -> None:
    end(outbox, Outcome("uncertain", "no reply"))


def test_a_doubt_can_be_ended_as_sent(outbox: Outbox) -> None:
    one_approved(outbox)
    uncertain(outbox)
    box.resolve(outbox, 1, "sent", entry("an operator", 3, "it is in the mailbox"))
    assert (state(outbox), box.issue_named(outbox, NAME).state) == ("sent", "closed")
    line = next(row for row in box.history(outbox, delivery=1) if row.after == "sent")
    assert (line.by, line.before, line.reason) == ("an operator", "uncertain", "it is in the mailbox")


def test_a_doubt_can_be_ended_by_sending_again(outbox: Outbox) -> None:
    one_approved(outbox)
    uncertain(outbox)
    before = box.delivery(outbox, 1)
    box.resolve(outbox, 1, "resend", entry(minutes=3))
    again = claimed(outbox, 4).delivery
    assert (again.message_id, again.attempts, again.fence) == (before.message_id, 1, before.fence + 2)


def test_what_is_sent_again_and_nobody_has_approved_needs_an_approval(outbox: Outbox) -> None:
    issue = built_issue(outbox, replace(PLANNED, recipients=(ZHANG,)))
    hold(outbox, entry())
    with pytest.raises(OutboxError, match="may have gone"):
        box.record_built(outbox, issue.id, built(2, ("leaders",)), entry())
    box.resolve(outbox, 1, "resend", entry(minutes=3))
    assert state(outbox) == "built"
    box.record_built(outbox, issue.id, built(2, ("leaders",)), entry())  # it never left, by the word of a person


@pytest.mark.parametrize("verdict", ["sent", "resend"])
def test_only_a_doubt_can_be_resolved(outbox: Outbox, verdict: Literal["sent", "resend"]) -> None:
    one_approved(outbox)
    sent(outbox)
    with pytest.raises(OutboxError, match="delivery 1: it is sent, not uncertain"):
        box.resolve(outbox, 1, verdict, entry())
    assert state(outbox) == "sent"


def test_only_who_did_not_get_it_gets_it_again(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    sent(outbox)
    failed(outbox)
    uncertain(outbox)
    assert box.resend(outbox, issue.id, entry("an operator", 3)) == (2,)
    assert states(outbox) == ["sent", "approved", "uncertain"]
    assert box.delivery(outbox, 2).attempts == 0


def test_a_closed_issue_is_open_again_while_something_goes_again(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    failed(outbox)
    assert box.issue_named(outbox, NAME).state == "closed"
    box.resend(outbox, issue.id, entry(minutes=3))
    assert box.issue_named(outbox, NAME).state == "approved"


def test_some_may_be_chosen_to_get_it_again(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    for _ in range(3):
        failed(outbox)
    assert box.resend(outbox, issue.id, entry(minutes=3), only=[]) == ()
    assert box.resend(outbox, issue.id, entry(minutes=3), only=[3]) == (3,)
    assert states(outbox) == ["failed", "failed", "approved"]


def test_an_issue_that_was_given_up_is_not_sent_again(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    box.cancel_issue(outbox, issue.id, entry())
    with pytest.raises(OutboxError, match=f"issue {NAME}: it is cancelled, so that nothing of it can be sent again"):
        box.resend(outbox, issue.id, entry())


def test_a_recipient_can_be_taken_out(outbox: Outbox) -> None:
    approved_issue(outbox)
    box.cancel_delivery(outbox, 2, entry("an operator", reason="he has retired"))
    assert states(outbox) == ["approved", "cancelled", "approved"]


def test_a_sender_is_stopped_before_the_last_step(outbox: Outbox) -> None:
    one_approved(outbox)
    taken = claimed(outbox)
    box.cancel_delivery(outbox, 1, entry())
    with pytest.raises(FencedError):
        box.commit_marker(outbox, taken, after(1))
    assert state(outbox) == "cancelled"


@pytest.mark.parametrize("ending", [sent, uncertain, failed])
def test_it_is_too_late_to_take_out_who_may_have_got_it(outbox: Outbox, ending: Callable[[Outbox], None]) -> None:
    one_approved(outbox)
    ending(outbox)
    before = state(outbox)
    with pytest.raises(OutboxError, match=f"delivery 1: it is {before}, too late to cancel"):
        box.cancel_delivery(outbox, 1, entry())
    assert state(outbox) == before


def test_it_is_too_late_once_the_marker_is_set(outbox: Outbox) -> None:
    one_approved(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(1))
    with pytest.raises(OutboxError, match="it is sending, too late to cancel"):
        box.cancel_delivery(outbox, 1, entry())


def test_an_issue_that_is_given_up_keeps_what_was_sent(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    sent(outbox)
    taken = claimed(outbox, 1)
    box.commit_marker(outbox, taken, after(1))
    assert box.cancel_issue(outbox, issue.id, entry()) == (3,)
    assert states(outbox) == ["sent", "sending", "cancelled"]
    box.finish(outbox, taken, Outcome("approved", "451 later", after(5)), after(2))
    assert states(outbox) == ["sent", "cancelled", "cancelled"]
    assert box.issue_named(outbox, NAME).state == "cancelled"


def test_an_issue_is_given_up_once(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    box.cancel_issue(outbox, issue.id, entry())
    with pytest.raises(OutboxError, match="it is cancelled, and cannot be cancelled"):
        box.cancel_issue(outbox, issue.id, entry())


def test_a_note_changes_nothing_but_the_history(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    box.note(outbox, issue, entry("the planner", reason="the build failed"), {"problems": 3})
    line = box.history(outbox)[-1]
    assert (line.before, line.after, line.reason, line.detail) == (
        "planned", "planned", "the build failed", {"problems": 3},
    )  # fmt: skip
    assert box.issue_named(outbox, NAME) == issue
