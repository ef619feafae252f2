"""Only the command line reads the clock: what the time is comes from there, so that it can be another in a test."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "clusterreport"
READS = {
    "now", "today", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "uuid1", "formatdate",
    "make_msgid",
}  # fmt: skip
"""What tells the time; ``monotonic`` and ``perf_counter`` only tell how long something took."""
OF = {"datetime", "date", "time", "Timestamp", "uuid", "utils", "pd"}
"""What those are asked of, by the last name before the dot."""
ALLOWED = {
    "cli/arguments.py": ["now"],  # the clock of all commands
}
"""The modules that read it, and by what, each with its reason."""


def reads(source: str) -> list[str]:
    """Return by which calls a module's source reads the clock."""
    tree = ast.parse(source)
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.Import))
    short = {one.asname or one.name: one.name for node in imports for one in node.names}
    taken = {
        one.asname or one.name: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").rpartition(".")[2] in OF
        for one in node.names
        if (node.module, one.name) != ("datetime", "time")
    }
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr=name, value=of) if name in READS:
                owner = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
                known = {owner, short.get(owner, ""), taken.get(owner, "")}
                if known & (OF if name != "time" else {"time"}):  # of datetime, a time is a value
                    found.append(name)
            case ast.Name(id=name, ctx=ast.Load()) if taken.get(name) in READS:
                found.append(taken[name])
            case _:
                pass
    return found


def test_nothing_below_the_command_line_reads_the_clock() -> None:
    modules = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
    found = {name: reads(path.read_text(encoding="utf-8")) for name, path in modules.items()}
    assert {name: calls for name, calls in found.items() if calls} == ALLOWED


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("import datetime as dt\ndt.datetime.now(dt.UTC)", "now"),
        ("import datetime as dt\ndt.date.today()", "today"),
        ("from datetime import datetime\ndatetime.utcnow()", "utcnow"),
        ("from datetime import datetime as moment\nmoment.now()", "now"),
        ("import time\ntime.time()", "time"),
        ("import time as clock\nclock.time_ns()", "time_ns"),
        ("from time import localtime\nlocaltime()", "localtime"),
        ("import datetime as dt\nstamp = field(default_factory=dt.datetime.now)", "now"),
        ("import pandas as pd\npd.Timestamp.now()", "now"),
        ("from email.utils import make_msgid\nmake_msgid()", "make_msgid"),
        ("import email.utils\nemail.utils.formatdate()", "formatdate"),
        ("import uuid\nuuid.uuid1()", "uuid1"),
    ],
)
def test_a_look_at_the_clock_is_seen(source: str, read: str) -> None:
    assert reads(source) == [read]


@pytest.mark.parametrize(
    "source",
    ["import time\ntime.monotonic()", "inputs.now", "import datetime as dt\ndt.datetime.combine(day, dt.time())"],
)
def test_how_long_something_takes_and_what_was_handed_in_are_no_looks_at_it(source: str) -> None:
    assert reads(source) == []
