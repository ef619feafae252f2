"""What one row of each table must be: a pydantic model per table, its fields named as the columns, and its record.

A field with a default is a column that may be left out of the file; PROSE are columns that are printed and never
compared.
"""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from clusterreport.subjects.clusters.records import City, Cluster, Province, ProvinceValue, PublishedFigure, Remark
from clusterreport.subjects.clusters.validation import cells  # noqa: TC001 -- pydantic reads the annotations at run time

Record = TypeVar("Record")


class Row(BaseModel, Generic[Record]):
    """A row whose cells are all right by themselves; columns that no field names are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    PROSE: ClassVar[frozenset[str]] = frozenset()

    def record(self, row: int) -> Record:
        """Return the record of row ``row``."""
        raise NotImplementedError


class ClusterRow(Row[Cluster]):
    """A row of the register."""

    PROSE = frozenset({"source", "evidence_note"})

    id: cells.Identifier
    name_zh: str
    name_en: str = ""
    batch: cells.Batch
    year: cells.Year
    field: str
    provinces: cells.Provinces
    cities: cells.Cities
    cross_regional: cells.YesOrNo
    confidence: cells.TrustOrUnnamed
    source: cells.Filled
    evidence_note: str = ""

    def record(self, row: int) -> Cluster:
        """Return the cluster of row ``row``."""
        return Cluster(
            row=row,
            id=self.id,
            name=self.name_zh,
            name_en=self.name_en,
            batch=self.batch,
            year=self.year,
            field=self.field,
            provinces=self.provinces,
            cities=self.cities,
            cross_regional=self.cross_regional,
            confidence=self.confidence,
            source=self.source,
            note=self.evidence_note,
        )


class ProvinceRow(Row[Province]):
    """A row of the provinces."""

    PROSE = frozenset({"region_source"})

    province: cells.Filled
    region: cells.Region
    region_source: str

    def record(self, row: int) -> Province:
        """Return the province of row ``row``."""
        return Province(
            row=row,
            name=self.province,
            region=self.region,
            region_source=self.region_source,
        )


class ValueRow(Row[ProvinceValue]):
    """A row of the values of the provinces."""

    PROSE = frozenset({"source", "checked_against"})

    province: cells.Province
    measure: cells.Measure
    year: cells.Year
    value: cells.Amount
    unit: str
    confidence: cells.Trust
    source_kind: cells.ValueSourceKind = ""
    source: str
    checked_against: str = ""

    def record(self, row: int) -> ProvinceValue:
        """Return the value of row ``row``."""
        return ProvinceValue(
            row=row,
            province=self.province,
            measure=self.measure,
            year=self.year,
            value=self.value,
            unit=self.unit,
            confidence=self.confidence,
            source_kind=self.source_kind,
            source=self.source,
            checked_against=self.checked_against,
        )


class CityRow(Row[City]):
    """A row of the cities."""

    PROSE = frozenset({"coord_source"})

    city: cells.Filled
    province: cells.Province
    region: cells.Region
    level: str
    lon: cells.Longitude
    lat: cells.Latitude
    coord_source: str
    urban_agglomeration: str
    urban_agglomeration_confidence: cells.Trust

    def record(self, row: int) -> City:
        """Return the city of row ``row``."""
        return City(
            row=row,
            name=self.city,
            province=self.province,
            region=self.region,
            level=self.level,
            longitude=self.lon,
            latitude=self.lat,
            coordinate_source=self.coord_source,
            agglomeration=self.urban_agglomeration,
            agglomeration_confidence=self.urban_agglomeration_confidence,
        )


class FigureRow(Row[PublishedFigure]):
    """A row of the published figures."""

    PROSE = frozenset({"quote", "source", "note"})

    subject: cells.Subject
    metric: cells.Filled
    value: cells.Count
    unit: cells.UnitWord
    year: cells.Period
    qualifier: cells.Qualifier
    quote: cells.Filled
    source_kind: cells.SourceKind = ""
    source: cells.Filled
    outlet: str = ""
    source_date: cells.SourceDate = ""
    stored: cells.YesOrNotSaid = False
    note: str = ""

    def record(self, row: int) -> PublishedFigure:
        """Return the published figure of row ``row``, with value, unit and qualifier as they are written."""
        return PublishedFigure(
            row=row,
            subject=self.subject,
            metric=self.metric,
            value=self.value,
            unit=self.unit,
            year=self.year,
            qualifier=self.qualifier,
            quote=self.quote,
            source_kind=self.source_kind,
            source=self.source,
            outlet=self.outlet,
            source_date=self.source_date,
            stored=self.stored,
            note=self.note,
        )


class RemarkRow(Row[Remark]):
    """A row of the desk's remarks."""

    PROSE = frozenset({"remark"})

    subject: cells.Subject
    metric: str
    topic: cells.Topic
    remark: cells.Filled

    def record(self, row: int) -> Remark:
        """Return the remark of row ``row``."""
        return Remark(row=row, subject=self.subject, metric=self.metric, topic=self.topic, remark=self.remark)
