"""What holds for the whole file: the page, its grid, the running foot with the page number, and Word's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.document.reading import page_number_words
from clusterreport.renderers.docx.fields import field
from clusterreport.renderers.docx.markup import (
    DECLARATION,
    HAIRLINE,
    NAMESPACES,
    mm,
    paragraph,
    run,
    section_end,
    twips,
)
from clusterreport.renderers.docx.styles import style_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

_CIRCLED: Final = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>'
ODD: Final = "rIdFooterOdd"
EVEN: Final = "rIdFooterEven"


def section_properties(theme: Theme, *, wide: bool = False) -> str:
    """Return w:sectPr: the page and its margins as the PDF has them (``wide``: laid on its side), a grid of lines."""
    page = theme.page
    below = page.left if wide else page.bottom
    foot = below - page.page_number_drop - theme.style("page_number").leading * 25.4 / 72
    size = (
        f'<w:pgSz w:w="{mm(page.height)}" w:h="{mm(page.width)}" w:orient="landscape"/>'
        if wide
        else f'<w:pgSz w:w="{mm(page.width)}" w:h="{mm(page.height)}"/>'
    )
    top, right, left = (page.right, page.bottom, page.top) if wide else (page.top, page.right, page.left)
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{ODD}"/><w:footerReference w:type="even" r:id="{EVEN}"/>'
        f'{_CIRCLED}{size}<w:pgMar w:top="{mm(top)}" w:right="{mm(right)}" w:bottom="{mm(below)}" w:left="{mm(left)}" '
        f'w:header="720" w:footer="{mm(foot)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{twips(theme.style("body").leading)}"/></w:sectPr>'
    )


def wide_pages(content: str, theme: Theme) -> str:
    """Return ``content`` on pages of its own that lie on their side."""
    upright, laid = (section_end(section_properties(theme, wide=wide)) for wide in (False, True))
    return upright + content + laid


def in_sections(body: str, theme: Theme) -> str:
    """Return ``body`` with the section that ends it; wide pages that meet, or end the body, leave no page empty."""
    upright, laid = (section_end(section_properties(theme, wide=wide)) for wide in (False, True))
    joined = body.replace(laid + upright, "")
    if joined.endswith(laid):
        return joined.removesuffix(laid) + HAIRLINE + section_properties(theme, wide=True)
    return joined + section_properties(theme)


def footer_part(theme: Theme, language: Language, *, even: bool) -> bytes:
    """Return a running foot with the page's number, on the right; — 2 — of an even page stands on the left."""
    before, between, after = page_number_words(theme.page_numbers, language)
    count = f"{run(between)}{field('NUMPAGES', '1')}" if between else ""
    side = "left" if even and not between else "right"
    number = f"{run(before)}{field('PAGE', '1')}{count}{run(after)}"
    content = paragraph(style_id("page_number"), number, f'<w:jc w:val="{side}"/>')
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{content}</w:ftr>".encode()


def footnotes_part(notes: Mapping[int, str]) -> bytes:
    """Return word/footnotes.xml: Word's two separators, then the notes by number."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" '
        f'w:lineRule="auto"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for kind, number, mark in (
            ("separator", -1, "separator"),
            ("continuationSeparator", 0, "continuationSeparator"),
        )
    )
    bodies = "".join(f'<w:footnote w:id="{number}">{content}</w:footnote>' for number, content in sorted(notes.items()))
    return f"{DECLARATION}<w:footnotes {NAMESPACES}>{separators}{bodies}</w:footnotes>".encode()


def settings_part(*, chinese: bool) -> bytes:
    """Return word/settings.xml, in the order that the schema asks for."""
    language = "zh-CN" if chinese else "en-US"
    content = (
        '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        "</w:footnotePr>"
        "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="{language}"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    )
    return f"{DECLARATION}<w:settings {NAMESPACES}>{content}</w:settings>".encode()
