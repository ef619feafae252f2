"""Locks an issue: one process at a time builds it or writes its record, on every machine that shares the outbox."""

from __future__ import annotations

import contextlib
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from clusterreport.errors import OutboxError
from clusterreport.locks import PATIENCE_SECONDS, BusyError, exclusive
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import IssueRow

_CLASS: Final = 0x69737375  # "issu": the first half of the key of an advisory lock; the second is the issue's id
_PAUSE_SECONDS: Final = 0.1
# A machine that lost its power says no goodbye: after some 90 seconds of silence its session, and its lock, are ended.
_KEEPALIVES: Final = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 15, "tcp_keepalives_count": 4}


@dataclass(frozen=True, slots=True)
class Hold:
    """The hold on an issue; ``session`` is the connection whose session has the lock, None where it is a file."""

    place: str
    key: int
    session: sa.Connection | None

    def check(self) -> None:
        """Raise OutboxError where the hold is lost, as when the database server was started anew."""
        if self.session is None:
            return  # the system keeps a file's lock for as long as this process lives
        query = (
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
            " AND classid = :class AND objid = :key AND objsubid = 2"
        )
        if not self.session.execute(sa.text(query), {"class": _CLASS, "key": self.key}).scalar_one():
            raise OutboxError(
                self.place, message("the lock on an issue was lost"), message("The next round does it again.")
            )


@contextmanager
def holding(outbox: Outbox, issue: IssueRow, patience: float = PATIENCE_SECONDS) -> Iterator[Hold]:
    """Hold an issue, so that no other process builds it or writes its record; wait ``patience`` seconds for it.

    It is asked for outside of every transaction, and nobody holds two issues, so that none wait for each other. Other
    issues are not touched. BusyError where another process holds it all the time.
    """
    if outbox.engine.dialect.name == "sqlite":
        folder = Path(f"{outbox.engine.url.database}.locks")
        with exclusive(folder / f"issue-{issue.id}", message("issue {name}", name=issue.name), patience):
            yield Hold(outbox.place, issue.id, None)
        return
    with outbox.reading() as session:
        session.execution_options(isolation_level="AUTOCOMMIT")  # a lock of the session, not of a transaction
        for name, value in _KEEPALIVES.items():
            session.exec_driver_sql(f"SET {name} = {value}")
        _take(session, outbox.place, issue, patience)
        try:
            yield Hold(outbox.place, issue.id, session)
        finally:
            _let_go(session, issue.id)


def _take(session: sa.Connection, place: str, issue: IssueRow, patience: float) -> None:
    deadline = time.monotonic() + patience
    asked = sa.text("SELECT pg_try_advisory_lock(:class, :key)")
    while not session.execute(asked, {"class": _CLASS, "key": issue.id}).scalar_one():
        if time.monotonic() >= deadline:
            problem = message(
                "another process has been at issue {name} for {patience:.0f} seconds",
                name=issue.name,
                patience=patience,
            )
            raise BusyError(place, problem, message("Let it finish, or end it, then try again."))
        time.sleep(_PAUSE_SECONDS)


def _let_go(session: sa.Connection, key: int) -> None:
    """Give the lock back; a session that cannot is ended, and its lock with it."""
    with contextlib.suppress(sa.exc.SQLAlchemyError):
        session.execute(sa.text("SELECT pg_advisory_unlock(:class, :key)"), {"class": _CLASS, "key": key})
        return
    session.invalidate()
