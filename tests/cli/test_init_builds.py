"""A build refuses nothing that init and new write, however many rows the table has, and in either language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest

from clusterreport.cli import main

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = {
    "zh": (["城市", "接待游客（万人次）", "旅游收入（亿元）", "门票收入占比（%）"], "年份", "城市{}"),
    "en": (["City", "Visitors (people)", "Spending (million yuan)", "Share (%)"], "Year", "City {}"),
}


def workbook(folder: Path, language: str, rows: int, *, years: bool) -> Path:
    """Write a workbook of as many cities, with units in its header, and perhaps a column of years."""
    headings, year, city = HEADINGS[language]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([*headings, *([year] if years else [])])
    for row in range(rows):
        for when in (2023, 2024) if years else (0,):
            name = city.format(chr(ord("A") + row // 26) + chr(ord("a") + row % 26))
            sheet.append([name, 900 + 7 * row, 100.5 + row, 10 + row / 2, *([when] if years else [])])
    book.save(folder / "visitors.xlsx")
    return folder / "visitors.xlsx"


def test_the_title_above_the_table_is_that_of_the_briefing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["2022—2024年各市接待情况统计表"], ["单位：亿元"], ["城市", "收入"], ["桂林", 3.5], ["黄山", 4.5]):
        sheet.append(row)
    book.save(tmp_path / "接待.xlsx")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "接待.xlsx")]) == 0
    declared = (tmp_path / "desk/data/tables.toml").read_text("utf-8")
    assert 'title = "2022—2024年各市接待情况统计表"' in declared
    assert "未注明来源的文件接待.xlsx" in declared
    assert main(["build", str(tmp_path / "desk"), "--verify-pair"]) == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_table_with_a_blank_cell_in_each_group_builds(tmp_path: Path, language: str) -> None:
    heading, cities = {"zh": ("编号,城市,收入（万元）", "甲乙丙"), "en": ("Number,City,Income (yuan)", "ABC")}[language]
    rows = [f"Q{number},{cities[number % 3]}{cities[0]},{'' if number < 3 else number}" for number in range(12)]
    (tmp_path / "t.csv").write_text("\n".join([heading, *rows]), encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "t.csv"), "--language", language]) == 0
    assert main(["build", str(tmp_path / "desk"), "--format", "pdf", "--quiet"]) == 0


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("cities", ["桂林", "桂林,大理", "all"])
def test_a_city_is_refused_where_the_data_are_not_by_city(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, cities: str
) -> None:
    assert main(["init", str(tmp_path / "desk")]) == 0
    assert main([command, str(tmp_path / "desk"), "--focus", cities]) == 2
    assert "--focus: the data of this project are not by city" in capsys.readouterr().err


@pytest.mark.parametrize("years", [False, True])
@pytest.mark.parametrize("rows", [20, 45])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_written_of_many_rows_builds_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, rows: int, *, years: bool
) -> None:
    file, desk = workbook(tmp_path, language, rows, years=years), tmp_path / "desk"
    assert main(["init", str(desk), "--from", str(file), "--language", language]) == 0
    copied = tmp_path / "again.xlsx"
    copied.write_bytes(file.read_bytes())
    assert main(["new", "table", "again", "--from", str(copied), "--language", language, "--project", str(desk)]) == 0
    assert main(["new", "section", "more", "--project", str(desk)]) == 0
    assert main(["new", "audience", "other", "--like", "desk", "--project", str(desk)]) == 0
    settings = desk / "templates/audiences/desk/audience.toml"
    settings.write_text(settings.read_text("utf-8").replace('"overview"', '"overview", "more"'), encoding="utf-8")
    assert main(["check", str(desk)]) == 0, capsys.readouterr().out
    assert main(["build", str(desk), "--format", "pdf"]) == 0, capsys.readouterr().err


@pytest.mark.parametrize("with_cities", [False, True])
def test_a_table_of_very_many_rows_builds_at_once(tmp_path: Path, *, with_cities: bool) -> None:
    """A ranking of so many names would take longer than a section is given."""
    cities = ("苏州", "无锡", "常州")
    lines = ["编号,城市,产值（亿元）" if with_cities else "编号,产值（亿元）"]
    named = "N{0},{1},{2}.5" if with_cities else "N{0},{2}.5"
    lines += (named.format(row, cities[row % 3], row % 7) for row in range(45_000))
    (tmp_path / "many.csv").write_text("\n".join(lines), encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "many.csv")]) == 0
    assert main(["build", str(tmp_path / "desk"), "--quiet"]) == 0
    (facts,) = (tmp_path / "desk").glob("output/*/*/facts.json")
    amounts = {fact["amount"] for fact in json.loads(facts.read_text(encoding="utf-8"))["numbers"]}
    assert sum(row % 7 + 0.5 for row in range(45_000)) == 157_494
    assert sum(row % 7 + 0.5 for row in range(0, 45_000, 3)) == 52_499  # of the first city
    assert ("52499" if with_cities else "157494") in {amount.removesuffix(".0") for amount in amounts}
