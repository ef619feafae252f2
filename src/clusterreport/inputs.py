"""Reads each file of a project once in a build, so that what was hashed is what is used, whoever saves meanwhile."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from typing import TYPE_CHECKING

from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path


class Inputs:
    """The files that one build has read, and the names that it has found in folders; neither is looked at again.

    Whoever begins a build says what time it is, and nothing below looks at a clock.
    """

    def __init__(self, now: dt.datetime | None = None) -> None:
        """Begin with nothing read, at the moment ``now``; only what asks a database or signs needs one."""
        self._now = now
        self._contents: dict[Path, bytes] = {}
        self._names: dict[Path, tuple[str, ...]] = {}

    @property
    def now(self) -> dt.datetime:
        """Return when the build began; RuntimeError where whoever began it has not said."""
        if self._now is None:
            reason = "no time was handed in: Inputs(now)"
            raise RuntimeError(reason)
        return self._now

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file as they were when it was first asked for; OSError where it cannot be read."""
        if path not in self._contents:
            self._contents[path] = path.read_bytes()
        return self._contents[path]

    def take(self, contents: Mapping[Path, bytes]) -> None:
        """Take the contents of files that were read elsewhere."""
        self._contents.update(contents)

    def holds(self, path: Path) -> bool:
        """Tell whether the file was read, so that nothing of it needs to be looked at any more."""
        return path in self._contents

    def text(self, path: Path, place: str) -> str:
        """Return the text of a file, which the user calls ``place``.

        FileNotFoundError where there is none; ProblemsError where it cannot be read, or is not UTF-8.
        """
        try:
            content = self.read(path)
            return io.TextIOWrapper(
                io.BytesIO(content), encoding="utf-8-sig"
            ).read()  # line ends too, as files are read
        except FileNotFoundError:
            raise
        except UnicodeDecodeError:
            problem = Problem(place, message("it is not UTF-8 text"), message("Save the file as UTF-8."))
        except OSError as error:
            reason = os_reason(error)
            remedy = message("Close it in other programs, or ask for the right to read it.")
            problem = Problem(place, message("the file cannot be opened ({reason})", reason=reason), remedy)
        raise ProblemsError([problem])

    def sha256(self, path: Path) -> str:
        """Return the SHA-256 of the very bytes that ``read`` returns."""
        return hashlib.sha256(self.read(path)).hexdigest()

    def names(self, folder: Path) -> tuple[str, ...]:
        """Return the names of a folder's files when it was first asked for, sorted; none where it cannot be read."""
        if folder not in self._names:
            self._names[folder] = _files_in(folder)
        return self._names[folder]

    def has(self, path: Path) -> bool:
        """Tell whether there was such a file when its folder was first looked into."""
        return path.name in self.names(path.parent)

    def paths_below(self, folder: Path) -> tuple[Path, ...]:
        """Return what lies in a folder and in those within it, sorted: files, and what else is there; or nothing."""
        return tuple(sorted(folder.rglob("*"))) if folder.is_dir() else ()

    def carried(self, root: Path, whole: tuple[Path, ...]) -> CarriedInputs:
        """Return what was read of the project in ``root``, and all that lies in some folders, to be had elsewhere.

        OSError where a file of these folders cannot be read.
        """
        for path in (path for folder in whole for path in self.paths_below(folder) if self.has(path)):
            self.read(path)
        folders = root, *whole
        below = {path: content for path, content in self._contents.items() if _is_below(path, folders)}
        return CarriedInputs(folders, below, self._now)


class CarriedInputs(Inputs):
    """The files of a project in a place where it does not lie: below its folders there is what was read, no more."""

    def __init__(self, folders: tuple[Path, ...], contents: Mapping[Path, bytes], now: dt.datetime | None) -> None:
        """Begin with the ``contents`` of files below ``folders``; what lies elsewhere is read from the disk here."""
        super().__init__(now)
        self._folders = folders
        self._contents.update(contents)

    def read(self, path: Path) -> bytes:
        """Return the bytes of a file as they were read where the project lies; FileNotFoundError where it had none."""
        if path not in self._contents and _is_below(path, self._folders):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        return super().read(path)

    def names(self, folder: Path) -> tuple[str, ...]:
        """Return the names of a folder's files where the project lies, sorted."""
        if not _is_below(folder, self._folders):
            return super().names(folder)
        return tuple(sorted(path.name for path in self._contents if path.parent == folder))

    def paths_below(self, folder: Path) -> tuple[Path, ...]:
        """Return the files in a folder and in those within it, sorted."""
        if not _is_below(folder, self._folders):
            return super().paths_below(folder)
        return tuple(sorted(path for path in self._contents if path.is_relative_to(folder)))


def _is_below(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)


def _files_in(folder: Path) -> tuple[str, ...]:
    try:
        return tuple(path.name for path in sorted(folder.iterdir()) if path.is_file())
    except OSError:
        return ()
