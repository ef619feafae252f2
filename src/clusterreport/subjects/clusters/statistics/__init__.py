"""Computes every finding of a briefing from the checked data: quantities, rankings and panels, each with its basis."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Final, TypeVar

from clusterreport.locale import register as register_words
from clusterreport.subjects.clusters.statistics.changes import Changes, changes_of
from clusterreport.subjects.clusters.statistics.city import FocusCity, city_of
from clusterreport.subjects.clusters.statistics.focus import city_called
from clusterreport.subjects.clusters.statistics.integration import Integration, integration_of
from clusterreport.subjects.clusters.statistics.listing import RegisterLine, register_lines
from clusterreport.subjects.clusters.statistics.nation import Nation, nation_of
from clusterreport.subjects.clusters.statistics.published import PublishedFigures, published_figures
from clusterreport.subjects.clusters.statistics.quantity_names import named
from clusterreport.subjects.clusters.statistics.regions import Regions, regions_of
from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.subjects.clusters.statistics.statements import statements_of
from clusterreport.subjects.clusters.statistics.ties import Ties, ties_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clusterreport.analysis.statements import Statements
    from clusterreport.subjects.clusters.records import CheckedData

T = TypeVar("T")

register_words(__package__)


def of_all_cities(compute: Callable[[PartsOfFindings], T]) -> cached_property[T]:
    """Return a part that is the same for every city: computed once, or taken from where it is shared."""

    @wraps(compute)
    def part(parts: PartsOfFindings) -> T:
        shared = parts.shared
        return compute(parts) if shared is None else getattr(shared, compute.__name__)

    return cached_property(part)


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that templates may speak of, but for the checks of published figures."""

    nation: Nation
    regions: Regions
    city: FocusCity
    integration: Integration
    changes: Changes
    published: PublishedFigures
    statements: Statements
    register: tuple[RegisterLine, ...]


class PartsOfFindings:
    """The parts of the findings, each computed where it is asked for, and once; their numbers have no names yet."""

    def __init__(self, register: Register, focus: str, shared: PartsOfFindings | None = None) -> None:
        """Begin with nothing computed, of the city ``focus``; what does not depend on it is taken from ``shared``."""
        self._register, self._focus, self.shared = register, focus, shared

    @of_all_cities
    def nation(self) -> Nation:
        """Return what is found of the whole country."""
        return nation_of(self._register)

    @of_all_cities
    def regions(self) -> Regions:
        """Return what is found of provinces and regions."""
        return regions_of(self._register)

    @cached_property
    def city(self) -> FocusCity:
        """Return what is found of the city of the case."""
        network, holders = self.integration.network, self.regions.by_province
        return city_of(self._register, self._focus, self.ties, network, self.published, holders)

    @of_all_cities
    def integration(self) -> Integration:
        """Return what is found of clusters across cities and provinces."""
        return integration_of(self._register, self.ties)

    @of_all_cities
    def changes(self) -> Changes:
        """Return what the latest intake changed."""
        return changes_of(self._register, self.nation.years, self.regions.concentration)

    @of_all_cities
    def published(self) -> PublishedFigures:
        """Return the figures that others published."""
        return published_figures(self._register)

    @of_all_cities
    def statements(self) -> Statements:
        """Return what was said."""
        return statements_of(self._register)

    @of_all_cities
    def register(self) -> tuple[RegisterLine, ...]:
        """Return a line for each cluster."""
        return register_lines(self._register)

    @of_all_cities
    def ties(self) -> Ties:
        """Return which cities share which clusters."""
        return ties_of(self._register)


NAMES: Final = tuple(field.name for field in fields(Findings))
OF_FOCUS: Final = ("city.", "checks.", "checks[")
"""How the names of numbers begin that are of the city of the case; all others are the same for every city."""


class OfAnyCity:
    """The findings of one register for any city as the case; what does not depend on the city is computed once."""

    def __init__(self, data: CheckedData) -> None:
        """Begin with nothing computed."""
        self._register = Register(data)
        self._parts = PartsOfFindings(self._register, "")

    def city_called(self, name: str) -> str:
        """Return the city ``name`` as the register writes it, be it 苏州, 苏州市 or Suzhou; UsageError if none is."""
        return city_called(name, self._register)

    @property
    def cities(self) -> tuple[str, ...]:
        """Return the cities of the register, in its order."""
        return tuple(self._register.city)

    def findings(self, focus: str) -> Findings:
        """Return the findings with the city ``focus`` as the case; UsageError if there is no such city."""
        with without_collecting():
            own = self.parts(focus)
            return named(Findings(**{name: getattr(own, name) for name in NAMES}), "")

    def parts(self, focus: str) -> PartsOfFindings:
        """Return the findings as ``findings`` does, each computed where it is asked for."""
        return PartsOfFindings(self._register, focus, self._parts)


def compute(data: CheckedData, focus: str) -> Findings:
    """Return the findings of ``data`` with the city ``focus`` as its case; UsageError if there is no such city."""
    return OfAnyCity(data).findings(focus)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the collector of cycles from looking through findings while they are made; none has any."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
