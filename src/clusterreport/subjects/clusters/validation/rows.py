"""Makes the records that statistics count with of the tables' rows, once nothing is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from clusterreport.quantity import Confidence
from clusterreport.subjects.clusters.records import (
    City,
    Cluster,
    MetricName,
    Province,
    ProvinceValue,
    PublishedFigure,
    PublishedStatement,
    Remark,
    TranslatedName,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clusterreport.data.cells import Value
    from clusterreport.data.reading import Reading

RecordT = TypeVar("RecordT")

_COLUMNS: Final[Mapping[type[object], tuple[str, ...]]] = {
    Cluster: (
        "id", "name_zh", "name_en", "batch", "year", "field", "provinces", "cities", "cross_regional", "confidence",
        "source", "evidence_note",
    ),
    Province: ("province", "region", "region_source", "name_en"),
    ProvinceValue: (
        "province", "measure", "year", "value", "unit", "confidence", "source_kind", "source", "checked_against",
    ),
    City: (
        "city", "province", "region", "level", "lon", "lat", "coord_source", "urban_agglomeration",
        "urban_agglomeration_confidence", "name_en",
    ),
    PublishedFigure: (
        "subject", "metric", "value", "unit", "year", "qualifier", "quote", "wording", "wording_en", "source_kind",
        "source", "outlet", "source_date", "stored", "note",
    ),
    PublishedStatement: (
        "id", "subject", "topic", "date", "words", "quote", "speaker", "source", "words_en", "origin",
    ),
    Remark: ("subject", "metric", "topic", "remark", "remark_en"),
    TranslatedName: ("kind", "name", "name_en"),
    MetricName: ("metric", "name_zh", "name_en"),
}  # fmt: skip
"""The columns of each record, in the order of its fields behind the row."""


def records(reading: Reading | None, record: type[RecordT]) -> tuple[RecordT, ...]:
    """Return a ``record`` of each row of a table; none where a project does not have it."""
    if reading is None:
        return ()
    columns = [_values(reading, name) for name in _COLUMNS[record]]
    return tuple(map(record, reading.rows.tolist(), *columns))


def _values(reading: Reading, name: str) -> list[Any]:
    """Return what the cells of a column are in the records."""
    kind = reading.schema.columns[name].type
    made: Callable[[Any], Any] = Confidence.parse if name in _CONFIDENCES else bool if kind == "boolean" else _as_read
    column = reading.columns.get(name)
    if column is None:
        return [made(value) for value in reading.values(name)]
    told = [made(value) for value in column.says]
    return [told[code] for code in column.codes.tolist()]


def _as_read(value: Value) -> Value:
    return value


_CONFIDENCES: Final = frozenset({"confidence", "urban_agglomeration_confidence"})
