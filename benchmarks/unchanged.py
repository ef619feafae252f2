"""Times a batch of which nothing has changed: python -m benchmarks.unchanged [CITIES …] prints processor seconds.

The register is given cities of invented names, one edition is built, and the others are copies of it under the hash of
their own inputs, so that a thousand need not be built to be left alone. Nothing may be written then.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from clusterreport import publishing, settings
from clusterreport.app import fingerprints
from clusterreport.app.batches import ReadOnce

ROOT = Path(__file__).resolve().parent.parent
COUNTS = (96, 250, 500, 1_000)
AUDIENCE = "leaders"
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃"


def main() -> None:
    """Print a table: how many editions stand, and what it takes to find that out."""
    print("| editions | processor seconds | ms an edition |")
    print("|---:|---:|---:|")
    for count in map(int, sys.argv[1:] or COUNTS):
        with tempfile.TemporaryDirectory(prefix="cr-") as folder:
            project = _project(Path(folder) / "project", count)
            _fill(project, count)
            seconds = _left(project, count)
            print(f"| {count:,} | {seconds:.2f} | {seconds / count * 1000:.2f} |", flush=True)


def _project(folder: Path, count: int) -> Path:
    """Return a copy of the shipped project, with cities of invented names up to ``count``."""
    for name in ("data", "templates", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "clusterreport.toml", folder)
    file = folder / "data" / "cities.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    patterns = [row for row in rows if row["level"] == "地级市"]
    for number in range(count - len(rows)):
        again, which = divmod(number, len(patterns))
        name = f"{NAMES[number // len(NAMES)]}{NAMES[number % len(NAMES)]}"
        latitude = f"{float(patterns[which]['lat']) + (again + 1) * 0.05:.5f}"
        rows.append(patterns[which] | {"city": name, "name_en": f"City {_roman(number)}", "lat": latitude})
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def _roman(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[number // 676 % 26] + letters[number // 26 % 26] + letters[number % 26]


def _fill(project: Path, count: int) -> None:
    """Build one edition, and lay copies of it where those of the other cities would stand."""
    chosen = settings.load(project)
    _run(project, "--focus", f"{chosen.focus},北京")
    read = ReadOnce.of(chosen, dt.datetime.now(dt.UTC))
    cities = tuple(read.tables.register.cities)
    if len(cities) != count:
        sys.exit(f"{len(cities)} cities, not {count}")
    pattern = project / "output" / chosen.focus / chosen.issue / AUDIENCE
    for city in cities:
        there = project / "output" / city / chosen.issue / AUDIENCE
        if not there.exists():
            shutil.copytree(pattern, there)
        manifest = json.loads((there / "manifest.json").read_bytes())
        manifest["inputs"] = fingerprints.of_edition(read.project, city, AUDIENCE, pair_verified=False)
        (there / "manifest.json").write_bytes(publishing.as_json(manifest))


def _left(project: Path, count: int) -> float:
    """Return the processor seconds of the batch; it has to leave all, and every file as it was."""
    _run(project, "--focus", "all", "--jobs", "2")  # which writes the page that lists them
    before = _states(project / "output")
    began = _spent()
    told = _run(project, "--focus", "all", "--jobs", "2")
    seconds = _spent() - began
    if f"{count} unchanged" not in told.replace(",", ""):
        sys.exit(told)
    if _states(project / "output") != before:
        sys.exit(f"something was written: {sorted(_states(project / 'output') ^ before)[:5]}")
    return seconds


def _states(folder: Path) -> set[tuple[str, int, int]]:
    found = ((path, path.lstat()) for path in folder.rglob("*") if path.is_file())
    return {(str(path), state.st_ino, state.st_mtime_ns) for path, state in found}


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _run(project: Path, *how: str) -> str:
    command = [sys.executable, "-m", "clusterreport", "build", str(project), "--audience", AUDIENCE, *how]
    environment = {**os.environ, "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout + done.stderr


if __name__ == "__main__":
    main()
