"""Writes blocks and inlines as XHTML 1.1: headings, lists, tables with scopes, figures with tables of their numbers."""

from __future__ import annotations

import base64
from html import escape
from typing import TYPE_CHECKING, Final, assert_never

from clusterreport.document.chart_tables import chart_tables
from clusterreport.document.model import (
    BasisTable,
    Callout,
    Claimed,
    DateText,
    Emphasis,
    Figure,
    Footnote,
    KeyFigures,
    Link,
    Listing,
    Number,
    PageBreak,
    Pair,
    Paragraph,
    Quoted,
    Reference,
    Stated,
    Strong,
    Table,
    Text,
)
from clusterreport.document.text import caption_text, heading_text, inline_text, source_lines
from clusterreport.document.wording import footnote_mark, format_quantity_parts
from clusterreport.locale import phrase
from clusterreport.render.html.inline_facts import xml_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Block, Inline, KeyFigure, Row, RowGroup, Section
    from clusterreport.document.wording import Language
    from clusterreport.render.html.inline_facts import InlineFacts
    from clusterreport.theme import Theme

_DEEPEST: Final = 6
_GUTTER: Final = 5.0  # millimetres between two figures side by side


def place_of(label: str) -> str:
    """Return the name by which links know a section, table or figure; no footnote and no context has such a one."""
    return xml_name(f"part-{label}")


