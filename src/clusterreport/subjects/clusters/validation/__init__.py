"""Checks the tables of a project and makes typed records of them, or lists every problem of every file at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import ProblemsError
from clusterreport.subjects.clusters.records import CheckedData
from clusterreport.subjects.clusters.validation import crossing, known, row_counts, rows, tables

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.subjects.clusters.validation.tables import CellError


def check(
    datasets: Mapping[str, Dataset], as_of: dt.date, expected_rows: Mapping[str, int] | None = None
) -> CheckedData:
    """Return the records of "clusters", "provinces", "cities", "figures" and, if there are any, "remarks".

    ProblemsError lists everything that is wrong, file by file and row by row. The columns of a row are compared only
    where each of them is right by itself. ``expected_rows`` says of some tables how many rows they must have.
    """
    read = {name: tables.compared(dataset, _MODELS[name]) for name, dataset in datasets.items()}
    words = known.gather(read)
    expected = expected_rows or {}
    faults = {name: list(row_counts.unexpected(name, dataset, expected)) for name, dataset in read.items()}

    def records(name: str, model: type[rows.RowModel[rows.Record]]) -> tuple[rows.Record, ...]:
        return tables.records(read[name], model, words, faults[name]) if name in read else ()

    data = CheckedData(
        clusters=records("clusters", rows.ClusterRow),
        provinces=records("provinces", rows.ProvinceRow),
        cities=records("cities", rows.CityRow),
        figures=records("figures", rows.FigureRow),
        remarks=records("remarks", rows.RemarkRow),
        datasets=tuple(datasets.values()),
        as_of=as_of,
    )
    _compare(data, read, words, faults)
    problems = [problem for name, dataset in read.items() for problem in tables.located(dataset, faults[name])]
    if problems:
        raise ProblemsError(problems)
    return data


_MODELS: Final[Mapping[str, type[rows.RowModel[Any]]]] = {
    "clusters": rows.ClusterRow,
    "provinces": rows.ProvinceRow,
    "cities": rows.CityRow,
    "figures": rows.FigureRow,
    "remarks": rows.RemarkRow,
}
_KEYS: Final = {"clusters": "id", "provinces": "province", "cities": "city"}
_COUNTED: Final[Mapping[str, tuple[str, ...]]] = {
    "clusters": ("name_zh", "field"),
    "provinces": ("province",),
    "cities": ("city", "level", "urban_agglomeration"),
    "figures": ("metric",),
}
"""The columns that are counted or looked up by, and whose words no other column or list fixes."""
_NEVER_EMPTY: Final = ("clusters", "provinces", "cities")


def _compare(
    data: CheckedData, datasets: Mapping[str, Dataset], words: known.ReferenceNames, faults: dict[str, list[CellError]]
) -> None:
    """Add to ``faults`` what only shows when rows and tables are held against each other."""
    for name, key in _KEYS.items():
        faults[name] += tables.doubled(datasets[name], key)
    for name, columns in _COUNTED.items():
        for column in columns:
            others = known.AGGLOMERATIONS if column == "urban_agglomeration" else ()
            faults[name] += tables.twins(datasets[name], column, others)
    for name in _NEVER_EMPTY:
        faults[name] += tables.empty(datasets[name], name)
    faults["clusters"] += crossing.check_clusters(data.clusters, data.cities, words)
    faults["cities"] += crossing.check_cities(data.cities, data.provinces, words)
    faults["figures"] += crossing.check_figures(data.figures)
    if "remarks" in datasets:
        faults["remarks"] += crossing.check_remarks(data.remarks, words)
