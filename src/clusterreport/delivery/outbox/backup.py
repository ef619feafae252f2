"""Copies an outbox in use, puts a copy back, or accepts another; what may have gone goes again only by a person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from clusterreport.delivery.outbox import copying, identity
from clusterreport.delivery.outbox.opening import open_outbox
from clusterreport.delivery.outbox.planning import skip_issue
from clusterreport.delivery.outbox.queries import issues
from clusterreport.delivery.outbox.tables import DELIVERIES, ISSUES
from clusterreport.delivery.outbox.transitions import Move, locked_issue, move_deliveries, write
from clusterreport.errors import OutboxError
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import AuditEntry
    from clusterreport.settings.delivery import Delivery

# Also what is only planned or built: where the settings ask for no approval, the next round would send it.
_UNFINISHED: Final = ("planned", "built", "approved", "sending")
_COPY: Final = template("Name a copy that `clusterreport backup` has made.")


def backup(delivery: Delivery, target: Path) -> None:
    """Copy the outbox to ``target`` while others may go on using it; OutboxError where it cannot be done."""
    source = _file_of(delivery, "pg_dump")
    if target.exists():
        raise OutboxError(
            str(target), message("the file is there already"), message("Give another name; no copy is written over.")
        )
    with open_outbox(delivery):  # which finds out whether it is whole, and the right one
        copying.copied_out(source, target)


def restore(delivery: Delivery, source: Path, entry: AuditEntry) -> int:
    """Put a copy in the outbox's place and hold what it would send; return how many deliveries are held.

    What stood there is kept beside it, its name ending in ".before-restore" (and a number, where that is taken).
    OutboxError where the copy is damaged. A process that is killed half-way has put back the copy, or nothing.
    """
    target = _file_of(delivery, message("pg_restore, then `clusterreport accept`"))
    _check_copy(source)
    with copying.at_work(target):
        stood = _stood(delivery, target)
        fresh = copying.scratch_of(target)
        copying.copied(source, fresh)
        held = _held(_alone(delivery, fresh), source, entry, stood)  # before any sender can see it
        copying.put_back(fresh, target)
        identity.forget_damaged(identity.folders_of(delivery))
        open_outbox(delivery).close()  # which tells the markers
    return held


def accept(outbox: Outbox, schedules: Iterable[str], entry: AuditEntry) -> int:
    """Let an outbox that is not the one seen last be it from now on; return how many deliveries are held.

    Nothing goes that the other may have sent: what waits is held, and what was due until now of ``schedules`` is not
    made by itself. OutboxError where the outbox fits.
    """
    if outbox.unfit is None:
        remedy = message("Nothing is to be accepted; `clusterreport hold` lets nothing go.")
        raise OutboxError(outbox.place, message("it is the outbox that was seen last"), remedy)
    for schedule in schedules:
        skip_issue(outbox, schedule, entry.at, entry)
    held = hold(outbox, entry)
    markers = identity.seen_in(outbox.beside)
    with outbox.writing() as connection:
        newest = connection.execute(
            sa.select(ISSUES.c.id, ISSUES.c.state).order_by(ISSUES.c.id.desc()).limit(1)
        ).first()
        if newest is not None:
            line = {"issue": newest.id, "before": newest.state, "after": newest.state}
            write(connection, entry, [line], {"accepted": outbox.unfit.problem})
        identity.renew(connection, entry, [seen.identity for seen in markers.values() if seen is not None])
    identity.forget_damaged(outbox.beside)
    identity.remember(outbox)
    return held


def hold(outbox: Outbox, entry: AuditEntry) -> int:
    """Make everything that would be sent uncertain, so that nothing goes until somebody resolves it.

    What was due until now and is not known is not made by itself either: it may be only this outbox that does not
    know of it.
    """
    held = 0
    for schedule in dict.fromkeys(issue.schedule for issue in issues(outbox) if issue.kind == "regular"):
        skip_issue(outbox, schedule, entry.at, entry)
    with outbox.writing() as connection:
        which = DELIVERIES.c.state.in_(_UNFINISHED)
        numbers = connection.execute(sa.select(DELIVERIES.c.issue).where(which).distinct()).scalars().all()
        for issue in sorted(numbers):
            locked_issue(connection, issue, outbox.place)
            values = {"next_at": None, "lease_until": None, "reply": entry.reason, "fence": DELIVERIES.c.fence + 1}
            own = DELIVERIES.c.issue == issue
            held += len(move_deliveries(connection, own, Move(_UNFINISHED, "uncertain", values), entry))
    return held


def _alone(delivery: Delivery, path: Path) -> Delivery:
    """Return the settings of a copy, which no marker knows."""
    return replace(delivery, outbox=path, archive=path.with_name(f"{path.name}.archive"), output=None)


def _held(copy: Delivery, source: Path, entry: AuditEntry, stood: set[str]) -> int:
    """Hold all that a copy would send, give it an identity of its own, and return how much is held."""
    try:
        with open_outbox(copy) as outbox:
            held = hold(outbox, entry)
            with outbox.writing() as connection:
                identity.renew(connection, entry, stood)
    except OutboxError as error:
        raise OutboxError(str(source), error.problem.problem, error.problem.remedy) from None
    return held


def _stood(delivery: Delivery, target: Path) -> set[str]:
    """Return the identities in whose place a copy is put: those of the markers, and of the outbox if it can be read."""
    found = {seen.identity for seen in identity.seen_in(identity.folders_of(delivery)).values() if seen is not None}
    if not target.exists() or target.stat().st_size == 0:
        return found
    try:
        with open_outbox(delivery, "told") as standing, standing.reading() as connection:
            known = identity.known_in(connection)
    except OutboxError:
        return found
    return found | {known.identity, *known.former}


def _check_copy(path: Path) -> None:
    if not path.is_file():
        raise OutboxError(str(path), message("there is no such file"), message(_COPY))
    if path.stat().st_size == 0:  # to SQLite that is a database, of which an outbox can be made
        raise OutboxError(str(path), message("the file is empty"), message(_COPY))


def _file_of(delivery: Delivery, program: str) -> Path:
    if not isinstance(delivery.outbox, Path):
        problem = message("the outbox is in PostgreSQL, which has tools of its own")
        raise OutboxError(delivery.outbox, problem, message("Use {program}.", program=program))
    return delivery.outbox
