"""Tells cities whose coordinates lie far from the other cities of their province, or are those of another city."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.geometry import great_circle
from clusterreport.errors import Level, Problem
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.data.dataset import Dataset
    from clusterreport.subjects.clusters.records import City


def misplaced(cities: Iterable[City], dataset: Dataset) -> Iterator[Problem]:
    """Yield the cities that no map is needed to doubt; no boundary is known here, only where the other cities lie."""
    placed = [city for city in cities if city.longitude is not None and city.latitude is not None]
    bands: dict[int, list[City]] = {}
    kin = {named: _together(placed, named) for named in _AROUND}
    for city in placed:
        twin = _twin(city, bands)
        bands.setdefault(_band(city), []).append(city)
        if twin is not None:
            problem = message(
                "{city}: it lies where {other} lies (row {row})", city=city.name, other=twin.name, row=twin.row
            )
            yield _doubt(dataset, city, problem)
            continue
        around, where = _neighbours(city, kin)
        nearest = min((_between(city, other) for other in around), default=0.0)
        if nearest > NEAR_KM and nearest > _farthest(around):  # the latter takes its time, and is never less
            problem = message(
                "{city}: it lies {km:.0f} km from the nearest other city of {where}",
                city=city.name,
                km=nearest,
                where=where,
            )
            yield _doubt(dataset, city, problem)


def _twin(city: City, bands: dict[int, list[City]]) -> City | None:
    """Return the first of the cities in ``bands``, which stand above this one, that has its point."""
    band = _band(city)
    near = (other for each in (band - 1, band, band + 1) for other in bands.get(each, ()))
    return min((other for other in near if _between(city, other) < SAME_KM), key=lambda each: each.row, default=None)


def _band(city: City) -> int:
    """Return in which band of latitude a city lies; those of one point lie in one, or in two that touch."""
    return math.floor(float(city.latitude or 0) / _BAND_DEGREES)


def _together(placed: Sequence[City], named: str) -> dict[str, list[City]]:
    found: dict[str, list[City]] = {}
    for city in placed:
        found.setdefault(getattr(city, named), []).append(city)
    return found


def _neighbours(city: City, kin: dict[str, dict[str, list[City]]]) -> tuple[list[City], str]:
    """Return the other cities of the province; where it has none, of the agglomeration, and else of the region."""
    for named in _AROUND:
        where = getattr(city, named)
        found = [other for other in kin[named].get(where, ()) if other is not city] if where else []
        if found:
            return found, where
    return [], ""


def _farthest(around: Sequence[City]) -> float:
    """Return how far the next city may be: by the gaps between the others, where enough of them are known."""
    if len(around) < _ENOUGH:
        return FAR_KM
    gaps = [min(_between(one, other) for other in around if other is not one) for one in around]
    return min(FAR_KM, max(NEAR_KM, _GAPS * max(gaps)))


def _between(one: City, other: City) -> float:
    here, there = (one, other) if one.row > other.row else (other, one)
    points = (float(part or 0) for city in (here, there) for part in (city.longitude, city.latitude))
    return great_circle(*points)


def _doubt(dataset: Dataset, city: City, problem: str) -> Problem:
    return Problem(dataset.at(city.row, "lon"), problem, message(_REMEDY), level=Level.WARN)


SAME_KM: Final = 2.0
"""Two cities nearer than this have one point: seats of prefectures are at least ten times as far apart."""
FAR_KM: Final = 600.0
"""No city is farther than this from the next of its province, but in the emptiest quarters of the largest."""
NEAR_KM: Final = 300.0
"""No city is doubted that is nearer than this to the next, however dense the others lie."""
_AROUND: Final = ("province", "agglomeration", "region")
_BAND_DEGREES: Final = 0.02  # of latitude, which is 2.2 km: more than SAME_KM
_GAPS: Final = 5
"""How many times the widest gap between the others a gap may be."""
_ENOUGH: Final = 3  # other cities
_REMEDY: Final = template("Look its longitude and latitude up again; if they are right, nothing needs to be done.")
