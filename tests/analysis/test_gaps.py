"""What lacks a value is left out of sums, places and shares, and each says how many, by the rows of the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport.analysis.gaps import united
from clusterreport.analysis.rankings import Panel, Ranking
from clusterreport.analysis.selection import Selection
from clusterreport.locale import said
from clusterreport.quantity import PIECES, Computed, Confidence, LeftOut, Quantity, RowRef, left_out_of
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


@pytest.mark.parametrize(("measure", "known"), [("mean", 21), ("median", 21), ("least", 12), ("most", 30)])
def test_every_measure_of_known_values_says_how_many_it_leaves_out(measure: str, known: int) -> None:
    value = number(getattr(asked(ROWS).where(year=2024), measure)("money"))
    assert value.amount == known
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


# ── what is said of them ─────────────────────────────────────────────────────────────────────────────────────────────


def test_rows_without_a_value_are_a_number_of_their_own() -> None:
    count = asked(ROWS).where(year=2024).blank("money")
    assert number(count).name == "tables.t[year=2024].without.money"
    (reference,) = number(count).basis.rows  # type: ignore[union-attr]
    assert (reference.rows, reference.condition) == ((5, 7), "")


def test_names_without_a_value_are_counted_with_what_they_lack() -> None:
    (left_out,) = ranked(asked(ROWS).where(year=2024).by("name").total("money")).left_out
    basis = left_out.count.basis
    assert isinstance(basis, Computed)
    assert (said(basis.label, "zh"), said(basis.formula, "zh")) == ("缺少money的项数", "数值未知的各项计数")


def left(amount: int, rows: tuple[int, ...], *names: str) -> LeftOut:
    basis = Computed("缺少", "计数", Confidence.LIKELY, rows=(RowRef("t.csv", rows),), scope="2024年")
    return LeftOut("投资", Quantity(Decimal(amount), PIECES, basis), names)


def test_what_several_leave_out_is_told_once() -> None:
    one, other = left(2, (2, 3)), left(2, (3, 4))
    assert united([one, one]) == (one,)
    (both,) = united([one, other])
    assert both == replace(left(3, (2, 3, 4)), count=replace(both.count, amount=Decimal(3)))
    assert isinstance(both.count.basis, Computed)
    assert (both.count.basis.scope, both.count.basis.rows) == ("", (RowRef("t.csv", (2, 3, 4)),))
    named = united([left(2, (2, 3), "甲", "乙"), left(2, (3, 4), "乙", "丙")])
    assert named == (left(3, (2, 3), "甲", "乙", "丙"),)


POINTS = {
    "name": {"titles": "城市"}, "year": {"type": "year"}, "share": {"type": "number", "unit": "家"},
    "money": {"titles": "经度", "type": "number", "unit": "°"},
    "people": {"titles": "纬度", "type": "number", "unit": "°"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("lost", "told_of"),
    [
        ((("乙", "1", ""),), [("纬度", Decimal(1), ("乙",))]),
        ((("乙", "", "1"),), [("经度", Decimal(1), ("乙",))]),
        ((("乙", "", "1"), ("丙", "1", "")), [("各地的位置", Decimal(2), ("乙", "丙"))]),
        ((), []),
    ],
)
def test_places_without_coordinates_are_left_out_and_told(
    lost: tuple[tuple[str, str, str], ...], told_of: list[tuple[str, Decimal, tuple[str, ...]]]
) -> None:
    rows = [(name, 2024, "", "", across, up) for name, across, up in (("甲", "1", "2"), *lost)]
    distances = asked(rows, columns=POINTS).distances("name", longitude="money", latitude="people")
    assert told(distances.map().left_out) == told_of


def test_a_place_among_known_sums_is_called_so() -> None:
    known = ranked(asked(ROWS).where(year=2024).by("name").total("money", known=True))
    sums = "tables.t[year=2024].by.name.total_known.money"
    assert {item.place.name for item in known.items} == {f"{sums}[丙].place", f"{sums}[甲].place"}
