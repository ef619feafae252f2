"""What stands around a table or a figure: the caption above; unit and note below on the left, the source right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.reading import caption_text, source_lines
from clusterreport.renderers.pdf.galley import Board, Item, Slab

if TYPE_CHECKING:
    from clusterreport.document.model import Figure, Table
    from clusterreport.renderers.pdf.paragraphs import Compositor

_CONTINUED: Final = {"zh": "（续表）", "en": " (continued)"}
_GUTTER: Final = 18.0


def caption(
    compositor: Compositor, part: Table | Figure, *, width: float | None = None, continued: bool = False
) -> list[Slab]:
    """Return the caption as slabs, tied to what it names; ``continued``: the table began on an earlier page."""
    text = caption_text(part, compositor.language)
    if continued:
        text += _CONTINUED[compositor.language]
    style = compositor.theme.style("caption")
    slabs = compositor.paragraph(
        compositor.plain(text, style, text), style, None if continued else part, width=width, keep=True
    )
    if continued:
        return slabs
    return [replace(slabs[0], anchors=(part.label,)), *slabs[1:]]


def foot_lines(compositor: Compositor, part: Table | Figure, *, width: float | None = None) -> list[Slab]:
    """Return the lines below: on one line if both sides fit, else one under the other."""
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
        board = Board(tuple(Item(0.0, 0.0, style.leading, line, part) for line in lines))
        return [Slab(board, style.leading, part, before=style.before, after=style.after)]
    slabs: list[Slab] = []
    if left:
        slabs += compositor.paragraph(sides[0], replace(style, after=0.0) if right else style, part, width=room)
    if right:
        slabs += compositor.paragraph(sides[-1], rightwards, part, width=room)
    return [replace(slab, keep=slab is not slabs[-1]) for slab in slabs]
