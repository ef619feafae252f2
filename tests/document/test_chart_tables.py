"""A chart has a table of its numbers for who reads no drawing, in units that the heads say, or the cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterreport.document.chart_tables import chart_tables
from clusterreport.document.model import Chart, Figure, NumberStyle, Series, Table, Tie
from clusterreport.document.text import inlines_text
from clusterreport.document.wording import printed_scale
from clusterreport.quantity import PERCENT, YUAN_100M, Computed, Confidence, Quantity, Unit
from clusterreport.subjects.clusters.units import CLUSTERS

RATE = Unit("", "ratio", own=True)


def quantity(amount: str | None, unit: Unit = CLUSTERS) -> Quantity:
    return Quantity(None if amount is None else Decimal(amount), unit, Computed("数", "行数", Confidence.CONFIRMED))


def cells(table: Table, language: str = "zh") -> list[list[str]]:
    rows = [[inlines_text(cell.children, language) for cell in row.cells] for row in table.rows]
    return [[column.heading for column in table.columns], *rows]


def test_values_stand_by_category_and_series_with_units_in_the_heads() -> None:
    series = (
        Series("产值", (quantity("12000", YUAN_100M), quantity(None, YUAN_100M))),
        Series("数", (quantity("6"), quantity("0"))),
    )
    chart = Chart("scatter", "题", "个", ("甲", "乙"), series, "。", groups=("东", "西"))
    (table,) = chart_tables(Figure("f", chart, number=3), "zh")
    assert cells(table) == [
        ["项目", "组别", "产值（亿元）", "数（个）"],
        ["甲", "东", "12000", "6"],
        ["乙", "西", "—", "0"],
    ]
    assert (table.label, table.title, table.number) == ("f", "题", 3)
    assert [column.kind for column in table.columns] == ["text", "text", "number", "number"]


def test_units_stand_in_the_cells_where_a_series_has_several() -> None:
    chart = Chart("bar", "题", "", ("甲", "乙"), (Series("数", (quantity("6"), quantity("5", PERCENT))),), "。")
    (table,) = chart_tables(Figure("f", chart), "zh")
    assert cells(table) == [["项目", "数"], ["甲", "6个"], ["乙", "5.0%"]]


def test_a_unit_without_a_name_is_said_nowhere() -> None:
    chart = Chart("bar", "题", "", ("甲",), (Series("率", (quantity("1.5", RATE),)),), "。")
    (table,) = chart_tables(Figure("f", chart), "en")
    assert cells(table, "en") == [["Item", "率"], ["甲", "1.50"]]


def test_the_ties_of_a_network_have_a_table_of_their_own() -> None:
    ties = (Tie("甲", "乙", quantity("3")),)
    chart = Chart("network", "题", "个", ("甲", "乙"), (Series("数", (quantity("1"), quantity("2"))),), "。", ties=ties)
    _, table = chart_tables(Figure("f", chart), "zh")
    assert cells(table) == [["一方", "另一方", "数值"], ["甲", "乙", "3"]]


@pytest.mark.parametrize(
    ("amount", "unit", "style", "language", "scale"),
    [
        ("12000", YUAN_100M, NumberStyle(), "zh", 4),
        ("12000", YUAN_100M, NumberStyle(unit=False), "zh", 0),
        ("9999", YUAN_100M, NumberStyle(), "zh", 0),
        ("-12000", YUAN_100M, NumberStyle(), "zh", 4),
        ("500", YUAN_100M, NumberStyle(), "en", 1),
        ("0", YUAN_100M, NumberStyle(), "en", 0),
        ("42087", Unit("10,000 visits", "count", own=True), NumberStyle(), "en", 2),
        ("46.25", PERCENT, NumberStyle(), "zh", 0),
    ],
)
def test_the_scale_says_by_how_much_an_amount_is_larger_than_printed(
    amount: str, unit: Unit, style: NumberStyle, language: str, scale: int
) -> None:
    assert printed_scale(quantity(amount, unit), style, language) == scale


def test_an_amount_that_nobody_knows_has_no_scale() -> None:
    assert printed_scale(quantity(None), NumberStyle(), "zh") == 0
