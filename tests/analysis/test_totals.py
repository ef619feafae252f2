"""A total that stands in a table is held against the sum of its rows."""

from __future__ import annotations

import pytest

from clusterreport.analysis.totals import differing
from clusterreport.data.schema import TableSchema
from clusterreport.data.sources import csv_file

SCHEMA = TableSchema.model_validate(
    {
        "path": "a.csv", "title": "a", "source": "b",
        "columns": {
            "name": {"titles": "名称"}, "n": {"type": "integer", "unit": "家"}, "x": {"type": "number", "unit": "亿元"},
            "rate": {"type": "number", "unit": "%"}, "bare": {"type": "number"},
            "kept": {"type": "number", "unit": "分", "adds": True},
            "rank": {"type": "number", "unit": "家", "adds": False},
        },
    }
)  # fmt: skip


def told(rows: str, column: str = "n") -> list[tuple[str, str]]:
    """Return what is said of a table of names and one column, whose rows stand between semicolons."""
    text = f"名称,{column}\n" + "".join(f"{row.strip()}\n" for row in rows.split(";"))
    dataset = csv_file.tabulate(text.encode(), "a.csv", "data/a.csv")
    return [(each.where, each.problem) for each in differing("a", dataset, SCHEMA)]


@pytest.mark.parametrize(
    "rows",
    [
        "甲,1; 乙,2; 合计,3",
        "甲,1; 乙,2; 合计,",
        "甲,1; 小计,1; 乙,2; 丙,4; 小计,6; 合计,7",
        "甲,1; 合计,1; 乙,2; 丙,4; 合计,6",  # each that of its own group
        "合计,3; 甲,1; 乙,2",  # above its rows
        "全省合计,7; 小计,3; 甲,1; 乙,2; 小计,4; 丙,4",
        "小计,5; 小计,3; 甲,3",  # the first has no rows of its own
        "合计,5",
        '甲,"1,000"; 乙,2; 合计,"1,002"',
    ],
)
def test_a_total_that_is_the_sum_is_not_spoken_of(rows: str) -> None:
    assert told(rows) == []


def test_a_total_that_is_not_the_sum_is_told_with_both() -> None:
    assert told("甲,1; 乙,2; 合计,4") == [("data/a.csv, row 4, column n", "the total is 4, and its 2 rows add up to 3")]


def test_a_subtotal_is_that_of_its_own_rows_only() -> None:
    assert told("甲,1; 小计,1; 乙,2; 小计,3; 合计,3") == [
        ("data/a.csv, row 5, column n", "the total is 3, and its one row makes 2")
    ]


def test_rows_without_a_value_are_counted_beside_the_sum() -> None:
    assert told("甲,1; 乙,; 合计,4") == [
        ("data/a.csv, row 4, column n", "the total is 4, and its one row with a value makes 1; 1 more are empty")
    ]


@pytest.mark.parametrize(
    ("total", "faults"),
    [("3.35", 0), ("3.33", 0), ("3.36", 1), ("3.32", 1), ("3", 0), ("4", 1), ("3.3", 0), ("3.9", 1)],
)
def test_what_rounding_may_do_is_no_difference(total: str, faults: int) -> None:
    assert len(told(f"甲,1.11; 乙,1.11; 丙,1.12; 合计,{total}", "x")) == faults


def test_whole_numbers_are_not_rounded() -> None:
    assert len(told("甲,1; 乙,2; 合计,4", "x")) == 1


@pytest.mark.parametrize("column", ["rate", "bare", "rank"])
def test_what_makes_no_sum_is_not_added_up(column: str) -> None:
    assert told("甲,1; 乙,2; 合计,9", column) == []


def test_what_the_project_says_adds_up_is_added_up() -> None:
    assert len(told("甲,1; 乙,2; 合计,9", "kept")) == 1


def test_a_column_with_a_cell_that_is_no_number_is_left_to_that() -> None:
    assert told("甲,1; 乙,约2; 合计,9") == []


