"""The register's own tables as templates may ask them (docs/tables.md), and its places as words of a project's own."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clusterreport.data.checks import words_elsewhere
from clusterreport.data.naming import Names
from clusterreport.data.offered import OfferedTables
from clusterreport.data.schema import declared_in
from clusterreport.locale import BASE, languages
from clusterreport.subjects.clusters.naming import names_in
from clusterreport.subjects.clusters.tables import declared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.schema import TableSchema
    from clusterreport.data.table import DataTable
    from clusterreport.locale import Language
    from clusterreport.subjects.clusters.records import CheckedData

_WORDS: Final = "offered.toml"
_NAMED: Final = frozenset({"string", "list"})


def register_tables(data: CheckedData) -> OfferedTables:
    """Return the tables of a register; its clusters are called by their names, and everything in each language."""
    return OfferedTables({name: partial(_offered, data, name) for name in _schemas() if name in data.readings})


def with_places(tables: Mapping[str, DataTable], data: CheckedData) -> dict[str, DataTable]:
    """Return a project's own tables, in which a place of the register may have no row where a column holds such places.

    A batch asks each table for every city of the register; that a city has no row there is an answer.
    """
    cities, provinces = {each.name for each in data.cities}, {each.name for each in data.provinces}
    return {name: _with_places(table, (frozenset(cities), frozenset(provinces))) for name, table in tables.items()}


def _with_places(table: DataTable, kinds: tuple[frozenset[str], ...]) -> DataTable:
    elsewhere = dict(table.elsewhere or {})
    for column in table.frame.columns:
        if table.schema.columns[column].type in _NAMED:
            words = {name for value in table.frame[column] for name in ((value,) if isinstance(value, str) else value)}
            held = [places for places in kinds if places & words]
            elsewhere[column] = elsewhere.get(column, frozenset()).union(*held)
    return replace(table, elsewhere=elsewhere)


@cache
def _schemas() -> Mapping[str, TableSchema]:
    """Return the offered tables, with the columns that are offered and what they are called."""
    content = tomllib.loads(Path(__file__).with_name(_WORDS).read_text(encoding="utf-8"))
    tables: dict[str, Any] = {}
    for name, said in content.items():
        table = declared()["tables"][name]
        columns = {column: table["columns"][column] | words for column, words in said["columns"].items()}
        tables[name] = table | said | {"columns": columns, "source_column": ""}
    return declared_in({"tables": tables}, _WORDS)


def _offered(data: CheckedData, name: str) -> DataTable:
    table, schema = data.readings[name].table(), _schemas()[name]
    called = Names({language: names_in(data, language) for language in languages() if language != BASE})
    names = {column: called for column, each in schema.columns.items() if each.type in _NAMED}
    if name == "clusters":
        names["id"] = Names({language: _clusters(data, language) for language in languages()})
    kept = [column for column in table.frame.columns if column in schema.columns]
    scales = {column: scale for column, scale in table.scales.items() if column in kept}
    offered: DataTable = replace(
        table, schema=schema, frame=table.frame[kept], scales=scales, names=names,
        elsewhere=words_elsewhere(data.readings, name), of_project=False,
    )  # fmt: skip
    return offered


def _clusters(data: CheckedData, language: Language) -> dict[str, str]:
    """Return what each cluster is called in a language; one without a name is called by its id."""
    named = names_in(data, language)
    return {each.id: named.get(each.name, each.name) for each in data.clusters if each.name}
