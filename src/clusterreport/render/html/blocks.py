"""Turns the blocks of a document into HTML, in reading order; every kind of block and of inline is met here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final, assert_never

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.document.model import Block, Inline, KeyFigure, RowGroup, Section
    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

_PER_ROW: Final = 2
_DEEPEST: Final = 6
_TABLE: Final = 'role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"'


class Writer:
    """Writes one document; keeps the footnotes that it meets until they are asked for."""

    def __init__(self, theme: Theme, language: Language) -> None:
        """Write in the colours of ``theme``."""
        self._theme, self._language = theme, language
        self._notes: list[Footnote] = []

    def section(self, section: Section, level: int) -> Iterator[str]:
        """Yield a heading of ``level`` and what stands under it."""
        tag, size = f"h{min(level, _DEEPEST)}", 18 if level == 2 else 16  # noqa: PLR2004 -- the highest that a body has
        style = f"margin:24px 0 8px;font-size:{size}px;line-height:1.4;color:{self._accent}"
        yield f'<{tag} style="{style}">{escape(heading_text(section, self._language))}</{tag}>'
        yield from self.blocks(section.blocks)
        for inner in section.sections:
            yield from self.section(inner, level + 1)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[str]:
        """Yield the HTML of blocks."""
        for block in blocks:
            yield from self._block(block)

    def footnotes(self) -> Iterator[str]:
        """Yield the footnotes met so far."""
        for note in self._notes:
            text = f"{footnote_mark(note.number)} {self._inlines(note.children)}"
            yield f'<p style="{self._small}">{text}</p>'

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Paragraph(children, role):
                style = self._small if role == "note" else "margin:0 0 12px"
                yield f'<p style="{style}">{self._inlines(children)}</p>'
            case Listing():
                yield self._listing(block)
            case Callout(title, children):
                inner = "".join(self.blocks(children))
                style = f"margin:16px 0;padding:8px 14px;border-left:3px solid {self._accent}"
                yield f'<div style="{style}"><strong>{escape(title)}</strong>{inner}</div>'
            case KeyFigures(items):
                yield self._key_figures(items)
            case Table():
                yield self._table(block)
            case Figure():
                caption = escape(caption_text(block, self._language))
                yield f'<p style="{self._small}"><strong>{caption}</strong><br>{escape(block.chart.description)}</p>'
            case Pair(left, right):
                yield from self.blocks((left, right))
            case BasisTable() | PageBreak():
                return
            case _:
                assert_never(block)

    def _listing(self, listing: Listing) -> str:
        tag = "ol" if listing.ordered else "ul"
        items = "".join(
            f'<li style="margin:0 0 6px">{"".join(self._in_item(part) for part in item)}</li>' for item in listing.items
        )
        start = f' start="{listing.start}"' if listing.ordered and listing.start != 1 else ""
        return f'<{tag}{start} style="margin:0 0 12px;padding-left:24px">{items}</{tag}>'

    def _in_item(self, part: Paragraph | Listing) -> str:
        return self._listing(part) if isinstance(part, Listing) else f"<div>{self._inlines(part.children)}</div>"

    def _key_figures(self, items: tuple[KeyFigure, ...]) -> str:
        """Return the figures two to a row, in a table for layout: what every mail program can show."""
        rows = "".join(
            f"<tr>{''.join(self._key_figure(item) for item in items[start : start + _PER_ROW])}</tr>"
            for start in range(0, len(items), _PER_ROW)
        )
        return f'<table {_TABLE} style="margin:0 0 16px">{rows}</table>'

    def _key_figure(self, item: KeyFigure) -> str:
        amount, unit = format_quantity_parts(item.number.quantity, item.number.style, self._language)
        style = f"padding:8px 12px 8px 0;border-top:2px solid {self._accent};vertical-align:top;width:50%"
        large = f"font-size:28px;line-height:1.2;font-weight:bold;color:{self._accent}"
        return (
            f'<td style="{style}"><div style="{large}">{escape(amount)}'
            f'<span style="font-size:15px;font-weight:normal">{escape(unit)}</span></div>'
            f'<div style="font-size:14px;line-height:1.5;color:{self._soft}">{self._inlines(item.line)}</div></td>'
        )

    def _table(self, table: Table) -> str:
        head = "".join(
            f'<th scope="col" style="{self._cell(column.kind)};border-bottom:1px solid {self._rule}">'
            f"{escape(column.heading)}</th>"
            for column in table.columns
        )
        body = "".join(row for group in table.groups for row in self._group(group, table))
        notes = "".join(f'<p style="{self._small}">{self._inlines(note.children)}</p>' for note in table.notes)
        sources = (line for line in source_lines(table, self._language) if line)
        below = notes + "".join(f'<p style="{self._small}">{escape(line)}</p>' for line in sources)
        style = f"border-collapse:collapse;width:100%;font-size:14px;border-top:2px solid {self._rule}"
        caption = f'<caption style="text-align:left">{escape(caption_text(table, self._language))}</caption>'
        return f'<table style="{style}">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}'

    def _group(self, group: RowGroup, table: Table) -> Iterator[str]:
        if group.heading:
            across = f'colspan="{len(table.columns)}" style="{self._cell("text")}"'
            yield f"<tr><th {across}>{escape(group.heading)}</th></tr>"
        for row in group.rows:
            cells = "".join(
                f'<td style="{self._cell(column.kind)}">{self._inlines(cell.children)}</td>'
                for column, cell in zip(table.columns, row.cells, strict=True)
            )
            yield f"<tr>{cells}</tr>"

    def _inlines(self, inlines: Iterable[Inline]) -> str:
        return "".join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Strong(children):
                return f"<strong>{self._inlines(children)}</strong>"
            case Emphasis(children):
                return f"<em>{self._inlines(children)}</em>"
            case Link(target, children):
                return f'<a href="{escape(target)}" style="color:{self._accent}">{self._inlines(children)}</a>'
            case Footnote():
                self._notes.append(inline)
                return f"<sup>{escape(inline_text(inline, self._language))}</sup>"
            case Number():
                # A number keeps its unit: 2024年 is never parted.
                return f'<span style="white-space:nowrap">{escape(inline_text(inline, self._language))}</span>'
            case Text() | Quoted() | Claimed() | Stated() | DateText() | Reference():
                return escape(inline_text(inline, self._language))
            case _:
                assert_never(inline)

    def _cell(self, kind: str) -> str:
        side = "right" if kind == "number" else "left"
        return f"padding:4px 8px 4px 0;text-align:{side};vertical-align:top"

    @property
    def _small(self) -> str:
        return f"margin:0 0 10px;font-size:13px;line-height:1.6;color:{self._soft}"

    @property
    def _accent(self) -> str:
        return self._theme.colour(self._theme.palette[0])

    @property
    def _soft(self) -> str:
        return self._theme.colour("soft")

    @property
    def _rule(self) -> str:
        return self._theme.colour("rule")
