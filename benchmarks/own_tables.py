"""An own table of many rows: ``python -m benchmarks.own_tables ROWS`` prints the seconds of reading and each verb."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.selection import Selection
from clusterreport.data import checks
from clusterreport.inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS: Final = (1_000, 10_000, 100_000)
_DECLARED: Final = """
[tables.t]
path = "t.csv"
title = "t"
key = "name"
source = "s"
columns.name = { required = true }
columns.place = {}
columns.year = { type = "year" }
columns.field = {}
columns.partners = { type = "list" }
columns.money = { type = "number", unit = "yuan" }
columns.people = { type = "number", unit = "people" }
"""
_PLACES, _YEARS, _FIELDS, _PARTNERS = 300, 10, 30, 40  # as many as a national table has cities, years and branches


def main(rows: int) -> None:
    """Print the processor seconds of reading ``rows`` rows, and of each verb by itself."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        (root / "data").mkdir()
        (root / "data" / "tables.toml").write_text(_DECLARED, encoding="utf-8")
        (root / "t.csv").write_text("\n".join(_lines(rows)), encoding="utf-8")
        took = {}
        began = time.process_time()
        table = Selection.of(checks.read(root, Inputs())[1]["t"], "en")
        took["reading and checking"] = time.process_time() - began
    for name, ask in _questions(table).items():
        began = time.process_time()
        ask()
        took[name] = time.process_time() - began
    sys.stdout.write(json.dumps(took))


def _lines(rows: int) -> Iterator[str]:
    yield "name,place,year,field,partners,money,people"
    for row in range(rows):
        partners = f"p{row % _PARTNERS};p{row * 7 % _PARTNERS}"
        year = 2015 + row // _PLACES % _YEARS
        yield f"n{row},c{row % _PLACES},{year},f{row % _FIELDS},{partners},{row % 997}.5,{row % 89 + 1}"


def _questions(table: Selection) -> dict[str, Callable[[], object]]:
    by_place = table.by("place")
    return {
        "total by one column": lambda: by_place.total("money"),
        "total by two columns": lambda: table.by("place", "year").total("money"),
        "median": lambda: by_place.median("money"),
        "share": lambda: by_place.share("money"),
        "growth, year on year": lambda: table.by("field").growth("money", over="year", measure="total"),
        "quotient": lambda: by_place.quotient("money", per="people"),
        "Gini coefficient": lambda: by_place.gini("money"),
        "cumulative share": lambda: by_place.cumulative("money"),
        "location quotient": lambda: table.by("field", "year").location_quotient(),
        "network": lambda: table.network("partners"),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
