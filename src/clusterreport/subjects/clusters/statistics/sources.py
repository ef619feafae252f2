"""Says where coordinates and gross domestic product come from, in the words that the data have for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.locale import Label
from clusterreport.subjects.clusters.statistics.chinese import is_own_words, widened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import City, ProvinceValue

_GEONAMES: Final = "geonames"


def position_how(source: str) -> Label:
    """Return how a coordinate was found; a row that names nobody is said to."""
    if not is_own_words(source) and _GEONAMES in source.casefold():
        return Label.of("network.position_how")
    return (
        Label.of("network.position_stated", source=widened(source)) if source else Label.of("network.position_unsaid")
    )


def coordinates_from(cities: Iterable[City]) -> Words:
    """Return the sources of the coordinates of ``cities``, each once; "" where there are none."""
    return _joined(_coordinate_source(city.coordinate_source) for city in cities if city.longitude is not None)


def gdp_from(values: Iterable[ProvinceValue]) -> Words:
    """Return the sources of the known ``values``, each once; what is not traced to a document has none.

    "" where there are no sources at all.
    """
    return _joined(_gdp_source(value) for value in values if value.value is not None)


def _coordinate_source(source: str) -> Words:
    known = not is_own_words(source) and _GEONAMES in source.casefold()
    return Label.of("said.geonames") if known else widened(source)


def _gdp_source(value: ProvinceValue) -> Words:
    if is_own_words(value.source):
        return widened(value.source)
    match value.source_kind:
        case "bulletin":
            return Label.of("said.bulletins")
        case "untraced":
            return ""
        case _:
            return widened(value.source)


def _joined(sources: Iterable[Words]) -> Words:
    found = tuple(source for source in dict.fromkeys(sources) if source)
    return Label.of("said.names", names=found) if found else ""
