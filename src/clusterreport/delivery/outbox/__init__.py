"""The outbox: what is to reach whom, and what became of it; on the disk, with its whole history.

Every change is one function, one transaction, one guarded update, and its line in the history.
"""

from __future__ import annotations

from clusterreport.delivery.outbox.approving import approve, record_built, reopen
from clusterreport.delivery.outbox.holding import Hold, holding
from clusterreport.delivery.outbox.identity import remember
from clusterreport.delivery.outbox.opening import Outbox, open_outbox
from clusterreport.delivery.outbox.operations import cancel_delivery, cancel_issue, note, resend, resolve
from clusterreport.delivery.outbox.planning import plan_issue, skip_issue
from clusterreport.delivery.outbox.queries import (
    approval,
    deliveries,
    delivery,
    files,
    history,
    issue_named,
    issues,
    last_due,
    left,
    tally,
)
from clusterreport.delivery.outbox.rows import (
    ApprovalRow,
    AuditEntry,
    DeliveryClaim,
    DeliveryRow,
    DeliveryState,
    FileRow,
    HistoryRow,
    IssueRow,
    IssueState,
    Kind,
    Outcome,
    PlannedIssue,
    digest_of,
    message_id_of,
)
from clusterreport.delivery.outbox.sending import FencedError, claim, commit_marker, finish, release_expired

__all__ = [
    "ApprovalRow",
    "AuditEntry",
    "DeliveryClaim",
    "DeliveryRow",
    "DeliveryState",
    "FencedError",
    "FileRow",
    "HistoryRow",
    "Hold",
    "IssueRow",
    "IssueState",
    "Kind",
    "Outbox",
    "Outcome",
    "PlannedIssue",
    "approval",
    "approve",
    "cancel_delivery",
    "cancel_issue",
    "claim",
    "commit_marker",
    "deliveries",
    "delivery",
    "digest_of",
    "files",
    "finish",
    "history",
    "holding",
    "issue_named",
    "issues",
    "last_due",
    "left",
    "message_id_of",
    "note",
    "open_outbox",
    "plan_issue",
    "record_built",
    "release_expired",
    "remember",
    "reopen",
    "resend",
    "resolve",
    "skip_issue",
    "tally",
]
