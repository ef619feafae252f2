"""Lists every number, statement and claim that a document prints with where it comes from, and reads it back.

This is facts.json.

Labels, formulas and wordings are in the language of the edition. The name of a finding, its unit and its bound are
codes, the same in every language: the unit and the qualifier as the data write them.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar, assert_never

from clusterreport.document.model import Chart, Claimed, Number, NumberStyle, Quoted, Stated
from clusterreport.document.print_places import PlottedValue, places_of
from clusterreport.document.quoting import quotes_of
from clusterreport.document.vintages import row_fields, tables_told, vintage_fields
from clusterreport.document.walking import parts_of, unprinted
from clusterreport.document.wording import format_quantity, format_statement
from clusterreport.locale import said
from clusterreport.quantity import (
    Basis,
    Computed,
    Given,
    Published,
    Quantity,
    RowRef,
    in_order,
    runs_of,
)
from clusterreport.remembered import RememberedOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.document.model import About, Document, NumberedDocument, Section
    from clusterreport.document.print_places import Print, PrintPlace
    from clusterreport.document.vintages import RowHistory
    from clusterreport.locale import Language

T = TypeVar("T")

FORMAT: Final = "clusterreport-facts"
VERSION: Final = 2
"""Of the form of the file; the first was a list of numbers, or an object without a version."""

MOST_RANGES: Final = 8
"""How many ranges of rows a reference lists; of more, these are the first."""

FactKey = tuple[str, Quantity]
"""A finding, and its amount with all that belongs to it: of one name there may be two, one of them withheld."""


_NO_HISTORIES: Final[Mapping[str, RowHistory]] = MappingProxyType({})

_UNPRINTED: Final = NumberStyle(unit=False, mark="star")
"""How a value is listed that a chart has at the place of a point only, and Word in the chart's own table."""


def fact_ids(numbered: NumberedDocument) -> dict[FactKey, str]:
    """Return the ids of all findings printed, in order of first appearance: n1, n2; Word's numbers bear them."""
    keys = dict.fromkeys((number.quantity.name, number.quantity) for number in _numbers_in(numbered))
    return {key: _id_of(place) for place, key in enumerate(keys, 1)}


def facts_file(
    numbered: NumberedDocument,
    printed_on: Mapping[int, tuple[int, ...]] | None = None,
    histories: Mapping[str, RowHistory] = _NO_HISTORIES,
) -> dict[str, Any]:
    """Return what facts.json says of a document: its ``numbers``, ``statements``, ``claims`` and ``quotes``.

    Each has its ``prints``: by its wordings, the ids of the ``places`` where it is printed so, one for each time.
    ``printed_on`` has the pages as ``Rendered`` does, where pages were made. ``edition`` is what it is; ``histories``
    are those of the tables behind the numbers.
    """
    numbers, claims = facts_of(numbered, histories), claims_of(numbered)
    statements, quotes = statements_of(numbered), quotes_in(numbered)
    places = _add_prints(numbered, printed_on or {}, (numbers, statements, claims, quotes))
    return {
        "format": FORMAT,
        "version": VERSION,
        "edition": _edition(numbered.document.about, histories),
        "places": places,
        "numbers": numbers,
        "statements": statements,
        "claims": claims,
        "quotes": quotes,
    }


