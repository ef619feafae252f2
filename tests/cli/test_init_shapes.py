"""clusterreport init takes tables of many shapes as they are meant; what it writes passes its own check and builds."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.cli import main
from clusterreport.data import schema
from clusterreport.settings import TABLES_FILE
from tests.acceptance.test_own_tables import words_of

Cell = str | int | float | None

TWO_ROWS: list[list[Cell]] = [
    ["各市研发情况表"], ["单位：亿元"], ["城市", "年份", "研发投入", None, "企业数（家）"],
    [None, None, "研发经费", "占比", None],
    ["广州", 2023, "1,043.2", 0.0344, 13000], ["广州", 2024, 1120.05, 0.036, "13,500"],
    ["深圳", 2023, "2,236.6", 0.0646, 24700], ["深圳", 2024, 2400, 0.067, "25,300"],
    ["注：2024年为快报数。数据来源：各市统计局。"],
]  # fmt: skip
TWO_ROWS_MERGED = ("A1:E1", "A2:E2", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "A9:E9")
SHAPES: dict[str, tuple[list[list[Cell]], tuple[str, ...]]] = {
    "two header rows, merged": (TWO_ROWS, TWO_ROWS_MERGED),
    "two header rows, not merged": (TWO_ROWS[2:8], ()),
    "Latin and Chinese": (
        [
            ["城市 名称", "GDP 总量（亿元）", "R&D 经费 投入（亿元）", "GPU数(万 块)"],
            ["广州", 3.1, 4.2, 5], ["深圳", 2.1, 1.2, 6],
        ],
        (),
    ),
    "brackets": (
        [["城市(地级)", "经费(含R&D)（亿元）", "企业[规上]数（家）"], ["广州", 3.1, 4], ["深圳", 2.5, 9]],
        (),
    ),
    "digits": (
        [["2024年城市", "5G基站（个）", "5G", "2024年 1—6月产值（亿元）"], ["广州", 3, 1, 7.5], ["深圳", 4, 2, 8.5]],
        (),
    ),
    "signs of markup and of speech": (
        [
            ["城市:名", "经费,实际*（亿元）", '产值\\“#1”"（亿元）', "{企业}|<数>（家）"],
            ["广州", 3, 1, 7], ["深圳", 4, 2, 8],
        ],
        (),
    ),
    "two headings alike": (
        [["城市", "经费（亿元）", "经 费（亿元）"], ["广州", 3.5, 1.5], ["深圳", 4.5, 2.5]],
        (),
    ),
    "row of units": (
        [["城市", "经费", "占比"], [None, "（亿元）", "（%）"], ["广州", 3.5, 1.5], ["深圳", 4.5, 2.5]],
        (),
    ),
    "no text at all": ([["年份", "经费（亿元）"], [2023, 3.5], [2024, 4.5]], ()),
}  # fmt: skip


def workbook(folder: Path, rows: Sequence[Sequence[Cell]], merged: Sequence[str] = (), name: str = "研发.xlsx") -> Path:
    """Write a workbook of one sheet; decimals below 1 are shown as percentages, as a clerk formats them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell.value, float) and cell.value < 1:
                cell.number_format = "0.0%"
    for area in merged:
        sheet.merge_cells(area)
    book.save(folder / name)
    return folder / name


def begun(folder: Path, file: Path) -> Path:
    assert main(["init", str(folder / "desk"), "--from", str(file)]) == 0
    return folder / "desk"


def declared(project: Path) -> schema.TableSchema:
    return schema.load(project / TABLES_FILE, TABLES_FILE)["main"]


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_written_of_a_table_passes_its_own_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shape: str
) -> None:
    rows, merged = SHAPES[shape]
    project = begun(tmp_path, workbook(tmp_path, rows, merged, "2024年 研发(市) 1.xlsx"))
    capsys.readouterr()
    assert main(["check", str(project)]) == 0, capsys.readouterr().err


def test_a_table_with_two_header_rows_builds_with_its_unit_its_key_and_its_source(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = begun(tmp_path, workbook(tmp_path, TWO_ROWS, TWO_ROWS_MERGED))
    shown = capsys.readouterr().out
    assert "研发投入研发经费: number in 亿元; 4 of 4 filled" in shown
    assert "研发投入占比: number in %; 4 of 4 filled" in shown
    assert "note: 研发投入研发经费: the headings name no unit; 亿元 is that of the whole table, as row 2" in shown
    assert "note: the source is 各市统计局, as row 9 says\n" in shown
    assert "is not known" not in shown
    table = declared(project)
    assert (table.key, table.source) == (("城市", "年份"), "各市统计局")
    issue = build(settings.load(project), verify_pair=True)
    text = words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))
    assert "研发投入研发经费居前的是：深圳2400亿元，广州1120.05亿元。" in text
    assert "研发投入占比居前的是：深圳6.7%，广州3.6%。" in text
    assert "城市研发投入研发经费（亿元）研发投入占比（%）企业数（家）" in text  # or nobody would know what 3.6 is


