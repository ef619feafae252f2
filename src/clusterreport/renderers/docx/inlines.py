"""Inlines as runs: text, numbers that know themselves, references that follow, marks of footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from clusterreport.document.model import (
    Emphasis,
    Footnote,
    Link,
    Moment,
    Number,
    Quoted,
    Reference,
    Strong,
    Text,
)
from clusterreport.document.reading import inline_text
from clusterreport.renderers.docx.fields import bookmark_name, field
from clusterreport.renderers.docx.markup import escaped, faces, paragraph, run
from clusterreport.renderers.docx.styles import style_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.document.model import Inline
    from clusterreport.renderers.docx.ledger import Ledger

_TAG_LIMIT = 64  # Word refuses longer tags


def inlines(parts: Iterable[Inline], ledger: Ledger, properties: str = "") -> str:
    """Return the runs of ``parts``; ``properties`` are those of the surrounding words."""
    return "".join(_inline(part, ledger, properties) for part in parts)


def _inline(part: Inline, ledger: Ledger, properties: str) -> str:
    match part:
        case Text() | Moment() | Quoted():
            return run(inline_text(part, ledger.language), properties)
        case Strong(children):
            return inlines(children, ledger, _strong(ledger))
        case Emphasis(children):
            return inlines(children, ledger, faces(ledger.theme.faces[ledger.theme.emphasis_face]))
        case Link(target, children):
            inner = inlines(children, ledger, '<w:rStyle w:val="Hyperlink"/>' + properties)
            return f'<w:hyperlink r:id="{ledger.link(target)}" w:history="1">{inner}</w:hyperlink>'
        case Number():
            return number(part, ledger, properties)
        case Reference(label, text):
            return field(f"REF {bookmark_name(label)} \\h", text, properties)
        case Footnote():
            return _footnote(part, ledger)
        case _:
            assert_never(part)


def number(part: Number, ledger: Ledger, properties: str = "") -> str:
    """Return a number within a content control that bears its name, so that a later check sees what an editor changed."""
    text = inline_text(part, ledger.language)
    if not part.quantity.name:
        return run(text, properties)
    tag = escaped(part.quantity.name[-_TAG_LIMIT:])
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{tag}"/><w:tag w:val="{tag}"/><w:id w:val="{ledger.fresh_id()}"/>'
        f'<w15:appearance w15:val="hidden"/><w:text/></w:sdtPr><w:sdtContent>{run(text, properties)}</w:sdtContent>'
        "</w:sdt>"
    )


def _strong(ledger: Ledger) -> str:
    face = ledger.theme.faces[ledger.theme.strong_face]
    return faces(face) + ("<w:b/><w:bCs/>" if face.word_bold else "")


def _footnote(part: Footnote, ledger: Ledger) -> str:
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    content = mark + run(" ") + inlines(part.children, ledger)
    ledger.footnotes[part.number] = paragraph(style_id("footnote"), content)
    return (
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        f'<w:footnoteReference w:id="{part.number}"/></w:r>'
    )
