"""A small issue and its recipients, in any state that a test starts from."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import AuditEntry, FileRow, IssueRow, PlannedIssue
from clusterreport.settings.addresses import Address
from clusterreport.settings.recipients import Recipient

if TYPE_CHECKING:
    from clusterreport.delivery.outbox import DeliveryClaim, Outbox

AT = dt.datetime(2025, 11, 3, tzinfo=dt.UTC)  # long past, so that it is due on every machine
LEASE = dt.timedelta(minutes=15)
NAME = "2025-11-03-monthly"


def mailbox(local: str, audience: str = "leaders") -> Recipient:
    return Recipient(local, audience, Address(f"{local}@example.gov.cn", local))


ZHANG, LI, WANG = mailbox("zhang"), mailbox("li"), mailbox("wang", "bureau")
PLANNED = PlannedIssue(
    schedule="monthly",
    due=AT,
    name=NAME,
    year=2025,
    as_of=AT.date(),
    late=dt.timedelta(0),
    domain="example.gov.cn",
    recipients=(ZHANG, LI, WANG),
)


def after(minutes: float) -> dt.datetime:
    return AT + dt.timedelta(minutes=minutes)


def entry(by: str = "somebody", minutes: float = 0, reason: str = "") -> AuditEntry:
    return AuditEntry(by, after(minutes), reason)


def built(version: int = 1, audiences: tuple[str, ...] = ("bureau", "leaders")) -> tuple[FileRow, ...]:
    return tuple(
        FileRow(audience, name, hashlib.sha256(f"{audience} {name} {version}".encode()).hexdigest(), 1000 + version)
        for audience in audiences
        for name in ("briefing.docx", "briefing.pdf")
    )


def planned_issue(outbox: Outbox, planned: PlannedIssue = PLANNED) -> IssueRow:
    issue = box.plan_issue(outbox, planned, entry("planner"))
    assert issue is not None
    return issue


def built_issue(outbox: Outbox, planned: PlannedIssue = PLANNED) -> IssueRow:
    issue = planned_issue(outbox, planned)
    audiences = tuple(sorted({recipient.audience for recipient in planned.recipients}))
    box.record_built(outbox, issue.id, built(audiences=audiences), entry("builder"))
    return box.issue_named(outbox, planned.name)


def approved_issue(outbox: Outbox, planned: PlannedIssue = PLANNED) -> IssueRow:
    issue = built_issue(outbox, planned)
    box.approve(outbox, issue.id, entry("the director"))
    return box.issue_named(outbox, planned.name)


def one_approved(outbox: Outbox) -> IssueRow:
    """Return an approved issue with one recipient."""
    return approved_issue(outbox, replace(PLANNED, recipients=(ZHANG,)))


def claimed(outbox: Outbox, minutes: float = 0, sender: str = "a sender") -> DeliveryClaim:
    taken = box.claim(outbox, sender, after(minutes), LEASE)
    assert taken is not None
    return taken


def state(outbox: Outbox, delivery: int = 1) -> str:
    return box.delivery(outbox, delivery).state


def states(outbox: Outbox) -> list[str]:
    return [row.state for row in box.deliveries(outbox)]
