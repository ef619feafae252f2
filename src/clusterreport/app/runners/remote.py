"""Does jobs on workers of Dask: those of a scheduler that runs already, or own ones for the time of one batch."""

from __future__ import annotations

import threading
import time
import uuid
import warnings
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, Generic

from clusterreport import __version__
from clusterreport.app.runners import Done, Job
from clusterreport.app.runners.connecting import LostSchedulerError, connected, no_workers
from clusterreport.app.runners.likening import THREADS, Unlike, differences, refuse_unlike
from clusterreport.app.runners.sealed import DamagedError, Sealed
from clusterreport.errors import UsageError
from clusterreport.messages import message
from clusterreport.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from distributed import Client, Future, Worker

    from clusterreport.app.runners import Work
    from clusterreport.app.runners.likening import Differences

    Examine = Callable[[], Mapping[str, str]]

_JOBS_PER_WORKER: Final = 2
"""One that a worker does, and one that it finds when it is done, while we put away what it brought."""
_LOOK_SECONDS: Final = 2.0
"""How often we ask how many workers there are: of a cluster that grows, the new ones should not wait long."""
_PATIENCE_SECONDS: Final = 120.0
"""For so long there may be no worker at all, as when a cluster starts them anew."""


class DaskRunner(Generic[Job, Done]):
    """Does jobs on workers of Dask; the work travels to each of them once, by its hash.

    A worker that dies is replaced by whoever started it, and what it had is done by another.
    """

    def __init__(
        self, scheduler: str, workers: int, examine: Examine, patience_seconds: float = _PATIENCE_SECONDS
    ) -> None:
        """Take the address of a ``scheduler``, or "" for one of our own with so many ``workers`` on this machine.

        ``examine`` is called here and on each worker: no job is done where it returns something else.
        """
        self._scheduler, self._workers, self._examine = scheduler, workers, examine
        self._patience = patience_seconds

    def run(self, work: Work[Job, Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield what came of each job as soon as it is done.

        UsageError where no scheduler or no worker answers, or is lost meanwhile, or where a worker is unlike us.
        """
        waiting, again = deque(jobs), deque[Job]()
        if not waiting:
            return
        with connected(self._scheduler, self._workers) as client:
            rounds = _Rounds[Job, Done](client, self._examine, Sealed.of(work), self._scheduler, self._patience)
            rounds.begin(1 if self._scheduler else self._workers)
            yield from rounds.done(waiting, again)
            while again:  # alone, as it is not known at which of several jobs a worker died
                suspect, lost = deque([again.popleft()]), deque[Job]()
                yield from rounds.done(suspect, lost)
                yield from map(work.lost, lost)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What each worker is told beside the work and a job: what it has to be like."""

    examine: Examine
    expected: Mapping[str, str]


class _Rounds(Generic[Job, Done]):
    """Gives out jobs to the workers of one client, and takes in what they bring."""

    def __init__(self, client: Client, examine: Examine, work: Sealed, scheduler: str, patience: float) -> None:
        self._client, self._scheduler, self._patience = client, scheduler, patience
        self._asked = _Asked(examine, {**examine(), THREADS: "1"})
        self._began = self._seen = time.monotonic()
        self._looked, self._count = -_LOOK_SECONDS, 0
        self._damaged = False
        self._sealed = work
        self._work: Future[Any] | None = None

    def begin(self, workers: int) -> None:
        """Wait for so many workers, compare them with us, and send the work on its way."""
        while self._look() < workers and time.monotonic() - self._began < self._patience:
            time.sleep(_LOOK_SECONDS / 10)
        found = self._client.run(_examined_on, self._asked, on_error="return")
        refuse_unlike({worker: said for worker, told in found.items() if (said := _said(told))})
        with warnings.catch_warnings():  # that the work is large: it is sent once, and not with each job
            warnings.simplefilter("ignore", UserWarning)
            self._work = self._client.submit(_received, self._sealed, key=f"clusterreport-{self._sealed.sha256}")

    def done(self, waiting: deque[Job], failed: deque[Job]) -> Iterator[Done]:
        """Yield what comes of the jobs ``waiting``; ``failed`` takes those at which workers died."""
        running: dict[Future[Any], Job] = {}
        ended = SimpleQueue[Any]()
        try:
            while waiting or running:
                while waiting and len(running) < self._room():
                    job = waiting.popleft()
                    future = self._client.submit(
                        do_job, self._work, job, self._asked, key=f"clusterreport-job-{uuid.uuid4().hex}"
                    )
                    running[future] = job
                    future.add_done_callback(ended.put)
                with suppress(Empty):
                    future = ended.get(timeout=_LOOK_SECONDS)
                    job = running.pop(future)
                    told = self._brought(future)
                    if told is None:
                        failed.append(job)
                    else:
                        yield told.opened()
        finally:
            with suppress(Exception):  # the scheduler may be gone
                self._client.cancel(list(running), force=True)

    def _brought(self, future: Future[Any]) -> Sealed | None:
        """Return what a worker has brought, None where workers have died over it, or brought it damaged for once."""
        from distributed import KilledWorker

        if future.status not in {"finished", "error"}:
            raise LostSchedulerError(self._scheduler)
        try:
            told = future.result()
            if isinstance(told, Unlike):
                refuse_unlike({told.worker: told.differences})
            told.opened()
        except KilledWorker:
            return None
        except DamagedError:
            if self._damaged:
                raise _damaged(self._scheduler) from None
            self._damaged = True
            return None
        return told  # type: ignore[no-any-return]

    def _room(self) -> int:
        """Return how many jobs may be given out at a time."""
        if time.monotonic() - self._looked >= _LOOK_SECONDS:
            self._look()
        return self._count * _JOBS_PER_WORKER

    def _look(self) -> int:
        """Return how many workers there are; UsageError where there has been none for long."""
        self._looked = time.monotonic()
        try:
            self._count = len(self._client.nthreads())
        except Exception as error:
            raise LostSchedulerError(self._scheduler) from error
        if self._count:
            self._seen = self._looked
        elif self._looked - self._seen >= self._patience:
            raise no_workers(self._scheduler)
        return self._count


def do_job(work: Sealed, job: Any, asked: _Asked) -> Sealed | Unlike:  # noqa: ANN401 -- as the work has it
    """Be a worker: return what came of a job under its hash, or in what this worker is unlike who asks."""
    from distributed import get_worker

    with _ONE_AT_A_TIME:
        if unlike := _examined_on(asked, get_worker()):
            return Unlike(get_worker().address, unlike)
        return Sealed.of(_OPENED.made(work.sha256, lambda: _made_ready(work)).do(job))


_ONE_AT_A_TIME: Final = threading.Lock()
"""A build is not written for several threads."""
_OPENED: Final = Remembered["Work[Any, Any]"](2)
"""The work of the last batches, made ready in this worker."""


def _damaged(scheduler: str) -> UsageError:
    problem = message("what workers sent has arrived damaged, and not for once")
    return UsageError(scheduler or "--on dask", problem, message("Look for a fault of the network or of the memory."))


def _made_ready(sealed: Sealed) -> Work[Any, Any]:
    work: Work[Any, Any] = sealed.opened()
    work.ready()
    return work


def _received(work: Sealed) -> Sealed:
    """Hold the work, for all workers to have it from here; where the holder dies, the scheduler sends it again."""
    return work


def _examined_on(asked: _Asked, dask_worker: Worker) -> Differences:  # the library gives the worker by this name
    """Return in what this worker is unlike who asks."""
    return differences({**asked.examine(), THREADS: str(dask_worker.state.nthreads)}, asked.expected)


def _said(told: object) -> Differences:
    """Return what a worker has said of itself; one that cannot load the program says so by its error."""
    if isinstance(told, OSError):
        return ()  # it has died meanwhile
    if isinstance(told, Exception):
        return (("clusterreport", message("not usable ({error})", error=told), __version__),)
    return told  # type: ignore[return-value]
