"""The tables of a project as the recount reads them: plain rows, and who takes part in what."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    Rows = list[dict[str, str]]
    Pair = tuple[str, str]

MUNICIPALITY = "直辖市"


@dataclass(frozen=True)
class Cluster:
    """A row of the register."""

    id: str
    name: str
    name_en: str
    batch: str
    year: int
    field: str
    provinces: tuple[str, ...]
    named: tuple[str, ...]
    cross: bool
    confidence: str


def read(folder: Path, table: str) -> Rows:
    """Return the rows of a table, none where the project has no such table."""
    path = folder / "data" / f"{table}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def listed(cell: str) -> tuple[str, ...]:
    """Return the names of a cell that holds several."""
    return tuple(filter(None, cell.split(";")))


@dataclass(frozen=True)
class Tables:
    """All tables of a project, of which ``as_of`` and ``focus`` are settings."""

    folder: Path
    as_of: dt.date
    focus: str

    @classmethod
    def of(cls, folder: Path, as_of: dt.date | None = None, focus: str = "") -> Tables:
        """Return the tables of a project with its settings, or with others."""
        briefing = tomllib.loads((folder / "clusterreport.toml").read_text(encoding="utf-8"))["briefing"]
        return cls(folder, as_of or briefing["as_of"], focus or briefing["focus"])

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """Return the clusters named by the year of the day of the data."""
        rows = (
            Cluster(
                row["id"], row["name_zh"], row["name_en"], row["batch"], int(row["year"]), row["field"],
                listed(row["provinces"]), listed(row["cities"]), row["cross_regional"] == "true", row["confidence"],
            )
            for row in read(self.folder, "clusters")
        )  # fmt: skip
        return tuple(cluster for cluster in rows if cluster.year <= self.as_of.year)

    @cached_property
    def years(self) -> list[int]:
        return sorted({cluster.year for cluster in self.clusters})

    @cached_property
    def stock(self) -> tuple[Cluster, ...]:
        return tuple(cluster for cluster in self.clusters if cluster.year < self.years[-1])

    @cached_property
    def intake(self) -> tuple[Cluster, ...]:
        return tuple(cluster for cluster in self.clusters if cluster.year == self.years[-1])

    @cached_property
    def provinces(self) -> dict[str, str]:
        """Return the region of each province."""
        return {row["province"]: row["region"] for row in read(self.folder, "provinces")}

    @cached_property
    def regions(self) -> list[str]:
        return list(dict.fromkeys(self.provinces.values()))

    @cached_property
    def cities(self) -> dict[str, dict[str, str]]:
        return {row["city"]: row for row in read(self.folder, "cities")}

    @cached_property
    def figures(self) -> Rows:
        return read(self.folder, "published_figures")

    @cached_property
    def statements(self) -> Rows:
        return read(self.folder, "statements")

    @cached_property
    def incomplete(self) -> set[str]:
        """Return the ids of clusters whose cities are not all known."""
        rows = read(self.folder, "remarks")
        return {row["subject"] for row in rows if row["topic"] == "cities_incomplete"}

    def values(self, measure: str) -> dict[str, tuple[float | None, str]]:
        """Return a measure of the provinces with its confidence, of the newest year that has all provinces."""
        year = self.year_of(measure)
        return {
            row["province"]: (float(row["value"]) if row["value"] else None, row["confidence"])
            for row in read(self.folder, "province_values")
            if row["measure"] == measure and row["year"] == year
        }

    def year_of(self, measure: str) -> str:
        """Return the newest year that has a measure of all provinces, "" where there is none."""
        rows = [row for row in read(self.folder, "province_values") if row["measure"] == measure]
        years = Counter(int(row["year"]) for row in rows if int(row["year"]) <= self.as_of.year)
        return str(max(years, key=lambda each: (years[each], each))) if years else ""

    def cities_of(self, cluster: Cluster) -> tuple[str, ...]:
        """Return the cities of a cluster; one that names none lies in its municipality, if it is in one."""
        return cluster.named or tuple(
            name for name in cluster.provinces if self.cities.get(name, {}).get("level") == MUNICIPALITY
        )

    def by_province(self, clusters: Iterable[Cluster]) -> Counter[str]:
        """Return how many clusters touch each province, with the zeros."""
        found = Counter(dict.fromkeys(self.provinces, 0))
        found.update(name for cluster in clusters for name in cluster.provinces)
        return found

    def by_region(self, clusters: Iterable[Cluster]) -> Counter[str]:
        found = Counter(dict.fromkeys(self.regions, 0))
        found.update(name for cluster in clusters for name in {self.provinces[each] for each in cluster.provinces})
        return found

    def by_city(self, clusters: Iterable[Cluster]) -> Counter[str]:
        return Counter(name for cluster in clusters for name in self.cities_of(cluster))

    def by_field(self, clusters: Iterable[Cluster]) -> Counter[str]:
        return Counter(cluster.field for cluster in clusters if cluster.field)

    @cached_property
    def shared(self) -> Counter[Pair]:
        """Return how many clusters each two cities share, in the order of the table of cities."""
        order = {name: place for place, name in enumerate(self.cities)}
        return Counter(
            pair for cluster in self.clusters for pair in combinations(sorted(cluster.named, key=order.__getitem__), 2)
        )

    @cached_property
    def partners(self) -> dict[str, Counter[str]]:
        """Return the partner cities of each city, with the clusters that they share."""
        found: dict[str, Counter[str]] = {}
        for (one, other), count in self.shared.items():
            found.setdefault(one, Counter())[other] = count
            found.setdefault(other, Counter())[one] = count
        return found

    def own(self, city: str) -> list[Cluster]:
        """Return the clusters of a city."""
        return [cluster for cluster in self.clusters if city in self.cities_of(cluster)]


def places(counts: Mapping[str, float]) -> dict[str, tuple[int, bool]]:
    """Return the place of each name by falling number, and whether it shares it (1, 2, 2, 4)."""
    numbers = list(counts.values())
    return {
        name: (1 + sum(other > number for other in numbers), numbers.count(number) > 1)
        for name, number in counts.items()
    }


def held(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the names that have any."""
    return {name: count for name, count in counts.items() if count}


def percent(part: float, whole: float) -> float | None:
    """Return ``part`` in per cent of ``whole``."""
    return 100 * part / whole if whole else None


def mean(values: Sequence[float]) -> float | None:
    """Return the arithmetic mean."""
    return sum(values) / len(values) if values else None
