"""Finds the columns of a table: how wide each is, and where the numbers of one stand so that their points align.

Widths are in points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from clusterreport.document.text import caption_text
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.render.widths import TextWidth, column_need, distribute_widths, words_behind_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.document.model import Row, Table
    from clusterreport.render.pdf.atoms import Span
    from clusterreport.render.pdf.paragraphs import Compositor
    from clusterreport.theme import TextStyle

    Cell = tuple[Span, ...]

_PADDING: Final = 6.0
_TIGHT_PADDING: Final = 2.5
_WIDE_TABLE: Final = 8
_APART: Final = 5.0
"""What words keep from the numbers of the column before them, which end where the words begin."""
_LONGEST_WORD: Final = 8.0
_SMALLER: Final = (1.0, 0.9, 0.8)
_INTEGER: Final = re.compile(r"[^0-9]*[0-9][0-9,]*")


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The styles of a table's cells in type of one size, each for words and for numbers; totals are strong."""

    head: tuple[TextStyle, TextStyle]
    body: tuple[TextStyle, TextStyle]
    total: tuple[TextStyle, TextStyle]

    def of(self, row: Row) -> tuple[TextStyle, TextStyle]:
        """Return the styles of a row's cells."""
        return self.total if row.role == "total" else self.body


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column's text begins, how wide it is, and how far its numbers reach beyond their integers.

    ``styles`` are those in which everything fits, ``cells`` what is to be set in them: spans, by row and column.
    """

    starts: tuple[float, ...]
    widths: tuple[float, ...]
    tails: tuple[float, ...]
    styles: CellStyles
    cells: tuple[tuple[Cell, ...], ...]


def fitted_columns(compositor: Compositor, table: Table) -> Columns:
    """Return the columns in the largest type, down to 80 %, that lets every word and number fit; else ProblemsError."""
    for scale in _SMALLER:
        columns = _columns(compositor, table, _styles(compositor, table, scale))
        if columns is not None:
            return columns
    problem = Problem(
        caption_text(table, compositor.language),
        message("its {count} columns are too wide for the page", count=len(table.columns)),
        message("Leave columns out, split the table in two, or write wide=true."),
        words=table.title,
    )
    raise ProblemsError([problem])


def tail_width(compositor: Compositor, spans: Sequence[Span]) -> float:
    """Return how far a number reaches beyond its integer part: the decimals, the unit, a star; 0 for mere words."""
    text = "".join(span.text for span in spans)
    integer = _INTEGER.match(text)
    if integer is None or integer.end() == len(text):
        return 0.0
    return compositor.natural_width(spans) - compositor.natural_width(_first(spans, integer.end()))


def _styles(compositor: Compositor, table: Table, scale: float) -> CellStyles:
    """Return the theme's styles for a table's cells, in type of ``scale`` times the theme's size."""
    head, body = (
        replace(style, size=style.size * scale, leading=style.leading * scale)
        for style in (compositor.theme.style(table.head_role), compositor.theme.style(table.cell_role))
    )
    total = replace(body, face=compositor.strong_face(body.face))
    pairs = ((replace(style, align="left"), replace(style, align="right")) for style in (head, body, total))
    return CellStyles(*pairs)


def _columns(compositor: Compositor, table: Table, styles: CellStyles) -> Columns | None:
    padding = _TIGHT_PADDING if table.dense or len(table.columns) > _WIDE_TABLE else _PADDING
    room = compositor.text_width - 2 * padding * len(table.columns)
    name = caption_text(table, compositor.language)
    cells = tuple(
        tuple(compositor.spans(cell.children, styles.of(row)[0], name, link_bases=False) for cell in row.cells)
        for row in table.rows
    )
    longest = _LONGEST_WORD * styles.head[0].size
    needs = [
        column_need(
            _width(compositor, compositor.plain(column.heading, styles.head[0], name, hyphenated=True), numeric=False),
            [_width(compositor, row[place], numeric=column.kind != "text") for row in cells],
            compositor.text_width, longest, numeric=column.kind != "text",
        )
        for place, column in enumerate(table.columns)
    ]  # fmt: skip
    apart = [_APART if behind else 0.0 for behind in words_behind_numbers(table)]
    least = [need.width + gap for need, gap in zip(needs, apart, strict=True)]
    widths = distribute_widths([column.width for column in table.columns], least, room)
    if widths is None:
        return None
    edges = accumulate((width + 2 * padding for width in widths), initial=padding)
    starts = tuple(start + gap for start, gap in zip(edges, apart, strict=False))
    widths = tuple(width - gap for width, gap in zip(widths, apart, strict=True))
    return Columns(starts, widths, tuple(need.tail for need in needs), styles, cells)


def _width(compositor: Compositor, cell: Cell, *, numeric: bool) -> TextWidth:
    line = compositor.natural_width(cell) if numeric else 0.0
    return TextWidth(line, compositor.least_width(cell), tail_width(compositor, cell) if numeric else 0.0)


def _first(spans: Iterable[Span], count: int) -> list[Span]:
    """Return the first ``count`` characters of ``spans``."""
    kept: list[Span] = []
    for span in spans:
        kept.append(replace(span, text=span.text[:count]))
        count -= len(span.text)
        if count <= 0:
            break
    return kept
