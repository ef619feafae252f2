"""What stands around a table or a figure: the caption above with its number as a field; unit, note and source below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Figure
from clusterreport.document.numbering import caption_number
from clusterreport.document.text import caption_text, source_lines
from clusterreport.locale import phrase
from clusterreport.render.docx.fields import bookmark, bookmark_name, field
from clusterreport.render.docx.markup import mm, paragraph, run
from clusterreport.render.docx.styles import style_id
from clusterreport.render.measure import ems

if TYPE_CHECKING:
    from typing import Literal

    from clusterreport.document.model import Table
    from clusterreport.render.docx.package_builder import PackageBuilder

_GUTTER: Final = 2.0  # ems between the two sides of a line


def caption(part: Table | Figure, builder: PackageBuilder) -> str:
    """Return the caption; its word and number are what a reference repeats, and Word counts the number anew."""
    kind: Literal["figure", "table"] = "figure" if isinstance(part, Figure) else "table"
    printed = caption_number(kind, part.number, builder.language)
    number = str(part.number)
    sequence = field(f"SEQ {phrase(f'caption.of_{kind}', builder.language)} \\* ARABIC", number)
    marked = bookmark(bookmark_name(part.label), builder.fresh_id(), run(printed.removesuffix(number)) + sequence)
    title = caption_text(part, builder.language).removeprefix(printed)
    return paragraph(style_id("caption"), marked + run(title))


def foot_lines(part: Table | Figure, builder: PackageBuilder, width: float) -> str:
    """Return the lines below within ``width`` millimetres: on one line if both sides fit, else one under the other."""
    left, right = source_lines(part, builder.language)
    style = builder.theme.style("source")
    room = width * 72 / 25.4 / style.size
    if left and right and sum(ems(text, style, builder.theme) for text in (left, right)) + _GUTTER <= room:
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{mm(width)}"/></w:tabs>'
        return paragraph(style_id("source"), f"{run(left)}<w:r><w:tab/></w:r>{run(right)}", tab)
    upper = '<w:keepNext/><w:spacing w:after="0"/>' if right else ""
    lines = [paragraph(style_id("source"), run(left), upper)] if left else []
    if right:
        lines.append(paragraph(style_id("source"), run(right), '<w:jc w:val="right"/>'))
    return "".join(lines)
