"""Provinces and regions as records: their clusters, their GDP, and clusters per trillion yuan of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.measures import ratio, share
from clusterreport.document.wording import rounded
from clusterreport.locale import Label
from clusterreport.quantity import (
    PER_TRILLION,
    PLACE,
    YUAN_100M,
    Computed,
    Confidence,
    Quantity,
    exactly,
    unknown,
)
from clusterreport.subjects.clusters.statistics.chinese import is_own_words, widened, year_words
from clusterreport.subjects.clusters.statistics.counts import (
    all_clusters,
    intake_clusters,
    province_counts,
    province_part_counts,
    region_counts,
    stock_clusters,
)
from clusterreport.subjects.clusters.units import PROVINCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.analysis.rankings import Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import Province, ProvinceValue
    from clusterreport.subjects.clusters.statistics.register import Register

GDP: Final = "gdp"
"""The measure of the provinces that is GDP."""
DENSITY: Final = Label.of("province.density")


@dataclass(frozen=True, slots=True)
class ProvinceRecord:
    """A province. ``place`` is its place by clusters among all provinces (``tied``: it shares it).

    ``share`` is of all 省次; ``gdp`` in 亿元; ``per_trillion`` clusters per trillion yuan of GDP, and its place among
    the provinces that have a cluster (unknown for the others).
    """

    name: str
    region: str
    clusters: Quantity
    stock: Quantity
    intake: Quantity
    share: Quantity
    place: Quantity
    tied: bool
    gdp: Quantity
    per_trillion: Quantity
    per_trillion_place: Quantity


@dataclass(frozen=True, slots=True)
class RegionRecord:
    """One of the four regions; a cluster counts once in each region that it touches.

    ``share`` is of all clusters of the nation (so that shares of regions may add up to more than 100), ``stock_share``
    and ``intake_share`` likewise of the stock and the intake. ``provinces`` lie in the region, ``provinces_with`` have
    a cluster. ``gdp`` in 亿元; ``per_trillion`` clusters per trillion yuan.
    """

    name: str
    clusters: Quantity
    stock: Quantity
    intake: Quantity
    share: Quantity
    stock_share: Quantity
    intake_share: Quantity
    provinces: Quantity
    provinces_with: Quantity
    gdp: Quantity
    per_trillion: Quantity


def province_records(register: Register, everyone: Ranking, density: Ranking) -> tuple[ProvinceRecord, ...]:
    """Return all provinces in the order of ``everyone``; ``density`` ranks those with a cluster by per_trillion."""
    stock = province_part_counts(register, register.stock, register.stock_name)
    intake = province_part_counts(register, register.intake, register.intake_name)
    of_density = {item.name: item for item in density.items}
    nowhere = unknown(
        PLACE, Computed(Label.of("province.no_place"), Label.of("province.no_place_how"), Confidence.LIKELY)
    )
    records = []
    for item in everyone.items:
        province, dense = register.province[item.name], of_density.get(item.name)
        gdp = gdp_of(register, item.name)
        records.append(
            ProvinceRecord(
                name=item.name,
                region=province.region,
                clusters=item.value,
                stock=stock[item.name],
                intake=intake[item.name],
                share=item.share,
                place=item.place,
                tied=item.tied,
                gdp=gdp,
                per_trillion=per_trillion(item.value, gdp, DENSITY),
                per_trillion_place=dense.place if dense else nowhere,
            )
        )
    return tuple(records)


def densities(register: Register) -> tuple[tuple[str, Quantity], ...]:
    """Return clusters per trillion yuan of the provinces that have a cluster."""
    return tuple(
        (name, per_trillion(count, gdp_of(register, name), DENSITY))
        for name, count in province_counts(register, register.clusters).items()
        if count.amount
    )


def region_records(register: Register) -> tuple[RegionRecord, ...]:
    """Return the regions in the order of their table."""
    clusters = region_counts(register, register.clusters, register.total_name)
    stock = region_counts(register, register.stock, register.stock_name)
    intake = region_counts(register, register.intake, register.intake_name)
    wholes = all_clusters(register), stock_clusters(register), intake_clusters(register)
    records = []
    for name in register.regions:
        provinces = [province for province in register.data.provinces if province.region == name]
        gdp = _sum_of_gdp(register, name, provinces)
        parts = clusters[name], stock[name], intake[name]
        shares = [
            share(part, whole, Label.of("region.share"), Label.of("region.share_how"), which)
            for part, whole, which in zip(
                parts, wholes, (register.total_name, register.stock_name, register.intake_name), strict=True
            )
        ]
        records.append(
            RegionRecord(
                name=name,
                clusters=parts[0],
                stock=parts[1],
                intake=parts[2],
                share=shares[0],
                stock_share=shares[1],
                intake_share=shares[2],
                provinces=_province_count(
                    register, provinces, Label.of("region.provinces"), Label.of("region.provinces_how")
                ),
                provinces_with=_province_count(
                    register,
                    _holders(register, provinces),
                    Label.of("region.provinces_with"),
                    Label.of("region.provinces_with_how"),
                ),
                gdp=gdp,
                per_trillion=per_trillion(clusters[name], gdp, Label.of("region.density")),
            )
        )
    return tuple(records)


def gdp_of(register: Register, province: str) -> Quantity:
    """Return a province's GDP in 亿元, of the year whose values stand, as sure as its source."""
    scope, found = gdp_year(register), register.values(GDP).get(province)
    if found is None:
        label = Label.of("province.gdp")
        return unknown(YUAN_100M, Computed(label, Label.of("province.gdp_none"), Confidence.UNCONFIRMED, scope=scope))
    rows = register.value_rows(GDP, (province,))
    basis = Computed(Label.of("province.gdp"), _gdp_source(found), found.confidence, rows=rows, scope=scope)
    return unknown(YUAN_100M, basis) if found.value is None else exactly(found.value, YUAN_100M, basis)


