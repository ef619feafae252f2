"""Stops a template that exceeds its time or its memory, on systems that can; the budget holds everywhere.

The budget (budget.py) refuses the same template on every machine. What stands here is the net below it, far wider than
any template that the budget lets pass needs: seconds of processor time, and room for memory above what is in use.
"""

from __future__ import annotations

import contextlib
import mmap
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.messages import message

try:
    import resource
except ImportError:  # a system without limits of this kind
    _LIMITED = False
else:
    _LIMITED = True

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MAX_SECONDS: Final = 10.0  # of processor time for one section
MAX_MEMORY: Final = 400 * 1024 * 1024  # bytes above what the process has when a section is begun
_AGAIN: Final = 0.5  # seconds until a second signal, should the first be lost in a callback
_PAGES: Final = Path("/proc/self/statm")


class OverrunError(BaseException):
    """A template outran its time; no ``except Exception`` on the way may keep it."""

    def __init__(self) -> None:
        """Say it as a template's writer should read it."""
        self.problem = message("it takes more than {max_seconds:.0f} seconds", max_seconds=MAX_SECONDS)
        super().__init__(self.problem)


@contextlib.contextmanager
def limited() -> Iterator[None]:
    """Raise OverrunError or MemoryError within, when the work takes too long or too much; as far as that can be had."""
    with _memory_limited(), _time_limited():
        yield


@contextlib.contextmanager
def _time_limited() -> Iterator[None]:
    """Count the time that the processor spends, so that a busy machine changes nothing."""
    alone = threading.current_thread() is threading.main_thread()
    if not alone or not hasattr(signal, "setitimer") or signal.getitimer(signal.ITIMER_PROF) != (0.0, 0.0):
        yield
        return
    before = signal.signal(signal.SIGPROF, _overrun)
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@contextlib.contextmanager
def _memory_limited() -> Iterator[None]:
    """Lower the soft limit of the address space; not where other threads would meet it too."""
    used = _address_space()
    if not _LIMITED or used is None or threading.active_count() > 1:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = used + MAX_MEMORY
    if soft != resource.RLIM_INFINITY and soft <= wanted:
        yield
        return
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int | None:
    """Return the bytes of address space in use; None where the system does not say."""
    try:
        pages = int(_PAGES.read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return None
    return pages * mmap.PAGESIZE


def _overrun(_signal: int, _frame: FrameType | None) -> None:
    raise OverrunError
