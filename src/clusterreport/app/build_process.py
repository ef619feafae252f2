"""Builds an issue in a process of its own, within limits of time and memory, so that it can stop nothing but itself."""

from __future__ import annotations

import contextlib
import ctypes
import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from dataclasses import asdict, dataclass
from typing import IO, TYPE_CHECKING, Final, Self

from clusterreport.errors import Level, OutboxError, Problem, ProblemsError, SettingsError, UsageError
from clusterreport.messages import message, speak, spoken
from clusterreport.settings import FILE_NAME

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from clusterreport.settings import Settings

    Editions = Mapping[str, Mapping[str, Path | None]]
    """For each of many cities its audiences, with the facts.json that their readers had last, None for none."""

_LOG: Final = logging.getLogger(__name__)
_MEGABYTE: Final = 1 << 20
_SECONDS_A_MINUTE: Final = 60
_LAST_WORDS: Final = 4000  # characters of what a process that broke off has said, for the journal
_PROGRAM: Final = (
    sys.executable,
    "-P",
    "-m",
    __name__,
)  # -P: what lies in the folder of a project is no module of ours
_PR_SET_PDEATHSIG: Final = 1  # prctl(2)


@dataclass(frozen=True, slots=True)
class _Answer:
    """How a build ended; with ``usage`` the problems are of the settings, ``defect`` says what broke it off."""

    remarks: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    usage: bool = False
    memory: bool = False
    defect: str = ""
    trace: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, told: str) -> Self:
        """Return what a process has told; ValueError where it did not come to an end."""
        said = json.loads(told)
        problems = tuple(Problem(**problem) for problem in said["problems"])
        return cls(**{**said, "remarks": tuple(said["remarks"]), "problems": problems})


def build(settings: Settings, *, now: dt.datetime, verify_pair: bool) -> None:
    """Build and publish every audience of ``settings``; ``now`` is when.

    ProblemsError says what was wrong, or what limit was reached.

    The process ends with this one, however that ends, and takes whatever it has started with it.
    """
    _build(settings, {}, now, verify_pair=verify_pair)


def build_cities(settings: Settings, editions: Editions, *, now: dt.datetime, verify_pair: bool) -> None:
    """Build and publish ``editions`` of many cities as ``build`` does; each city on its own.

    What was made before one failed, or a limit was reached, stands, and is not made again by the next call.
    """
    _build(settings, editions, now, verify_pair=verify_pair)


def main() -> None:
    """Be the process: build what is asked for on standard input, and tell on standard output how it ended."""
    _end_with_parent(int(sys.argv[1]))
    settings, editions, now, verify_pair, language = pickle.load(sys.stdin.buffer)  # noqa: S301 -- by our parent, through a file without a name
    speak(language)
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as told:
        os.dup2(2, 1)  # whatever a library prints is no answer
        told.write(_answer(settings, editions, now, verify_pair=verify_pair).to_json())


def _build(settings: Settings, editions: Editions, now: dt.datetime, *, verify_pair: bool) -> None:
    limits = settings.delivery
    with tempfile.TemporaryFile() as asked, tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as said:
        pickle.dump((settings, editions, now, verify_pair, spoken()), asked)
        asked.seek(0)
        with _started(asked, told, said) as process:
            try:
                code = process.wait(limits.build_minutes * _SECONDS_A_MINUTE)
            except subprocess.TimeoutExpired:
                problem = message(
                    "the build was stopped after {build_minutes:g} minutes", build_minutes=limits.build_minutes
                )
                remedy = message(
                    "Look for what takes so long, or raise delivery.build_minutes in {file}.", file=FILE_NAME
                )
                raise ProblemsError([Problem(message("issue {name}", name=settings.issue), problem, remedy)]) from None
        _raise_what_was_told(settings, code, _read(told), _read(said)[-_LAST_WORDS:])


