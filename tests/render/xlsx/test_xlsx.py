"""A plain workbook holds text as text, opens in all programs, and is the same each time."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from clusterreport.render.xlsx import LONGEST_CELL, PlainSheet, workbook
from tests.data.sources.packages import faults_by_sdk, values_by_libreoffice

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0")


def rows(*cells: object) -> PlainSheet:
    return PlainSheet("表", (), ((number, (cell,)) for number, cell in enumerate(cells, 1)))  # type: ignore[misc]


def opened(*sheets: PlainSheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets)))


@pytest.mark.parametrize("text", FORMULAS)
def test_text_that_begins_as_a_formula_is_text_and_stays_so_when_it_is_edited(text: str) -> None:
    cell = opened(rows("head", text)).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_other_text_has_no_sign_before_it() -> None:
    assert not opened(rows("head", "广州")).worksheets[0]["A2"].quotePrefix


def test_numbers_are_numbers_and_nothing_is_nothing() -> None:
    sheet = opened(rows("head", 12, "")).worksheets[0]
    assert (sheet["A2"].value, sheet["A3"].value) == (12, None)


def test_rows_stand_under_their_own_numbers() -> None:
    sheet = opened(PlainSheet("a", (), [(3, ("x",)), (9, ("", "y"))], header=3)).worksheets[0]
    assert (sheet["A3"].value, sheet["B9"].value) == ("x", "y")
    assert sheet.freeze_panes == "A4"


def test_names_of_sheets_are_such_as_may_be_each_once() -> None:
    names = ["[a]:/b", "A" * 40, "a" * 40, "", "'q'"]
    made = opened(*(PlainSheet(name, (), [(1, ("x",))]) for name in names))
    assert made.sheetnames == ["a   b", "A" * 31, "a" * 29 + " 2", "Sheet", "q"]


def test_characters_and_lengths_that_no_workbook_may_hold_are_not_written() -> None:
    sheet = opened(rows("head", "a\x00<&\ud800", "x" * 40_000)).worksheets[0]
    assert sheet["A2"].value == "a\ufffd<&\ufffd"
    assert len(sheet["A3"].value) == LONGEST_CELL


def test_the_same_rows_have_the_same_bytes() -> None:
    assert workbook([rows("a", 1)]) == workbook([rows("a", 1)])


@pytest.mark.slow
def test_the_open_xml_sdk_and_libreoffice_read_it(tmp_path: Path) -> None:
    sheet = PlainSheet("表", (12, 8), [(1, ("甲", "乙")), (2, ("=1+1", 5)), (4, ("a  b ", "-2"))])
    content = workbook([sheet, rows("x")])
    assert faults_by_sdk(content, tmp_path) == []
    content = workbook([PlainSheet("表", (12, 8), [(1, ("甲", "乙")), (2, ("=1+1", 5)), (4, ("a  b ", "-2"))])])
    assert values_by_libreoffice(content, tmp_path) == [["甲", "乙"], ["=1+1", "5"], ["", ""], ["a  b ", "-2"]]
