"""Sets the table of contents: titles, dot leaders, and page numbers that are known once the galley is cut."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.text import contents_entries, heading_text
from clusterreport.locale import phrase
from clusterreport.messages import message
from clusterreport.render.pdf.atoms import Span
from clusterreport.render.pdf.galley import Slab
from clusterreport.render.pdf.paragraphs import part_place
from clusterreport.render.pdf.pen import Word

if TYPE_CHECKING:
    from clusterreport.document.model import Document, Section
    from clusterreport.render.pdf.galley import Content
    from clusterreport.render.pdf.paragraphs import Compositor, TextLine
    from clusterreport.render.pdf.pen import Pen
    from clusterreport.render.pdf.structure import Element
    from clusterreport.theme import TextStyle

_NUMBER_ROOM: Final = 3.0
_LEADER_GAP: Final = 0.4
_STEP: Final = 2.0
_AFTER: Final = 12.0


@dataclass(frozen=True, slots=True)
class Leader:
    """The last line of an entry: the title's end, the leader, and the page number on the right."""

    title: TextLine
    section: Section
    style: TextStyle
    colour: str
    width: float

    def draw(self, pen: Pen, x: float, top: float, height: float) -> None:
        """Print the line; the whole of it leads to the section."""
        self.title.draw(pen, x, top, height)
        baseline = top - height / 2 - 0.38 * self.style.size
        number = str(pen.page_of[self.section.label])
        look = self.title.broken.atoms[0].look
        start = x + self.width - pen.faces.width(number, look.face) * look.size
        gap = _LEADER_GAP * self.style.size
        pen.dots(x + self.title.x + self.title.width + gap, start - gap, baseline + 0.3 * self.style.size, self.colour)
        pen.text(baseline, [Word(start, number, look)])
        pen.link_to(part_place(self.section.label), (x, top - height, x + self.width, top))


def contents_slabs(compositor: Compositor, document: Document, root: Element) -> list[Slab]:
    """Return the contents: a title, and an entry for each heading that they list."""
    style = compositor.theme.style("contents_title")
    title = compositor.plain(phrase("page.contents", compositor.language), style, message("the table of contents"))
    head = compositor.paragraph(title, style, root.child("P"), keep=True)
    listing = root.child("TOC")
    entries = [
        slab for section, level in contents_entries(document) for slab in _entry(compositor, section, level, listing)
    ]
    if entries:
        entries[-1] = replace(entries[-1], after=_AFTER)
    return [*head, *entries]


def _entry(compositor: Compositor, section: Section, level: int, listing: Element) -> list[Slab]:
    style = compositor.theme.style(f"contents{level + 1}")
    inset = level * _STEP * style.size
    text = heading_text(section, compositor.language)
    link = listing.child("TOCI").child("Reference").child("Link", alternative=text)
    spans = (Span(text, compositor.look(style)),)
    room = compositor.text_width - inset - _NUMBER_ROOM * style.size
    lines = [replace(line, x=line.x + inset) for line in compositor.lines(spans, style, room)]
    colour = compositor.theme.colour(style.colour)
    slabs = []
    for place, line in enumerate(lines):
        last = place == len(lines) - 1
        content: Content = Leader(line, section, style, colour, compositor.text_width) if last else line
        slabs.append(Slab(content, style.leading, link, keep=not last))
    return slabs
