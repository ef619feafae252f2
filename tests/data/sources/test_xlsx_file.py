"""Workbooks are read as the clerk sees them: headings of two rows, merged cells, percentages, dates, typed numbers."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from clusterreport.data import schema
from clusterreport.data.checks import checked
from clusterreport.data.sources import proposing, xlsx_file
from clusterreport.settings.layout import Layout
from tests.data.sources.workbooks import CLERK, PLACE, clerk, read, saved, with_cell, with_comment, with_part

SHEET = f"{PLACE}!名录"
CONTENT = "xl/worksheets/sheet1.xml"


def test_a_clerk_s_sheet_is_read_by_the_rows_of_headings_that_the_settings_name() -> None:
    dataset = read(clerk())
    assert dataset.columns == ("城市", "年份", "研发经费总额", "研发经费占GDP比重", "是否重点", "领域")
    assert list(dataset.numbered()) == [
        (5, ("广州", "2023", "1,043.20", "3.44%", "是", "汽车、医药")),
        (6, ("广州", "2024", "1120.05", "3.6%", "否", "汽车")),
        (7, ("深圳", "2023", "2236.61", "6.46%", "是", "电子、软件")),
        (9, ("佛山", "2023", "402", "2.33%", "true", "家电")),
    ]
    assert dataset.remarks == (
        f"{SHEET}: row 10 is a total, and was left out",
        f"{SHEET}: row 11 is a note, and was left out",
    )


def test_rows_and_cells_are_called_by_their_sheet() -> None:
    dataset = read(clerk())
    assert (dataset.name, dataset.place, dataset.file_name) == ("集群.xlsx!名录", SHEET, "集群.xlsx")
    assert dataset.at(9) == f"{SHEET}, row 9"
    assert dataset.at(9, "研发经费总额") == f"{SHEET}!C9, column 研发经费总额"


def test_a_declared_table_is_exact_to_the_digit_and_knows_the_row_of_the_sheet() -> None:
    declared = schema.TableSchema.model_validate(
        {
            "path": PLACE,
            "sheet": "名录",
            "header_rows": [3, 4],
            "title": "各市研发经费",
            "source": "各市统计公报",
            "key": ["city", "year"],
            "columns": {
                "city": {"titles": "城市"},
                "year": {"titles": "年份", "type": "year"},
                "spending": {"titles": "研发经费总额", "type": "number", "unit": "亿元"},
                "share": {"titles": "研发经费占GDP比重", "type": "number", "unit": "%"},
                "chosen": {"titles": "是否重点", "type": "boolean"},
                "fields": {"titles": "领域", "type": "list"},
            },
        }
    )
    table = checked({"rd": read(clerk(), declared.layout)}, {"rd": declared})["rd"]
    assert table.rows.tolist() == [5, 6, 7, 9]
    assert (table.frame["spending"].tolist(), table.scales["spending"]) == ([104320, 112005, 223661, 40200], 2)
    assert (table.frame["share"].tolist(), table.scales["share"]) == ([344, 360, 646, 233], 2)
    assert table.frame["chosen"].tolist() == [True, False, True, True]
    assert table.frame["fields"].tolist()[2] == ("电子", "软件")


def test_without_header_rows_the_first_row_is_taken() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["城市", "经费"])
    sheet.append(["广州", 1])
    assert read(saved(made), Layout()).columns == ("城市", "经费")


def test_a_table_that_begins_lower_and_further_to_the_right_keeps_its_addresses() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "表"
    sheet["C4"], sheet["D4"], sheet["C5"], sheet["D5"] = "城市", "经费", "广州", 1
    dataset = read(saved(made), Layout(header_rows=(4,)))
    assert list(dataset.numbered()) == [(5, ("广州", "1"))]
    assert dataset.at(5, "经费") == f"{PLACE}!表!D5, column 经费"


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (0.1 + 0.2, "General", "0.3"),
        (1 / 3, "General", "0.333333333333333"),
        (1e-7, "General", "0.0000001"),
        (123456789012345, "0", "123456789012345"),
        (-3, "General", "-3"),
        (0.175, "0.0%", "17.5%"),
        (0.07, '0"%"', "0.07"),  # the sign is only written there: Excel shows 0%, and means 0.07
        (1.1, "0%", "110%"),
        (dt.date(2024, 3, 1), "yyyy年m月d日", "2024-03-01"),
        (45352.3541666667, "yyyy-mm-dd hh:mm", "2024-03-01 08:30:00"),
        (dt.time(8, 30), "hh:mm", "08:30:00"),
        ("10,600", "General", "10,600"),
        ("\u200b广州\u00a0", "General", "广州"),
        (True, "General", "true"),
    ],
)
def test_a_cell_says_what_the_clerk_sees(value: object, shown: str, text: str) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C7"] = value
        sheet["C7"].number_format = shown

    assert read(clerk(change)).rows[2][2] == text


def test_hidden_rows_are_read_or_left_out_as_the_settings_say_and_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[7].hidden = True

    kept = read(clerk(change), Layout("名录", (3, 4), "read"))
    assert list(kept.row_numbers) == [5, 6, 7, 9]
    assert f"{SHEET}: hidden rows were read: 7" in kept.remarks
    left = read(clerk(change), Layout("名录", (3, 4), "leave_out"))
    assert list(left.row_numbers) == [5, 6, 9]
    assert f"{SHEET}: hidden rows were left out: 7" in left.remarks


def test_what_nobody_sees_is_told() -> None:
    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions["D"].hidden = True
        sheet["C7"].number_format = "0.00,"
        sheet.sheet_state = "hidden"
        sheet.parent.create_sheet("说明")

    assert read(clerk(change)).remarks[:3] == (
        f"{SHEET}: the sheet is hidden, and was read",
        f"{SHEET}: hidden columns were read: D",
        f"{SHEET}: cells show their numbers divided by a format, and were read as they are kept: C7",
    )


def test_a_comment_is_told_with_its_cell() -> None:
    assert f"{SHEET}: C7 has a comment: 待核 请确认" in read(with_comment("C7", "待核\n请确认")).remarks


def test_macros_links_and_pictures_are_never_unpacked() -> None:
    bomb = with_part(clerk(), "xl/vbaProject.bin", lambda _content: b"\0" * 200_000_000)
    assert len(read(bomb).rows) == 4


def test_a_formula_says_the_value_that_was_kept_with_it() -> None:
    kept = with_part(
        with_cell("C7", "=1+1"),
        CONTENT,
        lambda xml: re.sub(rb"<f>1\+1</f>(<v ?/>|<v></v>)", b"<f>1+1</f><v>2</v>", xml),
    )
    assert read(kept).rows[2][2] == "2"


def test_texts_that_a_workbook_keeps_once_for_all_cells_are_read_without_their_readings() -> None:
    texts = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>\xe5\xb9\xbf</t></r><r><rPr><b/>'
        b'</rPr><t>\xe5\xb7\x9e_x000D_</t></r><rPh sb="0" eb="1"><t>guang</t></rPh></si></sst>'
    )
    relation = (
        b'<Relationship Id="rIdTexts" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/officeDocument/'
        b'2006/relationships/sharedStrings"/></Relationships>'
    )
    content = with_part(clerk(), "xl/sharedStrings.xml", lambda _none: texts)
    listed = "xl/_rels/workbook.xml.rels"
    content = with_part(content, listed, lambda xml: xml.replace(b"</Relationships>", relation))
    content = with_part(
        content, CONTENT, lambda xml: re.sub(b'<c r="A7".*?</c>', b'<c r="A7" t="s"><v>0</v></c>', xml, count=1)
    )
    assert read(content).rows[2][0] == "广州"


def test_a_header_is_proposed_with_reasons_and_shown() -> None:
    proposal = proposing.propose(xlsx_file.grid_of(clerk(), PLACE, "名录"))
    assert proposal is not None
    assert proposal.header_rows == CLERK.header_rows
    assert proposal.setting == "header_rows = [3, 4]"
    assert proposal.reasons == (
        "row 1 is a title: one cell above 6 columns",
        "row 2 is a note above the table",
        "row 3 is the first that names most columns with words",
        "row 4 belongs to it: cells of the header are merged down to it",
        "row 10 is a total, and no data",
        "row 11 is a note, and no data",
    )
    assert ">    3  城市 | 年份 | 研发经费 |  | 是否重点 | 领域" in proposal.shown().splitlines()


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["城市", "经费"], ["广州", 1], ["深圳", 2]], (1,)),
        ([["城市", "2023", "2024"], ["广州", 1, 2], ["深圳", 2, 3]], (1,)),  # years may be headings
        ([["标题"], [], ["城市", "经费"], ["广州", 1]], (3,)),
        ([["城市", "经费", "人员"], [None, "亿元", "万人"], ["广州", 1, 2]], (1, 2)),  # a row of units
        ([["城市", "研发", None], [None, "总额", "占比"], ["广州", 1, 2]], (1, 2)),
        ([["城市", "区县", "类别"], ["广州", "越秀", "甲"], ["广州", None, "乙"]], (1,)),  # words below words
        ([[1, 2], [3, 4]], None),
    ],
)
def test_a_header_is_proposed_by_what_its_rows_hold(rows: list[list[object]], header: tuple[int, ...] | None) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    proposal = proposing.propose(xlsx_file.grid_of(saved(made), PLACE))
    assert (proposal.header_rows if proposal else None) == header


@pytest.mark.slow
def test_the_largest_sheet_is_read_within_its_memory(tmp_path: Path) -> None:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("t")
    sheet.append([f"c{number}" for number in range(10)])
    for row in range(100_000):
        sheet.append([f"市{row % 300}", 2024, *[row * 1.25] * 8])
    made.save(tmp_path / "t.xlsx")
    program = (
        "import pathlib, resource, sys; from clusterreport.data import sources\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "rows = len(sources.read(pathlib.Path(sys.argv[1]), 't.xlsx').rows)\n"
        "print(rows, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "t.xlsx"], capture_output=True, check=True, text=True
    )
    rows, mebibytes = map(int, done.stdout.split())
    assert rows == 100_000
    assert mebibytes < 250  # half of the cells that may be, half of 500 MiB