def test_the_sum_that_is_nearest_is_the_one_that_is_told() -> None:
    assert told("甲,1; 合计,1; 乙,2; 丙,4; 合计,9") == [
        ("data/a.csv, row 6, column n", "the total is 9, and its 3 rows add up to 7")
    ]


@pytest.mark.parametrize(("total", "faults"), [("2.23", 0), ("2.21", 0), ("2.24", 1), ("2.20", 1)])
def test_a_difference_of_just_what_rounding_may_do_is_none(total: str, faults: int) -> None:
    assert len(told(f"甲,1.11; 乙,1.11; 合计,{total}", "x")) == faults


def test_totals_are_told_row_by_row_and_in_a_row_from_the_left() -> None:
    text = "名称,x,n\n甲,1,1\n小计,2,1\n乙,1,1\n合计,3,3\n"
    dataset = csv_file.tabulate(text.encode(), "a.csv", "data/a.csv")
    found = [each.where for each in differing("a", dataset, SCHEMA)]
    assert found == ["data/a.csv, row 3, column x", "data/a.csv, row 5, column x", "data/a.csv, row 5, column n"]


def test_a_column_that_is_doubted_is_left_out() -> None:
    dataset = csv_file.tabulate("名称,n\n甲,1\n合计,3\n".encode(), "a.csv", "data/a.csv")
    assert len(differing("a", dataset, SCHEMA)) == 1
    assert differing("a", dataset, SCHEMA, {"n"}) == ()


def test_a_table_without_totals_has_none_that_differ() -> None:
    dataset = csv_file.tabulate("名称,n\n甲,1\n".encode(), "a.csv", "data/a.csv")
    assert differing("a", dataset, SCHEMA) == ()


def test_rows_come_before_columns() -> None:
    dataset = csv_file.tabulate("名称,x,n\n甲,1,1\n小计,1,2\n乙,1,1\n合计,3,2\n".encode(), "a.csv", "data/a.csv")
    found = [each.where for each in differing("a", dataset, SCHEMA)]
    assert found == ["data/a.csv, row 3, column n", "data/a.csv, row 5, column x"]


def test_a_total_in_which_nothing_stands_hides_none_below_it() -> None:
    assert told("甲,1; 小计,; 乙,2; 合计,9") == [
        ("data/a.csv, row 5, column n", "the total is 9, and its 2 rows add up to 3")
    ]


def test_several_rows_are_counted_beside_those_that_are_empty() -> None:
    assert told("甲,1; 乙,2; 丙,; 合计,4") == [
        (
            "data/a.csv, row 5, column n",
            "the total is 4, and its 2 rows with a value add up to 3; 1 more are empty",
        )
    ]


def test_a_total_is_one_cell_to_be_marked() -> None:
    dataset = csv_file.tabulate("名称,n\n甲,1\n合计,3\n".encode(), "a.csv", "data/a.csv")
    (found,) = differing("a", dataset, SCHEMA)
    assert found.spots is not None
    assert found.remedy == "Mend the total, or the rows that it adds up."
    assert (found.spots.count, [(spot.row, spot.position) for spot in found.spots.first]) == (1, [(3, 1)])


OF_YEARS = TableSchema.model_validate(
    {
        "path": "a.csv", "title": "a", "source": "b", "key": ["city", "year"],
        "columns": {
            "city": {"titles": "城市"}, "year": {"titles": "年份", "type": "year"}, "area": {"titles": "区域"},
            "n": {"type": "integer", "unit": "家"}, "note": {"titles": "备注"},
            "quarter": {"titles": "季度", "type": "period"}, "remark": {"titles": "说明", "prose": True},
        },
    }
)  # fmt: skip


