"""How far clusters reach across cities and provinces: the stock against the intake, like for like."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from clusterreport.document.model import Series
from clusterreport.document.wording import rounded
from clusterreport.quantities import CLUSTERS, PIECES, POINTS, RATIO, Computed, Confidence, Quantity, exactly
from clusterreport.statistics.chinese import title_of
from clusterreport.statistics.counts import (
    all_clusters,
    cities_per_cluster,
    intake_clusters,
    province_places,
    stock_clusters,
)
from clusterreport.statistics.distances import Distances, distances_of
from clusterreport.statistics.findings import Panel
from clusterreport.statistics.measures import difference, ratio, share
from clusterreport.statistics.ties import Network, Ties, network_of

if TYPE_CHECKING:
    from clusterreport.quantities import Unit
    from clusterreport.statistics.register import Clusters, Groups, Register


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a set of clusters reaches; ``name`` is "截至2022年", "2024年新增" or "截至2024年".

    ``cross`` of the ``clusters`` are cross-regional, ``share`` in per cent. They split into ``cross_province`` (two
    provinces or more) and ``within_province``; ``single`` is the rest. ``cross_province_share`` is of all
    ``clusters``. The averages are per cluster; cities only over the clusters whose list of cities is complete.
    """

    name: str
    clusters: Quantity
    cross: Quantity
    share: Quantity
    cross_province: Quantity
    cross_province_share: Quantity
    within_province: Quantity
    single: Quantity
    cities_per_cluster: Quantity
    provinces_per_cluster: Quantity


@dataclass(frozen=True, slots=True)
class Agglomeration:
    """An urban agglomeration: clusters that touch one of its cities, its cities with a cluster. All unconfirmed."""

    name: str
    clusters: Quantity
    cross: Quantity
    cities: Quantity


@dataclass(frozen=True, slots=True)
class Gap:
    """A cluster whose list of cities is known to be incomplete, and what is missing."""

    id: str
    title: str
    remark: str


@dataclass(frozen=True, slots=True)
class Integration:
    """Clusters across cities and provinces.

    ``stock`` (11 of 45), ``intake`` (26 of 35) and ``total`` (37 of 80) are three different bases. ``change`` is like
    for like: the share of the total less that of the stock, in percentage points of unrounded shares. ``contrast`` is
    the intake's share less the stock's, which compares two different sets of clusters.
    ``shares`` has the years as categories and two series: the share among all clusters named so far, and among those
    of the year alone; ``extent`` the categories of reach (single city, across cities, across provinces) with the series
    stock and intake. ``network`` and ``distances`` say how the cities are tied; ``agglomerations`` are by size.
    ``incomplete`` lists clusters whose cities are not all known: numbers over cities are lower bounds.
    """

    stock: Reach
    intake: Reach
    total: Reach
    change: Quantity
    contrast: Quantity
    shares: Panel
    extent: Panel
    network: Network
    distances: Distances
    agglomerations: tuple[Agglomeration, ...]
    incomplete: tuple[Gap, ...]
    incomplete_count: Quantity


def integration_of(register: Register, ties: Ties) -> Integration:
    """Return the findings on clusters across cities and provinces."""
    stock = _reach(register, register.stock, register.stock_name, stock_clusters(register))
    intake = _reach(register, register.intake, register.intake_name, intake_clusters(register))
    total = _reach(register, register.clusters, register.total_name, all_clusters(register))
    gaps = tuple(
        Gap(cluster.id, title_of(cluster), register.incomplete[cluster.id])
        for cluster in register.clusters
        if cluster.id in register.incomplete
    )
    incomplete = tuple(cluster for cluster in register.clusters if cluster.id in register.incomplete)
    rows = register.rows(incomplete)
    return Integration(
        stock=stock,
        intake=intake,
        total=total,
        change=difference(
            total.share,
            stock.share,
            POINTS,
            "跨区域集群占比的变化",
            "全部集群的占比－此前存量的占比，同口径，以未取整的占比相减",
        ),
        contrast=difference(
            intake.share,
            stock.share,
            POINTS,
            "新增与存量跨区域占比之差",
            "新增集群的占比－此前存量的占比，两者范围不同，以未取整的占比相减",
        ),
        shares=_shares(register),
        extent=_extent(stock, intake),
        network=network_of(register, ties),
        distances=distances_of(register, ties),
        agglomerations=_agglomerations(register),
        incomplete=gaps,
        incomplete_count=exactly(
            len(gaps),
            CLUSTERS,
            Computed("城市名单不全的集群数", "备注为成员城市未全部查明的集群计数", Confidence.CONFIRMED, rows=rows),
        ),
    )


