"""The laws that the indices keep whatever the numbers are, and what independent implementations say of the same."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clusterreport.analysis import indices

COUNTS = st.lists(st.integers(0, 200), min_size=1, max_size=40).filter(any)
GROUPED = st.dictionaries(
    st.sampled_from(["东部", "中部", "西部", "东北"]), st.lists(st.integers(0, 50), min_size=1, max_size=9), min_size=1
).filter(lambda groups: any(any(group) for group in groups.values()))
PAIRED = st.lists(st.tuples(st.integers(-9, 9), st.integers(0, 6)), min_size=2, max_size=40)
NOISE = 1e-12


@given(COUNTS)
def test_the_herfindahl_index_lies_between_equal_shares_and_one_unit(values: list[int]) -> None:
    found = indices.herfindahl(values)
    assert found is not None
    assert 1 / len(values) - NOISE <= found <= 1 + NOISE
    shares = np.array(values) / sum(values)
    assert found == pytest.approx(float(shares @ shares))


@given(COUNTS)
def test_the_normalised_herfindahl_index_lies_between_0_and_1(values: list[int]) -> None:
    found = indices.herfindahl_normalised(values)
    assert (found is None) == (len(values) == 1)
    assert found is None or -NOISE <= found <= 1 + NOISE


@given(COUNTS)
def test_the_gini_coefficient_lies_between_0_and_its_most_for_so_many_units(values: list[int]) -> None:
    found = indices.gini(values)
    assert found is not None
    assert -NOISE <= found <= 1 - 1 / len(values) + NOISE


@given(COUNTS)
def test_the_gini_coefficient_is_half_the_relative_mean_difference(values: list[int]) -> None:
    column = np.array(values, dtype=float)
    apart = np.abs(column[:, None] - column[None, :]).mean()
    assert indices.gini(values) == pytest.approx(float(apart / (2 * column.mean())), abs=1e-9)


@given(COUNTS)
def test_the_gini_coefficient_is_twice_the_area_above_the_lorenz_curve(values: list[int]) -> None:
    points = indices.lorenz(values)
    below = sum((right[0] - left[0]) * (left[1] + right[1]) / 2 for left, right in pairwise(points))
    assert indices.gini(values) == pytest.approx(1 - 2 * below, abs=1e-9)


@given(COUNTS)
def test_the_lorenz_curve_rises_ever_more_steeply_and_stays_below_the_diagonal(values: list[int]) -> None:
    points = indices.lorenz(values)
    steps = [right[1] - left[1] for left, right in pairwise(points)]
    assert len(points) == len(values) + 1
    assert [*points[0], *points[-1]] == pytest.approx([0, 0, 1, 1])
    assert all(step >= -NOISE for step in steps)
    assert all(later >= earlier - NOISE for earlier, later in pairwise(steps))
    assert all(y <= x + NOISE for x, y in points)


@given(COUNTS, st.integers(1, 9))
def test_the_concentration_ratio_never_falls_with_more_units(values: list[int], count: int) -> None:
    fewer, more = indices.concentration_ratio(values, count), indices.concentration_ratio(values, count + 1)
    assert fewer is not None
    assert more is not None
    assert min(count / len(values), 1) - NOISE <= fewer <= more <= 1 + NOISE


@given(GROUPED)
def test_the_theil_index_is_the_sum_of_its_parts(groups: dict[str, list[int]]) -> None:
    found = indices.theil(groups)
    assert found is not None
    assert found.total == pytest.approx(found.between + found.within, abs=1e-9)
    assert found.between >= 0
    assert found.within >= 0
    assert found.total <= math.log(sum(len(group) for group in groups.values())) + NOISE


@given(GROUPED)
def test_the_theil_index_is_ln_n_less_the_entropy_of_the_shares(groups: dict[str, list[int]]) -> None:
    values = [value for group in groups.values() for value in group]
    found = indices.theil(groups)
    assert found is not None
    assert found.total == pytest.approx(math.log(len(values)) - float(stats.entropy(values)), abs=1e-9)
    sums = [sum(group) for group in groups.values()]
    sizes = [len(group) for group in groups.values()]
    assert found.between == pytest.approx(float(stats.entropy(sums, sizes)), abs=1e-9)


@given(COUNTS.flatmap(lambda values: st.tuples(st.just(values), st.permutations(values))), st.integers(2, 7))
def test_indices_depend_on_neither_the_order_nor_the_unit(both: tuple[list[int], list[int]], times: int) -> None:
    values, other = both[0], [times * value for value in both[1]]
    for index in (indices.herfindahl, indices.herfindahl_normalised, indices.gini):
        assert index(other) == pytest.approx(index(values), abs=1e-9)
    assert indices.concentration_ratio(other, 3) == pytest.approx(indices.concentration_ratio(values, 3))
    assert indices.lorenz(other)[-1] == pytest.approx(indices.lorenz(values)[-1])


@given(COUNTS, st.integers(0, 39), st.integers(0, 39))
def test_taking_from_the_poorer_for_the_richer_lowers_no_index(values: list[int], first: int, second: int) -> None:
    poor, rich = sorted((first % len(values), second % len(values)), key=lambda place: values[place])
    if poor == rich or not values[poor]:
        return
    moved = list(values)
    moved[poor] -= 1
    moved[rich] += 1
    for index in (indices.herfindahl, indices.gini, _theil):
        before, after = index(values), index(moved)
        assert before is not None
        assert after is not None
        assert after >= before - NOISE


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=1, max_size=4))
def test_location_quotients_weighted_with_the_regions_have_the_mean_1(table: list[list[int]]) -> None:
    total = sum(map(sum, table))
    regions = [sum(row[column] for row in table) for column in range(3)]
    for row in table:
        if not sum(row):
            continue
        quotients = [indices.location_quotient(row[at], regions[at], sum(row), total) for at in range(3)]
        weighted = sum((quotient or 0) * regions[at] / total for at, quotient in enumerate(quotients))
        assert weighted == pytest.approx(1)
        assert [quotient is None for quotient in quotients] == [region == 0 for region in regions]


@given(PAIRED)
def test_ranks_and_rho_are_those_of_scipy(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    assert indices.average_ranks(first) == tuple(stats.rankdata(first))
    rho = indices.spearman(first, second)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert rho is None
    else:
        assert rho == pytest.approx(float(stats.spearmanr(first, second).statistic), abs=1e-9)


@given(PAIRED)
def test_rho_is_symmetric_and_turns_its_sign_with_the_order(pairs: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    rho = indices.spearman(first, second)
    assert indices.spearman(second, first) == rho
    assert rho is None or indices.spearman([-a for a in first], second) == pytest.approx(-rho, abs=1e-9)
    assert rho is None or -1 <= rho <= 1


def _theil(values: list[int]) -> float | None:
    found = indices.theil({"": values})
    return found and found.total
