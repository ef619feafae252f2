"""Tries mutants: each in a process of its own, by the tests that run its line, and says which of them none notices.

A function, a constant or a default is exchanged in a fork of a process in which the tests are loaded and have run once.
What else takes effect as a module is loaded needs a process that has not loaded the program yet.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import resource
import signal
import sys
import time
import traceback
import types
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import coverage
import pytest
from mutant_reloading import NotHereError, take_over
from mutations import Mutant, mutated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    # What tells whether a test fails with the change, and how many seconds its tests take without it.
    Trial = tuple[Mutant, Callable[[], bool], float]

SOURCES: Final = Path(__file__).resolve().parent.parent / "src" / "clusterreport"
SECONDS: Final = 5
"""How much longer than twice what its tests take the processor may work at one mutant, before it counts as noticed."""
_START_SECONDS: Final = 10
"""What a fresh process needs before its first test."""
_PATIENCE: Final = 10
"""How many times as long, by the clock on the wall, one may take that sleeps or waits for what never comes."""
_PAUSE_SECONDS: Final = 0.005
_NOT_HERE: Final = 3
"""How a process ends in which a mutant cannot be tried."""
_WITHOUT: Final = ["-oaddopts=", *(f"-pno:{plugin}" for plugin in ("cacheprovider", "xdist", "cov", "terminal"))]


def survivors(
    mutants: Sequence[Mutant], tests: Sequence[str], scratch: Path, jobs: int, *, again: bool
) -> list[Mutant]:
    """Return the mutants that no test notices; ``again``: each was tried in a fresh process too.

    ``tests`` are pytest's arguments. RuntimeError where they fail without any change.
    """
    first = _in_child(functools.partial(_first_round, mutants, [*tests, f"--basetemp={scratch}/loaded"], jobs))
    if first is None:
        raise RuntimeError("the tests fail without any change")
    fresh = [*first.open, *(first.survived if again else ())]
    trials = [
        (one, functools.partial(_fresh, one, first.tests[one.file], f"{scratch}/{n}"), _START_SECONDS + first.seconds)
        for n, one in enumerate(fresh)
    ]
    left = {*_survivors(trials, jobs), *(() if again else first.survived)}
    return [mutant for mutant in mutants if mutant in left]


@dataclass
class _FirstRound:
    """What trying in loaded processes found: the survivors, and those mutants that cannot be tried so.

    ``tests`` are the tests that run each module, the quickest first; ``seconds`` is what all of them take.
    """

    seconds: float
    tests: dict[str, list[str]]
    survived: list[Mutant] = field(default_factory=list)
    open: list[Mutant] = field(default_factory=list)


def _first_round(mutants: Sequence[Mutant], arguments: list[str], jobs: int) -> _FirstRound | None:
    plugin = _Loaded(mutants, jobs)
    pytest.main([*arguments, *_WITHOUT], plugins=[plugin])
    return plugin.found


class _Loaded:
    """A pytest plugin that runs the tests once, and then again for each mutant, in forks of its own process."""

    def __init__(self, mutants: Sequence[Mutant], jobs: int) -> None:
        self.found: _FirstRound | None = None
        self._mutants, self._jobs = mutants, jobs
        self._failed = False
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._caches: list[functools._lru_cache_wrapper[object]] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take note of how long a test took, and whether it failed."""
        self._spent[report.nodeid] += report.duration
        if report.failed:
            self._failed = True
            if self.found is None:
                sys.stderr.write(f"{report.nodeid} fails:\n{report.longreprtext}\n")

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, and then with each change."""
        lines = self._learnt(session)
        if self._failed or not session.items:
            return True
        order = sorted(session.items, key=lambda item: self._spent[item.nodeid])
        running = {file: set[str]().union(*by_line.values()) for file, by_line in lines.items()}
        tests = {file: [item.nodeid for item in order if item.nodeid in names] for file, names in running.items()}
        self.found = _FirstRound(sum(self._spent.values()), tests)
        functions, self._caches = _functions(), _caches()
        gc.freeze()  # so that forks share what is loaded
        trials = []
        for mutant in self._mutants:
            own = functions.get((_path(mutant.file), *mutant.function)) if mutant.function else None
            if own is None:
                items = [item for item in order if item.nodeid in running[mutant.file]]
                trials.append((mutant, functools.partial(self._notices_loaded, mutant, items), self.found.seconds))
                continue
            ran = set[str]().union(*(lines[mutant.file][line] for line in range(mutant.first, mutant.last + 1)))
            items = [item for item in order if item.nodeid in ran]
            seconds = sum(self._spent[item.nodeid] for item in items)
            trials.append((mutant, functools.partial(self._notices, mutant, own, items), seconds))
        self.found.survived.extend(_survivors(trials, self._jobs, self.found.open))
        return True

    def _learnt(self, session: pytest.Session) -> dict[str, defaultdict[int, set[str]]]:
        """Run every test; return which of them run each line of each module."""
        measured = coverage.Coverage(data_file=None, include=[f"{SOURCES}/*"], config_file=False)
        measured.start()
        for item in session.items:
            measured.switch_context(item.nodeid)
            _run(item, session)
        measured.stop()
        lines: dict[str, defaultdict[int, set[str]]] = {mutant.file: defaultdict(set) for mutant in self._mutants}
        for file, by_line in lines.items():
            for line, contexts in measured.get_data().contexts_by_lineno(_path(file)).items():
                by_line[line].update(contexts)
        return lines

    def _notices_loaded(self, mutant: Mutant, items: Sequence[pytest.Item]) -> bool:
        """Tell the same of a change that takes effect as its module is loaded; NotHereError if it cannot be told so."""
        source, path = _source(mutant), _path(mutant.file)
        module = sys.modules.get(_module_of(mutant))
        if module is None:
            raise NotHereError
        take_over(module, mutated(source, mutant, path), source, mutant)
        return self._fails(items)

    def _notices(self, mutant: Mutant, functions: list[types.FunctionType], items: Sequence[pytest.Item]) -> bool:
        """Tell whether a test fails with the change, in this process, which ends after it."""
        changed = _code_of(mutated(_source(mutant), mutant, _path(mutant.file)), mutant)
        for function in functions:
            if changed is None or len(changed.co_freevars) != len(function.__code__.co_freevars):
                return True  # the change leaves a name without its value
            function.__code__ = changed
        return self._fails(items)

    def _fails(self, items: Sequence[pytest.Item]) -> bool:
        for cache in self._caches:
            cache.cache_clear()
        for item in items:
            _run(item, item.session)
            if self._failed:
                return True
        return False


def _run(item: pytest.Item, session: pytest.Session) -> None:
    # What pytest asks of the next item is only which fixtures it shares; the session's stay.
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)


def _fresh(mutant: Mutant, tests: list[str], scratch: str) -> bool:
    """Tell whether a test fails where the program is loaded with the change."""
    sys.meta_path.insert(0, _Changed(mutant))
    return pytest.main(["-x", f"--basetemp={scratch}", *_WITHOUT, *tests]) != pytest.ExitCode.OK


class _Changed(importlib.abc.MetaPathFinder):
    """Finds the module of a mutant, and loads it with its change."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = _module_of(mutant)
        self._path = _path(mutant.file)
        self._code = mutated(_source(mutant), mutant, self._path)

    def find_spec(
        self, fullname: str, _path: Sequence[str] | None, _target: types.ModuleType | None = None, /
    ) -> importlib.machinery.ModuleSpec | None:
        """Return where to find the one module."""
        if fullname != self._name:
            return None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=_Loader(self._code, fullname, self._path)
        )


