"""Of a declared table, values out of scale and rows that stand twice are told, and nothing that may well be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clusterreport.data import magnitudes, odd_units, repeated_rows
from clusterreport.data.checks import checked
from clusterreport.data.sources.csv_file import tabulate
from tests.data.tables import schemas

if TYPE_CHECKING:
    from pathlib import Path

    from clusterreport.data.table import DataTable

SERIES = """
[tables.gdp]
path = "gdp.csv"
title = "生产总值"
key = ["city", "year"]
unit = "个"
source = "公报"

[tables.gdp.columns]
city = { required = true }
year = { type = "year" }
amount = { type = "number", unit = "亿元" }
"""
NAMED = """
[tables.parks]
path = "parks.csv"
title = "园区"
key = "id"
unit = "个"
source = "名单"

[tables.parks.columns]
id = { required = true }
name = { required = true }
city = {}
area = { type = "number", unit = "公顷" }
"""


def table_of(tmp_path: Path, declared: str, name: str, rows: str) -> DataTable:
    dataset = tabulate(rows.encode(), f"{name}.csv", f"{name}.csv")
    return checked({name: dataset}, schemas(tmp_path, declared))[name]


def series(*amounts: str) -> str:
    return "city,year,amount\n" + "".join(f"甲市,{2018 + place},{amount}\n" for place, amount in enumerate(amounts))


def odd(tmp_path: Path, *amounts: str) -> list[str]:
    table = table_of(tmp_path, SERIES, "gdp", series(*amounts))
    return [f"{problem.where}: {problem.problem}" for problem in magnitudes.odd_values(table)]


@pytest.mark.parametrize(
    ("amounts", "row", "amount"),
    [
        (("100", "105", "1100", "115", "121"), 4, "1100"),
        (("100", "105", "11.0", "115", "121"), 4, "11"),
        (("1000", "105", "110", "115", "121"), None, ""),  # only two lie behind the first
        (("100", "105", "110", "1150", "121"), 5, "1150"),
    ],
)
def test_a_value_out_of_scale_with_its_neighbours_is_told(
    tmp_path: Path, amounts: tuple[str, ...], row: int | None, amount: str
) -> None:
    found = odd(tmp_path, *amounts)
    place = f"gdp.csv, row {row}, column amount: {amount} is out of scale with the periods beside it"
    assert found == ([place] if row else [])


@pytest.mark.parametrize(
    "amounts",
    [
        ("100", "150", "225", "337", "506"),  # grows fast
        ("1", "50", "2", "80", "3"),  # jumps all the time
        ("100", "101", "400", "410", "420"),  # another scope from a year on
        ("100", "0", "110", "120", "130"),
        ("100", "", "110", "120", "130"),
    ],
)
def test_what_grows_jumps_or_is_not_known_is_not_told(tmp_path: Path, amounts: tuple[str, ...]) -> None:
    assert odd(tmp_path, *amounts) == []


def test_the_band_is_where_a_moved_point_would_be_nearer() -> None:
    assert not magnitudes.is_out_of_scale(Decimal("3.16"), Decimal(1))
    assert magnitudes.is_out_of_scale(Decimal("3.17"), Decimal(1))
    assert magnitudes.is_out_of_scale(Decimal("0.31"), Decimal(1))


PARKS = "id,name,city,area\nP1,东园,广州,10\nP2,西园,广州,10\nP3,南园,深圳,12\n"


def test_a_row_that_says_all_that_another_says_is_told(tmp_path: Path) -> None:
    table = table_of(tmp_path, NAMED, "parks", PARKS + "P9,东园,广州,10\n")
    [problem] = repeated_rows.odd_rows(table)
    assert problem.where == "parks.csv, row 5, column id"
    assert problem.problem == '"P9" says all that "P1" says in row 2'


def test_rows_that_share_a_city_and_a_size_are_two(tmp_path: Path) -> None:
    assert list(repeated_rows.odd_rows(table_of(tmp_path, NAMED, "parks", PARKS))) == []


def test_where_no_column_names_the_rows_nothing_is_told(tmp_path: Path) -> None:
    rows = "id,name,city,area\nP1,园,广州,10\nP2,园,广州,10\nP3,园,深圳,12\nP4,园,深圳,14\n"
    assert list(repeated_rows.odd_rows(table_of(tmp_path, NAMED, "parks", rows))) == []


def test_blank_numbers_beside_rows_that_stand_twice_do_no_harm(tmp_path: Path) -> None:
    rows = PARKS.replace("id,name", "id,name").replace(",12", ",") + "P9,东园,广州,10\nP8,南园,深圳,\n"
    declared = NAMED.replace("area = {", 'open = { type = "boolean" }\narea = {')
    lines = rows.splitlines()
    with_open = "\n".join([f"{lines[0]},open", *(f"{line}," for line in lines[1:])]) + "\n"
    found = repeated_rows.odd_rows(table_of(tmp_path, declared, "parks", with_open))
    assert [problem.where for problem in found] == ["parks.csv, row 5, column id", "parks.csv, row 6, column id"]


@pytest.mark.parametrize(
    ("heading", "unit", "told"),
    [
        ("amount（万元） 2023年", "亿元", True), ("amount（%） 2023年", "亿元", True),
        ("amount（亿元） 2023年", "亿元", False), ("amount", "亿元", False),
        ("amount（家）", "个", False), ("amount（％）", "%", False), ("amount（规上）", "亿元", False),
        ("amount（万元）", "百万克朗", False), ("amount（家）", "亿元", True), ("amount（万人）", "人", True),
    ],
)  # fmt: skip
def test_a_unit_that_is_not_that_of_the_heading_is_told(tmp_path: Path, heading: str, unit: str, *, told: bool) -> None:
    declared = SERIES.replace('unit = "亿元"', f'unit = "{unit}", titles = ["{heading}"]')
    found = list(odd_units.odd_units(table_of(tmp_path, declared, "gdp", f"city,year,{heading}\n甲市,2023,5\n")))
    assert [problem.where for problem in found] == ([f"gdp.csv, column {heading}"] if told else [])
    assert all(f"data/tables.toml has {unit} (tables.gdp.columns.amount)" in problem.problem for problem in found)
