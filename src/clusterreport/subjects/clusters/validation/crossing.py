"""Checks what no cell can show by itself: columns of a row against each other, and tables against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.characters import shown
from clusterreport.data.periods import period_of
from clusterreport.quantity import Bound, Confidence
from clusterreport.subjects.clusters.validation.known import MEASURES
from clusterreport.subjects.clusters.validation.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from clusterreport.subjects.clusters.records import City, Cluster, Province, ProvinceValue, PublishedFigure, Remark
    from clusterreport.subjects.clusters.validation.known import ReferenceNames


def check_clusters(clusters: Iterable[Cluster], cities: Iterable[City], known: ReferenceNames) -> Iterator[CellError]:
    """Yield what does not fit together within each cluster, and between the clusters and the cities."""
    province_of = {city.name: city.province for city in cities}
    for cluster in clusters:
        yield from _batch(cluster)
        yield from _name(cluster)
        yield from _provinces(cluster, province_of, known)
        yield from _extent(cluster, incomplete=cluster.id in known.incomplete)


def check_cities(cities: Iterable[City], provinces: Iterable[Province], known: ReferenceNames) -> Iterator[CellError]:
    """Yield cities that stand in another region than their province, or have half a coordinate."""
    region_of = {province.name: province.region for province in provinces}
    for city in cities:
        region = region_of.get(city.province, city.region)
        if region != city.region:
            problem = f"{shown(city.region)} is not the region of {shown(city.province)}"
            yield CellError(city.row, "region", problem, f"Write {region}, or mend {known.places['provinces']}.")
        if (city.longitude is None) != (city.latitude is None):
            column = "lon" if city.longitude is None else "lat"
            yield CellError(city.row, column, "half of the coordinates is missing", "Write both of them, or neither.")


def check_values(values: Iterable[ProvinceValue]) -> Iterator[CellError]:
    """Yield values in another unit than their measure has, without a source, and second values of one year."""
    first: dict[tuple[str, str, int], int] = {}
    for value in values:
        unit = MEASURES[value.measure]
        if value.unit != unit:
            problem = f"{shown(value.unit)} is not the unit of {value.measure}"
            yield CellError(value.row, "unit", problem, f"Write the value in {unit}, and {unit} as its unit.")
        if value.value is not None and not value.source and value.source_kind != "untraced":
            remedy = "Write where the value comes from, or the source_kind untraced."
            yield CellError(value.row, "source", "the value has no source", remedy)
        row = first.setdefault((value.province, value.measure, value.year), value.row)
        if row != value.row:
            problem = f"{value.measure} of {shown(value.province)} for {value.year} stands in row {row} already"
            yield CellError(value.row, "province", problem, "Take one of the two away.")


def check_figures(figures: Iterable[PublishedFigure]) -> Iterator[CellError]:
    """Yield percentages that cannot be shares, and figures of which two rows say different things."""
    first: dict[tuple[str, str, object], PublishedFigure] = {}
    for figure in figures:
        other = first.setdefault((figure.subject, figure.metric, period_of(figure.year)), figure)
        if _said(other) != _said(figure):
            both = f"is {_words(figure)} here and {_words(other)} in row {other.row}"
            when = "for one period" if figure.year else "and neither row has a year"
            problem = f"{shown(figure.metric)} of {shown(figure.subject)} {both}, {when}"
            yield CellError(figure.row, "value", problem, _ONE_OF_TWO)
        if not figure.source_kind and "://" in figure.source:
            remedy = "Write its source_kind (online, press), and outlet and source_date where they are known."
            yield CellError(figure.row, "source", "the address of a page would be printed as the source", remedy)
        if figure.unit == "%" and figure.value > _WHOLE:
            problem = f"{figure.value} is not a percentage between 0 and {_WHOLE}"
            yield CellError(figure.row, "value", problem, "Write the share in percent, or the unit that is meant.")


def check_remarks(remarks: Iterable[Remark], known: ReferenceNames) -> Iterator[CellError]:
    """Yield remarks on a metric that was never published for their subject, and second remarks on one thing."""
    first: dict[tuple[str, str, bool], int] = {}
    for remark in remarks:
        on_cities = remark.topic == "cities_incomplete"
        row = first.setdefault((remark.subject, "" if on_cities else remark.metric, on_cities), remark.row)
        if row != remark.row:
            problem = f"row {row} is a remark on the same already"
            yield CellError(remark.row, "topic", problem, "Leave one of the two, or put both sentences into one.")
        if remark.metric and known.metrics is not None and (remark.subject, remark.metric) not in known.metrics:
            problem = f"{shown(remark.metric)} is no published figure of {shown(remark.subject)}"
            yield CellError(remark.row, "metric", problem, f"Write a metric of {known.places['figures']}, or nothing.")


_WHOLE: Final = 100
_ONE_OF_TWO: Final = (
    "Leave one of the two; or, where two sources disagree, give the second a metric of its own and a remark."
)


def _said(figure: PublishedFigure) -> tuple[Decimal, str, str]:
    """Return what makes two rows different statements; 达 says no more than the number, 超 and 突破 say the same."""
    exact = figure.qualifier == "exact"
    return figure.value, figure.unit, (Bound.EXACT if exact else Bound(figure.qualifier)).direction


def _words(figure: PublishedFigure) -> str:
    return f"{figure.value} {figure.unit}" + ("" if figure.qualifier == "exact" else f" ({figure.qualifier})")


def _batch(cluster: Cluster) -> Iterator[CellError]:
    begins = cluster.batch[:4]
    if begins != str(cluster.year):
        problem = f"{shown(cluster.batch)} is not a batch of {cluster.year}"
        remedy = f"Write a batch that begins with {cluster.year}, or the year {begins}."
        yield CellError(cluster.row, "batch", problem, remedy)


def _name(cluster: Cluster) -> Iterator[CellError]:
    if cluster.confidence is Confidence.UNNAMED:
        if cluster.name:
            remedy = "Write unconfirmed, likely or confirmed, or take the name away."
            yield CellError(cluster.row, "confidence", 'it is "unnamed", but there is a name', remedy)
        return
    for column, text in (("name_zh", cluster.name), ("field", cluster.field)):
        if not text:
            remedy = "Write what belongs there, or the confidence unnamed."
            yield CellError(cluster.row, column, "the cell is empty, but the cluster is not unnamed", remedy)


def _provinces(cluster: Cluster, province_of: dict[str, str], known: ReferenceNames) -> Iterator[CellError]:
    for city in cluster.cities:
        province = province_of.get(city)
        if province is not None and province not in cluster.provinces:
            problem = f"{shown(city)} lies in {shown(province)}, which is not among the cluster's provinces"
            remedy = f"Add {province} to the provinces, or mend {known.places['cities']}."
            yield CellError(cluster.row, "cities", problem, remedy)


def _extent(cluster: Cluster, *, incomplete: bool) -> Iterator[CellError]:
    """Check cross_regional against the cities: where the others are not known, a remark says so."""
    row, found = cluster.row, len(cluster.cities)
    remark = f"write a remark cities_incomplete on {cluster.id}"
    if not cluster.cross_regional and (found > 1 or len(cluster.provinces) > 1):
        problem = "it is false, but the cluster lies in several cities or provinces"
        yield CellError(row, "cross_regional", problem, "Write true, or name one city and its province only.")
    elif cluster.cross_regional and found <= 1 and not incomplete:
        problem = f"it is true, but {'no city' if not found else 'only one city'} is named"
        yield CellError(row, "cross_regional", problem, f"Name the other cities, {remark}, or write false.")
    elif not found and not incomplete and cluster.confidence is not Confidence.UNNAMED:
        yield CellError(row, "cities", "no city is named", f"Name its city, or {remark}.")