class PageWriter:
    """Writes one document; keeps the footnotes that it meets until they are asked for."""

    def __init__(self, facts: InlineFacts, theme: Theme) -> None:
        """Tag numbers with ``facts``, and draw charts in the look of ``theme``."""
        self._facts, self._theme = facts, theme
        self._language: Language = facts.language
        self._notes: list[Footnote] = []

    def section(self, section: Section, level: int) -> Iterator[str]:
        """Yield a heading of ``level`` and what stands under it."""
        tag = f"h{min(level, _DEEPEST)}"
        yield f'<div class="section" id="{place_of(section.label)}">'
        yield f"<{tag}>{escape(heading_text(section, self._language))}</{tag}>"
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner, level + 1)
        yield "</div>"

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield the XHTML of blocks."""
        for block in blocks:
            yield from self._block(block)

    def footnotes(self) -> Iterator[str]:
        """Yield the footnotes met so far, each with a link back to its mark; more may be met within them."""
        for note in self._notes:
            mark = f'<a href="#mark-{note.number}">{escape(footnote_mark(note.number))}</a>'
            yield f'<p id="note-{note.number}">{mark} {self._inlines(note.children)}</p>'

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(children, role):
                yield f'<p class="{role}">{self._inlines(children)}</p>'
            case Listing():
                yield self._listing(block)
            case Callout(title, children):
                inner = "".join(self.blocks(children))
                yield f'<div class="callout"><p class="callout-title">{escape(title)}</p>{inner}</div>'
            case KeyFigures(items):
                yield f'<div class="key-figures">{"".join(map(self._key_figure, items))}</div>'
            case Table():
                yield from self._table(block, self._caption(block), below=True)
            case Figure():
                yield from self._figure(block, self._theme.page.text_width)
            case Pair(left, right):
                width = (self._theme.page.text_width - _GUTTER) / 2
                yield '<div class="pair">'
                for figure in (left, right):
                    yield from self._figure(figure, width)
                yield "</div>"
            case BasisTable() | PageBreak():
                return
            case _:
                assert_never(block)

    def _listing(self, listing: Listing) -> str:
        """Return a list; one that does not count from 1 has its numbers in its text, as XHTML 1.1 has no start."""
        manual = listing.ordered and listing.start != 1
        tag = "ol" if listing.ordered else "ul"
        items = (
            "".join(
                self._in_item(part, f'<span class="marker">{place}. </span>' if manual and part is item[0] else "")
                for part in item
            )
            for place, item in enumerate(listing.items, listing.start)
        )
        opened = f'{tag} class="manual"' if manual else tag
        return f"<{opened}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>"

    def _in_item(self, part: Paragraph | Listing, marker: str) -> str:
        return (
            self._listing(part) if isinstance(part, Listing) else f"<div>{marker}{self._inlines(part.children)}</div>"
        )

    def _key_figure(self, item: KeyFigure) -> str:
        number = item.number
        amount, unit = format_quantity_parts(number.quantity, number.style, self._language)
        small = f'<span class="unit">{escape(unit)}</span>' if unit else ""
        large = f'<p class="amount">{self._facts.tagged(number, amount)}{small}</p>'
        return f'<div class="key-figure">{large}<p class="line">{self._inlines(item.line)}</p></div>'

    def _figure(self, figure: Figure, width: float) -> Iterator[str]:
        data = xml_name(f"data-{figure.label}")
        yield f'<div class="figure" id="{place_of(figure.label)}"><p class="caption">{self._caption(figure)}</p>'
        yield f'<p><img alt="{escape(figure.chart.description)}" src="{self._picture(figure, width)}" /></p>'
        yield from self._sources(figure)
        words = escape(phrase("workbook.data", self._language, figure=caption_text(figure, self._language)))
        yield f'<p class="to-data"><a href="#{data}">{words}</a></p>'
        yield f'<div class="data" id="{data}">'
        for table in chart_tables(figure, self._language):
            yield from self._table(table, self._caption(figure), below=False)
        yield "</div></div>"
        for number in figure.chart.facts:
            self._facts.hide(number)

    def _picture(self, figure: Figure, width: float) -> str:
        """Return the drawing as an address that holds it whole."""
        from clusterreport.charts import draw_canvas, natural_height  # these load matplotlib
        from clusterreport.charts.painters.svg import drawn

        height = natural_height(figure.chart, width, self._theme)
        canvas = draw_canvas(figure.chart, width, height, self._theme, self._language)
        return f"data:image/svg+xml;base64,{base64.b64encode(drawn(canvas, self._theme, escape).encode()).decode()}"

    def _table(self, table: Table, caption: str, *, below: bool) -> Iterator[str]:
        head = "".join(
            f'<th scope="col" class="{column.kind}">{escape(column.heading)}</th>' for column in table.columns
        )
        known = f' id="{place_of(table.label)}"' if below else ""
        yield f'<div class="table"{known}><div class="scroll"><table>'
        yield f"<caption>{caption}</caption><thead><tr>{head}</tr></thead>"
        for group in table.groups:
            yield from self._group(group, table)
        yield "</table></div>"
        if below:
            yield from (f'<p class="table-note">{self._inlines(note.children)}</p>' for note in table.notes)
            yield from self._sources(table)
        yield "</div>"

    def _group(self, group: RowGroup, table: Table) -> Iterator[str]:
        if not group.rows and not group.heading:
            return
        yield "<tbody>"
        if group.heading:
            yield f'<tr><th colspan="{len(table.columns)}" scope="rowgroup">{escape(group.heading)}</th></tr>'
        yield from (self._row(row, table) for row in group.rows)
        yield "</tbody>"

    def _row(self, row: Row, table: Table) -> str:
        """Return a row; its first cell heads it, where it has words."""
        cells = []
        for place, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            tag = 'th scope="row"' if place == 0 and column.kind == "text" else "td"
            cells.append(f'<{tag} class="{column.kind}">{self._inlines(cell.children)}</{tag[:2]}>')
        return f'<tr class="{row.role}">{"".join(cells)}</tr>'

    def _sources(self, part: Table | Figure) -> Iterator[str]:
        yield from (f'<p class="source">{escape(text)}</p>' for text in source_lines(part, self._language) if text)

    def _caption(self, part: Table | Figure) -> str:
        return escape(caption_text(part, self._language))

    def _inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(map(self._inline, inlines))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Strong(children):
                written = f"<strong>{self._inlines(children)}</strong>"
            case Emphasis(children):
                written = f"<em>{self._inlines(children)}</em>"
            case Link(target, children):
                written = f'<a href="{escape(target)}">{self._inlines(children)}</a>'
            case Footnote(number=number):
                self._notes.append(inline)
                mark = escape(inline_text(inline, self._language))
                written = f'<sup><a href="#note-{number}" id="mark-{number}">{mark}</a></sup>'
            case Number():
                written = f'<span class="number">{self._facts.tagged(inline)}</span>'
            case Reference(label):
                written = f'<a href="#{place_of(label)}">{escape(inline_text(inline, self._language))}</a>'
            case Text() | Quoted() | Claimed() | Stated() | DateText():
                written = escape(inline_text(inline, self._language))
            case _:
                assert_never(inline)
        return written
