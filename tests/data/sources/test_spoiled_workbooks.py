"""Workbooks that are spoiled: every problem at once, each once, by its cell; nothing that is opened can do harm."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from clusterreport.data import schema
from clusterreport.data.checks import checked
from clusterreport.data.sources import workbook
from clusterreport.data.sources.grid import MOST_COLUMNS
from clusterreport.data.sources.sheet_scan import LAST_ROW
from clusterreport.errors import ProblemsError
from clusterreport.settings.layout import Layout
from tests.data.sources.workbooks import CLERK, PLACE, book, clerk, read, saved, with_cell, with_part

SHEET = f"{PLACE}!名录"
CONTENT = "xl/worksheets/sheet1.xml"
DECLARED = schema.TableSchema.model_validate(
    {
        "path": PLACE,
        "title": "各市研发经费",
        "source": "各市统计公报",
        "key": ["city", "year"],
        "columns": {
            "city": {"titles": "城市"},
            "year": {"titles": "年份", "type": "year"},
            "spending": {"titles": "研发经费 总额", "type": "number", "unit": "亿元", "minimum": 0},
            "share": {"titles": "研发经费 占GDP比重", "type": "number", "unit": "%"},
            "chosen": {"titles": "是否重点", "type": "boolean"},
            "fields": {"titles": "领域", "type": "list"},
        },
    }
)


def told(content: bytes, layout: Layout = CLERK) -> list[tuple[str, str, str]]:
    """Return what is wrong with a workbook that the table of research spending is to be read from."""
    try:
        checked({"rd": read(content, layout)}, {"rd": DECLARED})
    except ProblemsError as error:
        return [(problem.where, problem.problem, problem.remedy) for problem in error.problems]
    return []


def cells(**values: object) -> bytes:
    """Return the clerk's workbook with other values in some of its cells."""

    def change(sheet: Worksheet) -> None:
        for reference, value in values.items():
            sheet[reference] = value

    return clerk(change)


def merged(*areas: str, **values: object) -> bytes:
    def change(sheet: Worksheet) -> None:
        for reference, value in values.items():
            sheet[reference] = value
        for area in areas:
            sheet.merge_cells(area)

    return clerk(change)


def hidden(*rows: int) -> bytes:
    def change(sheet: Worksheet) -> None:
        for row in rows:
            sheet.row_dimensions[row].hidden = True

    return clerk(change)


def error_cell(reference: str, error: str) -> bytes:
    def change(sheet: Worksheet) -> None:
        sheet[reference] = error
        sheet[reference].data_type = "e"

    return clerk(change)


def several_sheets() -> bytes:
    made = book()
    made.create_sheet("说明")
    return saved(made)


