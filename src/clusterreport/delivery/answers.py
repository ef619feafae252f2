"""Reads what a server says, within limits: so many bytes, and so much time for the whole of an answer."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message

if TYPE_CHECKING:
    import socket

_CHUNK: Final = 4096


class AnswerError(Exception):
    """An answer is longer than any that means well."""


@dataclass(slots=True)
class Answers:
    """The lines that come from a socket; what was read beyond a line is kept for the next."""

    unread: bytearray = field(default_factory=bytearray)

    def line(self, source: socket.socket, most: int, deadline: float) -> bytes:
        """Return a line with its end; b"" where the other side has hung up before any of it came.

        AnswerError where it has more than ``most`` bytes, TimeoutError where it is not whole by ``deadline`` (a moment
        of time.monotonic), however many bytes come until then.
        """
        searched = 0
        while (end := self.unread.find(b"\n", searched)) < 0:
            searched = len(self.unread)
            if searched > most:
                break
            if not self._read(source, deadline):
                return self._taken(searched)
        if end < 0 or end >= most:
            raise AnswerError(message("a line of its answer has more than {most} bytes", most=most))
        return self._taken(end + 1)

    def exactly(self, source: socket.socket, size: int, deadline: float) -> bytes:
        """Return ``size`` bytes, fewer where the other side has hung up; TimeoutError as for a line."""
        while len(self.unread) < size and self._read(source, deadline):
            pass
        return self._taken(size)

    def early(self, source: socket.socket) -> bytes:
        """Return what has come though nothing was asked, b"" where nothing has."""
        patience = source.gettimeout()
        source.settimeout(0)
        try:
            with contextlib.suppress(OSError):  # nothing to read, or nobody there, which the next step will find out
                self.unread += source.recv(_CHUNK)
        finally:
            source.settimeout(patience)
        return bytes(self.unread)

    def _read(self, source: socket.socket, deadline: float) -> bool:
        """Read what there is; False where the other side has hung up."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError(message("timed out"))
        patience = source.gettimeout()
        source.settimeout(left)
        try:
            came = source.recv(_CHUNK)
        finally:
            source.settimeout(patience)
        self.unread += came
        return bool(came)

    def _taken(self, size: int) -> bytes:
        taken = bytes(self.unread[:size])
        del self.unread[:size]
        return taken
