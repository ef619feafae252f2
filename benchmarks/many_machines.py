"""Times a batch in a pool against the same by workers of Dask: python -m benchmarks.many_machines [CITIES [WORKERS]].

Each way is run in turn, so that what else the machine does falls on all of them; the editions have to be the same to
the byte. What Dask costs is said as a ratio to the pool, of the same machine and the same minutes.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 3
MINUTE = 60
PORT = 18786
HERE = ("--host", "127.0.0.1", "--no-dashboard")
QUIET = subprocess.DEVNULL


def main() -> None:
    """Print a table of the ways, with the best of some rounds of each."""
    cities = sys.argv[1] if len(sys.argv) > 1 else "all"
    workers = sys.argv[2] if len(sys.argv) > 2 else "2"  # noqa: PLR2004 -- the second argument
    ways = {
        f"a pool of {workers}": ("--jobs", workers),
        f"--on dask, {workers} workers": ("--jobs", workers, "--on", "dask"),
        f"--on tcp://…, {workers} workers that run already": ("--on", f"tcp://127.0.0.1:{PORT}"),
    }
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    made: dict[str, set[str]] = {}
    count = 0
    with _machines(int(workers)):
        for _ in range(ROUNDS):
            for way, how in ways.items():
                wall, editions, digest = _timed(cities, how)
                seconds[way].append(wall)
                made.setdefault(digest, set()).add(way)
                count = editions
    if len(made) > 1:
        sys.exit(f"not the same bytes: {made}")
    print(_table(seconds, count))


def _timed(cities: str, how: tuple[str, ...]) -> tuple[float, int, str]:
    """Return the seconds of a batch, how many editions it made, and the hash of all its files."""
    with tempfile.TemporaryDirectory() as output:
        command = [
            "-m", "clusterreport", "build", str(ROOT), "--audience", "leaders", "--focus", cities, "--quiet",
            "--output", output, *how,
        ]  # fmt: skip
        began = time.perf_counter()
        subprocess.run([sys.executable, *command], cwd=ROOT, check=True, stdout=QUIET, stderr=QUIET)
        wall = time.perf_counter() - began
        paths = sorted(path for path in Path(output).rglob("*") if path.is_file() and path.suffix != ".lock")
        said = hashlib.sha256()
        for path in paths:
            said.update(path.relative_to(output).as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
        return wall, sum(path.suffix == ".pdf" for path in paths), said.hexdigest()


@contextmanager
def _machines(workers: int) -> Iterator[None]:
    """Keep a scheduler with its workers, for as long as all rounds take."""
    commands = [["scheduler", *HERE, "--port", str(PORT)]]
    commands += [["worker", f"tcp://127.0.0.1:{PORT}", *HERE, "--nthreads", "1"]] * workers
    with tempfile.TemporaryDirectory() as scratch:
        started = [
            subprocess.Popen(
                [sys.executable, "-m", "dask", *command], cwd=ROOT, stdout=QUIET, stderr=QUIET,
                env={**os.environ, "TMPDIR": scratch},
            )
            for command in commands
        ]  # fmt: skip
        try:
            time.sleep(5)
            yield
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait()


def _table(seconds: dict[str, list[float]], count: int) -> str:
    best = {way: min(runs) for way, runs in seconds.items()}
    floor = next(iter(best.values()))
    lines = [
        f"{count} editions, `leaders`, the best of {ROUNDS} rounds:", "",
        "| | s | editions a minute | ÷ the pool |", "|---|---:|---:|---:|",
    ]  # fmt: skip
    lines += [
        f"| {way} | {wall:.1f} | {count * MINUTE / wall:.0f} | {wall / floor:.2f} |" for way, wall in best.items()
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
