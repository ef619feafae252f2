"""Copies an outbox in use, and puts a copy back; what may have gone since then goes again only by a person."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from clusterreport.delivery.outbox.journal import Move, locked_issue, move_deliveries
from clusterreport.delivery.outbox.opening import open_outbox
from clusterreport.delivery.outbox.tables import DELIVERIES
from clusterreport.errors import OutboxError

if TYPE_CHECKING:
    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import Deed
    from clusterreport.settings.delivery import Delivery

_UNFINISHED: Final = ("approved", "sending")
_BESIDE: Final = ("", "-wal", "-shm")


def backup(delivery: Delivery, target: Path) -> None:
    """Copy the outbox to ``target`` while others may go on using it; OutboxError where it cannot be done."""
    source = _file_of(delivery, "pg_dump")
    if target.exists():
        raise OutboxError(str(target), "the file is there already", "Give another name; no copy is written over.")
    with open_outbox(delivery):  # which finds out whether it is whole
        _copied(source, target)


def restore(delivery: Delivery, source: Path, deed: Deed) -> int:
    """Put a copy in the outbox's place and hold what it would send; return how many deliveries are held.

    What stood there is kept beside it, its name ending in ".before-restore". OutboxError where the copy is damaged.
    """
    target = _file_of(delivery, "pg_restore, then `clusterreport hold`")
    fresh = target.with_name(f"{target.name}.restoring")
    with open_outbox(type(delivery)(_existing(source), delivery.archive)):
        _copied(source, fresh)
    for suffix in _BESIDE:
        standing = Path(f"{target}{suffix}")
        if standing.exists():
            standing.replace(f"{target}.before-restore{suffix}")
    fresh.replace(target)
    with open_outbox(delivery) as outbox:
        return hold(outbox, deed)


def hold(outbox: Outbox, deed: Deed) -> int:
    """Make everything that would be sent uncertain, so that nothing goes until somebody resolves it."""
    held = 0
    with outbox.writing() as connection:
        which = DELIVERIES.c.state.in_(_UNFINISHED)
        issues = connection.execute(sa.select(DELIVERIES.c.issue).where(which).distinct()).scalars().all()
        for issue in sorted(issues):
            locked_issue(connection, issue, outbox.place)
            values = {"next_at": None, "lease_until": None, "reply": deed.reason, "fence": DELIVERIES.c.fence + 1}
            own = DELIVERIES.c.issue == issue
            held += len(move_deliveries(connection, own, Move(_UNFINISHED, "uncertain", values), deed))
    return held


def _copied(source: Path, target: Path) -> None:
    """Copy page by page, for the owner alone; a copy that is not whole is not left behind."""
    try:
        os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except (OSError, sqlite3.Error) as error:
        target.unlink(missing_ok=True)
        raise OutboxError(
            str(target), f"the copy cannot be written: {error}", "Check the disk and your rights."
        ) from None


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise OutboxError(str(path), "there is no such file", "Name a copy that `clusterreport backup` has made.")
    return path


def _file_of(delivery: Delivery, program: str) -> Path:
    if not isinstance(delivery.outbox, Path):
        problem = "the outbox is in PostgreSQL, which has tools of its own"
        raise OutboxError(delivery.outbox, problem, f"Use {program}.")
    return delivery.outbox
