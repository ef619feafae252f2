"""Checks the tables of a project and makes typed records of them, or lists every problem of every file at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.data.checks import note_twins, read_cells, refuse
from clusterreport.messages import message
from clusterreport.subjects.clusters.records import (
    CheckedData,
    City,
    Cluster,
    Province,
    ProvinceValue,
    PublishedFigure,
    Remark,
    TranslatedName,
)
from clusterreport.subjects.clusters.tables import AGGLOMERATIONS, schemas
from clusterreport.subjects.clusters.validation import clusters, crossing, dated_columns, row_counts
from clusterreport.subjects.clusters.validation.rows import records

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading


def check(
    datasets: Mapping[str, Dataset], as_of: dt.date, expected_rows: Mapping[str, int] | None = None
) -> CheckedData:
    """Return the records of all tables; a project need not have "province_values", "remarks" and "names".

    ProblemsError lists everything that is wrong, file by file and row by row, same faults of many rows once. The
    columns of a row are compared only where each of them is right by itself. ``expected_rows`` says of some tables how
    many rows they must have.
    """
    readings = read_cells(datasets, schemas())
    for name, reading in readings.items():
        row_counts.note_unexpected(reading, expected_rows or {})
        if name in _NEVER_EMPTY and not reading.dataset.rows:
            reading.faults.note_table(
                message("the register has no {name}", name=name), message("Write at least one row below the header.")
            )
    _compare(readings)
    refuse(readings)
    return CheckedData(
        clusters=records(readings["clusters"], Cluster),
        provinces=records(readings["provinces"], Province),
        values=records(readings.get("province_values"), ProvinceValue),
        cities=records(readings["cities"], City),
        figures=records(readings["figures"], PublishedFigure),
        remarks=records(readings.get("remarks"), Remark),
        datasets=dict(datasets),
        as_of=as_of,
        names=records(readings.get("names"), TranslatedName),
    )


_NEVER_EMPTY: Final = ("clusters", "provinces", "cities")


def _compare(readings: Mapping[str, Reading]) -> None:
    """Note what only shows when rows and tables are held against each other."""
    if "urban_agglomeration" in readings["cities"].columns:
        note_twins(readings["cities"], "urban_agglomeration", AGGLOMERATIONS)
    dated_columns.note_dated(readings["provinces"])
    crossing.check_subjects(readings)
    crossing.check_rows(readings)
    clusters.check_clusters(readings)
