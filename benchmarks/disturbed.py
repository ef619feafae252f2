"""Kills what makes a batch, at moments of ten seeds each, and fills its disk: python -m benchmarks.disturbed [KIND …].

After each disturbance the same command is run again, with --resume: everything has to be there, to the byte as in a
batch that nobody has disturbed, and no scratch may be left, neither beside the output nor in the folder for temporary
files. It prints a table; what is not as it should be is told and ends it with 1. CLUSTERREPORT_KILLS says how many
seeds, 10 where it says nothing.

A full disk is a small file system in memory, within name spaces of its own, for which no right is needed where the
kernel lets users have them.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.app.machines import Machines, children_of

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
CITIES = "苏州,兰州,广州"
SEEDS = int(os.environ.get("CLUSTERREPORT_KILLS", "10"))
ALONE = ("unshare", "--mount", "--map-root-user")
FILL = 'mount -t tmpfs -o size="$1"k disk "$2" && exec "$3" -m benchmarks.disturbed --full "$2"'
MEND = ("mount", "-o", "remount,size=64m")


@dataclass
class Tally:
    """What became of the batches of one kind: how they ended at first, and what is wrong after they were resumed."""

    ended: dict[int, int] = field(default_factory=dict)
    unfinished: int = 0
    wrong: list[str] = field(default_factory=list)


def main() -> None:
    """Try every kind, or those that are named, and print what became of them."""
    if sys.argv[1:2] == ["--full"]:
        _on_full_disk(Path(sys.argv[2]))
        return
    kinds = {
        "local worker": _local_worker,
        "local command": _local_command,
        "full disk": _full_disk,
        "Dask worker": _dask_worker,
        "scheduler": _scheduler,
        "command on Dask": _dask_command,
    }
    asked = sys.argv[1:] or [*kinds]
    print("| killed or filled | times | broken off | complete and the same after --resume | scratch left |")
    print("|---|---:|---:|---:|---:|")
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="cr-") as folder:
        start = time.monotonic()
        whole = _undisturbed(Path(folder))
        lasting = time.monotonic() - start
        for kind in asked:
            tally = Tally()
            for seed in range(SEEDS):
                with tempfile.TemporaryDirectory(prefix="cr-") as scratch:
                    kinds[kind](Path(scratch), whole, random.Random(seed), lasting, tally)  # noqa: S311 -- moments
            same = SEEDS - len({told.partition(":")[0] for told in tally.wrong})
            left = sum("scratch" in told for told in tally.wrong)
            print(f"| {kind} | {SEEDS} | {tally.unfinished} | {same} | {left} |", flush=True)
            wrong += (f"{kind}, {told}" for told in tally.wrong)
    if wrong:
        sys.exit("\n".join(wrong))


def _command(output: Path, *how: str) -> list[str]:
    said = ["build", str(ROOT), "--audience", "leaders", "--focus", CITIES, "--quiet", "--output", str(output)]
    return [sys.executable, "-m", "clusterreport", *said, *how]


def _environment(temporary: Path) -> dict[str, str]:
    temporary.mkdir(exist_ok=True)
    return {**os.environ, "TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}


def _files_below(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock")
    }


def _undisturbed(folder: Path) -> dict[str, str]:
    output = folder / "undisturbed"
    environment = _environment(folder / "tmp")
    subprocess.run(_command(output, "--jobs", "2"), env=environment, check=True, capture_output=True, cwd=ROOT)
    return _files_below(output)


def _judge(seed: str, output: Path, whole: dict[str, str], temporary: Path, tally: Tally) -> None:
    """Note what is not as in the batch that nobody has disturbed."""
    found = _files_below(output)
    if found != whole:
        tally.wrong.append(f"{seed}: files differ: {sorted(set(found.items()) ^ set(whole.items()))[:4]}")
    left = [path for path in output.rglob(".publishing*") if path.is_dir()]
    left += [path for path in temporary.rglob("*") if path.is_file() and path.suffix not in {".lock", ".dirlock"}]
    if left:
        tally.wrong.append(f"{seed}: scratch is left: {left[:4]}")


def _try(  # noqa: PLR0913, PLR0917 -- where, when, who, and what it has to come to
    scratch: Path, how: tuple[str, ...], wait: float, kill: Callable[[subprocess.Popen[bytes]], None],
    whole: dict[str, str], tally: Tally, again: Callable[[], None] = lambda: None,
) -> None:  # fmt: skip
    output, temporary = scratch / "output", scratch / "tmp"
    environment, seed = _environment(temporary), f"after {wait:.2f} s"
    batch = subprocess.Popen(
        _command(output, *how), env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    time.sleep(wait)
    kill(batch)
    _, told = batch.communicate()
    tally.ended[batch.returncode] = tally.ended.get(batch.returncode, 0) + 1
    tally.unfinished += batch.returncode != 0
    if b"Traceback" in told:
        tally.wrong.append(f"{seed}: {told.decode()[-600:]}")
    again()
    resumed = subprocess.run(
        _command(output, *how, "--resume"), env=environment, cwd=ROOT, capture_output=True, check=False
    )
    if resumed.returncode:
        tally.wrong.append(f"{seed}: --resume ends with {resumed.returncode}: {resumed.stderr.decode()[-600:]}")
    _judge(seed, output, whole, temporary, tally)


def _local_worker(
    scratch: Path, whole: dict[str, str], moments: random.Random, lasting: float, tally: Tally
) -> None:  # fmt: skip
    def kill(batch: subprocess.Popen[bytes]) -> None:
        started = _below(batch.pid)
        if started:
            os.kill(moments.choice(started), signal.SIGKILL)

    _try(scratch, ("--jobs", "2"), moments.uniform(0.2, 1) * lasting, kill, whole, tally)


def _below(process: int) -> list[int]:
    """Return the processes that a process has started, and those that these have."""
    try:
        own = children_of(process)
    except OSError:
        return []
    return [*filter(_works, own), *(each for child in own for each in _below(child))]


def _works(process: int) -> bool:
    """Tell whether a process is a worker, or forks workers; Python's own book-keeper only complains if it is killed."""
    try:
        return b"resource_tracker" not in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _local_command(
    scratch: Path, whole: dict[str, str], moments: random.Random, lasting: float, tally: Tally
) -> None:  # fmt: skip
    _try(scratch, ("--jobs", "2"), moments.uniform(0.1, 1) * lasting, subprocess.Popen.kill, whole, tally)


