"""The real register for tests, and copies of it with one cell, row or column changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from clusterreport.data import sources
from clusterreport.errors import Problem, ProblemsError
from clusterreport.subjects.clusters.validation import check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.dataset import Dataset

AS_OF: Final = dt.date(2025, 9, 22)
FILES: Final = {
    "clusters": "clusters.csv",
    "provinces": "provinces.csv",
    "province_values": "province_values.csv",
    "cities": "cities.csv",
    "figures": "published_figures.csv",
    "statements": "statements.csv",
    "remarks": "remarks.csv",
    "names": "names.csv",
}
_FOLDER: Final = Path(__file__).parents[4] / "data"


@cache
def real() -> Mapping[str, Dataset]:
    """Return the datasets of the project's own data/ folder."""
    return sources.read_all(
        {name: _FOLDER / file for name, file in FILES.items()}, {name: f"data/{file}" for name, file in FILES.items()}
    )


def row_of(name: str, key: str) -> int:
    """Return the number of the first row that has the cell ``key``."""
    return next(number for number, cells in real()[name].numbered() if key in cells)


def changed(name: str, key: str, **cells: str) -> dict[str, Dataset]:
    """Return the real datasets with other ``cells`` in the first row of table ``name`` that has the cell ``key``."""
    dataset = real()[name]
    position = row_of(name, key) - 2
    row = dict(zip(dataset.columns, dataset.rows[position], strict=True)) | cells
    rows = (*dataset.rows[:position], tuple(row.values()), *dataset.rows[position + 1 :])
    return {**real(), name: replace(dataset, rows=rows)}


def added(name: str, **cells: str) -> dict[str, Dataset]:
    """Return the real datasets with one more row in table ``name``; columns that are not named are empty."""
    dataset = real()[name]
    row = tuple(cells.get(column, "") for column in dataset.columns)
    numbers = (*dataset.row_numbers, dataset.row_numbers[-1] + 1)
    return {**real(), name: replace(dataset, rows=(*dataset.rows, row), row_numbers=numbers)}


def without(name: str, *columns: str) -> dict[str, Dataset]:
    """Return the real datasets with table ``name`` lacking some columns."""
    dataset = real()[name]
    kept = [position for position, column in enumerate(dataset.columns) if column not in columns]
    rows = tuple(tuple(row[position] for position in kept) for row in dataset.rows)
    return {**real(), name: replace(dataset, columns=tuple(dataset.columns[at] for at in kept), rows=rows)}


def renamed(name: str, **columns: str) -> dict[str, Dataset]:
    """Return the real datasets with other names for some columns of table ``name``."""
    dataset = real()[name]
    return {**real(), name: replace(dataset, columns=tuple(columns.get(each, each) for each in dataset.columns))}


def emptied(name: str) -> dict[str, Dataset]:
    """Return the real datasets with only the header of table ``name``."""
    return {**real(), name: replace(real()[name], rows=(), row_numbers=())}


def problems(datasets: Mapping[str, Dataset]) -> tuple[Problem, ...]:
    """Return everything that is wrong with the datasets; the test fails if nothing is."""
    with pytest.raises(ProblemsError) as caught:
        check(datasets, AS_OF)
    return caught.value.problems


def problem(datasets: Mapping[str, Dataset]) -> Problem:
    """Return the one thing that is wrong with the datasets; the test fails if there is another."""
    [only] = problems(datasets)
    return only
