"""What the model says, piece by piece as a reader of either file meets it, each piece with its place in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.model import (
    BasisTable,
    Callout,
    Emphasis,
    Figure,
    Footnote,
    KeyFigures,
    Link,
    Listing,
    Number,
    PageBreak,
    Pair,
    Paragraph,
    Strong,
    Table,
)
from clusterreport.document.numbering import caption_number
from clusterreport.document.reading import (
    caption_text,
    contents_entries,
    foot_lines,
    footnote_mark,
    imprint_date,
    inline_text,
    inlines_text,
    source_lines,
)
from clusterreport.proofreading.passages import DEEPEST, Passage, Tagged, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import About, Block, Document, Inline, NumberedDocument, Row, Section
    from clusterreport.document.wording import Language
    from clusterreport.proofreading.passages import Kind

_TAG_LIMIT: Final = 64  # characters, the limit of Word
_BULLET: Final = "•"
_CONTENTS: Final = {"zh": "目　录", "en": "Contents"}


@dataclass(frozen=True, slots=True)
class Said:
    """A piece that both files have to say, and where; ``figure`` is the one whose picture it is.

    ``spaced`` False: the PDF sets a gap and no blank between two of its words (a large number and its small unit).
    """

    where: str
    passage: Passage
    figure: Figure | None = None
    spaced: bool = True


def expected(numbered: NumberedDocument, page_of: dict[str, int]) -> tuple[Said, ...]:
    """Return all that ``numbered`` says in reading order; ``page_of``: the pages of the headings, for the contents."""
    document = numbered.document
    teller = _Teller(document.about.language)
    return (
        *_head(document.about),
        *_contents(document, page_of),
        *teller.blocks(document.lead),
        *(said for section in document.sections for said in teller.section(section, 1)),
        *_foot(document.about),
    )


def heading_of(section: Section, language: Language) -> str:
    """Return a heading as printed; English sets a blank behind the numeral."""
    return section.numeral + (" " if section.numeral and language == "en" else "") + section.title


def _head(about: About) -> Iterator[Said]:
    head = about.letterhead
    issue = "　".join(filter(None, (head.issue_line, head.total_line)))
    date = imprint_date(about) if head.issuer else ""
    for text in filter(None, (head.marking, head.masthead, issue, head.issuer, date)):
        yield Said("the letterhead", Passage("text", text), spaced=False)
    yield Said("the title", Passage("heading", about.title))


def _contents(document: Document, page_of: dict[str, int]) -> Iterator[Said]:
    language = document.about.language
    entries = contents_entries(document) if document.about.contents else ()
    if entries:
        yield Said("the contents, their title", Passage("text", _CONTENTS[language]))
    for section, _ in entries:
        text = heading_of(section, language)
        yield Said(f"the contents, {text}", Passage("contents", f"{text}{page_of.get(plain(text, language), '')}"))


def _foot(about: About) -> Iterator[Said]:
    for text in filter(None, (*foot_lines(about), about.letterhead.copies)):
        yield Said("the foot of the last page", Passage("text", text))


@dataclass(slots=True)
class _Teller:
    """Tells the blocks of one section after the other; ``place`` is the heading at hand."""

    language: Language
    place: str = "the lead"
    paragraphs: int = field(default=0)

    def section(self, section: Section, level: int) -> Iterator[Said]:
        self.place, self.paragraphs = heading_of(section, self.language), 0
        yield Said(self.place, Passage("heading", self.place, min(level, DEEPEST)))
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner, level + 1)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Said]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[Said]:
        match block:
            case Paragraph(children):
                yield from self.paragraph(children)
            case Listing():
                yield from self.listing(block)
            case Callout(title, children):
                yield Said(f"{self.place}, the callout", Passage("text", title))
                yield from self.blocks(children)
            case KeyFigures():
                yield from self.key_figures(block)
            case Table():
                yield from self.table(block)
            case Figure():
                yield from self.figure(block)
            case Pair(left, right):
                yield from self.figure(left)
                yield from self.figure(right)
            case BasisTable() | PageBreak():
                return
            case _:
                assert_never(block)

    def paragraph(self, inlines: tuple[Inline, ...], marker: str = "") -> Iterator[Said]:
        self.paragraphs += 1
        yield from self.words(inlines, f"{self.place}, paragraph {self.paragraphs}", "text", marker=marker)

    def listing(self, listing: Listing) -> Iterator[Said]:
        for number, item in enumerate(listing.items, listing.start):
            marker = f"{number}." if listing.ordered else _BULLET
            for part in item:
                if isinstance(part, Listing):
                    yield from self.listing(part)
                else:
                    yield from self.paragraph(part.children, marker)
                marker = ""

    def key_figures(self, block: KeyFigures) -> Iterator[Said]:
        for place, figure in enumerate(block.items, 1):
            where = f"{self.place}, key figure {place}"
            yield from (replace(said, spaced=False) for said in self.words((figure.number,), where, "text"))
            yield from self.words(figure.line, where, "text")

    def figure(self, figure: Figure) -> Iterator[Said]:
        where = f"{self.place}, {caption_number('figure', figure.number, self.language)}"
        yield Said(f"{where}, caption", Passage("caption", caption_text(figure, self.language)))
        yield Said(f"{where}, alternative text", Passage("picture", figure.chart.description), figure)
        yield from self.below(figure, where)

    def table(self, table: Table) -> Iterator[Said]:
        where = f"{self.place}, {caption_number('table', table.number, self.language)}"
        yield Said(f"{where}, caption", Passage("caption", caption_text(table, self.language)))
        for place, column in enumerate(table.columns, 1):
            yield Said(f"{where}, row of headings", Passage("cell", column.heading, place))
        count = 0
        for group in table.groups:
            if group.heading:
                yield Said(f"{where}, heading above row {count + 1}", Passage("cell", group.heading, 1))
            for row in group.rows:
                count += 1
                yield from self.row(row, table, f"{where}, row {count}")
        for note in table.notes:
            yield from self.words(note.children, f"{where}, note", "text")
        yield from self.below(table, where)

    def row(self, row: Row, table: Table, where: str) -> Iterator[Said]:
        name = inlines_text(row.cells[0].children, self.language) if row.cells else ""
        named = f"{where} ({name})" if name else where
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
            yield from self.words(cell.children, f"{named}, column {column.heading}", "cell", level=place)

    def below(self, part: Table | Figure, where: str) -> Iterator[Said]:
        for text in filter(None, source_lines(part, self.language)):
            yield Said(f"{where}, line below", Passage("text", text))

    def words(
        self, inlines: tuple[Inline, ...], where: str, kind: Kind, *, level: int = 0, marker: str = ""
    ) -> Iterator[Said]:
        """Yield a piece, if it says anything or is a cell, and the footnotes that it marks."""
        text = inlines_text(inlines, self.language)
        if text.strip() or kind == "cell":
            yield Said(where, Passage(kind, text, level, marker, tuple(self.numbers(inlines))))
        for note in _footnotes(inlines):
            mark = footnote_mark(note.number)
            body = f"{mark} {inlines_text(note.children, self.language)}"
            passage = Passage("footnote", body, numbers=tuple(self.numbers(note.children)))
            yield Said(f"{where}, footnote {mark}", passage)

    def numbers(self, inlines: Iterable[Inline]) -> Iterator[Tagged]:
        """Yield the numbers that bear names, those of footnotes apart."""
        for inline in inlines:
            match inline:
                case Number(quantity) if quantity.name:
                    yield Tagged(quantity.name[-_TAG_LIMIT:], inline_text(inline, self.language))
                case Strong(children) | Emphasis(children) | Link(_, children):
                    yield from self.numbers(children)
                case _:
                    pass


def _footnotes(inlines: Iterable[Inline]) -> Iterator[Footnote]:
    for inline in inlines:
        match inline:
            case Footnote():
                yield inline
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield from _footnotes(children)
            case _:
                pass
