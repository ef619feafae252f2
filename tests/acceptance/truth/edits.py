"""Edits of copies of the shipped project from which changes are made: rows added, taken away, moved and renamed."""

from __future__ import annotations

import csv
import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.acceptance.plants import FIGURES, edited
from tests.acceptance.truth.tables import listed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.acceptance.plants import Plant, Rows

    Row = dict[str, str]
    Which = Callable[[Row], bool]

STATEMENTS, REMARKS, CLUSTERS, CITIES, VALUES = "statements", "remarks", "clusters", "cities", "province_values"


@dataclass(frozen=True)
class Change:
    """What is changed of the shipped project: its files by ``edits``, and two of its settings."""

    edits: tuple[Plant, ...] = ()
    focus: str = ""
    as_of: dt.date | None = None

    def apply(self, project: Path) -> None:
        """Change a copy of the project; the rows must agree with no published figure any more."""
        file = project / "clusterreport.toml"
        file.write_text(file.read_text(encoding="utf-8").partition("[delivery]")[0], encoding="utf-8")
        for edit in self.edits:
            edit(project)


def changed(*edits: Plant, focus: str = "", as_of: str = "") -> Change:
    """Return a change of files and settings."""
    return Change(edits, focus, dt.date.fromisoformat(as_of) if as_of else None)


def emptied(table: str) -> Plant:
    """Return what leaves nothing of a table but its header."""

    def edit(project: Path) -> None:
        path = project / "data" / f"{table}.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")

    return edit


def dropped(table: str, which: Which) -> Plant:
    """Return what takes the rows away that are as ``which`` says."""

    def edit(project: Path) -> None:
        path = project / "data" / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            kept = [row for row in rows if not which(row)]
            names = list(rows.fieldnames or ())
        with path.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, names)
            writer.writeheader()
            writer.writerows(kept)

    return edit


def every(table: str, which: Which, **cells: str) -> Plant:
    """Return what changes cells of all rows that are as ``which`` says."""

    def edit(rows: Rows) -> None:
        for row in filter(which, rows):
            row.update(cells)

    return edited(table, edit)


def only(which: Which) -> Plant:
    """Return what leaves of the register the clusters that are as ``which`` says, and what speaks of them."""

    def edit(project: Path) -> None:
        with (project / "data" / "clusters.csv").open(encoding="utf-8", newline="") as lines:
            gone = {row["id"] for row in csv.DictReader(lines) if not which(row)}
        dropped(CLUSTERS, lambda row: row["id"] in gone)(project)
        for table in (FIGURES, REMARKS, STATEMENTS):
            dropped(table, lambda row: row["subject"] in gone)(project)

    return edit


def without(which: Which) -> Plant:
    """Return what takes clusters out of the register, and what speaks of them."""
    return only(lambda row: not which(row))


def some(count: int, seed: int) -> Plant:
    """Return what leaves ``count`` clusters that chance has chosen."""

    def edit(project: Path) -> None:
        with (project / "data" / "clusters.csv").open(encoding="utf-8", newline="") as lines:
            names = [row["id"] for row in csv.DictReader(lines)]
        kept = set(random.Random(seed).sample(names, count))  # noqa: S311 -- the same choice every time
        only(lambda row: row["id"] in kept)(project)

    return edit


def crossing(cross: dict[int, int], single: dict[int, int]) -> Plant:
    """Return what leaves so many clusters of each year: those across regions, and the others."""

    def edit(project: Path) -> None:
        left = {("true", str(year)): count for year, count in cross.items()}
        left |= {("false", str(year)): count for year, count in single.items()}
        kept: set[str] = set()
        with (project / "data" / "clusters.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                key = (row["cross_regional"], row["year"])
                if left.get(key, 0):
                    left[key] -= 1
                    kept.add(row["id"])
        assert not any(left.values()), left
        only(lambda row: row["id"] in kept)(project)

    return edit


def new(count: int = 1, year: str = "2025", **cells: str) -> Plant:
    """Return what adds clusters: single ones of 广州 in its first field, if ``cells`` say nothing else."""
    row = {
        "batch": year, "year": year, "field": "高端装备", "provinces": "广东", "cities": "广州",
        "cross_regional": "false", "confidence": "confirmed", "source": "公开通知", "evidence_note": "",
    }  # fmt: skip

    def edit(rows: Rows) -> None:
        start = len(rows)
        for number in range(start, start + count):
            name = {"id": f"Z{number}", "name_zh": f"新设{number}号集群", "name_en": f"New Cluster No. {number}"}
            rows.append(name | row | cells)

    return edited(CLUSTERS, edit)


def member(city: str) -> Which:
    """Return the question whether a city is named in a row."""
    return lambda row: city in listed(row["cities"])


def within(province: str) -> Which:
    """Return the question whether a row touches a province."""
    return lambda row: province in listed(row["provinces"])


def of_year(*years: int) -> Which:
    """Return the question whether a row is of one of these years."""
    return lambda row: int(row["year"]) in years


def of(**cells: str) -> Which:
    """Return the question whether a row has these cells."""
    return lambda row: all(row[name] == value for name, value in cells.items())


def anything(_: Row) -> bool:
    """Tell that any row will do."""
    return True


def reversed_gdp(rows: Rows) -> None:
    """Give the smallest economy the GDP of the largest, and so on."""
    values = [row for row in rows if row["measure"] == "gdp" and row["value"]]
    values.sort(key=lambda row: float(row["value"]))
    numbers = [row["value"] for row in values]
    for row, number in zip(values, reversed(numbers), strict=True):
        row["value"] = number


def swapped(one: str, other: str) -> Plant:
    """Return what lets two provinces change all their clusters and cities."""
    turned = {one: other, other: one}

    def edit(table: str, column: str) -> Plant:
        def turn(rows: Rows) -> None:
            for row in rows:
                row[column] = ";".join(turned.get(name, name) for name in listed(row[column]))

        return edited(table, turn)

    def plant(project: Path) -> None:
        edit(CLUSTERS, "provinces")(project)
        edit(CITIES, "province")(project)

    return plant
