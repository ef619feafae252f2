"""How far clusters reach across cities and provinces: the stock against the intake, like for like."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import difference, ratio, share
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.analysis.selecting import Chosen
from clusterreport.document.wording import rounded
from clusterreport.locale import Label
from clusterreport.quantity import PIECES, POINTS, RATIO, Computed, Confidence, Quantity, exactly
from clusterreport.subjects.clusters.statistics.chinese import title_of, year_words
from clusterreport.subjects.clusters.statistics.counts import (
    PROVINCES_PER_CLUSTER,
    PROVINCES_PER_CLUSTER_HOW,
    all_clusters,
    cities_per_cluster,
    intake_clusters,
    province_places,
    stock_clusters,
)
from clusterreport.subjects.clusters.statistics.distances import Distances, distances_of
from clusterreport.subjects.clusters.statistics.listing import ACROSS_PROVINCES, SINGLE
from clusterreport.subjects.clusters.statistics.metrics import name_of
from clusterreport.subjects.clusters.statistics.register import CROSS_REGIONAL, new_in
from clusterreport.subjects.clusters.statistics.register import upto as upto_year
from clusterreport.subjects.clusters.statistics.ties import Network, Ties, network_of
from clusterreport.subjects.clusters.units import CLUSTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.locale import Words
    from clusterreport.quantity import Unit
    from clusterreport.subjects.clusters.records import Cluster
    from clusterreport.subjects.clusters.statistics.register import Clusters, Groups, Register


SHARE: Final = Label.of("reach.share")
WITHIN_PROVINCE: Final = Label.of("reach.is_within_province")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a set of clusters reaches; ``name`` is "截至2022年", "2024年新增" or "截至2024年" in words.

    ``cross`` of the ``clusters`` are cross-regional, ``share`` in per cent. They split into ``cross_province`` (two
    provinces or more) and ``within_province``; ``single`` is the rest. ``cross_province_share`` is of all
    ``clusters``. The averages are per cluster; cities only over the clusters whose list of cities is complete.
    """

    name: Words
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
    title: Words
    remark: str


@dataclass(frozen=True, slots=True)
class Assumed:
    """A cluster that names no city and is counted in the municipality in which it lies."""

    id: str
    title: Words
    city: Words


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
    ``cityless_count`` name no city; ``assumed`` lists those of them that are counted in their municipality.
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
    cityless_count: Quantity
    assumed: tuple[Assumed, ...]
    assumed_count: Quantity


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
    incomplete = register.clusters.where(lambda cluster: cluster.id in register.incomplete, register.in_gaps)
    rows = register.rows(incomplete)
    assumed = register.placed.where(lambda cluster: not cluster.cities, 'cities = ""')
    return Integration(
        stock=stock,
        intake=intake,
        total=total,
        change=difference(
            total.share,
            stock.share,
            POINTS,
            Label.of("reach.change"),
            Label.of("reach.change_how"),
        ),
        contrast=difference(
            intake.share,
            stock.share,
            POINTS,
            Label.of("reach.contrast"),
            Label.of("reach.contrast_how"),
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
            Computed(Label.of("reach.incomplete"), Label.of("reach.incomplete_how"), Confidence.CONFIRMED, rows=rows),
        ),
        cityless_count=register.tally(
            register.clusters.where(lambda cluster: not cluster.cities, 'cities = ""'),
            Label.of("reach.cityless"),
            Label.of("reach.cityless_how"),
        ),
        assumed=tuple(
            Assumed(each.id, title_of(each), Label.of("said.names", names=register.cities_of(each))) for each in assumed
        ),
        assumed_count=register.tally(assumed, Label.of("reach.assumed"), Label.of("reach.assumed_how")),
    )


