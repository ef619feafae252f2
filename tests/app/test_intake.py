"""An intake: each bad cell of a received workbook is commented, tables are compared with the last, nothing is lost."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from clusterreport.app import intake_writing
from clusterreport.durability import write_durably
from clusterreport.errors import ProblemsError, UsageError
from clusterreport.settings.layout import Layout
from tests.app.desks import COLUMNS, DAY, project_of, spending, take
from tests.data.sources.packages import comments_in
from tests.data.sources.test_spoiled_workbooks import SPOILED, cells, merged
from tests.data.sources.workbooks import CLERK, book, clerk, saved

NONE: tuple[str, ...] = ()
BAD_CELLS: list[tuple[str, ...]] = [
    # no workbook at all; the sheet
    *[NONE] * 11,
    # the header
    ("A1",), ("A3",), ("A8",), ("A90",), ("D4",), ("G4",), ("A3",),
    # formulas, errors, hidden and merged cells: A5 is the first of A5:A6, of which row 6 is hidden
    ("C6", "C7"), ("C7",), ("A7",), ("A5", "A7"), ("C6",), ("C7",),
    # cells
    ("C7",), ("C7",), ("C7",), ("B7",), ("B7",), ("C7",), ("C7",), ("E7",), ("A7",), ("A9",), ("A7",), ("A7",),
    # beyond all measure, or made to do harm
    *[NONE] * 7,
    # several at once
    ("A9", "C6", "C7", "E7"), ("A9", "C6", "C7", "E7"),
]  # fmt: skip
"""The cells of each spoiled workbook that are to be mended, in the order of SPOILED; a blank name is none."""


def back(root: Path, name: str = "集群-批注.xlsx") -> dict[str, str]:
    """Return the comments of the workbook that goes back, none where there is no such."""
    path = root / "output" / "intake" / name
    return comments_in(path.read_bytes()) if path.exists() else {}


def page_of(root: Path) -> str:
    return (root / "output" / "intake" / "收表报告.html").read_text(encoding="utf-8")


def put(root: Path, content: bytes, name: str = "集群.xlsx") -> None:
    (root / "data" / name).write_bytes(content)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return project_of(tmp_path, spending(CLERK), {"集群.xlsx": clerk()})


# ── what goes back ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_spoiled_workbook_has_its_cells_written_down() -> None:
    assert len(BAD_CELLS) == len(SPOILED) == 45


@pytest.mark.parametrize("number", range(len(SPOILED)))
def test_a_spoiled_workbook_goes_back_with_a_comment_on_each_bad_cell(number: int, tmp_path: Path) -> None:
    content, layout, told = SPOILED[number]
    root = project_of(tmp_path, spending(layout), {"集群.xlsx": content})
    written = take(root)
    assert written.report.fault_count >= len(told)
    assert tuple(sorted(cell.rpartition("!")[2] for cell in back(root))) == BAD_CELLS[number]
    for _, words in told[:1]:
        assert words.partition("; so")[0].partition("; likewise")[0] in written.report.tables[0].problems[0].problem


def test_a_comment_says_what_is_wrong_with_its_own_cell_and_what_to_do(tmp_path: Path) -> None:
    root = project_of(tmp_path, spending(CLERK), {"集群.xlsx": cells(C6="约1", C7="约2")})
    take(root)
    remedy = "Write digits, with a point for decimals, such as 1234.5."
    assert back(root) == {
        "名录!C6": f'"约1" is not a number\n{remedy}', "名录!C7": f'"约2" is not a number\n{remedy}',
    }  # fmt: skip


def test_a_cell_that_could_not_be_read_is_spoken_of_once(tmp_path: Path) -> None:
    root = project_of(tmp_path, spending(CLERK), {"集群.xlsx": merged("C7:D7", C7="未统计")})
    written = take(root)
    remedy = "Unmerge the cells, and write into each column what belongs there."
    assert back(root) == {"名录!C7": f"it is merged over several columns\n{remedy}"}
    assert written.report.fault_count == 1


def test_a_table_that_begins_further_right_is_commented_where_it_stands(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in (("城市", None, "经度"), ("广州", None, "东经113"), ("深圳", None, 114.05)):
        sheet.append([None, None, *row])
    tables = (
        '[tables.places]\npath = "data/集群.xlsx"\ntitle = "城市"\nsource = "x"\n'
        '[tables.places.columns.city]\ntitles = "城市"\n'
        '[tables.places.columns.lon]\ntitles = "经度"\ntype = "number"\nunit = "°"\n'
    )
    root = project_of(tmp_path, tables, {"集群.xlsx": saved(made)})
    (table,) = take(root).report.tables
    assert back(root).keys() == {"Sheet!E2"}
    assert [(column.heading, column.position) for column in table.columns] == [("城市", 2), ("经度", 4)]


def test_a_workbook_that_is_right_does_not_go_back(desk: Path) -> None:
    assert take(desk).report.fault_count == 0
    assert {path.name for path in (desk / "output" / "intake").glob("[!.]*")} == {"收表报告.html", "收表报告.xlsx"}


def test_what_went_back_is_taken_away_once_the_file_is_right(desk: Path) -> None:
    put(desk, cells(C7="约2"))
    take(desk)
    assert back(desk)
    put(desk, clerk())
    take(desk)
    assert not (desk / "output" / "intake" / "集群-批注.xlsx").exists()


def test_a_copy_that_somebody_has_changed_is_kept(desk: Path) -> None:
    put(desk, cells(C7="约2"))
    take(desk)
    copy = desk / "output" / "intake" / "集群-批注.xlsx"
    copy.write_bytes(b"with notes of the desk")
    put(desk, cells(C7="约3"))
    (note,) = take(desk).notes
    digest = hashlib.sha256(b"with notes of the desk").hexdigest()[:8]
    assert note.startswith(f"集群-批注.kept-{digest}.xlsx is kept")
    assert copy.with_name(f"集群-批注.kept-{digest}.xlsx").read_bytes() == b"with notes of the desk"


def test_the_received_file_is_never_touched(desk: Path) -> None:
    content = cells(C7="约2")
    put(desk, content)
    take(desk)
    assert (desk / "data" / "集群.xlsx").read_bytes() == content


def test_a_file_that_stands_where_a_copy_would_go_is_not_replaced(tmp_path: Path) -> None:
    tables = spending(CLERK).replace("data/集群.xlsx", "output/intake/集群-批注.xlsx")
    root = project_of(tmp_path, tables, {})
    (root / "output" / "intake").mkdir(parents=True)
    received = root / "output" / "intake" / "集群-批注.xlsx"
    content = cells(C7="约2")
    received.write_bytes(content)
    take(root)  # its copy has another name
    assert received.read_bytes() == content
    assert back(root, "集群-批注-批注.xlsx")


def test_a_file_of_text_goes_back_as_a_workbook(tmp_path: Path) -> None:
    tables = '[tables.rd]\npath = "data/经费.csv"\ntitle = "经费"\nsource = "x"\nkey = "city"\n' + COLUMNS
    rows = "城市,年份,研发经费总额\n广州,2024,=1+1\n\n深圳,二〇二四,5\n深圳,2024,6\n"
    root = project_of(tmp_path, tables, {"经费.csv": rows.encode()})
    take(root)
    comments = back(root, "经费-批注.xlsx")
    assert {cell.rpartition("!")[2] for cell in comments} == {"C2", "B4", "A5"}
    book_of_it = openpyxl.load_workbook(root / "output" / "intake" / "经费-批注.xlsx")
    sheet = book_of_it.worksheets[0]
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=1+1", "s")
    assert sheet["C2"].quotePrefix


def test_two_tables_of_one_workbook_are_commented_in_one_copy(tmp_path: Path) -> None:
    made = book(lambda sheet: sheet.__setitem__("C7", "约2"))
    other = made.create_sheet("城市")
    for row in (("城市", "经度"), ("广州", "东经113"), ("深圳", 114.05)):
        other.append(row)
    tables = spending(CLERK) + (
        '[tables.places]\npath = "data/集群.xlsx"\nsheet = "城市"\ntitle = "城市"\nsource = "x"\n'
        '[tables.places.columns.city]\ntitles = "城市"\n'
        '[tables.places.columns.lon]\ntitles = "经度"\ntype = "number"\nunit = "°"\n'
    )
    root = project_of(tmp_path, tables, {"集群.xlsx": saved(made)})
    take(root)
    assert back(root).keys() == {"名录!C7", "城市!B2"}


# ── which tables ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_table_that_cannot_be_read_keeps_no_other_from_being_told(tmp_path: Path) -> None:
    gone = '[tables.gone]\npath = "data/旧表.xls"\ntitle = "旧表"\nsource = "x"\n[tables.gone.columns.a]\n'
    root = project_of(tmp_path, spending(CLERK) + gone, {"集群.xlsx": clerk()})
    good, bad = take(root).report.tables
    assert (good.rows, good.fault_count, bad.rows, bad.fault_count) == (4, 0, 0, 1)
    assert bad.problems[0].problem == "it is a workbook of Excel 97 (.xls), which is not read"


@pytest.mark.parametrize(("ending", "what"), [(".xls", "Excel 97"), (".et", "WPS"), (".ods", "OpenDocument")])
def test_a_spreadsheet_of_another_program_is_told_as_such(tmp_path: Path, ending: str, what: str) -> None:
    root = project_of(tmp_path, spending(CLERK).replace(".xlsx", ending), {f"集群{ending}": b"x"})
    (problem,) = take(root).report.tables[0].problems
    assert what in problem.problem
    assert problem.remedy == "Open it in Excel or WPS, save it as an Excel workbook (.xlsx), and name that."


def test_a_file_that_came_is_looked_at_before_it_replaces_the_one_of_the_project(desk: Path, tmp_path: Path) -> None:
    came = tmp_path / "来文.xlsx"
    came.write_bytes(cells(C7="约2"))
    take(desk)
    (table,) = take(desk, "rd", file=came).report.tables
    assert table.place == str(came)
    assert table.changes is not None
    assert [(change.old, change.new) for change in table.changes.changed] == [("2236.61", "约2")]
    assert back(desk, "来文-批注.xlsx").keys() == {"名录!C7"}


def test_what_a_database_answers_is_described_and_goes_nowhere(tmp_path: Path) -> None:
    tables = (
        '[tables.rd]\nurl = "sqlite:///data/rd.db"\nquery = "SELECT city, spending FROM rd ORDER BY city"\n'
        'title = "经费"\nsource = "x"\nkey = "city"\n[tables.rd.columns.city]\n'
        '[tables.rd.columns.spending]\ntype = "number"\nunit = "亿元"\n'
    )
    root = project_of(tmp_path, tables, {})
    with closing(sqlite3.connect(root / "data" / "rd.db")) as database:
        database.executescript("CREATE TABLE rd (city, spending); INSERT INTO rd VALUES ('甲', 5), ('乙', '约6');")
    written = take(root)
    (table,) = written.report.tables
    assert (table.rows, table.fault_count, table.commented) == (2, 1, "")
    assert len(written.files) == 2
    with pytest.raises(UsageError, match="is what a database answers"):
        take(root, file=root / "clusterreport.toml")


def test_a_file_of_very_many_cells_does_not_go_back(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake_writing, "_MOST_CELLS", 3)
    tables = '[tables.rd]\npath = "data/x.csv"\ntitle = "x"\nsource = "x"\n[tables.rd.columns.n]\ntype = "number"\n'
    (desk / "data" / "tables.toml").write_text(tables, encoding="utf-8")
    (desk / "data" / "x.csv").write_text("n,m\nx,1\n2,3\n", encoding="utf-8")
    written = take(desk)
    assert written.notes == ("there is no copy of data/x.csv with comments: it has more than 3 cells",)
    assert len(written.files) == 2


def test_a_file_for_no_table_in_particular_is_refused(tmp_path: Path) -> None:
    gone = '[tables.gone]\npath = "data/x.csv"\ntitle = "x"\nsource = "x"\n[tables.gone.columns.a]\n'
    root = project_of(tmp_path, spending(CLERK) + gone, {"集群.xlsx": clerk()})
    with pytest.raises(UsageError, match="it is not said for which table the file came"):
        take(root, file=root / "data" / "集群.xlsx")


def test_a_table_that_there_is_not_is_told_with_those_that_there_are(desk: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no table rdd\n  Did you mean rd\?"):
        take(desk, "rdd")


# ── since the last intake ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_first_intake_has_nothing_to_compare_with(desk: Path) -> None:
    (table,) = take(desk).report.tables
    assert (table.changes, table.previous) == (None, None)
    assert "第一次收" in page_of(desk)


def test_an_intake_says_what_changed_and_names_the_one_before(desk: Path) -> None:
    take(desk, day=dt.date(2026, 10, 1))
    received = hashlib.sha256((desk / "data" / "集群.xlsx").read_bytes()).hexdigest()

    def change(sheet: Worksheet) -> None:
        sheet["C5"] = 1043.2  # the same number
        sheet["C7"] = 2300
        sheet["A9"], sheet["E9"] = "东莞", "否"

    put(desk, clerk(change))
    (table,) = take(desk).report.tables
    assert table.previous is not None
    assert (table.previous.day, table.previous.sha256) == (dt.date(2026, 10, 1), received)
    changes = table.changes
    assert changes is not None
    assert [(row.row, row.key) for row in changes.added] == [(9, ("东莞", "2023"))]
    assert [(row.row, row.key) for row in changes.removed] == [(9, ("佛山", "2023"))]
    assert [(cell.heading, cell.old, cell.new) for cell in changes.changed] == [("研发经费总额", "2236.61", "2300")]


def test_the_same_table_once_more_is_compared_with_the_one_before_it(desk: Path) -> None:
    take(desk, day=dt.date(2026, 9, 1))
    put(desk, cells(C7=2300))
    first = take(desk, day=dt.date(2026, 10, 1)).report.tables[0]
    again = take(desk).report.tables[0]
    assert again.changes == first.changes
    assert again.previous == first.previous


def test_only_two_intakes_of_a_table_are_kept(desk: Path) -> None:
    for value in (1, 2, 3, 4):
        put(desk, cells(C7=value))
        take(desk)
    record = desk / "output" / "intake" / ".taken"
    assert len(list(record.glob("*.json.gz"))) == 2
    assert len(json.loads((record / "index.json").read_text(encoding="utf-8"))["tables"]["rd"]) == 2


def test_a_declared_type_that_became_another_is_a_change_of_the_same_file(desk: Path) -> None:
    take(desk)
    tables = desk / "data" / "tables.toml"
    tables.write_text(spending(CLERK, columns=COLUMNS.replace('unit = "亿元"', 'unit = "万元"')), encoding="utf-8")
    changes = take(desk).report.tables[0].changes
    assert changes is not None
    assert changes.units == [("研发经费总额", "亿元", "万元")]
    assert "研发经费总额的单位变了：亿元 → 万元。" in page_of(desk)


SPOIL: dict[str, Callable[[bytes], bytes]] = {
    "torn": lambda content: content[: len(content) // 2],
    "empty": lambda _: b"",
    "foreign": lambda _: b'{"name": "package"}',
    "of a later version": lambda content: content.replace(b"intake 1", b"intake 9"),
    "a list": lambda _: b"[]",
    "a path": lambda content: content.replace(b'"snapshot": "', b'"snapshot": "../../'),
}


@pytest.mark.parametrize("how", SPOIL)
def test_a_record_that_is_torn_or_foreign_is_told_and_nothing_is_written(desk: Path, how: str) -> None:
    take(desk)
    index = desk / "output" / "intake" / ".taken" / "index.json"
    index.write_bytes(SPOIL[how](index.read_bytes()))
    before = {path: path.read_bytes() for path in (desk / "output").rglob("*") if path.is_file()}
    put(desk, cells(C7=1))
    with pytest.raises(ProblemsError) as raised:
        take(desk)
    (problem,) = raised.value.problems
    assert (problem.where, problem.problem) == (str(index), "it is no record of intakes that this version can read")
    assert {path: path.read_bytes() for path in (desk / "output").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(path.read_bytes()[:-9]), Path.unlink])
def test_a_kept_table_that_is_damaged_or_gone_is_told(desk: Path, spoil: object) -> None:
    take(desk)
    (kept,) = (desk / "output" / "intake" / ".taken").glob("*.json.gz")
    spoil(kept)  # type: ignore[operator]
    put(desk, cells(C7=1))
    with pytest.raises(ProblemsError, match="what was kept of the last intake is missing or damaged"):
        take(desk)


def test_an_intake_that_is_killed_while_it_writes_leaves_the_last_record(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(desk)
    index = desk / "output" / "intake" / ".taken" / "index.json"
    before = index.read_bytes()
    put(desk, cells(C7=1))
    count = iter(range(9))

    def failing(path: Path, content: bytes) -> None:
        if next(count) == 2:
            raise OSError(28, "No space left on device", str(path))
        write_durably(path, content)

    monkeypatch.setattr("clusterreport.durability.write_durably", failing)
    with pytest.raises(UsageError, match="No space left on device"):
        take(desk)
    assert index.read_bytes() == before
    monkeypatch.undo()
    (table,) = take(desk).report.tables
    assert table.changes is not None
    assert table.changes.changed_count == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(desk: Path) -> None:
    (desk / "output").mkdir(mode=0o500)
    with pytest.raises(UsageError):
        take(desk)


# ── totals ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_total_that_is_not_the_sum_is_told_and_no_fault(desk: Path) -> None:
    put(desk, cells(C10=4900))
    written = take(desk)
    (table,) = written.report.tables
    assert written.report.fault_count == 0
    (doubt,) = table.doubts
    assert doubt.where == "data/集群.xlsx!名录!C10, column 研发经费总额"
    assert doubt.problem == "the total is 4900, and its 4 rows add up to 4801.86"
    assert back(desk).keys() == {"名录!C10"}
    assert "请核对" in page_of(desk)


def test_a_total_that_has_to_agree_is_a_fault(tmp_path: Path) -> None:
    tables = spending(CLERK, more="totals_must_agree = true\n")
    root = project_of(tmp_path, tables, {"集群.xlsx": cells(C10=4900)})
    written = take(root)
    assert written.report.fault_count == 1
    assert written.report.tables[0].doubts == ()


# ── the report ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_report_says_what_every_column_holds(desk: Path) -> None:
    (table,) = take(desk).report.tables
    said = {each.name: each for each in table.columns}
    spent = said["spending"]
    assert (spent.kind, spent.unit, spent.filled, spent.distinct, spent.least, spent.most) == (
        "number", "亿元", 4, 4, "402", "2236.61",
    )  # fmt: skip
    assert spent.examples == ("1,043.20", "1120.05", "2236.61")
    assert (said["city"].distinct, said["city"].least) == (3, "")
    assert (said["year"].least, said["year"].most) == ("2023", "2024")
    assert (table.sheet, table.header_rows, table.rows) == ("名录", (3, 4), 4)
    assert [(row.number, row.what) for row in table.asides] == [(10, "total"), (11, "note")]


def test_values_of_another_s_that_begin_as_formulas_do_are_text_in_the_workbook(tmp_path: Path) -> None:
    tables = '[tables.rd]\npath = "data/x.csv"\ntitle = "x"\nsource = "x"\n[tables.rd.columns.n]\ntype = "number"\n'
    rows = "n,=1+1,@x\n\"=cmd|' /C calc'!A0\",+1,-x\n@SUM(A1),=2,\n"
    root = project_of(tmp_path, tables, {"x.csv": rows.encode()})
    take(root)
    for name in ("收表报告.xlsx", "x-批注.xlsx"):
        made = openpyxl.load_workbook(root / "output" / "intake" / name)
        found = [cell for sheet in made.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
        assert {cell.data_type for cell in found} <= {"s", "n"}
        assert any(str(cell.value).startswith("=") for cell in found)


def test_an_intake_says_the_same_of_the_same_files(tmp_path: Path) -> None:
    content = cells(C7="约2")
    roots = [project_of(tmp_path / name, spending(CLERK), {"集群.xlsx": content}) for name in "ab"]
    first, second = ({path.name: path.read_bytes() for path in take(root).files} for root in roots)
    assert first == second


def test_an_english_report_speaks_english(desk: Path) -> None:
    put(desk, cells(C7="约2"))
    files = take(desk, language="en").files
    assert [path.name for path in files] == ["intake-report.html", "intake-report.xlsx", "集群-comments.xlsx"]
    assert "1 fault to mend" in files[0].read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_table_of_a_hundred_thousand_bad_rows_is_told_in_time_and_in_bounds(tmp_path: Path) -> None:
    tables = '[tables.rd]\npath = "data/经费.csv"\ntitle = "经费"\nsource = "x"\nkey = "city"\n' + COLUMNS
    head = "城市,年份,研发经费总额\n"

    def rows(count: int) -> bytes:
        return (head + "".join(f"城{n},2024,约{n}\n" for n in range(count))).encode()

    def seconds_for(count: int) -> float:
        root = project_of(tmp_path / str(count), tables, {"经费.csv": rows(count)})
        began = time.perf_counter()
        written = take(root)
        assert written.report.fault_count == count
        assert sum(path.stat().st_size for path in written.files) < 8_000_000
        assert len(page_of(root)) < 100_000
        return time.perf_counter() - began

    few = seconds_for(25_000)
    assert seconds_for(100_000) < 6 * few + 2
    workbook = (tmp_path / "100000" / "desk" / "output" / "intake" / "收表报告.xlsx").read_bytes()
    report = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    assert all(sum(1 for _ in sheet.iter_rows()) <= 20_002 for sheet in report.worksheets)


def test_the_lock_is_held_while_an_intake_is_written(desk: Path) -> None:
    take(desk)
    assert (desk / "output" / "intake" / intake_writing.LOCK).exists()
    assert DAY.isoformat() in page_of(desk)


def test_no_issue_can_be_called_as_the_folder_of_intakes(desk: Path) -> None:
    settings = desk / "clusterreport.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'issue = "intake"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be the name of a folder"):
        take(desk)


def test_a_layout_that_hides_rows_says_so(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[7].hidden = True

    tables = spending(Layout("名录", (3, 4)), more='hidden_rows = "leave_out"\n')
    root = project_of(tmp_path, tables, {"集群.xlsx": clerk(change)})
    assert take(root).report.tables[0].rows == 3
