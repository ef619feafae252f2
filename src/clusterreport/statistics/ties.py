"""The network of cities that share a cluster: who is tied to whom, how closely, and how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Series, Tie
from clusterreport.quantities import (
    CLUSTERS,
    KILOMETRES,
    PERCENT,
    PIECES,
    Computed,
    Confidence,
    Quantity,
    Unit,
    exactly,
    unknown,
)
from clusterreport.statistics import networks
from clusterreport.statistics.counts import cities_with
from clusterreport.statistics.findings import Panel
from clusterreport.statistics.geometry import great_circle
from clusterreport.statistics.measures import measured, ranking
from clusterreport.statistics.register import city_confidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from clusterreport.datasets import Cluster
    from clusterreport.statistics.findings import Ranking
    from clusterreport.statistics.register import Clusters, Register

PAIRS: Final = Unit("对", "pair", "count")
DEGREES: Final = Unit("°", "°", "ratio")
PARTNERS_LABEL: Final = "各城市的伙伴城市数"


@dataclass(frozen=True, slots=True)
class CityPair:
    """Two cities with the clusters they share, and the great-circle distance between them in km; ``name`` 甲—乙."""

    name: str
    first: str
    second: str
    shared: Quantity
    distance: Quantity
    across_provinces: bool


@dataclass(frozen=True, slots=True)
class Community:
    """Cities more closely tied to each other than to the rest; ``name`` is that of the best-tied city and 等."""

    name: str
    cities: tuple[str, ...]
    size: Quantity


@dataclass(frozen=True, slots=True)
class Network:
    """Cities as nodes, tied where they share at least one cluster.

    ``cities`` have a cluster; ``tied`` of them share one, ``isolated`` none that is known. ``ties`` counts pairs;
    ``density`` is the share of all possible pairs that are tied, in per cent. ``components`` counts the parts (of at
    least two cities) that hang together, ``largest_component`` the cities of the largest. ``communities`` are found by
    the Louvain method with a fixed seed, by size. ``by_partners`` ranks tied cities by the number of partner cities,
    ``by_ties`` by ties counted once for each shared cluster. ``strongest`` are the pairs with the most shared clusters
    (at most ten; the nearer first among equals). ``panel`` (categories: tied cities, series: partners, groups:
    communities) and ``map`` (series: longitude, latitude, clusters; groups: regions) carry the ties.
    """

    cities: Quantity
    tied: Quantity
    isolated: Quantity
    ties: Quantity
    density: Quantity
    components: Quantity
    largest_component: Quantity
    communities: tuple[Community, ...]
    community_count: Quantity
    by_partners: Ranking
    by_ties: Ranking
    strongest: tuple[CityPair, ...]
    panel: Panel
    map: Panel


@dataclass(frozen=True, slots=True)
class Ties:
    """Which cities have clusters, and which clusters each pair of them shares; both keep the cities' order."""

    clusters_of: Mapping[str, Clusters]
    shared: Mapping[networks.Pair, Clusters]

    @property
    def weights(self) -> dict[networks.Pair, int]:
        """Return the number of shared clusters of each pair."""
        return {pair: len(clusters) for pair, clusters in self.shared.items()}

    @property
    def tied(self) -> tuple[str, ...]:
        """Return the cities that share a cluster with another."""
        ends = {city for pair in self.shared for city in pair}
        return tuple(city for city in self.clusters_of if city in ends)

    def joint_of(self, city: str) -> Clusters:
        """Return the clusters that tie ``city`` to another city."""
        return tuple(cluster for cluster in self.clusters_of.get(city, ()) if len(cluster.cities) > 1)

    def joint(self, cities: Iterable[str]) -> Clusters:
        """Return the clusters that tie any of ``cities`` to another city."""
        wanted = set(cities)
        found = {each.id: each for pair, shared in self.shared.items() if wanted & set(pair) for each in shared}
        return tuple(sorted(found.values(), key=lambda cluster: cluster.row))


def ties_of(register: Register) -> Ties:
    """Return the cities of the register with the clusters that tie them."""
    clusters_of = register.by_city(register.clusters)
    order = {city: place for place, city in enumerate(clusters_of)}
    shared: dict[networks.Pair, list[Cluster]] = {}
    for cluster in register.clusters:
        for first, second in combinations(sorted(cluster.cities, key=order.__getitem__), 2):
            shared.setdefault((first, second), []).append(cluster)
    ordered = sorted(shared, key=lambda pair: (order[pair[0]], order[pair[1]]))
    return Ties(clusters_of, {pair: tuple(shared[pair]) for pair in ordered})


