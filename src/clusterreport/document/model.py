"""The whole vocabulary of a briefing: every block and inline there is, and nothing that renders them.

All parts are frozen and hold tuples, to be shared, compared and written as JSON. Fields that a writer leaves empty and
document/numbering.py fills in are marked "(numbered)".
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- interchange reads the annotations at run time
from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 -- interchange reads the annotations at run time
from typing import Literal

from clusterreport.quantity import Quantity  # noqa: TC001 -- interchange reads the annotations at run time
from clusterreport.statement import Statement  # noqa: TC001 -- interchange reads the annotations at run time

# ── inlines ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How a quantity is put into characters (document/wording.py does it).

    ``decimals`` None: as the unit's kind asks for. ``unit``, ``qualifier``: print the unit, 超/近/约. ``sign``: print a
    plus sign too; ``magnitude``: none, as the words say which way. ``numeral``: "chinese" writes 三, 十二. ``form``:
    "ordinal" writes 第2位, "leading" 首位 of the first. ``mark``: an unconfirmed value has words, or a star in a table.
    """

    decimals: int | None = None
    unit: bool = True
    qualifier: bool = True
    sign: bool = False
    magnitude: bool = False
    numeral: Literal["arabic", "chinese"] = "arabic"
    form: Literal["cardinal", "ordinal", "leading"] = "cardinal"
    mark: Literal["words", "star"] = "words"


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they are; never markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that carry the weight of a sentence."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words said with a raised voice; Chinese renderers set them in Kai."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address outside the document."""

    target: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity in the text. ``line`` is its line in the table of bases, 0 where there is none (numbered)."""

    quantity: Quantity
    style: NumberStyle = NumberStyle()
    line: int = 0


@dataclass(frozen=True, slots=True)
class DateText:
    """A date in the text, to the day or only to the month or year."""

    date: dt.date
    precision: Literal["day", "month", "year"] = "day"


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source, digits included, that no finding stands for."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement in the text: its words, or its quote, bare or in quotation marks; ``line`` is as of a number."""

    statement: Statement
    form: Literal["words", "quote", "quoted"] = "words"
    line: int = 0