def _on_machines(  # noqa: PLR0913 -- as of the kinds, and who is killed
    scratch: Path, whole: dict[str, str], wait: float, tally: Tally,
    kill: Callable[[Machines, subprocess.Popen[bytes]], None], *, restart: bool = False,
) -> None:  # fmt: skip
    place = scratch / "machines"
    place.mkdir()
    machines = Machines(place).start()

    def again() -> None:
        if restart:
            machines.stop()
            machines.start()

    try:
        _try(scratch, ("--on", machines.address), wait, lambda batch: kill(machines, batch), whole, tally, again)
    finally:
        machines.stop()
    left = [path for path in place.rglob("*") if path.is_file() and path.suffix not in {".lock", ".dirlock"}]
    if left:
        tally.wrong.append(f"after {wait:.2f} s: scratch is left by workers: {left[:4]}")


def _dask_worker(
    scratch: Path, whole: dict[str, str], moments: random.Random, lasting: float, tally: Tally
) -> None:  # fmt: skip
    def kill(machines: Machines, _batch: subprocess.Popen[bytes]) -> None:
        if started := machines.worker_processes():
            os.kill(moments.choice(started), signal.SIGKILL)

    _on_machines(scratch, whole, moments.uniform(0.2, 1) * lasting, tally, kill)


def _scheduler(
    scratch: Path, whole: dict[str, str], moments: random.Random, lasting: float, tally: Tally
) -> None:  # fmt: skip
    def kill(machines: Machines, _batch: subprocess.Popen[bytes]) -> None:
        if machines.scheduler is not None:
            machines.scheduler.kill()

    _on_machines(scratch, whole, moments.uniform(0.2, 1) * lasting, tally, kill, restart=True)


def _dask_command(
    scratch: Path, whole: dict[str, str], moments: random.Random, lasting: float, tally: Tally
) -> None:  # fmt: skip
    _on_machines(scratch, whole, moments.uniform(0.2, 1) * lasting, tally, lambda _, batch: batch.kill())


def _full_disk(
    scratch: Path, whole: dict[str, str], moments: random.Random, lasting: float, tally: Tally
) -> None:  # fmt: skip
    """Give the output a disk with room for a part of the batch, then a large one, and compare what stands there."""
    del lasting
    output = scratch / "output"
    output.mkdir()
    room = moments.randrange(16, 500)
    command = [*ALONE, "sh", "-c", FILL, "sh", str(room), str(output), sys.executable]
    environment = _environment(scratch / "tmp")
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    seed = f"{room} KiB"
    if done.returncode:
        tally.wrong.append(f"{seed}: {done.stdout[-400:]} {done.stderr[-800:]}")
        return
    first, found = done.stdout.split("\n", 1)
    tally.unfinished += first != "0"
    if dict(line.split("\t") for line in found.splitlines()) != whole:
        tally.wrong.append(f"{seed}: files differ")


def _on_full_disk(output: Path) -> None:
    """Run the batch on the disk that is mounted, make it larger, run it again, and print what stands there then."""
    first = subprocess.run(_command(output, "--jobs", "2"), capture_output=True, text=True, check=False)
    if "Traceback" in first.stderr:
        sys.exit(f"a traceback: {first.stderr}")
    partly = {path for path in output.rglob(".publishing*") if path.is_dir()}
    subprocess.run([*MEND, str(output)], check=True)
    again = subprocess.run(_command(output, "--jobs", "2", "--resume"), capture_output=True, text=True, check=False)
    if again.returncode:
        sys.exit(f"--resume ends with {again.returncode}: {again.stderr} (before: {first.stderr})")
    left = [path for path in output.rglob(".publishing*") if path.is_dir()]
    if left:
        sys.exit(f"scratch is left: {left} (before --resume: {partly})")
    print(first.returncode)
    for name, digest in _files_below(output).items():
        print(f"{name}\t{digest}")


if __name__ == "__main__":
    main()
