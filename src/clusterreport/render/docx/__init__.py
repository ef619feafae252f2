"""Writes a numbered document as a Word file: the parts as XML, python-docx as the package around them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from clusterreport.document.facts import fact_ids
from clusterreport.render import Rendered
from clusterreport.render.docx import letterhead
from clusterreport.render.docx.blocks import blocks, section
from clusterreport.render.docx.contents import contents
from clusterreport.render.docx.lists import numbering_part
from clusterreport.render.docx.markup import DECLARATION, NAMESPACES
from clusterreport.render.docx.package import packed
from clusterreport.render.docx.package_builder import PackageBuilder
from clusterreport.render.docx.page_setup import (
    EVEN,
    FEET,
    footer_part,
    footnotes_part,
    in_sections,
    pages_of,
    settings_part,
)
from clusterreport.render.docx.styles import styles_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.model import Document, NumberedDocument
    from clusterreport.render.docx.reference import AppliedReference, ReferenceDocument
    from clusterreport.theme import Theme

_NO_PAGES: Final[Mapping[str, int]] = MappingProxyType({})


def render(
    numbered: NumberedDocument,
    theme: Theme,
    page_of: Mapping[str, int] = _NO_PAGES,
    reference: ReferenceDocument | None = None,
    facts: bytes = b"",
) -> Rendered:
    """Return ``numbered`` as a Word file; ``page_of`` tells the contents on which page of the PDF a label stands.

    ``reference`` is a letterhead, whose page, heads, feet and styles are used where it has them. ``facts`` is the
    content of facts.json, which the file carries with it; without it, it carries none.
    """
    document = numbered.document
    about = document.about
    chinese = about.language == "zh"
    applied = _applied(reference, theme, chinese=chinese) if reference else None
    look, pages = (applied.theme, applied.pages) if applied else (theme, pages_of(theme))
    builder = PackageBuilder(look, pages, about.language, page_of, fact_ids(numbered))
    main = _main(document, builder)
    parts = {
        "styles": applied.styling.part if applied else styles_part(theme, chinese=chinese),
        "numbering": numbering_part(look, builder.list_starts, chinese=chinese),
        "settings": applied.settings(chinese=chinese) if applied else settings_part(chinese=chinese),
        "footnotes": footnotes_part(builder.footnotes),
    }
    parts |= {
        name: footer_part(look, about.language, even=identifier == EVEN)
        for name, identifier in FEET.items()
        if f'r:id="{identifier}"' in pages.references
    }
    if applied is None:
        return Rendered(packed(main, parts, builder, about, facts))
    main = applied.translated(main)
    parts |= {name: applied.translated(part) for name, part in parts.items() if name in {*FEET, "footnotes"}}
    parts["numbering"] = applied.numbering(parts["numbering"])
    builder.attachments |= applied.parts()
    return Rendered(packed(main, parts, builder, about, facts), left_out=applied.left)


def _applied(reference: ReferenceDocument, theme: Theme, *, chinese: bool) -> AppliedReference:
    from clusterreport.render.docx.reference import apply_reference  # only those who name one wait for it

    return apply_reference(reference, theme, chinese=chinese)


def _main(document: Document, builder: PackageBuilder) -> bytes:
    about = document.about
    body = [letterhead.head(about, builder)]
    if about.contents:
        body.append(contents(document, builder))
    body.append(blocks(document.lead, builder))
    body += [section(part, builder) for part in document.sections]
    body.append(letterhead.foot(about, builder))
    whole = in_sections("".join(body), builder.pages)
    return f'{DECLARATION}<w:document {NAMESPACES} mc:Ignorable="w15"><w:body>{whole}</w:body></w:document>'.encode()
