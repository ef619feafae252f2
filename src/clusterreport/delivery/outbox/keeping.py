"""Copies an outbox in use, and puts a copy back; what may have gone since then goes again only by a person."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from clusterreport.delivery.outbox.journal import Move, locked_issue, move_deliveries
from clusterreport.delivery.outbox.opening import open_outbox
from clusterreport.delivery.outbox.planning import skip_issue
from clusterreport.delivery.outbox.queries import issues
from clusterreport.delivery.outbox.tables import DELIVERIES
from clusterreport.errors import OutboxError

if TYPE_CHECKING:
    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import Deed
    from clusterreport.settings.delivery import Delivery

# Also what is only planned or built: where the settings ask for no approval, the next round would send it.
_UNFINISHED: Final = ("planned", "built", "approved", "sending")
_BESIDE: Final = ("", "-wal", "-shm")
_COPY: Final = "Name a copy that `clusterreport backup` has made."


def backup(delivery: Delivery, target: Path) -> None:
    """Copy the outbox to ``target`` while others may go on using it; OutboxError where it cannot be done."""
    source = _file_of(delivery, "pg_dump")
    if target.exists():
        raise OutboxError(str(target), "the file is there already", "Give another name; no copy is written over.")
    with open_outbox(delivery):  # which finds out whether it is whole
        _copied(source, target)


def restore(delivery: Delivery, source: Path, deed: Deed) -> int:
    """Put a copy in the outbox's place and hold what it would send; return how many deliveries are held.

    What stood there is kept beside it, its name ending in ".before-restore" (and a number, where that is taken).
    OutboxError where the copy is damaged.
    """
    target = _file_of(delivery, "pg_restore, then `clusterreport hold`")
    fresh = target.with_name(f"{target.name}.restoring")
    with open_outbox(type(delivery)(_existing(source), delivery.archive)):
        for suffix in _BESIDE:  # of a restore that was killed
            Path(f"{fresh}{suffix}").unlink(missing_ok=True)
        _copied(source, fresh)
    with open_outbox(type(delivery)(fresh, delivery.archive)) as outbox:  # before any sender can see it
        held = hold(outbox, deed)
    kept = _free(Path(f"{target}.before-restore"))
    for suffix in _BESIDE:
        standing = Path(f"{target}{suffix}")
        if standing.exists():
            standing.replace(f"{kept}{suffix}")
    fresh.replace(target)
    return held


def hold(outbox: Outbox, deed: Deed) -> int:
    """Make everything that would be sent uncertain, so that nothing goes until somebody resolves it.

    What was due until now and is not known is not made by itself either: it may be only this outbox that does not
    know of it.
    """
    held = 0
    for schedule in dict.fromkeys(issue.schedule for issue in issues(outbox) if issue.kind == "regular"):
        skip_issue(outbox, schedule, deed.at, deed)
    with outbox.writing() as connection:
        which = DELIVERIES.c.state.in_(_UNFINISHED)
        numbers = connection.execute(sa.select(DELIVERIES.c.issue).where(which).distinct()).scalars().all()
        for issue in sorted(numbers):
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
        raise OutboxError(str(path), "there is no such file", _COPY)
    if path.stat().st_size == 0:  # to SQLite that is a database, of which an outbox can be made
        raise OutboxError(str(path), "the file is empty", _COPY)
    return path


def _free(path: Path) -> Path:
    """Return ``path``, or the first of path-2, path-3 … where nothing stands."""
    names = itertools.chain([path], (Path(f"{path}-{count}") for count in itertools.count(2)))
    return next(name for name in names if not name.exists())


def _file_of(delivery: Delivery, program: str) -> Path:
    if not isinstance(delivery.outbox, Path):
        problem = "the outbox is in PostgreSQL, which has tools of its own"
        raise OutboxError(delivery.outbox, problem, f"Use {program}.")
    return delivery.outbox
