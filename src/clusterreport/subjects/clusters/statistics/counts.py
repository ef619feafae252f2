"""The counts on which several subjects rest: clusters in time and place, provinces, cities and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import ranking, ratio
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.analysis.selecting import Chosen, both
from clusterreport.locale import Label
from clusterreport.quantity import PIECES, RATIO, Computed, Confidence, Quantity, exactly
from clusterreport.subjects.clusters.statistics.chinese import year_words
from clusterreport.subjects.clusters.statistics.metrics import name_of
from clusterreport.subjects.clusters.units import CLUSTERS, PROVINCE_PLACES, PROVINCES

if TYPE_CHECKING:
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics.register import Clusters, Register

CLASSIFIED: Final = Label.of("count.classified")
PLACES: Final = Label.of("count.places")
BY_PROVINCE: Final = Label.of("count.by_province")
BY_REGION: Final = Label.of("count.by_region")
BY_FIELD: Final = Label.of("count.by_field")
WITH_CLUSTER: Final = Label.of("count.cities_with")
PROVINCES_PER_CLUSTER: Final = Label.of("count.provinces_per_cluster")
PROVINCES_PER_CLUSTER_HOW: Final = Label.of("count.provinces_per_cluster_how")
NATION_CLUSTERS: Final = Label.of("count.nation")
CLUSTER_COUNT: Final = Label.of("count.number")
FROM_BATCH: Final = Label.of("count.from_batch")
_BY_PROVINCE_HOW: Final = Label.of("count.by_province_how")


def all_clusters(register: Register) -> Quantity:
    """Return the number of clusters."""
    return register.tally(
        register.clusters, Label.of("count.clusters"), Label.of("count.clusters_how"), ("nation", "clusters_total")
    )


def stock_clusters(register: Register) -> Quantity:
    """Return the number of clusters named before the latest year."""
    year = register.years[-2] if len(register.years) > 1 else ""
    published = ("nation", name_of("clusters_named", year=year))
    return register.tally(register.stock, Label.of("count.stock"), Label.of("count.stock_how"), published)


def intake_clusters(register: Register) -> Quantity:
    """Return the number of clusters named in the latest year."""
    published = ("nation", name_of("clusters_winning", year=register.years[-1] if register.years else ""))
    return register.tally(register.intake, Label.of("count.intake"), Label.of("count.intake_how"), published)


def classified_clusters(register: Register) -> Quantity:
    """Return the number of clusters whose field is known."""
    return register.tally(register.classified, CLASSIFIED, Label.of("count.classified_how"))


def province_places(register: Register, clusters: Clusters) -> Quantity:
    """Return 省次: every cluster counted once in each province that it touches."""
    amount = sum(len(cluster.provinces) for cluster in clusters)
    return register.sum_of(amount, clusters, PLACES, Label.of("count.places_how"), unit=PROVINCE_PLACES)


def provinces_all(register: Register) -> Quantity:
    """Return the number of provinces that there are."""
    basis = Computed(
        Label.of("count.provinces_all"), Label.of("count.provinces_all_how"), Confidence.CONFIRMED,
        rows=register.province_rows(),
    )  # fmt: skip
    return exactly(len(register.province), PROVINCES, basis)


def provinces_with(register: Register, clusters: Clusters, label: Words, *published: tuple[str, str]) -> Quantity:
    """Return the number of provinces that ``clusters`` touch."""
    amount = sum(1 for group in register.by_province(clusters).values() if group)
    formula = Label.of("count.provinces_with_how")
    return register.sum_of(amount, clusters, label, formula, *published, unit=PROVINCES)


def cities_with(register: Register, clusters: Clusters, label: Words, *published: tuple[str, str]) -> Quantity:
    """Return the number of cities that are known to take part in ``clusters``."""
    formula = Label.of("count.cities_with_how")
    return register.sum_of(len(register.by_city(clusters)), clusters, label, formula, *published, unit=PIECES)


def cities_per_cluster(register: Register, clusters: Clusters, scope: Words = "") -> Quantity:
    """Return the mean number of cities over the clusters whose list of cities is complete as far as we know."""
    listed = Chosen.known(clusters).where(
        lambda cluster: cluster.cities and cluster.id not in register.incomplete,
        both('cities != ""', register.complete),
    )
    of_these = register.tally(listed, Label.of("count.listed"), Label.of("count.listed_how"))
    city_count = sum(len(cluster.cities) for cluster in listed)
    cities = register.sum_of(
        city_count, listed, Label.of("count.member_cities"), Label.of("count.member_cities_how"), unit=PIECES
    )
    label, formula = Label.of("count.cities_per_cluster"), Label.of("count.cities_per_cluster_how")
    return ratio(cities, of_these, RATIO, label, formula, scope=scope)


def field_counts(
    register: Register, clusters: Clusters, label: Words, scope: Words = ""
) -> tuple[tuple[str, Quantity], ...]:
    """Return the number of ``clusters`` in each field; fields are the register's own reading, so never sure."""
    formula = Label.of("count.by_field_how")
    return tuple(
        (
            field,
            exactly(
                len(group),
                CLUSTERS,
                Computed(label, formula, Confidence.LIKELY, rows=register.rows(group), scope=scope),
            ),
        )
        for field, group in register.by_field(clusters).items()
    )


def field_years(register: Register) -> Panel:
    """Return the clusters of each field, a series for each year; the largest field first."""
    order = [item.name for item in ranking("", field_counts(register, register.clusters, "")).items]
    label, series = Label.of("count.field_years"), []
    for year in register.years:
        counts = dict(field_counts(register, register.named_in(year), label))
        series.append(PanelSeries(year_words(year), tuple(counts[field] for field in order)))
    return Panel(label, tuple(order), tuple(series))


def province_counts(register: Register, clusters: Clusters) -> dict[str, Quantity]:
    """Return how many of all clusters touch each province, also the zeros."""
    return {
        name: register.tally(
            group,
            BY_PROVINCE,
            _BY_PROVINCE_HOW,
            (f"province:{name}", "clusters"),
            (f"province:{name}", "clusters_provincial_source"),
        )
        for name, group in register.by_province(clusters).items()
    }


def province_part_counts(register: Register, clusters: Clusters, which: Words) -> dict[str, Quantity]:
    """Return how many of ``clusters`` touch each province, where they are only those of ``which`` ("2024年新增")."""
    return {
        name: register.tally(group, BY_PROVINCE, _BY_PROVINCE_HOW, scope=which)
        for name, group in register.by_province(clusters).items()
    }


def region_counts(register: Register, clusters: Clusters, which: Words) -> dict[str, Quantity]:
    """Return how many of ``clusters`` touch each region; a cluster counts once in each region that it touches."""
    formula, counts = Label.of("count.by_region_how"), {}
    for name, group in register.by_region(clusters).items():
        published = ("nation", name_of("region_of_stock", named=len(clusters), name=name))
        counts[name] = register.tally(group, BY_REGION, formula, published, scope=which)
    return counts
