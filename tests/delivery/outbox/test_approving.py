"""An approval holds for exact bytes; whatever is built anew must be approved anew."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import FencedError, FileRow, Outcome
from clusterreport.errors import OutboxError
from tests.delivery.sample import (
    AT,
    NAME,
    PLANNED,
    after,
    approved_issue,
    built,
    built_issue,
    claimed,
    deed,
    one_approved,
    planned_issue,
    state,
    states,
)

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import Outbox


def rebuild(outbox: Outbox, issue: int, audiences: tuple[str, ...] = ("leaders",)) -> None:
    box.record_built(outbox, issue, built(2, audiences), deed("builder", 1))


def test_what_was_built_is_known_by_its_hashes(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    assert (issue.state, states(outbox)) == ("built", ["built", "built", "built"])
    assert box.files(outbox, issue.id) == built()
    assert box.files(outbox, issue.id, "leaders") == built(audiences=("leaders",))


def test_a_digest_is_that_of_the_sorted_list_of_files() -> None:
    files = [FileRow("leaders", "b.pdf", "2" * 64, 1), FileRow("leaders", "a.pdf", "3" * 64, 1)]
    listed = f"{'2' * 64}  b.pdf\n{'3' * 64}  a.pdf\n"
    assert box.digest_of(files) == hashlib.sha256(listed.encode()).hexdigest()


def test_an_approval_names_the_digest_of_the_files(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    approvals = box.approve(outbox, issue.id, deed("the director"))
    assert [(given.audience, given.by, given.at, given.void) for given in approvals] == [
        ("bureau", "the director", AT, None), ("leaders", "the director", AT, None),
    ]  # fmt: skip
    assert approvals[1].digest == box.digest_of(built(audiences=("leaders",)))
    assert box.approval(outbox, issue.id, "leaders") == approvals[1]
    assert {row.digest for row in box.deliveries(outbox)} == {given.digest for given in approvals}
    assert box.issue_named(outbox, NAME).state == "approved"


def test_one_audience_may_be_approved_before_the_other(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    box.approve(outbox, issue.id, deed(), ["bureau"])
    assert states(outbox) == ["built", "built", "approved"]
    assert (box.issue_named(outbox, NAME).state, box.approval(outbox, issue.id, "leaders")) == ("built", None)
    box.approve(outbox, issue.id, deed(), ["leaders"])
    assert box.issue_named(outbox, NAME).state == "approved"


def test_who_names_nothing_approves_nothing(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    assert box.approve(outbox, issue.id, deed(), iter(())) == ()
    assert [given.audience for given in box.approve(outbox, issue.id, deed(), iter(["bureau"]))] == ["bureau"]
    assert states(outbox) == ["built", "built", "approved"]


def test_who_approved_first_has_approved(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    before = box.history(outbox)
    (given,) = box.approve(outbox, issue.id, deed("somebody else"), ["leaders"])
    assert (given.by, box.history(outbox)) == ("the director", before)


def test_what_is_not_built_cannot_be_approved(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    with pytest.raises(OutboxError, match=f"issue {NAME}: it is planned, and cannot be approved") as raised:
        box.approve(outbox, issue.id, deed())
    assert raised.value.problem.remedy == "Build it first."


def test_an_unknown_audience_cannot_be_approved(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    with pytest.raises(OutboxError, match="it has no audience public\n  Write one of: bureau, leaders"):
        box.approve(outbox, issue.id, deed(), ["leaders", "public"])
    assert box.approval(outbox, issue.id, "leaders") is None


def test_every_audience_with_recipients_must_be_built(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    with pytest.raises(OutboxError, match="nothing was built for bureau"):
        box.record_built(outbox, issue.id, built(audiences=("leaders",)), deed())
    assert box.files(outbox, issue.id) == ()


def test_a_rebuild_voids_every_approval(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    rebuild(outbox, issue.id, ("bureau", "leaders"))
    assert states(outbox) == ["built", "built", "built"]
    assert {row.digest for row in box.deliveries(outbox)} == {None}
    assert box.approval(outbox, issue.id, "leaders") is None
    assert box.claim(outbox, "a sender", after(60), after(1) - AT) is None
    (given, _) = box.approve(outbox, issue.id, deed(minutes=2))
    assert given.digest == box.digest_of(built(2, ("bureau",)))


def test_a_rebuild_stops_a_sender_before_the_last_step(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    taken = claimed(outbox)
    rebuild(outbox, issue.id)
    assert state(outbox) == "built"
    with pytest.raises(FencedError):
        box.commit_marker(outbox, taken, after(2))


def test_a_rebuild_comes_too_late_for_what_may_have_been_handed_over(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(0))
    rebuild(outbox, issue.id)
    assert state(outbox) == "sending"
    assert box.finish(outbox, taken, Outcome("sent", "250 ok"), after(2))
    assert state(outbox) == "sent"


def test_what_the_server_refused_after_a_rebuild_waits_for_a_new_approval(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(0))
    rebuild(outbox, issue.id)
    box.finish(outbox, taken, Outcome("approved", "451 later", after(3)), after(2))
    assert (state(outbox), box.delivery(outbox, 1).digest) == ("built", None)
    box.approve(outbox, issue.id, deed(minutes=4))
    assert claimed(outbox, 5).delivery.digest == box.digest_of(built(2, ("leaders",)))


def test_what_is_over_cannot_be_built_again(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    box.cancel_delivery(outbox, 1, deed())
    assert box.issue_named(outbox, NAME).state == "closed"
    with pytest.raises(OutboxError, match="it is closed, and cannot be built again"):
        rebuild(outbox, issue.id)


def test_nothing_goes_before_it_is_due(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    box.approve(outbox, issue.id, deed(minutes=-60))
    assert {row.next_at for row in box.deliveries(outbox)} == {PLANNED.due}
    assert box.claim(outbox, "a sender", after(-1), after(1) - AT) is None
    assert claimed(outbox, 0).delivery.id == 1
