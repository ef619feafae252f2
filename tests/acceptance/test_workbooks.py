"""A clerk's workbook is built from: a table of one's own and the register itself, each on a sheet below two titles."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pikepdf
import pytest

from clusterreport import settings
from clusterreport.app.build import build, check
from clusterreport.app.drafting import ProjectFindings
from clusterreport.data import sources
from clusterreport.errors import ProblemsError
from clusterreport.quantity import Computed
from clusterreport.subjects.clusters import validation
from tests.data.sources.workbooks import clerk, with_cell

DECLARED = """
[tables.rd]
path = "data/集群.xlsx"
sheet = "名录"
header_rows = [3, 4]
title = "各市研发经费"
key = ["city", "year"]
unit = "个"
source = "各市统计公报"

[tables.rd.columns.city]
titles = ["城市"]

[tables.rd.columns.year]
titles = ["年份"]
type = "year"

[tables.rd.columns.spending]
titles = ["研发经费 总额"]
type = "number"
unit = "亿元"
"""
SECTION = """# 研发经费

深圳为{{ tables.rd.where(city="深圳").value("spending") }}。

广州各年共{{ tables.rd.where(city="广州", year=[2023, 2024]).total("spending") }}。

{{ basis_table() }}
"""
AUDIENCE = 'title = "研发版"\ndocument_title = "各市研发经费"\ntheme = "briefing"\nsections = ["rd"]\n'


@pytest.fixture
def desk(project: Path) -> Path:
    """Return the shipped project with a workbook and an audience of the desk's own."""
    (project / "data" / "tables.toml").write_text(DECLARED, encoding="utf-8")
    (project / "data" / "集群.xlsx").write_bytes(clerk())
    folder = project / "templates" / "audiences" / "research"
    folder.mkdir()
    (folder / "audience.toml").write_text(AUDIENCE, encoding="utf-8")
    (folder / "rd.md.j2").write_text(SECTION, encoding="utf-8")
    return project


def in_workbook(project: Path) -> None:
    """Move the tables of the register to sheets of one workbook, each below a title and a note, and say so."""
    path = project / "clusterreport.toml"
    text = path.read_text(encoding="utf-8")
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name in ("clusters", "provinces", "cities"):
        sheet = made.create_sheet(name)
        sheet.append(["先进制造业集群"])
        sheet.append(["填报单位：数据科"])
        with (project / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
        said = f'{{ path = "data/名录.xlsx", sheet = "{name}", header_rows = [3] }}'
        text = text.replace(f'{name} = "data/{name}.csv"', f"{name} = {said}")
    made.save(project / "data" / "名录.xlsx")
    path.write_text(text, encoding="utf-8")


def test_each_number_names_its_sheet_and_row(desk: Path) -> None:
    issue = build(settings.load(desk).overridden(audiences=("research",)), verify_pair=True)
    files = {file.path.name.rpartition(".")[2]: file.path for file in issue.files}
    facts = json.loads(next(file.path for file in issue.files if file.path.name == "facts.json").read_bytes())[
        "numbers"
    ]
    rows: dict[str, Any] = {fact["amount"]: fact["basis"]["rows"] for fact in facts}
    assert [(row["dataset"], row["ranges"]) for row in rows["2236.61"]] == [("集群.xlsx!名录", ["7"])]
    assert [(row["dataset"], row["ranges"]) for row in rows["2163.25"]] == [("集群.xlsx!名录", ["5-6"])]
    manifest = json.loads((files["pdf"].parent / "manifest.json").read_bytes())
    assert manifest["data"]["data/集群.xlsx!名录"]["rows"] == 4
    assert "data/集群.xlsx!名录: row 10 is a total, and was left out" in issue.remarks


def test_a_wrong_cell_stops_the_build_with_its_address(desk: Path) -> None:
    (desk / "data" / "集群.xlsx").write_bytes(with_cell("C7", "约2236"))
    with pytest.raises(ProblemsError) as raised:
        check(settings.load(desk))
    assert str(raised.value).startswith('data/集群.xlsx!名录!C7, column 研发经费总额: "约2236" is not a number')


def test_the_register_says_the_same_from_a_workbook_as_from_csv_files(project: Path) -> None:
    def read() -> tuple[ProjectFindings, settings.Settings]:
        chosen = settings.load(project)
        datasets = sources.read_all(chosen.data, chosen.places, layouts=chosen.layouts)
        return ProjectFindings.of(validation.check(datasets, chosen.as_of), chosen.focus, {}), chosen

    from_csv, _ = read()
    in_workbook(project)
    from_workbook, chosen = read()
    assert from_csv.computed is not None
    assert from_workbook.computed is not None
    amounts = [
        [str(getattr(found.nation, name).amount) for name in ("clusters", "provinces", "cities", "places")]
        for found in (from_csv.computed, from_workbook.computed)
    ]
    assert amounts[0] == amounts[1]
    basis = from_workbook.computed.nation.clusters.basis
    assert isinstance(basis, Computed)
    rows = basis.rows
    assert [(reference.dataset, min(reference.rows)) for reference in rows] == [("名录.xlsx!clusters", 4)]
    assert chosen.layouts["clusters"].header_rows == (3,)


def test_a_wrong_cell_of_the_register_is_named_by_its_address(project: Path) -> None:
    in_workbook(project)
    path = project / "data" / "名录.xlsx"
    made = openpyxl.load_workbook(path)
    sheet = made["clusters"]
    heading = next(cell for cell in sheet[3] if cell.value == "provinces")
    sheet.cell(16, heading.column).value = "江苏省"
    sheet.cell(17, heading.column).value = "⼴东"
    made.save(path)
    with pytest.raises(ProblemsError) as raised:
        check(settings.load(project))
    wheres = [problem.where for problem in raised.value.problems]
    assert wheres == [f"data/名录.xlsx!clusters!{heading.column_letter}{row}, column provinces" for row in (16, 17)]


def test_a_workbook_of_several_tables_is_attached_once(project: Path) -> None:
    in_workbook(project)
    issue = build(settings.load(project).overridden(audiences=("bureau",)))
    with pikepdf.open(next(file.path for file in issue.files if file.path.suffix == ".pdf")) as pdf:
        assert sorted(pdf.attachments).count("名录.xlsx") == 1
        assert (
            bytes(pdf.attachments["名录.xlsx"].get_file().read_bytes()) == (project / "data" / "名录.xlsx").read_bytes()
        )
