"""What proofreading expects Word to draw a chart with, worked out by hand from the promises of its kind."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest

from clusterreport.document.model import Chart, PlottedPoint, PlottedSeries, Reckoning, Series
from clusterreport.quantity import FIRMS, PERCENT, YUAN_100M, Quantity, Unit
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.chart_values import Key
from clusterreport.verify.plotted_series import Plotted, Point, plotted
from tests.samples import BASIS


def of(amount: str | None, unit: Unit = CLUSTERS) -> Quantity:
    return Quantity(None if amount is None else Decimal(amount), unit, BASIS)


def chart(*series: tuple[Quantity, ...], plotted: tuple[PlottedSeries, ...]) -> Chart:
    named = tuple(Series(f"列{place}", values) for place, values in enumerate(series))
    return Chart("bar", "图", "", ("甲", "乙"), named, "", plotted=plotted)


def at(*places: tuple[int, int]) -> Reckoning:
    return Reckoning(plus=places)


def ups(drawn: Chart) -> list[Decimal | None]:
    (series,) = plotted(drawn, "zh")
    return [point.up for point in series.points]


def of_points(*points: PlottedPoint, crossed: bool = False, measured: int | None = None, word: str = "") -> tuple[
    PlottedSeries, ...
]:  # fmt: skip
    return (PlottedSeries("数", points, crossed, measured, word),)


def test_a_point_stands_where_its_value_does_and_bears_its_key() -> None:
    series = of_points(PlottedPoint("甲", at((1, 0))), PlottedPoint("乙", at((0, 1))))
    assert plotted(chart((of("1"), of("2")), (of("3"), of("4")), plotted=series), "zh") == (
        Plotted(
            "数",
            (
                Point("甲", None, Decimal(3), (None, Key(1, 0))),
                Point("乙", None, Decimal(2), (None, Key(0, 1))),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("reckoning", "up", "key"),
    [
        (None, None, None),
        (Reckoning(constant=Decimal("0.5")), Decimal("0.5"), None),
        (Reckoning(), None, None),
        (at((0, 0)), Decimal(1), Key(0, 0)),
        (at((0, 0), (1, 1)), Decimal(5), None),
        (Reckoning(plus=((1, 0),), minus=((0, 1),)), Decimal(1), None),
        (Reckoning(minus=((0, 1),)), Decimal(-2), None),
        (Reckoning(plus=((0, 0),), minus=((0, 1),)), Decimal(-1), None),
        (Reckoning(plus=((0, 0),), minus=((0, 1),), clipped=True), Decimal(0), None),
        (Reckoning(plus=((0, 0),), clipped=True), Decimal(1), None),
        (at((0, 0), (2, 0)), None, None),
        (Reckoning(plus=((0, 0),), minus=((2, 0),)), None, None),
        (at((2, 0)), None, Key(2, 0)),
    ],
)
def test_an_amount_is_reckoned_from_the_values_of_the_model(
    reckoning: Reckoning | None, up: Decimal | None, key: Key | None
) -> None:
    values = ((of("1"), of("2")), (of("3"), of("4")), (of(None), of("5")))
    for across, drawn in (
        (False, of_points(PlottedPoint("甲", reckoning))),
        (True, of_points(PlottedPoint("甲", None, reckoning), crossed=True)),
    ):
        ((point,),) = (series.points for series in plotted(chart(*values, plotted=drawn), "zh"))
        amounts, keys = (point.across, point.up), point.keys
        assert (amounts[not across], keys[not across]) == (up, key)
        assert (amounts[across], keys[across]) == (None, None)


def test_money_is_in_one_unit_wherever_it_stands() -> None:
    values = ((of("13500", YUAN_100M), of("900", YUAN_100M)), (of("80"), of(None, YUAN_100M)))
    points = [PlottedPoint("甲", at(place)) for place in ((0, 0), (0, 1), (1, 0), (1, 1))]
    assert ups(chart(*values, plotted=of_points(*points))) == [Decimal(13500), Decimal(900), Decimal(80), None]
    large = ((of("13500", YUAN_100M), of("90000", YUAN_100M)), (of("10000", YUAN_100M), of(None, YUAN_100M)))
    assert ups(chart(*large, plotted=of_points(*points))) == [Decimal("1.35"), Decimal(9), Decimal(1), None]


@pytest.mark.parametrize(("amount", "up"), [("9999", "9999"), ("10000", "1"), ("-10000", "-1")])
def test_from_a_trillion_on_money_is_in_trillions(amount: str, up: str) -> None:
    drawn = chart((of(amount, YUAN_100M),), plotted=of_points(PlottedPoint("甲", at((0, 0)))))
    assert ups(drawn) == [Decimal(up)]


def test_other_amounts_however_large_are_not_put_into_another_unit() -> None:
    assert ups(chart((of("20000"),), plotted=of_points(PlottedPoint("甲", at((0, 0)))))) == [Decimal(20000)]


def test_on_two_axes_each_has_a_unit_of_its_own() -> None:
    values = ((of("13500", YUAN_100M),), (of("900", YUAN_100M),))
    point = PlottedPoint("甲", up=at((1, 0)), across=at((0, 0)))
    (crossed,) = plotted(chart(*values, plotted=of_points(point, crossed=True)), "zh")
    assert crossed.points == (Point("甲", Decimal("1.35"), Decimal(900), (Key(0, 0), Key(1, 0))),)
    assert not crossed.flat
    (flat,) = plotted(chart(*values, plotted=of_points(point)), "zh")
    assert flat.points[0].up == Decimal(900)
    assert flat.flat


@pytest.mark.parametrize(
    ("word", "language", "name"),
    [
        ("curve.equality", "zh", "完全平均线"),
        ("curve.equality", "en", "line of equality"),
        ("chart.rise", "zh", "增加"),
        ("chart.fall", "zh", "减少"),
        ("other", "zh", "数"),
        ("", "zh", "数"),
    ],
)
def test_what_is_reckoned_has_a_name_of_its_own(word: str, language: Literal["zh", "en"], name: str) -> None:
    ((series),) = plotted(chart((of("1"),), plotted=of_points(word=word)), language)
    assert series.name == name


LARGE, FEW = of("13500", YUAN_100M), of("80")


@pytest.mark.parametrize(
    ("values", "crossed", "zh", "en"),
    [
        ((LARGE, FEW), False, "列0", "列0"),
        ((LARGE, LARGE), False, "列0（万亿元）", "列0"),
        ((of("135", YUAN_100M), FEW), False, "列0", "列0"),
        ((FEW, LARGE), False, "列0", "列0"),
        ((LARGE, of("9999", YUAN_100M)), False, "列0", "列0"),
        ((LARGE, FEW), True, "列0（万亿元）", "列0 (trillion yuan)"),
        ((of("135", YUAN_100M), FEW), True, "列0（亿元）", "列0 (hundred million yuan)"),
        ((FEW, LARGE), True, "列0（个）", "列0"),
        ((of("5", PERCENT), FEW), True, "列0（%）", "列0 (%)"),
        ((of("5", FIRMS), FEW), True, "列0（家）", "列0"),
    ],
)
def test_a_unit_stands_behind_a_measure_on_an_axis_or_where_money_is_in_a_larger_one(
    values: tuple[Quantity, Quantity],
    crossed: bool,  # noqa: FBT001 -- a row of the table
    zh: str,
    en: str,
) -> None:
    drawn = chart(*((value,) for value in values), plotted=of_points(crossed=crossed, measured=0))
    assert plotted(drawn, "zh")[0].name == zh
    assert plotted(drawn, "en")[0].name == en


def test_a_measure_that_names_its_unit_does_not_name_it_twice() -> None:
    drawn = chart((of("5", PERCENT),), plotted=of_points(crossed=True, measured=0))
    named = replace(drawn, series=(replace(drawn.series[0], name="占比%"),))
    assert plotted(named, "zh")[0].name == "占比%"
    nothing = chart((of("5", Unit("ratio", "ratio")),), plotted=of_points(crossed=True, measured=0))
    assert plotted(nothing, "zh")[0].name == "列0"
