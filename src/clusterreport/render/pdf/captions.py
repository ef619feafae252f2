"""What stands around a table or a figure: the caption above; unit and note below on the left, the source right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.text import caption_text, source_lines
from clusterreport.locale import phrase
from clusterreport.render.pdf.galley import Board, Item, Slab

if TYPE_CHECKING:
    from clusterreport.document.model import Figure, Table
    from clusterreport.render.pdf.paragraphs import Compositor
    from clusterreport.render.pdf.structure import Element

_GUTTER: Final = 18.0


def caption(
    compositor: Compositor, part: Table | Figure, element: Element | None, *, width: float | None = None
) -> list[Slab]:
    """Return the caption as slabs, tied to what it names; no ``element``: the table began on an earlier page."""
    text = caption_text(part, compositor.language)
    if element is None:
        text += phrase("caption.continued", compositor.language)
    style = compositor.theme.style("caption")
    slabs = compositor.paragraph(
        compositor.plain(text, style, text), style, element and element.child("Caption"), width=width, keep=True
    )
    if element is None:
        return slabs
    return [replace(slabs[0], anchors=(part.label,)), *slabs[1:]]


def foot_lines(
    compositor: Compositor, part: Table | Figure, parent: Element, *, width: float | None = None
) -> list[Slab]:
    """Return the lines below, each a paragraph of ``parent``: on one line if both fit, else one under the other."""
    room = compositor.text_width if width is None else width
    style = compositor.theme.style("source")
    place = caption_text(part, compositor.language)
    sides = [compositor.plain(text, style, place) for text in source_lines(part, compositor.language) if text]
    if not sides:
        return []
    left, right = source_lines(part, compositor.language)
    needed = sum(compositor.natural_width(side) for side in sides) + _GUTTER
    rightwards = replace(style, align="right")
    if left and right and needed <= room:
        lines = (*compositor.lines(sides[0], style, room), *compositor.lines(sides[1], rightwards, room))
        board = Board(tuple(Item(0.0, 0.0, style.leading, line, parent.child("P")) for line in lines))
        return [Slab(board, style.leading, before=style.before, after=style.after)]
    slabs: list[Slab] = []
    if left:
        slabs += compositor.paragraph(
            sides[0], replace(style, after=0.0) if right else style, parent.child("P"), width=room
        )
    if right:
        slabs += compositor.paragraph(sides[-1], rightwards, parent.child("P"), width=room)
    return [replace(slab, keep=slab is not slabs[-1]) for slab in slabs]
