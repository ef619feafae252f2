"""What a clerk's own tables lack or leave open is told: columns, blank cells, years, and all faults of a template."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import openpyxl
import pytest

from clusterreport import settings
from clusterreport.app import starting
from clusterreport.app.build import check
from clusterreport.app.drafting import drafted
from clusterreport.document.text import lines_of
from clusterreport.errors import Level, Problem, ProblemsError
from clusterreport.inputs import Inputs
from tests.app.desks import take

if TYPE_CHECKING:
    from pathlib import Path

ROWS: Final = "城市,年份,投资（万元）\n甲市,2023,10\n甲市,2024,12\n乙市,2023,20\n乙市,2024,30\n"
SECTION: Final = "templates/sections/overview.md.j2"
TITLES: Final = {"zh": "概况", "en": "Overview"}
TABLE: Final = '{{ table(tables.main.rows, [col("%s", "列"), col("年份", "年")], title="各地") }}'


def project(folder: Path, body: str, rows: str = ROWS, received: str = "", language: str = "zh") -> Path:
    """Start a project of ``rows`` whose one section says ``body``; ``received`` then takes the place of its file."""
    folder.mkdir(exist_ok=True)
    file = folder / "districts.csv"
    file.write_text(rows, encoding="utf-8")
    root = folder / "desk"
    starting.write(starting.start(file, language, dt.date(2025, 9, 22)), root)
    (root / SECTION).write_text(f"# {TITLES[language]}\n\n{body}\n", encoding="utf-8")
    if received:
        (root / "data" / "districts.csv").write_text(received, encoding="utf-8")
    return root


def undeclared(root: Path) -> None:
    """Let the project say nothing of whether a file may lack a column."""
    file = root / "data" / "tables.toml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("in_every_file")), encoding="utf-8")


def refused(root: Path) -> tuple[Problem, ...]:
    """Return what the check of a project is refused for."""
    with pytest.raises(ProblemsError) as caught:
        check(settings.load(root))
    return caught.value.problems


def told(root: Path, level: Level) -> list[Problem]:
    """Return what the check of a project tells at a level, but for the source that nobody has named yet."""
    found = check(settings.load(root)).told
    return [problem for problem in found if problem.level is level and not problem.where.endswith(".source")]


def test_a_column_of_a_table_that_is_none_is_told_with_the_nearest_and_all(tmp_path: Path) -> None:
    (problem,) = refused(project(tmp_path, TABLE % "城镇"))
    assert problem.where == f"{SECTION}, line 3"
    assert problem.problem == "tables.main: it has no column '城镇'"
    assert problem.remedy == "Did you mean 城市? Write one of: 城市, 年份, 投资（万元）."


def test_the_rows_themselves_are_asked_for_where_a_table_is_given_none(tmp_path: Path) -> None:
    (problem,) = refused(project(tmp_path, (TABLE % "城市").replace(".rows", "")))
    assert problem.remedy == "Write .rows behind it."


def test_a_column_of_a_table_may_be_called_by_its_heading(tmp_path: Path) -> None:
    root = project(tmp_path, TABLE % "投资（万元）")
    assert check(settings.load(root)).audiences == ("desk",)


@pytest.mark.parametrize(("heading", "near"), [("投资（亿元）", "投资（亿元）"), ("面积", "")])
def test_a_column_that_a_template_uses_and_the_file_lacks_is_told_of_the_file(
    tmp_path: Path, heading: str, near: str
) -> None:
    received = ROWS.replace("投资（万元）", heading)
    root = project(tmp_path, '共{{ tables.main.where(年份=2024).total("投资") }}。', received=received)
    undeclared(root)
    (problem,) = refused(root)
    assert problem.where == f"{SECTION}, line 3"
    assert "data/districts.csv lacks the column 投资（万元）" in problem.problem
    assert "tables.main.columns.投资" in problem.problem
    assert problem.remedy.startswith("Did you mean 投资（亿元）? Put it among the titles") is bool(near)
    assert f"the file has: 城市, 年份, {heading}." in problem.remedy


def test_a_column_that_nothing_says_may_be_lacking_is_a_warning_and_to_be_looked_at(tmp_path: Path) -> None:
    root = project(tmp_path, "各地情况。", received=ROWS.replace("投资（万元）", "投资（亿元）"))
    undeclared(root)
    (problem,) = told(root, Level.WARN)
    assert problem.where == "data/districts.csv"
    assert "lacks the column 投资（万元）" in problem.problem
    (taken,) = take(root).report.tables
    assert [doubt.problem for doubt in taken.doubts] == [problem.problem]


def test_a_column_that_may_be_lacking_is_not_told(tmp_path: Path) -> None:
    root = project(tmp_path, "各地情况。", received=ROWS.replace("投资（万元）", "投资（亿元）"))
    file = root / "data" / "tables.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("in_every_file = true", "in_every_file = false"), "utf-8")
    assert not told(root, Level.WARN)


def test_a_new_project_needs_each_of_its_columns(tmp_path: Path) -> None:
    root = project(tmp_path, "各地情况。", received=ROWS.replace("投资（万元）", "投资（亿元）"))
    (problem,) = refused(root)
    assert problem.problem == "the column 投资（万元） is missing"
    assert problem.remedy == "Did you mean 投资（亿元）? Add it; the file has: 城市, 年份, 投资（亿元）."
    assert take(root).report.fault_count


def test_a_year_with_its_sign_and_without_quotes_is_told_as_such(tmp_path: Path) -> None:
    (problem,) = refused(project(tmp_path, '共{{ tables.main.where(年份=2024年).total("投资") }}。'))
    assert problem.where == f"{SECTION}, line 3"
    assert problem.problem == "年 stands behind a number that is not in quotes"
    assert problem.remedy.startswith("Write a year as a number alone or in quotes")


def test_all_faults_of_own_tables_in_one_template_are_told_at_once(tmp_path: Path) -> None:
    body = (
        '甲{{ tables.main.where(年份=2024).total("nope") }}。\n\n乙{{ tables.main.where(年份=2024).mean("nix") }}。\n\n'
        '丙{{ tables.main.by("城市").total("投资") }}丁{{ tables.main.total("投资", foo=1) }}。'
    )
    found = refused(project(tmp_path, body))
    assert [problem.where.rpartition(" ")[2] for problem in found] == ["3", "5", "7", "7"]
    assert [problem.problem for problem in found] == [
        "tables.main: it has no column 'nope'",
        "tables.main: it has no column 'nix'",
        "tables.main: values of unlike years (2023, 2024) would be put together",
        "total has no argument 'foo'",
    ]


def test_later_years_and_lacking_ones_are_warned_of(tmp_path: Path) -> None:
    rows = ROWS + "丙市,2024,5\n丁市,2023,1\n丁市,2024,2\n甲市,2031,9\n乙市,2031,9\n丁市,2031,9\n丙市,2031,9\n"
    found = told(project(tmp_path, "各地情况。", rows=rows), Level.WARN)
    assert [problem.where for problem in found] == [
        "data/districts.csv, row 9, column 年份", "data/districts.csv, column 年份",
    ]  # fmt: skip
    assert "丙市 lacks 2023" in found[1].problem


def test_the_table_of_bases_says_of_which_files_its_rows_are(tmp_path: Path) -> None:
    root = project(tmp_path, "共{{ tables.main.count() }}、{{ tables.other.count() }}。\n\n{{ basis_table() }}")
    workbook = openpyxl.Workbook()
    for row in (("县", "数（个）"), ("甲县", 1), ("乙县", 2)):
        workbook.active.append(row)
    workbook.save(root / "data" / "other.xlsx")
    declared = root / "data" / "tables.toml"
    more = """
[tables.other]
path = "data/other.xlsx"
title = "各县"
unit = "个"
source = "公报"
columns."县" = { titles = "县" }
"""
    declared.write_text(declared.read_text(encoding="utf-8") + more, encoding="utf-8")
    _, drafts, _ = drafted(settings.load(root), Inputs(), lambda *_: None)
    text = "\n".join(line.text for line in lines_of(drafts[0].numbered))
    assert "数据行是数据文件（.csv、.xlsx）中的行号" in text
