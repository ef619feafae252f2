"""Holds what the tests have run of the program, and of some of its rooms, against the floors in pyproject.toml.

With --rooms these are the floors of a few rooms, each run by its own fast tests.
"""

from __future__ import annotations

import argparse
import io
import sys
import tomllib
from pathlib import Path
from typing import Final

import coverage

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = "src/clusterreport/"


def main() -> int:
    """Print the share of lines and branches that were run, and return 1 where one is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", action="store_true", help="the floors of make coverage-rooms")
    table = "coverage-floors-of-rooms" if parser.parse_args().rooms else "coverage-floors"
    with (ROOT / "pyproject.toml").open("rb") as file:
        floors: dict[str, float] = tomllib.load(file)["tool"][table]
    measured = coverage.Coverage(data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    below = 0
    for room, floor in floors.items():
        share = measured.report(include=[str(ROOT / SOURCES / room)], file=io.StringIO())
        low = share < floor
        below += low
        sys.stdout.write(f"{SOURCES}{room}: {share:.1f} % run, at least {floor} %{': too little' if low else ''}\n")
    if below:
        measured.report(show_missing=True, skip_covered=True, file=sys.stdout)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
