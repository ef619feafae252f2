"""Distances on the globe: cases that a pupil can check, and the laws that every distance keeps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.analysis.geometry import EARTH_RADIUS_KM, great_circle

PLACES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
HALF_WAY_ROUND = math.pi * EARTH_RADIUS_KM
Place = tuple[float, float]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((0, 0), (90, 0), HALF_WAY_ROUND / 2),  # a quarter of the equator
        ((0, 0), (180, 0), HALF_WAY_ROUND),
        ((113, 23), (113, 24), HALF_WAY_ROUND / 180),  # a degree of a meridian
        ((10, 90), (-75, 90), 0),  # the pole is one point, whatever its longitude
        ((179.5, 0), (-179.5, 0), HALF_WAY_ROUND / 180),  # across the date line
        ((0, 60), (180, 60), HALF_WAY_ROUND / 3),  # over the pole, not along the parallel
    ],
)
def test_a_great_circle_is_as_long_as_worked_out_by_hand(first: Place, second: Place, expected: float) -> None:
    assert great_circle(*first, *second) == pytest.approx(expected, abs=1e-6)


def test_beijing_and_guangzhou_are_as_far_apart_as_an_atlas_says() -> None:
    assert great_circle(116.40, 39.91, 113.26, 23.13) == pytest.approx(1890, abs=5)


def test_from_the_equator_to_the_pole_is_a_quarter_of_the_mean_circumference() -> None:
    assert great_circle(0, 0, 0, 90) == pytest.approx(10_007.557, abs=0.001)


@given(PLACES, PLACES)
def test_the_haversine_formula_gives_the_angle_between_two_vectors(first: Place, second: Place) -> None:
    one, other = _vector(first), _vector(second)
    angle = math.atan2(float(np.linalg.norm(np.cross(one, other))), float(one @ other))
    assert great_circle(*first, *second) == pytest.approx(EARTH_RADIUS_KM * angle, abs=1e-3)


@given(PLACES, PLACES)
def test_a_distance_is_the_same_in_both_directions_and_at_most_half_way_round(first: Place, second: Place) -> None:
    there, back = great_circle(*first, *second), great_circle(*second, *first)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= HALF_WAY_ROUND + 1e-6


@given(PLACES)
def test_every_place_is_at_no_distance_from_itself(place: Place) -> None:
    assert great_circle(*place, *place) == 0


@given(PLACES, PLACES, PLACES)
def test_no_detour_is_shorter(first: Place, second: Place, third: Place) -> None:
    detour = great_circle(*first, *second) + great_circle(*second, *third)
    assert great_circle(*first, *third) <= detour + 1e-3


def _vector(place: Place) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    longitude, latitude = map(math.radians, place)
    flat = math.cos(latitude)
    return np.array([flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)])
