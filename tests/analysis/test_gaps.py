"""What lacks a value is left out of sums, places and shares, and each says how many, by the rows of the file."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.locale import said
from clusterreport.quantity import LeftOut, Quantity, RowRef, left_out_of
from tests.analysis.made import amount, amounts, asked

# name, year, group, names, money, people
ROWS = (
    ("甲", 2023, "东", "", "10", "1"), ("甲", 2024, "东", "", "12", "2"), ("乙", 2023, "西", "", "20", "3"),
    ("乙", 2024, "西", "", "", "4"), ("丙", 2024, "", "", "30", ""), ("丁", 2024, "东", "", "", "6"),
)  # fmt: skip


def number(value: object) -> Quantity:
    assert isinstance(value, Quantity)
    return value


def ranked(value: object) -> Ranking:
    assert isinstance(value, Ranking)
    return value


def told(left_out: tuple[LeftOut, ...]) -> list[tuple[str, Decimal | None, tuple[str, ...]]]:
    return [(said(each.lacking, "zh"), each.count.amount, each.names) for each in left_out]


def rows_of(left_out: LeftOut) -> tuple[RowRef, ...]:
    return getattr(left_out.count.basis, "rows", ())


def test_a_sum_over_a_blank_cell_is_unknown_and_says_where_the_cell_is() -> None:
    total = number(asked(ROWS).where(year=2024).total("money"))
    assert total.amount is None
    (left_out,) = left_out_of(total)
    assert rows_of(left_out) == (RowRef("t.csv", (5, 7)),)


def test_a_sum_of_the_known_rows_is_asked_for_and_says_how_many_it_leaves_out() -> None:
    total = number(asked(ROWS).where(year=2024).total("money", known=True))
    assert total.amount == 42
    assert told(left_out_of(total)) == [("money", Decimal(2), ())]


def test_a_sum_without_blank_cells_leaves_nothing_out() -> None:
    total = number(asked(ROWS).where(year=2023).total("money", known=True))
    assert (total.amount, left_out_of(total)) == (Decimal(30), ())


@pytest.mark.parametrize("measure", ["mean", "median", "least", "most"])
def test_every_measure_of_known_values_says_how_many_it_leaves_out(measure: str) -> None:
    value = number(getattr(asked(ROWS).where(year=2024), measure)("money"))
    assert told(left_out_of(value)) == [("money", Decimal(2), ())]


def test_a_weighted_mean_says_the_rows_that_lack_either() -> None:
    value = number(asked(ROWS).where(year=2024).mean("money", weight="people"))
    assert amount(value) == 12
    assert told(left_out_of(value)) == [("money", Decimal(2), ()), ("people", Decimal(1), ())]


def test_blank_cells_are_counted_in_columns_of_every_kind() -> None:
    rows = asked(ROWS).where(year=2024)
    assert [amount(rows.blank(column)) for column in ("money", "people", "group", "name")] == [2, 1, 1, 0]


def test_a_ranking_names_what_has_no_value_and_each_place_counts_it() -> None:
    found = ranked(asked(ROWS).where(year=2024).by("name").value("money"))
    assert amounts(found) == {"丙": 30, "甲": 12}
    assert told(found.left_out) == [("money", Decimal(2), ("乙", "丁"))]
    assert told(left_out_of(found.of("甲").place)) == [("money", Decimal(2), ("乙", "丁"))]
    assert found.rising.left_out == found.left_out
    assert told(left_out_of(found.rising.of("甲").place)) == [("money", Decimal(2), ("乙", "丁"))]


def test_rows_in_no_group_are_counted_by_the_column_that_is_blank() -> None:
    found = ranked(asked(ROWS).where(year=2024).by("group").count())
    assert amounts(found) == {"东": 2, "西": 1}
    (left_out,) = found.left_out
    assert told((left_out,)) == [("group", Decimal(1), ())]
    assert rows_of(left_out) == (RowRef("t.csv", (6,)),)


def test_sums_of_known_rows_in_groups_say_theirs_and_shares_those_of_the_whole() -> None:
    found = ranked(asked(ROWS).where(year=2024).by("group").total("money", known=True))
    east = found.of("东")
    assert amounts(found) == {"东": 12}  # 西 has blank cells only
    assert told(left_out_of(east.value)) == [("money", Decimal(1), ())]
    assert told(left_out_of(east.share)) == [("money", Decimal(2), ())]
    assert told(found.left_out) == [("group", Decimal(1), ()), ("money", Decimal(1), ("西",))]


def test_a_group_that_lacks_one_of_two_years_is_named_beside_the_changes() -> None:
    found = ranked(asked(ROWS).by("name").change("people", over="year", start=2023, end=2024))
    assert amounts(found) == {"甲": 1, "乙": 1}
    assert told(found.left_out) == [("people的变动", Decimal(2), ("丙", "丁"))]


def test_names_that_only_the_first_of_two_tables_has_are_named_beside_the_quotients() -> None:
    other = asked((("甲", 2024, "", "", "", "2"), ("丙", 2024, "", "", "", "3"), ("戊", 2024, "", "", "", "9")), "u")
    found = ranked(asked(ROWS).where(year=2024).join(other, on="name").quotient("money", per="people"))
    assert amounts(found) == {"丙": 10, "甲": 6}
    assert [names for _, _, names in told(found.left_out)] == [("乙", "丁")]


def test_points_name_the_rows_that_lack_either_value() -> None:
    rows = (*ROWS[4:], ("戊", 2024, "", "", "1", "1"), ("己", 2024, "", "", "2", "2"), ("庚", 2024, "", "", "3", "4"))
    related = asked(rows).where(year=2024).correlation("money", "people")
    assert isinstance(related.points, Panel)
    assert [names for _, _, names in told(related.points.left_out)] == [("丙", "丁")]
    assert left_out_of(related.coefficient) == related.points.left_out


@pytest.mark.parametrize(
    "find",
    [
        lambda rows: rows.distinct("group"),
        lambda rows: rows.by("group").herfindahl(),
        lambda rows: rows.by("group").gini(),
        lambda rows: rows.by("group").concentration(top=1),
        lambda rows: rows.network("name", "group").ties,
        lambda rows: rows.network("name", "group").partners.items[0].place,
    ],
)
def test_what_is_found_of_groups_says_the_rows_that_are_in_none(find: Callable[[Selection], object]) -> None:
    assert told(left_out_of(number(find(asked(ROWS).where(year=2024))))) == [("group", Decimal(1), ())]


@pytest.mark.parametrize(
    "find",
    [
        lambda rows: rows.by("group").cumulative(),
        lambda rows: rows.by("group").lorenz(),
        lambda rows: rows.by("group", "name").count(),
        lambda rows: rows.network("name", "group").panel,
    ],
)
def test_panels_of_groups_say_the_rows_that_are_in_none(find: Callable[[Selection], Panel]) -> None:
    assert told(find(asked(ROWS).where(year=2024)).left_out) == [("group", Decimal(1), ())]


def test_an_empty_list_is_no_lacking_value() -> None:
    found = ranked(asked((*ROWS, ("戊", 2024, "东", "甲;乙"))).where(year=2024).by("names").count())
    assert found.left_out == ()