class _Loader(importlib.machinery.SourceFileLoader):
    def __init__(self, code: types.CodeType, name: str, path: str) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> types.CodeType:  # noqa: ARG002 -- there is only one module
        return self._code


def _survivors(trials: Iterable[Trial], jobs: int, elsewhere: list[Mutant] | None = None) -> Iterator[Mutant]:
    """Run each trial in a fork, ``jobs`` at a time; yield the mutants that no test notices, and say so at once.

    Those that cannot be tried so are put ``elsewhere``.
    """
    waiting, running = list(reversed(list(trials))), dict[int, tuple[Mutant, float]]()
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant, trial, seconds = waiting.pop()
            most = SECONDS + 2 * seconds
            running[_forked(trial, most)] = mutant, time.monotonic() + _PATIENCE * most
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid in running:
            mutant, _ = running.pop(pid)
            ended = os.waitstatus_to_exitcode(status)
            if ended == _NOT_HERE and elsewhere is not None:
                elsewhere.append(mutant)
            if ended == 0:
                sys.stderr.write(f"  {mutant.file}:{mutant.line}: {mutant.change} ({len(waiting)} to go)\n")
                yield mutant
            continue
        for late, (_, end) in running.items():
            if time.monotonic() > end:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(late, signal.SIGKILL)
        time.sleep(_PAUSE_SECONDS)


def _forked(trial: Callable[[], bool], seconds: float) -> int:
    """Begin a trial of so many ``seconds``; return its process, which ends with 0 where nothing was noticed."""
    pid = os.fork()
    if pid:
        return pid
    os.setpgid(0, 0)  # and no session of its own, which the scheduler would give as much as all others together
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    ended = 1
    try:
        ended = 1 if trial() else 0
    except NotHereError:
        ended = _NOT_HERE
    finally:  # whatever else a mutant raises, it was noticed
        os._exit(ended)


def _in_child(work: Callable[[], _FirstRound | None]) -> _FirstRound | None:
    """Return what is done in a process of its own, so that this one never loads the program; None if it fails."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        with os.fdopen(writing, "wb") as sink:
            try:
                sink.write(pickle.dumps(work()))
                sink.flush()
            except BaseException:  # noqa: BLE001 -- told here, as nobody else will
                traceback.print_exc()
            finally:
                os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        content = source.read()
    os.waitpid(pid, 0)
    found: _FirstRound | None = pickle.loads(content) if content else None  # noqa: S301 -- our own child wrote it
    return found


def _functions() -> dict[tuple[str, str, int], list[types.FunctionType]]:
    """Return every function of the program, by its file, name and first line."""
    found: defaultdict[tuple[str, str, int], list[types.FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, types.FunctionType) and one.__code__.co_filename.startswith(str(SOURCES)):
            code = one.__code__
            found[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
    return dict(found)


def _caches() -> list[functools._lru_cache_wrapper[object]]:
    """Return the program's caches, which may hold what was computed without a change."""
    kept = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]  # noqa: SLF001 -- their only type
    return [cache for cache in kept if str(getattr(cache, "__module__", "")).startswith("clusterreport")]


def _code_of(code: types.CodeType, mutant: Mutant) -> types.CodeType | None:
    """Return the function of ``mutant`` in the code of its module."""
    if (code.co_qualname, code.co_firstlineno) == mutant.function:
        return code
    inner = (_code_of(part, mutant) for part in code.co_consts if isinstance(part, types.CodeType))
    return next((part for part in inner if part), None)


def _module_of(mutant: Mutant) -> str:
    return ".".join(("clusterreport", *Path(mutant.file).with_suffix("").parts)).removesuffix(".__init__")


def _source(mutant: Mutant) -> str:
    return Path(_path(mutant.file)).read_text(encoding="utf-8")


def _path(file: str) -> str:
    return str(SOURCES / file)
