"""Lets one process at a time do what two must not do at once: a lock on a file, let go whatever ends its holder."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from clusterreport.errors import UsageError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE_SECONDS: Final = 600.0
"""As long as the slowest build of a project that we know of takes, several times over."""


class BusyError(UsageError):
    """Another process holds the lock, and has held it for as long as there was patience."""


@contextmanager
def exclusive(path: Path, what: str, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the lock on the file ``path``, made where there is none; wait ``patience`` seconds for it.

    The system lets go of the lock when its process ends, so that no lock outlives a process that was killed. Within
    one process the lock is one, too: who holds it may take it again. ``what`` names in an error what is being kept to
    one process. BusyError if another process holds the lock all the time; UsageError if the file cannot be made.
    """
    from filelock import FileLock, Timeout

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, mode=0o600, is_singleton=True)
        lock.acquire(timeout=patience)  # not above: a lock is one, however long who asks for it will wait
    except Timeout:
        problem = message("another process has been at {what} for {patience:.0f} seconds", what=what, patience=patience)
        raise BusyError(str(path), problem, message("Let it finish, or end it, then try again.")) from None
    except OSError as error:
        problem = message("the lock on {what} cannot be taken: {reason}", what=what, reason=os_reason(error))
        raise UsageError(str(path), problem, message("Check the folder and your rights.")) from None
    try:
        yield
    finally:
        lock.release()