@dataclass(frozen=True, slots=True)
class Claimed:
    """Words of a ``kind`` (docs/claims.md) that are true of ``values``, which stand in its order: 提高, 近四分之三."""

    text: str
    kind: str
    values: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a table, figure or section; ``text`` is what is printed ("图3") (numbered)."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page; ``number`` counts from 1 through the document (numbered).

    A note on statements has their ``source``; what it says of it is filled in (numbered). Where the chapter states more
    of that source further on, ``repeated`` lets the note say that it is not named again.
    """

    children: tuple[Inline, ...]
    number: int = 0
    source: str = ""
    repeated: bool = False


Inline = Text | Strong | Emphasis | Link | Number | DateText | Quoted | Stated | Claimed | Reference | Footnote

# ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``role``: "body" has the two-em indent, "lead" opens the briefing, "note" is small and grey."""

    children: tuple[Inline, ...]
    role: Literal["body", "lead", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item holds paragraphs or further lists. An ordered one counts from ``start``."""

    items: tuple[tuple[Paragraph | Listing, ...], ...]
    ordered: bool = False
    start: int = 1


@dataclass(frozen=True, slots=True)
class Callout:
    """Paragraphs set apart under a short title: a warning, an editor's note."""

    title: str
    children: tuple[Paragraph | Listing, ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large number with the line under it."""

    number: Number
    line: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of at most four large numbers."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``width`` is its share of the table's, relative to the other columns'."""

    heading: str
    kind: Literal["text", "number"] = "text"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell holds; an empty cell has no children."""

    children: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row; as many cells as the table has columns. ``role`` "total" is set apart."""

    cells: tuple[Cell, ...]
    role: Literal["body", "total"] = "body"


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that belong together, under a heading of the full width where ``heading`` is not empty."""

    rows: tuple[Row, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with everything printed with it. ``number`` is its place among the tables (numbered).

    ``dense``: an annex in small type, to look things up in. ``wide``: on pages of its own, on their side.
    """

    label: str
    title: str
    columns: tuple[Column, ...]
    groups: tuple[RowGroup, ...]
    notes: tuple[Paragraph, ...] = ()
    source: str = ""
    number: int = 0
    dense: bool = False
    wide: bool = False

    @property
    def head_role(self) -> str:
        """Return the text style of the heading row."""
        return "dense_head" if self.dense else "table_head"

    @property
    def cell_role(self) -> str:
        """Return the text style of the cells."""
        return "dense_cell" if self.dense else "table_cell"

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return all rows, whatever their group."""
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Series:
    """One set of values of a chart, as long as the chart's ``categories``."""

    name: str
    values: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A connection between two categories of a network or a map."""

    source: str
    target: str
    weight: Quantity


Place = tuple[int, int]
"""A value of a chart: the place of its series, and its place within."""


@dataclass(frozen=True, slots=True)
class ChartNumber:
    """A number that the drawing of a chart prints; the PDF marks it by its ``key``.

    ``how`` it follows from the values at the places ``of``: it says each of them (several where they read alike), or
    their sum, or that they cannot be told; a percentage of its own is ``percent``. ``optional``: left out for lack of
    room. ``share``: behind it stands in brackets which part of all values it is. ``described``: the alternative text
    says it in full. ``decimals``, ``unit``: as in NumberStyle; ``scaled``: money in the unit of the largest throughout.
    """

    key: str
    of: tuple[Place, ...]
    how: Literal["value", "sum", "unknown", "percent"] = "value"
    optional: bool = False
    share: bool = False
    described: bool = False
    decimals: int | None = None
    unit: bool = False
    scaled: bool = False
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The values at ``plus`` less those at ``minus``, not below 0 if ``clipped``; without places the ``constant``."""

    plus: tuple[Place, ...] = ()
    minus: tuple[Place, ...] = ()
    clipped: bool = False
    constant: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PlottedPoint:
    """A point that Word draws: its name, how far up (None: it is not seen) and, on two axes, how far across it is."""

    label: str
    up: Reckoning | None
    across: Reckoning | None = None


@dataclass(frozen=True, slots=True)
class PlottedSeries:
    """A series that Word draws; ``crossed``: on two axes, else its points stand beside each other.

    The unit of the series ``measured``, if any, follows its name; ``word`` is the label's id of a name of the chart's
    own. ``timed``: points stand as far apart as their periods.
    """

    name: str
    points: tuple[PlottedPoint, ...]
    crossed: bool = False
    measured: int | None = None
    word: str = ""
    timed: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as numbers, never as a picture; charts/kinds/<kind>.py says what it makes of each field.

    ``categories`` are the names along the first axis, ``groups`` (empty, or one for each category) their classes,
    ``emphasis`` the few categories or series that the reader must see. Its kind makes the others: ``description``, the
    alternative text; ``numbers``, what its drawing prints; ``plotted``, what Word draws it with, empty where Word shows
    a picture. They hold no amount of their own. ``facts`` are the numbers that drawing and description print.
    """

    kind: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    description: str
    groups: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    emphasis: tuple[str, ...] = ()
    numbers: tuple[ChartNumber, ...] = ()
    plotted: tuple[PlottedSeries, ...] = ()
    facts: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption, note and source line. ``number`` is its place among the figures (numbered)."""

    label: str
    chart: Chart
    note: str = ""
    source: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two small figures side by side."""

    left: Figure
    right: Figure


@dataclass(frozen=True, slots=True)
class BasisTable:
    """The place of the table of every number's basis; document/numbering.py puts a Table there.

    ``by`` "formula" has a line for each formula and quote, with its rows; "source" one for each source, or data files,
    which ``names`` pairs with what readers know them by.
    """

    by: Literal["formula", "source"] = "formula"
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block starts a page."""


Block = Paragraph | Listing | Callout | KeyFigures | Table | Figure | Pair | BasisTable | PageBreak

# ── the document ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. ``numeral`` is the printed number, "一、" or "（二）" (numbered)."""

    label: str
    title: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...] = ()
    numeral: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head and foot of a 简报; an empty string leaves its line out."""

    masthead: str = ""
    issue_line: str = ""
    total_line: str = ""
    issuer: str = ""
    marking: str = ""
    report_to: str = ""
    send_to: str = ""
    distribute_to: str = ""
    copies: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a document is. ``issue`` is its folder ("2025-09"), ``issued`` is the day of its head (None: of the data).

    ``title_numbers`` are what its title says, ``title_quotes`` what it, headings and captions quote; ``before`` is the
    day of the data that it is compared with, ``corrects`` the issue that it corrects.
    """

    title: str
    issue: str
    audience: str
    audience_title: str
    language: str
    as_of: dt.date
    author: str
    letterhead: Letterhead
    contents: bool = False
    issued: dt.date | None = None
    title_numbers: tuple[Number, ...] = ()
    title_quotes: tuple[Quoted, ...] = ()
    before: dt.date | None = None
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A briefing as it leaves the writing: nothing is numbered yet."""

    about: About
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class NumberedDocument:
    """A briefing in which every number, reference and note is filled in; the only thing a renderer accepts."""

    document: Document
