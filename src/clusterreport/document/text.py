"""What a reader reads, in order: every printed text of a numbered document, apart from running heads and page numbers.

Renderers take the characters of an inline from here, and the comparison of Word and PDF takes the whole list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, assert_never

from clusterreport.document.model import (
    BasisTable,
    Callout,
    Claimed,
    DateText,
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
    Quoted,
    Reference,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.document.numbering import caption_number
from clusterreport.document.wording import footnote_mark, format_date, format_quantity, format_statement
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import About, Block, Document, Inline, NumberedDocument, Section
    from clusterreport.document.wording import Language

LineKind = Literal[
    "head",
    "title",
    "heading",
    "paragraph",
    "item",
    "key_figure",
    "caption",
    "cell",
    "note",
    "source",
    "footnote",
    "foot",
]
_MOST_ENTRIES: Final = 12  # so that the first page has room for the head and the lead as well


@dataclass(frozen=True, slots=True)
class PrintedText:
    """One printed text: a paragraph, a cell, a caption."""

    kind: LineKind
    text: str


def inline_text(inline: Inline, language: Language) -> str:
    """Return the characters of one inline as printed; a footnote is its mark."""
    match inline:
        case Text(text) | Quoted(text, _) | Claimed(text, _, _) | Reference(_, text):
            return text
        case Strong(children) | Emphasis(children) | Link(_, children):
            return inlines_text(children, language)
        case Number(quantity, style, _):
            return format_quantity(quantity, style, language)
        case DateText():
            return format_date(inline, language)
        case Stated():
            return format_statement(inline, language)
        case Footnote(_, number):
            return footnote_mark(number)
        case _:
            assert_never(inline)


def inlines_text(inlines: Iterable[Inline], language: Language) -> str:
    """Return the characters of several inlines, one after the other."""
    return "".join(inline_text(inline, language) for inline in inlines)


def footnotes_in(inlines: Iterable[Inline]) -> Iterator[Footnote]:
    """Yield the footnotes that are marked among ``inlines``, in their order."""
    for inline in inlines:
        match inline:
            case Footnote():
                yield inline
            case Strong(children) | Emphasis(children) | Link(_, children):
                yield from footnotes_in(children)
            case _:
                pass


def heading_text(section: Section, language: Language) -> str:
    """Return a heading as printed; English sets a blank behind the numeral: 一、总体情况, 1. Overview."""
    gap = " " if section.numeral and language == "en" else ""
    return section.numeral + gap + section.title


def caption_text(part: Table | Figure, language: Language) -> str:
    """Return the caption of a table or figure: its number, an em of space, its title."""
    title = part.chart.title if isinstance(part, Figure) else part.title
    kind: Literal["figure", "table"] = "figure" if isinstance(part, Figure) else "table"
    number = caption_number(kind, part.number, language)
    return phrase("caption.line", language, number=number, title=title)


def source_lines(part: Table | Figure, language: Language) -> tuple[str, str]:
    """Return what stands under a table or figure: unit and note, and the source; either may be empty."""
    unit = part.chart.unit if isinstance(part, Figure) else ""
    note = part.note if isinstance(part, Figure) else ""
    left = phrase("page.unit", language, unit=unit) if unit else ""
    source = phrase("page.source", language, source=part.source) if part.source else ""
    return (left + note).strip(), source


def addressed(about: About) -> tuple[tuple[str, str], ...]:
    """Return the readers named in a briefing's foot, each behind its word: 报, 送 and 发."""
    head = about.letterhead
    readers = (
        (phrase("page.report_to", about.language), head.report_to),
        (phrase("page.send_to", about.language), head.send_to),
        (phrase("page.distribute_to", about.language), head.distribute_to),
    )
    return tuple((word, text) for word, text in readers if text)


def foot_lines(about: About) -> tuple[str, ...]:
    """Return the lines 报, 送 and 发 of a briefing's foot, without the copies."""
    return tuple(f"{word}{text}" for word, text in addressed(about))


