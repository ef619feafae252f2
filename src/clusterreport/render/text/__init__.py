"""Writes a numbered document as plain text, for mail programs that show nothing else: paragraphs are never wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.model import (
    BasisTable,
    Callout,
    Figure,
    KeyFigures,
    Listing,
    PageBreak,
    Pair,
    Paragraph,
    Table,
)
from clusterreport.document.text import (
    caption_text,
    footnotes_in,
    heading_text,
    inline_text,
    inlines_text,
)
from clusterreport.document.wording import footnote_mark
from clusterreport.render import Rendered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Block, Inline, NumberedDocument, Section
    from clusterreport.document.wording import Language

_INDENT: Final = "  "
_GAP: Final = {"zh": "　", "en": "  "}
"""What parts the cells of a row: no face for Latin letters has an em of space."""


def render(numbered: NumberedDocument) -> Rendered:
    """Return the text, its parts with an empty line between them, footnotes at the end."""
    document = numbered.document
    writer = _TextWriter(document.about.language)
    parts = [
        *writer.blocks(document.lead),
        *(part for section in document.sections for part in writer.section(section)),
    ]
    return Rendered(("\n\n".join([*parts, *writer.footnotes]) + "\n").encode())


class _TextWriter:
    """Writes one document; keeps the footnotes that it meets."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.footnotes: list[str] = []

    def section(self, section: Section) -> Iterator[str]:
        yield heading_text(section, self._language)
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(children):
                yield self._said(children)
            case Listing():
                yield "\n".join(self._items(block, 0))
            case Callout(title, children):
                yield title
                yield from self.blocks(children)
            case KeyFigures(items):
                yield "\n".join(
                    f"{inline_text(item.number, self._language)}{_GAP[self._language]}{self._said(item.line)}"
                    for item in items
                )
            case Table():
                yield "\n".join(self._table(block))
            case Figure():
                yield f"{caption_text(block, self._language)}\n{block.chart.description}"
            case Pair(left, right):
                yield from self.blocks((left, right))
            case BasisTable() | PageBreak():
                return
            case _:
                assert_never(block)

    def _items(self, listing: Listing, level: int) -> Iterator[str]:
        for place, item in enumerate(listing.items, listing.start):
            mark = f"{place}. " if listing.ordered else "· "
            for part in item:
                if isinstance(part, Listing):
                    yield from self._items(part, level + 1)
                else:
                    yield f"{_INDENT * level}{mark}{self._said(part.children)}"
                    mark = _INDENT

    def _table(self, table: Table) -> Iterator[str]:
        yield caption_text(table, self._language)
        yield _GAP[self._language].join(column.heading for column in table.columns)
        for group in table.groups:
            if group.heading:
                yield group.heading
            for row in group.rows:
                yield _GAP[self._language].join(self._said(cell.children) for cell in row.cells)
        yield from (self._said(note.children) for note in table.notes)

    def _said(self, inlines: tuple[Inline, ...]) -> str:
        for footnote in footnotes_in(inlines):
            body = inlines_text(footnote.children, self._language)
            self.footnotes.append(f"{footnote_mark(footnote.number)} {body}")
        return inlines_text(inlines, self._language)
