"""Finds the columns of a table: how wide each is, and where the numbers of one stand so that their points align.

Widths are in points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from clusterreport.document.reading import caption_text
from clusterreport.errors import Problem, ProblemsError
from clusterreport.renderers.widths import shared

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.document.model import Row, Table
    from clusterreport.renderers.pdf.atoms import Span
    from clusterreport.renderers.pdf.paragraphs import Compositor
    from clusterreport.theme import TextStyle

_PADDING: Final = 6.0
_TIGHT_PADDING: Final = 2.5
_WIDE_TABLE: Final = 8
_LONGEST_WORD: Final = 8.0
_SMALLER: Final = (1.0, 0.9, 0.8)
_INTEGER: Final = re.compile(r"[^0-9]*[0-9][0-9,]*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column's text begins, how wide it is, and how far its numbers reach beyond their integers.

    ``scale`` is the share of the theme's type size at which everything fits.
    """

    starts: tuple[float, ...]
    widths: tuple[float, ...]
    tails: tuple[float, ...]
    scale: float


def fitted_columns(compositor: Compositor, table: Table) -> Columns:
    """Return the columns in the largest type, down to 80 %, that lets every word and number fit; else ProblemsError."""
    for scale in _SMALLER:
        columns = _columns(compositor, table, scale)
        if columns is not None:
            return columns
    problem = Problem(
        caption_text(table, compositor.language),
        f"its {len(table.columns)} columns are too wide for the page",
        "Leave columns out, split the table in two, or write wide=true.",
    )
    raise ProblemsError([problem])


def scaled(style: TextStyle, scale: float) -> TextStyle:
    """Return ``style`` in smaller type."""
    return replace(style, size=style.size * scale, leading=style.leading * scale)


def row_style(compositor: Compositor, table: Table, row: Row, scale: float) -> TextStyle:
    """Return the style of a row's cells; totals are strong."""
    style = scaled(compositor.theme.style(table.cell_role), scale)
    return replace(style, face=compositor.strong_face(style.face)) if row.role == "total" else style


def tail_width(compositor: Compositor, spans: Sequence[Span]) -> float:
    """Return how far a number reaches beyond its integer part: the decimals, the unit, a star; 0 for mere words."""
    text = "".join(span.text for span in spans)
    integer = _INTEGER.match(text)
    if integer is None or integer.end() == len(text):
        return 0.0
    return compositor.natural_width(spans) - compositor.natural_width(_first(spans, integer.end()))


def _columns(compositor: Compositor, table: Table, scale: float) -> Columns | None:
    padding = _TIGHT_PADDING if table.dense or len(table.columns) > _WIDE_TABLE else _PADDING
    room = compositor.text_width - 2 * padding * len(table.columns)
    needs, tails = [], []
    for place in range(len(table.columns)):
        need, tail = _need(compositor, table, place, scale)
        needs.append(need)
        tails.append(tail)
    widths = shared([column.width for column in table.columns], needs, room)
    if widths is None:
        return None
    edges = accumulate((width + 2 * padding for width in widths), initial=padding)
    starts = tuple(start for start, _ in zip(edges, widths, strict=False))
    return Columns(starts, widths, tuple(tails), scale)


def _need(compositor: Compositor, table: Table, place: int, scale: float) -> tuple[float, float]:
    """Return the least width of a column and the tail of its numbers."""
    column = table.columns[place]
    caption = caption_text(table, compositor.language)
    style = scaled(compositor.theme.style(table.head_role), scale)
    longest = _LONGEST_WORD * style.size
    head = min(compositor.least_width(compositor.plain(column.heading, style, caption)), longest)
    cells = [
        compositor.spans(row.cells[place].children, row_style(compositor, table, row, scale), caption, homing=False)
        for row in table.rows
    ]
    if column.kind == "text":
        return max([head, *(min(compositor.least_width(cell), longest) for cell in cells)]), 0.0
    tails = [tail_width(compositor, cell) for cell in cells]
    integers = [compositor.natural_width(cell) - tail for cell, tail in zip(cells, tails, strict=True)]
    numbers = max(integers, default=0.0) + max(tails, default=0.0)
    if numbers > compositor.text_width / 2:  # sentences in a column of numbers: they are set as text
        return max([head, *(min(compositor.least_width(cell), longest) for cell in cells)]), 0.0
    return max(head, numbers), max(tails, default=0.0)


def _first(spans: Iterable[Span], count: int) -> list[Span]:
    """Return the first ``count`` characters of ``spans``."""
    kept: list[Span] = []
    for span in spans:
        kept.append(replace(span, text=span.text[:count]))
        count -= len(span.text)
        if count <= 0:
            break
    return kept
