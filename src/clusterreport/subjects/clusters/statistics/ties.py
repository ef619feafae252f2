"""The network of cities that share a cluster: who is tied to whom, how closely, and how far apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from clusterreport.analysis import networks
from clusterreport.analysis.geometry import great_circle
from clusterreport.analysis.measures import measured, ranking
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.analysis.selecting import Chosen, both, has, has_any
from clusterreport.document.model import Tie
from clusterreport.foremost import first_places
from clusterreport.locale import Label
from clusterreport.quantity import KILOMETRES, PERCENT, PIECES, Computed, Confidence, Quantity, Unit, exactly, unknown
from clusterreport.subjects.clusters.statistics.chinese import pair_words
from clusterreport.subjects.clusters.statistics.counts import CLUSTER_COUNT, WITH_CLUSTER, cities_with
from clusterreport.subjects.clusters.statistics.register import SEVERAL_CITIES, city_confidence
from clusterreport.subjects.clusters.statistics.sources import coordinates_from, position_how
from clusterreport.subjects.clusters.units import CLUSTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from clusterreport.analysis.rankings import Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import Cluster
    from clusterreport.subjects.clusters.statistics.register import Clusters, Register

PAIRS: Final = Unit("pair", "count")
DEGREES: Final = Unit("degree", "ratio")
PARTNERS_LABEL: Final = Label.of("city.partners")
CLUSTERS_LABEL: Final = Label.of("city.by_city")


@dataclass(frozen=True, slots=True)
class CityPair:
    """Two cities with the clusters they share, and the great-circle distance between them in km; ``name`` 甲—乙."""

    name: Words
    first: str
    second: str
    shared: Quantity
    distance: Quantity
    across_provinces: bool


@dataclass(frozen=True, slots=True)
class Community:
    """Cities more closely tied to each other than to the rest; ``name`` is that of the best-tied city and 等."""

    name: Words
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
    (at most ten). ``panel`` (categories: tied cities, series: partners, groups:
    communities) and ``map`` (series: longitude, latitude, clusters; groups: regions) carry the ties.
    ``coordinates_from`` names the sources of the coordinates of ``cities``.
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
    coordinates_from: Words


@dataclass(frozen=True, slots=True)
class Ties:
    """Which cities have clusters, and which clusters each pair of them shares; both keep the cities' order.

    ``joint`` are the clusters that tie cities to each other.
    """

    joint: Chosen[Cluster]
    clusters_of: Mapping[str, Chosen[Cluster]]
    shared: Mapping[networks.Pair, Chosen[Cluster]]

    @property
    def weights(self) -> dict[networks.Pair, int]:
        """Return the number of shared clusters of each pair."""
        return {pair: len(clusters) for pair, clusters in self.shared.items()}

    @property
    def tied(self) -> tuple[str, ...]:
        """Return the cities that share a cluster with another."""
        ends = {city for pair in self.shared for city in pair}
        return tuple(city for city in self.clusters_of if city in ends)

    def of(self, city: str) -> Chosen[Cluster]:
        """Return the clusters of ``city``."""
        return self.clusters_of.get(city, _NO_CLUSTERS)

    def joint_of(self, city: str) -> Chosen[Cluster]:
        """Return the clusters that tie ``city`` to another city."""
        return self.of(city).where(lambda cluster: len(cluster.cities) > 1, SEVERAL_CITIES)

    def among(self, cities: Iterable[str]) -> Chosen[Cluster]:
        """Return the clusters that tie any of ``cities`` to another city."""
        wanted = tuple(cities)
        ends = frozenset(wanted)
        return self.joint.where(lambda cluster: not ends.isdisjoint(cluster.cities), has_any("cities", wanted))


_NO_CLUSTERS: Final[Chosen[Cluster]] = Chosen.of((), "")


def ties_of(register: Register) -> Ties:
    """Return the cities of the register with the clusters that tie them."""
    clusters_of = register.by_city(register.clusters)
    order = {city: place for place, city in enumerate(clusters_of)}
    shared: dict[networks.Pair, list[Cluster]] = {}
    for cluster in register.clusters:
        for first, second in combinations(sorted(cluster.cities, key=order.__getitem__), 2):
            shared.setdefault((first, second), []).append(cluster)
    ordered = sorted(shared, key=lambda pair: (order[pair[0]], order[pair[1]]))
    joint = register.clusters.where(lambda cluster: len(cluster.cities) > 1, SEVERAL_CITIES)
    return Ties(joint, clusters_of, {pair: _sharing(pair, shared[pair]) for pair in ordered})


def network_of(register: Register, ties: Ties) -> Network:
    """Return the findings on the network of cities."""
    tied, weights = ties.tied, ties.weights
    rows = register.rows(ties.joint)
    parts = networks.components(tied, weights)
    groups = communities_of(register, ties)
    by_partners = partner_ranking(register, ties)

    def count(amount: int, label: Words, formula: Words, unit: Unit = PIECES) -> Quantity:
        return exactly(amount, unit, Computed(label, formula, Confidence.LIKELY, rows=rows))

    return Network(
        cities=cities_with(register, register.clusters, WITH_CLUSTER),
        tied=count(len(tied), Label.of("network.tied"), Label.of("network.tied_how")),
        isolated=count(
            len(ties.clusters_of) - len(tied), Label.of("network.isolated"), Label.of("network.isolated_how")
        ),
        ties=count(len(weights), Label.of("network.ties"), Label.of("network.ties_how"), PAIRS),
        density=measured(
            _percent(networks.density(len(ties.clusters_of), len(weights))),
            PERCENT,
            Computed(Label.of("network.density"), Label.of("network.density_how"), Confidence.LIKELY, rows=rows),
        ),
        components=count(len(parts), Label.of("network.components"), Label.of("network.components_how")),
        largest_component=count(
            max(map(len, parts), default=0), Label.of("network.largest"), Label.of("network.largest_how")
        ),
        communities=groups,
        community_count=count(len(groups), Label.of("network.communities"), _LOUVAIN),
        by_partners=by_partners,
        by_ties=_tie_ranking(register, ties),
        strongest=strongest_pairs(register, ties),
        panel=_network_panel(register, ties, by_partners, groups),
        map=_map_panel(register, ties),
        coordinates_from=coordinates_from(register.city[name] for name in ties.clusters_of),
    )


def partner_ranking(register: Register, ties: Ties) -> Ranking:
    """Return the tied cities by the number of cities that they share a cluster with."""
    found = networks.degrees(ties.tied, ties.weights)
    return _ranked_cities(register, ties, found, (PARTNERS_LABEL, Label.of("city.partners_how")))


def city_count(register: Register, ties: Ties, city: str, amount: int, words: tuple[Words, Words]) -> Quantity:
    """Return a count of ``city`` that rests on the clusters it shares with others; ``words`` are label and formula.

    A city none of whose partners are known, though it must have some, has an unknown number of them.
    """
    clusters = ties.joint_of(city)
    gaps = any(cluster.id in register.incomplete for cluster in ties.of(city))
    confidence = min(city_confidence(clusters), Confidence.LIKELY if gaps else Confidence.CONFIRMED)
    basis = Computed(*words, confidence, rows=register.rows(clusters))
    return unknown(PIECES, basis) if gaps and not amount else exactly(amount, PIECES, basis)


def cluster_count(register: Register, ties: Ties, name: str) -> Quantity:
    """Return the number of clusters of a city; sure where a source printed the same number."""
    clusters = ties.of(name)
    key = (f"city:{name}", "national_clusters")
    found = register.tally(clusters, CLUSTERS_LABEL, Label.of("city.by_city_how"), key)
    if found.confidence is Confidence.CONFIRMED or not isinstance(found.basis, Computed):
        return found
    confidence = min(Confidence.LIKELY, city_confidence(clusters))
    basis = Computed(found.basis.label, found.basis.formula, confidence, rows=found.basis.rows)
    return exactly(len(clusters), CLUSTERS, basis)


def shared_count(register: Register, clusters: Clusters) -> Quantity:
    """Return how many clusters two cities share."""
    basis = Computed(
        Label.of("city.both"), Label.of("city.both_how"), city_confidence(clusters), rows=register.rows(clusters)
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
    basis = Computed(Label.of("distance.two"), Label.of("distance.two_how"), Confidence.CONFIRMED, rows=rows)
    return measured(distance_of(register, first, second), KILOMETRES, basis)


def strongest_pairs(register: Register, ties: Ties) -> tuple[CityPair, ...]:
    """Return the pairs that share the most clusters, of those that share several: ten, or all of a place that ties."""
    several = [pair for pair, clusters in ties.shared.items() if len(clusters) > 1]
    pairs = [_pair(register, pair, ties.shared[pair]) for pair in several]
    in_order = sorted(pairs, key=lambda pair: -(pair.shared.amount or 0))
    chosen, cut = first_places(in_order, _SHOWN, lambda pair: pair.shared.amount)
    return tuple(in_order) if cut else chosen


def communities_of(register: Register, ties: Ties) -> tuple[Community, ...]:
    """Return the communities of the tied cities, the largest first, each named after its city with the most ties."""
    strength = networks.weighted_degrees(ties.tied, ties.weights)
    found = []
    for cities in networks.communities(ties.tied, ties.weights):
        best = max(cities, key=lambda city: strength[city])
        rows = register.rows(ties.among(cities))
        size = exactly(
            len(cities), PIECES, Computed(Label.of("network.community"), _LOUVAIN, Confidence.LIKELY, rows=rows)
        )
        found.append(Community(Label.of("network.community_of", city=best), cities, size))
    return tuple(found)


_LOUVAIN: Final = Label.of("network.louvain")
_SHOWN: Final = 10


def _pair(register: Register, pair: networks.Pair, clusters: Clusters) -> CityPair:
    first, second = pair
    return CityPair(
        name=pair_words(first, second),
        first=first,
        second=second,
        shared=shared_count(register, clusters),
        distance=distance_quantity(register, first, second),
        across_provinces=register.city[first].province != register.city[second].province,
    )


def _tie_ranking(register: Register, ties: Ties) -> Ranking:
    found = networks.weighted_degrees(ties.tied, ties.weights)
    return _ranked_cities(register, ties, found, (Label.of("city.ties"), Label.of("city.ties_how")))


def _ranked_cities(register: Register, ties: Ties, found: Mapping[str, int], words: tuple[Words, Words]) -> Ranking:
    values = [(city, city_count(register, ties, city, found[city], words)) for city in found]
    return ranking(words[0], values, rows=register.rows(ties.joint))


def _network_panel(register: Register, ties: Ties, by_partners: Ranking, groups: Sequence[Community]) -> Panel:
    group_of = {city: group.name for group in groups for city in group.cities}
    names = tuple(item.name for item in by_partners.items)
    return Panel(
        Label.of("network.panel"),
        names,
        (PanelSeries(Label.of("network.partners"), tuple(item.value for item in by_partners.items)),),
        groups=tuple(group_of[name] for name in names),
        ties=_drawn_ties(register, ties),
    )


def _map_panel(register: Register, ties: Ties) -> Panel:
    names = tuple(ties.clusters_of)
    sizes = [cluster_count(register, ties, name) for name in names]
    return Panel(
        Label.of("network.map"),
        names,
        (
            PanelSeries(
                Label.of("network.longitude"),
                tuple(_degree(register, name, register.city[name].longitude) for name in names),
            ),
            PanelSeries(
                Label.of("network.latitude"),
                tuple(_degree(register, name, register.city[name].latitude) for name in names),
            ),
            PanelSeries(CLUSTER_COUNT, tuple(sizes)),
        ),
        groups=tuple(register.city[name].region for name in names),
        ties=_drawn_ties(register, ties),
    )


def _degree(register: Register, city: str, degrees: Decimal | None) -> Quantity:
    rows = register.city_rows((city,))
    how = position_how(register.city[city].coordinate_source)
    basis = Computed(Label.of("network.position"), how, Confidence.CONFIRMED, rows=rows)
    return measured(degrees, DEGREES, basis)


def _sharing(pair: networks.Pair, clusters: list[Cluster]) -> Chosen[Cluster]:
    return Chosen.of(clusters, both(*(has("cities", city) for city in pair)))


def _drawn_ties(register: Register, ties: Ties) -> tuple[Tie, ...]:
    return tuple(Tie(*pair, shared_count(register, clusters)) for pair, clusters in ties.shared.items())


def _percent(part: float | None) -> float | None:
    return None if part is None else 100 * part
