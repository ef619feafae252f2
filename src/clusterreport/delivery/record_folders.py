"""Replaces the folder of a record as a whole; what a process that was killed left is finished or undone.

A new folder is made in a scratch folder beside, whose name tells whose place it is to take. From then on there are two
renames; where only the first was done, the next process that comes does the second.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.delivery.private_files import write_private
from clusterreport.durability import sync_folder, write_durably
from clusterreport.locks import exclusive
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_SCRATCH: Final = ".record-"
_LOCK: Final = ".records.lock"


@contextmanager
def at_work(archive: Path) -> Iterator[None]:
    """Let one process at a time change the folders of ``archive``, after settling what one before has left."""
    with exclusive(archive / _LOCK, message("the archive")):
        _settle_all(archive)
        yield


def settle(archive: Path) -> None:
    """Finish or undo what was left half-way, if anything was."""
    if any(archive.glob(f"{_SCRATCH}*")):
        with at_work(archive):
            pass


def replace_folder(contents: Mapping[str, bytes], target: Path, private: Collection[str] = ()) -> None:
    """Let ``target`` hold exactly ``contents``, by their paths in it, ``private`` ones for their owner alone.

    The caller is at work.
    """
    scratch = target.with_name(f"{_SCRATCH}{target.name}")
    try:
        for path, content in contents.items():
            _write(scratch / "made" / path, content, private=path in private)
        for folder in {above for path in contents for above in (Path("made") / path).parents if above != Path()}:
            sync_folder(scratch / folder)
        if target.exists():
            target.replace(scratch / "old")
        (scratch / "made").replace(target)
    finally:
        _settle(scratch, target)
    sync_folder(target.parent)


def _settle_all(archive: Path) -> None:
    for scratch in archive.glob(f"{_SCRATCH}*"):
        _settle(scratch, archive / scratch.name.removeprefix(_SCRATCH))


def _settle(scratch: Path, target: Path) -> None:
    """Finish what has taken the old folder away, undo what has not, and remove the scratch."""
    made, old = scratch / "made", scratch / "old"
    if old.exists():
        if not target.exists():  # what was made is whole: else the old would still be in its place
            try:
                made.replace(target)
            except OSError:
                old.replace(target)
        else:
            old.replace(scratch / "gone")  # so that half of it is never taken for the whole
    shutil.rmtree(scratch, ignore_errors=True)


def _write(path: Path, content: bytes, *, private: bool) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if private:
        write_private(path, content)
        return
    write_durably(path, content)
