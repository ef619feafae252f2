"""Writes files that only their owner may read, whatever the umask says: they tell who gets what."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

_OWNER_ALONE: Final = 0o600
_OTHERS: Final = 0o077


def write_private(path: Path, content: bytes) -> None:
    """Write a file down to the disk, in place of what stands there: nobody else's mode, and no link, is taken over."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".private-")  # which nobody else may read
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if os.name == "posix":
            Path(name).chmod(_OWNER_ALONE)  # where the umask took something from the owner, too
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def make_private(path: Path) -> None:
    """Keep others from a file that an earlier version has left open to them."""
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        path.chmod(_OWNER_ALONE)