def network_of(register: Register, ties: Ties) -> Network:
    """Return the findings on the network of cities."""
    tied, weights = ties.tied, ties.weights
    together = ties.joint(tied)
    rows = register.rows(together)
    parts = networks.components(tied, weights)
    groups = communities_of(register, ties)
    by_partners = partner_ranking(register, ties)

    def count(amount: int, label: str, formula: str, unit: Unit = PIECES) -> Quantity:
        return exactly(amount, unit, Computed(label, formula, Confidence.LIKELY, rows=rows))

    return Network(
        cities=cities_with(register, register.clusters, "有集群的城市数"),
        tied=count(len(tied), "有共建集群的城市数", "与其他城市同属至少一个集群的城市计数"),
        isolated=count(
            len(ties.clusters_of) - len(tied), "未查明伙伴城市的城市数", "有集群的城市数－有共建集群的城市数"
        ),
        ties=count(len(weights), "共建集群的城市对数", "同属至少一个集群的两个城市算一对", PAIRS),
        density=measured(
            _percent(networks.density(len(ties.clusters_of), len(weights))),
            PERCENT,
            Computed(
                "城市网络密度", "2m÷［n（n－1）］×100%，m为城市对数，n为有集群的城市数", Confidence.LIKELY, rows=rows
            ),
        ),
        components=count(len(parts), "城市网络的连通部分数", "经共建集群可相互到达的城市算一个部分，至少两个城市"),
        largest_component=count(
            max(map(len, parts), default=0), "最大连通部分的城市数", "各连通部分中城市数最多者的城市计数"
        ),
        communities=groups,
        community_count=count(len(groups), "城市社群数", _LOUVAIN),
        by_partners=by_partners,
        by_ties=_tie_ranking(register, ties),
        strongest=strongest_pairs(register, ties),
        panel=_network_panel(register, ties, by_partners, groups),
        map=_map_panel(register, ties),
    )


def partner_ranking(register: Register, ties: Ties) -> Ranking:
    """Return the tied cities by the number of cities that they share a cluster with."""
    found = networks.degrees(ties.tied, ties.weights)
    return _ranked_cities(
        register, ties, found, (PARTNERS_LABEL, "与该市同属至少一个集群的其他城市去重计数，不含未查明的成员城市")
    )


def city_count(register: Register, ties: Ties, city: str, amount: int, words: tuple[str, str]) -> Quantity:
    """Return a count of ``city`` that rests on the clusters it shares with others; ``words`` are label and formula.

    A city none of whose partners are known, though it must have some, has an unknown number of them.
    """
    clusters = ties.joint_of(city)
    gaps = any(cluster.id in register.incomplete for cluster in ties.clusters_of.get(city, ()))
    confidence = min(city_confidence(clusters), Confidence.LIKELY if gaps else Confidence.CONFIRMED)
    basis = Computed(*words, confidence, rows=register.rows(clusters))
    return unknown(PIECES, basis) if gaps and not amount else exactly(amount, PIECES, basis)


def cluster_count(register: Register, ties: Ties, name: str) -> Quantity:
    """Return the number of clusters of a city; sure where a source printed the same number."""
    clusters = ties.clusters_of.get(name, ())
    key = (f"city:{name}", "national_clusters")
    found = register.tally(clusters, "各城市集群数", "名录中列有该城市的集群计数", key)
    if found.confidence is Confidence.CONFIRMED or not isinstance(found.basis, Computed):
        return found
    confidence = min(Confidence.LIKELY, city_confidence(clusters))
    basis = Computed(found.basis.label, found.basis.formula, confidence, rows=found.basis.rows)
    return exactly(len(clusters), CLUSTERS, basis)


def shared_count(register: Register, clusters: Clusters) -> Quantity:
    """Return how many clusters two cities share."""
    basis = Computed(
        "两市共同参与的集群数", "同时列有两个城市的集群计数", city_confidence(clusters), rows=register.rows(clusters)
    )
    return exactly(len(clusters), CLUSTERS, basis)


def distance_of(register: Register, first: str, second: str) -> float | None:
    """Return the great-circle distance of two cities in km; None where a coordinate is not known."""
    ends = register.city[first], register.city[second]
    degrees = [float(x) for city in ends for x in (city.longitude, city.latitude) if x is not None]
    return great_circle(*degrees) if len(degrees) == len(ends) * 2 else None


