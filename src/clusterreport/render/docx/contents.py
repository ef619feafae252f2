"""The table of contents: a field whose entries already bear the pages that the PDF found, so that it shows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.document.text import contents_entries, heading_text
from clusterreport.locale import phrase
from clusterreport.render.docx.fields import bookmark_name, field
from clusterreport.render.docx.markup import mm, paragraph, run, twips
from clusterreport.render.docx.styles import style_id

if TYPE_CHECKING:
    from clusterreport.document.model import Document, Section
    from clusterreport.render.docx.package_builder import PackageBuilder

_STEP: Final = 2.0  # ems
_AFTER: Final = 12.0
_BEGIN: Final = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{levels}" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def contents(document: Document, builder: PackageBuilder) -> str:
    """Return the contents as a field that lists what the PDF lists."""
    listed = contents_entries(document)
    if not listed:
        return ""
    begin = _BEGIN.format(levels=max(level for _, level in listed) + 1)
    entries = [
        _entry(part, level, builder, before=begin if place == 0 else "", after=_END if place == len(listed) - 1 else "")
        for place, (part, level) in enumerate(listed)
    ]
    return paragraph(style_id("contents_title"), run(phrase("page.contents", builder.language))) + "".join(entries)


def _entry(part: Section, level: int, builder: PackageBuilder, *, before: str, after: str) -> str:
    style = builder.theme.style(f"contents{level + 1}")
    name = bookmark_name(part.label)
    page = field(f"PAGEREF {name} \\h", str(builder.page_of.get(part.label, "")) or "1")
    inner = f"{run(heading_text(part, builder.language))}<w:r><w:tab/></w:r>{page}"
    tab = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{mm(builder.theme.page.text_width)}"/></w:tabs>'
    inset = f'<w:ind w:left="{twips(level * _STEP * style.size)}"/>' if level else ""
    linked = f'<w:hyperlink w:anchor="{name}" w:history="1">{inner}</w:hyperlink>'
    space = f'<w:spacing w:after="{twips(_AFTER)}"/>' if after else ""
    return paragraph(style_id(f"contents{level + 1}"), f"{before}{linked}{after}", tab + space + inset)
