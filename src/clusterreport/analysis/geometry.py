"""Distances on the globe."""

from __future__ import annotations

import math
from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088
"""The mean radius of the Earth. Source: Moritz (2000), Geodetic Reference System 1980, Journal of Geodesy 74."""


def great_circle(longitude_a: float, latitude_a: float, longitude_b: float, latitude_b: float) -> float:
    """Return the great-circle distance in km between two points given in degrees, by the haversine formula.

    d = 2R arcsin √(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2)), on a sphere (0.5 % at most off the ellipsoid).
    Source: Sinnott (1984), "Virtues of the Haversine", Sky and Telescope 68.
    """
    phi_a, phi_b = math.radians(latitude_a), math.radians(latitude_b)
    half = math.radians(longitude_b - longitude_a) / 2
    chord = math.sin((phi_b - phi_a) / 2) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, chord)))