def _reach(register: Register, clusters: Clusters, name: str, count: Quantity) -> Reach:
    crossing = tuple(cluster for cluster in clusters if cluster.cross_regional)
    provincial = tuple(cluster for cluster in crossing if len(cluster.provinces) > 1)
    city_only = tuple(cluster for cluster in crossing if len(cluster.provinces) <= 1)
    rest = tuple(cluster for cluster in clusters if not cluster.cross_regional)
    cross = _crossing(register, crossing, clusters, name)
    across = register.tally(provincial, f"跨省集群数（{name}）", "涉及两个及以上省份的跨区域集群计数")
    return Reach(
        name=name,
        clusters=count,
        cross=cross,
        share=share(cross, count, f"跨区域集群占比（{name}）", "跨区域集群数÷同一范围的集群数×100%"),
        cross_province=across,
        cross_province_share=share(across, count, f"跨省集群占比（{name}）", "跨省集群数÷同一范围的集群数×100%"),
        within_province=register.tally(city_only, f"省内跨市集群数（{name}）", "跨区域但只涉及一个省份的集群计数"),
        single=register.tally(rest, f"单市集群数（{name}）", "不跨区域的集群计数"),
        cities_per_cluster=cities_per_cluster(register, clusters, f"平均每个集群涉及的城市数（{name}）"),
        provinces_per_cluster=ratio(
            province_places(register, clusters), count, RATIO, f"平均每个集群涉及的省份数（{name}）", "省次÷集群数"
        ),
    )


def _crossing(register: Register, crossing: Clusters, clusters: Clusters, name: str) -> Quantity:
    """Return the number of cross-regional clusters; sure where it, or its share of ``clusters``, was printed."""
    label, formula = f"跨区域集群数（{name}）", "跨两个及以上地级市，或以跨市区域命名的集群计数"
    if clusters == register.clusters:
        return register.tally(crossing, label, formula, ("nation", "cross_regional_clusters"))
    year = max((cluster.year for cluster in clusters), default="")
    printed = register.printed("nation", f"cross_regional_share_{year}")
    found = register.tally(crossing, label, formula)
    if printed is None or rounded(Decimal(100 * len(crossing)) / len(clusters), 0) != printed:
        return found
    basis = Computed(label, formula, Confidence.CONFIRMED, rows=register.rows(crossing))
    return exactly(len(crossing), CLUSTERS, basis)


def _shares(register: Register) -> Panel:
    """Return the share of cross-regional clusters year by year, of all named so far and of the year's own."""
    upto, own = [], []
    for year in register.years:
        everyone = tuple(cluster for cluster in register.clusters if cluster.year <= year)
        named = tuple(cluster for cluster in everyone if cluster.year == year)
        upto.append(_share_of(register, everyone, f"截至{year}年"))
        own.append(_share_of(register, named, f"{year}年新增"))
    series = (Series("累计集群", tuple(upto)), Series("当年新增集群", tuple(own)))
    return Panel("跨区域集群占比", tuple(f"{year}年" for year in register.years), series)


def _share_of(register: Register, clusters: Clusters, name: str) -> Quantity:
    whole = register.tally(clusters, f"集群数（{name}）", "名录中该范围的集群计数")
    return _reach(register, clusters, name, whole).share


def _extent(stock: Reach, intake: Reach) -> Panel:
    return Panel(
        "集群的空间范围",
        ("单市", "省内跨市", "跨省"),
        tuple(Series(each.name, (each.single, each.within_province, each.cross_province)) for each in (stock, intake)),
    )


def _agglomerations(register: Register) -> tuple[Agglomeration, ...]:
    members: dict[str, list[str]] = {}
    for city in register.data.cities:
        if city.agglomeration:
            members.setdefault(city.agglomeration, []).append(city.name)
    groups = register.by_city(register.clusters)
    found = [_agglomeration(register, name, tuple(cities), groups) for name, cities in members.items()]
    return tuple(sorted(found, key=lambda each: -(each.clusters.amount or 0)))


def _agglomeration(register: Register, name: str, cities: tuple[str, ...], groups: Groups) -> Agglomeration:
    ids = {cluster.id for city in cities for cluster in groups.get(city, ())}
    clusters = tuple(cluster for cluster in register.clusters if cluster.id in ids)
    confidence = min(register.city[city].agglomeration_confidence for city in cities)
    doubt = "，城市群归属待核" if confidence <= Confidence.UNCONFIRMED else ""

    def count(amount: int, unit: Unit, label: str, formula: str) -> Quantity:
        return exactly(amount, unit, Computed(label, formula + doubt, confidence, rows=register.rows(clusters)))

    crossing = sum(cluster.cross_regional for cluster in clusters)
    holding = sum(1 for city in cities if city in groups)
    return Agglomeration(
        name,
        clusters=count(len(clusters), CLUSTERS, "各城市群集群数", "涉及该城市群任一成员城市的集群计数"),
        cross=count(crossing, CLUSTERS, "各城市群跨区域集群数", "涉及该城市群任一成员城市的跨区域集群计数"),
        cities=count(holding, PIECES, "各城市群有集群的城市数", "该城市群中有集群的城市计数"),
    )
