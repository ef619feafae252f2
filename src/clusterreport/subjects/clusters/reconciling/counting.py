"""Counts that only a check asks for, over the clusters that its rule chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import share
from clusterreport.analysis.selecting import both, has, has_any
from clusterreport.locale import Label, takes
from clusterreport.quantity import PIECES, Quantity
from clusterreport.subjects.clusters.reconciling.rulebook import REGIONS
from clusterreport.subjects.clusters.statistics.codes import SEPARATELY_PLANNED
from clusterreport.subjects.clusters.statistics.counts import (
    BY_FIELD,
    all_clusters,
    cities_with,
    field_counts,
    provinces_with,
    region_counts,
)
from clusterreport.subjects.clusters.statistics.patterns import YEAR, filled
from clusterreport.subjects.clusters.statistics.register import upto
from clusterreport.subjects.clusters.units import PROVINCE_PLACES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.reconciling.rulebook import Count
    from clusterreport.subjects.clusters.reconciling.rules import Sides
    from clusterreport.subjects.clusters.statistics.register import Clusters


def counted(sides: Sides, count: Count) -> Quantity | None:
    """Return what ``count`` asks for; None where it speaks of a region whose provinces are not known."""
    if not all(region in REGIONS for region in regions_of(sides, count)):
        return None
    return _COUNTED[count.of](sides, count, _chosen(sides, count))


def regions_of(sides: Sides, count: Count) -> tuple[str, ...]:
    """Return the regions that ``count`` speaks of."""
    return tuple(filled(region, **sides.values) for region in count.regions)


def provinces_of(sides: Sides, count: Count) -> tuple[str, ...]:
    """Return the provinces of these regions."""
    return tuple(province for region in regions_of(sides, count) for province in REGIONS[region])


def _chosen(sides: Sides, count: Count) -> Clusters:
    clusters = sides.register.clusters
    if count.among in {"upto", "year"}:
        year = int(sides.values[YEAR])
        clusters = (
            clusters.where(lambda cluster: cluster.year <= year, f"year <= {year}")
            if count.among == "upto"
            else clusters.where(lambda cluster: cluster.year == year, f"year = {year}")
        )
    if not count.regions:
        return clusters
    provinces = provinces_of(sides, count)
    wanted = set(provinces)
    if count.each:
        condition = both(*(has("provinces", province) for province in provinces))
        return clusters.where(lambda cluster: wanted.issubset(cluster.provinces), condition)
    return clusters.where(lambda cluster: not wanted.isdisjoint(cluster.provinces), has_any("provinces", provinces))


def _clusters(sides: Sides, count: Count, clusters: Clusters) -> Quantity:
    label, how, scope = _label(sides, count.said), _formula(count.said), _scope(sides, count)
    return sides.register.tally(clusters, label, how, _printed(sides, count), scope=scope)


def _provinces(sides: Sides, count: Count, clusters: Clusters) -> Quantity:
    return provinces_with(sides.register, clusters, _label(sides, count.said), _printed(sides, count))


def _cities(sides: Sides, count: Count, clusters: Clusters) -> Quantity:
    return cities_with(sides.register, clusters, _label(sides, count.said), _printed(sides, count))


def _separately_planned(sides: Sides, count: Count, clusters: Clusters) -> Quantity:
    register, label, how = sides.register, _label(sides, count.said), _formula(count.said)
    cities = [name for name in register.by_city(clusters) if register.city[name].level == SEPARATELY_PLANNED]
    printed, scope = _printed(sides, count), _scope(sides, count)
    return register.sum_of(len(cities), clusters, label, how, printed, unit=PIECES, scope=scope)


def _places(sides: Sides, count: Count, clusters: Clusters) -> Quantity:
    groups = sides.register.by_province(clusters)
    amount = sum(len(groups.get(province, ())) for province in provinces_of(sides, count))
    label, how = _label(sides, count.said), _formula(count.said)
    return sides.register.sum_of(amount, clusters, label, how, unit=PROVINCE_PLACES)


def _share(sides: Sides, count: Count, clusters: Clusters) -> Quantity:
    label, how = _label(sides, count.part), _formula(count.part)
    part = sides.register.tally(clusters, label, how, _printed(sides, count))
    return share(part, all_clusters(sides.register), _label(sides, count.said), _formula(count.said))


def _in_field(sides: Sides, count: Count, clusters: Clusters) -> Quantity | None:
    return dict(field_counts(sides.register, clusters, BY_FIELD, _scope(sides, count))).get(sides.name)


def _in_region(sides: Sides, count: Count, clusters: Clusters) -> Quantity | None:
    return region_counts(sides.register, clusters, _scope(sides, count)).get(sides.name)


_COUNTED: Final[Mapping[str, Callable[[Sides, Count, Clusters], Quantity | None]]] = {
    "clusters": _clusters,
    "provinces": _provinces,
    "cities": _cities,
    "separately_planned": _separately_planned,
    "places": _places,
    "share": _share,
    "field": _in_field,
    "region": _in_region,
}
"""What can be counted of clusters, by the name that checks.toml gives it."""


def _printed(sides: Sides, count: Count) -> tuple[str, str]:
    """Return the subject and the metric of the figure that vouches for a count."""
    return sides.figure.subject, count.printed or sides.figure.metric


def _scope(sides: Sides, count: Count) -> Words:
    return upto(int(sides.values[YEAR])) if count.among == "upto" else ""


def _label(sides: Sides, said: str) -> Label:
    """Return what a count is called, with the region or the year that its text names."""
    named = {"region": sides.name, YEAR: sides.values.get(YEAR, "")}
    return Label.of(f"counted.{said}", **{key: name for key, name in named.items() if takes(f"counted.{said}", key)})


def _formula(said: str) -> Label:
    return Label.of(f"counted.{said}_how")
