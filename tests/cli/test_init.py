"""clusterreport init makes a project that builds at once, in Chinese and in English, and spoils nothing."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from clusterreport import settings
from clusterreport.app.build import build
from clusterreport.cli import main
from tests.acceptance.test_own_tables import words_of

CHINESE = """城市,年份,5G基站（个）,研发经费（亿元）,占GDP比重（%）,主要领域
广州,2023,90000,1043.04,3.4,汽车、电子
广州,2024,92000,1120.05,3.5,汽车、电子
深圳,2023,70000,2236.6,6.46,电子、软件
深圳,2024,81000,2400.1,6.67,电子、软件
"""
ENGLISH = """City,Spending (million yuan),Firms
Guangzhou,112005,13800
Shenzhen,240010,25000
"""


def started(folder: Path, name: str, text: str, *more: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    assert main(["init", str(folder / "desk"), "--from", str(file), *more]) == 0
    return folder / "desk"


def text_of(project: Path) -> str:
    issue = build(settings.load(project), verify_pair=True)
    return words_of(next(file.path for file in issue.files if file.path.suffix == ".pdf"))


def test_a_project_in_chinese_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = started(tmp_path, "研发.csv", CHINESE)
    shown = capsys.readouterr().out
    assert "研发经费（亿元）: number in 亿元; 4 of 4 filled; 1043.04、1120.05、2236.6" in shown
    assert "the source of the data is not known" in shown
    text = text_of(project)
    assert "2024年的数据共2行" in text
    assert "研发经费居前的是：深圳2400.1亿元，广州1120.05亿元" in text
    assert "5G基站居前的是：广州92000个，深圳81000个" in text


def test_a_project_in_english_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = started(tmp_path, "spending.csv", ENGLISH, "--language", "en")
    assert "Firms: the heading names no unit" in capsys.readouterr().out
    text = text_of(project)
    assert "Thelargest:Shenzhen(240,010millionyuan);Guangzhou(112,005millionyuan)." in text
    assert not any("一" <= each <= "鿿" for each in text)


def test_a_workbook_as_clerks_write_it_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名录"
    for row in (
        ["各市研发情况表"], ["填报单位：市科技局"], ["城市", "年份", "研发经费（亿元）"],
        ["广州", 2024, 1120.05], ["深圳", 2024, "2,400.1"], ["合计", None, 3520.15], ["注：数据为初步数。"],
    ):  # fmt: skip
        sheet.append(row)
    book.create_sheet("说明")
    book.save(tmp_path / "研发.xlsx")
    command = ["init", str(tmp_path / "desk"), "--from", str(tmp_path / "研发.xlsx")]
    assert main(command) == 2
    told = capsys.readouterr().err
    assert "it has 2 sheets (名录, 说明)\n" in told
    assert "Say which one is meant: --sheet '名录'" in told
    assert main([*command, "--sheet", "名录"]) == 0
    assert "row 3 is the first that names most columns with words" in capsys.readouterr().out
    written = (tmp_path / "desk" / "data" / "tables.toml").read_text(encoding="utf-8")
    assert 'sheet = "名录"\nheader_rows = [3]\n' in written
    text = text_of(tmp_path / "desk")
    assert "研发经费居前的是：深圳2400.1亿元，广州1120.05亿元。" in text
    assert "研发.xlsx!名录5、4" in text or "研发.xlsx!名录4—5" in text


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(ENGLISH, encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "t.csv"), "--dry-run"]) == 0
    assert not (tmp_path / "desk").exists()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "mine.txt").write_text("x", encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "t.csv")]) == 2
    assert "the folder is not empty" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "desk").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("text", "told"), [("City,Firms\n", "the table has no rows"), ("", "t.csv"), ("a,a\n1,2\n", "t.csv")]
)
def test_a_file_that_is_no_table_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "t.csv")]) in {1, 2}
    assert told in capsys.readouterr().err
    assert not (tmp_path / "desk").exists()


def test_a_project_in_english_needs_headings_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(CHINESE, encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(tmp_path / "t.csv"), "--language", "en"]) == 2
    told = capsys.readouterr().err
    assert "a briefing in en would print 城市, 年份" in told
    assert "clusterreport new audience en --like desk" in told
    assert "clusterreport check --audience en" in told
    assert not (tmp_path / "desk").exists()


def run_as_user(home: Path, *words: str) -> str:
    """Run the installed program as somebody who has nothing but it, and return what it prints."""
    command = [str(Path(sys.executable).with_name("clusterreport")), *words]
    surroundings = {"HOME": str(home), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, cwd=home, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "figure", "ways"),
    [
        ("zh", "地区生产总值居前的是：广东14.16万亿元，江苏13.70万亿元", "怎样改成自己的"),
        ("en", "Thelargest:Guangdong(14,163.381billionyuan)", "Howtomakeityourown"),
    ],
)
def test_without_a_file_an_example_is_written_that_builds_and_says_how_to_go_on(
    tmp_path: Path, language: str, figure: str, ways: str
) -> None:
    shown = run_as_user(tmp_path, "init", "desk", "--language", language)
    assert "note: example.csv is an example; its last section says how to put a table of yours there" in shown
    run_as_user(tmp_path, "check", "desk")
    run_as_user(tmp_path, "build", "desk", "--verify-pair")
    (pdf,) = (tmp_path / "desk" / "output").rglob("*.pdf")
    text = words_of(pdf)
    assert figure in text
    assert ways in text
    assert {"zh": "示例，请换成自己的数据", "en": "anexample:putyourowndatainitsplace"}[language] in text
    assert {"zh": "示例：几个省份的地区生产总值", "en": "Example:GDPofsomeprovinces"}[language] in text


def test_the_example_says_what_the_shipped_data_have_confirmed() -> None:
    root = Path(__file__).resolve().parents[2]
    with (root / "data" / "province_values.csv").open(encoding="utf-8", newline="") as file:
        confirmed = {
            row["province"]: Decimal(row["value"]) for row in csv.DictReader(file)
            if row["measure"] == "gdp" and row["checked_against"] == "《中国统计年鉴2025》表3-9"
        }  # fmt: skip
    with (root / "data" / "provinces.csv").open(encoding="utf-8", newline="") as file:
        english = {row["name_en"]: row["province"] for row in csv.DictReader(file)}
    for language, names, times in (("zh", {name: name for name in confirmed}, 1), ("en", english, 10)):
        example = root / "src" / "clusterreport" / "app" / "starter" / language / "example.csv"
        with example.open(encoding="utf-8", newline="") as file:
            _, *rows = csv.reader(file)
        assert {names[name]: times * Decimal(value) for name, value in rows} == confirmed


def test_a_csv_file_with_a_title_and_units_builds_at_once_by_the_rows_that_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ("各市研发经费,,", "单位：亿元,,", "城市,年份,研发经费", "广州,2024,1120.05", "深圳,2024,2400.1")
    text = "\n".join((*rows, "注：数据来源：公报。,,", ""))
    project = started(tmp_path, "rd.csv", text)
    told = capsys.readouterr().out
    assert ">    3  城市 | 年份 | 研发经费\n" in told
    assert "row 1 is a title" in told
    assert "header_rows = [3]" in (project / "data" / "tables.toml").read_text(encoding="utf-8")
    assert "深圳2400.1亿元" in text_of(project)
    other = tmp_path / "other.csv"
    other.write_text(text, encoding="utf-8")
    assert main(["new", "table", "more", "--from", str(other), "--project", str(project)]) == 0
    assert (project / "data" / "tables.toml").read_text(encoding="utf-8").count("header_rows = [3]") == 2


def test_the_newest_year_that_has_numbers_is_what_a_new_section_speaks_of(tmp_path: Path) -> None:
    text = (
        "城市,年份,研发经费（亿元）,专利（件）\n广州,2023,1,\n深圳,2023,2,\n广州,2024,,\n深圳,2024,,\n广州,2099,9,9\n"
    )
    project = started(tmp_path, "rd.csv", text)
    section = (project / "templates" / "sections" / "overview.md.j2").read_text(encoding="utf-8")
    assert "where(年份=2023)" in section
    assert "专利" not in section
    assert "深圳2亿元，广州1亿元" in text_of(project)


def test_a_column_that_one_cell_makes_words_is_told_with_the_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    started(tmp_path, "rd.csv", "城市,研发经费（亿元）\n广州,1\n深圳,2\n佛山,无\n")
    told = capsys.readouterr().out
    assert "研发经费（亿元）: taken for words, as not all cells are numbers: 无 (row 4); mend or empty these" in told


@pytest.mark.parametrize(
    ("count", "cut"), [(12, ()), (13, ("其余各项未画",)), (41, ("其余各项未画", "只列文件中排在最前的"))]
)
def test_a_new_section_says_what_its_charts_and_its_table_leave_out(
    tmp_path: Path, count: int, cut: tuple[str, ...]
) -> None:
    rows = "".join(f"县{chr(0x4E00 + number)},{number}\n" for number in range(1, count + 1))
    project = started(tmp_path, "rd.csv", f"县,研发经费（亿元）\n{rows}")
    section = (project / "templates" / "sections" / "overview.md.j2").read_text(encoding="utf-8")
    assert [note for note in ("其余各项未画", "只列文件中排在最前的") if note in section] == list(cut)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_head_and_foot_of_a_new_project_wait_behind_a_sign(tmp_path: Path, language: str) -> None:
    assert main(["init", str(tmp_path / "desk"), "--language", language]) == 0
    audience = tmp_path / "desk" / "templates" / "audiences" / "desk" / "audience.toml"
    text = audience.read_text(encoding="utf-8")
    assert "letterhead" not in tomllib.loads(text)
    head, _, lines = text.partition("# [letterhead]")
    opened = f"{head}[letterhead]" + lines.replace("\n# ", "\n")
    assert set(tomllib.loads(opened)["letterhead"]) == {
        "masthead", "issuer", "marking", "report_to", "send_to", "distribute_to", "copies",
    }  # fmt: skip
    audience.write_text(opened, encoding="utf-8")
    assert main(["check", str(tmp_path / "desk")]) == 0


WIDE = """城市,2022年研发经费（亿元）,2024年研发经费（亿元）,2023年研发经费（亿元）
南京,500,660.1,600.5
苏州,800,1000.3,900.2
无锡,450,520,500
"""
WIDE_ENGLISH = "City,Spending 2023 (million yuan),Spending 2024 (million yuan)\nAda,1,2\nBree,5,4\n"


def test_a_table_with_a_column_for_each_year_is_said_to_have_grown(tmp_path: Path) -> None:
    text = text_of(started(tmp_path, "宽.csv", WIDE))
    assert "2024年研发经费合计2180.4亿元，比2023年研发经费增长9.0%" in text  # of 2000.7


def test_the_newest_year_comes_first_in_its_charts_and_its_table(tmp_path: Path) -> None:
    head = "城市,2022年人数（人）,2023年人数（人）,2024年人数（人）,2023年收入（亿元）,2024年收入（亿元）"
    rows = f"{head}\n南京,1,2,3,4,5\n苏州,2,3,4,5,6\n"
    section = (started(tmp_path, "宽.csv", rows) / "templates/sections/overview.md.j2").read_text(encoding="utf-8")
    headings = [line.removeprefix("## ") for line in section.splitlines() if line.startswith("## ")]
    assert headings == ["2024年人数", "2024年收入", "2023年人数", "2023年收入", "增长情况"]


def test_in_english_too(tmp_path: Path) -> None:
    text = text_of(started(tmp_path, "wide.csv", WIDE_ENGLISH, "--language", "en"))
    assert "ThesumofSpending2024is6millionyuan;againstSpending2023itdidnotchange." in text


@pytest.mark.parametrize(
    "rows",
    [
        WIDE.replace("600.5", ""),  # the sums would be of unlike rows
        WIDE.replace("亿元", "%"),  # rates make no sum
        WIDE.replace("600.5", "0").replace("900.2", "0").replace(",500\n", ",0\n"),  # nothing grows from zero
        WIDE.replace("2023年研发经费", "2023年税收").replace("2022年研发经费", "2022年产值"),
    ],
)
def test_where_no_growth_can_be_said_none_is(tmp_path: Path, rows: str) -> None:
    project = started(tmp_path, "宽.csv", rows)
    assert "growth(" not in (project / "templates" / "sections" / "overview.md.j2").read_text(encoding="utf-8")
    assert "总体情况" in text_of(project)
