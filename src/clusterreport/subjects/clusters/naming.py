"""What the things of the register are called in another language than that of the data, and which lack a name in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.characters import holds_han, shown
from clusterreport.errors import Problem
from clusterreport.locale import BASE
from clusterreport.messages import message
from clusterreport.subjects.clusters.statistics.chinese import widened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.locale import Language
    from clusterreport.subjects.clusters.records import CheckedData

    Names = Mapping[str, str]

_TOLD: Final = 8  # names that a message lists
_NAMES: Final = "names"


@dataclass(frozen=True, slots=True)
class _Named:
    """A name as a table writes it, and in the language; ``column`` is where the latter has to stand."""

    table: str
    row: int
    column: str
    name: str
    translated: str
    kind: str = ""


def names_in(data: CheckedData, language: Language) -> Names:
    """Return what each name of the data is called in ``language``, by how the data write it and how it is printed."""
    if language == BASE:
        return {}
    found: dict[str, str] = {}
    for each in _all(data, language):
        if each.translated:
            found.update(dict.fromkeys((each.name, widened(each.name)), each.translated))
    return found


def unnamed(data: CheckedData, language: Language) -> tuple[Problem, ...]:
    """Return what hinders an edition in ``language``: names that it lacks, and one name for two things of a kind."""
    if language == BASE:
        return ()
    places = {table: dataset.place for table, dataset in data.datasets.items()}
    return (
        *_missing(tuple(_all(data, language)), places),
        *_without_row(data, language, places),
        *_twice(_all(data, language), places),
    )


def _all(data: CheckedData, language: Language) -> Iterator[_Named]:
    """Yield every name that a row of a table gives."""

    def translated(record: object, stem: str = "name") -> str:
        return str(getattr(record, f"{stem}_{language}", ""))

    named, remarked = f"name_{language}", f"remark_{language}"
    for province in data.provinces:
        yield _Named("provinces", province.row, named, province.name, translated(province), "province")
    for city in data.cities:
        yield _Named("cities", city.row, named, city.name, translated(city), "city")
    for cluster in data.clusters:
        if cluster.name:
            yield _Named("clusters", cluster.row, named, cluster.name, translated(cluster))
    for name in data.names:
        yield _Named(_NAMES, name.row, named, name.name, translated(name), name.kind)
    for remark in data.remarks:
        for words in dict.fromkeys((remark.remark, remark.remark.rstrip("。"))):
            yield _Named("remarks", remark.row, remarked, words, translated(remark, "remark"))


def _missing(named: Iterable[_Named], places: Names) -> Iterator[Problem]:
    """Yield which rows lack a name in the language, those of one column together."""
    lost: dict[tuple[str, str], dict[int, str]] = {}
    for each in named:
        if not each.translated and holds_han(each.name):
            lost.setdefault((each.table, each.column), {})[each.row] = each.name
    for (table, column), rows in lost.items():
        more = message(" and {count} more", count=len(rows) - _TOLD) if len(rows) > _TOLD else ""
        names = ", ".join(shown(name) for name in list(rows.values())[:_TOLD])
        where = message(
            "{place}, row {row}, column {heading}",
            place=places.get(table, table),
            row=next(iter(rows)),
            heading=column,
        )
        yield Problem(
            where,
            message("there is no {column} of {names}{more}", column=column, names=names, more=more),
            _remedy(column),
        )


def _without_row(data: CheckedData, language: Language, places: Names) -> Iterator[Problem]:
    """Yield names that stand in a column of the data, and have no row among the names."""
    known, column = {name.name for name in data.names}, f"name_{language}"
    for kind, table, within, words in _used(data):
        lost = [name for name in dict.fromkeys(words) if name and name not in known and holds_han(name)]
        if lost:
            more = message(" and {count} more", count=len(lost) - _TOLD) if len(lost) > _TOLD else ""
            problem = message(
                "there is no {column} of {lost}{more}",
                column=column,
                lost=message(", ").join(map(shown, lost[:_TOLD])),
                more=more,
            )
            home = places.get(_NAMES, message("a table named by {names} = … under [data]", names=_NAMES))
            remedy = message("Write a row {kind},{lost},… for each into {home}.", kind=kind, lost=lost[0], home=home)
            yield Problem(
                message("{place}, column {heading}", place=places.get(table, table), heading=within), problem, remedy
            )


def _used(data: CheckedData) -> Iterator[tuple[str, str, str, Iterable[str]]]:
    """Yield the kinds of names that no table has rows for: kind, table, column and the names that stand there."""
    yield "region", "provinces", "region", (province.region for province in data.provinces)
    yield "field", "clusters", "field", (cluster.field for cluster in data.clusters)
    yield "agglomeration", "cities", "urban_agglomeration", (city.agglomeration for city in data.cities)
    yield "level", "cities", "level", (city.level for city in data.cities)
    yield (
        "document",
        "figures",
        "source",
        (figure.source for figure in data.figures if figure.source_kind == "document"),
    )
    yield "document", "province_values", "checked_against", (value.checked_against for value in data.values)


def _twice(named: Iterable[_Named], places: Names) -> Iterator[Problem]:
    """Yield translations that two things of a kind share, and names that are translated in two ways."""
    of_kind: dict[tuple[str, str], _Named] = {}
    of_name: dict[str, _Named] = {}
    for each in named:
        if not each.translated or not each.kind:
            continue
        where = message(
            "{place}, row {row}, column {heading}",
            place=places.get(each.table, each.table),
            row=each.row,
            heading=each.column,
        )
        first = of_kind.setdefault((each.kind, each.translated.casefold()), each)
        if first.name != each.name:
            problem = message(
                "{translated} is the name of {name} already", translated=shown(each.translated), name=shown(first.name)
            )
            yield Problem(where, problem, message("Tell the two apart, such as by the province in brackets."))
        other = of_name.setdefault(each.name, each)
        if other.translated != each.translated:
            there = message("{place}, row {row}", place=places.get(other.table, other.table), row=other.row)
            problem = message(
                "{name} is called {translated} in {there}",
                name=shown(each.name),
                translated=shown(other.translated),
                there=there,
            )
            yield Problem(where, problem, message("Write the same name in both places."))


def _remedy(column: str) -> str:
    return message(
        "Write it into the column {column}, which is added behind the others if the file has none.", column=column
    )
