"""Finds the totals in a project's files that are not the sums of their rows, and refuses those that must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.analysis.totals import differing as differing_totals
from clusterreport.data.schema import load
from clusterreport.errors import ProblemsError
from clusterreport.settings import TABLES_FILE
from clusterreport.subjects.clusters.tables import schemas
from clusterreport.writing.vocabulary import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clusterreport.data.dataset import Dataset
    from clusterreport.errors import Problem
    from clusterreport.inputs import Inputs


def differing(datasets: Mapping[str, Dataset], root: Path, inputs: Inputs) -> tuple[Problem, ...]:
    """Return the totals that are not the sums of their rows, of the register's tables and of a project's own."""
    with_totals = {name: dataset for name, dataset in datasets.items() if dataset.asides}
    if not with_totals:
        return ()
    own = {f"{TABLES}.{name}": schema for name, schema in load(root / TABLES_FILE, TABLES_FILE, inputs).items()}
    known = {**own, **schemas()}
    found = (differing_totals(name, dataset, known[name]) for name, dataset in with_totals.items())
    return tuple(problem for problems in found for problem in problems)


def refuse(datasets: Mapping[str, Dataset], root: Path, inputs: Inputs) -> None:
    """Raise ProblemsError with the totals that differ in those own tables of which the project says they must agree."""
    if not any(dataset.asides for dataset in datasets.values()):
        return
    declared = load(root / TABLES_FILE, TABLES_FILE, inputs)
    bound = {name: dataset for name, dataset in datasets.items() if declared[name].totals_must_agree}
    problems = [
        problem for name, dataset in bound.items() for problem in differing_totals(name, dataset, declared[name])
    ]
    if problems:
        raise ProblemsError(problems)
