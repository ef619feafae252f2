"""Where the clusters are: provinces, the four regions, concentration, specialisation, and clusters against GDP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.indices import spearman
from clusterreport.analysis.measures import measured, ranking
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.locale import Label
from clusterreport.quantity import RATIO, Computed, Confidence, Quantity, exactly
from clusterreport.subjects.clusters.statistics.chinese import year_words
from clusterreport.subjects.clusters.statistics.concentration import Concentration, concentration_of, lorenz_panel
from clusterreport.subjects.clusters.statistics.counts import (
    BY_PROVINCE,
    BY_REGION,
    CLUSTER_COUNT,
    NATION_CLUSTERS,
    PLACES,
    all_clusters,
    province_counts,
    province_part_counts,
    province_places,
)
from clusterreport.subjects.clusters.statistics.first_places import FirstPlaces, first_places
from clusterreport.subjects.clusters.statistics.provinces import (
    DENSITY,
    GDP,
    ProvinceRecord,
    RegionRecord,
    densities,
    gdp_known,
    gdp_of,
    gdp_year,
    province_records,
    region_records,
)
from clusterreport.subjects.clusters.statistics.sources import gdp_from
from clusterreport.subjects.clusters.statistics.specialisation import Specialisation, specialisation_of
from clusterreport.subjects.clusters.units import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.analysis.rankings import Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import ProvinceValue
    from clusterreport.subjects.clusters.statistics.register import Register


@dataclass(frozen=True, slots=True)
class Correlation:
    """Spearman's rank correlation ``rho`` over ``n`` provinces."""

    rho: Quantity
    n: Quantity


@dataclass(frozen=True, slots=True)
class Regions:
    """Clusters by place.

    ``by_province`` ranks the provinces that have a cluster, ``all_provinces`` all of them, also the zeros; shares are
    of all 省次. ``provinces`` are in the order of ``all_provinces``; ``regions`` in the order 东部、中部、西部、东北,
    ``by_region`` by size. ``by_batch`` is a panel of provinces (ranked) with a series for each year, ``by_period`` the
    same with the two series stock and intake. ``concentration`` is of all clusters; ``first_three`` and ``first_five``
    are the provinces at the first places, with all that share the last of them. ``lorenz`` has the cumulative shares of
    provinces and of clusters, in per cent, from (0, 0).
    ``field_by_region`` (clusters) and ``location_quotient``: categories are regions, each series is a field;
    ``specialised`` are the cells with the highest quotients among those of at least two clusters, at most five.
    ``gdp_correlation`` is over all provinces with a GDP, ``gdp_correlation_sure`` leaves out unconfirmed GDP;
    ``scatter`` has the series GDP (亿元) and clusters over the provinces, its groups are the regions;
    ``by_per_trillion`` ranks the provinces with a cluster by clusters per trillion yuan of GDP, whose sources
    ``gdp_from`` names, and whose year ``gdp_year`` ("" where no GDP is known).
    """

    by_province: Ranking
    all_provinces: Ranking
    by_region: Ranking
    provinces: tuple[ProvinceRecord, ...]
    regions: tuple[RegionRecord, ...]
    by_batch: Panel
    by_period: Panel
    concentration: Concentration
    first_three: FirstPlaces
    first_five: FirstPlaces
    lorenz: Panel
    field_by_region: Panel
    location_quotient: Panel
    specialised: tuple[Specialisation, ...]
    gdp_correlation: Correlation
    gdp_correlation_sure: Correlation
    scatter: Panel
    by_per_trillion: Ranking
    gdp_from: Words
    gdp_year: Words


def regions_of(register: Register) -> Regions:
    """Return the findings on where the clusters are."""
    counts = province_counts(register, register.clusters)
    places = province_places(register, register.clusters)
    rows = register.rows(register.clusters)
    everyone = ranking(BY_PROVINCE, counts.items(), places, PLACES, rows=rows)
    holders = ranking(BY_PROVINCE, [pair for pair in counts.items() if pair[1].amount], places, PLACES, rows=rows)
    density = ranking(DENSITY, densities(register))
    regions = region_records(register)
    field_by_region, location_quotient, specialised = specialisation_of(register)
    names = tuple(item.name for item in holders.items)
    return Regions(
        by_province=holders,
        all_provinces=everyone,
        by_region=ranking(
            BY_REGION,
            [(each.name, each.clusters) for each in regions],
            all_clusters(register),
            NATION_CLUSTERS,
            rows=rows,
        ),
        provinces=province_records(register, everyone, density),
        regions=regions,
        by_batch=_by_year(register, names),
        by_period=_by_period(register, names),
        concentration=concentration_of(register, register.clusters, register.total_name),
        first_three=first_places(holders, 3, places),
        first_five=first_places(holders, 5, places),
        lorenz=lorenz_panel(register),
        field_by_region=field_by_region,
        location_quotient=location_quotient,
        specialised=specialised,
        gdp_correlation=_correlation(register, gdp_known(register), _ALL),
        gdp_correlation_sure=_correlation(register, gdp_known(register, sure=True), _SURE),
        scatter=_scatter(register),
        by_per_trillion=density,
        gdp_from=gdp_from(register.values(GDP).values()),
        gdp_year=gdp_year(register),
    )


_ALL: Final = Label.of("correlation.all")
_SURE: Final = Label.of("correlation.sure")


def _by_year(register: Register, names: tuple[str, ...]) -> Panel:
    series = []
    for year in register.years:
        counts = province_part_counts(register, register.named_in(year), Label.of("scope.named_in", year=year))
        series.append(PanelSeries(year_words(year), tuple(counts[name] for name in names)))
    return Panel(Label.of("region.by_year"), names, tuple(series))


def _by_period(register: Register, names: tuple[str, ...]) -> Panel:
    stock = province_part_counts(register, register.stock, register.stock_name)
    intake = province_part_counts(register, register.intake, register.intake_name)
    series = (
        PanelSeries(register.stock_name, tuple(stock[name] for name in names)),
        PanelSeries(register.intake_name, tuple(intake[name] for name in names)),
    )
    return Panel(Label.of("region.by_period"), names, series)


def _correlation(register: Register, known: Mapping[str, ProvinceValue], which: Words) -> Correlation:
    groups = register.by_province(register.clusters)
    rho = spearman([float(each.value or 0) for each in known.values()], [float(len(groups[name])) for name in known])
    sized = register.value_rows(GDP, known)
    rows = (*register.rows(register.clusters), *sized)
    confidence = min([Confidence.LIKELY, *(each.confidence for each in known.values())])
    formula = Label.of("correlation.rho_how", which=which)
    size = Computed(
        Label.of("correlation.size"), Label.of("correlation.size_how", which=which), Confidence.CONFIRMED, rows=sized
    )
    return Correlation(
        measured(rho, RATIO, Computed(Label.of("correlation.rho"), formula, confidence, rows=rows)),
        exactly(len(known), PROVINCES, size),
    )


def _scatter(register: Register) -> Panel:
    known = gdp_known(register)
    counts = province_counts(register, register.clusters)
    return Panel(
        Label.of("correlation.scatter"),
        tuple(known),
        (
            PanelSeries(Label.of("correlation.gdp"), tuple(gdp_of(register, name) for name in known)),
            PanelSeries(CLUSTER_COUNT, tuple(counts[name] for name in known)),
        ),
        groups=tuple(register.province[name].region for name in known),
    )
