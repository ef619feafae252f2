"""A folder for the temporary files of one run, which the next run takes away if this one is killed."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "clusterreport-run-"
_LOCK: Final = "lock"


@contextmanager
def own_folder() -> Iterator[Path]:
    """Yield a new folder among the temporary files of this machine; those of runs that were killed are taken away."""
    from filelock import FileLock

    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        _take_away(left)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    lock = FileLock(folder / _LOCK)
    try:
        with lock:
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _take_away(folder: Path) -> None:
    """Remove a folder whose lock nobody holds, which the system has let go of where its holder was killed."""
    from filelock import FileLock, Timeout

    with suppress(OSError, Timeout):  # it is somebody else's, or in use, or was taken away meanwhile
        lock = FileLock(folder / _LOCK)
        with lock.acquire(timeout=0):
            shutil.rmtree(folder)
