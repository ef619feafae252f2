"""Computes every finding of a briefing from the checked data: quantities, rankings and panels, each with its basis."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from clusterreport.locale import register as register_words
from clusterreport.subjects.clusters.statistics.changes import Changes, changes_of
from clusterreport.subjects.clusters.statistics.city import FocusCity, city_of
from clusterreport.subjects.clusters.statistics.integration import Integration, integration_of
from clusterreport.subjects.clusters.statistics.listing import RegisterLine, register_lines
from clusterreport.subjects.clusters.statistics.naming import named
from clusterreport.subjects.clusters.statistics.nation import Nation, nation_of
from clusterreport.subjects.clusters.statistics.published import PublishedFigures, published_figures
from clusterreport.subjects.clusters.statistics.regions import Regions, regions_of
from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.subjects.clusters.statistics.statements import statements_of
from clusterreport.subjects.clusters.statistics.ties import ties_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.analysis.statements import Statements
    from clusterreport.subjects.clusters.records import CheckedData

register_words(__package__)


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


NAMES: Final = tuple(field.name for field in fields(Findings))


def compute(data: CheckedData, focus: str) -> Findings:
    """Return the findings of ``data`` with the city ``focus`` as its case; UsageError if there is no such city."""
    with _without_collecting():
        return _computed(Register(data), focus)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the collector of cycles from looking through findings while they are made; none has any."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _computed(register: Register, focus: str) -> Findings:
    ties = ties_of(register)
    published = published_figures(register)
    nation, regions = nation_of(register), regions_of(register)
    integration = integration_of(register, ties)
    return named(
        Findings(
            nation=nation,
            regions=regions,
            city=city_of(register, focus, ties, integration.network, published, regions.by_province),
            integration=integration,
            changes=changes_of(register, nation.years, regions.concentration),
            published=published,
            statements=statements_of(register),
            register=register_lines(register),
        ),
        "",
    )