@contextlib.contextmanager
def _started(asked: IO[bytes], told: IO[bytes], said: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process, and leave nothing of it behind."""
    alive, ours = os.pipe()  # the other end of a pipe is closed when this process ends, in whatever way
    try:
        process = subprocess.Popen(  # noqa: S603 -- this very module, with the number of a file
            [*_PROGRAM, str(alive)], stdin=asked, stdout=told, stderr=said, pass_fds=(alive,), start_new_session=True
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    finally:
        os.close(alive)
        os.close(ours)


def _raise_what_was_told(settings: Settings, code: int, told: str, said: str) -> None:
    try:
        answer = _Answer.from_json(told)
    except ValueError:
        answer = _Answer(
            defect=message("it was ended by {name}", name=signal.Signals(-code).name)
            if code < 0
            else message("it ended with code {code}", code=code)
        )
    for remark in answer.remarks:  # such as a table that has fewer rows than last time
        _LOG.warning("%s: %s", settings.issue, remark)
    if answer.usage:
        raise SettingsError(answer.problems)
    if answer.problems:
        raise ProblemsError(answer.problems)
    if answer.memory:
        problem = message(
            "the build needed more than {build_megabytes} MB of memory",
            build_megabytes=settings.delivery.build_megabytes,
        )
        remedy = message("Look for what grows so large, or raise delivery.build_megabytes in {file}.", file=FILE_NAME)
        raise ProblemsError([Problem(message("issue {name}", name=settings.issue), problem, remedy)])
    if answer.defect:
        _LOG.error(message("the build of %s broke off: %s\n%s"), settings.issue, answer.defect, answer.trace or said)
        remedy = message("Run `clusterreport check`; where that is content, tell the authors what the journal says.")
        raise ProblemsError(
            [
                Problem(
                    message("issue {name}", name=settings.issue),
                    message("the build broke off: {defect}", defect=answer.defect),
                    remedy,
                )
            ]
        )


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _answer(settings: Settings, editions: Editions, now: dt.datetime, *, verify_pair: bool) -> _Answer:
    _limit_memory(settings.delivery.build_megabytes * _MEGABYTE)
    try:
        return _made(settings, editions, now, verify_pair=verify_pair)
    except ProblemsError as error:
        return _Answer(problems=error.problems)
    except UsageError as error:
        return _Answer(problems=error.problems, usage=True)
    except OutboxError as error:
        return _Answer(problems=(error.problem,), usage=True)
    except MemoryError:
        return _Answer(memory=True)
    except Exception as error:  # noqa: BLE001 -- told to the parent, which knows what to do
        defect = f"{type(error).__name__}: {error}"[:_LAST_WORDS]
        return _Answer(defect=defect, trace=traceback.format_exc(limit=-20))


def _made(settings: Settings, editions: Editions, now: dt.datetime, *, verify_pair: bool) -> _Answer:
    """Build here, and return what there is to hear of it."""
    if editions:
        return _made_of_cities(settings, editions, now, verify_pair=verify_pair)
    from clusterreport.app.build import build as build_here

    issue = build_here(settings, now=now, verify_pair=verify_pair)
    warnings = (str(problem) for problem in issue.told if problem.level is Level.WARN)
    return _Answer((*issue.remarks, *warnings))


def _made_of_cities(settings: Settings, editions: Editions, now: dt.datetime, *, verify_pair: bool) -> _Answer:
    from clusterreport.app import batches

    jobs = [
        batches.Job(city, tuple(own), {name: path for name, path in own.items() if path is not None})
        for city, own in editions.items()
    ]
    found = [*batches.outcomes(batches.of_issue(settings, jobs, now, verify_pair=verify_pair), 1)]
    remarks = (
        remark
        for outcome in found
        for remark in (
            *outcome.remarks,
            *outcome.aside,
            *(str(problem) for problem in outcome.told if problem.level is Level.WARN),
        )
    )
    return _Answer(tuple(dict.fromkeys(remarks)), batches.problems_of(found))


def _end_with_parent(alive: int) -> None:
    """End at once when the parent has ended: by the kernel where it can, else by a thread that waits for it."""
    if sys.platform == "linux":  # also within a call that lets no other thread in
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))

    def watch() -> None:
        os.read(alive, 1)  # nothing is ever written: it returns when the other end is closed
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def _limit_memory(size: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = size if most == resource.RLIM_INFINITY else min(size, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
