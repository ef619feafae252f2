"""The words that rows may refer to: the names in the other tables, and the few that the project fixes itself."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, seen, told_apart
from clusterreport.quantity import Bound

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clusterreport.data.dataset import Dataset

_WORDS: Final = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))
REGIONS: Final[tuple[str, ...]] = tuple(_WORDS["regions"])
AGGLOMERATIONS: Final[tuple[str, ...]] = tuple(_WORDS["agglomerations"])
MEASURES: Final[Mapping[str, str]] = _WORDS["measures"]
"""What is measured of provinces, and in which unit."""
VALUE_SOURCES: Final[tuple[str, ...]] = tuple(_WORDS["sources"]["values"])
FIGURE_SOURCES: Final[tuple[str, ...]] = tuple(_WORDS["sources"]["figures"])
UNITS: Final[tuple[str, ...]] = tuple(_WORDS["units"])
QUALIFIERS: Final = ("exact", *(bound.value for bound in Bound if bound is not Bound.EXACT))
TOPICS: Final = ("cities_incomplete", "doubtful", "not_comparable")
CONFIDENCES: Final = ("confirmed", "likely", "unconfirmed")
UNNAMED: Final = "unnamed"


@dataclass(frozen=True, slots=True)
class ReferenceNames:
    """The names that the tables define, as they stand in the files, and the files' places for the remedies.

    A set is None where its table lacks the column, or any row at all: then nothing can be said to be unknown.
    ``incomplete`` are the clusters whose list of cities a remark calls incomplete. ``lists`` keeps the names of
    each cell that was found right, by table and cell: most rows share theirs with others.
    """

    provinces: frozenset[str] | None
    cities: frozenset[str] | None
    clusters: frozenset[str] | None
    agglomerations: frozenset[str]
    metrics: frozenset[tuple[str, ...]] | None
    incomplete: frozenset[str]
    places: Mapping[str, str]
    lists: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict, compare=False)


def gather(datasets: Mapping[str, Dataset]) -> ReferenceNames:
    """Return what the tables define, taken from the cells as they are, so that one bad cell spoils no other table."""
    agglomerations = _columns(datasets, "cities", "urban_agglomeration")
    remarks = _columns(datasets, "remarks", "topic", "subject")
    return ReferenceNames(
        provinces=_names(_columns(datasets, "provinces", "province")),
        cities=_names(_columns(datasets, "cities", "city")),
        clusters=_names(_columns(datasets, "clusters", "id")),
        agglomerations=frozenset(AGGLOMERATIONS) | (_names(agglomerations) or frozenset()),
        metrics=_columns(datasets, "figures", "subject", "metric"),
        incomplete=frozenset(subject for topic, subject in remarks or () if topic == "cities_incomplete"),
        places={name: dataset.place for name, dataset in datasets.items()},
    )


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that was meant: the twin of ``word``, the one it lengthens (江苏省), or the most alike."""
    if meant := twin(word, known):
        return meant
    if len(word) > _LONGEST_COMPARED:
        return None
    lengthened = next((word[:end] for end in range(len(word) - 1, 0, -1) if word[:end] in known), None)
    if lengthened or len(known) > _MOST_COMPARED:
        return lengthened
    return next(iter(difflib.get_close_matches(word, sorted(known), n=1)), None)


def twin(word: str, known: Collection[str]) -> str | None:
    """Return the known word that looks the same as ``word`` and is written with other characters, if there is one."""
    meant = _by_form(frozenset(known)).get(folded(word))
    return meant if meant != word else None


def apart(word: str, known: Collection[str]) -> str:
    """Return by which characters ``word`` is told from its twin, in brackets behind a blank; "" if it has none."""
    meant = twin(word, known)
    signs = told_apart(word, meant) if meant else ""
    return f" ({signs})" if signs else ""


@lru_cache(maxsize=16)
def _by_form(known: frozenset[str]) -> Mapping[str, str]:
    """Return the words by the form that the eye takes in, the last in the alphabet where several have it."""
    return {folded(name): name for name in sorted(known)}


_MOST_COMPARED: Final = 400  # names; a fault in every row of a large table must not ask for every pair
_LONGEST_COMPARED: Final = 100  # characters


def _columns(datasets: Mapping[str, Dataset], name: str, *columns: str) -> frozenset[tuple[str, ...]] | None:
    dataset = datasets.get(name)
    if dataset is None or not dataset.rows or not set(columns) <= set(dataset.columns):
        return None
    positions = [dataset.columns.index(column) for column in columns]
    return frozenset(tuple(seen(row[position]) for position in positions) for row in dataset.rows)


def _names(found: frozenset[tuple[str, ...]] | None) -> frozenset[str] | None:
    return None if found is None else frozenset(name for (name,) in found if name)