def _reach(register: Register, clusters: Clusters, name: Words, count: Quantity) -> Reach:
    crossing = Chosen.known(clusters).where(lambda cluster: cluster.cross_regional, CROSS_REGIONAL)
    provincial = crossing.where(lambda cluster: len(cluster.provinces) > 1, "count(provinces) > 1")
    city_only = crossing.where(lambda cluster: len(cluster.provinces) <= 1, "count(provinces) <= 1")
    rest = Chosen.known(clusters).where(lambda cluster: not cluster.cross_regional, "cross_regional = false")
    cross = _crossing(register, crossing, clusters, name)

    def tally(found: Clusters, label: Words, formula: Words) -> Quantity:
        return register.tally(found, label, formula, scope=name)

    across = tally(provincial, Label.of("reach.across"), Label.of("reach.across_how"))
    return Reach(
        name=name,
        clusters=count,
        cross=cross,
        share=_share_crossing(cross, count, name),
        cross_province=across,
        cross_province_share=share(
            across, count, Label.of("reach.across_share"), Label.of("reach.across_share_how"), name
        ),
        within_province=tally(city_only, Label.of("reach.within"), Label.of("reach.within_how")),
        single=tally(rest, Label.of("reach.single"), Label.of("reach.single_how")),
        cities_per_cluster=cities_per_cluster(register, clusters, name),
        provinces_per_cluster=ratio(
            province_places(register, clusters),
            count,
            RATIO,
            PROVINCES_PER_CLUSTER,
            PROVINCES_PER_CLUSTER_HOW,
            scope=name,
        ),
    )


def _crossing(register: Register, crossing: Clusters, clusters: Clusters, name: Words) -> Quantity:
    """Return the number of cross-regional clusters; sure where it, or its share of ``clusters``, was printed."""
    label, formula = Label.of("reach.cross"), Label.of("reach.cross_how")
    if len(clusters) == len(register.clusters):
        return register.tally(crossing, label, formula, ("nation", "cross_regional_clusters"), scope=name)
    year = max((cluster.year for cluster in clusters), default="")
    printed = register.printed("nation", name_of("cross_regional_share", year=year))
    found = register.tally(crossing, label, formula, scope=name)
    if printed is None or rounded(Decimal(100 * len(crossing)) / len(clusters), 0) != printed:
        return found
    basis = Computed(label, formula, Confidence.CONFIRMED, rows=register.rows(crossing), scope=name)
    return exactly(len(crossing), CLUSTERS, basis)


def _shares(register: Register) -> Panel:
    """Return the share of cross-regional clusters year by year, of all named so far and of the year's own."""
    upto, own = [], []
    for year in register.years:
        everyone = register.clusters.where(_named_until(year), f"year <= {year}")
        upto.append(_share_of(register, everyone, upto_year(year)))
        own.append(_share_of(register, register.named_in(year), new_in(year)))
    series = (
        PanelSeries(Label.of("reach.cumulative"), tuple(upto)),
        PanelSeries(Label.of("reach.of_the_year"), tuple(own)),
    )
    return Panel(SHARE, tuple(year_words(year) for year in register.years), series)


def _named_until(year: int) -> Callable[[Cluster], bool]:
    return lambda cluster: cluster.year <= year


def _share_of(register: Register, clusters: Clusters, name: Words) -> Quantity:
    whole = register.tally(clusters, Label.of("reach.clusters"), Label.of("reach.clusters_how"), scope=name)
    crossing = Chosen.known(clusters).where(lambda cluster: cluster.cross_regional, CROSS_REGIONAL)
    return _share_crossing(_crossing(register, crossing, clusters, name), whole, name)


def _share_crossing(cross: Quantity, whole: Quantity, name: Words) -> Quantity:
    return share(cross, whole, SHARE, Label.of("reach.share_how"), name)


def _extent(stock: Reach, intake: Reach) -> Panel:
    return Panel(
        Label.of("reach.extent"),
        (SINGLE, WITHIN_PROVINCE, ACROSS_PROVINCES),
        tuple(
            PanelSeries(each.name, (each.single, each.within_province, each.cross_province)) for each in (stock, intake)
        ),
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
    clusters = register.in_agglomeration(name, cities)
    confidence = min(register.city[city].agglomeration_confidence for city in cities)
    doubtful = confidence <= Confidence.UNCONFIRMED

    def count(amount: int, unit: Unit, label: Words, formula: Words) -> Quantity:
        counted = Label.of("agglomeration.doubtful", formula=formula) if doubtful else formula
        return exactly(amount, unit, Computed(label, counted, confidence, rows=register.rows(clusters)))

    crossing = sum(cluster.cross_regional for cluster in clusters)
    holding = sum(1 for city in cities if city in groups)
    return Agglomeration(
        name,
        clusters=count(
            len(clusters), CLUSTERS, Label.of("agglomeration.clusters"), Label.of("agglomeration.clusters_how")
        ),
        cross=count(crossing, CLUSTERS, Label.of("agglomeration.cross"), Label.of("agglomeration.cross_how")),
        cities=count(holding, PIECES, Label.of("agglomeration.cities"), Label.of("agglomeration.cities_how")),
    )
