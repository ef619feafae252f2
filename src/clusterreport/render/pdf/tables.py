"""Sets tables: three rules only, numbers under each other by their decimal points, the head again on every page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.document.bases import LABEL as BASES_LABEL
from clusterreport.document.text import caption_text
from clusterreport.render.pdf.captions import caption, foot_lines
from clusterreport.render.pdf.columns import Columns, fitted_columns, tail_width
from clusterreport.render.pdf.galley import Board, Item, RowLine, Slab, Stroke
from clusterreport.render.pdf.paragraphs import basis_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clusterreport.document.model import RowGroup, Table
    from clusterreport.render.pdf.atoms import Span
    from clusterreport.render.pdf.paragraphs import Compositor, TextLine
    from clusterreport.render.pdf.structure import Element
    from clusterreport.theme import TextStyle

_ROW_PADDING: Final = 1.5
_DENSE_ROW_PADDING: Final = 0.7
_DENSE_HEAD_SPACE: Final = 1.2
_GROUP_PADDING: Final = 4.0
_FEWEST_ROWS: Final = 3
"""How many rows of a parted table stand at least on either page."""
_KEPT_LINES: Final = 6
_NOTE_SPACE: Final = 4.0


def table_slabs(compositor: Compositor, table: Table, parent: Element) -> list[Slab]:
    """Return a table with its caption, notes and source line; ProblemsError where its columns cannot fit the page."""
    element = parent.child("Table")
    setter = _Setter(compositor, table, fitted_columns(compositor, table))
    repeat = (*caption(compositor, table, None), *setter.head(None))
    named, head = caption(compositor, table, element), setter.head(element.child("THead"))
    body = setter.body(element.child("TBody"), repeat)
    below = _below(compositor, table, parent)
    after = compositor.theme.style("source").after
    end = Slab(setter.rule("outer"), 0.0, after=0.0 if below else after, keep=bool(below))
    return [*named, *head, *body, end, *below]


def _below(compositor: Compositor, table: Table, parent: Element) -> list[Slab]:
    """Return the notes and the source line, tied to each other."""
    style = compositor.theme.style("table_note")
    place = caption_text(table, compositor.language)
    slabs = [
        slab
        for note in table.notes
        for slab in compositor.paragraph(compositor.spans(note.children, style, place), style, parent.child("P"))
    ]
    slabs += foot_lines(compositor, table, parent)
    if slabs:
        slabs = [replace(slab, keep=True) for slab in slabs]
        slabs[0] = replace(slabs[0], before=_NOTE_SPACE)
        slabs[-1] = replace(slabs[-1], keep=False, after=compositor.theme.style("source").after)
    return slabs


@dataclass(frozen=True, slots=True)
class _Setter:
    compositor: Compositor
    table: Table
    columns: Columns

    def rule(self, kind: str) -> Stroke:
        rules, theme = self.compositor.theme.rules, self.compositor.theme
        thickness = rules.table_outer if kind == "outer" else rules.table_inner
        return Stroke(self.compositor.text_width, thickness, theme.colour("ink"))

    def head(self, element: Element | None) -> list[Slab]:
        """Return the heading row between the outer and the inner rule; no ``element``: as later pages repeat it."""
        row = element and element.child("TR")
        styles = self.columns.styles.head
        style = styles[0]
        cells = [
            self._cell(
                self.compositor.plain(column.heading, style, self._name, hyphenated=True),
                styles,
                place,
                align_points=False,
            )
            for place, column in enumerate(self.table.columns)
        ]
        height = max((len(lines) for lines in cells), default=1) * style.leading
        items = tuple(
            Item(start, y, style.leading, line, heading)
            for lines, start in zip(cells, self.columns.starts, strict=True)
            for heading in [row and row.child("TH", scope="Column")]
            for y, line in _down(lines, height + self._padding - len(lines) * style.leading, style.leading)
        )
        return [
            Slab(self.rule("outer"), 0.0, keep=True),
            Slab(Board(items), height + 2 * self._padding, keep=True),
            Slab(self.rule("inner"), _DENSE_HEAD_SPACE if self.table.dense else 0.0, keep=True),
        ]

    def body(self, element: Element, repeat: Sequence[Slab]) -> list[Slab]:
        """Return all rows; ``repeat`` heads every further page.

        The first rows and the last stay together, ``_FEWEST_ROWS`` of each; headings of groups do not count as rows.
        """
        cells = iter(self.columns.cells)
        rows = [row for group in self.table.groups for row in self._group(group, cells, element)]
        data = [place for place, row in enumerate(rows) if row and not row[-1].keep]
        first, last = data[: _FEWEST_ROWS - 1], data[-_FEWEST_ROWS:]
        slabs: list[Slab] = []
        for place, row in enumerate(rows):
            if self.table.label == BASES_LABEL and row:
                row[0] = replace(row[0], anchors=(basis_label(place + 1),))
            tied = place in first or place in last
            for slab in row:
                keep = slab.keep or (tied and slab is row[-1])
                again = tuple(repeat) if slabs else ()
                slabs.append(replace(slab, keep=keep, repeat=again, closing=self.rule("inner")))
        return slabs

    def _group(
        self, group: RowGroup, cells: Iterator[tuple[tuple[Span, ...], ...]], element: Element
    ) -> Iterable[list[Slab]]:
        if group.heading:
            heading = element.child("TR").child("TH", columns=len(self.table.columns), scope="Row")
            style = self.columns.styles.head[0]
            start, width = self.columns.starts[0], self.compositor.text_width - 2 * self.columns.starts[0]
            lines = self.compositor.lines(self.compositor.plain(group.heading, style, self._name), style, width)
            items = tuple(
                Item(start, y, style.leading, line, heading) for y, line in _down(lines, _GROUP_PADDING, style.leading)
            )
            height = len(lines) * style.leading + _GROUP_PADDING + self._padding
            yield [Slab(Board(items), height, keep=True)]
        for row, spans in zip(group.rows, cells, strict=False):
            yield self._row(spans, self.columns.styles.of(row), element.child("TR"))

    def _row(
        self, spans: Sequence[Sequence[Span]], styles: tuple[TextStyle, TextStyle], element: Element
    ) -> list[Slab]:
        """Return a row line by line, so that a page end can part a long one; a short one stays whole."""
        style = styles[0]
        cells = [self._cell(cell, styles, place, align_points=True) for place, cell in enumerate(spans)]
        owners = [element.child("TD") for _ in cells]
        count = max((len(lines) for lines in cells), default=0) or 1
        slabs: list[Slab] = []
        for number in range(count):
            above = self._padding if number == 0 else 0.0
            below = self._padding if number == count - 1 else 0.0
            shown = [place for place, lines in enumerate(cells) if number < len(lines)]
            items = tuple(
                Item(self.columns.starts[place], above, style.leading, cells[place][number], owners[place])
                for place in shown
            )
            notes = tuple(
                note for place in shown for note in self.compositor.notes(cells[place][number], owners[place])
            )
            keep = number < count - 1 and (count <= _KEPT_LINES or number in {0, count - 2})
            slabs.append(Slab(RowLine(items, number), above + style.leading + below, element, keep=keep, notes=notes))
        return slabs

    def _cell(
        self, spans: Sequence[Span], styles: tuple[TextStyle, TextStyle], place: int, *, align_points: bool
    ) -> tuple[TextLine, ...]:
        """Return the lines of one cell; a number that fits on one stands with its decimal point under the others'."""
        width = self.columns.widths[place]
        if self.table.columns[place].kind == "text":
            return self.compositor.lines(spans, styles[0], width)
        lines = self.compositor.lines(spans, styles[1], width)
        if not align_points or len(lines) != 1:
            return lines
        back = self.columns.tails[place] - tail_width(self.compositor, spans)
        return (replace(lines[0], x=max(lines[0].x - back, 0.0)),)

    @property
    def _padding(self) -> float:
        return _DENSE_ROW_PADDING if self.table.dense else _ROW_PADDING

    @property
    def _name(self) -> str:
        return caption_text(self.table, self.compositor.language)


def _down(lines: Sequence[TextLine], start: float, leading: float) -> list[tuple[float, TextLine]]:
    """Return each line with how far below the top of its row it stands."""
    return [(start + number * leading, line) for number, line in enumerate(lines)]
