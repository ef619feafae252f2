"""Turns the blocks of a document into the body of a Word file, in reading order; every kind of block is met here."""

from __future__ import annotations

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
from clusterreport.renderers.docx import lists
from clusterreport.renderers.docx.captions import caption, foot_lines
from clusterreport.renderers.docx.fields import bookmark, bookmark_name
from clusterreport.renderers.docx.figures import figure, pair
from clusterreport.renderers.docx.inlines import inlines
from clusterreport.renderers.docx.key_figures import key_figures
from clusterreport.renderers.docx.markup import HAIRLINE, colour, hairline, paragraph, run, section_end, twips
from clusterreport.renderers.docx.page_setup import section_properties
from clusterreport.renderers.docx.styles import style_id
from clusterreport.renderers.docx.tables import room_for, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Block, Section
    from clusterreport.renderers.docx.ledger import Ledger

_LEVELS: Final = 4
_LIST_LEVELS: Final = 4
_CALLOUT_INSET: Final = 14.0
_CALLOUT_SPACE: Final = 8.0


def section(part: Section, ledger: Ledger, level: int = 0) -> str:
    """Return a heading and what stands under it; levels below the fourth look like the fourth."""
    title = bookmark(bookmark_name(part.label), ledger.fresh_id(), run(part.title))
    unnumbered = "" if part.numeral else '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    heading = paragraph(style_id(f"heading{min(level + 1, _LEVELS)}"), title, unnumbered)
    inner = "".join(section(below, ledger, level + 1) for below in part.sections)
    return heading + blocks(part.blocks, ledger) + inner


def blocks(parts: Iterable[Block], ledger: Ledger) -> str:
    """Return the XML of ``parts``."""
    return "".join(_block(part, ledger) for part in parts)


def _block(block: Block, ledger: Ledger) -> str:
    made = ""
    match block:
        case Paragraph(children, role):
            made = paragraph(style_id(role), inlines(children, ledger))
        case Listing():
            made = _listing(block, ledger, "body")
        case Callout():
            made = _callout(block, ledger)
        case KeyFigures():
            made = key_figures(block, ledger) + HAIRLINE
        case Table():
            made = _table(block, ledger)
        case Figure():
            made = figure(block, ledger)
        case Pair():
            made = pair(block, ledger) + HAIRLINE
        case PageBreak():
            made = hairline('<w:r><w:br w:type="page"/></w:r>')
        case BasisTable():  # numbering put a Table in its place
            pass
        case _:
            assert_never(block)
    return made


def _table(block: Table, ledger: Ledger) -> str:
    notes = "".join(paragraph(style_id("table_note"), inlines(note.children, ledger)) for note in block.notes)
    below = notes + foot_lines(block, ledger, room_for(block, ledger))
    whole = caption(block, ledger) + table(block, ledger) + (below or HAIRLINE)
    if not block.wide:
        return whole
    upright, laid = (section_properties(ledger.theme, wide=wide) for wide in (False, True))
    return section_end(upright) + whole + section_end(laid)


def _listing(listing: Listing, ledger: Ledger, role: str, before: str = "") -> str:
    """Return a list; ``before`` are properties of its paragraphs that stand before their indents."""
    if listing.ordered:
        number = lists.FIRST_NUMBERED + ledger.numbered_lists
        ledger.numbered_lists += 1
    else:
        number = lists.BULLETS
    return "".join(_items(listing, ledger, role, before, number, 0))


def _items(  # noqa: PLR0913, PLR0917 -- what a list hands down to its items
    listing: Listing, ledger: Ledger, role: str, before: str, number: int, level: int
) -> Iterable[str]:
    depth = min(level, _LIST_LEVELS - 1)
    numbered = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    # The style's first-line indent would add to the hanging one.
    hanging, following = lists.indents(ledger.theme, depth)
    for item in listing.items:
        for place, part in enumerate(item):
            if isinstance(part, Listing):
                inner = number if part.ordered == listing.ordered else lists.BULLETS
                yield from _items(part, ledger, role, before, inner, level + 1)
            else:
                own = f"{numbered}{before}{hanging}" if place == 0 else f"{before}{following}"
                yield paragraph(style_id(role), inlines(part.children, ledger), own)


def _callout(callout: Callout, ledger: Ledger) -> str:
    """Return a callout: its title and its paragraphs beside a bar that runs through."""
    theme = ledger.theme
    bar = f'<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="{colour(theme, theme.palette[0])}"/></w:pBdr>'
    inset = f'<w:ind w:left="{twips(_CALLOUT_INSET)}"/>'
    space = f'<w:spacing w:before="{twips(_CALLOUT_SPACE)}"/>'
    made = [paragraph(style_id("callout_title"), run(callout.title), f"{bar}{space}{inset}")]
    for part in callout.children:
        if isinstance(part, Listing):
            made.append(_listing(part, ledger, "callout", bar))
        else:
            made.append(paragraph(style_id("callout"), inlines(part.children, ledger), f"{bar}{inset}"))
    return "".join(made)
