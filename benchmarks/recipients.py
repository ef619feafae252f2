"""Planning an issue for the readers of a long table: ``python -m benchmarks.recipients`` prints its figures as JSON.

The table is read and checked, editions of three cities are allotted, and every delivery is entered into an outbox in
SQLite. The floor is what none of it can do without: each address is held against the grammar once, and each delivery
and its line in the history is one row.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.app import recipients
from clusterreport.app.planner import enter
from clusterreport.delivery import outbox as box
from clusterreport.delivery.outbox import AuditEntry, open_outbox

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS: Final = (1_000, 10_000)
CITIES: Final = ("广州", "深圳", "苏州市")
NOW: Final = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
SETTINGS: Final = """
[briefing]
as_of = 2025-09-22
focus = "广州"
audiences = ["leaders"]
[data]
clusters = "data/clusters.csv"
provinces = "data/provinces.csv"
cities = "data/cities.csv"
figures = "data/figures.csv"
[delivery]
recipients = "data/recipients.csv"
[[schedule]]
name = "monthly"
rule = "first working day of the month"
focus = "recipients"
"""
AUDIENCE: Final = 'title = "领导参阅"\ndocument_title = "x"\ntheme = "briefing"\nsections = ["x"]\n'


def main() -> None:
    """Measure."""
    measured: dict[str, float] = {}
    for rows in ROWS:
        with tempfile.TemporaryDirectory() as scratch:
            folder = project(Path(scratch), rows)
            measured[f"floor {rows}"] = min(_seconds(_floor, folder) for _ in range(3))
            measured[f"planned {rows}"] = min(_seconds(planned, folder) for _ in range(3))
    sys.stdout.write(json.dumps(measured) + "\n")


def project(folder: Path, rows: int) -> Path:
    """Make a project whose table of recipients has so many rows, and return its folder."""
    audience = folder / "templates" / "audiences" / "leaders" / "audience.toml"
    for path in (audience, folder / "data" / "recipients.csv"):
        path.parent.mkdir(parents=True, exist_ok=True)
    audience.write_text(AUDIENCE, encoding="utf-8")
    (folder / "clusterreport.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "data" / "cities.csv").write_text("city,name_en\n广州,\n深圳,\n苏州,\n", encoding="utf-8")
    lines = (f"读者{n},reader{n}@office{n % 50}.example.gov.cn,领导参阅,{CITIES[n % 3]}\n" for n in range(rows))
    (folder / "data" / "recipients.csv").write_text("姓名,邮箱,版本,城市\n" + "".join(lines), encoding="utf-8")
    return folder


def planned(folder: Path) -> None:
    """Read the recipients, and enter an issue for all of them into an outbox that was not there."""
    settings = recipients.load(folder, NOW)
    (folder / "output" / "outbox.db").unlink(missing_ok=True)
    for marker in folder.glob("output/**/outbox-seen.json"):
        marker.unlink()
    with open_outbox(settings.delivery) as outbox:
        issue = enter(settings, outbox, settings.schedules[0], "extra", AuditEntry("benchmark", NOW))
        if len(box.deliveries(outbox, issue=issue.id)) != len(settings.recipients):
            message = "not everybody gets an edition"
            raise RuntimeError(message)


def calls(rows: int) -> int:
    """Return how many functions are called for a table of so many rows: the same on every machine."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, counted = project(Path(scratch), rows), [0]

        def count(_frame: object, event: str, _argument: object) -> None:
            counted[0] += event == "call"

        sys.setprofile(count)
        try:
            planned(folder)
        finally:
            sys.setprofile(None)
        return counted[0]


def report(measured: dict[str, float]) -> str:
    """Return the section of results.md."""
    lines = [
        "",
        "An issue of three cities, planned from a table of recipients into SQLite; the floor validates each address",
        "and inserts two rows for each recipient:",
        "",
        "| rows | floor, s | planned, s | ÷ floor |",
        "|---:|---:|---:|---:|",
    ]
    for rows in ROWS:
        floor, own = measured[f"floor {rows}"], measured[f"planned {rows}"]
        lines.append(f"| {rows:,} | {floor:.2f} | {own:.2f} | {own / floor:.2f} |")
    return "\n".join([*lines, ""])


def _floor(folder: Path) -> None:
    import email_validator

    lines = (folder / "data" / "recipients.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    for row in rows:
        email_validator.validate_email(row[1], check_deliverability=False)
    with closing(sqlite3.connect(folder / "floor.db")) as connection, connection:
        connection.execute("DROP TABLE IF EXISTS entered")
        connection.execute("CREATE TABLE entered (name, address, audience, city)")
        for _ in ("delivery", "history"):
            connection.executemany("INSERT INTO entered VALUES (?, ?, ?, ?)", rows)


def _seconds(work: Callable[[Path], object], folder: Path) -> float:
    began = time.perf_counter()
    work(folder)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
