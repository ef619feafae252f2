"""Finds where finished editions print a fact: every edition of the output folder, with section, block and page."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.errors import Problem, UsageError
from clusterreport.likeness import asked, nearest
from clusterreport.messages import message
from clusterreport.publishing import FACTS, MANIFEST, Manifest, ManifestError
from clusterreport.verify.ledger import read_ledger, title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from clusterreport.verify.ledger import FactsLedger

    Entry = Mapping[str, Any]

_ID: Final = re.compile(r"[nc][1-9][0-9]*")
"""Ids that each edition counts for itself; those of statements are the data's own."""


@dataclass(frozen=True, slots=True)
class FinishedEdition:
    """An edition of the output folder: ``name`` is its path there, as 2025-09/leaders or 苏州/2025-09/leaders."""

    name: str
    issue: str
    audience: str
    language: str
    focus: str
    ledger: FactsLedger


@dataclass(frozen=True, slots=True)
class FoundPrint:
    """How often an edition prints a fact in the same words at one place; ``place`` as facts.json has it.

    The place is empty where the edition is of before places were listed, and ``count`` is then 0.
    """

    words: str
    count: int
    place: Entry


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact with the editions that print it, each with its entry there and its prints in reading order."""

    key: str
    title: str
    editions: tuple[tuple[FinishedEdition, Entry, tuple[FoundPrint, ...]], ...]


def finished_editions(
    output: Path, issues: Sequence[str] = (), audiences: Sequence[str] = ()
) -> tuple[tuple[FinishedEdition, ...], tuple[Problem, ...]]:
    """Return the editions that stand in ``output``, of these issues and audiences where any are named.

    What cannot be read of one is told, with all others. What was put aside is no edition. UsageError where there is
    none.
    """
    editions: list[FinishedEdition] = []
    problems: list[Problem] = []
    for path in sorted({*output.glob(f"*/*/{MANIFEST}"), *output.glob(f"*/*/*/{MANIFEST}")}):
        name = path.parent.relative_to(output).as_posix()
        try:
            manifest = Manifest.from_json(path.read_bytes())
            if _chosen(manifest, path.parent, issues, audiences):
                editions.append(_edition(name, manifest, path.parent))
        except (OSError, ManifestError) as error:
            remedy = message("Build this edition once more.")
            problems.append(
                Problem(f"{name}/{MANIFEST}", message("it cannot be read ({reason})", reason=error), remedy)
            )
        except UsageError as error:
            problems += error.problems
    if not editions and not problems:
        asked_for = message(", ").join((*issues, *audiences))
        problem = (
            message("there is no finished edition of {names} in it", names=asked_for)
            if asked_for
            else message("there is no finished edition in it")
        )
        raise UsageError(str(output), problem, message("Build one first: clusterreport build."))
    return tuple(editions), tuple(problems)


def facts_called(words: str, editions: Sequence[FinishedEdition]) -> tuple[FoundFact, ...]:
    """Return the facts that ``words`` mean, an id, a name, a title or a number as printed, with all their prints.

    An id is counted by each edition for itself: where it means several facts, UsageError asks for the edition before
    it, as leaders/n4. UsageError names what is like ``words`` where nothing is found.
    """
    place, _, id_ = words.rpartition("/")
    if place and _ID.fullmatch(id_):
        named = [edition for edition in editions if f"/{edition.name}".endswith(f"/{place}")]
        meant = _keys(named, id_)
    else:
        meant = _keys(editions, words)
        if _ID.fullmatch(words) and len(meant) > 1:
            raise _ambiguous(words, meant)
    if not meant:
        raise _unknown(words, editions)
    return tuple(_found(key, editions) for key in meant)


def _keys(editions: Iterable[FinishedEdition], words: str) -> dict[str, FinishedEdition]:
    """Return by what editions agree on the facts that words mean, each with the first edition that has it."""
    keys: dict[str, FinishedEdition] = {}
    for edition in editions:
        for entry in edition.ledger.found(words):
            keys.setdefault(_key(entry), edition)
    return keys


def _key(entry: Entry) -> str:
    """Return what an entry is called in every edition: a number's name, a statement's id, a claim's words."""
    if "values" in entry:
        return str(entry.get("words", ""))
    return str(entry.get("name") or entry.get("id", ""))


def _found(key: str, editions: Iterable[FinishedEdition]) -> FoundFact:
    having = [
        (edition, entry, tuple(_prints(entry, edition.ledger)))
        for edition in editions
        for entry in edition.ledger.every
        if _key(entry) == key
    ]
    return FoundFact(key, next((title for _, entry, _ in having if (title := title_of(entry))), key), tuple(having))


def _prints(entry: Entry, ledger: FactsLedger) -> Iterator[FoundPrint]:
    """Yield the prints of an entry by place, in reading order."""
    counts: Counter[tuple[str, str]] = Counter()
    prints = entry.get("prints")
    if isinstance(prints, dict):
        counts.update((str(id_), words) for words, ids in prints.items() if isinstance(ids, list) for id_ in ids)
    order = {id_: number for number, id_ in enumerate(ledger.places)}
    for id_, words in sorted(counts, key=lambda one: order.get(one[0], len(order))):
        yield FoundPrint(words, counts[id_, words], ledger.places.get(id_, {}))
    if not counts:
        yield from (FoundPrint(str(words), 0, {}) for words in entry.get("printed", (entry.get("words", ""),)))


def _chosen(manifest: Manifest, folder: Path, issues: Sequence[str], audiences: Sequence[str]) -> bool:
    """Tell whether a folder holds the edition that its manifest names, and one that is asked for."""
    stands = folder.name == manifest.audience and folder.parent.name == manifest.issue
    return stands and (not issues or manifest.issue in issues) and (not audiences or manifest.audience in audiences)


def _edition(name: str, manifest: Manifest, folder: Path) -> FinishedEdition:
    made = manifest.made_from
    return FinishedEdition(
        name, manifest.issue, manifest.audience, made.language, made.focus, read_ledger(folder / FACTS)
    )


def _ambiguous(words: str, meant: Mapping[str, FinishedEdition]) -> UsageError:
    told = message(", ").join(
        message("{id} is {name} in {edition}", id=words, name=key, edition=edition.name)
        for key, edition in meant.items()
    )
    (first, edition) = next(iter(meant.items()))
    remedy = message(
        "Write its name ({name}), or the edition before it: {edition}/{id}.", name=first, edition=edition.name, id=words
    )
    return UsageError(words, message("each edition counts for itself: {what}", what=told), remedy)


def _unknown(words: str, editions: Sequence[FinishedEdition]) -> UsageError:
    every = [entry for edition in editions for entry in edition.ledger.every]
    known = {_key(entry) for entry in every} | {title_of(entry) for entry in every}
    problem = message("none of {count} editions prints or names it so", count=len(editions))
    like = asked(nearest(words, known - {""}))
    return UsageError(words, problem, like + message("To list all that an edition prints: clusterreport trace FOLDER."))
