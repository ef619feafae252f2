"""Workbooks as tests make them, with openpyxl: a clerk's table with all that clerks do to one."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.comments import Comment

from clusterreport.data.sources import xlsx_file
from clusterreport.settings.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from clusterreport.data.dataset import Dataset

PLACE = "data/集群.xlsx"
CLERK = Layout("名录", (3, 4))
ROWS: tuple[tuple[Any, ...], ...] = (
    ("各市研发经费情况表",),
    ("填报单位：省统计局", None, None, "单位：亿元"),
    ("城市", "年份", "研发经费", None, "是否重点", "领域"),
    (None, None, "总额", "占GDP比重", None, None),
    ("广州", 2023, "1,043.20", 0.0344, "是", "汽车、医药"),
    (None, 2024, 1120.05, 0.036, "否", "汽车"),
    ("深圳", 2023, 2236.61, 0.0646, "是", "电子、软件"),
    (),
    (" 佛山\u3000", "2023", 402, 0.0233, True, "家电"),
    ("合计", None, 4801.86, None, None, None),
    ("注：数据来源于各市统计公报。",),
)
MERGED = ("A1:F1", "C3:D3", "A3:A4", "B3:B4", "E3:E4", "F3:F4", "A5:A6", "A11:F11")


def book(change: Callable[[Worksheet], None] = lambda _sheet: None) -> Workbook:
    """Return the clerk's workbook, its sheet as ``change`` leaves it."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "名录"
    for row in ROWS:
        sheet.append(row)
    for area in MERGED:
        sheet.merge_cells(area)
    for number in (5, 6, 7, 9):
        sheet.cell(number, 4).number_format = "0.00%"
    change(sheet)
    return made


def saved(made: Workbook) -> bytes:
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def clerk(change: Callable[[Worksheet], None] = lambda _sheet: None) -> bytes:
    """Return the bytes of the clerk's workbook."""
    return saved(book(change))


def with_cell(reference: str, value: object) -> bytes:
    def change(sheet: Worksheet) -> None:
        sheet[reference] = value

    return clerk(change)


def with_comment(reference: str, text: str) -> bytes:
    def change(sheet: Worksheet) -> None:
        sheet[reference].comment = Comment(text, "desk")

    return clerk(change)


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return the workbook with one of its parts changed, or added where it has none such."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return packed.getvalue()


def read(content: bytes, layout: Layout = CLERK) -> Dataset:
    return xlsx_file.tabulate(content, "集群.xlsx", PLACE, layout)
