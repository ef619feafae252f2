"""One city among all: its clusters with their published figures, its partners, and its place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING

from clusterreport.analysis.measures import measured, ranking, share
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.analysis.selecting import Chosen, either, equals
from clusterreport.document.model import Tie
from clusterreport.locale import Label
from clusterreport.quantity import KILOMETRES, PIECES, Computed, Confidence, Quantity, exactly, unknown
from clusterreport.subjects.clusters.statistics.chinese import CONFIDENCE, NOT_TRACED, batch_words, title_of
from clusterreport.subjects.clusters.statistics.focus import city_called
from clusterreport.subjects.clusters.statistics.history import (
    CityHistory,
    ProvinceHistory,
    city_history,
    province_history,
)
from clusterreport.subjects.clusters.statistics.listing import year_of
from clusterreport.subjects.clusters.statistics.metrics import is_output
from clusterreport.subjects.clusters.statistics.register import city_confidence, field_of
from clusterreport.subjects.clusters.statistics.standing import CityRanking, CityStanding, agglomeration_words
from clusterreport.subjects.clusters.statistics.ties import distance_of, distance_quantity, shared_count
from clusterreport.subjects.clusters.units import CLUSTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clusterreport.analysis.rankings import Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import Cluster
    from clusterreport.subjects.clusters.statistics.published import FigureFinding, PublishedFigures
    from clusterreport.subjects.clusters.statistics.register import Clusters, Register
    from clusterreport.subjects.clusters.statistics.ties import Network, Ties


@dataclass(frozen=True, slots=True)
class CityCluster:
    """A cluster in which the city takes part.

    ``partners`` are the other cities; ``figures`` what was published of the cluster, each with its own measure:
    they are not to be added up. ``confidence`` is in words.
    """

    id: str
    title: Words
    field: Words
    batch: Words
    year: Quantity
    partners: tuple[str, ...]
    partner_count: Quantity
    cross_regional: bool
    cross_province: bool
    confidence: Words
    figures: tuple[FigureFinding, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """A city that shares ``clusters`` (titles) with the focus city; ``distance`` along the great circle, in km."""

    name: str
    province: str
    shared: Quantity
    clusters: tuple[Words, ...]
    distance: Quantity


@dataclass(frozen=True, slots=True)
class FocusCity:
    """The city of the case study.

    ``count`` of its ``clusters``, ``joint`` of which are cross-regional (``joint_share`` in per cent). ``standing`` is
    the city's own line; ``comparison`` the first ten cities by clusters (the focus city is always in, and
    what ties with the last of them; where it is not, ``comparison_cut`` is True),
    ``neighbours`` the two cities above and the two below it in that order.
    ``by_clusters`` ranks all ``cities`` that have a cluster, ``by_partners`` those that share one.
    ``partners`` are sorted by shared clusters; ``nearest``, ``farthest``, ``mean_distance`` over them, unknown where
    there are none.
    ``figures`` were published of the city itself. ``fields`` ranks the fields of its clusters. ``ego`` is a panel of
    the city and its partners (series: shared clusters, for the city itself all of its own; ties between all of them).
    ``history`` is how its place moved with the latest year, ``home`` what its province holds and held.
    ``measures`` are the measures in which output was published for its clusters; ``summable`` is True only where there
    is one measure, of one known year.
    """

    name: str
    province: str
    region: str
    level: str
    agglomeration: Words
    count: Quantity
    joint: Quantity
    joint_share: Quantity
    cities: Quantity
    clusters: tuple[CityCluster, ...]
    standing: CityStanding
    comparison: tuple[CityStanding, ...]
    comparison_cut: bool
    neighbours: tuple[CityStanding, ...]
    history: CityHistory
    home: ProvinceHistory
    by_clusters: Ranking
    by_partners: Ranking
    partners: tuple[Partner, ...]
    partner_count: Quantity
    nearest: Quantity
    farthest: Quantity
    mean_distance: Quantity
    fields: Ranking
    figures: tuple[FigureFinding, ...]
    measures: tuple[Words, ...]
    summable: bool
    ego: Panel


def city_of(  # noqa: PLR0913, PLR0917 -- what was found before it
    register: Register, name: str, ties: Ties, network: Network, published: PublishedFigures, provinces: Ranking
) -> FocusCity:
    """Return the findings on the city ``name``, be it 苏州, 苏州市 or Suzhou; UsageError if there is none.

    ``provinces`` ranks those that have a cluster.
    """
    name = city_called(name, register)
    city, own = register.city[name], ties.of(name)
    ranked = CityRanking.of(register, ties, network)
    standing = ranked.row(name, name)
    partners = _partners(register, name, ties)
    outputs = [figure for cluster in own for figure in published.about(cluster.id) if is_output(figure.metric)]
    distances = [km for other in partners if (km := distance_of(register, name, other.name)) is not None]
    named = either([equals("city", name), register.partner_condition(name)])
    rows = register.city_rows([name, *(other.name for other in partners)], named)

    def distance(of: Callable[[Sequence[float]], float], which: Words) -> Quantity:
        incomplete = len(distances) < len(partners)
        formula = Label.of("city.distance_how_incomplete" if incomplete else "city.distance_how", which=which)
        basis = Computed(Label.of("city.distance"), formula, city_confidence(own), rows=rows, scope=which)
        return measured(of(distances) if distances else None, KILOMETRES, basis)

    comparison, cut = ranked.top(name)
    return FocusCity(
        name=name,
        province=city.province,
        region=city.region,
        level=city.level,
        agglomeration=agglomeration_words(city),
        count=standing.clusters,
        joint=standing.joint,
        joint_share=share(
            standing.joint, standing.clusters, Label.of("city.joint_share"), Label.of("city.joint_share_how")
        ),
        cities=network.cities,
        clusters=tuple(_cluster(register, cluster, name, published) for cluster in own),
        standing=standing,
        comparison=comparison,
        comparison_cut=cut,
        neighbours=ranked.neighbours(name),
        history=city_history(register, name, ranked.by_clusters, standing.clusters),
        home=province_history(register, city.province, provinces),
        by_clusters=ranked.by_clusters,
        by_partners=network.by_partners,
        partners=partners,
        partner_count=standing.partners,
        nearest=distance(min, Label.of("city.least")),
        farthest=distance(max, Label.of("city.most")),
        mean_distance=distance(fmean, Label.of("city.mean")),
        fields=_fields(register, own, standing.clusters),
        figures=published.about(f"city:{name}"),
        measures=tuple(dict.fromkeys(figure.label for figure in outputs)),
        summable=len({(figure.metric, figure.year) for figure in outputs}) == 1 and bool(outputs[0].year),
        ego=_ego(register, name, ties, partners),
    )


def _cluster(register: Register, cluster: Cluster, city: str, published: PublishedFigures) -> CityCluster:
    partners = tuple(other for other in cluster.cities if other != city)
    return CityCluster(
        id=cluster.id,
        title=title_of(cluster),
        field=field_of(cluster) or NOT_TRACED,
        batch=batch_words(cluster.batch),
        year=year_of(cluster, register),
        partners=partners,
        partner_count=_partner_count(register, cluster, len(partners)),
        cross_regional=cluster.cross_regional,
        cross_province=cluster.cross_regional and len(cluster.provinces) > 1,
        confidence=CONFIDENCE[cluster.confidence],
        figures=published.about(cluster.id),
    )


def _partner_count(register: Register, cluster: Cluster, named: int) -> Quantity:
    """Return how many partners a cluster names; where its list has gaps, that is no sure number, and 0 is unknown."""
    gaps = cluster.id in register.incomplete
    confidence = min(city_confidence((cluster,)), Confidence.LIKELY if gaps else Confidence.CONFIRMED)
    label, formula = Label.of("city.cluster_partners"), Label.of("city.cluster_partners_how")
    basis = Computed(label, formula, confidence, rows=register.row_of(cluster))
    return unknown(PIECES, basis) if gaps and not named else exactly(named, PIECES, basis)


def _partners(register: Register, name: str, ties: Ties) -> tuple[Partner, ...]:
    found = []
    for pair, clusters in ties.shared.items():
        if name in pair:
            other = pair[1] if pair[0] == name else pair[0]
            found.append(
                Partner(
                    name=other,
                    province=register.city[other].province,
                    shared=shared_count(register, clusters),
                    clusters=tuple(title_of(cluster) for cluster in clusters),
                    distance=distance_quantity(register, name, other),
                )
            )
    order = {city: number for number, city in enumerate(register.city)}
    return tuple(sorted(found, key=lambda other: (-(other.shared.amount or 0), order[other.name])))


def _fields(register: Register, clusters: Clusters, count: Quantity) -> Ranking:
    groups = {field: group for field, group in register.by_field(clusters).items() if group}
    label, formula = Label.of("city.by_field"), Label.of("city.by_field_how")
    values = [
        (
            field,
            exactly(
                len(group),
                CLUSTERS,
                Computed(label, formula, min(Confidence.LIKELY, city_confidence(group)), rows=register.rows(group)),
            ),
        )
        for field, group in groups.items()
    ]
    rows = register.rows(Chosen.known(clusters).where(lambda cluster: cluster.field, 'field != ""'))
    return ranking(label, values, count, Label.of("city.clusters"), rows=rows)


def _ego(register: Register, name: str, ties: Ties, partners: tuple[Partner, ...]) -> Panel:
    names = (name, *(partner.name for partner in partners))
    place = {city: number for number, city in enumerate(ties.clusters_of)}
    ordered = sorted((city for city in names if city in place), key=place.__getitem__)
    drawn = [pair for pair in combinations(ordered, 2) if pair in ties.shared]
    own = shared_count(register, ties.of(name))
    return Panel(
        Label.of("city.ego"),
        names,
        (PanelSeries(Label.of("city.shared"), (own, *(partner.shared for partner in partners))),),
        groups=tuple(register.city[city].province for city in names),
        ties=tuple(Tie(*pair, shared_count(register, ties.shared[pair])) for pair in drawn),
    )