@pytest.mark.parametrize(
    ("above", "units"),
    [
        ("（单位：亿元）", ["亿元", "%"]),
        ("各市情况表 单位:万元", ["万元", "%"]),
        ("填报单位：市科技局", ["", "%"]),
        ("单位：亿元、家", ["", "%"]),  # of which column is which unit?
    ],
)
def test_a_unit_above_the_table_is_that_of_the_numbers_that_have_none(
    tmp_path: Path, above: str, units: list[str]
) -> None:
    rows: list[list[Cell]] = [[above], ["序号", "城市", "经费", "占比"], [1, "广州", 3.5, 0.2], [2, "深圳", 4.5, 0.3]]
    columns = declared(begun(tmp_path, workbook(tmp_path, rows))).columns
    assert [str(columns[name].unit) for name in ("经费", "占比")] == units
    assert not columns["序号"].unit


@pytest.mark.parametrize(
    ("note", "source"),
    [
        ("资料来源：《统计年鉴2025》", "《统计年鉴2025》"),
        ("注：初步数；数据来源:市统计局、市科技局。其余为估算。", "市统计局、市科技局"),
        ("备注：本表数据来源于市统计局。", "市统计局"),
        ("注释：数据来源：市统计局", "市统计局"),
        ("注：来源不一。", "未注明来源的文件研发.xlsx"),
    ],
)
def test_a_note_names_the_source(tmp_path: Path, note: str, source: str) -> None:
    rows: list[list[Cell]] = [["城市", "经费（亿元）"], ["广州", 3.5], ["深圳", 4.5], [note]]
    assert declared(begun(tmp_path, workbook(tmp_path, rows))).source == source


def test_a_source_that_nobody_has_named_is_warned_of_until_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = begun(tmp_path, workbook(tmp_path, [["城市", "经费（亿元）"], ["广州", 3.5], ["深圳", 4.5]]))
    capsys.readouterr()
    assert main(["check", str(project)]) == 0
    told = capsys.readouterr().out
    assert "warning: data/tables.toml, tables.main.source: the source of 研发.xlsx is still to be named" in told
    assert "warning: templates/sections/overview.md.j2, line 2: the source of 研发.xlsx is still to be named" in told
    for path in (project / TABLES_FILE, project / "templates" / "sections" / "overview.md.j2"):
        text = path.read_text(encoding="utf-8").replace("未注明来源的文件研发.xlsx", "市统计局")
        path.write_text(text, encoding="utf-8")
    assert main(["check", str(project)]) == 0
    assert "to be named" not in capsys.readouterr().out


def test_a_file_that_is_not_there_is_looked_for_where_it_was_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "missing.xlsx")]) == 2
    told = capsys.readouterr().err
    assert "missing.xlsx: there is no such file\n  Look at its name, and at the folder it is in." in told
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path)]) == 2
    told += capsys.readouterr().err
    assert "it is a folder\n  Name a file within it." in told
    assert "clusterreport.toml" not in told


@pytest.mark.parametrize(
    ("called", "on_path", "command"),
    [
        ("the tools/clusterreport", False, "'the tools/clusterreport' build"),
        (".venv/bin/clusterreport", False, ".venv/bin/clusterreport build"),
        (".venv/bin/clusterreport", True, "clusterreport build"),
        ("/somewhere/clusterreport/__main__.py", False, f"{sys.executable} -m clusterreport build"),
    ],
)
def test_the_next_command_is_one_that_can_be_typed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    called: str,
    command: str,
    *,
    on_path: bool,
) -> None:
    (tmp_path / "bin").mkdir()
    if on_path:
        program = tmp_path / "bin" / "clusterreport"
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(sys, "argv", [called])
    (tmp_path / "t.csv").write_text("城市,经费（亿元）\n广州,3\n", encoding="utf-8")
    desk = tmp_path / "the desk"
    assert main(["init", str(desk), "--from", str(tmp_path / "t.csv")]) == 0
    (line,) = re.findall(r"Next: (.*)\n", capsys.readouterr().out)
    assert line == f"{command} '{desk}'"
