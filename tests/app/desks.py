"""Folders of projects that take tables in: the clerk's table of research spending, declared as its tests declare it."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from clusterreport import settings
from clusterreport.app import intake, intake_writing
from clusterreport.inputs import Inputs

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.app.intake_writing import WrittenIntake
    from clusterreport.settings.layout import Layout

DAY = dt.date(2026, 11, 29)
NOW = dt.datetime(2026, 11, 29, 8, 0, tzinfo=dt.UTC)
COLUMNS = """
[tables.rd.columns.city]
titles = "城市"
[tables.rd.columns.year]
titles = "年份"
type = "year"
[tables.rd.columns.spending]
titles = "研发经费 总额"
type = "number"
unit = "亿元"
minimum = 0
[tables.rd.columns.share]
titles = "研发经费 占GDP比重"
type = "number"
unit = "%"
[tables.rd.columns.chosen]
titles = "是否重点"
type = "boolean"
[tables.rd.columns.fields]
titles = "领域"
type = "list"
"""


def project_of(folder: Path, tables: str, files: dict[str, bytes]) -> Path:
    """Make a project with tables of its own and their files, and return its folder."""
    root = folder / "desk"
    (root / "data").mkdir(parents=True)
    (root / "clusterreport.toml").write_text('[briefing]\nas_of = 2025-09-22\naudiences = ["desk"]\n', encoding="utf-8")
    (root / "data" / "tables.toml").write_text(tables, encoding="utf-8")
    for name, content in files.items():
        (root / "data" / name).write_bytes(content)
    return root


def spending(layout: Layout, more: str = "", columns: str = COLUMNS, key: str = '["city", "year"]') -> str:
    """Return what declares the clerk's table, as far in its file as ``layout`` says."""
    where = f"sheet = {json.dumps(layout.sheet, ensure_ascii=False)}\n" if layout.sheet else ""
    where += f"header_rows = {list(layout.header_rows)}\n" if layout.header_rows else ""
    head = f'[tables.rd]\npath = "data/集群.xlsx"\ntitle = "各市研发经费"\nsource = "各市统计公报"\nkey = {key}\n'
    return head + where + more + columns


def take(root: Path, *tables: str, file: Path | None = None, day: dt.date = DAY, language: str = "zh") -> WrittenIntake:
    """Take tables in, as the command does."""
    project, inputs = settings.load(root), Inputs(NOW)
    found = intake.taken(project, intake.asked(project, tables, file, inputs), language, inputs)
    return intake_writing.write(project, found, day, language, inputs)
