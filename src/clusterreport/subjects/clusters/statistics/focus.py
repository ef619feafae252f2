"""Finds the city of the case study by whatever it may be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.subjects.clusters.city_names import CityNames

if TYPE_CHECKING:
    from clusterreport.subjects.clusters.statistics.register import Register


def city_called(name: str, register: Register) -> str:
    """Return the city ``name`` as the register writes it; UsageError if there is none, or if there are several."""
    in_latin = {city.name: city.name_en for city in register.city.values()}
    return CityNames(in_latin, register.files["cities"]).called(name)
