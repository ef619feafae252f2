"""Which region has more of a field than the nation: location quotients of fields and regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.analysis.indices import location_quotient
from clusterreport.analysis.measures import measured
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.foremost import first_places
from clusterreport.locale import Label
from clusterreport.quantity import RATIO, Computed, Confidence, Quantity, exactly
from clusterreport.subjects.clusters.units import CLUSTERS

if TYPE_CHECKING:
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics.register import Clusters, Register


@dataclass(frozen=True, slots=True)
class Specialisation:
    """One field in one region: how many clusters, and the location quotient (above 1: more than the nation's share)."""

    name: Words
    field: str
    region: str
    clusters: Quantity
    quotient: Quantity


_FEWEST: Final = 2
_SHOWN: Final = 5
_COUNT_LABEL: Final = Label.of("quotient.count")
_COUNT_FORMULA: Final = Label.of("quotient.count_how")
_QUOTIENT_LABEL: Final = Label.of("quotient.quotient")
_QUOTIENT_FORMULA: Final = Label.of("quotient.quotient_how")


def specialisation_of(register: Register) -> tuple[Panel, Panel, tuple[Specialisation, ...]]:
    """Return clusters and location quotients (a series for each field over the regions), and the most special cells."""
    cells = _cells(register)
    fields = sorted(cells, key=lambda field: -len(register.by_field(register.clusters)[field]))
    of_region = {region: sum(len(cells[field][region]) for field in fields) for region in register.regions}
    total = sum(of_region.values())
    counts, quotients, special = [], [], []
    for field in fields:
        of_field = sum(len(group) for group in cells[field].values())
        row = []
        for region in register.regions:
            group = cells[field][region]
            rows = register.rows(group)
            count = exactly(len(group), CLUSTERS, Computed(_COUNT_LABEL, _COUNT_FORMULA, Confidence.LIKELY, rows=rows))
            quotient = measured(
                location_quotient(len(group), of_region[region], of_field, total),
                RATIO,
                Computed(_QUOTIENT_LABEL, _QUOTIENT_FORMULA, Confidence.LIKELY, rows=rows),
            )
            row.append(
                Specialisation(Label.of("said.of_region", region=region, field=field), field, region, count, quotient)
            )
        counts.append(PanelSeries(field, tuple(cell.clusters for cell in row)))
        quotients.append(PanelSeries(field, tuple(cell.quotient for cell in row)))
        special += [cell for cell in row if len(cells[field][cell.region]) >= _FEWEST]
    special.sort(key=lambda cell: (-(cell.quotient.amount or 0), -(cell.clusters.amount or 0)))
    return (
        Panel(_COUNT_LABEL, register.regions, tuple(counts)),
        Panel(_QUOTIENT_LABEL, register.regions, tuple(quotients)),
        first_places(special, _SHOWN, lambda cell: cell.quotient.amount)[0],
    )


def _cells(register: Register) -> dict[str, dict[str, Clusters]]:
    return {field: dict(register.by_region(group)) for field, group in register.by_field(register.clusters).items()}
