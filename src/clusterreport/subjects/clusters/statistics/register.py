"""The register as the statistics look at it: clusters by place, time and field, and how sure a count of them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from clusterreport.analysis.selecting import (
    ALL,
    Chosen,
    both,
    either,
    equals,
    from_file,
    has,
    has_any,
    one_of,
)
from clusterreport.data.periods import newest
from clusterreport.locale import Label
from clusterreport.quantity import Bound, Computed, Confidence, Quantity, RowRef, Unit, exactly
from clusterreport.subjects.clusters.newest_year import newest_year_of
from clusterreport.subjects.clusters.statistics.chinese import widened
from clusterreport.subjects.clusters.statistics.codes import MUNICIPALITY
from clusterreport.subjects.clusters.tables import schemas
from clusterreport.subjects.clusters.units import CLUSTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import (
        CheckedData,
        City,
        Cluster,
        Province,
        ProvinceValue,
        PublishedFigure,
    )

    Clusters = tuple[Cluster, ...]
    Groups = Mapping[str, Chosen[Cluster]]

Name = TypeVar("Name", str, int)

CROSS_REGIONAL: Final = "cross_regional = true"
SEVERAL_CITIES: Final = "count(cities) > 1"


@dataclass(frozen=True)
class Register:
    """The checked data, looked at from every side that a statistic needs; groups keep the order of their table."""

    data: CheckedData

    # ── in time ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def clusters(self) -> Chosen[Cluster]:
        """Return all clusters that were named by the day of the data."""
        whole = len(self.data.clusters) == len(self.data.datasets["clusters"].rows) if self.data.datasets else True
        return Chosen.of(self.data.clusters, ALL if whole else f"year <= {self.data.as_of.year}")

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Return the years in which clusters were named, the earliest first."""
        return tuple(sorted({cluster.year for cluster in self.clusters}))

    @cached_property
    def stock(self) -> Chosen[Cluster]:
        """Return the clusters named before the latest year."""
        if not self.years:
            return self.clusters
        latest = self.years[-1]
        return self.clusters.where(lambda cluster: cluster.year < latest, f"year < {latest}")

    @cached_property
    def intake(self) -> Chosen[Cluster]:
        """Return the clusters named in the latest year."""
        return self.named_in(self.years[-1]) if self.years else self.clusters

    def named_in(self, year: int) -> Chosen[Cluster]:
        """Return the clusters named in ``year``."""
        return self._by_year.get(year) or Chosen.of((), f"year = {year}")

    @cached_property
    def _by_year(self) -> Mapping[int, Chosen[Cluster]]:
        return _grouped(self.clusters, self.years, lambda cluster: (cluster.year,), lambda year: f"year = {year}")

    @property
    def stock_name(self) -> Words:
        """Return what the stock is called: 截至2022年."""
        return upto(self.years[-2]) if len(self.years) > 1 else Label.of("scope.before")

    @property
    def intake_name(self) -> Words:
        """Return what the latest intake is called: 2024年新增."""
        return new_in(self.years[-1]) if self.years else Label.of("scope.new")

    @property
    def total_name(self) -> Words:
        """Return what all clusters are called: 截至2024年."""
        return upto(self.years[-1]) if self.years else Label.of("scope.all")

    # ── in space ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def province(self) -> Mapping[str, Province]:
        """Return the provinces by name."""
        return {province.name: province for province in self.data.provinces}

    @cached_property
    def city(self) -> Mapping[str, City]:
        """Return the cities by name, in the one order that cities with equal numbers have everywhere.

        That is the order of their provinces in the table of provinces (the statutory one), then that of the table of
        cities.
        """
        place = {name: number for number, name in enumerate(self.province)}
        ordered = sorted(self.data.cities, key=lambda city: place.get(city.province, len(place)))
        return {city.name: city for city in ordered}

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Return the names of the regions."""
        return tuple(dict.fromkeys(province.region for province in self.data.provinces))

    def values(self, measure: str) -> Mapping[str, ProvinceValue]:
        """Return the values of ``measure`` by province, all of the one year that is meant (``value_year``)."""
        if measure not in self._values:
            year = self.value_year(measure)
            rows = (value for value in self.data.values if (value.measure, value.year) == (measure, year))
            self._values[measure] = {value.province: value for value in rows}
        return self._values[measure]

    def value_year(self, measure: str) -> int | None:
        """Return the newest year for which the values of ``measure`` stand, None where there are none."""
        rows = ((value.province, value.year) for value in self.data.values if value.measure == measure)
        return newest_year_of(rows, self.data.as_of.year).year

    @cached_property
    def _values(self) -> dict[str, Mapping[str, ProvinceValue]]:
        return {}

    def by_province(self, clusters: Clusters) -> Groups:
        """Return the clusters that touch each province, also where there are none."""
        return Chosen.known(clusters).grouped(
            "provinces",
            lambda: _grouped(
                clusters, self.province, lambda cluster: cluster.provinces, lambda name: has("provinces", name)
            ),
        )

    def by_region(self, clusters: Clusters) -> Groups:
        """Return the clusters that touch each region, each of them once in a region."""
        return Chosen.known(clusters).grouped(
            "regions", lambda: _grouped(clusters, self.regions, self._regions_of, self._in_region)
        )

    def by_city(self, clusters: Clusters) -> Groups:
        """Return the clusters of each city that is known to take part in one."""
        groups = Chosen.known(clusters).grouped(
            "cities", lambda: _grouped(clusters, self.city, self.cities_of, lambda name: self.in_cities([name]))
        )
        return {name: group for name, group in groups.items() if group}

    def by_field(self, clusters: Clusters) -> Groups:
        """Return the clusters of each field as it is printed; a cluster without a known field is left out."""
        return Chosen.known(clusters).grouped(
            "fields", lambda: _grouped(clusters, self._fields, self._fields_of, lambda name: self.in_fields([name]))
        )

    @cached_property
    def classified(self) -> Chosen[Cluster]:
        """Return the clusters whose field is known."""
        return self.clusters.where(lambda cluster: cluster.field, 'field != ""')

    def in_fields(self, names: Iterable[str]) -> str:
        """Return the condition that a cluster is of one of the fields that are printed as ``names``."""
        return one_of("field", [written for name in names for written in self._fields[name]])

    @cached_property
    def _fields(self) -> Mapping[str, Sequence[str]]:
        """Return the fields as they are printed, each with how the table writes it."""
        written: dict[str, list[str]] = {}
        for field in dict.fromkeys(cluster.field for cluster in self.clusters if cluster.field):
            written.setdefault(widened(field), []).append(field)
        return written

    @cached_property
    def _printed_field(self) -> Mapping[str, tuple[str, ...]]:
        return {field: (name,) for name, written in self._fields.items() for field in written}

    def _fields_of(self, cluster: Cluster) -> tuple[str, ...]:
        return self._printed_field.get(cluster.field, ())

    def in_cities(self, names: Iterable[str]) -> str:
        """Return the condition that one of the cities called ``names`` takes part in a cluster."""
        listed = tuple(names)
        return self._with_municipalities(has_any("cities", listed), listed)

    def _with_municipalities(self, condition: str, names: Iterable[str]) -> str:
        """Return ``condition``, or that no city is named and one of ``names`` is a municipality that is touched."""
        alone = [name for name in names if name in self._municipalities]
        return either([condition, both('cities = ""', has_any("provinces", alone))]) if alone else condition

    @cached_property
    def placed(self) -> Chosen[Cluster]:
        """Return the clusters that a city is known to take part in."""
        return self.clusters.where(self.cities_of, self._with_municipalities('cities != ""', self.city))

    def in_agglomeration(self, name: str, cities: tuple[str, ...]) -> Chosen[Cluster]:
        """Return the clusters that touch one of ``cities``, which are those of the agglomeration ``name``."""
        members = from_file("city", self.files["cities"], equals("urban_agglomeration", name))
        groups = self.by_city(self.clusters)
        touching = {cluster.row: cluster for city in cities for cluster in groups.get(city, ())}
        return Chosen.of(
            (touching[row] for row in sorted(touching)),
            self._with_municipalities(f"cities has any of {members}", cities),
        )

    @cached_property
    def complete(self) -> str:
        """Return the condition that the list of cities of a cluster is not known to be incomplete."""
        return f"not {self.in_gaps}" if self.incomplete else ALL

    @property
    def in_gaps(self) -> str:
        """Return the condition that the list of cities of a cluster is known to be incomplete."""
        return f"id in {from_file('subject', self.files['remarks'], equals('topic', _INCOMPLETE))}"

    def cities_of(self, cluster: Cluster) -> tuple[str, ...]:
        """Return the cities of a cluster; one whose city is not named lies in its province where that is one city."""
        return cluster.cities or tuple(name for name in cluster.provinces if name in self._municipalities)

    @cached_property
    def _municipalities(self) -> frozenset[str]:
        return frozenset(
            city.name for city in self.data.cities if city.level == MUNICIPALITY and city.name == city.province
        )

    @cached_property
    def incomplete(self) -> Mapping[str, str]:
        """Return the clusters whose list of cities is known to be incomplete, with the remark that says so."""
        return {remark.subject: remark.remark for remark in self.data.remarks if remark.topic == _INCOMPLETE}

    def _regions_of(self, cluster: Cluster) -> tuple[str, ...]:
        found = self._regions_by_provinces.get(cluster.provinces)
        if found is None:
            known = (self.province[name].region for name in cluster.provinces if name in self.province)
            found = self._regions_by_provinces[cluster.provinces] = tuple(dict.fromkeys(known))
        return found

    @cached_property
    def _regions_by_provinces(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return {}

    def _in_region(self, name: str) -> str:
        return f"provinces has any of {self.of_region(name)}"

    def of_region(self, name: str) -> str:
        """Return, to stand behind ``in`` or ``has any of``, the provinces of a region."""
        return from_file("province", self.files["provinces"], equals("region", name))

    # ── bases ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Return the name of each table's file."""
        usual = {table: schema.path for table, schema in schemas().items()}
        return usual | {table: dataset.name for table, dataset in self.data.datasets.items()}

    def rows(self, clusters: Clusters) -> tuple[RowRef, ...]:
        """Return the rows of ``clusters`` in their file."""
        chosen = Chosen.known(clusters)
        return (RowRef(self.files["clusters"], chosen.numbers, chosen.condition),) if chosen else ()

    def row_of(self, cluster: Cluster) -> tuple[RowRef, ...]:
        """Return the row of ``cluster`` in its file; it is one, and needs no condition."""
        return (RowRef(self.files["clusters"], (cluster.row,)),)

    def province_rows(self, names: Iterable[str] | None = None) -> tuple[RowRef, ...]:
        """Return the rows of the provinces called ``names`` (of all, if that is None) in their file."""
        chosen = [name for name in (self.province if names is None else names) if name in self.province]
        condition = ALL if names is None else one_of("province", chosen)
        numbers = tuple(self.province[name].row for name in chosen)
        return (RowRef(self.files["provinces"], numbers, condition),) if numbers else ()

    def value_rows(self, measure: str, names: Iterable[str], among: str = "") -> tuple[RowRef, ...]:
        """Return the rows of the values of ``measure`` of the provinces called ``names``, in the year that is meant.

        ``among`` is how a condition says these provinces where it need not name each.
        """
        values = self.values(measure)
        chosen = [name for name in names if name in values]
        of_these = (
            f"province in {among}" if among else ALL if len(chosen) == len(values) else one_of("province", chosen)
        )
        condition = both(equals("measure", measure), f"year = {self.value_year(measure)}", of_these)
        numbers = tuple(sorted(values[name].row for name in chosen))
        return (RowRef(self.files["province_values"], numbers, condition),) if numbers else ()

    def city_rows(self, names: Iterable[str], condition: str = "") -> tuple[RowRef, ...]:
        """Return the rows of the cities called ``names`` in their file, to which ``condition`` leads if it is given."""
        known = [name for name in names if name in self.city]
        numbers = tuple(self.city[name].row for name in known)
        return (RowRef(self.files["cities"], numbers, condition or one_of("city", known)),) if numbers else ()

    def partner_condition(self, *of: str) -> str:
        """Return the condition, on the table of cities, of those that share a cluster; with all of ``of``, if any."""
        condition = both(self.clusters.condition, SEVERAL_CITIES, *(has("cities", name) for name in of))
        return f"city in {from_file('cities', self.files['clusters'], condition)}"

    def tally(
        self, clusters: Clusters, label: Words, formula: Words, *published: tuple[str, str],
        unit: Unit = CLUSTERS, scope: Words = "",
    ) -> Quantity:  # fmt: skip
        """Return the number of ``clusters``; sure where one of ``published`` (subject, metric) is the same number.

        Else it is likely: the rows are sourced, but nobody has printed their sum. The formula says which it is.
        """
        return self.sum_of(len(clusters), clusters, label, formula, *published, unit=unit, scope=scope)

    def sum_of(  # noqa: PLR0913 -- a number, its basis in words, and what may confirm it
        self, amount: int, clusters: Clusters, label: Words, formula: Words, *published: tuple[str, str],
        unit: Unit, scope: Words = "",
    ) -> Quantity:  # fmt: skip
        """Return ``amount``, counted over ``clusters``, as sure as ``tally`` says."""
        printed = [value for key in published if (value := self.printed(*key)) is not None]
        agrees = any(amount == value for value in printed)
        confidence = Confidence.CONFIRMED if agrees else Confidence.LIKELY
        return exactly(amount, unit, Computed(label, formula, confidence, rows=self.rows(clusters), scope=scope))

    def printed(self, subject: str, metric: str) -> Decimal | None:
        """Return the published figure of ``metric`` for ``subject``, the newest if there are several."""
        return self._published.get((subject, metric))

    @cached_property
    def _published(self) -> Mapping[tuple[str, str], Decimal]:
        same: dict[tuple[str, str], list[PublishedFigure]] = {}
        for figure in self.data.figures:
            same.setdefault((figure.subject, figure.metric), []).append(figure)
        found = {
            key: newest(figures, lambda figure: figure.year, self.data.as_of, of_plans=_is_plan)
            for key, figures in same.items()
        }
        return {key: figure.value for key, figure in found.items() if figure is not None}


