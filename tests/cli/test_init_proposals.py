"""What clusterreport init proposes of a clerk's table that is odd, tells and writes down; what it writes builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

from clusterreport import settings
from clusterreport.app.build import build, check
from clusterreport.cli import main
from clusterreport.settings import TABLES_FILE

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def started(folder: Path, text: str, name: str = "各市.csv", *options: str) -> Path:
    """Start a project from a table and return its folder."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return started_from(folder, file, *options)


def started_from(folder: Path, file: Path, *options: str) -> Path:
    assert main(["init", str(folder / "desk"), "--from", str(file), *options]) == 0
    return folder / "desk"


def hiding(folder: Path) -> Path:
    """Write a workbook of which row 3 and column C are hidden."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["城市", "客流（万人次）", "内部（个）"], ["苏州", 10, 1], ["无锡", 20, 2], ["常州", 30, 3]):
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    file = folder / "客流.xlsx"
    book.save(file)
    return file


def test_hidden_rows_are_proposed_to_be_read_told_and_written_down(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = started_from(tmp_path, hiding(tmp_path))
    shown = capsys.readouterr().out
    assert "客流.xlsx!Sheet: 3 rows\n" in shown
    assert "hidden rows were read: 3\n" in shown
    assert "hidden columns were read: C\n" in shown
    assert f'as {TABLES_FILE} says now: hidden_rows = "read"' in shown
    assert 'hidden_rows = "read"' in (root / TABLES_FILE).read_text(encoding="utf-8")
    assert build(settings.load(root), verify_pair=True).files


def test_rows_that_are_not_hidden_need_no_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = started(tmp_path, "城市,客流（万人次）\n苏州,10\n无锡,20\n")
    assert "hidden_rows" not in capsys.readouterr().out + (root / TABLES_FILE).read_text(encoding="utf-8")
    assert check(settings.load(root)).audiences == ("desk",)
