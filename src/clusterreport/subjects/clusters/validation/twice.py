"""Tells what stands twice: one cluster or place under two names, one published figure in two rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, shown
from clusterreport.data.faults import CellFault
from clusterreport.errors import Level, Problem
from clusterreport.messages import message, template
from clusterreport.subjects.clusters.tables import DROPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading
    from clusterreport.subjects.clusters.records import Cluster, PublishedFigure

    Found = Iterator[tuple[str, int, CellFault]]


def bare(name: str) -> str:
    """Return a name without 市, 省 and marks: what two rows of one thing have in common."""
    kept = _MARKS.sub("", folded(name))
    for word in DROPPED:
        kept = kept.replace(word, "")
    return kept


def check_twice(readings: Mapping[str, Reading]) -> None:
    """Note clusters, provinces and cities that stand in a row above under another id or with another ending."""
    for name, column, same in _COMPARED:
        reading = readings[name]
        if not reading.faults.silent:
            reading.faults.note_found(list(_twins(reading, column, same)))


def repeated(figures: Iterable[PublishedFigure], dataset: Dataset) -> Iterator[Problem]:
    """Yield the figures that stand in a row above with the same words of the same source."""
    first: dict[tuple[object, ...], int] = {}
    for each in figures:
        said = each.subject, each.metric, each.year, each.value, each.unit, each.qualifier, each.quote, each.source
        row = first.setdefault(said, each.row)
        if row != each.row:
            yield Problem(
                dataset.at(each.row),
                message("it says what row {row} says, in the same words", row=row),
                message("Take one of the two away."),
                level=Level.WARN,
            )


def alike(clusters: Iterable[Cluster], dataset: Dataset) -> Iterator[Problem]:
    """Yield clusters that bear the name of another of the same year, in other places."""
    first: dict[tuple[str, int], Cluster] = {}
    for each in clusters:
        other = first.setdefault((bare(each.name), each.year), each) if each.name else each
        if other is not each:
            yield Problem(
                dataset.at(each.row, "name_zh"),
                message(
                    "{name} is called as {other} in row {row}, and lies elsewhere",
                    name=shown(each.name),
                    other=other.id,
                    row=other.row,
                ),
                message("Look whether the two are one cluster; if so, take one of the rows away."),
                level=Level.WARN,
            )


def _twins(reading: Reading, column: str, same: tuple[str, ...]) -> Found:
    first: dict[tuple[object, ...], int] = {}
    names, others = reading.values(column), [reading.values(each) for each in same]
    right = (~reading.faults.wrong).tolist()
    for place, (name, *beside) in enumerate(zip(names, *others, strict=True)):
        if not name or not right[place]:
            continue
        key = bare(str(name)), *(frozenset(part) if isinstance(part, tuple) else part for part in beside)
        before = first.setdefault(key, place)
        if before != place:
            words = shown(str(name)), shown(str(names[before])), str(reading.rows[before])
            yield column, place, CellFault(message(_PROBLEM), message(_REMEDY), words)


_MARKS: Final = re.compile(r"[\W_]")
_COMPARED: Final = (
    ("clusters", "name_zh", ("year", "provinces", "cities")),
    ("cities", "city", ("province",)),
    ("provinces", "province", ("region",)),
)
"""Of each table: the column that names a row, and those that must be the same as well."""
_PROBLEM: Final = template("{0} is {1} of row {2} once more")
_REMEDY: Final = template("Take one of the rows away; if they are two, give them names that tell them apart.")
