"""Writes the tables and the charts' numbers of a document as a workbook: a sheet each, and one that lists them.

A number is what the document prints, rounded as there, in a number format that shows it so; no cell is merged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from clusterreport.document.chart_tables import chart_tables
from clusterreport.document.model import Figure, Footnote, Number, Table
from clusterreport.document.numbering import caption_number
from clusterreport.document.text import (
    caption_text,
    footnotes_in,
    imprint_date,
    inlines_text,
    source_lines,
)
from clusterreport.document.walking import parts_of
from clusterreport.document.wording import footnote_mark, printed_amount
from clusterreport.locale import phrase
from clusterreport.render import Rendered
from clusterreport.render.xlsx import FormattedNumber, OneLine, PlainSheet, sheet_names, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.document.model import About, Inline, NumberedDocument
    from clusterreport.document.wording import Language
    from clusterreport.render.xlsx import Cell

    Rows = list[tuple[Cell, ...]]

_DIGITS: Final = re.compile(r"(?P<sign>[−+]?)(?P<whole>\d[\d,]*)(?P<rest>\.\d+)?")
_WIDEST: Final = 48  # characters of a column
_NARROWEST: Final = 9
_HEADER: Final = 2  # rows: the title, and the headings of the columns
_LONGEST_CODE: Final = 200  # characters of a number format; Excel takes 255


def render(numbered: NumberedDocument) -> Rendered:
    """Return the file: the same bytes for the same document."""
    document = numbered.document
    language = document.about.language
    parts = [part for part in parts_of(numbered) if isinstance(part, Table | Figure)]
    made = [sheet for part in parts for sheet in _SheetWriter(language).sheets(part)]
    names = [*sheet_names((phrase("page.contents", language).replace("\u3000", ""), *(sheet.name for sheet in made)))]
    captions = [sheet.caption for sheet in made]
    sheets = [_listing(document.about, names[0], names[1:], captions), *(sheet.plain() for sheet in made)]
    cells = chain.from_iterable(chain.from_iterable(sheet.rows for sheet in made))
    codes = dict.fromkeys(cell.code for cell in cells if isinstance(cell, FormattedNumber))
    return Rendered(workbook(sheets, [*codes]))


def number_cell(word: str, amount: Decimal | None) -> Cell:
    """Return a number that is shown as ``word``; text where its digits are not those of ``amount``, or there are none.

    Qualifiers, units and marks stand in the number format: the cell stays a number.
    """
    found = _DIGITS.search(word)
    if found is None or amount is None:
        return word
    value = Decimal((found["whole"] + (found["rest"] or "")).replace(",", ""))
    before, after = _quoted(word[: found.start()]), _quoted(word[found.end() :])
    if value != abs(amount) or _DIGITS.search(word, found.end()):
        return word
    digits = ("#,##0" if "," in found["whole"] else "0") + re.sub(r"\d", "0", found["rest"] or "")
    shown = f"{before}{digits}{after}"
    sign = found["sign"]
    code = f'{before}"+"{digits}{after};{before}"−"{digits}{after};{shown}' if sign else shown
    if len(code) > _LONGEST_CODE:
        return word
    return FormattedNumber(-value if sign == "−" else value, code)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet: what it is called, its caption, the headings, the rows, and what stands below them."""

    name: str
    caption: str
    headings: tuple[str, ...]
    rows: Rows
    below: tuple[str, ...]

    def plain(self) -> PlainSheet:
        lines: Rows = [(OneLine(self.caption, strong=True),), self.headings, *self.rows]
        notes = [(OneLine(text),) for text in self.below if text]
        numbered = [*enumerate(lines, 1), *enumerate(notes, len(lines) + 2)]
        return PlainSheet(self.name, self._widths(), numbered, _HEADER)

    def _widths(self) -> tuple[int, ...]:
        columns = zip(self.headings, *self.rows, strict=True)
        return tuple(min(max(_NARROWEST, *map(_width, column)) + 2, _WIDEST) for column in columns)


@dataclass(frozen=True, slots=True)
class _SheetWriter:
    language: Language

    def sheets(self, part: Table | Figure) -> Iterator[_Sheet]:
        """Yield the sheet of a table or a chart, and one for the ties of a network."""
        if isinstance(part, Table):
            yield self._sheet(
                part, self._name(part), caption_text(part, self.language), source_lines(part, self.language)
            )
            return
        _, source = source_lines(part, self.language)  # the heads have the units
        for table in chart_tables(part, self.language):
            below = (part.chart.description, part.note, source)
            yield self._sheet(table, self._name(part), caption_text(part, self.language), below)

    def _sheet(self, table: Table, name: str, caption: str, under: Sequence[str]) -> _Sheet:
        grouped = any(group.heading for group in table.groups)
        headings = [column.heading for column in table.columns]
        rows: Rows = []
        notes: list[str] = []
        for group in table.groups:
            for row in group.rows:
                cells = [self._cell(cell.children) for cell in row.cells]
                rows.append((group.heading, *cells) if grouped else tuple(cells))
                notes += (text for cell in row.cells for text in self._footnotes(cell.children))
        for note in table.notes:
            notes += (inlines_text(note.children, self.language), *self._footnotes(note.children))
        first = (phrase("workbook.group", self.language),) if grouped else ()
        return _Sheet(name, caption, (*first, *headings), rows, (*notes, *under))

    def _cell(self, inlines: Sequence[Inline]) -> Cell:
        """Return a cell; one number, marked by footnotes or not, is a number."""
        word = inlines_text(inlines, self.language)
        numbers = [inline for inline in inlines if isinstance(inline, Number)]
        others = [inline for inline in inlines if not isinstance(inline, Number | Footnote)]
        if len(numbers) != 1 or others:
            return word
        return number_cell(word, printed_amount(numbers[0].quantity, numbers[0].style, self.language))

    def _footnotes(self, inlines: Sequence[Inline]) -> Iterator[str]:
        for note in footnotes_in(inlines):
            yield f"{footnote_mark(note.number)} {inlines_text(note.children, self.language)}"

    def _name(self, part: Table | Figure) -> str:
        title = part.title if isinstance(part, Table) else part.chart.title
        return f"{_number_of(part, self.language)} {title}"


def _listing(about: About, name: str, names: Sequence[str], captions: Sequence[str]) -> PlainSheet:
    """Return the first sheet: what the document is, and which sheet holds what."""
    head = about.letterhead
    lines = (head.marking, head.masthead, head.issue_line, head.issuer or about.author, imprint_date(about))
    rows: Rows = [(OneLine(about.title, strong=True),), *((OneLine(line),) for line in lines if line), ()]
    rows += [(own, OneLine(caption)) for own, caption in zip(names, captions, strict=True)]
    return PlainSheet(name, (max(map(_width, (name, *names))) + 2,), [*enumerate(rows, 1)], 0)


def _number_of(part: Table | Figure, language: Language) -> str:
    return caption_number("table" if isinstance(part, Table) else "figure", part.number, language)


def _width(cell: Cell) -> int:
    """Return how many characters wide a cell is, a Chinese one being two."""
    text = str(cell.value) + cell.code.split(";")[0] if isinstance(cell, FormattedNumber) else str(cell)
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _quoted(text: str) -> str:
    """Return words as a number format says them; a quotation mark of theirs cannot stand within quotation marks."""
    return "".join('\\"' if part == '"' else f'"{part}"' for part in re.split('(")', text) if part)
