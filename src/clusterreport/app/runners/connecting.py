"""Connects with a scheduler of Dask, or starts one of our own with its workers, and leaves nothing of it behind."""

from __future__ import annotations

import logging
import signal
from contextlib import ExitStack, contextmanager
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Final

from clusterreport.app.runners.scratch import own_folder
from clusterreport.errors import UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from distributed import Client

HERE: Final = "127.0.0.1"
_ANSWER_SECONDS: Final = 5
_LOUD: Final = frozenset({"distributed", "tornado"})
_ALLOWED_DEATHS: Final = 1  # of workers over one job, before it is told apart from the others and done alone


class LostSchedulerError(UsageError):
    """The scheduler has gone away in the middle of a batch."""

    def __init__(self, address: str) -> None:
        """Say what becomes of the batch."""
        problem = message("the scheduler cannot be reached any more")
        remedy = message("What was finished stands. Start the scheduler, then run the same command again: it goes on.")
        super().__init__(address or "--on dask", problem, remedy)


@contextmanager
def connected(address: str, workers: int) -> Iterator[Client]:
    """Yield a client of the scheduler at ``address``, or of our own with so many ``workers`` where it is "".

    UsageError where the library is missing, or nobody answers.
    """
    _refuse_missing()
    import dask.config
    from distributed import Client

    with ExitStack() as stack:
        stack.enter_context(_silenced())
        # Of who has died nothing is to be had: the library's own patience is half a minute, for each thing it asks for.
        stack.enter_context(dask.config.set({"distributed.comm.timeouts.connect": f"{_ANSWER_SECONDS}s"}))
        found = address or stack.enter_context(_own_scheduler(workers))
        try:
            client = Client(found, timeout=_ANSWER_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            problem = message("no scheduler answers there ({error})", error=str(error).partition("\n")[0])
            remedy = message("Start one with: dask scheduler; or look whether its address is right.")
            raise UsageError(address, problem, remedy) from None
        yield stack.enter_context(client)


def no_workers(address: str) -> UsageError:
    """Return what is told where a scheduler has no workers."""
    remedy = message(
        "Start some on each machine: dask worker {address} --nworkers 4 --nthreads 1", address=address or "ADDRESS"
    )
    return UsageError(address or "--on dask", message("there are no workers"), remedy)


@contextmanager
def _own_scheduler(workers: int) -> Iterator[str]:
    """Yield the address of a scheduler in this process, which no other machine can reach, with workers beside it."""
    import dask.config
    from distributed import LocalCluster

    with ExitStack() as stack:
        folder = str(stack.enter_context(own_folder()))
        stack.enter_context(dask.config.set({"temporary-directory": folder}))
        scheduler = {"allowed_failures": _ALLOWED_DEATHS, "dashboard": False, "dashboard_address": f"{HERE}:0"}
        with _inheriting_deafness():
            own = LocalCluster(
                n_workers=workers, threads_per_worker=1, host=HERE, dashboard_address=None, memory_limit=0,
                env={"TMPDIR": folder}, silence_logs=logging.CRITICAL, scheduler_kwargs=scheduler,
            )  # fmt: skip
            stack.enter_context(own)
        yield own.scheduler_address


@contextmanager
def _inheriting_deafness() -> Iterator[None]:
    """Let threads that begin meanwhile, and processes that they start, not hear Ctrl-C: we do, and end them.

    A terminal sends it to all processes, and each worker would tell of it with its own traceback.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # who starts it first hears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep the library from telling on the terminal what we tell in our own words."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in _LOUD]
    before = {name: logging.getLogger(name).level for name in names}  # the library gives several a level of their own
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for name, level in before.items():
            logging.getLogger(name).setLevel(level)


def _refuse_missing() -> None:
    """Raise UsageError where the extra "dask" is not installed."""
    try:
        import distributed  # noqa: F401 -- only whether it is there
    except ImportError:
        remedy = message('Install it with: pip install "clusterreport[dask]"')
        raise UsageError("--on", message("the package distributed is not installed"), remedy) from None
