"""Copies an outbox in a file, replaces it by a copy atomically, and clears away what a killed copy has left.

What is put back is written into the outbox as one transaction of SQLite: who has it open sees the old or the new, and
a process that is killed half-way has done nothing. Only where nothing is left to write into does the copy become the
file itself.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.durability import sync_folder
from clusterreport.errors import OutboxError, UsageError
from clusterreport.locks import exclusive
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

BESIDE: Final = ("", "-wal", "-shm", "-journal")
_SCRATCH: Final = (".restoring", ".keeping")
_NOTE: Final = ".copying"  # names the scratch of a backup, which lies beside the copy that it is to be
_PATIENCE: Final = 30.0  # seconds, for those who are writing
_WHAT: Final = template("the copies of the outbox")


def at_work(outbox: Path) -> AbstractContextManager[None]:
    """Return the lock that lets one process at a time copy the outbox or put a copy back."""
    return exclusive(outbox.with_name(f"{outbox.name}.lock"), message(_WHAT))


def scratch_of(outbox: Path) -> Path:
    """Return where a copy is made ready before it takes the outbox's place; for those at work."""
    _clear(outbox)
    return Path(f"{outbox}{_SCRATCH[0]}")


def tidy(outbox: Path) -> None:
    """Remove what a backup or a restore has left that was killed; one that is at work is let be."""
    if any(Path(f"{outbox}{ending}").exists() for ending in (*_SCRATCH, _NOTE)):
        with (
            contextlib.suppress(UsageError),
            exclusive(outbox.with_name(f"{outbox.name}.lock"), message(_WHAT), patience=0),
        ):
            _clear(outbox)


def copied(source: Path, target: Path) -> None:
    """Copy page by page, for the owner alone; a copy that is not whole is not left behind."""
    try:
        _pages(source, target)
    except (OSError, sqlite3.OperationalError) as error:
        target.unlink(missing_ok=True)
        raise _unwritten(target, error) from None
    except sqlite3.DatabaseError as error:
        target.unlink(missing_ok=True)
        problem = message("the file is damaged, or no outbox: {error}", error=error)
        raise OutboxError(str(source), problem, message("Take another copy.")) from None


def copied_out(outbox: Path, target: Path) -> None:
    """Copy the outbox to ``target``, where nothing may stand: the whole copy, or none."""
    scratch, note = target.with_name(f".{target.name}{_NOTE}"), Path(f"{outbox}{_NOTE}")
    with at_work(outbox):
        _clear(outbox)
        try:
            note.write_text(str(scratch.absolute()), encoding="utf-8")
            copied(outbox, scratch)
            _named(scratch, target)
        except FileExistsError:
            raise OutboxError(
                str(target),
                message("the file is there already"),
                message("Give another name; no copy is written over."),
            ) from None
        except OSError as error:
            raise _unwritten(target, error) from None
        finally:
            _clear(outbox)


def put_back(fresh: Path, target: Path) -> None:
    """Let ``target`` hold what ``fresh`` holds, for those too who have it open; what stood there is kept beside it."""
    try:
        if not _written_over(fresh, target):
            _exchange(fresh, target)
    except (OSError, sqlite3.OperationalError) as error:
        raise _unwritten(target, error) from None


def _written_over(fresh: Path, target: Path) -> bool:
    """Write a copy into the outbox that stands there, and keep that one; False where nothing can be written into it."""
    if not target.exists() or target.stat().st_size == 0:
        return False
    keeping = Path(f"{target}{_SCRATCH[1]}")
    try:
        _pages(target, keeping)
        keeping.rename(_free(target))
        _pages(fresh, target)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # it is damaged
        return False
    return True


def _pages(source: Path, target: Path) -> None:
    """Write all pages of ``source`` into ``target``, made where there is none, as one transaction."""
    deadline = time.monotonic() + _PATIENCE

    def in_time(status: int, *_: int) -> None:
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED} and time.monotonic() > deadline:
            problem = message("another process is writing all the time")
            raise sqlite3.OperationalError(problem)

    os.close(os.open(target, os.O_RDWR | os.O_CREAT, 0o600))
    with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA synchronous = FULL")
        old.backup(new, progress=in_time)


def _exchange(fresh: Path, target: Path) -> None:
    """Put ``fresh`` in the place of a file that is damaged or gone; at every moment one of them stands there."""
    kept = _free(target)
    if target.exists():
        _named(target, kept)
    for suffix in BESIDE[1:]:  # what SQLite would otherwise take for the rest of the new file
        with contextlib.suppress(FileNotFoundError):
            Path(f"{target}{suffix}").replace(f"{kept}{suffix}")
    fresh.replace(target)
    sync_folder(target.parent)


def _named(path: Path, name: Path) -> None:
    """Give a file another name, where nothing may stand; FileExistsError where something does."""
    try:
        name.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:  # a file system without a second name for one file
        if name.exists():
            raise FileExistsError(name) from None
        name.write_bytes(path.read_bytes())


def _clear(outbox: Path) -> None:
    """Remove all scratch; the caller holds the lock."""
    note = Path(f"{outbox}{_NOTE}")
    scratch = [Path(f"{outbox}{ending}") for ending in _SCRATCH]
    with contextlib.suppress(OSError, ValueError):
        named = Path(note.read_text(encoding="utf-8"))
        if named.name.startswith(".") and named.name.endswith(_NOTE):
            scratch.append(named)
    with contextlib.suppress(OSError):
        for path, suffix in itertools.product(scratch, BESIDE):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        note.unlink(missing_ok=True)


def _free(outbox: Path) -> Path:
    """Return the outbox's name with ".before-restore" behind it, or the first with -2, -3 … where nothing stands."""
    wanted = f"{outbox}.before-restore"
    names = itertools.chain([wanted], (f"{wanted}-{count}" for count in itertools.count(2)))
    return next(path for path in map(Path, names) if not path.exists())


def _unwritten(path: Path, error: Exception) -> OutboxError:
    return OutboxError(
        str(path),
        message("the copy cannot be written: {error}", error=error),
        message("Check the disk and your rights."),
    )
