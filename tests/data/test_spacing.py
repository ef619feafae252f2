"""Periods lie on a line as far apart as they are in time."""

from __future__ import annotations

import pytest

from clusterreport.data.periods import spacing


@pytest.mark.parametrize(
    ("names", "places"),
    [
        (["2021年", "2022年", "2024年"], [0, 1 / 3, 1]),
        (["2020", "2021", "2022"], [0, 1 / 2, 1]),  # the leap year is no longer than others
        (["2024Q1", "2024Q2", "2024Q4"], [0, 1 / 3, 1]),
        (["2023", "2024H1"], [0, 1]),
        (["甲", "2022年", "2024年"], [0, 1 / 2, 1]),  # not all are periods
        (["2024年", "2022年", "2021年"], [0, 1 / 2, 1]),  # not in order
        (["2024年"], [0]),
        ([], []),
    ],
)
def test_periods_are_as_far_apart_as_they_are(names: list[str], places: list[float]) -> None:
    assert list(spacing(names)) == pytest.approx(places)
