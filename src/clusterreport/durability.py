"""Brings files, and the names in a folder, down to the disk, so that they outlast a failure of power."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_CANNOT_SYNC_FOLDERS: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF})
"""What a file system answers that has no such operation for folders, as mounted shares of Windows have none."""


def write_durably(path: Path, content: bytes, *, new: bool = False) -> None:
    """Write a file down to the disk; with ``new`` FileExistsError where something stands there. OSError as it comes.

    Its name in the folder is not on the disk yet: call ``sync_folder`` when all files of the folder are written.
    """
    with path.open("xb" if new else "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_whole(path: Path, content: bytes) -> None:
    """Write a file whole, or leave the one that stands there. OSError as it comes."""
    scratch = path.with_name(f".{path.name}.new")
    write_durably(scratch, content)
    scratch.replace(path)


def sync_folder(folder: Path) -> None:
    """Bring the names in ``folder`` down to the disk, where the system and its kind of file system can.

    OSError where the disk failed (EIO), is full (ENOSPC, EDQUOT), or the folder is gone: what was written may be lost
    then, and the caller must not say that it is safe. Nothing is done where there is no such operation, or where we may
    write into the folder but not read it.
    """
    if os.name != "posix":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC_FOLDERS:
            raise OSError(error.errno, error.strerror, str(folder)) from None
    finally:
        os.close(descriptor)
