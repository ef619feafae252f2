"""Validation and statistics over many rows: ``python -m benchmarks.scaling PROJECT ROWS`` prints the seconds."""

from __future__ import annotations

import csv
import gc
import sys
import tempfile
import time
from pathlib import Path

from clusterreport import cli, settings
from clusterreport.data import sources
from clusterreport.inputs import Inputs
from clusterreport.subjects.clusters import statistics, validation

ROWS = (1_000, 8_000, 64_000, 100_000)


def main(project: str, rows: int) -> None:
    """Print the processor seconds that checking and counting ``rows`` rows of the register take, without reading."""
    gc.set_threshold(*cli.GC_THRESHOLD)  # as the installed program does
    chosen = settings.load(Path(project))
    with tempfile.TemporaryDirectory() as scratch:
        data = dict(chosen.data)
        for name, columns in (("clusters", ("id", "name_zh")), ("remarks", ("subject",))):
            data[name] = Path(scratch) / chosen.data[name].name
            _repeated(chosen.data[name], data[name], columns, rows)
        datasets = sources.read_all(data, chosen.places, Inputs())
    began = time.process_time()
    statistics.compute(validation.check(datasets, chosen.as_of), chosen.focus)
    sys.stdout.write(f"{time.process_time() - began}")


def _repeated(file: Path, copy: Path, columns: tuple[str, ...], rows: int) -> None:
    """Write the rows again and again, up to ``rows`` of the register, those of each time with names of their own."""
    with file.open(encoding="utf-8", newline="") as lines:
        own = list(csv.DictReader(lines))
    again = [row for row in own if row.get("topic", "cities_incomplete") == "cities_incomplete"]
    with copy.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(own[0]))
        writer.writeheader()
        writer.writerows(own)
        for time_ in range(2, rows // _REGISTER + 1):
            writer.writerows(row | {name: row[name] and f"{row[name]}-{time_}" for name in columns} for row in again)


_REGISTER = 80  # rows of the register that ships


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
