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
    entry,
    one_approved,
    planned_issue,
    state,
    states,
)

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import Outbox


def rebuild(outbox: Outbox, issue: int, audiences: tuple[str, ...] = ("leaders",)) -> None:
    box.record_built(outbox, issue, built(2, audiences), entry("builder", 1))


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
    approvals = box.approve(outbox, issue.id, entry("the director"))
    assert [(given.audience, given.by, given.at, given.void) for given in approvals] == [
        ("bureau", "the director", AT, None), ("leaders", "the director", AT, None),
    ]  # fmt: skip
    assert approvals[1].digest == box.digest_of(built(audiences=("leaders",)))
    assert box.approval(outbox, issue.id, "leaders") == approvals[1]
    assert {row.digest for row in box.deliveries(outbox)} == {given.digest for given in approvals}
    assert box.issue_named(outbox, NAME).state == "approved"


def test_one_audience_may_be_approved_before_the_other(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    box.approve(outbox, issue.id, entry(), ["bureau"])
    assert states(outbox) == ["built", "built", "approved"]
    assert (box.issue_named(outbox, NAME).state, box.approval(outbox, issue.id, "leaders")) == ("built", None)
    box.approve(outbox, issue.id, entry(), ["leaders"])
    assert box.issue_named(outbox, NAME).state == "approved"


def test_who_names_nothing_approves_nothing(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    assert box.approve(outbox, issue.id, entry(), iter(())) == ()
    assert [given.audience for given in box.approve(outbox, issue.id, entry(), iter(["bureau"]))] == ["bureau"]
    assert states(outbox) == ["built", "built", "approved"]


def test_who_approved_first_has_approved(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    before = box.history(outbox)
    (given,) = box.approve(outbox, issue.id, entry("somebody else"), ["leaders"])
    assert (given.by, box.history(outbox)) == ("the director", before)


def test_what_is_not_built_cannot_be_approved(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    with pytest.raises(OutboxError, match=f"issue {NAME}: it is planned, and cannot be approved") as raised:
        box.approve(outbox, issue.id, entry())
    assert raised.value.problem.remedy == "Build it first."


def test_an_unknown_audience_cannot_be_approved(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    with pytest.raises(OutboxError, match="it has no audience public\n  Write one of: bureau, leaders"):
        box.approve(outbox, issue.id, entry(), ["leaders", "public"])
    assert box.approval(outbox, issue.id, "leaders") is None


def test_every_audience_with_recipients_must_be_built(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    with pytest.raises(OutboxError, match="nothing was built for bureau"):
        box.record_built(outbox, issue.id, built(audiences=("leaders",)), entry())
    assert box.files(outbox, issue.id) == ()


def test_a_rebuild_voids_every_approval(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    rebuild(outbox, issue.id, ("bureau", "leaders"))
    assert states(outbox) == ["built", "built", "built"]
    assert {row.digest for row in box.deliveries(outbox)} == {None}
    assert box.approval(outbox, issue.id, "leaders") is None
    assert box.claim(outbox, "a sender", after(60), after(1) - AT) is None
    (given, _) = box.approve(outbox, issue.id, entry(minutes=2))
    assert given.digest == box.digest_of(built(2, ("bureau",)))


def test_a_rebuild_stops_a_sender_before_the_last_step(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    taken = claimed(outbox)
    rebuild(outbox, issue.id)
    assert state(outbox) == "built"
    with pytest.raises(FencedError):
        box.commit_marker(outbox, taken, after(2))


def rebuilt(outbox: Outbox, issue: int) -> None:
    rebuild(outbox, issue, ("bureau", "leaders"))


def reopened(outbox: Outbox, issue: int) -> None:
    box.reopen(outbox, issue, entry())


ENDINGS: dict[str, Outcome | None] = {
    "sending": None,
    "sent": Outcome("sent", "250 ok"),
    "uncertain": Outcome("uncertain", "the line was cut"),
    "failed": Outcome("failed", "554 refused after the last dot"),
    "approved": Outcome("approved", "451 later", after(3)),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_has_left_or_may_have_is_of_one_version(outbox: Outbox, ending: str) -> None:
    issue = approved_issue(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(0))
    outcome = ENDINGS[ending]
    if outcome is not None:
        box.finish(outbox, taken, outcome, after(1))
    before = (states(outbox), box.files(outbox, issue.id), box.history(outbox))
    for change in (rebuilt, reopened):
        with pytest.raises(OutboxError, match="1 of its deliveries have gone or may have gone") as raised:
            change(outbox, issue.id)
        assert "clusterreport issue correct" in raised.value.problem.remedy
        assert ("clusterreport resolve" in raised.value.problem.remedy) == (ending == "uncertain")
    assert (states(outbox), box.files(outbox, issue.id), box.history(outbox)) == before
    assert [row.id for row in box.left(outbox, issue.id)] == [1]


def test_what_a_server_refused_before_it_was_handed_over_has_not_left(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    box.finish(outbox, claimed(outbox), Outcome("failed", "550 no such user"), after(1))
    box.resend(outbox, issue.id, entry())
    rebuild(outbox, issue.id)
    assert (state(outbox), box.left(outbox, issue.id)) == ("built", ())


def test_what_somebody_lets_go_again_is_still_of_one_version(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    taken = claimed(outbox)
    box.commit_marker(outbox, taken, after(0))
    box.finish(outbox, taken, Outcome("uncertain", "the line was cut"), after(1))
    box.resolve(outbox, 1, "resend", entry())
    assert state(outbox) == "approved"
    with pytest.raises(OutboxError, match="an issue has one version"):
        rebuild(outbox, issue.id)


def test_a_reopened_issue_is_as_it_was_before_it_was_built(outbox: Outbox) -> None:
    issue = approved_issue(outbox)
    taken = claimed(outbox)
    box.reopen(outbox, issue.id, entry("王", 1, "rebuilt"))
    assert (box.issue_named(outbox, NAME).state, states(outbox)) == ("planned", ["planned"] * 3)
    assert (box.files(outbox, issue.id), box.approval(outbox, issue.id, "leaders")) == ((), None)
    with pytest.raises(FencedError):
        box.commit_marker(outbox, taken, after(2))
    with pytest.raises(OutboxError, match="it is planned, and cannot be approved"):
        box.approve(outbox, issue.id, entry())
    rebuild(outbox, issue.id, ("bureau", "leaders"))
    assert states(outbox) == ["built"] * 3


def test_to_reopen_what_is_planned_changes_nothing(outbox: Outbox) -> None:
    issue = planned_issue(outbox)
    before = box.history(outbox)
    box.reopen(outbox, issue.id, entry())
    assert box.history(outbox) == before


def test_what_was_looked_at_is_what_is_approved(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    seen = box.files(outbox, issue.id)
    rebuild(outbox, issue.id, ("bureau", "leaders"))
    with pytest.raises(OutboxError, match="it was built again in the meantime"):
        box.approve(outbox, issue.id, entry(), seen=seen)
    assert set(states(outbox)) == {"built"}
    assert len(box.approve(outbox, issue.id, entry(), seen=box.files(outbox, issue.id))) == 2


def test_what_is_over_cannot_be_built_again(outbox: Outbox) -> None:
    issue = one_approved(outbox)
    box.cancel_delivery(outbox, 1, entry())
    assert box.issue_named(outbox, NAME).state == "closed"
    with pytest.raises(OutboxError, match="it is closed, and cannot be built again"):
        rebuild(outbox, issue.id)


def test_nothing_goes_before_it_is_due(outbox: Outbox) -> None:
    issue = built_issue(outbox)
    box.approve(outbox, issue.id, entry(minutes=-60))
    assert {row.next_at for row in box.deliveries(outbox)} == {PLANNED.due}
    assert box.claim(outbox, "a sender", after(-1), after(1) - AT) is None
    assert claimed(outbox, 0).delivery.id == 1
