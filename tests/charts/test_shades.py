"""Cells of quotients part at one, what rests on too few rows has no colour, and one outlier does not pale the rest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport import charts
from clusterreport.charts.painters.look import READABLE, Look, contrast, luminance
from clusterreport.charts.painters.shades import Shades, is_thin
from clusterreport.document.model import Series
from clusterreport.quantity import RATIO, Computed, Confidence, Quantity, RowRef, Unit
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.charts.examples import theme

LOOK = Look.of(theme(), "zh")


def cell(amount: str, rows: int = 5, unit: Unit = RATIO) -> Quantity:
    basis = Computed("区位商", "一份÷另一份", Confidence.CONFIRMED, rows=(RowRef("a.csv", tuple(range(2, 2 + rows))),))
    return Quantity(Decimal(amount), unit, basis)


def shades(*cells: Quantity) -> Shades:
    return Shades.of(cells, LOOK)


def test_quotients_part_at_one_and_are_equally_strong_as_far_from_it() -> None:
    made = shades(cell("0.5"), cell("2"), cell("1"), cell("0.9"))
    assert made.parted
    assert made.fill(1.0) == made.middle
    assert made.fill(2.0) == made.above
    assert made.fill(0.5) == made.below
    assert luminance(made.fill(0.9)) > luminance(made.fill(0.6))
    assert luminance(made.fill(1.1)) > luminance(made.fill(1.8))


@pytest.mark.parametrize(
    "cells",
    [
        (cell("2"), cell("3")), (cell("0.2"), cell("0.3")), (cell("-1"), cell("2")),
        (cell("0", unit=CLUSTERS), cell("2", unit=CLUSTERS)),
    ],
)  # fmt: skip
def test_what_does_not_lie_on_both_sides_of_one_is_a_single_ramp(cells: tuple[Quantity, ...]) -> None:
    assert not shades(*cells).parted


def test_an_outlier_does_not_set_the_scale() -> None:
    usual = [cell(str(amount), unit=CLUSTERS) for amount in range(1, 11)]
    alone, beside = shades(*usual), shades(*usual, cell("900", unit=CLUSTERS))
    assert beside.fill(10) == alone.fill(10)
    assert beside.fill(900) == alone.fill(10)


def test_thin_cells_take_no_part_in_the_scale() -> None:
    firm = [cell("0.8"), cell("1.2"), cell("1.5"), cell("0.9")]
    assert shades(*firm, cell("11.3", rows=1)).high == shades(*firm).high


@pytest.mark.parametrize(
    ("value", "thin"),
    [
        (cell("11.3", rows=1), True), (cell("1.3", rows=2), False), (cell("0", rows=0), True),
        (cell("1", rows=1, unit=CLUSTERS), False), (cell("1.3", rows=0), False),
    ],
)  # fmt: skip
def test_a_quotient_of_fewer_than_two_rows_is_thin(value: Quantity, thin: bool) -> None:  # noqa: FBT001 -- the cases
    assert is_thin(value) is thin


def words(*cells: Quantity) -> list[str]:
    names = tuple("甲乙丙丁"[: len(cells)])
    chart = charts.make("heatmap", title="图", unit="", categories=names, series=[Series("行", cells)])
    canvas = charts.draw_canvas(chart, 100, charts.natural_height(chart, 100, theme()), theme())
    return [text for _, text in canvas.texts]


def test_the_key_says_only_what_is_shown() -> None:
    assert {"小于一", "大于一", "所据行数过少"} <= set(words(cell("0.5"), cell("2"), cell("9", rows=1)))
    assert "所据行数过少" not in words(cell("0.5"), cell("2"))
    assert "小于一" not in words(cell("0.5", rows=1), cell("2"), cell("3"))
    assert not {"小于一", "大于一"} & set(words(cell("2"), cell("3")))


@pytest.mark.parametrize("amount", ["0.1", "0.5", "0.8", "1.0", "1.2", "1.5", "3", "9"])
def test_the_value_of_a_cell_can_be_read(amount: str) -> None:
    made = shades(cell("0.2"), cell("0.9"), cell("1.1"), cell("4"))
    fill = made.fill(float(amount))
    assert contrast(replace(LOOK).ink_on(fill), fill) >= READABLE
