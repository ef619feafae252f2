"""Whatever is done in whatever order, the outbox does what a simple model of it says, and its laws hold."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import DeliveryClaim, FencedError, Outcome, open_outbox
from clusterreport.errors import OutboxError
from clusterreport.settings.delivery import Delivery
from tests.delivery.sample import AT, LEASE, PLANNED, WANG, ZHANG, built, entry

AUDIENCES = ("bureau", "leaders")
ISSUES = 1
RECIPIENTS = (ZHANG, WANG)


PERSON = "somebody"


@dataclass
class Modelled:
    """A delivery as the model sees it."""

    issue: int
    audience: str
    message_id: str
    state: str = "planned"
    fence: int = 0
    committed: bool = False
    marked: bool = False
    lease_until: int = 0
    next_at: int = 0


@dataclass
class Held:
    """A claim that some sender still believes in; ``minute`` is when it took it."""

    claim: DeliveryClaim
    delivery: int
    fence: int
    told: bool = False


@dataclass
class Model:
    """What ought to be: plain values, no database."""

    issues: dict[int, str] = field(default_factory=dict)
    approved: set[tuple[int, str]] = field(default_factory=set)
    deliveries: dict[int, Modelled] = field(default_factory=dict)

    def of(self, issue: int) -> list[Modelled]:
        return [each for each in self.deliveries.values() if each.issue == issue]

    def land(self, each: Modelled, minute: int) -> None:
        """Put a delivery where it goes that is to be tried (again)."""
        if self.issues[each.issue] == "cancelled":
            each.state = "cancelled"
        elif (each.issue, each.audience) in self.approved:
            each.state, each.next_at = "approved", minute
        else:
            each.state = "built"

    def release(self, minute: int) -> None:
        for each in self.deliveries.values():
            if each.state == "sending" and each.lease_until < minute:
                if each.committed:
                    each.state = "uncertain"
                else:
                    each.fence += 1
                    self.land(each, minute)

    def may_change(self, issue: int) -> bool:
        """Tell whether another version of an issue may take the place of the one that there is."""
        return self.issues[issue] in {"planned", "built", "approved"} and not any(
            each.marked or each.state in {"uncertain", "sent"} for each in self.of(issue)
        )

    def take_back(self, issue: int, before: set[str], after: str) -> None:
        self.issues[issue] = after
        self.approved -= {(issue, audience) for audience in AUDIENCES}
        for each in self.of(issue):
            each.fence += each.state == "sending"
            if each.state in before | {"sending"}:
                each.state = after

    def close(self, issue: int) -> None:
        if self.issues[issue] == "approved" and all(
            each.state in {"sent", "failed", "cancelled"} for each in self.of(issue)
        ):
            self.issues[issue] = "closed"


class Outboxes(RuleBasedStateMachine):
    """Any entries in any order, by people and by senders that get lost and come back."""

    empty: Path

    def __init__(self) -> None:  # noqa: D107 -- Hypothesis makes it
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        shutil.copyfile(self.empty, self.folder / "outbox.db")
        self.outbox = open_outbox(Delivery(self.folder / "outbox.db", self.folder))
        pooled = self.outbox.engine.raw_connection()
        pooled.cursor().execute("PRAGMA synchronous = OFF")  # no law here is about the disk, and waiting for it is slow
        pooled.close()
        self.model = Model()
        self.held: list[Held] = []
        self.minute = 0
        self.version = 0

    def teardown(self) -> None:
        self.outbox.close()
        shutil.rmtree(self.folder)

    def entry(self) -> box.AuditEntry:
        return entry(PERSON, self.minute)

    @property
    def now(self) -> dt.datetime:
        return AT + dt.timedelta(minutes=self.minute)

    @initialize()
    def plan(self) -> None:
        for number in range(1, ISSUES + 1):
            due = AT - dt.timedelta(days=number)
            planned = replace(PLANNED, due=due, name=f"issue-{number}", recipients=RECIPIENTS)
            issue = box.plan_issue(self.outbox, planned, self.entry())
            assert issue is not None
            self.model.issues[issue.id] = "planned"
            for row in box.deliveries(self.outbox, issue=issue.id):
                self.model.deliveries[row.id] = Modelled(issue.id, row.audience, row.message_id)
        self.build(1)
        self.approve(1, None)

    @rule(minutes=st.sampled_from([1, 7, 20]))
    def wait(self, minutes: int) -> None:
        self.minute += minutes

    @rule(issue=st.integers(1, ISSUES))
    def build(self, issue: int) -> None:
        self.version += 1
        allowed = self.model.may_change(issue)
        assert allowed == self.allowed(lambda: box.record_built(self.outbox, issue, built(self.version), self.entry()))
        if allowed:
            self.model.take_back(issue, {"planned", "approved"}, "built")

    @rule(issue=st.integers(1, ISSUES))
    def reopen(self, issue: int) -> None:
        allowed = self.model.may_change(issue)
        assert allowed == self.allowed(lambda: box.reopen(self.outbox, issue, self.entry()))
        if allowed and self.model.issues[issue] != "planned":
            self.model.take_back(issue, {"built", "approved"}, "planned")

    @rule(issue=st.integers(1, ISSUES), audiences=st.sampled_from([None, ("leaders",), ("bureau",)]))
    def approve(self, issue: int, audiences: tuple[str, ...] | None) -> None:
        allowed = self.model.issues[issue] in {"built", "approved"}
        assert allowed == self.allowed(lambda: box.approve(self.outbox, issue, self.entry(), audiences))
        if allowed:
            chosen = {(issue, audience) for audience in audiences or AUDIENCES}
            for each in self.model.of(issue):
                if (issue, each.audience) in chosen - self.model.approved and each.state == "built":
                    each.state, each.next_at = "approved", self.minute
            self.model.approved |= chosen
            if all((issue, audience) in self.model.approved for audience in AUDIENCES):
                self.model.issues[issue] = "approved"
                self.model.close(issue)

    @rule()
    def claim(self) -> None:
        taken = box.claim(self.outbox, "a sender", self.now, LEASE)
        self.model.release(self.minute)
        due = [
            (each.next_at, number)
            for number, each in self.model.deliveries.items()
            if each.state == "approved" and each.next_at <= self.minute
        ]
        assert (taken is None) == (not due)
        if taken is not None:
            assert taken.delivery.id == min(due)[1]
            each = self.model.deliveries[taken.delivery.id]
            each.state, each.committed, each.lease_until = "sending", False, self.minute + 15
            each.fence += 1
            self.held.append(Held(taken, taken.delivery.id, each.fence))

    @rule()
    def claim_and_mark(self) -> None:
        before = len(self.held)
        self.claim()
        if len(self.held) > before:
            self.mark(before)

    @rule()
    def lose_a_sender(self) -> None:
        self.claim_and_mark()
        self.wait(20)
        self.release()

    @rule()
    def replace_a_lost_sender(self) -> None:
        self.claim()
        self.wait(20)
        self.claim()
        self.claim()

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 3))
    def mark(self, which: int) -> None:
        held = self.held[which % len(self.held)]
        each = self.model.deliveries[held.delivery]
        allowed = each.state == "sending" and each.fence == held.fence and not each.committed
        try:
            box.commit_marker(self.outbox, held.claim, self.now)
        except FencedError:
            assert not allowed
        else:
            assert allowed
            each.committed, each.marked, each.lease_until = True, True, self.minute + 15

    @precondition(lambda self: self.held)
    @rule(which=st.integers(-3, 3), state=st.sampled_from(["sent", "failed", "uncertain", "approved"]))
    def finish(self, which: int, state: Literal["sent", "failed", "uncertain", "approved"]) -> None:
        held = self.held[which % len(self.held)]
        each = self.model.deliveries[held.delivery]
        late = each.state == "uncertain" and state != "uncertain"
        counts = each.fence == held.fence and (late or each.state == "sending") and (state != "sent" or each.committed)
        outcome = Outcome(state, "a reply", self.now + dt.timedelta(minutes=5))
        assert box.finish(self.outbox, held.claim, outcome, self.now) == counts
        if counts:
            if state == "approved":
                self.model.land(each, self.minute + 5)
            else:
                each.state = state
            each.committed = each.committed and state in {"sent", "uncertain"}
            self.model.close(each.issue)

    @rule()
    def release(self) -> None:
        box.release_expired(self.outbox, "a watch", self.now)
        self.model.release(self.minute)

    @rule(number=st.integers(1, len(RECIPIENTS)), verdict=st.sampled_from(["sent", "resend"]))
    def resolve(self, number: int, verdict: Literal["sent", "resend"]) -> None:
        each = self.model.deliveries[number]
        allowed = each.state == "uncertain"
        assert allowed == self.allowed(lambda: box.resolve(self.outbox, number, verdict, self.entry()))
        if allowed:
            each.fence += 1
            if verdict == "sent":
                each.state = "sent"
            else:
                self.model.land(each, self.minute)
            self.model.close(each.issue)

    @rule(issue=st.integers(1, ISSUES))
    def resend(self, issue: int) -> None:
        allowed = self.model.issues[issue] not in {"planned", "cancelled"}
        assert allowed == self.allowed(lambda: box.resend(self.outbox, issue, self.entry()))
        again = [each for each in self.model.of(issue) if allowed and each.state in {"failed", "cancelled"}]
        for each in again:
            each.fence += 1
            self.model.land(each, self.minute)
        if again and self.model.issues[issue] == "closed":
            self.model.issues[issue] = "approved"

    @rule(number=st.integers(1, len(RECIPIENTS)))
    def cancel_delivery(self, number: int) -> None:
        each = self.model.deliveries[number]
        allowed = self.cancel(each)
        assert allowed == self.allowed(lambda: box.cancel_delivery(self.outbox, number, self.entry()))
        if allowed:
            self.model.close(each.issue)

    @rule(issue=st.integers(1, ISSUES))
    def cancel_issue(self, issue: int) -> None:
        allowed = self.model.issues[issue] in {"planned", "built", "approved"}
        assert allowed == self.allowed(lambda: box.cancel_issue(self.outbox, issue, self.entry()))
        if allowed:
            self.model.issues[issue] = "cancelled"
            for each in self.model.of(issue):
                self.cancel(each)

    def cancel(self, each: Modelled) -> bool:
        waiting = each.state in {"planned", "built", "approved"}
        stopped = each.state == "sending" and not each.committed
        if waiting or stopped:
            each.state = "cancelled"
            each.fence += 1
        return waiting or stopped

    def allowed(self, change: Callable[[], object]) -> bool:
        try:
            change()
        except OutboxError:
            return False
        return True

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        said = {row.id: (row.state, row.fence, row.message_id) for row in box.deliveries(self.outbox)}
        modelled = {number: (each.state, each.fence, each.message_id) for number, each in self.model.deliveries.items()}
        assert said == modelled
        assert {issue.id: issue.state for issue in box.issues(self.outbox)} == self.model.issues

    @invariant()
    def the_history_leads_to_where_everything_is(self) -> None:
        reached: dict[tuple[int, int | None], str] = {}
        for line in box.history(self.outbox):
            subject = (line.issue, line.delivery)
            assert line.before == reached.get(subject)
            reached[subject] = line.after
        stand: dict[tuple[int, int | None], str] = {
            (row.issue, row.id): row.state for row in box.deliveries(self.outbox)
        }
        stand |= {(issue.id, None): issue.state for issue in box.issues(self.outbox)}
        assert reached == stand

    @invariant()
    def everybody_has_the_same_version(self) -> None:
        got = [row for row in box.deliveries(self.outbox) if row.state in {"sent", "uncertain"} or row.committed]
        for row in got:
            assert row.digest == box.digest_of(box.files(self.outbox, row.issue, row.audience))

    @invariant()
    def nothing_leaves_the_state_of_being_sent(self) -> None:
        lines = [line for line in box.history(self.outbox) if line.delivery is not None]
        assert {line.after for line in lines if line.before == "sent"} <= {"sent"}

    @invariant()
    def nothing_is_sent_that_was_not_marked_or_resolved(self) -> None:
        marked: set[int | None] = set()
        for line in box.history(self.outbox):
            if line.delivery is not None and line.before == "sending" and line.after == "sending":
                marked.add(line.delivery)
            assert line.after != "sent" or line.delivery in marked or (line.before, line.by) == ("uncertain", PERSON)


@pytest.mark.slow
def test_every_path_through_the_outbox(tmp_path: Path) -> None:
    Outboxes.empty = tmp_path / "outbox.db"
    open_outbox(Delivery(Outboxes.empty, tmp_path)).close()
    run_state_machine_as_test(Outboxes, settings=settings(max_examples=100, stateful_step_count=40))
