"""The register as a list of lines, for the long table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.quantities import YEAR, Computed, Confidence, Quantity, exactly
from clusterreport.statistics.chinese import CONFIDENCE, NO_FIELD, batch_words, title_of
from clusterreport.statistics.register import Register, field_of

if TYPE_CHECKING:
    from clusterreport.datasets import Cluster


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One cluster in words: ``title`` is its name, or "（名称未查明）"; lists are joined with 、.

    ``cities`` ends with "等" where the list is known to be incomplete; ``reach`` is 单市, 跨市 or 跨省. ``year`` is the
    year of its batch, ``confidence`` in Chinese.
    """

    id: str
    title: str
    field: str
    batch: str
    year: Quantity
    provinces: str
    cities: str
    reach: str
    confidence: str


def register_lines(register: Register) -> tuple[RegisterLine, ...]:
    """Return a line for each cluster, in the register's order."""
    return tuple(_line(cluster, register) for cluster in register.clusters)


def year_of(cluster: Cluster, register: Register) -> Quantity:
    """Return the year in which a cluster was named."""
    basis = Computed("集群公布年份", "取自名录所列批次", Confidence.CONFIRMED, rows=register.rows((cluster,)))
    return exactly(cluster.year, YEAR, basis)


def reach_of(cluster: Cluster) -> str:
    """Return 跨省 for a cluster that touches several provinces, 跨市 for another cross-regional one, else 单市."""
    if not cluster.cross_regional:
        return "单市"
    return "跨省" if len(cluster.provinces) > 1 else "跨市"


def _line(cluster: Cluster, register: Register) -> RegisterLine:
    return RegisterLine(
        id=cluster.id,
        title=title_of(cluster),
        field=field_of(cluster) or NO_FIELD,
        batch=batch_words(cluster.batch),
        year=year_of(cluster, register),
        provinces="、".join(cluster.provinces),
        cities=_cities(cluster, register),
        reach=reach_of(cluster),
        confidence=CONFIDENCE[cluster.confidence],
    )


def _cities(cluster: Cluster, register: Register) -> str:
    named = "、".join(cluster.cities) or NO_FIELD
    return f"{named}等" if cluster.cities and cluster.id in register.incomplete else named