def upto(year: int) -> Label:
    """Return what all clusters are called that were named by the end of ``year``."""
    return Label.of("scope.upto", year=year)


def new_in(year: int) -> Label:
    """Return what the clusters are called that were named in ``year``."""
    return Label.of("scope.new_in", year=year)


def field_of(cluster: Cluster) -> str:
    """Return the cluster's field as it is printed."""
    return widened(cluster.field)


def city_confidence(clusters: Iterable[Cluster]) -> Confidence:
    """Return how sure a number is that rests on which cities take part in ``clusters``.

    It is the worst of theirs; an unnamed cluster has a sourced place, so that it counts as likely.
    """
    return min((_UNNAMED_IS_LIKELY.get(each, each) for each in {c.confidence for c in clusters}), default=_SURE)


_INCOMPLETE: Final = "cities_incomplete"
_EXACTLY: Final = "exact"  # the one qualifier that is no word of a source
_SURE: Final = Confidence.CONFIRMED
_UNNAMED_IS_LIKELY: Final = {Confidence.UNNAMED: Confidence.LIKELY}


def _is_plan(figure: PublishedFigure) -> bool:
    return figure.qualifier != _EXACTLY and Bound(figure.qualifier).direction == "planned"


def _grouped(
    clusters: tuple[Cluster, ...], names: Iterable[Name], names_of: Callable[[Cluster], tuple[Name, ...]],
    condition_of: Callable[[Name], str],
) -> dict[Name, Chosen[Cluster]]:  # fmt: skip
    groups: dict[Name, list[Cluster]] = {name: [] for name in names}
    for cluster in clusters:
        for name in names_of(cluster):
            groups.setdefault(name, []).append(cluster)
    return {
        name: Chosen.of(group, both(Chosen.known(clusters).condition, condition_of(name)))
        for name, group in groups.items()
    }
