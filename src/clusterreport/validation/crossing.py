"""Checks what no cell can show by itself: columns of a row against each other, and tables against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.characters import shown
from clusterreport.quantities import Confidence
from clusterreport.validation.tables import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.datasets import City, Cluster, Province, PublishedFigure, Remark
    from clusterreport.validation.known import Known


def of_clusters(clusters: Iterable[Cluster], cities: Iterable[City], known: Known) -> Iterator[Fault]:
    """Yield what does not fit together within each cluster, and between the clusters and the cities."""
    province_of = {city.name: city.province for city in cities}
    for cluster in clusters:
        yield from _batch(cluster)
        yield from _name(cluster)
        yield from _provinces(cluster, province_of, known)
        yield from _extent(cluster, incomplete=cluster.id in known.incomplete)


def of_cities(cities: Iterable[City], provinces: Iterable[Province], known: Known) -> Iterator[Fault]:
    """Yield cities that stand in another region than their province, or have half a coordinate."""
    region_of = {province.name: province.region for province in provinces}
    for city in cities:
        region = region_of.get(city.province, city.region)
        if region != city.region:
            problem = f"{shown(city.region)} is not the region of {shown(city.province)}"
            yield Fault(city.row, "region", problem, f"Write {region}, or mend {known.places['provinces']}.")
        if (city.longitude is None) != (city.latitude is None):
            column = "lon" if city.longitude is None else "lat"
            yield Fault(city.row, column, "half of the coordinates is missing", "Write both of them, or neither.")


def of_figures(figures: Iterable[PublishedFigure]) -> Iterator[Fault]:
    """Yield percentages that cannot be shares."""
    for figure in figures:
        if figure.unit == "%" and figure.value > _WHOLE:
            problem = f"{figure.value} is not a percentage between 0 and {_WHOLE}"
            yield Fault(figure.row, "value", problem, "Write the share in percent, or the unit that is meant.")


def of_remarks(remarks: Iterable[Remark], known: Known) -> Iterator[Fault]:
    """Yield remarks on a metric that was never published for their subject."""
    for remark in remarks:
        if remark.metric and known.metrics is not None and (remark.subject, remark.metric) not in known.metrics:
            problem = f"{shown(remark.metric)} is no published figure of {shown(remark.subject)}"
            yield Fault(remark.row, "metric", problem, f"Write a metric of {known.places['figures']}, or nothing.")


_WHOLE: Final = 100


def _batch(cluster: Cluster) -> Iterator[Fault]:
    begins = cluster.batch[:4]
    if begins != str(cluster.year):
        problem = f"{shown(cluster.batch)} is not a batch of {cluster.year}"
        remedy = f"Write a batch that begins with {cluster.year}, or the year {begins}."
        yield Fault(cluster.row, "batch", problem, remedy)


def _name(cluster: Cluster) -> Iterator[Fault]:
    if cluster.confidence is Confidence.UNNAMED:
        if cluster.name:
            remedy = "Write unconfirmed, likely or confirmed, or take the name away."
            yield Fault(cluster.row, "confidence", 'it is "unnamed", but there is a name', remedy)
        return
    for column, text in (("name_zh", cluster.name), ("field", cluster.field)):
        if not text:
            remedy = "Write what belongs there, or the confidence unnamed."
            yield Fault(cluster.row, column, "the cell is empty, but the cluster is not unnamed", remedy)


def _provinces(cluster: Cluster, province_of: dict[str, str], known: Known) -> Iterator[Fault]:
    for city in cluster.cities:
        province = province_of.get(city)
        if province is not None and province not in cluster.provinces:
            problem = f"{shown(city)} lies in {shown(province)}, which is not among the cluster's provinces"
            remedy = f"Add {province} to the provinces, or mend {known.places['cities']}."
            yield Fault(cluster.row, "cities", problem, remedy)


def _extent(cluster: Cluster, *, incomplete: bool) -> Iterator[Fault]:
    """Check cross_regional against the cities: where the others are not known, a remark says so."""
    row, found = cluster.row, len(cluster.cities)
    remark = f"write a remark cities_incomplete on {cluster.id}"
    if not cluster.cross_regional and (found > 1 or len(cluster.provinces) > 1):
        problem = "it is false, but the cluster lies in several cities or provinces"
        yield Fault(row, "cross_regional", problem, "Write true, or name one city and its province only.")
    elif cluster.cross_regional and found <= 1 and not incomplete:
        problem = f"it is true, but {'no city' if not found else 'only one city'} is named"
        yield Fault(row, "cross_regional", problem, f"Name the other cities, {remark}, or write false.")
    elif not found and not incomplete and cluster.confidence is not Confidence.UNNAMED:
        yield Fault(row, "cities", "no city is named", f"Name its city, or {remark}.")
