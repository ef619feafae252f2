"""What holds for the whole file: the page, its grid, the running foot with the page number, and Word's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.document.text import page_number_words
from clusterreport.render.docx.fields import field
from clusterreport.render.docx.markup import (
    DECLARATION,
    HAIRLINE,
    NAMESPACES,
    mm,
    paragraph,
    run,
    section_end,
    twips,
)
from clusterreport.render.docx.styles import style_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.wording import Language
    from clusterreport.theme import Theme

_CIRCLED: Final = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>'
ODD: Final = "rIdFooterOdd"
EVEN: Final = "rIdFooterEven"
FIRST: Final = "rIdFooterFirst"
FEET: Final = {"footer1": ODD, "footer2": EVEN, "footer3": FIRST}
"""The running feet of a look, by the names of their parts; only a letterhead asks for that of the first page."""


@dataclass(frozen=True, slots=True)
class Pages:
    """How the pages are set: lengths in twips, and XML that w:sectPr holds as it is.

    ``references`` are its running heads and feet, ``borders`` and ``numbers`` w:pgBorders and w:pgNumType, ``grid``
    w:docGrid. ``foot_wide`` is how far the running foot stands from the edge where the page lies on its side.
    ``titled`` tells that the first page of all has a head and a foot of its own.
    """

    references: str
    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    head: int
    foot: int
    foot_wide: int
    grid: str
    borders: str = ""
    numbers: str = ""
    titled: bool = False

    def properties(self, *, wide: bool = False) -> str:
        """Return w:sectPr; ``wide`` lays the page on its side, and the margins with it."""
        width, height = (self.height, self.width) if wide else (self.width, self.height)
        sides = (self.right, self.bottom, self.left, self.top) if wide else (
            self.top, self.right, self.bottom, self.left,
        )  # fmt: skip
        margins = " ".join(
            f'w:{name}="{length}"' for name, length in zip(("top", "right", "bottom", "left"), sides, strict=True)
        )
        laid = ' w:orient="landscape"' if width > height else ""
        return (
            f'<w:sectPr>{self.references}{_CIRCLED}<w:pgSz w:w="{width}" w:h="{height}"{laid}/>'
            f'<w:pgMar {margins} w:header="{self.head}" w:footer="{self.foot_wide if wide else self.foot}" '
            f'w:gutter="0"/>{self.borders}{self.numbers}{self.grid}</w:sectPr>'
        )


def pages_of(theme: Theme) -> Pages:
    """Return the pages as the PDF has them, with a grid of lines."""
    page = theme.page
    drop = page.page_number_drop + theme.style("page_number").leading * 25.4 / 72
    return Pages(
        f'<w:footerReference w:type="default" r:id="{ODD}"/><w:footerReference w:type="even" r:id="{EVEN}"/>',
        width=mm(page.width),
        height=mm(page.height),
        top=mm(page.top),
        right=mm(page.right),
        bottom=mm(page.bottom),
        left=mm(page.left),
        head=720,
        foot=mm(page.bottom - drop),
        foot_wide=mm(page.left - drop),
        grid=f'<w:docGrid w:type="lines" w:linePitch="{twips(theme.style("body").leading)}"/>',
    )


def wide_pages(content: str, pages: Pages) -> str:
    """Return ``content`` on pages of its own that lie on their side."""
    upright, laid = (section_end(pages.properties(wide=wide)) for wide in (False, True))
    return upright + content + laid


def in_sections(body: str, pages: Pages) -> str:
    """Return ``body`` with the section that ends it; wide pages that meet, or end the body, leave no page empty."""
    upright, laid = (section_end(pages.properties(wide=wide)) for wide in (False, True))
    joined = body.replace(laid + upright, "")
    if joined.endswith(laid):
        whole = joined.removesuffix(laid) + HAIRLINE + pages.properties(wide=True)
    else:
        whole = joined + pages.properties()
    # Each section may have a first page of its own kind; only the first section of all should.
    return (
        whole.replace(pages.grid + "</w:sectPr>", f"<w:titlePg/>{pages.grid}</w:sectPr>", 1) if pages.titled else whole
    )


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


def settings_part(*, chinese: bool, two_sided: bool = True, mirrored: bool = False, colours: str = "") -> bytes:
    """Return word/settings.xml, in the order that the schema asks for.

    ``two_sided``: even pages have a head and a foot of their own; ``mirrored``: their margins too, and ``colours`` is
    w:clrSchemeMapping, where a letterhead says so.
    """
    language = "zh-CN" if chinese else "en-US"
    mirror, even = "<w:mirrorMargins/>" if mirrored else "", "<w:evenAndOddHeaders/>" if two_sided else ""
    content = (
        f'<w:zoom w:percent="100"/>{mirror}<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
        f'<w:defaultTabStop w:val="420"/>{even}<w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/><w:footnote w:id="-1"/><w:footnote w:id="0"/>'
        "</w:footnotePr>"
        "<w:compat><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="{language}"/>{colours}'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
    )
    return f"{DECLARATION}<w:settings {NAMESPACES}>{content}</w:settings>".encode()
