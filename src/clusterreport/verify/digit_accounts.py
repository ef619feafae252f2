"""Says of each sign of a piece of the model what it is part of: the account against which finished files are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.model import (
    Claimed,
    DateText,
    Emphasis,
    Figure,
    Footnote,
    Link,
    Number,
    Quoted,
    Reference,
    Row,
    RowGroup,
    Section,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.document.walking import parts_of
from clusterreport.verify.amounts import UNITS, date_in_words
from clusterreport.verify.bases import is_of_bases
from clusterreport.verify.digit_bases import BasesAccount
from clusterreport.verify.digit_charts import ChartAccounts
from clusterreport.verify.digit_spans import blank, cover, define, is_open, whole
from clusterreport.verify.model_text import (
    caption_number,
    footnote_mark,
    footnotes_in,
    heading_text,
    inline_text,
    inlines_text,
)
from clusterreport.verify.numerals import numerals, numerals_in, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import About, Inline, NumberedDocument
    from clusterreport.verify.digit_ledger import Ledger
    from clusterreport.verify.digit_spans import Account, Phrase
    from clusterreport.verify.expected import ExpectedText, Origin

_PRECISIONS: Final = ("year", "month", "day")


class Accountant:
    """Makes the accounts of the pieces of one document."""

    def __init__(self, numbered: NumberedDocument, ledger: Ledger) -> None:
        """Gather what any piece may refer to: captions, headings and notes, and the dates of the issue."""
        document = numbered.document
        self._ledger, self._about = ledger, document.about
        self._bases = BasesAccount(numbered, ledger)
        self._language = ledger.language
        parts = tuple(parts_of(document))
        captioned = [part for part in parts if isinstance(part, Table | Figure)]
        self._captions = {caption_number(part, self._language) for part in captioned}
        self._references = self._captions | {part.text for part in parts if isinstance(part, Reference)}
        self._notes = {footnote_mark(part.number): part.source for part in parts if isinstance(part, Footnote)}
        self._dates = tuple(self._dates_of(document.about))
        self._units: tuple[Phrase, ...] = tuple(
            (word.strip(), "unit") for words in UNITS.values() for word in words if numerals_in(word)
        )
        self._charts = {id(part): ChartAccounts(part.chart, ledger) for part in captioned if isinstance(part, Figure)}

    def chart(self, figure: Figure) -> ChartAccounts:
        """Return the accounts of a figure's chart."""
        return self._charts[id(figure)]

    def account(self, one: ExpectedText) -> Account:
        """Return the account of the text of a piece, sign by sign."""
        text, origin = one.passage.text, one.origin
        account = self._made(text, origin)
        cover(text, account, self._data(origin))
        if is_open(text, account):
            cover(text, account, self._phrases(origin))
            define(text, account, self._ledger.formulas)
        return account

    def references(self) -> Iterator[Phrase]:
        """Yield what references to tables, figures and notes are printed as."""
        yield from ((reference, "reference") for reference in self._references)
        yield from ((mark, "note") for mark in self._notes)

    # ── the inlines of a piece ───────────────────────────────────────────────────────────────────────────────────────

    def _made(self, text: str, origin: Origin) -> Account:
        """Return what the inlines of a piece answer for; of a footnote, behind its mark, what its own do."""
        if origin.role == "footnote":
            (note,) = footnotes_in(origin.inlines)
            words, body = inlines_text(note.children, self._language), self._inlines(note.children)
            same = [mark for mark, source in self._notes.items() if note.source and source == note.source]
            cover(words, body, ((mark, "note") for mark in same))
            return [*whole(text[: len(text) - len(body)], "note"), *body]
        if isinstance(origin.part, Section):  # a heading, or its line in the contents with the page
            title = heading_text(origin.part, self._language)
            return [*blank(title), *whole(text[len(title) :], "page")]
        account = self._inlines(origin.inlines)
        return account if len(account) == len(text) else blank(text)

    def _inlines(self, inlines: Iterable[Inline]) -> Account:
        return [kind for inline in inlines for kind in self._inline(inline)]

    def _inline(self, inline: Inline) -> Account:  # noqa: PLR0911 -- one case for each kind of inline
        """Return the account of one inline."""
        text = inline_text(inline, self._language)
        match inline:
            case Strong(children) | Emphasis(children) | Link(_, children):
                return self._inlines(children)
            case Number():
                return whole(text, "fact" if self._ledger.holds(inline) else None)
            case Stated():
                return whole(text, "statement" if self._ledger.has_statement(inline) else None)
            case Claimed():
                return whole(text, "claim" if self._ledger.has_claim(inline) else None)
            case Quoted(_, source):
                return whole(text, "quoted" if source else None)
            case DateText():
                account = blank(text)
                cover(text, account, self._dates)
                return account
            case Reference():
                return whole(text, "reference")
            case Footnote():
                return whole(text, "note")
            case Text():
                return blank(text)
            case _:
                assert_never(inline)

    # ── the words around ─────────────────────────────────────────────────────────────────────────────────────────────

    def _phrases(self, origin: Origin) -> Iterator[Phrase]:
        """Yield what the words of a piece may say beside its inlines."""
        yield from self._units
        yield from ((words, "allowed") for words in self._ledger.known.allowed)
        match origin.role:
            case "letterhead":
                yield from self._letterhead()
            case "title":
                yield from self._facts(self._about.title_numbers)
                yield from ((quote.text, "quoted") for quote in self._about.title_quotes)
            case "heading" | "contents":
                yield from self._heading(origin)
            case "caption":
                yield from ((caption, "caption") for caption in self._captions)
                yield from self._beside(origin.among)
            case "picture":
                if isinstance(origin.part, Figure):
                    yield from self.chart(origin.part).description()
                    yield from self._titled(origin.part)
                yield from self._beside(origin.among)
            case "text" | "footnote":
                yield from self._ledger.sources
                yield from self._ledger.names_in(origin.among, near=False)
                yield from ((name, "data") for name in self._ledger.known.names)
            case "cell" | "column" | "group" | "below":
                yield from self._beside(origin.among)
                yield from self._below(origin.part)

    def _below(self, part: object) -> Iterator[Phrase]:
        """Yield what a table or a figure itself answers for: sentences of the data, counts of what is not drawn."""
        match part:
            case Table():
                yield from ((sentence, "data") for sentence in self._ledger.sentences)
            case Figure():
                yield from self._facts(part.chart.facts)
            case _:
                return

    def _letterhead(self) -> Iterator[Phrase]:
        """Yield the lines as the settings have them, those that are made of numbers if the numbers are the issue's."""
        head = self._about.letterhead
        for line in (head.masthead, head.issuer, head.marking, head.report_to, head.send_to, head.distribute_to):
            yield line, "letterhead"
        yield head.copies, "letterhead"
        for line in (head.issue_line, head.total_line):
            if all(value_of(word) in self._ledger.known.numbers for word in numerals_in(line)):
                yield line, "letterhead"
        yield from self._dates

    def _facts(self, numbers: Iterable[Number]) -> Iterator[Phrase]:
        yield from ((inline_text(one, self._language), "fact") for one in numbers if self._ledger.holds(one))

    def _heading(self, origin: Origin) -> Iterator[Phrase]:
        if isinstance(origin.part, Section):
            yield origin.part.numeral, "heading"
        yield from self._dates
        yield from ((name, "data") for name in self._ledger.known.names)

    def _titled(self, figure: Figure) -> Iterator[Phrase]:
        """Yield the title of a figure, which its alternative text begins with, if its caption may say it."""
        title = figure.chart.title
        account = blank(title)
        cover(title, account, self._beside(figure))
        kinds = [account[numeral.start] for numeral in numerals(title)]
        if not is_open(title, account) and kinds and kinds[0] is not None:
            yield title, kinds[0]

    def _beside(self, among: object) -> Iterator[Phrase]:
        """Yield the names of what stands in the same row, column, table or figure, which ``among`` is."""
        yield from self._dates
        yield from self._ledger.sources
        yield from self._ledger.names_in(among, near=True)
        yield from ((name, "data") for name in self._ledger.known.names)

    def _data(self, origin: Origin) -> Iterator[Phrase]:
        bases = origin.part if isinstance(origin.part, Table) and is_of_bases(origin.part) else None
        match origin.row:
            case RowGroup() as group:
                yield from ((heading, "data") for heading in self._shared(group))
            case Row() as row if bases:
                yield from self._of_bases(bases, row)
            case Row() as row:
                yield from ((cell, "data") for cell in self._cells(row))
            case None if bases and origin.role == "below":
                yield from self._bases.notes()

    def _of_bases(self, table: Table, row: Row) -> Iterator[Phrase]:
        texts = [inlines_text(cell.children, self._language) for cell in row.cells]
        place = next(place for place, one in enumerate(table.rows, 1) if one is row)
        yield from self._bases.line(place, texts)

    def _cells(self, row: Row) -> Iterator[str]:
        """Yield cells that the data have in one row with another cell of the row, and the sign that names a row."""
        texts = [inlines_text(cell.children, self._language) for cell in row.cells]
        for place, text in enumerate(texts):
            others = {other for other in texts if other not in {"", text}}
            found = self._ledger.rows_with(text)
            if any(others & set(row) for row in found) or (found and not place and any(map(str.isalpha, text))):
                yield text

    def _shared(self, group: RowGroup) -> Iterator[str]:
        """Yield the heading of a group if its numbers are those of one cell that the data have in all of its rows."""
        firsts = [inlines_text(row.cells[0].children, self._language) for row in group.rows]
        cells = [{cell for found in self._ledger.rows_with(first) for cell in found} for first in firsts]
        wanted = [value_of(word) for word in numerals_in(group.heading)]
        if cells and any([value_of(word) for word in numerals_in(cell)] == wanted for cell in set.intersection(*cells)):
            yield group.heading

    def _dates_of(self, about: About) -> Iterator[Phrase]:
        for date in filter(None, (about.as_of, about.issued, about.before)):
            for precision in _PRECISIONS:
                yield date_in_words(DateText(date, precision), self._language), "date"
