"""clusterreport intake prints a line a table and what it wrote; its exit code says whether anything is to be mended."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusterreport import messages
from clusterreport.cli import main
from tests.app.desks import project_of, spending
from tests.data.sources.packages import comments_in
from tests.data.sources.test_spoiled_workbooks import cells
from tests.data.sources.workbooks import CLERK, clerk


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return project_of(tmp_path, spending(CLERK), {"集群.xlsx": clerk()})


def test_a_table_that_is_right_is_taken_in_with_code_0(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["intake", str(desk)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "rd: data/集群.xlsx: 4 rows, 6 columns; nothing to mend"
    assert [line.rpartition("/")[2] for line in lines[1:]] == ["收表报告.html", "收表报告.xlsx"]


def test_a_table_with_faults_is_taken_in_with_code_1(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["intake", str(desk)])
    (desk / "data" / "集群.xlsx").write_bytes(cells(C6="约1", C7="约2", C9=1))
    capsys.readouterr()
    assert main(["intake", str(desk)]) == 1
    out = capsys.readouterr().out
    assert "4 rows, 6 columns; 2 to mend; since " in out
    assert "rows added 0, removed 0; cells changed 3" in out
    assert out.rstrip().endswith("集群-批注.xlsx")


def test_the_summary_for_programs_holds_problems_tables_and_files(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["intake", str(desk)])
    (desk / "data" / "集群.xlsx").write_bytes(cells(C6="约1", C7="约2", C10=5))
    capsys.readouterr()
    assert main(["intake", str(desk), "--json", "--table", "rd", "--language", "en"]) == 1
    said = json.loads(capsys.readouterr().out)
    (problem,) = said["problems"]
    assert (problem["table"], problem["count"], problem["where"]) == (
        "rd", 2, "data/集群.xlsx!名录!C6, column 研发经费总额",
    )  # fmt: skip
    (table,) = said["tables"]
    assert (table["name"], table["rows"], table["faults"], table["commented"]) == ("rd", 4, 2, "集群-comments.xlsx")
    assert table["changes"]["cells_changed"] == 2
    assert table["doubts"] == []
    assert len(said["files"]) == 3


def test_the_language_is_asked_for_or_that_of_the_project(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["intake", str(desk), "--language", "en"]) == 0
    assert "intake-report.html" in capsys.readouterr().out


def test_a_name_that_no_table_has_is_usage(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["intake", str(desk), "--table", "rdd"]) == 2
    assert "Did you mean rd?" in capsys.readouterr().err


def test_check_speaks_of_a_total_that_is_not_the_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = started_with_total(tmp_path)
    assert main(["check", str(root)]) == 0
    assert (
        "note: data/rd.csv, row 4, column 经费（亿元）: the total is 4, and its 2 rows add up to 3. "
        "Mend the total, or the rows that it adds up." in capsys.readouterr().out
    )
    tables = root / "data" / "tables.toml"
    tables.write_text(
        tables.read_text(encoding="utf-8").replace("[tables.main]", "[tables.main]\ntotals_must_agree = true"),
        encoding="utf-8",
    )
    assert main(["check", str(root)]) == 1
    assert "Mend the total, or the rows that it adds up." in capsys.readouterr().err


def started_with_total(folder: Path) -> Path:
    """Start a project whose one file has a total that is wrong."""
    file = folder / "rd.csv"
    file.write_text("城市,经费（亿元）\n广州,1\n深圳,2\n合计,4\n", encoding="utf-8")
    root = folder / "desk"
    assert main(["init", str(root), "--from", str(file)]) == 0
    return root


@pytest.fixture
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the command line speak Chinese."""
    monkeypatch.setenv("CLUSTERREPORT_MESSAGES", "zh")
    yield
    messages.speak("en")


@pytest.mark.usefixtures("chinese")
def test_the_page_on_intakes_shows_what_is_printed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
    (desk / "data" / "集群.xlsx").write_bytes(cells(C6="约1", C7="约2"))
    main(["intake", str(desk)])
    assert f"\n{capsys.readouterr().out.splitlines()[0]}\n" in page
    comments = comments_in((desk / "output" / "intake" / "集群-批注.xlsx").read_bytes())
    assert {cell: "“约" in text for cell, text in comments.items()} == {"名录!C6": True, "名录!C7": True}


def test_a_report_speaks_its_own_language_and_the_command_line_that_of_the_user(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "data" / "集群.xlsx").write_bytes(cells(C10=5))
    assert main(["intake", str(desk)]) == 0
    printed = capsys.readouterr().out
    assert "1 to be looked at\n  they are listed in the report\n" in printed
    comments = comments_in((desk / "output" / "intake" / "集群-批注.xlsx").read_bytes())
    assert comments == {"名录!C10": "合计是 5，而 4 行之和是 4801.86\n请改正合计，或改正各行。"}
    assert main(["intake", str(desk), "--language", "en"]) == 0
    comments = comments_in((desk / "output" / "intake" / "集群-comments.xlsx").read_bytes())
    assert comments["名录!C10"].startswith("the total is 5, and its 4 rows add up to 4801.86\n")


def test_what_is_to_be_looked_at_is_listed_and_of_many_the_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rd.csv"
    file.write_text("City,a,b,c,d,e,f\nAda,1,,,,,\nBree,2,3,4,5,6,7\n", encoding="utf-8")
    assert main(["init", str(tmp_path / "desk"), "--from", str(file), "--language", "en"]) == 0
    capsys.readouterr()
    assert main(["intake", str(tmp_path / "desk")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("5 to be looked at")
    assert [line for line in lines if "blank" in line] == lines[1:6]
    assert "the rest stands in the report" not in lines
    text = (
        file.read_text(encoding="utf-8").replace("e,f\n", "e,f,g\n").replace(",,,,,", ",,,,,,").replace("7\n", "7,8\n")
    )
    (tmp_path / "more.csv").write_text(text, encoding="utf-8")
    assert main(["init", str(tmp_path / "more"), "--from", str(tmp_path / "more.csv"), "--language", "en"]) == 0
    capsys.readouterr()
    assert main(["intake", str(tmp_path / "more")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("6 to be looked at")
    assert [line.startswith("  ") for line in lines[1:8]] == [True] * 6 + [False]
    assert lines[6] == "  the rest stands in the report"