def distance_quantity(register: Register, first: str, second: str) -> Quantity:
    """Return the great-circle distance of two cities as a quantity."""
    rows = register.city_rows((first, second))
    basis = Computed("城市间球面距离", "按两市经纬度以半正矢公式计算", Confidence.CONFIRMED, rows=rows)
    return measured(distance_of(register, first, second), KILOMETRES, basis)


def or_far(distance: Decimal | None) -> float:
    """Return ``distance`` for sorting: one that is not known comes after all others."""
    return float("inf") if distance is None else float(distance)


def strongest_pairs(register: Register, ties: Ties) -> tuple[CityPair, ...]:
    """Return at most ten pairs that share several clusters, the most first, and the nearer first among equals."""
    several = [pair for pair, clusters in ties.shared.items() if len(clusters) > 1]
    pairs = [_pair(register, pair, ties.shared[pair]) for pair in several]
    return tuple(sorted(pairs, key=lambda pair: (-(pair.shared.amount or 0), or_far(pair.distance.amount)))[:_SHOWN])


def communities_of(register: Register, ties: Ties) -> tuple[Community, ...]:
    """Return the communities of the tied cities, the largest first, each named after its city with the most ties."""
    strength = networks.weighted_degrees(ties.tied, ties.weights)
    found = []
    for cities in networks.communities(ties.tied, ties.weights):
        best = max(cities, key=lambda city: strength[city])
        rows = register.rows(ties.joint(cities))
        size = exactly(len(cities), PIECES, Computed("城市社群的城市数", _LOUVAIN, Confidence.LIKELY, rows=rows))
        found.append(Community(f"{best}等", cities, size))
    return tuple(found)


_LOUVAIN: Final = "以共同集群数为权重，用鲁汶算法（Louvain，固定随机种子）划分"
_SHOWN: Final = 10


def _pair(register: Register, pair: networks.Pair, clusters: Clusters) -> CityPair:
    first, second = pair
    return CityPair(
        name=f"{first}—{second}",
        first=first,
        second=second,
        shared=shared_count(register, clusters),
        distance=distance_quantity(register, first, second),
        across_provinces=register.city[first].province != register.city[second].province,
    )


def _tie_ranking(register: Register, ties: Ties) -> Ranking:
    found = networks.weighted_degrees(ties.tied, ties.weights)
    return _ranked_cities(register, ties, found, ("各城市的联系次数", "与每个伙伴城市的共同集群数相加"))


def _ranked_cities(register: Register, ties: Ties, found: Mapping[str, int], words: tuple[str, str]) -> Ranking:
    return ranking(words[0], [(city, city_count(register, ties, city, found[city], words)) for city in found])


def _network_panel(register: Register, ties: Ties, by_partners: Ranking, groups: Sequence[Community]) -> Panel:
    group_of = {city: group.name for group in groups for city in group.cities}
    names = tuple(item.name for item in by_partners.items)
    return Panel(
        "共建集群的城市网络",
        names,
        (Series("伙伴城市数", tuple(item.value for item in by_partners.items)),),
        groups=tuple(group_of[name] for name in names),
        ties=_drawn_ties(register, ties),
    )


def _map_panel(register: Register, ties: Ties) -> Panel:
    names = tuple(ties.clusters_of)
    sizes = [cluster_count(register, ties, name) for name in names]
    return Panel(
        "有集群的城市及其联系",
        names,
        (
            Series("经度", tuple(_degree(register, name, register.city[name].longitude) for name in names)),
            Series("纬度", tuple(_degree(register, name, register.city[name].latitude) for name in names)),
            Series("集群数", tuple(sizes)),
        ),
        groups=tuple(register.city[name].region for name in names),
        ties=_drawn_ties(register, ties),
    )


def _degree(register: Register, city: str, degrees: Decimal | None) -> Quantity:
    rows = register.city_rows((city,))
    basis = Computed("城市经纬度", "取自GeoNames（WGS84，CC BY 4.0）", Confidence.CONFIRMED, rows=rows)
    return measured(degrees, DEGREES, basis)


def _drawn_ties(register: Register, ties: Ties) -> tuple[Tie, ...]:
    return tuple(Tie(*pair, shared_count(register, clusters)) for pair, clusters in ties.shared.items())


def _percent(part: float | None) -> float | None:
    return None if part is None else 100 * part