def of_another_program(content_type: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("mimetype", content_type)
        archive.writestr("content.xml", "<office/>")
    return packed.getvalue()


def xml(change: tuple[bytes, bytes], part: str = CONTENT) -> bytes:
    return with_part(clerk(), part, lambda content: re.sub(*change, content, count=1))


def lying(content: bytes, part: str, size: int) -> bytes:
    """Return the workbook with a part that says of itself that it unpacks to ``size`` bytes."""
    name = part.encode()
    spoiled = bytearray(content)
    for mark, offset, names in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        start = next(
            found.start()
            for found in re.finditer(re.escape(mark), content)
            if content[found.start() + names :].startswith(name)
        )
        spoiled[start + offset : start + offset + 4] = struct.pack("<I", size)
    return bytes(spoiled)


SAVE = "Open it in Excel or WPS, and save it as an Excel workbook (.xlsx)."
SPOILED: list[tuple[bytes, Layout, list[tuple[str, str]]]] = [
    # no workbook at all
    (b"", CLERK, [(PLACE, "the file is empty")]),
    ("城市,年份\n".encode(), CLERK, [(PLACE, "it is no workbook, whatever its name says")]),
    (b"<html><table><tr><td>1</td></tr></table></html>", CLERK, [(PLACE, "it is a web page or XML")]),
    (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600, CLERK, [(PLACE, "it is in the format of Excel 97")]),
    (
        bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"),
        CLERK,
        [(PLACE, "it is locked with a password")],
    ),
    (of_another_program("application/vnd.oasis.opendocument.spreadsheet"), CLERK, [(PLACE, "it is no Excel workbook")]),
    (clerk()[:2000], CLERK, [(PLACE, "the workbook is damaged: the file is cut")]),
    # the sheet
    (several_sheets(), Layout(header_rows=(3, 4)), [(PLACE, "it has 2 sheets (名录, 说明), and the settings do not")]),
    (clerk(), Layout("名册", (3, 4)), [(PLACE, 'it has no sheet "名册"')]),
    (clerk(), Layout("名录 ", (3, 4)), [(PLACE, 'it has no sheet "名录 "')]),
    (saved(openpyxl.Workbook()), Layout(), [(f"{PLACE}!Sheet", "the sheet is empty")]),
    # the header
    (clerk(), Layout("名录"), [(f"{SHEET}, row 1", "row 1 cannot be the header: only one of its cells")]),
    (clerk(), Layout("名录", (3,)), [(f"{SHEET}, row 3", "rows 3 and 4 look like it (城市, 年份, 研发经费总额")]),
    (clerk(), Layout("名录", (8,)), [(f"{SHEET}, row 8", "row 8 cannot be the header: it is blank; rows 3")]),
    (clerk(), Layout("名录", (90,)), [(f"{SHEET}, row 90", "row 90 cannot be the header: it is blank")]),
    (cells(D4="总额"), CLERK, [(f"{SHEET}!D4, column 研发经费总额", "two columns have this name")]),
    (cells(G5="备注"), CLERK, [(f"{SHEET}!G4", "the column has no name")]),
    (cells(A3="市"), CLERK, [(f"{SHEET}, row 4", "the column 城市 is missing")]),
    # formulas, errors, hidden and merged cells
    (
        cells(C6="=C5+1", C7="=C6+1"),
        CLERK,
        [(f"{SHEET}!C6, column 研发经费总额", "and the workbook holds no value for it; so is 1 more cell (C7)")],
    ),
    (error_cell("C7", "#DIV/0!"), CLERK, [(f"{SHEET}!C7, column 研发经费总额", "it holds the error #DIV/0!")]),
    (error_cell("A7", "#N/A"), CLERK, [(f"{SHEET}!A7, column 城市", "it holds the error #N/A")]),
    (hidden(6, 7), CLERK, [(f"{SHEET}, row 6", "the row is hidden, by a filter perhaps; so is 1 more row (7)")]),
    (
        merged("C6:C7", C6=1200, C7=None),
        CLERK,
        [(f"{SHEET}!C6, column 研发经费总额", "its number is merged over several rows, and would count for each")],
    ),
    (merged("C7:D7", C7="未统计"), CLERK, [(f"{SHEET}!C7, column 研发经费总额", "it is merged over several columns")]),
    # cells
    (cells(C7="约2236"), CLERK, [(f"{SHEET}!C7, column 研发经费总额", '"约2236" is not a number')]),
    (cells(C7="１２３"), CLERK, [(f"{SHEET}!C7, column 研发经费总额", '"１２３" is not a number')]),
    (cells(C7=dt.date(2024, 3, 1)), CLERK, [(f"{SHEET}!C7, column 研发经费总额", '"2024-03-01" is not a number')]),
    (cells(B7=dt.date(2024, 3, 1)), CLERK, [(f"{SHEET}!B7, column 年份", '"2024-03-01" is not a year')]),
    (cells(B7=2023.5), CLERK, [(f"{SHEET}!B7, column 年份", '"2023.5" is not a year')]),
    (cells(C7=-1), CLERK, [(f"{SHEET}!C7, column 研发经费总额", '"-1" is negative')]),
    (cells(C7="12%"), CLERK, [(f"{SHEET}!C7, column 研发经费总额", '"12%" is a percentage, and this column')]),
    (cells(E7="有"), CLERK, [(f"{SHEET}!E7, column 是否重点", '"有" is neither true nor false')]),
    (cells(A7=None), CLERK, [(f"{SHEET}!A7, column 城市", "the cell is empty")]),
    (cells(A9="⼴州", B9=2022), CLERK, [(f"{SHEET}!A9, column 城市", "⼴ is U+2F34, 广 is U+5E7F")]),
    (cells(A7="广 州"), CLERK, [(f"{SHEET}!A7, column 城市", '"广 州" looks like "广州" in row 5')]),
    (cells(A7="广州"), CLERK, [(f"{SHEET}!A7, column 城市", '"广州" stands in row 5 already with the same key')]),
    # beyond all measure, or made to do harm
    (with_cell(f"C{LAST_ROW + 1}", 1), CLERK, [(SHEET, "a cell stands in row 201,001, and 200,000 rows are the most")]),
    (with_cell("XFD7", 1), CLERK, [(SHEET, f"a cell in row 7 stands beyond column {MOST_COLUMNS}")]),
    (
        xml((b"^", b'<!DOCTYPE x [<!ENTITY a "b">]>')),
        CLERK,
        [(PLACE, "the workbook is damaged: a part of it is written as Excel writes none")],
    ),
    (xml((b"<sheetData>", b"<sheetData")), CLERK, [(SHEET, "the sheet is damaged in line")]),
    (xml((b'<row r="5"', b'<row r="five"')), CLERK, [(SHEET, "the sheet is damaged: a number in its XML is none")]),
    (
        with_part(clerk(), CONTENT, lambda content: content + b" " * workbook.LARGEST_UNPACKED),
        CLERK,
        [(PLACE, "the workbook has more than 128 MiB once unpacked, or 2,000 parts")],
    ),
    (
        lying(with_part(clerk(), CONTENT, lambda content: content + b" " * 10_000_000), CONTENT, 5_000),
        CLERK,
        [(PLACE, f"the workbook is damaged: its part {CONTENT} cannot be unpacked")],
    ),
    # several at once
    (
        cells(C6="约1", C7="=1+1", E7="有", A9=None),
        CLERK,
        [(f"{SHEET}!C7, column 研发经费总额", "its formula was never calculated")],
    ),
    (
        cells(C6="约1", C7="约2", E7="有", A9=None),
        CLERK,
        [
            (f"{SHEET}!C6, column 研发经费总额", '"约1" is not a number; likewise in 1 more row (7)'),
            (f"{SHEET}!E7, column 是否重点", '"有" is neither true nor false'),
            (f"{SHEET}!A9, column 城市", "the cell is empty"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("content", "layout", "expected"), SPOILED)
def test_a_spoiled_workbook_has_one_message_for_each_cause(
    content: bytes, layout: Layout, expected: list[tuple[str, str]]
) -> None:
    found = told(content, layout)
    assert [where for where, _, _ in found] == [where for where, _ in expected]
    for (_, problem, remedy), (_, words) in zip(found, expected, strict=True):
        assert words in problem
        assert remedy[0].isupper()
        assert remedy.endswith(".")


def test_there_are_thirty_spoiled_workbooks() -> None:
    assert len(SPOILED) >= 30


def test_the_workbook_that_all_are_made_from_is_right() -> None:
    assert told(clerk()) == []


def test_a_workbook_of_very_many_parts_is_not_opened() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(workbook.MOST_PARTS + 1):
            archive.writestr(f"x{number}", b"")
    assert told(packed.getvalue())[0][1].startswith("the workbook has more than")


WHOLE = clerk()
PARTS = st.sampled_from([CONTENT, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"])


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_damage_is_told_or_does_none(damage: list[tuple[int, int]]) -> None:
    content = bytearray(WHOLE)
    for place, byte in damage:
        content[place % len(content)] = byte
    assert all(where.startswith(PLACE) for where, _, _ in told(bytes(content)))


@pytest.mark.slow
@given(PARTS, st.integers(0, 10_000), st.binary(max_size=8), st.integers(0, 8))
def test_any_damage_within_a_part_is_told_or_does_none(part: str, place: int, new: bytes, length: int) -> None:
    def change(content: bytes) -> bytes:
        start = place % len(content)
        return content[:start] + new + content[start + length :]

    assert all(where.startswith(PLACE) for where, _, _ in told(with_part(WHOLE, part, change)))


def test_what_is_said_of_a_part_s_length_is_not_believed() -> None:
    content = lying(with_part(clerk(), CONTENT, lambda xml: xml + b" " * 50_000_000), CONTENT, 4_000)
    assert told(content)[0][0] == PLACE