def page_number_words(form: Literal["dashes", "of"], language: Language) -> tuple[str, str, str]:
    """Return what stands before a page's number, between it and the count of pages, and behind; "" in the middle: none.

    — 1 — (GB/T 9704—2012, 7.5), 第 1 页 共 9 页, Page 1 of 9.
    """
    if form == "dashes":
        return "— ", "", " —"
    return (
        phrase("page.before_number", language),
        phrase("page.before_total", language),
        phrase("page.after_total", language),
    )


def contents_entries(document: Document) -> tuple[tuple[Section, int], ...]:
    """Return what the contents list: the two highest levels of headings, or the highest alone where that is long.

    Each section comes with its level, 0 being the highest.
    """
    both = [entry for part in document.sections for entry in ((part, 0), *((inner, 1) for inner in part.sections))]
    return tuple(both if len(both) <= _MOST_ENTRIES else ((part, 0) for part in document.sections))


def lines_of(numbered: NumberedDocument) -> tuple[PrintedText, ...]:
    """Return every printed text in reading order; footnotes follow the block that holds their mark."""
    document = numbered.document
    reader = _TextReader(document.about.language)
    head = _head_lines(document.about)
    foot = _foot_lines(document.about)
    return (
        *head,
        PrintedText("title", document.about.title),
        *reader.blocks(document.lead),
        *(line for section in document.sections for line in reader.section(section)),
        *foot,
    )


def imprint_date(about: About) -> str:
    """Return the date printed in the head, on the issuer's line."""
    return format_date(DateText(about.issued or about.as_of), about.language)


def _head_lines(about: About) -> tuple[PrintedText, ...]:
    head = about.letterhead
    date = imprint_date(about) if head.issuer else ""
    texts = (head.marking, head.masthead, head.issue_line, head.total_line, head.issuer, date)
    return tuple(PrintedText("head", text) for text in texts if text)


def _foot_lines(about: About) -> tuple[PrintedText, ...]:
    return tuple(PrintedText("foot", text) for text in (*foot_lines(about), about.letterhead.copies) if text)


@dataclass(frozen=True, slots=True)
class _TextReader:
    language: Language

    def section(self, section: Section) -> Iterator[PrintedText]:
        yield PrintedText("heading", heading_text(section, self.language))
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[PrintedText]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[PrintedText]:  # noqa: C901 -- one case for each kind of block
        match block:
            case Paragraph(children, role):
                yield from self.inlines(children, "note" if role == "note" else "paragraph")
            case Listing(items):
                for item in items:
                    yield from self.item(item)
            case Callout(title, children):
                yield PrintedText("heading", title)
                yield from self.blocks(children)
            case KeyFigures(items):
                for figure in items:
                    yield PrintedText("key_figure", inline_text(figure.number, self.language))
                    yield from self.inlines(figure.line, "key_figure")
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

    def item(self, item: tuple[Paragraph | Listing, ...]) -> Iterator[PrintedText]:
        for part in item:
            if isinstance(part, Listing):
                yield from self.block(part)
            else:
                yield from self.inlines(part.children, "item")

    def figure(self, figure: Figure) -> Iterator[PrintedText]:
        yield PrintedText("caption", caption_text(figure, self.language))
        yield from (PrintedText("source", text) for text in source_lines(figure, self.language) if text)

    def table(self, table: Table) -> Iterator[PrintedText]:
        yield PrintedText("caption", caption_text(table, self.language))
        yield from (PrintedText("cell", column.heading) for column in table.columns)
        for group in table.groups:
            if group.heading:
                yield PrintedText("cell", group.heading)
            for row in group.rows:
                for cell in row.cells:
                    yield from self.inlines(cell.children, "cell")
        for note in table.notes:
            yield from self.inlines(note.children, "note")
        yield from (PrintedText("source", text) for text in source_lines(table, self.language) if text)

    def inlines(self, inlines: tuple[Inline, ...], kind: LineKind) -> Iterator[PrintedText]:
        text = inlines_text(inlines, self.language)
        if text:
            yield PrintedText(kind, text)
        for footnote in footnotes_in(inlines):
            body = inlines_text(footnote.children, self.language)
            yield PrintedText("footnote", f"{footnote_mark(footnote.number)} {body}")
