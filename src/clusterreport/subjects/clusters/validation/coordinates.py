"""Tells cities whose coordinates lie far from the other cities of their province, or are those of another city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.analysis.geometry import great_circle
from clusterreport.errors import Level, Problem
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clusterreport.data.dataset import Dataset
    from clusterreport.subjects.clusters.records import City

    Distances = Mapping[tuple[int, int], float]


def misplaced(cities: Iterable[City], dataset: Dataset) -> Iterator[Problem]:
    """Yield the cities that no map is needed to doubt; no boundary is known here, only where the other cities lie."""
    placed = [city for city in cities if city.longitude is not None and city.latitude is not None]
    apart = _distances(placed)
    for city in placed:
        twin = next(
            (other for other in placed if other.row < city.row and _between(apart, city, other) < SAME_KM), None
        )
        if twin is not None:
            problem = message(
                "{city}: it lies where {other} lies (row {row})", city=city.name, other=twin.name, row=twin.row
            )
            yield _doubt(dataset, city, problem)
            continue
        around, where = _neighbours(city, placed)
        nearest = min((_between(apart, city, other) for other in around), default=0.0)
        if nearest > _farthest(apart, around):
            problem = message(
                "{city}: it lies {km:.0f} km from the nearest other city of {where}",
                city=city.name,
                km=nearest,
                where=where,
            )
            yield _doubt(dataset, city, problem)


def _neighbours(city: City, placed: Sequence[City]) -> tuple[list[City], str]:
    """Return the other cities of the province; where it has none, of the agglomeration, and else of the region."""
    for where, named in ((city.province, "province"), (city.agglomeration, "agglomeration"), (city.region, "region")):
        found = [other for other in placed if other is not city and where and getattr(other, named) == where]
        if found:
            return found, where
    return [], ""


def _farthest(apart: Distances, around: Sequence[City]) -> float:
    """Return how far the next city may be: by the gaps between the others, where enough of them are known."""
    if len(around) < _ENOUGH:
        return FAR_KM
    gaps = [min(_between(apart, one, other) for other in around if other is not one) for one in around]
    return min(FAR_KM, max(NEAR_KM, _GAPS * max(gaps)))


def _distances(placed: Sequence[City]) -> Distances:
    points = [(city.row, float(city.longitude or 0), float(city.latitude or 0)) for city in placed]
    return {
        (one, other): great_circle(*here, *there)
        for place, (one, *here) in enumerate(points)
        for other, *there in points[:place]
    }


def _between(apart: Distances, one: City, other: City) -> float:
    return apart[max(one.row, other.row), min(one.row, other.row)]


def _doubt(dataset: Dataset, city: City, problem: str) -> Problem:
    return Problem(dataset.at(city.row, "lon"), problem, message(_REMEDY), level=Level.WARN)


SAME_KM: Final = 2.0
"""Two cities nearer than this have one point: seats of prefectures are at least ten times as far apart."""
FAR_KM: Final = 600.0
"""No city is farther than this from the next of its province, but in the emptiest quarters of the largest."""
NEAR_KM: Final = 300.0
"""No city is doubted that is nearer than this to the next, however dense the others lie."""
_GAPS: Final = 5
"""How many times the widest gap between the others a gap may be."""
_ENOUGH: Final = 3  # other cities
_REMEDY: Final = template("Look its longitude and latitude up again; if they are right, nothing needs to be done.")
