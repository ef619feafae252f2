"""Does jobs in processes of this machine, of which each is made ready once."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from multiprocessing.util import get_temp_dir
from typing import TYPE_CHECKING, Any, Final, Generic

from clusterreport.app.runners import Done, Job

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from clusterreport.app.runners import Work

_JOBS_OF_A_WORKER: Final = 200
"""After so many jobs a worker is replaced, so that what libraries keep does not grow for ever."""


class Pool(Generic[Job, Done]):
    """Does jobs in processes of this machine; one that dies is replaced, and its job is done again."""

    def __init__(self, workers: int, preload: tuple[str, ...] = ()) -> None:
        """Say how many ``workers`` there are, and which modules are loaded once for all of them."""
        self._workers, self._preload = workers, preload

    def run(self, work: Work[Job, Done], jobs: Iterable[Job]) -> Iterator[Done]:
        """Yield what came of each job as soon as it is done."""
        waiting, again = deque(jobs), deque[Job]()
        while waiting:
            yield from self._round(work, waiting, again, self._workers)
        while again:  # alone, as it is not known at which of several jobs a worker died
            yield from self._alone(work, again.popleft())

    def _alone(self, work: Work[Job, Done], job: Job) -> Iterator[Done]:
        """Yield what came of a job that nothing else is done beside; it is lost when it has ended several workers."""
        for _ in range(_TRIES_ALONE):
            suspect, lost = deque([job]), deque[Job]()
            yield from self._round(work, suspect, lost, 1)
            if not lost:
                return
        yield work.lost(job)

    def _round(self, work: Work[Job, Done], waiting: deque[Job], lost: deque[Job], workers: int) -> Iterator[Done]:
        """Yield what one set of workers does, until all is done or one of them dies; ``lost`` takes what they had.

        No more jobs are given out than there are workers.
        """
        running: dict[Future[Done], Job] = {}
        with self._executor(work, workers) as executor:
            try:
                while waiting or running:
                    while waiting and len(running) < workers:
                        future = _given(executor, waiting[0])  # while it cannot be, the job keeps waiting
                        running[future] = waiting.popleft()
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        done = future.result()
                        del running[future]
                        yield done
            except BrokenProcessPool:
                lost.extend(running.values())

    def _executor(self, work: Work[Job, Done], workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            workers,
            self._context(),
            initializer=_begin,
            initargs=(work, get_temp_dir()),
            max_tasks_per_child=_JOBS_OF_A_WORKER,
        )

    def _context(self) -> BaseContext:
        if "forkserver" not in multiprocessing.get_all_start_methods():
            return multiprocessing.get_context("spawn")
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([*self._preload])
        return context


def _given(executor: ProcessPoolExecutor, job: Job) -> Future[Any]:
    """Return what is to come of a job; BrokenProcessPool where a worker has died, or what begins new ones."""
    try:
        return executor.submit(_do, job)
    except (EOFError, ConnectionError) as error:  # the server from which workers are forked; the next round has another
        raise BrokenProcessPool from error


_TRIES_ALONE: Final = 2
"""A first one may be ended by chance: what it shared a pool with may have died before it began."""

_own: list[Work[Any, Any]] = []
"""What this process does, where it is a worker."""


def _begin(work: Work[Any, Any], scratch: str) -> None:
    threading.Thread(target=_end_with_parent, args=(scratch,), daemon=True).start()
    work.ready()
    _own[:] = [work]


def _end_with_parent(scratch: str) -> None:
    """End this worker when the process dies that gives it jobs, which it would wait for for ever.

    What multiprocessing keeps in ``scratch`` is taken away by that process, unless it was killed.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        shutil.rmtree(scratch, ignore_errors=True)
        os._exit(1)


def _do(job: Any) -> Any:  # noqa: ANN401 -- as the work has it
    return _own[0].do(job)
