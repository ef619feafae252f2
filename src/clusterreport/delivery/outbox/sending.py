"""What a sender does with the outbox: claims a delivery, marks the last step, records how it ended.

A claim is a lease with a fence. A sender that is killed or stopped loses its lease: what it had not handed over goes
back; what it may have handed over is uncertain, and stays so until somebody says, or that very sender comes back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from clusterreport.delivery.outbox.queries import delivery_by_id
from clusterreport.delivery.outbox.rows import HANDING_OVER, OVER, AuditEntry, DeliveryClaim
from clusterreport.delivery.outbox.tables import DELIVERIES
from clusterreport.delivery.outbox.transitions import (
    Move,
    close_if_over,
    locked_issue,
    move_deliveries,
    next_state,
    write,
)
from clusterreport.messages import message

if TYPE_CHECKING:
    import datetime as dt

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import DeliveryState, Outcome


class FencedError(Exception):
    """The delivery is no longer the sender's: its lease ran out, or somebody stopped it. Nothing may be handed over."""


def claim(outbox: Outbox, sender: str, now: dt.datetime, lease: dt.timedelta) -> DeliveryClaim | None:
    """Take the delivery that has been due longest, for as long as ``lease``; None where none is due.

    What other senders held longer than their leases is released first.
    """
    with outbox.writing() as connection:
        _release(connection, outbox.place, sender, now)
        due = (
            sa.select(DELIVERIES.c.id, DELIVERIES.c.fence, DELIVERIES.c.attempts)
            .where(DELIVERIES.c.state == "approved", DELIVERIES.c.next_at <= now)
            .order_by(DELIVERIES.c.next_at, DELIVERIES.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = connection.execute(due).one_or_none()
        if row is None:
            return None
        values = {
            "fence": row.fence + 1, "attempts": row.attempts + 1, "committed": False, "lease_until": now + lease,
        }  # fmt: skip
        which = (DELIVERIES.c.id == row.id) & (DELIVERIES.c.fence == row.fence)
        detail = {"attempt": row.attempts + 1, "fence": row.fence + 1}
        move_deliveries(connection, which, Move(("approved",), "sending", values, detail), AuditEntry(sender, now))
        return DeliveryClaim(delivery_by_id(connection, row.id, outbox.place), sender, lease)


def commit_marker(outbox: Outbox, taken: DeliveryClaim, now: dt.datetime) -> None:
    """Record, on the disk, that the last step is about to be taken; FencedError if it must not be.

    The lease begins anew, so that there is time for the reply.
    """
    with outbox.writing() as connection:
        which = _held(taken) & DELIVERIES.c.committed.is_(False)
        values = {"committed": True, "lease_until": now + taken.lease}
        entry = AuditEntry(taken.sender, now, HANDING_OVER)
        if not move_deliveries(connection, which, Move(("sending",), "sending", values), entry):
            raise FencedError


def finish(outbox: Outbox, taken: DeliveryClaim, outcome: Outcome, now: dt.datetime) -> bool:
    """Record how an attempt ended, and return whether it counts.

    After the lease has run out it counts only while the delivery is still uncertain from this very attempt; else the
    history alone keeps it. Nothing is sent that was not marked. What may no longer go because its approval is void or
    its issue cancelled does not become approved again.
    """
    with outbox.writing() as connection:
        issue = locked_issue(connection, taken.delivery.issue, outbox.place)
        which = _held(taken)
        if outcome.state == "sent":
            which &= DELIVERIES.c.committed.is_(True)
        after, values = _ending(connection, issue, taken, outcome)
        entry = AuditEntry(taken.sender, now, outcome.reply)
        before: tuple[DeliveryState, ...] = ("sending",) if after == "uncertain" else ("sending", "uncertain")
        if move_deliveries(connection, which, Move(before, after, values), entry):
            if after in OVER:
                close_if_over(connection, issue, entry)
            return True
        now_in = delivery_by_id(connection, taken.delivery.id, outbox.place).state
        line = {"issue": issue.id, "delivery": taken.delivery.id, "before": now_in, "after": now_in}
        write(connection, entry, [line], {"late": outcome.state, "fence": taken.fence})
        return False


def release_expired(outbox: Outbox, by: str, now: dt.datetime) -> int:
    """Take back what senders have held longer than their leases, and return how many; ``claim`` does so too."""
    with outbox.writing() as connection:
        return _release(connection, outbox.place, by, now)


def _held(taken: DeliveryClaim) -> sa.ColumnElement[bool]:
    return (DELIVERIES.c.id == taken.delivery.id) & (DELIVERIES.c.fence == taken.fence)


def _ending(
    connection: sa.Connection, issue: sa.Row[Any], taken: DeliveryClaim, outcome: Outcome
) -> tuple[DeliveryState, dict[str, Any]]:
    """Return the state that an attempt ends in, and what else changes with it."""
    values: dict[str, Any] = {"reply": outcome.reply, "lease_until": None, "next_at": None}
    if outcome.state in {"sent", "uncertain"}:
        return outcome.state, values
    values["committed"] = False
    if outcome.state == "failed":
        return "failed", values
    if not outcome.counted:
        values["attempts"] = DELIVERIES.c.attempts - 1
    state, landed = next_state(connection, issue, taken.delivery.audience, outcome.next_at or taken.delivery.next_at)
    return state, values | landed


def _release(connection: sa.Connection, place: str, by: str, now: dt.datetime) -> int:
    """Release what was held too long; the issues are locked in one order, so that two senders never wait in a ring."""
    expired = (DELIVERIES.c.state == "sending") & (DELIVERIES.c.lease_until < now)
    held = connection.execute(sa.select(DELIVERIES.c.issue, DELIVERIES.c.audience).where(expired).distinct()).all()
    released = 0
    entry = AuditEntry(by, now, message("the sender's lease ran out"))
    for number, audience in sorted(tuple(row) for row in held):
        issue = locked_issue(connection, number, place)
        which = expired & (DELIVERIES.c.issue == number) & (DELIVERIES.c.audience == audience)
        unmarked = which & DELIVERIES.c.committed.is_(False)
        state, landed = next_state(connection, issue, audience, now)
        values = {**landed, "lease_until": None, "fence": DELIVERIES.c.fence + 1}
        released += len(move_deliveries(connection, unmarked, Move(("sending",), state, values), entry))
        reply = message("the sender was lost before a reply came")
        values = {"lease_until": None, "next_at": None, "reply": reply}
        released += len(move_deliveries(connection, which, Move(("sending",), "uncertain", values), entry))
    return released
