"""Publishes small editions again and again while something goes wrong, and counts what is not whole afterwards.

A program of its own, as it forks: ``python -m tests.publishing.storms FAULT FOLDER NUMBER`` prints the counts as JSON.
Nothing of what it counts as sound is taken from the code under test: files are compared with what was written.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clusterreport.errors import UsageError
from clusterreport.publishing import Edition, MadeFrom, publish, recover

ISSUE = "2026-11"
AUDIENCES = ("bureau", "leaders", "public")
FILES = ("a.docx", "a.pdf", "facts.json")
OURS = {".publishing.lock", ISSUE}
EDIT, FOREIGN = "批注：第三段请核".encode(), "领导批示".encode()
STEPS = ("open", "os.", "fcntl.")  # what Python announces to its audit hooks before it does it
CRASHED, REFUSED, STOPPED, REACHED = 9, 3, 4, 64


def editions(version: str, audiences: tuple[str, ...] = AUDIENCES) -> tuple[Edition, ...]:
    return tuple(
        Edition(
            ISSUE, audience, {name: f"{version} {audience} {name}".encode() for name in FILES}, MadeFrom(title=version)
        )
        for audience in audiences
    )


def version_of(folder: Path) -> str:
    """Return of which version a folder is: "none" where there is none, "torn" where it is not whole.

    The old edition with somebody's edit in it is the old edition.
    """
    if not folder.exists():
        return "none"
    try:
        listed = json.loads((folder / "manifest.json").read_bytes())
        version = str(listed["title"])
        for name in FILES:
            content = (folder / name).read_bytes()
            if content == EDIT and version == "1":
                continue
            if hashlib.sha256(content).hexdigest() != listed["files"][name]["sha256"]:
                return "torn"
            if content != f"{version} {folder.name} {name}".encode():
                return "torn"
    except (OSError, ValueError, KeyError):
        return "torn"
    return version


def faults_in(output: Path, allowed: set[str], *, work: bool, cleared: bool = True) -> Counter[str]:
    """Count what is not as it has to be: all audiences of one of the versions allowed, all work there, no scratch."""
    found = {version_of(output / ISSUE / audience) for audience in AUDIENCES}
    faults: Counter[str] = Counter(tries=1)
    faults["mixed"] = int(len(found) > 1)
    faults["torn"] = int("torn" in found)
    faults["strange"] = int(not found <= allowed)
    if cleared:
        faults["scratch"] = int({path.name for path in output.iterdir()} - OURS != set())
    if work:
        found_work = Counter(path.read_bytes() for path in output.rglob("*") if path.is_file())
        faults["lost"] = int((found_work[EDIT], found_work[FOREIGN]) != (1, 2))
    return faults


def prepared(output: Path, *, stood: bool, work: bool) -> None:
    """Make an output folder with version 1, or none, and with what people have done to it."""
    shutil.rmtree(output, ignore_errors=True)
    if stood:
        publish(editions("1"), output)
    else:
        output.mkdir()
    if work:
        (output / ISSUE / "bureau" / "a.pdf").write_bytes(EDIT)
        (output / ISSUE / "leaders" / "批示.txt").write_bytes(FOREIGN)
        (output / ISSUE / "public" / "往来").mkdir()
        (output / ISSUE / "public" / "往来" / "函.txt").write_bytes(FOREIGN)


@dataclass(frozen=True, slots=True)
class End:
    """How a process ended, and whether it came as far as the fault."""

    code: int
    reached: bool


def in_a_child(work: Callable[[], object], at: int, fault: Callable[[str], None]) -> End:
    """Do ``work`` in a process of its own, with ``fault`` before its step number ``at``."""
    child = os.fork()
    if not child:
        steps = itertools.count(1)
        reached = [0]

        def step(event: str, _: object = None) -> None:
            if event.startswith(STEPS) and event != "os.kill" and next(steps) == at:
                reached[0] = REACHED
                fault(event)

        os.fsync = lambda fd: step(f"os.fsync {fd}")
        sys.addaudithook(step)
        os._exit(_ended(work) + reached[0])
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return End(code % REACHED if code > 0 else code, reached=code < 0 or code >= REACHED)


def _ended(work: Callable[[], object]) -> int:
    try:
        work()
    except UsageError as error:
        return REFUSED if "everything is as it was before" in str(error) else STOPPED
    except KeyboardInterrupt:
        return STOPPED
    except BaseException as error:  # noqa: BLE001 -- it is counted
        sys.stderr.write(f"{error!r}\n")
        return CRASHED
    return 0


def die(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt(_: str) -> None:
    raise KeyboardInterrupt


def fail(event: str) -> None:
    if not event.startswith("fcntl."):
        raise OSError(28, "No space left on device", event)


def quiet(_: str) -> None:
    """Hear what was put aside, and say nothing."""


def killed_at_each_step(output: Path, every: int) -> Iterator[Counter[str]]:
    """Kill a build before each of its steps; then look after a start that only recovers, and after another build."""
    for stood, work in ((True, False), (False, False), (True, True)):
        for at in itertools.count(1 + every // 2, every):
            prepared(output, stood=stood, work=work)
            end = in_a_child(lambda: publish(editions("2"), output, quiet), at, die)
            recover(output, quiet)
            yield Counter(hit=int(end.reached))
            yield faults_in(output, {"1" if stood else "none", "2"}, work=work)
            publish(editions("3"), output, quiet)
            yield faults_in(output, {"3"}, work=False)
            if not end.reached:
                break


def killed_while_recovering(output: Path, every: int) -> Iterator[Counter[str]]:
    """Kill a publishing before some step, the recovery before each of its own, and recover then."""
    for work in (False, True):
        for at in itertools.count(1 + every // 2, every):
            finished = False
            for then in itertools.count(1 + every // 3, max(1, every // 2)):
                prepared(output, stood=True, work=work)
                finished = not in_a_child(lambda: publish(editions("2"), output, quiet), at, die).reached
                end = in_a_child(lambda: recover(output, quiet), then, die)
                recover(output, quiet)
                yield faults_in(output, {"1", "2"}, work=work)
                if not end.reached:
                    break
            if finished:
                break


def stopped_at_each_step(output: Path, every: int) -> Iterator[Counter[str]]:
    """Press Ctrl-C, or let the disk refuse, at each step: nothing is mixed even before anybody starts again."""
    for fault, work in itertools.product((interrupt, fail), (False, True)):
        for at in itertools.count(1 + every // 2, every):
            prepared(output, stood=True, work=work)
            end = in_a_child(lambda: publish(editions("2"), output, quiet), at, fault)
            allowed = {REFUSED: {"1"}, 0: {"2"}}.get(end.code, {"1", "2"})
            found = faults_in(output, allowed, work=work, cleared=False)
            found["crashed"] = int(end.code not in {0, REFUSED, STOPPED})
            yield found
            recover(output, quiet)
            yield faults_in(output, allowed, work=work)
            if not end.reached:
                break


def killed_at_random(output: Path, number: int) -> Iterator[Counter[str]]:
    """End one build after the other at a random moment by one of three signals, and go on with the next.

    It ends when ``number`` builds were looked at that a signal has met in their work: a moment is a part of what a
    build takes here and now, and on a busy machine many are over, or have not begun, when their signal comes.
    """
    chance = random.Random(number)  # noqa: S311 -- the same choices in each run
    prepared(output, stood=True, work=False)
    allowed = {"1"}
    hits = 0
    lasting = _seconds_of_a_build(output)
    for version in range(2, 100 * number):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # while it forks, where Python swallows interrupts
        child = os.fork()
        if not child:
            os._exit(_ended(partial(_publish_interruptibly, str(version), output)))
        time.sleep(chance.uniform(0, lasting))
        os.kill(child, chance.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
        ended_in_time = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        allowed = {str(version)} if ended_in_time else {*allowed, str(version)}
        if chance.random() < 1 / 2:  # else the next build finds what this one has left
            recover(output, quiet)
            found = faults_in(output, allowed, work=False)
            found["hit"] = int(not ended_in_time)
            yield found
            hits += found["hit"]
        if hits == number:
            return


def _seconds_of_a_build(output: Path) -> float:
    """Return how long a build of its own process takes here that nobody ends: the longest of five."""
    lasting = []
    for _ in range(5):
        began = time.perf_counter()
        child = os.fork()
        if not child:
            os._exit(_ended(partial(publish, editions("1"), output, quiet)))
        os.waitpid(child, 0)
        lasting.append(time.perf_counter() - began)
    return max(lasting)


def _publish_interruptibly(version: str, output: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    publish(editions(version), output, quiet)


def two_at_once(output: Path, number: int) -> Iterator[Counter[str]]:
    """Let two builds of all audiences begin at the same moment; in the end all is of one of the two."""
    prepared(output, stood=True, work=False)
    for round_number in range(number):
        ready, go = os.pipe()
        children = []
        for which in "ab":
            child = os.fork()
            if not child:
                os.close(go)
                os.read(ready, 1)
                os._exit(_ended(partial(publish, editions(f"{round_number}{which}"), output, quiet)))
            children.append(child)
        os.close(ready)
        os.close(go)  # both go on now
        ends = {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children}
        found = faults_in(output, {f"{round_number}a", f"{round_number}b"}, work=False)
        found["crashed"] = int(ends != {0})
        yield found


STORMS = {
    "killed": killed_at_each_step,
    "killed-recovering": killed_while_recovering,
    "stopped": stopped_at_each_step,
    "random": killed_at_random,
    "two": two_at_once,
}


def main(storm: str, folder: str, number: str) -> None:
    os.fsync = lambda fd: None  # noqa: ARG005 -- the system keeps what a killed process has written; only a power cut loses it
    total: Counter[str] = Counter()
    for faults in STORMS[storm](Path(folder) / "output", int(number)):
        total.update(faults)
    sys.stdout.write(json.dumps({name: count for name, count in sorted(total.items()) if count}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
