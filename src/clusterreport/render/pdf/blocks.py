"""Turns the blocks of a document into the galley, in reading order; every kind of block is met here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.model import (
    BasisTable,
    Callout,
    Figure,
    KeyFigures,
    Listing,
    PageBreak,
    Pair,
    Paragraph,
    Table,
)
from clusterreport.document.text import heading_text
from clusterreport.messages import message
from clusterreport.render.pdf.contents import contents_slabs
from clusterreport.render.pdf.figures import figure_slabs, pair_slabs
from clusterreport.render.pdf.galley import Barred, Board, Item, Slab
from clusterreport.render.pdf.key_figures import key_figure_slabs
from clusterreport.render.pdf.letterhead import head_slabs
from clusterreport.render.pdf.pen import MM
from clusterreport.render.pdf.tables import table_slabs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.document.model import Block, Document, Section
    from clusterreport.render.pdf.paragraphs import Compositor, TextLine
    from clusterreport.render.pdf.structure import Element
    from clusterreport.theme import TextStyle

_LEVELS: Final = 4
_LOWEST_HEADING: Final = 6
_BULLET: Final = "•"
_MARKER_EMS: Final = 1.5
_CALLOUT_INSET: Final = 14.0
_CALLOUT_SPACE: Final = 8.0


def galley_of(compositor: Compositor, document: Document, root: Element) -> list[Slab]:
    """Return everything but the foot as one long column; ``root`` becomes its structure."""
    builder = _Builder(compositor)
    galley = head_slabs(compositor, document.about, root)
    if document.about.contents:
        galley += contents_slabs(compositor, document, root)
    galley += builder.blocks(document.lead, message("the lead of {title}", title=document.about.title), root)
    for section in document.sections:
        galley += builder.section(section, 0, root)
    return galley


@dataclass(frozen=True, slots=True)
class _Builder:
    compositor: Compositor

    def section(self, section: Section, level: int, parent: Element) -> Iterator[Slab]:
        """Yield a heading and what stands under it; levels below the fourth look like the fourth."""
        style = self.compositor.theme.style(f"heading{min(level + 1, _LEVELS)}")
        text = heading_text(section, self.compositor.language)
        spans = self.compositor.plain(text, style, text)
        element = parent.child("Sect")
        title = element.child(f"H{min(level + 2, _LOWEST_HEADING)}")
        lines = self.compositor.paragraph(spans, replace(style, align="left"), title, keep=True)
        heading = lines or [Slab(Board(()), 0.0, keep=True)]  # a title of blanks still has its label
        yield replace(heading[0], anchors=(section.label,), heading=(section, level))
        yield from heading[1:]
        yield from self.blocks(section.blocks, text, element)
        for inner in section.sections:
            yield from self.section(inner, level + 1, element)

    def blocks(self, blocks: Iterable[Block], place: str, parent: Element) -> list[Slab]:
        """Return the slabs of ``blocks``, elements of ``parent``; ``place`` is where they stand, for errors."""
        slabs: list[Slab] = []
        fresh = False
        for block in blocks:
            made = self._block(block, place, parent)
            if fresh and made:
                made[0] = replace(made[0], fresh_page=True)
            fresh = isinstance(block, PageBreak) or (fresh and not made)
            slabs += made
        return slabs

    def _block(self, block: Block, place: str, parent: Element) -> list[Slab]:
        slabs: list[Slab] = []
        match block:
            case Paragraph(_, role):
                slabs = self._paragraph(block, self.compositor.theme.style(role), place, parent)
            case Listing():
                slabs = self._listing(block, self.compositor.theme.style("body"), place, parent)
            case Callout():
                slabs = self._callout(block, place, parent)
            case KeyFigures():
                slabs = key_figure_slabs(self.compositor, block, parent)
            case Table():
                slabs = self._table(block, parent)
            case Figure():
                slabs = figure_slabs(self.compositor, block, parent)
            case Pair():
                slabs = pair_slabs(self.compositor, block, parent)
            case BasisTable() | PageBreak():  # numbering put a Table in the one's place; ``blocks`` sees to the other
                pass
            case _:
                assert_never(block)
        return slabs

    def _paragraph(
        self, block: Paragraph, style: TextStyle, place: str, parent: Element, width: float | None = None
    ) -> list[Slab]:
        spans = self.compositor.spans(block.children, style, place)
        return self.compositor.paragraph(spans, style, parent.child("P"), width=width)

    def _listing(  # noqa: PLR0913 -- what a list hands down to its items
        self,
        listing: Listing,
        style: TextStyle,
        place: str,
        parent: Element,
        *,
        level: int = 0,
        width: float | None = None,
    ) -> list[Slab]:
        """Return a list: markers under the text's indent, the items hanging beside them."""
        room = self.compositor.text_width if width is None else width
        start = (style.indent if level == 0 else 0.0) * style.size
        hang = start + _MARKER_EMS * style.size
        item_style = replace(style, indent=0.0, before=0.0, after=0.0)
        slabs: list[Slab] = []
        element = parent.child("L")
        for number, item in enumerate(listing.items, listing.start):
            whole = element.child("LI")
            label, holder = whole.child("Lbl"), whole.child("LBody")
            body: list[Slab] = []
            for part in item:
                if isinstance(part, Listing):
                    body += self._listing(part, item_style, place, holder, level=level + 1, width=room - hang)
                else:
                    body += self._paragraph(part, item_style, place, holder, room - hang)
            marker = self.compositor.plain(f"{number}." if listing.ordered else _BULLET, item_style, message("a list"))
            slabs += _marked(body, self.compositor.unbroken(marker), label, start, hang)
        return slabs

    def _table(self, table: Table, parent: Element) -> list[Slab]:
        """Return a table; a wide one is set as wide as the text area of an upright page is high."""
        if not table.wide:
            return table_slabs(self.compositor, table, parent)
        page = self.compositor.theme.page
        laid = replace(self.compositor, text_width=page.text_height * MM)
        return [replace(slab, wide=True) for slab in table_slabs(laid, table, parent)]

    def _callout(self, callout: Callout, place: str, parent: Element) -> list[Slab]:
        """Return a callout: its title and its paragraphs beside a bar that runs through."""
        theme = self.compositor.theme
        room = self.compositor.text_width - _CALLOUT_INSET
        title_style, style = theme.style("callout_title"), theme.style("callout")
        title = self.compositor.plain(callout.title, title_style, callout.title)
        element = parent.child("Div")
        slabs = self.compositor.paragraph(title, title_style, element.child("P"), width=room, keep=True)
        for part in callout.children:
            if isinstance(part, Listing):
                slabs += self._listing(part, style, place, element, width=room)
            else:
                slabs += self._paragraph(part, style, place, element, room)
        colour = theme.colour(theme.palette[0])
        barred = [
            replace(slab, content=Barred(slab.content, _CALLOUT_INSET, colour), before=0.0, after=0.0) for slab in slabs
        ]
        if barred:
            barred[0] = replace(barred[0], before=_CALLOUT_SPACE)
            barred[-1] = replace(barred[-1], after=_CALLOUT_SPACE)
        return barred


def _marked(body: list[Slab], marker: Sequence[TextLine], label: Element, start: float, hang: float) -> list[Slab]:
    """Return the slabs of an item moved aside, with its marker before the first line."""
    moved = [_moved(slab, hang) for slab in body]
    if moved and marker:
        first = moved[0]
        items = (
            Item(start, 0.0, first.height, marker[0], label),
            Item(0.0, 0.0, first.height, first.content, first.element),
        )
        moved[0] = replace(first, content=Board(items), element=None)
    return moved


def _moved(slab: Slab, x: float) -> Slab:
    return replace(slab, content=Board((Item(x, 0.0, slab.height, slab.content),)))
