"""What one row of each table must be: a pydantic model per table, its fields named as the columns, and its record.

A field with a default is a column that may be left out of the file; PROSE are columns that are printed and never
compared.
"""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from clusterreport.subjects.clusters.records import City, Cluster, Province, PublishedFigure, Remark
from clusterreport.subjects.clusters.validation import cells

Record = TypeVar("Record")


class RowModel(BaseModel, Generic[Record]):
    """A row whose cells are all right by themselves; columns that no field names are left aside."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    PROSE: ClassVar[frozenset[str]] = frozenset()

    def record(self, row: int) -> Record:
        """Return the record of row ``row``."""
        raise NotImplementedError


class ClusterRow(RowModel[Cluster]):
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


class ProvinceRow(RowModel[Province]):
    """A row of the provinces."""

    PROSE = frozenset({"region_source", "gdp_source", "population_source"})

    province: cells.Filled
    region: cells.Region
    region_source: str
    gdp_2024_100m_yuan: cells.Amount
    gdp_confidence: cells.Trust
    gdp_source: str
    population_2024_10k: cells.Amount
    population_confidence: cells.Trust
    population_source: str

    def record(self, row: int) -> Province:
        """Return the province of row ``row``."""
        return Province(
            row=row,
            name=self.province,
            region=self.region,
            region_source=self.region_source,
            gdp=self.gdp_2024_100m_yuan,
            gdp_confidence=self.gdp_confidence,
            gdp_source=self.gdp_source,
            population=self.population_2024_10k,
            population_confidence=self.population_confidence,
            population_source=self.population_source,
        )


class CityRow(RowModel[City]):
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


class FigureRow(RowModel[PublishedFigure]):
    """A row of the published figures."""

    PROSE = frozenset({"quote", "source", "note"})

    subject: cells.Subject
    metric: cells.Filled
    value: cells.Count
    unit: cells.UnitWord
    year: cells.Period
    qualifier: cells.Qualifier
    quote: cells.Filled
    source: cells.Filled
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
            source=self.source,
            note=self.note,
        )


class RemarkRow(RowModel[Remark]):
    """A row of the desk's remarks."""

    PROSE = frozenset({"remark"})

    subject: cells.Subject
    metric: str
    topic: cells.Topic
    remark: cells.Filled

    def record(self, row: int) -> Remark:
        """Return the remark of row ``row``."""
        return Remark(row=row, subject=self.subject, metric=self.metric, topic=self.topic, remark=self.remark)
