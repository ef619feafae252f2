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
from clusterreport.renderers.pdf.contents import contents_slabs, heading_text
from clusterreport.renderers.pdf.figures import figure_slabs, pair_slabs
from clusterreport.renderers.pdf.galley import Barred, Board, Item, Slab
from clusterreport.renderers.pdf.key_figures import key_figure_slabs
from clusterreport.renderers.pdf.letterhead import head_slabs
from clusterreport.renderers.pdf.tables import table_slabs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Block, Document, Section
    from clusterreport.renderers.pdf.paragraphs import Compositor
    from clusterreport.theme import TextStyle

_LEVELS: Final = 4
_BULLET: Final = "•"
_MARKER_EMS: Final = 1.5
_CALLOUT_INSET: Final = 14.0
_CALLOUT_SPACE: Final = 8.0


def galley_of(compositor: Compositor, document: Document) -> list[Slab]:
    """Return everything between the head and the foot, as one long column."""
    builder = _Builder(compositor)
    galley = head_slabs(compositor, document.about)
    body = builder.blocks(document.lead, f"the lead of {document.about.title}")
    body += (slab for section in document.sections for slab in builder.section(section, 0))
    if document.about.contents:
        galley += contents_slabs(compositor, document)
    return [*galley, *body]


@dataclass(frozen=True, slots=True)
class _Builder:
    compositor: Compositor

    def section(self, section: Section, level: int) -> Iterator[Slab]:
        """Yield a heading and what stands under it; levels below the fourth look like the fourth."""
        style = self.compositor.theme.style(f"heading{min(level + 1, _LEVELS)}")
        text = heading_text(section, self.compositor.language)
        spans = self.compositor.plain(text, style, text)
        lines = self.compositor.paragraph(spans, replace(style, align="left"), section, keep=True)
        heading = lines or [Slab(Board(()), 0.0, section, keep=True)]  # a title of blanks still has its label
        yield replace(heading[0], anchors=(section.label,), heading=(section, level))
        yield from heading[1:]
        yield from self.blocks(section.blocks, text)
        for inner in section.sections:
            yield from self.section(inner, level + 1)

    def blocks(self, blocks: Iterable[Block], place: str) -> list[Slab]:
        """Return the slabs of ``blocks``; ``place`` is where they stand, for errors."""
        slabs: list[Slab] = []
        fresh = False
        for block in blocks:
            made = self._block(block, place)
            if fresh and made:
                made[0] = replace(made[0], fresh_page=True)
            fresh = isinstance(block, PageBreak) or (fresh and not made)
            slabs += made
        return slabs

    def _block(self, block: Block, place: str) -> list[Slab]:
        slabs: list[Slab] = []
        match block:
            case Paragraph(_, role):
                slabs = self._paragraph(block, self.compositor.theme.style(role), place)
            case Listing():
                slabs = self._listing(block, self.compositor.theme.style("body"), place, 0)
            case Callout():
                slabs = self._callout(block, place)
            case KeyFigures():
                slabs = key_figure_slabs(self.compositor, block)
            case Table():
                slabs = table_slabs(self.compositor, block)
            case Figure():
                slabs = figure_slabs(self.compositor, block)
            case Pair():
                slabs = pair_slabs(self.compositor, block)
            case BasisTable() | PageBreak():  # numbering put a Table in the one's place; ``blocks`` sees to the other
                pass
            case _:
                assert_never(block)
        return slabs

    def _paragraph(self, block: Paragraph, style: TextStyle, place: str, width: float | None = None) -> list[Slab]:
        return self.compositor.paragraph(self.compositor.spans(block.children, style, place), style, block, width=width)

    def _listing(
        self, listing: Listing, style: TextStyle, place: str, level: int, width: float | None = None
    ) -> list[Slab]:
        """Return a list: markers under the text's indent, the items hanging beside them."""
        room = self.compositor.text_width if width is None else width
        start = (style.indent if level == 0 else 0.0) * style.size
        hang = start + _MARKER_EMS * style.size
        item_style = replace(style, indent=0.0, before=0.0, after=0.0)
        slabs: list[Slab] = []
        for number, item in enumerate(listing.items, 1):
            marker = f"{number}." if listing.ordered else _BULLET
            body: list[Slab] = []
            for part in item:
                if isinstance(part, Listing):
                    body += self._listing(part, item_style, place, level + 1, room - hang)
                else:
                    body += self._paragraph(part, item_style, place, room - hang)
            slabs += self._marked(body, marker, item_style, start, hang)
        return slabs

    def _marked(self, body: list[Slab], marker: str, style: TextStyle, start: float, hang: float) -> list[Slab]:
        moved = [_moved(slab, hang) for slab in body]
        marks = self.compositor.unbroken(self.compositor.plain(marker, style, "a list"))
        if moved and marks:
            first = moved[0]
            items = (
                Item(start, 0.0, first.height, marks[0], first.part),
                Item(0.0, 0.0, first.height, first.content, first.part),
            )
            moved[0] = replace(first, content=Board(items))
        return moved

    def _callout(self, callout: Callout, place: str) -> list[Slab]:
        """Return a callout: its title and its paragraphs beside a bar that runs through."""
        theme = self.compositor.theme
        room = self.compositor.text_width - _CALLOUT_INSET
        title_style, style = theme.style("callout_title"), theme.style("callout")
        title = self.compositor.plain(callout.title, title_style, callout.title)
        slabs = self.compositor.paragraph(title, title_style, callout, width=room, keep=True)
        for part in callout.children:
            if isinstance(part, Listing):
                slabs += self._listing(part, style, place, 0, room)
            else:
                slabs += self._paragraph(part, style, place, room)
        colour = theme.colour(theme.palette[0])
        barred = [
            replace(slab, content=Barred(slab.content, _CALLOUT_INSET, colour), before=0.0, after=0.0) for slab in slabs
        ]
        if barred:
            barred[0] = replace(barred[0], before=_CALLOUT_SPACE)
            barred[-1] = replace(barred[-1], after=_CALLOUT_SPACE)
        return barred


def _moved(slab: Slab, x: float) -> Slab:
    return replace(slab, content=Board((Item(x, 0.0, slab.height, slab.content, slab.part),)))
