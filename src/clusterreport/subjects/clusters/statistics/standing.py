"""The place of every city among all: clusters, partners and ties, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import ranking
from clusterreport.analysis.rankings import item_called
from clusterreport.foremost import first_places
from clusterreport.locale import Label
from clusterreport.quantity import PLACE, Computed, Confidence, Quantity, exactly, unknown
from clusterreport.subjects.clusters.statistics.chinese import marked
from clusterreport.subjects.clusters.statistics.counts import NATION_CLUSTERS, all_clusters
from clusterreport.subjects.clusters.statistics.register import CROSS_REGIONAL, city_confidence
from clusterreport.subjects.clusters.statistics.ties import CLUSTERS_LABEL, PARTNERS_LABEL, city_count, cluster_count
from clusterreport.subjects.clusters.units import CLUSTERS

if TYPE_CHECKING:
    from clusterreport.analysis.rankings import Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import City
    from clusterreport.subjects.clusters.statistics.register import Register
    from clusterreport.subjects.clusters.statistics.ties import Network, Ties


@dataclass(frozen=True, slots=True)
class CityStanding:
    """A city in a comparison.

    ``clusters`` it takes part in, ``joint`` of them cross-regional, ``partners`` cities it shares one with, ``ties``
    the same counted once for each shared cluster; ``place`` by clusters (``tied`` with others or not),
    ``partners_place`` by partners (``partners_tied``), ``ties_place`` by ties. ``agglomeration`` carries its own mark
    （待核） where it is unconfirmed; "" if unknown.
    """

    name: str
    province: str
    agglomeration: Words
    clusters: Quantity
    joint: Quantity
    partners: Quantity
    ties: Quantity
    place: Quantity
    tied: bool
    partners_place: Quantity
    partners_tied: bool
    ties_place: Quantity
    focus: bool


_SHOWN: Final = 10
_NEIGHBOURS: Final = 2
_NO_TIES: Final = Computed(Label.of("city.no_ties"), Label.of("city.no_ties_how"), Confidence.LIKELY)


@dataclass(frozen=True, slots=True)
class CityRanking:
    """All cities of the register, ranked; ``by_clusters`` ranks those that have a cluster."""

    register: Register
    ties: Ties
    network: Network
    by_clusters: Ranking

    @classmethod
    def of(cls, register: Register, ties: Ties, network: Network) -> CityRanking:
        """Return the ranking of the register's cities."""
        counts = [(name, cluster_count(register, ties, name)) for name in ties.clusters_of]
        rows = register.rows(register.placed)
        ranked = ranking(CLUSTERS_LABEL, counts, all_clusters(register), NATION_CLUSTERS, rows=rows)
        return cls(register, ties, network, ranked)

    def row(self, name: str, focus: str) -> CityStanding:
        """Return the row of the city ``name``; a city without a cluster has no place."""
        held = {item.name: item for item in self.by_clusters.items}.get(name)
        partners, ties = item_called(self.network.by_partners, name), item_called(self.network.by_ties, name)
        city = self.register.city[name]
        own = self.ties.of(name)
        crossing = own.where(lambda cluster: cluster.cross_regional, CROSS_REGIONAL)
        basis = Computed(
            Label.of("city.cross"), Label.of("city.cross_how"), city_confidence(own),
            rows=self.register.rows(crossing),
        )  # fmt: skip
        nothing = city_count(self.register, self.ties, name, 0, (PARTNERS_LABEL, Label.of("city.no_partners_how")))
        return CityStanding(
            name=name,
            province=city.province,
            agglomeration=agglomeration_words(city),
            clusters=held.value if held else cluster_count(self.register, self.ties, name),
            joint=exactly(len(crossing), CLUSTERS, basis),
            partners=partners.value if partners else nothing,
            ties=ties.value if ties else nothing,
            place=held.place if held else unknown(PLACE, _NO_TIES),
            tied=held.tied if held else False,
            partners_place=partners.place if partners else unknown(PLACE, _NO_TIES),
            partners_tied=partners.tied if partners else False,
            ties_place=ties.place if ties else unknown(PLACE, _NO_TIES),
            focus=name == focus,
        )

    def top(self, focus: str) -> tuple[tuple[CityStanding, ...], bool]:
        """Return the first ten rows by clusters and whether some are left out that tie with the last of them.

        Cities that share a place are all in or, where they are too many, all out, but for the first place. The focus
        city stands last if it is not among them.
        """
        chosen, cut = first_places(self.by_clusters.items, _SHOWN, lambda item: item.value.amount)
        names = tuple(item.name for item in chosen)
        if focus not in names:
            names = (*names, focus)
        return tuple(self.row(name, focus) for name in names), cut

    def neighbours(self, focus: str) -> tuple[CityStanding, ...]:
        """Return the two rows above that of ``focus`` and the two below it."""
        order = tuple(item.name for item in self.by_clusters.items)
        if focus not in order:
            return ()
        place = order.index(focus)
        names = (*order[max(0, place - _NEIGHBOURS) : place], *order[place + 1 : place + 1 + _NEIGHBOURS])
        return tuple(self.row(name, focus) for name in names)


def agglomeration_words(city: City) -> Words:
    """Return the city's urban agglomeration, with its mark where it is unconfirmed; "" if none is known."""
    doubtful = city.agglomeration_confidence <= Confidence.UNCONFIRMED
    return marked(city.agglomeration) if city.agglomeration and doubtful else city.agglomeration
