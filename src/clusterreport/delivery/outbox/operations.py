"""What operators do by hand: resolve, send again, cancel and note; always with a name and a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import sqlalchemy as sa

from clusterreport.delivery.outbox.queries import delivery_by_id
from clusterreport.delivery.outbox.tables import DELIVERIES
from clusterreport.delivery.outbox.transitions import (
    Move,
    close_if_over,
    locked_issue,
    move_deliveries,
    move_issue,
    next_state,
    write,
)
from clusterreport.errors import OutboxError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import AuditEntry, DeliveryState, IssueRow

_WAITING: tuple[DeliveryState, ...] = ("planned", "built", "approved")


def resolve(outbox: Outbox, delivery: int, verdict: Literal["sent", "resend"], entry: AuditEntry) -> None:
    """End the doubt about an uncertain delivery: it did arrive, or it is to be sent again.

    From then on nothing that the lost sender may still report counts. Raises OutboxError where it is not uncertain.
    """
    with outbox.writing() as connection:
        row = delivery_by_id(connection, delivery, outbox.place)
        issue = locked_issue(connection, row.issue, outbox.place)
        state: DeliveryState = "sent"
        values: dict[str, Any] = {"fence": DELIVERIES.c.fence + 1}
        if verdict == "resend":
            state, landed = next_state(connection, issue, row.audience, entry.at)
            values |= {**landed, "committed": False, "attempts": 0}
        if not move_deliveries(connection, DELIVERIES.c.id == delivery, Move(("uncertain",), state, values), entry):
            current = delivery_by_id(connection, delivery, outbox.place).state
            remedy = message("Only what is uncertain can be resolved.")
            raise _refused(outbox, delivery, message("it is {current}, not uncertain", current=current), remedy)
        close_if_over(connection, issue, entry)


def resend(outbox: Outbox, issue: int, entry: AuditEntry, only: Iterable[int] | None = None) -> tuple[int, ...]:
    """Let failed and cancelled deliveries of an issue go again, None being all of them, and return them.

    Who got it, or may have got it, is left out. Where the approval is void they wait for a new one.
    """
    with outbox.writing() as connection:
        row = locked_issue(connection, issue, outbox.place)
        if row.state in {"planned", "cancelled", "skipped"}:
            problem = message("it is {state}, so that nothing of it can be sent again", state=row.state)
            raise OutboxError(
                message("{place}, issue {name}", place=outbox.place, name=row.name or issue),
                problem,
                message("Plan a new issue."),
            )
        which = DELIVERIES.c.issue == issue
        if only is not None:
            which &= DELIVERIES.c.id.in_(tuple(only))
        audiences = connection.execute(sa.select(DELIVERIES.c.audience).where(which).distinct()).scalars().all()
        again: list[int] = []
        for audience in audiences:
            state, values = next_state(connection, row, audience, entry.at)
            values |= {"attempts": 0, "committed": False, "fence": DELIVERIES.c.fence + 1}
            own = which & (DELIVERIES.c.audience == audience)
            again += move_deliveries(connection, own, Move(("failed", "cancelled"), state, values), entry)
        if again and row.state == "closed":
            move_issue(connection, row, "approved", entry)
        return tuple(again)


def cancel_delivery(outbox: Outbox, delivery: int, entry: AuditEntry) -> None:
    """Take one recipient out; OutboxError where it was sent, may have been, or is over."""
    with outbox.writing() as connection:
        row = delivery_by_id(connection, delivery, outbox.place)
        issue = locked_issue(connection, row.issue, outbox.place)
        if not _cancel(connection, DELIVERIES.c.id == delivery, entry):
            current = delivery_by_id(connection, delivery, outbox.place).state
            remedy = message("Look at it again when it has ended.")
            raise _refused(outbox, delivery, message("it is {current}, too late to cancel", current=current), remedy)
        close_if_over(connection, issue, entry)


def cancel_issue(outbox: Outbox, issue: int, entry: AuditEntry) -> tuple[int, ...]:
    """Give an issue up, and return the deliveries that will not go; its numbers are not given again.

    What was sent stays so, and what may have been handed over ends as it will. Raises OutboxError where it is over.
    """
    with outbox.writing() as connection:
        row = locked_issue(connection, issue, outbox.place)
        if row.state not in {"planned", "built", "approved"}:
            problem = message("it is {state}, and cannot be cancelled", state=row.state)
            raise OutboxError(
                message("{place}, issue {name}", place=outbox.place, name=row.name or issue),
                problem,
                message("Leave it as it is."),
            )
        move_issue(connection, row, "cancelled", entry)
        return _cancel(connection, DELIVERIES.c.issue == issue, entry)


def note(outbox: Outbox, issue: IssueRow, entry: AuditEntry, detail: Mapping[str, Any] | None = None) -> None:
    """Write into the history of an issue what changes no state: a build that failed, a stale source accepted."""
    with outbox.writing() as connection:
        state = locked_issue(connection, issue.id, outbox.place).state
        write(connection, entry, [{"issue": issue.id, "before": state, "after": state}], detail)


def _cancel(connection: sa.Connection, which: sa.ColumnElement[bool], entry: AuditEntry) -> tuple[int, ...]:
    values: dict[str, Any] = {"digest": None, "next_at": None, "lease_until": None, "fence": DELIVERIES.c.fence + 1}
    waiting = move_deliveries(connection, which, Move(_WAITING, "cancelled", values), entry)
    unmarked = which & DELIVERIES.c.committed.is_(False)
    return waiting + move_deliveries(connection, unmarked, Move(("sending",), "cancelled", values), entry)


def _refused(outbox: Outbox, delivery: int, problem: str, remedy: str) -> OutboxError:
    return OutboxError(message("{place}, delivery {delivery}", place=outbox.place, delivery=delivery), problem, remedy)
