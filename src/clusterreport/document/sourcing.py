"""Adds the notes that name the sources of statements: each source once in a paragraph or list, and below a table."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clusterreport.document.model import (
    Callout,
    Emphasis,
    Footnote,
    KeyFigures,
    Link,
    Listing,
    Paragraph,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.document.walking import parts_of
from clusterreport.locale import phrase, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.document.model import Block, Document, Inline, Section
    from clusterreport.locale import Language


def sourced(document: Document) -> Document:
    """Return ``document`` with a note behind the last statement of each source in a block; numbering fills it in."""
    language = document.about.language
    return replace(
        document,
        lead=tuple(_block(block, language) for block in document.lead),
        sections=tuple(_section(section, language) for section in document.sections),
    )


def _section(section: Section, language: Language) -> Section:
    return replace(
        section,
        blocks=tuple(_block(block, language) for block in section.blocks),
        sections=tuple(_section(inner, language) for inner in section.sections),
    )


def _block(block: Block, language: Language) -> Block:
    if not any(isinstance(part, Stated) for part in parts_of(block)):
        return block
    if isinstance(block, Table):
        note = Paragraph((Text(_sources(parts_of(block), language)),), "note")
        return replace(block, notes=(*block.notes, note))
    counted = _SourceMarker(language, {})
    counted.block(block)
    last = {source: place for place, source in enumerate(counted.met)}
    return _SourceMarker(language, {place: source for source, place in last.items()}).block(block)


def _sources(parts: Iterable[object], language: Language) -> str:
    found = dict.fromkeys(_source(part, language) for part in parts if isinstance(part, Stated))
    return phrase("statement.source", language, sources=tuple(found))


def _source(stated: Stated, language: Language) -> str:
    return said(stated.statement.basis.source, language)


@dataclass(slots=True)
class _SourceMarker:
    """Goes through a block: ``met`` are the sources of its statements in their order, ``last`` where notes belong."""

    language: Language
    last: Mapping[int, str]
    met: list[str] = field(default_factory=list)

    def block(self, block: Block) -> Block:
        match block:
            case Paragraph() | Listing():
                return self.part(block)
            case Callout(_, children):
                return replace(block, children=tuple(map(self.part, children)))
            case KeyFigures(items):
                lines = (replace(item, line=tuple(self.inlines(item.line))) for item in items)
                return replace(block, items=tuple(lines))
            case _:
                return block

    def part(self, part: Paragraph | Listing) -> Paragraph | Listing:
        if isinstance(part, Listing):
            return replace(part, items=tuple(tuple(map(self.part, item)) for item in part.items))
        return replace(part, children=tuple(self.inlines(part.children)))

    def inlines(self, inlines: Iterable[Inline]) -> Iterator[Inline]:
        for inline in inlines:
            match inline:
                case Stated():
                    yield inline
                    if source := self.last.get(len(self.met)):
                        yield Footnote((), source=source)
                    self.met.append(_source(inline, self.language))
                case Strong(children) | Emphasis(children) | Link(_, children):
                    yield replace(inline, children=tuple(self.inlines(children)))
                case Footnote(children) if any(isinstance(part, Stated) for part in parts_of(children)):
                    # A note has no note of its own: its sources stand at its end.
                    yield replace(inline, children=(*children, Text(_sources(parts_of(children), self.language))))
                case _:
                    yield inline
