"""The register as a list of lines, for the long table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from clusterreport.locale import Label
from clusterreport.quantity import YEAR, Computed, Confidence, Quantity, exactly
from clusterreport.subjects.clusters.statistics.chinese import CONFIDENCE, NOT_TRACED, batch_words, title_of
from clusterreport.subjects.clusters.statistics.counts import FROM_BATCH
from clusterreport.subjects.clusters.statistics.register import Register, field_of

if TYPE_CHECKING:
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import Cluster

SINGLE: Final = Label.of("reach.is_single")
ACROSS_PROVINCES: Final = Label.of("reach.is_across_provinces")
_ACROSS_CITIES: Final = Label.of("reach.is_across_cities")
_NAMED_IN: Final = Label.of("nation.named_in")
_KEPT: Final = 1024
"""How many lists of places are kept that many rows share."""


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One cluster in words: ``title`` is its name, or "（名称未查明）"; lists are joined with 、.

    ``cities`` ends with "等" where the list is known to be incomplete; ``reach`` is 单市, 跨市 or 跨省. ``year`` is the
    year of its batch.
    """

    id: str
    title: Words
    field: Words
    batch: Words
    year: Quantity
    provinces: Words
    cities: Words
    reach: Words
    confidence: Words


def register_lines(register: Register) -> tuple[RegisterLine, ...]:
    """Return a line for each cluster, in the register's order."""
    return tuple(_line(cluster, register) for cluster in register.clusters)


def year_of(cluster: Cluster, register: Register) -> Quantity:
    """Return the year in which a cluster was named."""
    basis = Computed(_NAMED_IN, FROM_BATCH, Confidence.CONFIRMED, rows=register.row_of(cluster))
    return exactly(cluster.year, YEAR, basis)


def reach_of(cluster: Cluster) -> Label:
    """Return 跨省 for a cluster that touches several provinces, 跨市 for another cross-regional one, else 单市.

    Nobody knows it of a cluster without a name and a city, though it is counted as not cross-regional.
    """
    if not cluster.cross_regional:
        return SINGLE if cluster.cities else NOT_TRACED
    return ACROSS_PROVINCES if len(cluster.provinces) > 1 else _ACROSS_CITIES


def _year_in_line(cluster: Cluster, register: Register) -> Quantity:
    """Return the year under the name that it has in the findings, so that no line is made twice for its sake."""
    return year_of(cluster, register).named(f"register[{cluster.id}].year")


def _line(cluster: Cluster, register: Register) -> RegisterLine:
    return RegisterLine(
        id=cluster.id,
        title=title_of(cluster),
        field=field_of(cluster) or NOT_TRACED,
        batch=batch_words(cluster.batch),
        year=_year_in_line(cluster, register),
        provinces=_joined(cluster.provinces),
        cities=_cities(cluster, register),
        reach=reach_of(cluster),
        confidence=CONFIDENCE[cluster.confidence],
    )


def _cities(cluster: Cluster, register: Register) -> Words:
    if not cluster.cities:
        return NOT_TRACED
    if cluster.id in register.incomplete:
        return _and_others(cluster.cities)
    return _joined(cluster.cities)


@lru_cache(maxsize=_KEPT)
def _and_others(names: tuple[str, ...]) -> Words:
    return Label.of("said.and_others", names=names)


@lru_cache(maxsize=_KEPT)
def _joined(names: tuple[str, ...]) -> Words:
    return names[0] if len(names) == 1 else Label.of("said.names", names=names) if names else ""
