"""Disks that fail when the names in a folder are to be brought down to them; files are written as always."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def fail_to_sync(
    patch: pytest.MonkeyPatch, code: int, which: Callable[[Path], bool] = lambda _folder: True
) -> list[Path]:
    """Let fsync of each folder that is meant end with ``code``; the folders that were asked for are noted."""
    asked: list[Path] = []
    fsync = os.fsync

    def failing(descriptor: int) -> None:
        folder = Path(f"/proc/self/fd/{descriptor}").resolve()
        if stat.S_ISDIR(os.fstat(descriptor).st_mode) and which(folder):
            asked.append(folder)
            raise OSError(code, os.strerror(code))
        fsync(descriptor)

    patch.setattr(os, "fsync", failing)
    return asked
