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
from clusterreport.render.docx import lists
from clusterreport.render.docx.captions import caption, foot_lines
from clusterreport.render.docx.fields import bookmark, bookmark_name
from clusterreport.render.docx.figures import figure, pair
from clusterreport.render.docx.inlines import inlines
from clusterreport.render.docx.key_figures import key_figures
from clusterreport.render.docx.markup import HAIRLINE, colour, hairline, mm, paragraph, run, twips
from clusterreport.render.docx.page_setup import wide_pages
from clusterreport.render.docx.styles import indent, style_id
from clusterreport.render.docx.tables import room_for, table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Block, Section
    from clusterreport.render.docx.package_builder import PackageBuilder

_LEVELS: Final = 4
_CALLOUT_INSET: Final = 14.0
_CALLOUT_SPACE: Final = 8.0


def section(part: Section, builder: PackageBuilder, level: int = 0) -> str:
    """Return a heading and what stands under it; levels below the fourth look like the fourth, but count alone."""
    title = bookmark(bookmark_name(part.label), builder.fresh_id(), run(part.title))
    counted = ""
    if not part.numeral:
        counted = lists.numbered(0, lists.NONE)
    elif level >= _LEVELS:
        # LibreOffice drops the style's indent where the level is not the style's own.
        deepest = builder.theme.style(f"heading{_LEVELS}")
        counted = lists.numbered(level, lists.HEADINGS) + indent(deepest, chinese=builder.chinese)
    heading = paragraph(style_id(f"heading{min(level + 1, _LEVELS)}"), title, counted)
    inner = "".join(section(below, builder, level + 1) for below in part.sections)
    return heading + blocks(part.blocks, builder) + inner


def blocks(parts: Iterable[Block], builder: PackageBuilder) -> str:
    """Return the XML of ``parts``."""
    return "".join(_block(part, builder) for part in parts)


def _block(block: Block, builder: PackageBuilder) -> str:
    made = ""
    match block:
        case Paragraph(children, role):
            made = paragraph(style_id(role), inlines(children, builder))
        case Listing():
            made = "".join(_listing(block, builder, "body"))
        case Callout():
            made = _callout(block, builder)
        case KeyFigures():
            made = key_figures(block, builder) + HAIRLINE
        case Table():
            made = _table(block, builder)
        case Figure():
            made = figure(block, builder)
        case Pair():
            made = pair(block, builder) + HAIRLINE
        case PageBreak():
            made = hairline('<w:r><w:br w:type="page"/></w:r>')
        case BasisTable():  # numbering put a Table in its place
            pass
        case _:
            assert_never(block)
    return made


def _table(block: Table, builder: PackageBuilder) -> str:
    notes = "".join(paragraph(style_id("table_note"), inlines(note.children, builder)) for note in block.notes)
    below = notes + foot_lines(block, builder, room_for(block, builder))
    whole = caption(block, builder) + table(block, builder) + (below or HAIRLINE)
    return wide_pages(whole, builder.pages) if block.wide else whole


def _listing(listing: Listing, builder: PackageBuilder, role: str, level: int = 0) -> Iterable[str]:
    """Yield the paragraphs of a list; each numbered one has a numbering of its own, which begins where it should."""
    number = lists.BULLETS
    if listing.ordered:
        number = lists.FIRST_NUMBERED + len(builder.list_starts)
        builder.list_starts.append(listing.start)
    # The style's first-line indent would add to the hanging one.
    hanging, following = lists.indents(builder.theme, role, min(level, lists.LEVELS - 1))
    for item in listing.items:
        for place, part in enumerate(item):
            if isinstance(part, Listing):
                yield from _listing(part, builder, role, level + 1)
            else:
                own = lists.numbered(level, number) + hanging if place == 0 else following
                yield paragraph(style_id(role), inlines(part.children, builder), own)


def _callout(callout: Callout, builder: PackageBuilder) -> str:
    """Return a callout as a table of one cell: borders of paragraphs would move in with the lists among them."""
    theme = builder.theme
    width = mm(theme.page.text_width)
    bar = f'<w:tcBorders><w:left w:val="single" w:sz="18" w:space="0" w:color="{colour(theme, theme.palette[0])}"/>'
    inner = [paragraph(style_id("callout_title"), run(callout.title))]
    for part in callout.children:
        if isinstance(part, Listing):
            inner += _listing(part, builder, "callout")
        else:
            inner.append(paragraph(style_id("callout"), inlines(part.children, builder)))
    return (
        f'{hairline(before=_CALLOUT_SPACE)}<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="{twips(_CALLOUT_INSET)}" w:type="dxa"/>'
        f'<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>'
        f'<w:tr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{bar}</w:tcBorders></w:tcPr>{"".join(inner)}</w:tc>'
        f"</w:tr></w:tbl>{hairline(after=_CALLOUT_SPACE)}"
    )
