"""An intake tells all faults of a table at once, and comments each cell, whatever is wrong with its header."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from clusterreport.settings.layout import Layout
from tests.app.desks import project_of, spending, take
from tests.app.test_intake import back

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ("城市", "年份", "研发经费 总额", "研发经费 占GDP比重", "是否重点", "领域")


def workbook(headings: tuple[str | None, ...]) -> bytes:
    """Return a workbook whose row 3 lacks a city, a part of the key, and whose C2 is no number."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headings, ("广州", 2024, "约十", 3, "是", "电子"), (None, 2024, 12, 4, "否", "医药")):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (HEADINGS, {"C2", "A3"}),
        ((*HEADINGS[:4], None, "领域"), {"A1", "E1", "C2", "A3"}),  # E1 names no column, and one is missing
        ((*HEADINGS[:5], "城市"), {"A1", "F1", "C2", "A3"}),  # two have one name
        ((*HEADINGS[:3], "占比", *HEADINGS[4:]), {"A1", "C2", "A3"}),  # one is missing
    ],
)
def test_blank_and_wrong_cells_are_commented_beside_a_fault_of_the_header(
    tmp_path: Path, headings: tuple[str | None, ...], cells: set[str]
) -> None:
    more = "in_every_file = true\n"
    tables = spending(Layout()).replace('type = "boolean"\n', f'type = "boolean"\n{more}')
    tables = tables.replace('type = "list"\n', f'type = "list"\n{more}').replace('unit = "%"\n', f'unit = "%"\n{more}')
    root = project_of(tmp_path, tables, {"集群.xlsx": workbook(headings)})
    take(root)
    assert {cell.rpartition("!")[2] for cell in back(root)} == cells


def test_a_blank_cell_that_counts_as_not_known_is_commented_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEADINGS, ("广州", 2024, None, None, "是", "电子"), ("深圳", 2024, 12, "—", "否", None)):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    root = project_of(tmp_path, spending(Layout()), {"集群.xlsx": stream.getvalue()})
    take(root)
    told = back(root)
    assert {cell.rpartition("!")[2] for cell in told} == {
        "C2",
        "D2",
        "D3",
    }  # F3, a list, may be empty
    assert all(comment.startswith("the cell is blank, and counts as not known\n") for comment in told.values())
