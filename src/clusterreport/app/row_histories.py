"""Gathers the histories of the rows of all tables of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.data.histories import row_history
from clusterreport.errors import Problem, ProblemsError
from clusterreport.subjects.clusters.tables import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.table import DataTable
    from clusterreport.document.vintages import RowHistory


def of_tables(register: Mapping[str, Dataset], own: Iterable[DataTable]) -> dict[str, RowHistory]:
    """Return the histories by the names that the rows behind numbers call the tables.

    ProblemsError lists the days of revisions that are none.
    """
    known = schemas()
    tables = [(known[name], dataset) for name, dataset in register.items() if name in known]
    tables += [(table.schema, table.dataset) for table in own]
    found: dict[str, RowHistory] = {}
    problems: list[Problem] = []
    for schema, dataset in tables:
        history, wrong = row_history(schema, dataset)
        problems += wrong
        found[dataset.name] = history
    if problems:
        raise ProblemsError(problems)
    return found
