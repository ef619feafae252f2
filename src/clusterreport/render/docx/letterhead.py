"""The head of a 简报 (marking, red name, issue, issuer and date, red rule) and its foot (报, 送, 发, copies)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.document.text import foot_lines, imprint_date
from clusterreport.render.docx.markup import HAIRLINE, colour, mm, paragraph, run, twips
from clusterreport.render.docx.styles import style_id

if TYPE_CHECKING:
    from clusterreport.document.model import About
    from clusterreport.render.docx.package_builder import PackageBuilder


def head(about: About, builder: PackageBuilder) -> str:
    """Return the head and the title; a line that is not set is left out."""
    letterhead = about.letterhead
    plain = [
        paragraph(style_id(role), run(text))
        for role, text in (("marking", letterhead.marking), ("masthead", letterhead.masthead))
        if text
    ]
    title = paragraph(style_id("title"), run(about.title))
    return "".join((*plain, _issue(about), _imprint(about, builder), title))


def foot(about: About, builder: PackageBuilder) -> str:
    """Return the foot as a table that stands at the bottom of the last page's text area."""
    lines = foot_lines(about)
    if not lines and not about.letterhead.copies:
        return ""
    theme = builder.theme
    width = mm(theme.page.text_width)
    style = theme.style("foot")
    texts = list(lines) or [""]
    rows = [paragraph(style_id("foot"), run(text)) for text in texts[:-1]]
    stop = width - round(2 * style.inset * style.size * 20)
    copies = f"<w:r><w:tab/></w:r>{run(about.letterhead.copies)}" if about.letterhead.copies else ""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{stop + round(style.inset * style.size * 20)}"/></w:tabs>'
    rows.append(paragraph(style_id("foot"), run(texts[-1]) + copies, tab))
    height = len(rows) * twips(style.leading)
    top = mm(theme.page.height - theme.page.bottom) - height - 60
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="{round(theme.rules.foot * 8)}" w:space="0" w:color="{colour(theme, "ink")}"/>'
        for side in ("top", "bottom")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="page" w:horzAnchor="margin" w:tblpXSpec="center" w:tblpY="{top}"/>'
        f'<w:tblOverlap w:val="never"/><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/>'
        f'</w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(rows)}</w:tc></w:tr></w:tbl>'
        f"{HAIRLINE}"
    )


def _issue(about: About) -> str:
    letterhead = about.letterhead
    words = "　".join(filter(None, (letterhead.issue_line, letterhead.total_line)))
    return paragraph(style_id("issue"), run(words)) if words else ""


def _imprint(about: About, builder: PackageBuilder) -> str:
    """Return issuer and date on one line over a rule, red or fine; the rule stands alone where there is no issuer."""
    theme = builder.theme
    if not (about.letterhead.masthead or about.letterhead.issuer):
        return ""
    red = theme.head == "redhead"
    width, colour_name = (theme.rules.masthead, "masthead") if red else (theme.rules.table_inner, "rule")
    style = theme.style("imprint")
    inset = round(style.inset * style.size * 20)
    stop = mm(theme.page.text_width) - inset
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="{max(2, round(width * 8))}" w:space="4" '
        f'w:color="{colour(theme, colour_name)}"/></w:pBdr>'
    )
    left, moved = (f'<w:tab w:val="left" w:pos="{inset}"/>', "<w:r><w:tab/></w:r>") if inset else ("", "")
    tabs = f'<w:tabs>{left}<w:tab w:val="right" w:pos="{stop}"/></w:tabs>'
    words = (
        f"{moved}{run(about.letterhead.issuer)}<w:r><w:tab/></w:r>{run(imprint_date(about))}"
        if about.letterhead.issuer
        else ""
    )
    # The rule spans the text area, so the paragraph itself is not inset; the words are, by tabs.
    return paragraph(style_id("imprint"), words, f'{rule}{tabs}<w:ind w:left="0" w:right="0"/>')
