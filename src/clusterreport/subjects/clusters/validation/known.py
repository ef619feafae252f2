"""The words that rows may refer to: the names in the other tables, and the few that the subject fixes itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.characters import shown
from clusterreport.data.cells import not_known
from clusterreport.data.checks import words_of
from clusterreport.data.faults import CellFault
from clusterreport.likeness import apart, nearest
from clusterreport.messages import message
from clusterreport.subjects.clusters.tables import AGGLOMERATIONS, schemas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.reading import Reading

NATION: Final = "nation"


@dataclass(frozen=True, slots=True)
class Subjects:
    """What figures, remarks and statements may speak of; a set is None where its table lacks the column, or any row."""

    names: Mapping[str, frozenset[str] | None]
    regions: frozenset[str]
    fields: frozenset[str] | None
    clusters: frozenset[str] | None
    places: Mapping[str, str]

    @classmethod
    def of(cls, readings: Mapping[str, Reading]) -> Subjects:
        """Return the subjects that the tables define, whatever else is wrong with their rows."""
        agglomerations = words_of(readings, "cities", "urban_agglomeration") or frozenset()
        regions = schemas()["provinces"].columns["region"].enum
        return cls(
            names={kind: words_of(readings, table, kind) for kind, table in _TABLES.items()},
            regions=frozenset(regions) | frozenset(AGGLOMERATIONS) | agglomerations,
            fields=words_of(readings, "clusters", "field"),
            clusters=words_of(readings, "clusters", "id"),
            places={name: reading.dataset.place for name, reading in readings.items()},
        )

    def fault_of(self, subject: str, *, of_fields: bool = False) -> CellFault | None:
        """Return what is wrong with nation, province:…, region:…, city:…, a cluster's id or, ``of_fields``, field:…."""
        kind, colon, name = subject.partition(":")
        if colon and kind == "region":
            return None if name in self.regions else self._no_region(name)
        if colon and kind == "field" and of_fields:
            return None if self.fields is None or name in self.fields else self._no_field(name)
        if colon and kind in _TABLES:
            return self._no_name(kind, name)
        known = self.clusters is None or subject in self.clusters
        if colon or (subject != NATION and not known):
            remedy = (
                message("Write nation, province:…, region:…, city:…, field:…, or the id of a cluster.")
                if of_fields
                else message("Write nation, province:…, region:…, city:…, or the id of a cluster.")
            )
            return CellFault(message("{0} is not a subject of the register"), remedy, (shown(subject),))
        return None

    def _no_name(self, kind: str, name: str) -> CellFault | None:
        listed, table = self.names[kind], _TABLES[kind]
        column = schemas()["clusters"].columns[table]
        return None if listed is None else not_known([name], listed, column, self.places[table])

    def _no_region(self, name: str) -> CellFault:
        near = nearest(name, self.regions)
        remedy = (
            message("Write region:{name}.", name=near)
            if near
            else message("Write a region that is known: {regions}.", regions=message(", ").join(sorted(self.regions)))
        )
        return CellFault(
            message("{{0}} is not a known region{apart}", apart=apart(name, self.regions)),
            remedy,
            (shown(name),),
        )

    def _no_field(self, name: str) -> CellFault:
        known = self.fields or frozenset()
        near = nearest(name, known)
        remedy = (
            message("Write field:{name}.", name=near)
            if near
            else message("Write a field of {place}.", place=self.places["clusters"])
        )
        problem = message("{{0}} is not a field of the register{apart}", apart=apart(name, known))
        return CellFault(problem, remedy, (shown(name),))


_TABLES: Final = {"province": "provinces", "city": "cities"}