def told_of_years(rows: str, header: str = "城市,年份,n") -> list[str]:
    """Return what is said of a table whose rows of several years stand between semicolons."""
    text = f"{header}\n" + "".join(f"{row.strip()}\n" for row in rows.split(";"))
    dataset = csv_file.tabulate(text.encode(), "a.csv", "data/a.csv")
    return [each.problem for each in differing("a", dataset, OF_YEARS)]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ("甲,2023,1; 乙,2023,2; 甲,2024,3; 乙,2024,4; 合计,2024,7", "城市,年份,n"),
        ("甲,2023,1; 甲,2024,3; 乙,2023,2; 乙,2024,4; 合计,2023,3; 合计,2024,7", "城市,年份,n"),
        ("甲,2023,1; 合计,2024,7; 甲,2024,3; 乙,2024,4", "城市,年份,n"),  # the rows below it
        ("合计,2024,7; 甲,2023,1; 甲,2024,3; 乙,2024,4", "城市,年份,n"),
        ("合计,2023,1; 合计,2024,7; 甲,2023,1; 甲,2024,3; 乙,2024,4", "城市,年份,n"),
        ("2023,甲,1; 2024,甲,3; 2024,乙,4; 2024,合计,7", "年份,城市,n"),  # not in the first cell
        ("2023,甲,1; 2024,甲,3; 2024,乙,4; 2024,合 计,7", "年份,城市,n"),
        ("2023,甲,1; 2024,甲,3; 2024,乙,4; 2024,全市合计,7", "年份,城市,n"),
        (
            "甲,东,2023,1; 甲,东,2024,2; 小计,东,2023,1; 小计,东,2024,2; 乙,西,2024,5; 小计,西,2024,5",
            "城市,区域,年份,n",
        ),
        ("甲,2024,3,; 乙,2024,4,; 合计,2024,7,含开发区", "城市,年份,n,备注"),  # what no row names is no condition
        ("甲,2024,3; 合计,2025,7", "城市,年份,n"),
        ("甲,东,1; 乙,西,2; 丙,东,3; 合计,东,4", "城市,区域,n"),  # of one area
        ("甲,2024Q1,1; 乙,2024Q2,2; 丙,2024Q1,3; 合计,2024Q1,4", "城市,季度,n"),
        ("甲,2024,3,含开发区; 乙,2024,4,; 合计,2024,7,含开发区", "城市,年份,n,说明"),  # prose names no rows
    ],
)
def test_a_total_of_one_year_is_held_against_the_rows_of_that_year(rows: str, header: str) -> None:
    assert told_of_years(rows, header) == []


def test_a_wrong_total_of_one_year_is_told_with_the_sum_of_that_year() -> None:
    assert told_of_years("甲,2023,1; 乙,2023,2; 甲,2024,3; 乙,2024,4; 合计,2024,10") == [
        "the total is 10, and its 2 rows add up to 7"
    ]
    assert told_of_years("2023,甲,3; 2024,甲,3; 2024,乙,4; 2024,合计,10", "年份,城市,n") == [
        "the total is 10, and its 2 rows add up to 7"
    ]


@pytest.mark.parametrize(
    ("rows", "header", "told"),
    [
        (
            "甲,东,2023,1; 甲,东,2024,2; 小计,东,2023,1; 小计,东,2024,5", "城市,区域,年份,n",  # the second of one group
            "the total is 5, and its one row makes 2",
        ),
        (
            "甲,2024,1; 小计,2024,1; 乙,2024,2; 小计,2024,3", "城市,年份,n",  # that of a part is not that of all
            "the total is 3, and its one row makes 2",
        ),
        (
            "甲,2024,3,; 乙,2024,4,; 合计,2024,8,含开发区", "城市,年份,n,备注",
            "the total is 8, and its 2 rows add up to 7",
        ),
    ],
)  # fmt: skip
def test_a_wrong_total_is_told_with_the_sum_of_the_rows_that_it_names(rows: str, header: str, told: str) -> None:
    assert told_of_years(rows, header) == [told]
