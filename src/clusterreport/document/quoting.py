"""Says where words stand that a template quotes: below the table of bases, or else in a note at the end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import BasisTable, Paragraph, Quoted, Section, Text
from clusterreport.document.walking import parts_of
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import Document, Inline
    from clusterreport.locale import Language

_LONGEST: Final = 20  # characters of quoted words that are said again


def quotes_of(whole: object) -> tuple[Quoted, ...]:
    """Return the quoted words of a document or a part, each once; a source that is quoted as a source is none."""
    found = dict.fromkeys(part for part in parts_of(whole) if isinstance(part, Quoted))
    return tuple(quote for quote in found if quote.text != quote.source)


def note_on(quotes: tuple[Quoted, ...], language: Language) -> tuple[Paragraph, ...]:
    """Return the note that says of each source what is quoted from it; none where nothing is quoted."""
    return (Paragraph(tuple(_told(quotes, language)), "note"),) if quotes else ()


def with_sources(document: Document) -> Document:
    """Return ``document`` with the note at its end, where it has no table of bases that would say it."""
    quotes = quotes_of(document)
    if not quotes or any(isinstance(part, BasisTable) for part in parts_of(document)):
        return document
    notes = note_on(quotes, document.about.language)
    if not document.sections:
        return replace(document, lead=(*document.lead, *notes))
    return replace(document, sections=(*document.sections[:-1], _ended(document.sections[-1], notes)))


def _ended(section: Section, notes: tuple[Paragraph, ...]) -> Section:
    if section.sections:
        return replace(section, sections=(*section.sections[:-1], _ended(section.sections[-1], notes)))
    return replace(section, blocks=(*section.blocks, *notes))


def _told(quotes: tuple[Quoted, ...], language: Language) -> Iterator[Inline]:
    by_source: dict[str, list[Quoted]] = {}
    for quote in quotes:
        by_source.setdefault(quote.source, []).append(quote)
    for place, (source, own) in enumerate(by_source.items()):
        yield Text(phrase("quoted.between" if place else "quoted.begin", language))
        for each in own:
            yield Text(phrase("quoted.open", language))
            words = _cut(each.text)
            yield Quoted(words, words)
            yield Text(phrase("quoted.close", language))
        yield Text(phrase("quoted.source", language))
        yield Quoted(source, source)
    yield Text(phrase("quoted.end", language))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
