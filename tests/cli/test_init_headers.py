"""clusterreport init knows headers of three rows: years below headings, a row of units below these."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport.cli import main
from tests.cli.test_init_shapes import Cell, begun, declared, workbook

TITLE: list[Cell] = ["各市研发经费"]
UPPER: list[Cell] = ["城市", "研发经费", None, "占GDP比重", None]
DATA: list[list[Cell]] = [["苏州", 1012.5, 1098.32, 4.11, 4.12], ["南京", 668.1, 702.4, 3.83, 3.8]]
SPANS = ("A1:E1", "B2:C2", "D2:E2")


@pytest.mark.parametrize("merged", [SPANS, (*SPANS, "A2:A3"), (*SPANS, "A2:A4"), ()])
@pytest.mark.parametrize("years", [[2023, 2024], ["2023", "2024"], ["2023年", "2024年"]])
@pytest.mark.parametrize("units", [["亿元", "亿元", "%", "%"], ["（亿元）", "（亿元）", "（%）", "（%）"]])
def test_a_row_of_units_below_a_row_of_years_belongs_to_the_header(
    tmp_path: Path, merged: tuple[str, ...], years: list[Cell], units: list[Cell]
) -> None:
    rows = [TITLE, UPPER, [None, *years, *years], [None, *units], *DATA]
    table = declared(begun(tmp_path, workbook(tmp_path, rows, merged)))
    assert table.header_rows == (2, 3, 4)
    assert [str(column.unit) for column in table.columns.values()] == ["", "亿元", "亿元", "%", "%"]
    assert [name.removesuffix("年") for name in table.columns][1:3] == ["研发经费2023", "研发经费2024"]


def test_a_row_that_says_unit_before_the_units_is_one_of_units(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["城市", "经费", "占比", "备注"], ["单位", "亿元", "%", "—"], ["广州", 3.5, 4, "甲"], ["深圳", 4.5, 5, ""],
    ]  # fmt: skip
    table = declared(begun(tmp_path, workbook(tmp_path, rows)))
    assert list(table.columns) == ["城市", "经费", "占比", "备注"]
    assert [str(column.unit) for column in table.columns.values()] == ["", "亿元", "%", ""]


@pytest.mark.parametrize("first", [["苏州", 2023, 2024, 4.11, 4.12], ["苏州", 2023, 2024, 2025, 2026]])
def test_a_row_of_data_with_years_is_none_of_the_header(tmp_path: Path, first: list[Cell]) -> None:
    rows: list[list[Cell]] = [TITLE, ["城市", "起止年份", "止", "占比", "比重"], first, ["南京", 2022, 2024, 3.83, 3.8]]
    table = declared(begun(tmp_path, workbook(tmp_path, rows, ("A1:E1",))))
    assert table.header_rows == (2,)


def test_a_header_that_cannot_be_one_is_shown_with_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[Cell]] = [TITLE, UPPER, [None, 1, 2, 3, 4], *DATA]
    assert main(["init", str(tmp_path / "desk"), "--from", str(workbook(tmp_path, rows, SPANS))]) == 1
    told = capsys.readouterr().err
    assert "研发.xlsx!Sheet!C2, column 研发经费: two columns have this name" in told
    assert "研发.xlsx: row 2 taken for the header (城市 | 研发经费" in told
    assert "--header-rows 2,3\n" in told


def test_the_rows_of_a_header_can_be_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[Cell]] = [TITLE, UPPER, [None, 1, 2, 3, 4], *DATA]
    file = workbook(tmp_path, rows, SPANS)
    assert main(["init", str(tmp_path / "desk"), "--from", str(file), "--header-rows", "2,3"]) == 0
    assert "header_rows = [2, 3]\n" in capsys.readouterr().out
    assert declared(tmp_path / "desk").header_rows == (2, 3)
    assert main(["new", "table", "other", "--from", str(workbook(tmp_path, rows, SPANS, "b.xlsx")),
                 "--header-rows", "2,3", "--project", str(tmp_path / "desk")]) == 0  # fmt: skip


@pytest.mark.parametrize("said", ["3,2", "0", "a", "1,2,3,4,5,6", "2,,3", "2,2", "9999"])
def test_what_are_no_rows_of_a_header_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str) -> None:
    with pytest.raises(SystemExit):
        main(["init", str(tmp_path / "desk"), "--header-rows", said])
    assert "are no rows of a header; write them from the top down, as 3,4" in capsys.readouterr().err
