"""Each index gives what was worked out by hand, and says None where it has no meaning."""

from __future__ import annotations

import math

import pytest

from clusterreport.analysis import indices


@pytest.mark.parametrize(
    ("values", "count", "expected"),
    [
        ([5, 3, 2], 1, 0.5),
        ([2, 5, 3], 2, 0.8),  # the largest two, wherever they stand
        ([5, 3, 2], 9, 1.0),
        ([4, 4, 4, 4], 3, 0.75),
        ([0, 0], 1, None),
        ([], 3, None),
    ],
)
def test_the_concentration_ratio_is_the_share_of_the_largest(
    values: list[float], count: int, expected: float | None
) -> None:
    assert indices.concentration_ratio(values, count) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("values", "expected", "normalised"),
    [
        ([5, 3, 2], 0.38, 0.07),  # 0.25 + 0.09 + 0.04; (0.38 - 1/3) / (2/3)
        ([1, 1, 1, 1], 0.25, 0.0),
        ([7, 0], 1.0, 1.0),
        ([7], 1.0, None),  # with one unit, equal and concentrated are the same
        ([0, 0], None, None),
        ([], None, None),
    ],
)
def test_the_herfindahl_index_adds_the_squares_of_the_shares(
    values: list[float], expected: float | None, normalised: float | None
) -> None:
    assert indices.herfindahl(values) == pytest.approx(expected)
    assert indices.herfindahl_normalised(values) == pytest.approx(normalised)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4], 0.25),  # 2 (1 + 4 + 9 + 16) / (4 · 10) - 5/4
        ([4, 1, 3, 2], 0.25),
        ([6, 6, 6], 0.0),
        ([0, 0, 0, 9], 0.75),  # all in one of four: 1 - 1/4
        ([3], 0.0),
        ([0], None),
        ([], None),
    ],
)
def test_the_gini_coefficient_is_as_worked_out_by_hand(values: list[float], expected: float | None) -> None:
    assert indices.gini(values) == pytest.approx(expected)


def test_the_lorenz_curve_adds_up_from_the_smallest() -> None:
    points = indices.lorenz([5, 0, 3, 2])
    assert [x for x, _ in points] == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert [y for _, y in points] == pytest.approx([0, 0, 0.2, 0.5, 1])


@pytest.mark.parametrize("nothing", [[], [0], [0, 0]])
def test_the_lorenz_curve_of_nothing_is_its_origin(nothing: list[float]) -> None:
    assert indices.lorenz(nothing) == ((0.0, 0.0),)


def test_the_theil_index_splits_into_what_was_worked_out_by_hand() -> None:
    # Shares 1/2, 1/4, 1/4, 0 of 8; mean 2. T = (2 ln 2 + 0 + 0 + 0) / 4. The first group has 6 of 8, mean 3; the
    # second 2 of 8, mean 1. Between: 3/4 ln 3/2 + 1/4 ln 1/2. Within: 3/4 · ½(4/3 ln 4/3 + 2/3 ln 2/3) + 1/4 ln 2.
    found = indices.theil({"东部": [4, 2], "西部": [2, 0]})
    assert found is not None
    assert found.total == pytest.approx(math.log(2) / 2)
    assert found.between == pytest.approx(0.75 * math.log(1.5) + 0.25 * math.log(0.5))
    inside = 0.5 * (4 / 3 * math.log(4 / 3) + 2 / 3 * math.log(2 / 3))
    assert found.within == pytest.approx(0.75 * inside + 0.25 * math.log(2))


def test_a_group_that_has_nothing_still_counts_its_units() -> None:
    found = indices.theil({"有": [3, 3], "无": [0, 0]})
    assert found == pytest.approx((math.log(2), math.log(2), 0.0))


@pytest.mark.parametrize("groups", [{}, {"东部": []}, {"东部": [0, 0], "西部": [0]}])
def test_the_theil_index_of_nothing_is_none(groups: dict[str, list[float]]) -> None:
    assert indices.theil(groups) is None


@pytest.mark.parametrize(
    ("part", "of_region", "of_field", "total", "expected"),
    [
        (3, 6, 10, 40, 2.0),  # half of the region's, a quarter of the nation's
        (1, 4, 10, 40, 1.0),
        (0, 4, 10, 40, 0.0),
        (0, 0, 10, 40, None),
        (0, 4, 0, 40, None),
    ],
)
def test_the_location_quotient_holds_the_region_against_the_nation(
    part: float, of_region: float, of_field: float, total: float, expected: float | None
) -> None:
    assert indices.location_quotient(part, of_region, of_field, total) == pytest.approx(expected)


def test_equal_values_share_their_mean_rank() -> None:
    assert indices.average_ranks([10, 20, 20, 30]) == (1, 2.5, 2.5, 4)
    assert indices.average_ranks([7, 7, 7]) == (2, 2, 2)
    assert indices.average_ranks([3, 1, 2]) == (3, 1, 2)
    assert indices.average_ranks([]) == ()


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2, 3], [10, 400, 90000], 1.0),  # only the order counts
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], 0.8),  # 1 - 6 · 4 / (5 · 24)
        ([1, 2, 2, 3], [1, 2, 3, 4], 4.5 / math.sqrt(4.5 * 5)),  # ranks 1, 2.5, 2.5, 4
        ([1, 1, 1], [1, 2, 3], None),
        ([1], [2], None),
        ([], [], None),
    ],
)
def test_spearmans_rho_is_as_worked_out_by_hand(
    first: list[float], second: list[float], expected: float | None
) -> None:
    assert indices.spearman(first, second) == pytest.approx(expected)


def test_spearmans_rho_refuses_columns_of_two_lengths() -> None:
    with pytest.raises(ValueError, match="shorter"):
        indices.spearman([1, 2, 3], [1, 2])
