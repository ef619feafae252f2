"""A file's columns are described as the data dictionary of a new project says them."""

from __future__ import annotations

import pytest

from clusterreport.data.cells import value_of
from clusterreport.data.describing import Described, Description, describe, stray_cells
from clusterreport.data.faults import CellFault
from clusterreport.data.schema import ColumnSchema
from clusterreport.data.sources.csv_file import tabulate


def described(text: str) -> Description:
    return describe(tabulate(text.encode(), "t.csv", "t.csv"))


@pytest.mark.parametrize(
    ("heading", "cells", "kind", "unit"),
    [
        ("研发经费（亿元）", ["1120.05", "2,400"], "number", "亿元"),
        ("Spending (million yuan)", ["1", "2"], "integer", "million yuan"),
        ("人口（单位：万人）", ["1887", "-3"], "integer", "万人"),
        ("占比[%]", ["3.5", ""], "number", "%"),
        ("占比", ["3.4%", "12％", ""], "number", "%"),
        ("占比（%）", ["3", "4"], "number", "%"),
        ("占比（%）", ["3.4%", "0.12"], "string", ""),  # 0.12% or 12%?
        ("占比", ["3.4%", "约5%"], "string", ""),
        ("集群数", ["3", "4"], "integer", ""),
        ("年份", ["2023", "2024年"], "year", ""),
        ("邮编", ["010010", "510000"], "string", ""),
        ("是否跨省", ["是", "否"], "boolean", ""),
        ("joint", ["TRUE", "FALSE"], "boolean", ""),
        (
            "统一编号（号）",
            ["4401000000000000123", "4401000000000000124"],
            "string",
            "",
        ),  # more digits than can be kept
        ("城市", ["广州、佛山", "深圳"], "list", ""),
        ("名称（简称）", ["甲", "乙"], "string", ""),
        ("备注", ["", ""], "string", ""),
        ("经费（亿元）", ["3", "约4"], "string", ""),
    ],
)
def test_a_column_is_known_by_its_heading_and_all_its_cells(
    heading: str, cells: list[str], kind: str, unit: str
) -> None:
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells, 1))
    rows = "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells, 1))
    (_, column) = described(f'编,"{heading}"\n{rows}').columns
    assert (column.heading, column.kind, column.unit) == (heading, kind, unit)


def test_a_template_can_say_each_name() -> None:
    names = [column.name for column in described("R&D (元),1至3月（个）,城 市,城市,%\n1,2,a,b,3\n").columns]
    assert names == ["RD", "column2", "城市", "城市_4", "column5"]
    assert all(name.isidentifier() for name in names)
    headings = "2024年研发经费（亿元）,5G基站（个）,1—9月产值（亿元）,1至3月税收（亿元）,2024 spending,2024年,"
    headings += "5A级景区（个）,4星级酒店（家）"
    turned = [column.name for column in described(f"{headings}\n1,2,3,4,5,6,7,8\n").columns]
    assert turned == [
        "研发经费2024年",
        "基站5G",
        "产值1_9月",
        "税收1至3月",
        "spending2024",
        "year2024",
        "景区5A级",
        "酒店4星级",
    ]
    assert described("a,产值2025年1—9月（亿元）\nx,1\n").columns[1].name == "产值2025年1_9月"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("city,year,n\na,2023,1\na,2024,2\nb,2024,3\n", ("city", "year")),
        ("city,id,n\na,1,1\na,2,1\n", ("id",)),
        ("city,n（个）\na,1\nb,1\n", ("city",)),
        ("city,year\na,2023\na,2023\n", ()),
        ("share,city\n3.1%,a\n3.2%,b\n", ("city",)),
        ("share,city,year\n3.1%,a,2023\n3.2%,a,2024\n约3%,b,2024\n", ("city", "year")),  # with a word it is text
        ("share,city\n3.1,a\n3.2,a\n约4,b\n5,b\n", ("share",)),  # for want of anything better
        ("占比（%）,city,year\n1,a,2023\n2,a,2024\n3,b,2024\n", ("city", "year")),
    ],
)
def test_the_fewest_columns_that_tell_rows_apart_are_the_key(text: str, key: tuple[str, ...]) -> None:
    assert described(text).key == key


def test_what_is_there_is_counted_and_shown() -> None:
    column = described("a,b\nx,1\nx,2\ny,\nz,3\n").columns[0]
    assert column == Described("a", "a", "a", "string", "", 4, ("x", "y", "z"))
    assert described("a,b\nx,1\nx,2\ny,\nz,3\n").columns[1].filled == 3


SIGNS = (
    "—",
    "——",
    "－",
    "-",
    "--",
    "…",
    "……",
    "...",
    "/",
    "／",
    "n/a",
    "N/A",
    "不详",
    "暂缺",
    "暂无",
    "未统计",
    "缺",
    "？",
)


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_for_a_value_that_is_not_known_does_not_make_words_of_numbers(sign: str) -> None:
    rows = f"a,b（个）,c,d（%）,e\n甲,1,2023,3.4%,是\n乙,{sign},{sign},{sign},{sign}\n丙,3.5,2024,2%,否\n"
    columns = described(rows).columns
    assert [(column.kind, column.filled) for column in columns] == [
        ("string", 3), ("number", 2), ("year", 2), ("number", 2), ("boolean", 2),
    ]  # fmt: skip


def test_a_sign_among_words_is_one_of_them() -> None:
    assert [(column.kind, column.filled) for column in described("a,b\n甲,—\n乙,丙\n").columns] == [("string", 2)] * 2
    assert described("a,b\n甲,—\n乙,—\n").columns[1].kind == "string"


def test_a_word_for_none_among_numbers_is_told_and_no_sign() -> None:
    dataset = tabulate("a,b（个）\n甲,1\n乙,无\n丙,—\n丁,3\n".encode(), "t.csv", "t.csv")
    assert stray_cells(dataset, describe(dataset)) == {"b（个）": [(3, "无")]}
    fault = value_of("无", ColumnSchema.model_validate({"type": "number", "unit": "个"}))
    assert isinstance(fault, CellFault)
    assert fault.problem == "{0} may be zero, or not known"
    assert fault.remedy == "Write 0 where there is none, and nothing (or —) where it is not known."
