"""Inlines as runs: text, tagged numbers, references that follow, marks of footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, assert_never
from urllib.parse import quote

from clusterreport.document.model import (
    Claimed,
    DateText,
    Emphasis,
    Footnote,
    Link,
    Number,
    Quoted,
    Reference,
    Stated,
    Strong,
    Text,
)
from clusterreport.document.text import inline_text
from clusterreport.ledger.word_text import BOOKMARK
from clusterreport.render.docx.fields import bookmark, bookmark_name, field
from clusterreport.render.docx.markup import checked, faces, paragraph, run
from clusterreport.render.docx.styles import style_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Inline
    from clusterreport.quantity import Quantity
    from clusterreport.render.docx.package_builder import PackageBuilder

_LINKED: Final = '<w:rStyle w:val="Hyperlink"/>'
_NOT_IN_ADDRESSES: Final = re.compile(r'[\s"<>\\^`{|}]')


def inlines(parts: Iterable[Inline], builder: PackageBuilder, properties: str = "") -> str:
    """Return the runs of ``parts``; ``properties`` are those of the surrounding words."""
    return "".join(_inline(part, builder, properties) for part in parts)


def controlled(quantity: Quantity, content: str, builder: PackageBuilder) -> str:
    """Return the runs of a number in a content control; it has no name, as Word takes 64 characters of one only."""
    return _tagged(builder.fact_ids[quantity.name, quantity], content, builder)


def _tagged(tag: str, content: str, builder: PackageBuilder) -> str:
    """Return runs within a hidden content control that bears the id of their entry in facts.json, in a hidden bookmark.

    A later check reads there what an editor changed. LibreOffice drops alias and tag, and keeps the bookmark.
    """
    identifier = builder.fresh_id()
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{identifier}"/>'
        f'<w15:appearance w15:val="hidden"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
    )
    return bookmark(f"{BOOKMARK}{builder.next_mark()}", identifier, control)


def _inline(part: Inline, builder: PackageBuilder, properties: str) -> str:
    made = ""
    match part:
        case Text() | DateText() | Quoted() | Claimed():
            made = run(inline_text(part, builder.language), properties)
        case Strong(children):
            made = inlines(children, builder, _linked(properties) + _strong(builder))
        case Emphasis(children):
            raised = faces(builder.theme.faces[builder.theme.emphasis_face])
            made = inlines(children, builder, _linked(properties) + raised)
        case Link(target, children):
            inner = inlines(children, builder, _LINKED + properties)
            made = f'<w:hyperlink r:id="{builder.link(_address(target))}" w:history="1">{inner}</w:hyperlink>'
        case Number(quantity):
            made = controlled(quantity, run(inline_text(part, builder.language), properties), builder)
        case Stated(statement):
            made = _tagged(statement.id, run(inline_text(part, builder.language), properties), builder)
        case Reference():
            made = _reference(part, properties)
        case Footnote():
            made = _footnote(part, builder)
        case _:
            assert_never(part)
    return made


def _reference(part: Reference, properties: str) -> str:
    """Return a field that repeats what its bookmark holds; the quotes around a heading are no part of the heading."""
    quoted = part.text.startswith("“") and part.text.endswith("”")
    opening, text, closing = ("“", part.text[1:-1], "”") if quoted else ("", part.text, "")
    return (
        run(opening, properties)
        + field(f"REF {bookmark_name(part.label)} \\h", text, properties)
        + run(closing, properties)
    )


def _linked(properties: str) -> str:
    """Return the style of a link where the words around have it; faces give way to faces, the style stays."""
    return _LINKED if properties.startswith(_LINKED) else ""


def _address(target: str) -> str:
    """Return an address that Word opens: what none may hold, blanks first of all, is written as %20."""
    return _NOT_IN_ADDRESSES.sub(lambda found: quote(found.group()), checked(target))


def _strong(builder: PackageBuilder) -> str:
    face = builder.theme.faces[builder.theme.strong_face]
    return faces(face) + ("<w:b/><w:bCs/>" if face.word_bold else "")


def _footnote(part: Footnote, builder: PackageBuilder) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    content = mark + run(" ") + inlines(part.children, builder)
    builder.footnotes[part.number] = paragraph(style_id("footnote"), content)
    return f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{part.number}"/></w:r>'
