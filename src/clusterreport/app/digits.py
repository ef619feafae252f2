"""Gathers what settings and data say that a finished file may repeat: numbers of the issue, names and rows."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

from clusterreport.data.schema import load
from clusterreport.document.composing import written_out
from clusterreport.errors import ProblemsError
from clusterreport.settings import TABLES_FILE
from clusterreport.verify.digit_ledger import LONGEST_NAME, KnownData
from clusterreport.verify.numerals import numerals_in
from clusterreport.verify.unanswered import unanswered
from clusterreport.verify.word_besides import paragraphs_of
from clusterreport.writing.loading import ALLOWED_ENDING
from clusterreport.writing.tracing import traced
from clusterreport.writing.vocabulary import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.app.drafting import Draft
    from clusterreport.data.dataset import Dataset
    from clusterreport.inputs import Inputs
    from clusterreport.settings import Settings

_TOLD: Final = frozenset({"figures", "statements", "remarks"})
"""The tables whose cells are words about things, and no names of them."""
_LETTERS: Final = 2


def known_of(draft: Draft, settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs) -> KnownData:
    """Return what the numbers of a draft's finished files may be, apart from what its document says.

    ``inputs`` are those that the draft was made with: what is saved meanwhile is not what it says.
    """
    year = (settings.issued or settings.as_of).year
    numbers = frozenset(number for number in (settings.number, settings.total, year) if number is not None)
    rows: dict[bool, list[tuple[str, ...]]] = {False: [], True: []}
    for name, dataset in datasets.items():
        rows[name in _TOLD] += (tuple(map(written_out, row)) for _, row in dataset.numbered())
    names = {cell for row in rows[False] for cell in row if _is_name(cell)} | {*_keys(settings, datasets, inputs)}
    said = {*(column for dataset in datasets.values() for column in dataset.columns), *_dictionary(settings, inputs)}
    said |= {name for folder in draft.folders for name in inputs.names(settings.templates / folder)}
    names |= {words for words in said if any(map(str.isalpha, words)) and numerals_in(words)}
    house, allowed = frozenset(_house(draft)), frozenset(_allowed(draft, settings, inputs))
    return KnownData(numbers, frozenset(names), tuple(rows[False]), tuple(rows[True]), house, allowed)


def check_digits(
    draft: Draft, facts: bytes, settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs
) -> None:
    """Raise ProblemsError with each number of a draft that nothing answers for, at its place in a template."""
    known = known_of(draft, settings, datasets, inputs)
    with traced(draft.audience, settings.templates, datasets.values(), inputs):
        if problems := list(unanswered(draft.numbered, facts, known)):
            raise ProblemsError(problems)


def _dictionary(settings: Settings, inputs: Inputs) -> Iterator[str]:
    """Yield what the project's dictionary calls its tables, their columns, units and sources."""
    try:
        declared = inputs.text(settings.root / TABLES_FILE, TABLES_FILE)
    except FileNotFoundError:
        return
    waiting: list[object] = [tomllib.loads(declared)]
    while waiting:
        match waiting.pop():
            case str() as words:
                yield words
            case dict() as entries:
                waiting += entries.values()
            case list() as items:
                waiting += items
            case _:
                pass


def _keys(settings: Settings, datasets: Mapping[str, Dataset], inputs: Inputs) -> Iterator[str]:
    """Yield what own tables call their rows by, however short: 1号线, G4."""
    for name, schema in load(settings.root / TABLES_FILE, TABLES_FILE, inputs).items():
        dataset = datasets[f"{TABLES}.{name}"]
        headings = {heading for key in schema.key for heading in schema.headings_among(key, dataset.columns)}
        places = [place for place, heading in enumerate(dataset.columns) if heading in headings]
        cells = (written_out(row[place]) for _, row in dataset.numbered() for place in places)
        yield from (cell for cell in cells if any(map(str.isalpha, cell)) and numerals_in(cell))


def _allowed(draft: Draft, settings: Settings, inputs: Inputs) -> Iterator[str]:
    """Yield the words with a number that the lists beside the templates of a draft's audience let stand."""
    for place in draft.folders:
        folder = settings.templates / place
        for name in (name for name in inputs.names(folder) if name.endswith(ALLOWED_ENDING)):
            lines = inputs.text(folder / name, f"templates/{place}/{name}").splitlines()
            yield from (words for line in lines if (words := line.strip()) and numerals_in(words))


def _house(draft: Draft) -> Iterator[str]:
    """Yield the texts of the heads and feet that a letterhead of the house brings."""
    if draft.reference is not None:
        parts = draft.reference.headers_footers.parts.values()
        written = (part.content for part in parts if part.name.endswith(".xml"))
        yield from (text.strip() for content in written for text in paragraphs_of(content))


def _is_name(cell: str) -> bool:
    """Tell whether a cell with a digit is a name: short, and of more than a number with a sign or two."""
    held = any(sign.isdigit() for sign in cell)
    return held and len(cell) <= LONGEST_NAME and sum(sign.isalpha() for sign in cell) > _LETTERS
