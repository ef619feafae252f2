"""Moves issues and deliveries from state to state, and writes each move into the history in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from clusterreport.delivery.outbox.rows import HANDING_OVER, OVER, ApprovalRow
from clusterreport.delivery.outbox.tables import APPROVALS, DELIVERIES, HISTORY, ISSUES
from clusterreport.errors import OutboxError
from clusterreport.messages import message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from clusterreport.delivery.outbox.rows import AuditEntry, DeliveryState, IssueState


@dataclass(frozen=True, slots=True)
class Move:
    """From which states to which, what else changes with it, and what the history keeps beside."""

    before: tuple[DeliveryState, ...]
    after: DeliveryState
    values: Mapping[str, Any] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)


def locked_issue(connection: sa.Connection, issue: int, place: str) -> sa.Row[Any]:
    """Return the issue, which nobody else can move until this transaction ends.

    Whoever moves a delivery out of "sending", or several at once, holds its issue first; so no two wait for each other.
    """
    query = sa.select(ISSUES).where(ISSUES.c.id == issue).with_for_update(key_share=True)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise OutboxError(
            place,
            message("there is no issue {issue}", issue=issue),
            message("Take a number that the list of issues shows."),
        )
    return row


def move_issue(connection: sa.Connection, issue: sa.Row[Any], after: IssueState, entry: AuditEntry) -> None:
    """Move a locked issue, unless it is there already; what the history says is written either way."""
    connection.execute(sa.update(ISSUES).where(ISSUES.c.id == issue.id).values(state=after))
    write(connection, entry, [{"issue": issue.id, "before": issue.state, "after": after}])


def move_deliveries(
    connection: sa.Connection, which: sa.ColumnElement[bool], move: Move, entry: AuditEntry
) -> tuple[int, ...]:
    """Move those deliveries that are in one of the states whence the move leads, and return them."""
    moved: list[int] = []
    for state in move.before:
        rows = connection.execute(
            sa.update(DELIVERIES)
            .where(which, DELIVERIES.c.state == state)
            .values(state=move.after, **move.values)
            .returning(DELIVERIES.c.id, DELIVERIES.c.issue)
        ).all()
        lines = [{"issue": row.issue, "delivery": row.id, "before": state, "after": move.after} for row in rows]
        write(connection, entry, lines, move.detail)
        moved.extend(row.id for row in rows)
    return tuple(moved)


def write(
    connection: sa.Connection,
    entry: AuditEntry,
    lines: list[dict[str, Any]],
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Add lines to the history, all of one change."""
    shared = {"at": entry.at, "by": entry.by, "reason": entry.reason, "detail": dict(detail or {}), "delivery": None}
    if lines:
        connection.execute(sa.insert(HISTORY), [{**shared, **line} for line in lines])


def standing_approval(connection: sa.Connection, issue: int, audience: str) -> ApprovalRow | None:
    """Return the approval that counts, None where there is none or every one is void."""
    query = sa.select(APPROVALS).where(
        APPROVALS.c.issue == issue, APPROVALS.c.audience == audience, APPROVALS.c.void.is_(None)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else ApprovalRow(row.issue, row.audience, row.by, row.at, row.digest, row.void)


def may_have_left(issue: int) -> sa.ColumnElement[bool]:
    """Return what holds of the deliveries of an issue that somebody got, or may have got, however they ended.

    One that was about to be handed over counts for ever: what the server said afterwards is not for us to weigh.
    """
    marked = sa.select(HISTORY.c.delivery).where(HISTORY.c.issue == issue, HISTORY.c.reason == HANDING_OVER)
    gone = DELIVERIES.c.state.in_(("sent", "uncertain")) | DELIVERIES.c.id.in_(marked)
    return (DELIVERIES.c.issue == issue) & gone


def next_state(
    connection: sa.Connection, issue: sa.Row[Any], audience: str, next_at: dt.datetime | None
) -> tuple[DeliveryState, dict[str, Any]]:
    """Return where a delivery goes that is to be tried (again) at ``next_at``, as its locked issue stands now."""
    if issue.state == "cancelled":
        return "cancelled", {"digest": None, "next_at": None}
    standing = standing_approval(connection, issue.id, audience)
    if standing is None:
        return "built", {"digest": None, "next_at": None}
    return "approved", {"digest": standing.digest, "next_at": next_at}


def close_if_over(connection: sa.Connection, issue: sa.Row[Any], entry: AuditEntry) -> None:
    """Close an approved issue, locked before, if none of its deliveries is still to end."""
    if issue.state != "approved":
        return
    still = sa.select(DELIVERIES.c.id).where(DELIVERIES.c.issue == issue.id, DELIVERIES.c.state.not_in(OVER)).limit(1)
    if connection.execute(still).first() is None:
        move_issue(connection, issue, "closed", entry)
