"""Rooms that say the same of the same input read no clock, chance or environment, and no files but their own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "clusterreport"
PURE = ("analysis", "document", "reconcile", "schedule", "subjects")
MODULES = sorted(path for room in PURE for path in (PACKAGE / room).rglob("*.py"))
IMPURE_MODULES = {"os", "random", "secrets", "socket", "subprocess", "tempfile", "time", "uuid"}
IMPURE_CALLS = {"now", "today", "utcnow", "fromtimestamp", "open", "write_text", "write_bytes", "iterdir", "glob"}
READS = {"read_text", "read_bytes"}
OWN_FILE = "Path(__file__).with_name("


def impurities(source: str) -> list[str]:
    """Return what of a module's source looks at the world, with its line."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                found += [f"{node.lineno}: import {one.name}" for one in node.names if one.name in IMPURE_MODULES]
            case ast.ImportFrom() if node.module in IMPURE_MODULES:
                found.append(f"{node.lineno}: from {node.module}")
            case ast.Call(func=ast.Attribute(attr=name)) if name in IMPURE_CALLS:
                found.append(f"{node.lineno}: {name}")
            case ast.Call(func=ast.Name(id="open")):
                found.append(f"{node.lineno}: open")
            case ast.Call(func=ast.Attribute(attr=name, value=value)) if name in READS:
                if not ast.unparse(value).startswith(OWN_FILE):
                    found.append(f"{node.lineno}: {name}")
            case _:
                pass
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(PACKAGE)))
def test_a_pure_room_looks_at_nothing_but_what_it_is_given(module: Path) -> None:
    assert impurities(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from datetime import date\ndate.today()",
        "import time",
        "from random import shuffle",
        "open('x')",
        "path.open()",
        "settings.path.read_text()",
    ],
)
def test_a_look_at_the_world_is_seen(source: str) -> None:
    assert len(impurities(source)) == 1


def test_a_file_beside_the_module_is_its_own() -> None:
    assert impurities("Path(__file__).with_name('rules.toml').read_text(encoding='utf-8')") == []
