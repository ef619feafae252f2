"""What clusterreport init proposes of a clerk's table that is odd, tells and writes down; what it writes builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from clusterreport import settings
from clusterreport.app.build import build, check
from clusterreport.cli import main
from clusterreport.data import schema
from clusterreport.errors import ProblemsError
from clusterreport.settings import TABLES_FILE
from tests.acceptance.test_own_tables import words_of

if TYPE_CHECKING:
    from pathlib import Path


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


def test_columns_headed_by_a_year_alone_know_it_and_are_printed_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = started(tmp_path, "各市研发经费,,\n单位：亿元,,\n城市,2023,2024年\n苏州,10,12\n无锡,20,24\n")
    assert "2023, 2024年: taken for one column for each time; period in" in capsys.readouterr().out
    columns = schema.load(root / TABLES_FILE, TABLES_FILE)["main"].columns
    assert [(name, column.period) for name, column in columns.items()] == [
        ("城市", ""), ("year2023", "2023"), ("year2024", "2024"),
    ]  # fmt: skip
    issue = build(settings.load(root), verify_pair=True)
    printed = words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))
    assert "2024年各市研发经费居前的是：无锡24亿元，苏州12亿元。" in printed
    assert "2024年各市研发经费合计36亿元，比2023年各市研发经费增长20.0%。" in printed
    assert "2024年（亿元）" in printed


def test_a_heading_that_says_more_than_a_time_is_called_by_all_of_it(tmp_path: Path) -> None:
    root = started(tmp_path, "城市,2024年客流（万人次）,第4季度\n苏州,10,高\n无锡,20,低\n")
    columns = schema.load(root / TABLES_FILE, TABLES_FILE)["main"].columns
    assert {column.period for column in columns.values()} == {""}
    assert build(settings.load(root), verify_pair=True).files


def test_numbers_that_the_first_section_leaves_out_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    years = range(2020, 2025)
    started(tmp_path, f"城市,{','.join(f'{year}年（亿元）' for year in years)}\n苏州,1,2,3,4,5\n无锡,2,3,4,5,6\n")
    assert "the first section does not speak of 2020年（亿元）; templates can" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "headings", "language"),
    [
        ("各市", "最大客流（万人次）,居首企业数（家）,同比增长（%）,位居全国位次（位）", "zh"),
        ("增长最快的城市", "第一名得分（分）,超过千家的企业数（家）,领先幅度（%）,两城客流（万人次）", "zh"),
        ("Largest gains", "Largest load (visits),Top firms (firms),Share that rose (%),First rank (points)", "en"),
    ],
)
def test_names_of_columns_and_files_are_no_claims_of_the_section_that_is_written(
    tmp_path: Path, name: str, headings: str, language: str
) -> None:
    rows = {"zh": ("城市", "苏州", "无锡"), "en": ("City", "Ada", "Bree")}[language]
    text = f"{rows[0]},{headings}\n{rows[1]},10,5,3,1\n{rows[2]},20,6,4,2\n"
    root = started(tmp_path, text, f"{name}.csv", "--language", language)
    assert build(settings.load(root), verify_pair=True).files


def test_columns_of_uneven_decimals_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    started(tmp_path, "城市,客流（万人次）,占比（%）,企业（家）\n苏州,12.5,3.1%,3\n无锡,13,4.2%,4\n常州,14.25,5.0%,\n")
    shown = capsys.readouterr().out
    assert "客流（万人次）: its cells have 0 to 2 decimals; tables print all with 2" in shown
    assert shown.count("decimals") == 1


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("单位：万人次、亿元", "万人次, 亿元"),
        ("（单位：万人次，亿元）", "万人次, 亿元"),
        ("单位：万吨公里", "万吨公里"),
    ],
)
def test_units_that_no_column_can_be_given_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, seen: str
) -> None:
    root = started(tmp_path, f"各市情况,,\n{said.replace(',', '，')},,\n城市,客流,投资\n苏州,10,1.5\n无锡,20,2.5\n")
    shown = capsys.readouterr().out
    assert f"row 2 says the units {seen}, and not of which column each is: it was seen and not used" in shown
    columns = schema.load(root / TABLES_FILE, TABLES_FILE)["main"].columns
    assert {column.unit for column in columns.values()} == {""}


@pytest.mark.parametrize(("share", "cell"), [("占比（%）", "3.5"), ("占比", "3.5%")])
def test_the_one_unit_that_no_column_names_is_that_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], share: str, cell: str
) -> None:
    root = started(tmp_path, f"单位：亿元、%,,\n城市,投资,{share}\n苏州,10,{cell}\n无锡,20,{cell}\n")
    assert "投资: the headings name no unit; 亿元 is that of the whole table, as row 1 says" in capsys.readouterr().out
    columns = schema.load(root / TABLES_FILE, TABLES_FILE)["main"].columns
    assert [column.unit for column in columns.values()] == ["", "亿元", "%"]


DATES = (
    "线路,开通日期,长度（公里）\n"
    "一号线,2024-02-28,10\n二号线,{date},12\n三号线,二〇二四年三月,13\n四号线,2024年5月1日,14\n"
)


def test_a_column_of_dates_is_proposed_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = started(tmp_path, DATES.format(date="2024-02-29"))
    assert "开通日期: period; 4 of 4 filled" in capsys.readouterr().out
    assert schema.load(root / TABLES_FILE, TABLES_FILE)["main"].columns["开通日期"].type == "period"
    assert build(settings.load(root), verify_pair=True).files


@pytest.mark.parametrize("date", ["2024-02-30", "待定", "二〇二四年十三月"])
def test_what_is_no_date_in_a_column_of_dates_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], date: str
) -> None:
    root = started(tmp_path, DATES.format(date=date))
    told = f"开通日期: taken for words, as not all cells are dates that there are: {date} (row 3); mend these, and"
    assert told in capsys.readouterr().out
    assert build(settings.load(root), verify_pair=True).files
    file = root / TABLES_FILE
    text = file.read_text(encoding="utf-8").replace(
        'titles = ["开通日期"]\ntype = "string"', 'titles = ["开通日期"]\ntype = "period"'
    )
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError, match="row 3"):
        check(settings.load(root))


def test_numbers_that_look_like_months_stay_words(tmp_path: Path) -> None:
    root = started(tmp_path, "项目,编号,经费（亿元）\n甲,2024-01,10\n乙,2024-02,12\n")
    assert schema.load(root / TABLES_FILE, TABLES_FILE)["main"].columns["编号"].type == "string"
