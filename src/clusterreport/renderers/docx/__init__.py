"""Writes a numbered document as a Word file: the parts as XML, python-docx as the package around them."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from clusterreport.renderers import Rendered
from clusterreport.renderers.docx import letterhead
from clusterreport.renderers.docx.blocks import blocks, section
from clusterreport.renderers.docx.contents import contents
from clusterreport.renderers.docx.ledger import Ledger
from clusterreport.renderers.docx.lists import numbering_part
from clusterreport.renderers.docx.markup import DECLARATION, NAMESPACES
from clusterreport.renderers.docx.package import packed
from clusterreport.renderers.docx.page_setup import footer_part, footnotes_part, in_sections, pages_of, settings_part
from clusterreport.renderers.docx.styles import styles_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.model import NumberedDocument
    from clusterreport.theme import Theme

_NO_PAGES: Final[Mapping[str, int]] = MappingProxyType({})


def render(numbered: NumberedDocument, theme: Theme, page_of: Mapping[str, int] = _NO_PAGES) -> Rendered:
    """Return ``numbered`` as a Word file; ``page_of`` tells the contents on which page of the PDF a label stands."""
    document = numbered.document
    about = document.about
    ledger = Ledger(theme, pages_of(theme), about.language, page_of)
    body = [letterhead.head(about, ledger)]
    if about.contents:
        body.append(contents(document, ledger))
    body.append(blocks(document.lead, ledger))
    body += [section(part, ledger) for part in document.sections]
    body.append(letterhead.foot(about, ledger))
    whole = in_sections("".join(body), ledger.pages)
    main = f'{DECLARATION}<w:document {NAMESPACES} mc:Ignorable="w15"><w:body>{whole}</w:body></w:document>'
    chinese = ledger.chinese
    parts = {
        "styles": styles_part(theme, chinese=chinese),
        "numbering": numbering_part(theme, ledger.numbered_lists, chinese=chinese),
        "settings": settings_part(chinese=chinese),
        "footnotes": footnotes_part(ledger.footnotes),
        "footer1": footer_part(theme, about.language, even=False),
        "footer2": footer_part(theme, about.language, even=True),
    }
    return Rendered(packed(main.encode(), parts, ledger, about))
