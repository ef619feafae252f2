"""Adds the notes that name the sources of statements: each source once in a chapter, and below a table."""

from __future__ import annotations

from collections import Counter
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
    Section,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.document.walking import parts_of
from clusterreport.locale import phrase, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.document.model import Block, Document, Inline
    from clusterreport.locale import Language


def sourced(document: Document) -> Document:
    """Return ``document`` with a note on each source of statements, behind the last of it in the first block with it.

    Each section of the highest level, and the lead, has notes of its own; numbering fills them in.
    """
    language = document.about.language
    lead = _Chapter.of(document.lead, language)
    return replace(
        document,
        lead=tuple(map(lead.block, document.lead)),
        sections=tuple(_Chapter.of((section,), language).section(section) for section in document.sections),
    )


@dataclass(frozen=True, slots=True)
class _Chapter:
    """What readers meet at one go: in how many ``blocks`` each source is stated, and which are ``noted`` already."""

    language: Language
    blocks: Mapping[str, int]
    noted: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, parts: Iterable[Block | Section], language: Language) -> _Chapter:
        """Return the chapter that ``parts`` make, without notes yet."""
        blocks = (_met(block, language) for block in _blocks_of(parts) if not isinstance(block, Table))
        return cls(language, Counter(source for met in blocks for source in dict.fromkeys(met)))

    def section(self, section: Section) -> Section:
        return replace(
            section,
            blocks=tuple(map(self.block, section.blocks)),
            sections=tuple(map(self.section, section.sections)),
        )

    def block(self, block: Block) -> Block:
        if not any(isinstance(part, Stated) for part in parts_of(block)):
            return block
        if isinstance(block, Table):
            note = Paragraph((Text(_sources(parts_of(block), self.language)),), "note")
            return replace(block, notes=(*block.notes, note))
        last = {source: place for place, source in enumerate(_met(block, self.language)) if source not in self.noted}
        self.noted.update(last)
        notes = {place: Footnote((), source=source, repeated=self.blocks[source] > 1) for source, place in last.items()}
        return _SourceMarker(self.language, notes).block(block)


def _blocks_of(parts: Iterable[Block | Section]) -> Iterator[Block]:
    for part in parts:
        if isinstance(part, Section):
            yield from part.blocks
            yield from _blocks_of(part.sections)
        else:
            yield part


def _met(block: Block, language: Language) -> list[str]:
    """Return the sources of the statements of a block, in their order."""
    marker = _SourceMarker(language, {})
    marker.block(block)
    return marker.met


def _sources(parts: Iterable[object], language: Language) -> str:
    found = dict.fromkeys(_source(part, language) for part in parts if isinstance(part, Stated))
    return phrase("statement.source", language, sources=tuple(found))


def _source(stated: Stated, language: Language) -> str:
    return said(stated.statement.basis.source, language)


@dataclass(slots=True)
class _SourceMarker:
    """Goes through a block: ``met`` are the sources of its statements in their order, ``notes`` by place."""

    language: Language
    notes: Mapping[int, Footnote]
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
                    if note := self.notes.get(len(self.met)):
                        yield note
                    self.met.append(_source(inline, self.language))
                case Strong(children) | Emphasis(children) | Link(_, children):
                    yield replace(inline, children=tuple(self.inlines(children)))
                case Footnote(children) if any(isinstance(part, Stated) for part in parts_of(children)):
                    # A note has no note of its own: its sources stand at its end.
                    yield replace(inline, children=(*children, Text(_sources(parts_of(children), self.language))))
                case _:
                    yield inline
