"""A row of key figures as a table: large numbers with small units, each with its line, under rules of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import format_quantity_parts
from clusterreport.render.docx.inlines import controlled, inlines
from clusterreport.render.docx.markup import colour, half_points, mm, paragraph, run, run_properties
from clusterreport.render.docx.styles import style_id
from clusterreport.render.measure import ems

if TYPE_CHECKING:
    from clusterreport.document.model import KeyFigure, KeyFigures
    from clusterreport.render.docx.package_builder import PackageBuilder

_PER_ROW: Final = 4
_GUTTER: Final = 3.5  # millimetres
_SMALLEST: Final = 0.5


def key_figures(block: KeyFigures, builder: PackageBuilder) -> str:
    """Return the figures, four to a row; nothing where there are none, as a table without rows is broken."""
    if not block.items:
        return ""
    width = (builder.theme.page.text_width - _GUTTER * (_PER_ROW - 1)) / _PER_ROW
    columns = [mm(_GUTTER if place % 2 else width) for place in range(2 * _PER_ROW - 1)]
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    rows = "".join(
        _row(block.items[start : start + _PER_ROW], columns, width, builder)
        for start in range(0, len(block.items), _PER_ROW)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:jc w:val="center"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(figures: tuple[KeyFigure, ...], columns: list[int], width: float, builder: PackageBuilder) -> str:
    theme = builder.theme
    rule = (
        f'<w:tcBorders><w:top w:val="single" w:sz="{round(theme.rules.key_figures * 8)}" w:space="0" '
        f'w:color="{colour(theme, theme.style("key_number").colour)}"/></w:tcBorders>'
    )
    cells = []
    for place, column in enumerate(columns):
        figure = figures[place // 2] if place % 2 == 0 and place // 2 < len(figures) else None
        content = _figure(figure, width, builder) if figure else paragraph(style_id("key_line"), "")
        border = rule if figure else ""
        cells.append(f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/>{border}</w:tcPr>{content}</w:tc>')
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _figure(figure: KeyFigure, width: float, builder: PackageBuilder) -> str:
    theme = builder.theme
    large, small = theme.style("key_number"), theme.style("key_unit")
    amount, unit = format_quantity_parts(figure.number.quantity, figure.number.style, builder.language)
    room = width * 72 / 25.4 - ems(unit, small, theme) * small.size - 4
    share = max(_SMALLEST, min(1.0, room / max(ems(amount, large, theme) * large.size, 1.0)))
    size = f'<w:sz w:val="{half_points(large.size * share)}"/>' if share < 1 else ""
    number = run(amount, size) + run(unit, run_properties(small, theme))
    head = paragraph(style_id("key_number"), controlled(figure.number.quantity, number, builder))
    last = '<w:spacing w:after="160"/>'
    return head + paragraph(style_id("key_line"), inlines(figure.line, builder), last)
