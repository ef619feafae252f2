"""What the table of bases must say in its column of numbers, gathered anew from the document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Chart, Number, NumberStyle, Stated, Table
from clusterreport.document.walking import parts_of
from clusterreport.errors import Problem
from clusterreport.locale import said
from clusterreport.messages import message
from clusterreport.quantity import Computed, Given, Published
from clusterreport.verify.amounts import in_words
from clusterreport.verify.expected_words import by_language, several
from clusterreport.verify.passages import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import NumberedDocument
    from clusterreport.locale import Language
    from clusterreport.quantity import Basis

    # What the numbers on one line have in common: the kind of their basis, and its words.
    _Shared = tuple[type[Computed | Published | Given | Stated] | str, ...]

NUMBERS: Final = 2
"""The place of the column of numbers, counted from 1."""

_LABEL: Final = "bases"
_BY_SOURCE: Final = frozenset(by_language("bases_by_source").values())
_TITLES: Final = _BY_SOURCE | frozenset(by_language("bases_title").values())
_MORE: Final = by_language("bases_more")
_FACTS: Final = several("bases_facts")
_BETWEEN: Final = by_language("bases_between")
_ON_A_CHART: Final = NumberStyle(unit=False)


def is_of_bases(table: Table) -> bool:
    """Tell whether a table is that of every number's basis, and not one that a template called so."""
    return table.label == _LABEL and table.title in _TITLES


def numbers_by_line(numbered: NumberedDocument) -> tuple[str, ...]:
    """Return what each line of the table must name: its first number, and of how many, or the ids of its statements."""
    language = numbered.document.about.language
    named = _counted if _has_sources(numbered) else _named
    lines = {
        shared: dict.fromkeys(
            part.statement.id
            if isinstance(part, Stated)
            else in_words(part.quantity, replace(part.style, magnitude=False), language)
            for part in parts
        )
        for shared, parts in _by_line(numbered).items()
    }
    return tuple(named(shared[0], tuple(words), language) for shared, words in lines.items())


def rows_by_line(numbered: NumberedDocument) -> tuple[dict[str, frozenset[int]], ...]:
    """Return the rows behind each line of the table, by the files that they are of."""
    found = []
    for parts in _by_line(numbered).values():
        rows: dict[str, frozenset[int]] = {}
        for part in parts:
            basis = part.statement.basis if isinstance(part, Stated) else part.quantity.basis
            for reference in () if isinstance(basis, Given) else basis.rows:
                rows[reference.dataset] = rows.get(reference.dataset, frozenset()) | set(reference.rows)
        found.append(rows)
    return tuple(found)


def missing_bases(numbered: NumberedDocument) -> Iterator[Problem]:
    """Yield a problem where the table of bases has fewer lines, or more, than the document has bases."""
    count = len(numbers_by_line(numbered))
    for table in parts_of(numbered):
        if isinstance(table, Table) and is_of_bases(table) and len(table.rows) != count:
            problem = message(
                "it has {count} lines, and the numbers of the document rest on {needed} bases",
                count=len(table.rows),
                needed=count,
            )
            yield Problem(message("the table of bases"), problem, message(REMEDY))


def _by_line(numbered: NumberedDocument) -> dict[_Shared, list[Number | Stated]]:
    """Return what each line of the table stands for, by what its numbers have in common."""
    language, by_source = numbered.document.about.language, _has_sources(numbered)
    lines: dict[_Shared, list[Number | Stated]] = {}
    for part in _known(numbered):
        if isinstance(part, Stated):
            basis = part.statement.basis
            source = said(basis.source, language)
            shared: _Shared = (Stated, source) if by_source else (Stated, source, basis.quote)
        else:
            shared = (_origin if by_source else _shared)(part.quantity.basis, language)
        lines.setdefault(shared, []).append(part)
    return lines


def _has_sources(numbered: NumberedDocument) -> bool:
    return any(isinstance(part, Table) and _is_by_source(part) for part in parts_of(numbered))


def _is_by_source(table: Table) -> bool:
    return table.label == _LABEL and table.title in _BY_SOURCE


def _origin(basis: Basis, language: Language) -> _Shared:
    """Return what numbers on one line have in common where lines are sources: its words, or the files counted."""
    match basis:
        case Computed():
            return (Computed, *dict.fromkeys(reference.dataset for reference in basis.rows))
        case Published(source):
            return (Published, said(source, language))
        case Given():
            return (Given,)


def _counted(kind: object, words: tuple[str, ...], language: Language) -> str:
    one, more = _FACTS[language]
    return (one if len(words) == 1 else more).format(len(words)) if kind is Stated else _named(kind, words, language)


def _named(kind: object, words: tuple[str, ...], language: Language) -> str:
    if kind is Stated:
        return _BETWEEN[language].join(words)
    first, count = words[0], len(words)
    return first if count == 1 else _MORE[language].format(first=first, count=count, others=count - 1)


def _known(numbered: NumberedDocument) -> Iterator[Number | Stated]:
    for part in parts_of(numbered):
        if isinstance(part, Stated) or (isinstance(part, Number) and part.quantity.known):
            yield part
        elif isinstance(part, Chart):
            told = {(number.quantity.name, number.quantity) for number in part.facts}
            values = (value for series in part.series for value in series.values if (value.name, value) not in told)
            yield from (Number(value, _ON_A_CHART) for value in values if value.known)


def _shared(basis: Basis, language: Language) -> _Shared:
    """Return what numbers on one line have in common: formula, quote or setting; all have a scope, or none."""
    match basis:
        case Computed(label, formula):
            every = "" if said(basis.scope, language) else "every row"
            return (Computed, said(label, language), said(formula, language), every)
        case Published(source, quote):
            return (Published, quote, said(source, language))
        case Given(setting):
            return (Given, said(setting, language))