def gdp_known(register: Register, *, sure: bool = False) -> dict[str, ProvinceValue]:
    """Return the provinces whose GDP is known, in the order of their table; only where it is ``sure``, if so."""
    values = register.values(GDP)
    return {
        name: value
        for name in register.province
        if (value := values.get(name)) is not None
        and value.value is not None
        and not (sure and value.confidence <= Confidence.UNCONFIRMED)
    }


def per_trillion(count: Quantity, gdp: Quantity, label: Words) -> Quantity:
    """Return clusters per trillion yuan of GDP (in 亿元)."""
    return ratio(count, gdp, PER_TRILLION, label, Label.of("province.density_how"), times=10_000)


def gdp_year(register: Register) -> Words:
    """Return the year of which GDP speaks, in words; "" where none stands."""
    year = register.value_year(GDP)
    return "" if year is None else year_words(year)


def _gdp_source(found: ProvinceValue) -> Label:
    year = str(found.year)
    match "" if is_own_words(found.source) else found.source_kind:
        case "untraced":
            return Label.of("province.gdp_untraced")
        case "bulletin" if found.checked_against:
            return Label.of("province.gdp_compared", year=year, document=widened(found.checked_against))
        case "bulletin":
            return Label.of("province.gdp_how", year=year)
        case _ if found.checked_against:
            document = widened(found.checked_against)
            return Label.of("province.gdp_stated_compared", source=widened(found.source), document=document)
        case _:
            return Label.of("province.gdp_stated", source=widened(found.source))


def _sum_of_gdp(register: Register, region: str, provinces: Iterable[Province]) -> Quantity:
    names = [province.name for province in provinces]
    values = register.values(GDP)
    found = [values[name] for name in names if name in values]
    known = [value.value for value in found if value.value is not None]
    confidence = min((value.confidence for value in found), default=Confidence.UNCONFIRMED)
    rows = register.value_rows(GDP, names, register.of_region(region))
    label, formula = Label.of("region.gdp"), Label.of("region.gdp_how")
    basis = Computed(label, formula, confidence, rows=rows, scope=gdp_year(register))
    if len(known) < len(names) or not names:
        return unknown(YUAN_100M, basis)
    return exactly(rounded(sum(known, Decimal()), 2), YUAN_100M, basis)


def _holders(register: Register, provinces: Iterable[Province]) -> list[Province]:
    groups: Mapping[str, object] = register.by_province(register.clusters)
    return [province for province in provinces if groups[province.name]]


def _province_count(register: Register, provinces: list[Province], label: Words, formula: Words) -> Quantity:
    rows = register.province_rows(province.name for province in provinces)
    return exactly(len(provinces), PROVINCES, Computed(label, formula, Confidence.CONFIRMED, rows=rows))
