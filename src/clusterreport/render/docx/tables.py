"""Tables as XML in one go: three rules, a head that repeats, numbers that align on their decimal point."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Number, Table
from clusterreport.document.text import caption_text, inlines_text, source_lines
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.render.docx.inlines import inlines
from clusterreport.render.docx.markup import colour, escaped, mm, paragraph, run, twips
from clusterreport.render.docx.styles import style_id
from clusterreport.render.measure import ems
from clusterreport.render.widths import Need, TextWidth, column_need, distribute_widths, words_behind_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Cell, Row
    from clusterreport.render.docx.package_builder import PackageBuilder

_SLACK: Final = 1.06  # Word may print with another face of the family, whose letters are so much wider
_LONGEST: Final = 12.0  # ems; a longer word may break
_SHORT_HEADING: Final = 3  # characters; a longer heading may break
_MARGINS: Final = 125  # twips, the cell margins of both sides
_APART: Final = 100  # twips, what words keep from the numbers of the column before them
_INDENT: Final = f'<w:ind w:left="{_APART}"/>'
_FEWEST_ROWS: Final = 3
"""How many rows of a parted table stand at least on either page."""
_MOST_COLUMNS: Final = 63  # the limit of Word
_DECIMALS: Final = re.compile(r"\.[0-9]+")
_WORD: Final = re.compile(r"[\x21-\x7e]+|\S")


@dataclass(frozen=True, slots=True)
class _Grid:
    """The columns of a table, in twips: their widths, and how far the decimals of each reach beyond the integers.

    ``behind`` tells of columns of words that stand behind numbers.
    """

    widths: tuple[int, ...]
    numeric: tuple[bool, ...]
    tails: tuple[float, ...]
    behind: tuple[bool, ...]

    @classmethod
    def of(cls, table: Table, builder: PackageBuilder) -> _Grid:
        room = float(mm(room_for(table, builder)))
        found = [_need(table, place, builder, room) for place in range(len(table.columns))]
        behind = words_behind_numbers(table)
        needs = [_SLACK * need.width + _MARGINS + _APART * apart for need, apart in zip(found, behind, strict=True)]
        shares = [column.width for column in table.columns]
        # Where the needs are more than there is, each column gives way in proportion, and words break.
        widths = [
            int(width)
            for width in distribute_widths(shares, needs, room)
            or distribute_widths(needs, [0.0] * len(needs), room)
            or ()
        ]
        numeric = tuple(column.kind == "number" for column in table.columns)
        return cls(tuple(widths), numeric, tuple(need.tail for need in found), behind)


def table(part: Table, builder: PackageBuilder) -> str:
    """Return the table itself; caption, notes and source line are paragraphs around it (see blocks.py)."""
    if not 1 <= len(part.columns) <= _MOST_COLUMNS:
        problem = message(
            "it has {count} columns, and a table of Word has 1 to {most_columns}",
            count=len(part.columns),
            most_columns=_MOST_COLUMNS,
        )
        raise ProblemsError(
            [
                Problem(
                    message("table {title!r}", title=part.title),
                    problem,
                    message("Leave out columns, or divide the table."),
                    part.title,
                )
            ]
        )
    grid = _Grid.of(part, builder)
    head = _row(
        [
            _cell(width, _words(column.heading, part.head_role, numeric=numeric, apart=apart), "bottom")
            for column, width, numeric, apart in zip(part.columns, grid.widths, grid.numeric, grid.behind, strict=True)
        ],
        head=True,
    )
    body: list[str] = []
    count = len(part.rows)
    kept = {*range(_FEWEST_ROWS - 1), *range(count - _FEWEST_ROWS, count - 1)}  # each stays with the row behind it
    places = iter(range(count))
    for group in part.groups:
        if group.heading:
            body.append(_group_row(group.heading, part, grid))
        body += [_body_row(row, part, grid, builder, keep=next(places) in kept) for row in group.rows]
    return (
        f"<w:tbl>{_properties(part, grid, builder)}"
        f"<w:tblGrid>{''.join(f'<w:gridCol w:w={chr(34)}{width}{chr(34)}/>' for width in grid.widths)}</w:tblGrid>"
        f"{head}{''.join(body)}</w:tbl>"
    )


def room_for(part: Table, builder: PackageBuilder) -> float:
    """Return the millimetres that a table may be wide."""
    page = builder.theme.page
    return page.text_height if part.wide else page.text_width


def _properties(part: Table, grid: _Grid, builder: PackageBuilder) -> str:
    caption = escaped(caption_text(part, builder.language))
    described = escaped(" ".join(filter(None, source_lines(part, builder.language))) or caption)
    return (
        '<w:tblPr><w:tblStyle w:val="BriefingTable"/>'
        f'<w:tblW w:w="{sum(grid.widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
        f'w:noVBand="1"/><w:tblCaption w:val="{caption}"/><w:tblDescription w:val="{described}"/></w:tblPr>'
    )


def _row(cells: Iterable[str], *, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, content: str, alignment: str = "top", span: int = 1, border: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{border}<w:vAlign w:val="{alignment}"/></w:tcPr>'
        f"{content}</w:tc>"
    )


def _words(text: str, role: str, *, numeric: bool = False, apart: bool = False) -> str:
    return paragraph(style_id(role), run(text), '<w:jc w:val="right"/>' if numeric else _INDENT if apart else "")


def _group_row(heading: str, part: Table, grid: _Grid) -> str:
    kept = paragraph(style_id(part.head_role), run(heading), "<w:keepNext/>")
    return _row([_cell(sum(grid.widths), kept, span=len(grid.widths))])


def _body_row(row: Row, part: Table, grid: _Grid, builder: PackageBuilder, *, keep: bool) -> str:
    role, tied = _role(row, part), "<w:keepNext/>" if keep else ""
    ruled = _total_rule(builder) if row.role == "total" else ""
    cells = zip(row.cells, grid.widths, grid.numeric, grid.tails, grid.behind, strict=True)
    return _row(
        _cell(
            width,
            _cell_paragraph(cell, role, tail if numeric else None, builder, tied + _INDENT * apart),
            border=ruled,
        )
        for cell, width, numeric, tail, apart in cells
    )


def _cell_paragraph(cell: Cell, role: str, tail: float | None, builder: PackageBuilder, tied: str) -> str:
    """Return a cell's paragraph; ``tail`` None: words, else a number that leaves room for the longest decimals."""
    content = inlines(cell.children, builder)
    if tail is None:
        return paragraph(style_id(role), content, tied)
    missing = round(tail - _tail(cell, role, builder))
    inset = f'<w:ind w:right="{missing}"/>' if missing > 0 else ""
    return paragraph(style_id(role), content, f'{tied}{inset}<w:jc w:val="right"/>')


