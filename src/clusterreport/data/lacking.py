"""Finds columns that a table declares and its file lacks, and the heading that comes nearest to each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.characters import cleaned, folded, plain
from clusterreport.errors import Level, Problem
from clusterreport.likeness import asked, nearest
from clusterreport.messages import message
from clusterreport.settings import TABLES_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.schema import TableSchema


def undecided(name: str, schema: TableSchema, dataset: Dataset) -> Iterator[Problem]:
    """Yield a warning on each column that the file lacks, and of which nothing says whether it may."""
    for column, declared in schema.columns.items():
        if declared.in_every_file is None and not schema.must_have(column) and not _there(schema, column, dataset):
            problem, remedy = lack(name, schema, dataset, column)
            optional = message(
                "If the file may lack it, write in_every_file = false under [tables.{name}.columns.{column}].",
                name=name,
                column=column,
            )
            both = message("{what} {words}", what=remedy, words=optional)
            yield Problem(dataset.place, problem, both, level=Level.WARN)


def lack(name: str, schema: TableSchema, dataset: Dataset, column: str) -> tuple[str, str]:
    """Return what is to be said of a declared column that the file of a table lacks: the problem, and the remedy."""
    problem = message(
        "{file} lacks the column {heading}, which {tables} declares (tables.{name}.columns.{column})",
        file=dataset.place,
        heading=cleaned(schema.headings(column)[0]),
        tables=TABLES_FILE,
        name=name,
        column=column,
    )
    there = message(", ").join(map(cleaned, map(plain, dataset.columns)))
    near = nearest_heading(schema, column, map(plain, dataset.columns))
    if near:
        remedy = message(
            "Put it among the titles of the column, with its own unit, or head it as declared; the file has: {there}.",
            there=there,
        )
        return problem, asked(cleaned(near)) + remedy
    return problem, message("Put the column back, or take it out of {tables}; the file has: {there}.",
                            tables=TABLES_FILE, there=there)  # fmt: skip


def nearest_heading(schema: TableSchema, column: str, headings: Iterable[str]) -> str:
    """Return the heading, among those that no column declares, that comes nearest to those of ``column``, or ""."""
    declared = {heading for each in schema.columns for heading in schema.headings(each)}
    free = [heading for heading in headings if heading not in declared]
    return next(filter(None, (nearest(wanted, free, guess=True) for wanted in schema.headings(column))), "")


def differs_in_brackets(schema: TableSchema, column: str, headings: Iterable[str]) -> bool:
    """Tell whether the nearest heading is a title of ``column`` but for brackets: 经费（亿元） for 经费亿元."""
    near = _unbracketed(nearest_heading(schema, column, headings))
    return bool(near) and near in map(_unbracketed, schema.headings(column))


def _unbracketed(heading: str) -> str:
    return folded(heading).replace("(", "").replace(")", "")


def _there(schema: TableSchema, column: str, dataset: Dataset) -> bool:
    return bool(schema.headings_among(column, list(map(plain, dataset.columns))))
