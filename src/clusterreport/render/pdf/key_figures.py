"""Sets a row of key figures: large numbers with small units, each with its line, under rules of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import format_quantity_parts
from clusterreport.messages import message
from clusterreport.render.pdf.galley import Board, Item, Slab, Stroke
from clusterreport.render.pdf.paragraphs import TextLine

if TYPE_CHECKING:
    from clusterreport.document.model import KeyFigure, KeyFigures
    from clusterreport.render.pdf.galley import Note
    from clusterreport.render.pdf.paragraphs import Compositor
    from clusterreport.render.pdf.structure import Element

_PER_ROW: Final = 4
_GUTTER: Final = 10.0
_UNIT_GAP: Final = 3.0
_BEFORE: Final = 4.0
_AFTER: Final = 8.0
_SMALLEST: Final = 0.5


def key_figure_slabs(compositor: Compositor, block: KeyFigures, parent: Element) -> list[Slab]:
    """Return the figures as one slab for each row of four."""
    rows = [block.items[start : start + _PER_ROW] for start in range(0, len(block.items), _PER_ROW)]
    element = parent.child("Div")
    return [_row(compositor, row, element) for row in rows]


def _row(compositor: Compositor, figures: tuple[KeyFigure, ...], parent: Element) -> Slab:
    width = (compositor.text_width - _GUTTER * (_PER_ROW - 1)) / _PER_ROW
    theme = compositor.theme
    items: list[Item] = []
    notes: list[Note] = []
    full = 0.0
    for place, figure in enumerate(figures):
        x = place * (width + _GUTTER)
        rule = Stroke(width, theme.rules.key_figures, theme.colour(theme.style("key_number").colour))
        items.append(Item(x, 0.0, 0.0, rule))
        numbers, y = _number(compositor, figure, parent.child("P"), x, width)
        items += numbers
        style = theme.style("key_line")
        element = parent.child("P")
        words = compositor.spans(figure.line, style, message("a key figure"))
        for line in compositor.lines(words, style, width):
            items.append(Item(x, y, style.leading, line, element))
            notes += compositor.notes(line, element)
            y += style.leading
        full = max(full, y)
    return Slab(Board(tuple(items)), full, before=_BEFORE, after=_AFTER, notes=tuple(notes))


def _number(
    compositor: Compositor, figure: KeyFigure, element: Element, x: float, width: float
) -> tuple[list[Item], float]:
    """Return the number and its unit on one line, smaller type if the column is too narrow, and where they end."""
    theme = compositor.theme
    amount, unit = format_quantity_parts(figure.number.quantity, figure.number.style, compositor.language)
    large, small = theme.style("key_number"), theme.style("key_unit")
    plain = compositor.plain(amount.strip(), large, message("a key figure"))
    number = tuple(replace(span, inline=figure.number) for span in plain)
    measure = compositor.plain(unit.strip(), small, message("a key figure"))
    unit_width = compositor.natural_width(measure)
    room = width - unit_width - (_UNIT_GAP if unit else 0.0)
    share = max(min(1.0, room / max(compositor.natural_width(number), 1.0)), _SMALLEST)
    fitted = compositor.resized(number, share)
    items: list[Item] = []
    for line in compositor.unbroken(fitted):
        items.append(Item(x, 0.0, large.leading, line, element))
        if unit:
            start = x + line.width + _UNIT_GAP
            # The unit stands on the number's baseline, not in the middle of its line.
            items += (
                Item(start, 0.0, large.leading, _beside(line, unit_line), element)
                for unit_line in compositor.unbroken(measure)
            )
    return items, large.leading


def _beside(line: TextLine, unit: TextLine) -> TextLine:
    """Return ``unit`` so placed that it shares the baseline of ``line``."""
    return TextLine(unit.broken, unit.line, unit.x, line.size)
