"""Charts that cannot be drawn are refused with the chart's title and a remedy, all faults at once."""

from __future__ import annotations

from typing import Any

import pytest

from clusterreport import charts
from clusterreport.document.model import Tie
from clusterreport.errors import ProblemsError
from tests.charts.examples import DEGREES, quantity, series


def said(kind: str, **given: Any) -> str:  # noqa: ANN401 -- the fields of a chart, whatever a test gets wrong
    with pytest.raises(ProblemsError) as caught:
        charts.make(kind, **{"title": "示例", "unit": "个", **given})
    assert all(problem.where == "chart '示例'" for problem in caught.value.problems)
    assert all(problem.remedy.endswith(".") for problem in caught.value.problems)
    return str(caught.value)


ONE = series("数量", [1, 2])
NEGATIVE = series("数量", [1, -2])
PAIR = ["甲", "乙"]


def test_an_unknown_kind_is_answered_with_those_there_are() -> None:
    message = said("pie", categories=PAIR, series=[ONE])
    assert "there is no chart of the kind pie" in message
    assert "doughnut" in message


def test_a_chart_needs_categories_and_series() -> None:
    message = said("bar", categories=[], series=[])
    assert "it has no categories" in message
    assert "it has no series" in message


def test_each_series_is_as_long_as_the_categories() -> None:
    assert "the series 数量 has 2 values for 3 categories" in said("bar", categories=["甲", "乙", "丙"], series=[ONE])


def test_groups_are_as_many_as_the_categories() -> None:
    assert "it has 1 groups for 2 categories" in said("bar", categories=PAIR, series=[ONE], groups=["东部"])


def test_the_emphasis_names_something_shown() -> None:
    message = said("bar", categories=PAIR, series=[ONE], emphasis=["丁"])
    assert "the emphasis names 丁, which is no category, series or group of it" in message


def test_ties_end_at_categories() -> None:
    message = said("network", categories=PAIR, series=[ONE], ties=[Tie("甲", "丁", quantity(1))])
    assert "a tie ends at 丁, which is no category" in message


def test_tied_categories_have_names_of_their_own() -> None:
    message = said("network", categories=["甲", "甲"], series=[ONE], ties=[Tie("甲", "甲", quantity(1))])
    assert "the category 甲 is there twice" in message


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("bar", 7),
        ("doughnut", 2),
        ("tiles", 2),
        ("network", 2),
        ("lorenz", 1),
        ("scatter", 1),
        ("dumbbell", 3),
        ("places", 2),
    ],
)
def test_a_kind_takes_as_many_series_as_it_shows(kind: str, count: int) -> None:
    message = said(kind, categories=["广东", "江苏"], series=[ONE] * count)
    assert f"a {kind} chart takes" in message
    assert f"and it has {count}" in message


@pytest.mark.parametrize("kind", ["stacked", "composition"])
def test_one_part_is_no_stack(kind: str) -> None:
    assert f"a {kind} chart takes two or more series" in said(kind, categories=PAIR, series=[ONE])


def test_too_many_columns_are_refused() -> None:
    names = [f"{year}年" for year in range(1990, 2009)]
    message = said("column", categories=names, series=[series(name, [1] * 19) for name in "甲乙"])
    assert "a column chart takes at most 36 columns, and it has 38" in message
    assert "Use bar for many categories" in message


@pytest.mark.parametrize("kind", ["doughnut", "network"])
def test_parts_and_sizes_are_not_negative(kind: str) -> None:
    assert "the value of 乙 in 数量 is negative" in said(kind, categories=PAIR, series=[NEGATIVE])


@pytest.mark.parametrize("kind", ["stacked", "composition"])
def test_negative_parts_are_not_stacked(kind: str) -> None:
    assert "is negative" in said(kind, categories=PAIR, series=[ONE, NEGATIVE])


def test_tiles_are_provincial_level_units_and_each_only_once() -> None:
    message = said("tiles", categories=["广东省", "江苏", "江苏"], series=[series("数量", [1, 2, 3])])
    assert "广东省 is no provincial-level unit" in message
    assert "江苏 is there twice" in message


@pytest.mark.parametrize(
    ("amounts", "problem"),
    [
        ((0, None, 100), "has values that are not known"),
        ((0, 50, 90), "does not run from 0 to 100"),
        ((10, 50, 100), "does not run from 0 to 100"),
        ((0, 120, 100), "falls somewhere"),
    ],
)
def test_a_lorenz_curve_rises_from_0_to_100(amounts: tuple[int | None, ...], problem: str) -> None:
    good = series("单位", [0, 50, 100])
    assert f"the series 数量 {problem}" in said(
        "lorenz", categories=["", *PAIR], series=[good, series("数量", amounts)]
    )


def test_places_lie_on_the_globe() -> None:
    where = [series("经度", [113, 181], DEGREES), series("纬度", [91, 23], DEGREES)]
    message = said("places", categories=PAIR, series=[*where, ONE])
    assert "the longitude of 乙 is beyond 180 degrees" in message
    assert "the latitude of 甲 is beyond 90 degrees" in message
