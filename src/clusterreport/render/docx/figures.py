"""Figures: a caption, a chart that Word draws from its own numbers, or a picture where Word has no such chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts import natural_height, twin
from clusterreport.document.text import caption_text, source_lines
from clusterreport.render.docx.captions import caption, foot_lines
from clusterreport.render.docx.markup import emu, escaped, mm, paragraph
from clusterreport.render.docx.native import chart_part
from clusterreport.render.docx.native.pieces import WORKBOOK
from clusterreport.render.docx.package_builder import PackagePart
from clusterreport.render.docx.pictures import picture
from clusterreport.render.docx.styles import style_id
from clusterreport.render.docx.workbook import workbook

if TYPE_CHECKING:
    from clusterreport.charts.twins import Twin
    from clusterreport.document.model import Figure, Pair
    from clusterreport.render.docx.package_builder import PackageBuilder

_TALLEST: Final = 0.82  # of the text area
_GUTTER: Final = 5.0  # millimetres between two figures side by side
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_CHART: Final = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_SVG: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_EXTENSION: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def figure(part: Figure, builder: PackageBuilder) -> str:
    """Return a figure of the full width."""
    width = builder.theme.page.text_width
    native = twin(part.chart, width, builder.theme, builder.language)
    height = _height(part, builder, width, native)
    return caption(part, builder) + _drawing(part, builder, (width, height), native) + foot_lines(part, builder, width)


def pair(part: Pair, builder: PackageBuilder) -> str:
    """Return two figures side by side, in a table without rules."""
    full = builder.theme.page.text_width
    width = (full - _GUTTER) / 2
    sides = [(side, twin(side.chart, width, builder.theme, builder.language)) for side in (part.left, part.right)]
    height = max(_height(side, builder, width, native) for side, native in sides)
    cells = [
        caption(side, builder) + _drawing(side, builder, (width, height), native) + foot_lines(side, builder, width)
        for side, native in sides
    ]
    widths = (mm(width), mm(_GUTTER), mm(width))
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in widths)
    contents = (cells[0], paragraph(style_id("source"), ""), cells[1])
    row = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for column, content in zip(widths, contents, strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr></w:tbl>"
    )


def _height(part: Figure, builder: PackageBuilder, width: float, native: Twin | None) -> float:
    tallest = builder.theme.page.text_height * _TALLEST
    if native is not None and native.height is not None:
        return min(native.height, tallest)
    return min(natural_height(part.chart, width, builder.theme), tallest)


def _drawing(part: Figure, builder: PackageBuilder, size: tuple[float, float], native: Twin | None) -> str:
    identifier = builder.fresh_id()
    width, height = size
    if native is None:
        graphic = _picture(part, builder, width, height)
    else:
        width = min(width, height * native.broadest)
        graphic = _native(part, builder, native)
    name, described = escaped(caption_text(part, builder.language)), escaped(part.chart.description)
    properties = f'id="{identifier}" name="{name}" descr="{described}"'
    extent = f'cx="{emu(width)}" cy="{emu(height)}"'
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr {properties}/>'
        f"<wp:cNvGraphicFramePr/>{graphic}</wp:inline>"
    )
    # A line as high as the chart: the style's exact leading would show a slice of it.
    kept = "<w:keepNext/>" if any(source_lines(part, builder.language)) else ""
    line = f'{kept}<w:spacing w:before="0" w:after="60" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>'
    return paragraph(style_id("source"), f"<w:r><w:drawing>{inline}</w:drawing></w:r>", line)


def _native(part: Figure, builder: PackageBuilder, native: Twin) -> str:
    made = chart_part(native, builder.theme, builder.language)
    place = part.number
    book = PackagePart(f"embeddings/workbook{place}.xlsx", _WORKBOOK, f"{_OFFICE}/package", workbook(made.rows))
    content = made.xml.encode()
    chart = PackagePart(f"charts/chart{place}.xml", _CHART, f"{_OFFICE}/chart", content, {WORKBOOK: book})
    return (
        f'<a:graphic><a:graphicData uri="{_DRAWING}/chart"><c:chart r:id="{builder.attach(chart)}"/></a:graphicData>'
        "</a:graphic>"
    )


def _picture(part: Figure, builder: PackageBuilder, width: float, height: float) -> str:
    """Return a PNG that points at the SVG which newer programs show in its place."""
    made = picture(part.chart, width, height, builder.theme, builder.language)
    name = f"media/figure{part.number}"
    fallback = builder.attach(PackagePart(f"{name}.png", "image/png", f"{_OFFICE}/image", made.png))
    sharp = builder.attach(PackagePart(f"{name}.svg", "image/svg+xml", f"{_OFFICE}/image", made.svg))
    extent = f'cx="{emu(width)}" cy="{emu(height)}"'
    return (
        f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="0" name="figure{part.number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{fallback}"><a:extLst><a:ext uri="{_SVG_EXTENSION}">'
        f'<asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{sharp}"/></a:ext></a:extLst></a:blip>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
    )
