"""Says which numbers words may hold, and as what: facts, statements, names of what the numbers beside count."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from clusterreport.data.periods import period_of
from clusterreport.document.model import Chart, Claimed, Number, Stated
from clusterreport.document.walking import parts_of, unprinted
from clusterreport.locale import said
from clusterreport.quantity import Computed, Given, Published
from clusterreport.verify.amounts import in_words
from clusterreport.verify.model_text import inline_text
from clusterreport.verify.numerals import numerals_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import NumberedDocument
    from clusterreport.locale import Language
    from clusterreport.quantity import Basis, RowRef
    from clusterreport.verify.digit_spans import Phrase

_ASKED: Final = re.compile(r'(?:=|has|in \(|any of \(|,) ?("(?:[^"\\]|\\.)*"|[^\s,()"]+)')
LONGEST_NAME: Final = 40
"""How many signs the name of a thing has at most; what is longer is a sentence about it."""
_SENTENCE: Final = 6
"""From how many signs on a cell of the data is a sentence, which tables may hold whole within other words."""
_SINGLE: Final = str.maketrans("“”", "‘’")  # what the marks of a quote become within quotation marks


@dataclass(frozen=True, slots=True)
class KnownData:
    """What settings and data say, apart from the document: the ``numbers`` of the issue, and the data themselves.

    ``things`` are the rows of the tables of things, ``told`` those of tables that say words about them, and ``names``
    cells that call things by their names. ``house`` are the texts of the heads and feet of a letterhead that the house
    brings, ``allowed`` the words that the lists beside the templates let stand.
    """

    numbers: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    things: tuple[tuple[str, ...], ...] = ()
    told: tuple[tuple[str, ...], ...] = ()
    house: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()


class Ledger:
    """What facts.json answers for: how each number and statement may be printed, and the words of all bases."""

    def __init__(self, numbered: NumberedDocument, facts: bytes, known: KnownData) -> None:
        """Read the ledger of ``numbered`` from ``facts``, the content of its facts.json."""
        told = json.loads(facts)
        self.language: Language = numbered.document.about.language
        self.known = known
        self._claims = frozenset(claim["words"] for claim in told["claims"])
        self._printed = _printed(told["numbers"], "name")
        self._statements = _printed(told["statements"], "id")
        entries = [entry.get("basis", entry) for entry in (*told["numbers"], *told["statements"])]
        self.sources = _phrases(entries, "source")
        quotes = _phrases(entries, "quote")
        within = ((words.translate(_SINGLE), kind) for words, kind in quotes)
        self.quotes = tuple(dict.fromkeys((*quotes, *within)))
        words = (words for basis in _bases_in(numbered) for words in _formula(basis, self.language))
        self.formulas = frozenset(filter(None, words))
        cells = {cell for row in known.told for cell in row}
        self.sentences = frozenset(cell for cell in cells if _is_sentence(cell) and numerals_in(cell))
        self._things, self._told = _by_cell(known.things), _by_cell(known.told)
        self._called: dict[str, tuple[str, ...]] = {}

    def rows_with(self, cell: str) -> list[tuple[str, ...]]:
        """Return the rows of the data that have a cell."""
        return [*self._things.get(cell, ()), *self._told.get(cell, ())]

    def holds(self, number: Number) -> bool:
        """Tell whether facts.json has a number as it is printed here."""
        words = in_words(number.quantity, number.style, self.language)
        return words in self._printed.get(number.quantity.name, ())

    def has_claim(self, claimed: Claimed) -> bool:
        """Tell whether the ledger binds the words of a claim to values."""
        return claimed.text in self._claims

    def has_statement(self, stated: Stated) -> bool:
        """Tell whether facts.json has a statement as it is printed here."""
        return inline_text(stated, self.language) in self._statements.get(stated.statement.id, ())

    def names_in(self, parts: object, *, near: bool) -> Iterator[Phrase]:
        """Yield the names of what the numbers and statements within ``parts`` are of: times, places, quotes, sources.

        ``near``: ``parts`` is a row, a column, a chart; then values of conditions that are mere numbers name them too.
        """
        for part in parts_of(parts):
            if isinstance(part, Stated):
                told = part.statement.basis
                words = (said(text, self.language) for text in (told.date, told.speaker, told.source) if text)
                yield from ((text, "statement") for text in (*words, told.quote))
        for basis in _bases_in(parts):
            yield from self.names_of(basis, near=near)

    def names_of(self, basis: Basis, *, near: bool) -> Iterator[Phrase]:
        """Yield the names of what a number on this basis is of."""
        match basis:
            case Published(source, quote, year):
                yield said(source, self.language), "quoted"
                yield quote, "quoted"
                yield said(basis.label, self.language), "named"
                yield from ((words, "named") for words in self._period(year))
            case Computed(label, _, _, inputs, rows, scope, period=period):
                yield from ((words, "named") for words in self._period(period))
                yield from ((said(text, self.language), "named") for text in (scope, label) if text)
                yield from ((words, "named") for row in rows for words in self._asked(row, near=near))
                for given in inputs:
                    yield from self.names_of(given, near=near)
            case Given():
                return

    def _period(self, text: str) -> Iterator[str]:
        found = period_of(text)
        if found is not None:
            yield said(found.words, self.language)

    def _asked(self, reference: RowRef, *, near: bool) -> Iterator[str]:
        """Yield the cells that a condition asks for, a mere number only where it is ``near``."""
        for found in _ASKED.finditer(reference.condition):
            value = str(json.loads(found[1])) if found[1].startswith('"') else found[1]
            if near or not value.isdecimal():
                yield value
                yield from self._called_otherwise(value)
            if near:
                yield from self._period(value)

    def _called_otherwise(self, cell: str) -> tuple[str, ...]:
        """Return what the data call a thing besides, in the rows that have its name: 2013-07 is 7月."""
        if cell not in self._called:
            besides = {other for row in self._things.get(cell, ()) for other in row}
            named = (other for other in besides if len(other) <= LONGEST_NAME and any(map(str.isalpha, other)))
            self._called[cell] = tuple(other for other in named if numerals_in(other))
        return self._called[cell]


def _by_cell(rows: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in rows:
        for cell in dict.fromkeys(row):
            found.setdefault(cell, []).append(row)
    return found


def _printed(entries: Iterable[dict[str, Any]], key: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in entries:
        found.setdefault(entry[key], set()).update(entry["printed"])
    return found


def _phrases(entries: Iterable[dict[str, Any]], key: str) -> tuple[Phrase, ...]:
    return tuple((words, "quoted") for words in sorted({entry.get(key, "") for entry in entries}) if words)


def _bases_in(parts: object) -> Iterator[Basis]:
    """Yield the bases of all numbers within ``parts``, each once."""
    found: dict[Basis, None] = {}
    for part in parts_of(parts):
        if isinstance(part, Number):
            found[part.quantity.basis] = None
        elif isinstance(part, Chart):
            found.update((value.basis, None) for value in unprinted(part))
    yield from found


def _formula(basis: Basis, language: Language) -> Iterator[str]:
    if isinstance(basis, Computed):
        yield from (said(words, language) for words in (basis.label, basis.formula, basis.scope) if words)
        yield from (said(row.called, language) for row in basis.rows if row.called)
        for given in basis.inputs:
            yield from _formula(given, language)


def _is_sentence(cell: str) -> bool:
    """Tell whether a cell is in words, and no number with its unit."""
    return sum(map(str.isalpha, cell)) >= _SENTENCE
