"""What the model says, piece by piece as a reader of either file meets it, each piece with its place in words."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, assert_never

from clusterreport.document.model import (
    BasisTable,
    Callout,
    DateText,
    Emphasis,
    Figure,
    KeyFigures,
    Link,
    Listing,
    Number,
    PageBreak,
    Pair,
    Paragraph,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.messages import message
from clusterreport.verify.amounts import date_in_words
from clusterreport.verify.bases import NUMBERS, is_of_bases, numbers_by_line
from clusterreport.verify.expected_words import by_language
from clusterreport.verify.model_text import (
    caption_number,
    caption_text,
    foot_lines,
    footnote_mark,
    footnotes_in,
    heading_text,
    in_the_contents,
    inline_text,
    inlines_text,
    lines_below,
)
from clusterreport.verify.passages import DEEPEST, NamedNumber, Passage, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import About, Block, Document, Inline, NumberedDocument, Row, RowGroup, Section
    from clusterreport.locale import Language
    from clusterreport.verify.passages import Kind

_BULLET: Final = "•"
_CONTENTS: Final = by_language("contents")

Role = Literal[
    "letterhead", "title", "contents", "heading", "text", "caption", "picture", "column", "group", "cell", "below",
    "footnote",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Origin:
    """What a piece is made of: its ``inlines``, and the numbers and statements ``among`` which it stands.

    These are the ones of its row, of its column, of its table, of the sentence that marks it. ``part`` is the table,
    the figure or the section that it belongs to, ``row`` its row or group of rows in a table.
    """

    role: Role = "text"
    inlines: tuple[Inline, ...] = ()
    among: object = ()
    part: Table | Figure | Section | None = None
    row: Row | RowGroup | None = None


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """A piece that both files have to say, and where; ``figure`` is the one whose picture it is, at ``figure_place``.

    ``spaced`` False: the PDF sets a gap and no blank between two of its words (a large number and its small unit).
    """

    where: str
    passage: Passage
    figure: Figure | None = None
    spaced: bool = True
    figure_place: str = ""
    origin: Origin = field(default=Origin(), compare=False)


def expected(numbered: NumberedDocument, page_of: dict[str, int]) -> tuple[ExpectedText, ...]:
    """Return all that ``numbered`` says in reading order; ``page_of``: the pages of the headings, for the contents."""
    document = numbered.document
    teller = _Teller(document.about.language, numbers_by_line(numbered))
    return (
        *_head(document.about),
        *_contents(document, page_of),
        *teller.blocks(document.lead),
        *(said for section in document.sections for said in teller.section(section, 1)),
        *_foot(document.about),
    )


def _head(about: About) -> Iterator[ExpectedText]:
    head = about.letterhead
    issue = "　".join(filter(None, (head.issue_line, head.total_line)))
    date = date_in_words(DateText(about.issued or about.as_of), about.language) if head.issuer else ""
    for text in filter(None, (head.marking, head.masthead, issue, head.issuer, date)):
        yield ExpectedText(message("the letterhead"), Passage("text", text), spaced=False, origin=Origin("letterhead"))
    yield ExpectedText(
        message("the title"), Passage("heading", about.title), origin=Origin("title", among=about.title_numbers)
    )


def _contents(document: Document, page_of: dict[str, int]) -> Iterator[ExpectedText]:
    language = document.about.language
    listed = in_the_contents(document)
    if listed:
        yield ExpectedText(message("the contents, their title"), Passage("text", _CONTENTS[language]))
    for section in listed:
        text = heading_text(section, language)
        yield ExpectedText(
            message("the contents, {text}", text=text),
            Passage("contents", f"{text}{page_of.get(plain(text, language), '')}"),
            origin=Origin("contents", part=section),
        )


def _foot(about: About) -> Iterator[ExpectedText]:
    for text in foot_lines(about):
        yield ExpectedText(message("the foot of the last page"), Passage("text", text), origin=Origin("letterhead"))


@dataclass(slots=True)
class _Teller:
    """Tells the blocks of one section after the other; ``place`` is the heading at hand.

    ``bases`` are the numbers that each line of the table of bases must name.
    """

    language: Language
    bases: tuple[str, ...]
    place: str = field(default_factory=lambda: message("the lead"))
    paragraphs: int = field(default=0)

    def section(self, section: Section, level: int) -> Iterator[ExpectedText]:
        self.place, self.paragraphs = heading_text(section, self.language), 0
        origin = Origin("heading", part=section)
        yield ExpectedText(self.place, Passage("heading", self.place, min(level, DEEPEST)), origin=origin)
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner, level + 1)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[ExpectedText]:
        for block in blocks:
            yield from self.block(block)

    def block(self, block: Block) -> Iterator[ExpectedText]:
        match block:
            case Paragraph(children):
                yield from self.paragraph(children)
            case Listing():
                yield from self.listing(block)
            case Callout(title, children):
                yield ExpectedText(message("{place}, the callout", place=self.place), Passage("text", title))
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

    def paragraph(self, inlines: tuple[Inline, ...], marker: str = "") -> Iterator[ExpectedText]:
        self.paragraphs += 1
        where = message("{place}, paragraph {paragraphs}", place=self.place, paragraphs=self.paragraphs)
        yield from self.words(inlines, where, "text", marker=marker)

    def listing(self, listing: Listing) -> Iterator[ExpectedText]:
        for number, item in enumerate(listing.items, listing.start):
            marker = f"{number}." if listing.ordered else _BULLET
            for part in item:
                if isinstance(part, Listing):
                    yield from self.listing(part)
                else:
                    yield from self.paragraph(part.children, marker)
                marker = ""

    def key_figures(self, block: KeyFigures) -> Iterator[ExpectedText]:
        for place, figure in enumerate(block.items, 1):
            where = message("{place}, key figure {number}", place=self.place, number=place)
            yield from (replace(said, spaced=False) for said in self.words((figure.number,), where, "text"))
            yield from self.words(figure.line, where, "text")

    def figure(self, figure: Figure) -> Iterator[ExpectedText]:
        where = message("{place}, {where}", place=self.place, where=caption_number(figure, self.language))
        yield self.caption(figure, where)
        yield ExpectedText(
            message("{where}, alternative text", where=where),
            Passage("picture", figure.chart.description),
            figure,
            figure_place=where,
            origin=Origin("picture", among=figure, part=figure),
        )
        yield from self.below(figure, where)

    def table(self, table: Table) -> Iterator[ExpectedText]:
        where = message("{place}, {where}", place=self.place, where=caption_number(table, self.language))
        yield self.caption(table, where)
        for place, column in enumerate(table.columns, 1):
            among = tuple(row.cells[place - 1] for row in table.rows)
            yield ExpectedText(
                message("{where}, row of headings", where=where),
                Passage("cell", column.heading, place),
                origin=Origin("column", among=among, part=table),
            )
        count = 0
        for group in table.groups:
            if group.heading:
                yield ExpectedText(
                    message("{where}, heading above row {count}", where=where, count=count + 1),
                    Passage("cell", group.heading, 1),
                    origin=Origin("group", among=group.rows, part=table, row=group),
                )
            for row in group.rows:
                count += 1
                yield from self.row(row, table, where, count)
        for note in table.notes:
            note_place = message("{where}, note", where=where)
            yield from self.words(note.children, note_place, "text", origin=Origin("below", among=table, part=table))
        yield from self.below(table, where)

    def caption(self, part: Table | Figure, where: str) -> ExpectedText:
        passage = Passage("caption", caption_text(part, self.language))
        origin = Origin("caption", among=part, part=part)
        return ExpectedText(message("{where}, caption", where=where), passage, origin=origin)

    def row(self, row: Row, table: Table, where: str, count: int) -> Iterator[ExpectedText]:
        name = inlines_text(row.cells[0].children, self.language) if row.cells else ""
        named = (
            message("{where}, row {count} ({name})", where=where, count=count, name=name)
            if name
            else message("{where}, row {count}", where=where, count=count)
        )
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True), 1):
            children = cell.children
            if place == NUMBERS and is_of_bases(table):
                children = (Text(self.bases[count - 1] if count <= len(self.bases) else ""),)
            yield from self.words(
                children,
                message("{name}, column {heading}", name=named, heading=column.heading),
                "cell",
                level=place,
                origin=Origin("cell", among=row, part=table, row=row),
            )

    def below(self, part: Table | Figure, where: str) -> Iterator[ExpectedText]:
        for text in lines_below(part, self.language):
            origin = Origin("below", among=part, part=part)
            yield ExpectedText(message("{where}, line below", where=where), Passage("text", text), origin=origin)

    def words(  # noqa: PLR0913 -- what a piece is has these sides, all but three of them optional
        self, inlines: tuple[Inline, ...], where: str, kind: Kind, *, level: int = 0, marker: str = "",
        origin: Origin | None = None,
    ) -> Iterator[ExpectedText]:  # fmt: skip
        """Yield a piece, if it says anything or is a cell, and the footnotes that it marks."""
        text = inlines_text(inlines, self.language)
        origin = replace(origin or Origin(among=inlines), inlines=inlines)
        if text.strip() or kind == "cell":
            passage = Passage(kind, text, level, marker, tuple(self.numbers(inlines)))
            yield ExpectedText(where, passage, origin=origin)
        for note in footnotes_in(inlines):
            mark = footnote_mark(note.number)
            body = f"{mark} {inlines_text(note.children, self.language)}"
            passage = Passage("footnote", body, numbers=tuple(self.numbers(note.children)))
            yield ExpectedText(
                message("{where}, footnote {mark}", where=where, mark=mark),
                passage,
                origin=Origin("footnote", (note,), among=inlines),
            )

    def numbers(self, inlines: Iterable[Inline]) -> Iterator[NamedNumber]:
        """Yield the numbers and statements with their names, those of footnotes apart."""
        for inline in inlines:
            match inline:
                case Number(quantity):
                    yield NamedNumber(quantity.name, inline_text(inline, self.language))
                case Stated(statement):
                    yield NamedNumber(statement.id, inline_text(inline, self.language))
                case Strong(children) | Emphasis(children) | Link(_, children):
                    yield from self.numbers(children)
                case _:
                    pass
