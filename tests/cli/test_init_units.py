"""clusterreport init takes the unit of each column from where the sheet says it, and asks where it says two things."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.cli import main
from tests.acceptance.test_own_tables import words_of
from tests.cli.test_init_shapes import Cell, begun, declared, workbook

YEARS: list[Cell] = ["2023年", "2024年"]


def sheet(note: str, *heads: str) -> tuple[list[list[Cell]], tuple[str, ...]]:
    """Return a sheet with a note above it, whose ``heads`` stand over two years each, and the cells that are merged."""
    upper: list[Cell] = ["城市", *(cell for head in heads for cell in (head, None))]
    rows: list[list[Cell]] = [["各市科技情况"], [note], upper, [None, *YEARS * len(heads)]]
    for number, city in enumerate(("苏州", "南京", "无锡")):
        rows.append([city, *(900.5 - 100 * number + place for place in range(2 * len(heads)))])
    spans = [f"{chr(66 + 2 * place)}3:{chr(67 + 2 * place)}3" for place in range(len(heads))]
    return rows, ("A1:C1", "A3:A4", *spans)


def units(project: Path) -> dict[str, str]:
    return {name: str(column.unit) for name, column in declared(project).columns.items() if column.is_number}


def test_the_unit_of_an_upper_heading_comes_before_that_of_the_whole_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, merged = sheet("单位：亿元", "技术合同额（万元）", "占GDP比重（%）", "高新企业数（家）", "研发经费")
    project = begun(tmp_path, workbook(tmp_path, rows, merged))
    assert list(units(project).values()) == ["万元", "万元", "%", "%", "家", "家", "亿元", "亿元"]
    told = [line for line in capsys.readouterr().out.splitlines() if "of the whole table" in line]
    assert len(told) == 1
    assert "研发经费" in told[0]
    assert "技术合同额" not in told[0]
    issue = build(settings.load(project), verify_pair=True)
    text = words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))
    assert "技术合同额2024年居前的是：苏州901.5万元，南京801.5万元，无锡701.5万元。" in text
    assert "技术合同额2024年（万元）占GDP比重2024年（%）" in text
    assert "900.5亿元" not in text


def test_a_row_that_lists_several_units_leaves_each_column_the_unit_of_its_brackets(tmp_path: Path) -> None:
    rows, merged = sheet("单位：亿元、%", "研发经费（亿元）", "占GDP比重（%）")
    project = begun(tmp_path, workbook(tmp_path, rows, merged))
    assert list(units(project).values()) == ["亿元", "亿元", "%", "%"]
    section = (project / "templates" / "sections" / "overview.md.j2").read_text(encoding="utf-8")
    assert "## 研发经费2023年" in section


@pytest.mark.parametrize(
    ("note", "head", "unit", "told"),
    [
        ("单位：亿元", "增长率", "", "the 亿元 of the whole table (row 2) is none of it"),
        ("单位：亿元", "规上企业数", "", "the 亿元 of the whole table (row 2) is none of it"),
        ("单位：家", "规上企业数", "家", "家 is that of the whole table, as row 2 says"),
        ("单位：亿元", "产量（只）", "", "is 只 in brackets its unit, or is that the 亿元 of the whole table (row 2)?"),
        ("填报单位：科技局", "产量（只）", "只", ""),
        ("单位：亿元", "产值（现价）", "亿元", "亿元 is that of the whole table, as row 2 says"),
        ("单位：亿元", "产值（单位：百万克朗）", "百万克朗", ""),
        ("单位：亿元", "投入（2020年不变价）", "亿元", "亿元 is that of the whole table, as row 2 says"),
        ("单位：亿元", "产值（万元）（亿元）", "", "name units that differ (B3: 产值（万元）（亿元）)"),
    ],
)
def test_no_unit_is_taken_that_may_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], note: str, head: str, unit: str, told: str
) -> None:
    rows, merged = sheet(note, head)
    project = begun(tmp_path, workbook(tmp_path, rows, merged))
    shown = capsys.readouterr().out
    assert set(units(project).values()) == {unit}
    assert told in shown
    assert ("of the whole table" in shown) == ("of the whole table" in told)


def test_brackets_that_contradict_a_row_of_units_are_told_with_their_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[Cell]] = [
        ["城市", "合同额（万元）", "企业"], ["单位", "亿元", "家"], ["广州", 3.5, 12], ["深圳", 4.5, 10],
    ]  # fmt: skip
    project = begun(tmp_path, workbook(tmp_path, rows))
    assert list(units(project).values()) == ["", "家"]
    told = "合同额（万元）（亿元）: its headings name units that differ (B1: 合同额（万元）, B2: 亿元); write the right"
    assert told in capsys.readouterr().out


def test_two_notes_that_say_unlike_units_say_none(tmp_path: Path) -> None:
    rows, merged = sheet("单位：亿元", "研发经费")
    rows[1] = ["单位：亿元", None, "单位：万元"]
    assert set(units(begun(tmp_path, workbook(tmp_path, rows, merged))).values()) == {""}


def test_a_serial_number_is_asked_for_no_unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[Cell]] = [["序号", "城市", "经费"], [1, "广州", 3.5], [3, "深圳", 4.5]]
    project = begun(tmp_path, workbook(tmp_path, rows))
    asked = [line for line in capsys.readouterr().out.splitlines() if "names no unit" in line]
    assert len(asked) == 1
    assert "经费" in asked[0]
    assert (project / "data" / "tables.toml").read_text(encoding="utf-8").count("# unit") == 1


def test_columns_of_two_years_are_called_by_their_years_wherever_they_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, merged = sheet("单位：亿元、%", "研发经费（亿元）")
    rows[6][2] = None
    project = begun(tmp_path, workbook(tmp_path, rows, merged))
    section = project / "templates" / "sections" / "overview.md.j2"
    section.write_text(
        '{% set rows = tables.main %}\n# 经费\n\n{{ chart.column(rows.by("城市").series("研发经费2023年", '
        '"研发经费（亿元）2024年"), title="各市经费", source="公报") }}\n\n# 出处\n\n{{ basis_table() }}\n',
        encoding="utf-8",
    )
    (project / "templates" / "sections" / "overview.allow.txt").unlink()  # the years are words of the data
    issue = build(settings.load(project), verify_pair=True)
    text = words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))
    assert "图1各市经费2023年2024年苏州" in text  # the legend; 研发经费 is what both are
    assert "没有画出的有无锡2024年。" in text
    assert "研发经费2024年（苏州、南京）：数据来自" in text
    capsys.readouterr()
    section.write_text(
        '{% set rows = tables.main %}\n# 经费\n\n{{ rows.where(城市="苏州").growth("研发经费2023年", '
        'since="研发经费2024年") }}\n\n# 出处\n\n{{ basis_table() }}\n',
        encoding="utf-8",
    )
    assert main(["check", str(project)]) == 1
    assert "研发经费2023年 does not come after 研发经费2024年" in capsys.readouterr().err


def test_a_table_whose_file_is_missing_is_to_be_mended_where_it_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = begun(tmp_path, workbook(tmp_path, *sheet("单位：亿元", "研发经费")))
    (project / "data" / "研发.xlsx").unlink()
    capsys.readouterr()
    assert main(["check", str(project)]) == 1
    told = capsys.readouterr().err
    assert "data/研发.xlsx: there is no such file\n  Put the file there, or mend its name in data/tables.toml." in told