def _tail(cell: Cell, role: str, builder: PackageBuilder) -> float:
    """Return how many twips stand behind the ones of a number: the decimals with their point, and a mark.

    A unit is left out: where each number has its own, they have no tail in common.
    """
    if not cell.children or not isinstance(cell.children[0], Number):
        return 0.0
    text = inlines_text(cell.children, builder.language)
    decimals = _DECIMALS.search(text)
    mark = text[len(text.rstrip("*")) :]
    return _twips_of((decimals[0] if decimals else "") + mark, role, builder)


def _need(part: Table, place: int, builder: PackageBuilder, room: float) -> Need:
    """Return what a column needs, in twips as the theme's faces print it."""
    column = part.columns[place]
    numeric = column.kind == "number"
    heading = [column.heading] if len(column.heading) <= _SHORT_HEADING else _WORD.findall(column.heading)
    head = max((_twips_of(word, part.head_role, builder) for word in heading), default=0.0)
    cells = [_width(row.cells[place], _role(row, part), builder, numeric=numeric) for row in part.rows]
    longest = _LONGEST * twips(builder.theme.style(part.cell_role).size)
    return column_need(TextWidth(head, head), cells, room, longest, numeric=numeric)


def _width(cell: Cell, role: str, builder: PackageBuilder, *, numeric: bool) -> TextWidth:
    """Return the width of a cell's text; what stays together of it is a Latin word or one character."""
    text = inlines_text(cell.children, builder.language)
    piece = max((_twips_of(word, role, builder) for word in _WORD.findall(text)), default=0.0)
    if not numeric:
        return TextWidth(0.0, piece)
    return TextWidth(_twips_of(text, role, builder), piece, _tail(cell, role, builder))


def _twips_of(text: str, role: str, builder: PackageBuilder) -> float:
    style = builder.theme.style(role)
    return ems(text, style, builder.theme) * twips(style.size)


def _role(row: Row, part: Table) -> str:
    return part.head_role if row.role == "total" else part.cell_role


def _total_rule(builder: PackageBuilder) -> str:
    ink = colour(builder.theme, "ink")
    return f'<w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="{ink}"/></w:tcBorders>'