def facts_json(facts: Mapping[str, Any]) -> bytes:
    """Return the content of facts.json: a line for each entry and place, so that it is small and can be compared."""
    lines = []
    for key, value in facts.items():
        if isinstance(value, list):
            entries = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in value)
            lines.append(f"{json.dumps(key)}: [\n{entries}\n]" if value else f"{json.dumps(key)}: []")
        else:
            lines.append(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def quotes_in(numbered: NumberedDocument) -> list[dict[str, Any]]:
    """Return one entry for each passage that a template quotes, in order of first appearance, with its source."""
    document = numbered.document
    wanted = frozenset(quotes_of(document))
    entries: dict[Quoted, dict[str, Any]] = {}
    in_titles = (("", quote) for quote in document.about.title_quotes)
    for title, quote in (*in_titles, *_within(Quoted, document)):
        if quote in wanted:
            entry = entries.setdefault(quote, {"words": quote.text, "source": quote.source, "where": []})
            if title not in entry["where"]:
                entry["where"].append(title)
    return list(entries.values())


def claims_of(numbered: NumberedDocument) -> list[dict[str, Any]]:
    """Return one entry for each claim printed, in order of first appearance, with the values that carry it.

    A value that is printed too is named by its id among the numbers, and has its basis there; any other has it here.
    """
    document, ids = numbered.document, fact_ids(numbered)
    language = document.about.language
    entries: dict[Claimed, dict[str, Any]] = {}
    for title, claimed in _within(Claimed, document):
        entry = entries.get(claimed)
        if entry is None:
            entry = entries[claimed] = {
                "id": f"c{len(entries) + 1}",
                "words": claimed.text,
                "kind": claimed.kind,
                "values": [_carrying(value, ids, language) for value in claimed.values],
                "where": [],
            }
        if title not in entry["where"]:
            entry["where"].append(title)
    return list(entries.values())


def statements_of(numbered: NumberedDocument) -> list[dict[str, Any]]:
    """Return one entry for each statement printed, in order of first appearance; ``where`` lists its sections."""
    document = numbered.document
    language = document.about.language
    entries: dict[str, dict[str, Any]] = {}
    for title, stated in _within(Stated, document):
        statement = stated.statement
        entry = entries.setdefault(statement.id, _statement(stated, language))
        for key, text in (("printed", format_statement(stated, language)), ("where", title)):
            if text not in entry[key]:
                entry[key].append(text)
    return list(entries.values())


def facts_of(numbered: NumberedDocument, histories: Mapping[str, RowHistory] = _NO_HISTORIES) -> list[dict[str, Any]]:
    """Return one entry for each finding printed, in order of first appearance; ``printed`` lists its wordings."""
    language = numbered.document.about.language
    facts: dict[FactKey, dict[str, Any]] = {}
    for number in _numbers_in(numbered):
        quantity = number.quantity
        key = (quantity.name, quantity)
        entry = facts.get(key)
        if entry is None:
            told = {**_fact(number, language), **vintage_fields(quantity)}
            entry = facts[key] = {"id": _id_of(len(facts) + 1), **told}
            _add_histories(entry, quantity.basis, histories)
        text = format_quantity(quantity, number.style, language)
        if text not in entry["printed"]:
            entry["printed"].append(text)
    return list(facts.values())


def printed_numbers(part: object) -> Iterator[Quantity]:
    """Yield the findings that a part of a document prints, as text, on a chart, or at the place of a point."""
    return (number.quantity for number in _numbers_in(part))


def _add_prints(
    numbered: NumberedDocument,
    printed_on: Mapping[int, tuple[int, ...]],
    entries: tuple[list[dict[str, Any]], ...],
) -> list[dict[str, Any]]:
    """Add to each entry of the four lists where it is printed, and return the places."""
    document = numbered.document
    keys: tuple[Iterable[object], ...] = (
        fact_ids(numbered),
        [entry["id"] for entry in entries[1]],
        dict.fromkeys(claim for _, claim in _within(Claimed, document)),
        [(entry["words"], entry["source"]) for entry in entries[3]],
    )
    entry_of = dict(zip(chain.from_iterable(keys), chain.from_iterable(entries), strict=True))
    places: dict[PrintPlace, str] = {}
    for part, place in places_of(numbered, printed_on):
        key, words = _key_and_words(part, document.about.language)
        if (entry := entry_of.get(key)) is not None:
            id_ = places.setdefault(place, f"p{len(places) + 1}")
            entry.setdefault("prints", {}).setdefault(words, []).append(id_)
    return [{"id": id_, **_told_of(place)} for place, id_ in places.items()]


def _key_and_words(part: Print | PlottedValue, language: Language) -> tuple[object, str]:
    """Return by what the entry of a print is found, and how it is printed."""
    match part:
        case Number(quantity, style):
            return (quantity.name, quantity), format_quantity(quantity, style, language)
        case PlottedValue(quantity):
            return (quantity.name, quantity), format_quantity(quantity, _UNPRINTED, language)
        case Stated():
            return part.statement.id, format_statement(part, language)
        case Claimed():
            return part, part.text
        case Quoted():
            return (part.text, part.source), part.text
        case _:
            assert_never(part)


def _told_of(place: PrintPlace) -> dict[str, Any]:
    said_of = {key: getattr(place, key) for key in ("section", "heading", "kind", "part", "caption", "page")}
    return {key: value for key, value in said_of.items() if value}


def _id_of(place: int) -> str:
    return f"n{place}"


def _edition(about: About, histories: Mapping[str, RowHistory]) -> dict[str, Any]:
    told = {
        "issue": about.issue, "audience": about.audience, "language": about.language,
        "as_of": about.as_of.isoformat(), "corrects": about.corrects, "tables": tables_told(histories),
    }  # fmt: skip
    return {key: value for key, value in told.items() if value}


def _add_histories(entry: dict[str, Any], basis: Basis, histories: Mapping[str, RowHistory]) -> None:
    if histories and not isinstance(basis, Given):
        listed = zip(entry["basis"]["rows"], basis.rows, strict=True)
        rows = [{**told, **row_fields(reference, histories)} for told, reference in listed]
        entry["basis"] = {**entry["basis"], "rows": rows}  # what is listed of a basis is shared, and stays as it is
        if entry["amount"] is not None and any("revised" in told for told in rows):
            entry["status"] = "revised"


def _numbers_in(whole: object) -> Iterator[Number]:
    for part in parts_of(whole):
        if isinstance(part, Number):
            yield part
        elif isinstance(part, Chart):
            yield from (Number(value, _UNPRINTED) for value in unprinted(part))


def _within(kind: type[T], document: Document) -> Iterator[tuple[str, T]]:
    """Yield each part of a kind with the title of its section, "" in the lead."""
    placed = _PLACED.made(document, lambda: tuple(_placed(document.lead, document.sections)))
    return ((title, part) for title, part in placed if isinstance(part, kind))


_PLACED: Final = RememberedOf[tuple[tuple[str, object], ...]](2)
"""What is said in the last documents, with the titles of its sections."""


def _placed(blocks: object, sections: tuple[Section, ...], title: str = "") -> Iterator[tuple[str, object]]:
    """Yield what is quoted, claimed and stated, with the title of its section, "" in the lead."""
    yield from ((title, part) for part in parts_of(blocks) if isinstance(part, Quoted | Claimed | Stated))
    for section in sections:
        yield from _placed(section.blocks, section.sections, section.title)


def _carrying(value: Quantity, ids: Mapping[FactKey, str], language: Language) -> dict[str, Any]:
    """Return a value of a claim: the id of its number, or all that is known of it."""
    told = _fact(Number(value), language)
    number = ids.get((value.name, value), "")
    kept = ("name", "amount", "unit", "bound", "confidence", *(() if number else ("basis",)))
    return {"number": number, **{key: told[key] for key in kept}}


def _statement(stated: Stated, language: Language) -> dict[str, Any]:
    statement, basis = stated.statement, stated.statement.basis
    return {
        "id": statement.id,
        "words": statement.words,
        "line": stated.line,
        "quote": basis.quote,
        "speaker": said(basis.speaker, language),
        "source": said(basis.source, language),
        "date": said(basis.date, language),
        "rows": _rows(basis.rows),
        "where": [],
        "printed": [],
    }


def _fact(number: Number, language: Language) -> dict[str, Any]:
    quantity = number.quantity
    return {
        "name": quantity.name,
        "amount": None if quantity.amount is None else str(quantity.amount),
        "unit": quantity.unit.symbol,
        "bound": quantity.bound.value,
        "confidence": quantity.confidence.name.lower(),
        "line": number.line,
        "basis": _basis(quantity.basis, language),
        "printed": [],
    }


def _basis(basis: Basis, language: Language) -> dict[str, Any]:
    """Return a basis as facts.json writes it, the same for the same: nobody changes it."""
    return _BASES.made(basis, lambda: _basis_anew(basis, language), language)


_BASES: Final = RememberedOf[dict[str, Any]](2048)
"""The last bases; a number on all cities has one basis in the briefings of a batch."""


def _basis_anew(basis: Basis, language: Language) -> dict[str, Any]:
    match basis:
        case Published():
            return {
                "kind": "published", "source": said(basis.source, language), "quote": basis.quote, "year": basis.year,
                "label": said(basis.label, language), "note": basis.note, "rows": _rows(basis.rows),
            }  # fmt: skip
        case Computed():
            return {
                "kind": "computed", "label": said(basis.scoped, language), "formula": said(basis.formula, language),
                "inputs": [_basis(given, language) for given in basis.inputs], "rows": _rows(basis.rows),
            }  # fmt: skip
        case Given():
            return {"kind": "given", "setting": said(basis.setting, language)}


def _rows(references: tuple[RowRef, ...]) -> list[dict[str, Any]]:
    return [_reference(reference) for reference in references]


def _reference(reference: RowRef) -> dict[str, Any]:
    """Return a reference as facts.json writes it, which takes no more room for many rows than for few."""
    count, ranges, digest = _summed_up(reference)
    return {
        "dataset": reference.dataset, "where": reference.condition, "count": count, "ranges": [*ranges],
        "digest": digest,
    }  # fmt: skip


@lru_cache(maxsize=64)  # the same rows stand behind several numbers: a value, its place, its share
def _summed_up(reference: RowRef) -> tuple[int, tuple[str, ...], str]:
    rows = in_order(reference.rows)
    ranges = (str(first) if first == last else f"{first}-{last}" for first, last in runs_of(rows, MOST_RANGES))
    return len(rows), tuple(ranges), hashlib.sha256(",".join(map(str, rows)).encode()).hexdigest()
