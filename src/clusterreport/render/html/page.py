"""Writes a numbered document as a page of XHTML whose numbers are facts of inline XBRL, with their taxonomy beside it.

No script, and nothing from elsewhere: charts are pictures within the page, each with a table of its numbers. What XHTML
1.1 does not know (lang, roles, svg, details) is not used, as the schema of inline XBRL refuses it.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from clusterreport.document.chart_tables import chart_tables
from clusterreport.document.model import Figure, Number
from clusterreport.document.text import contents_entries, foot_lines, heading_text, imprint_date
from clusterreport.document.walking import parts_of
from clusterreport.document.wording import format_quantity
from clusterreport.locale import phrase
from clusterreport.render import Rendered
from clusterreport.render.html.inline_facts import InlineFacts
from clusterreport.render.html.page_blocks import PageWriter, place_of
from clusterreport.render.html.page_style import style_sheet
from clusterreport.render.html.taxonomy import FILE, NAMESPACES, header, taxonomy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.document.model import About, Document, NumberedDocument
    from clusterreport.theme import Theme


def render(numbered: NumberedDocument, theme: Theme) -> Rendered:
    """Return the page: UTF-8, the same bytes for the same document and look; beside it the taxonomy that it names."""
    document = numbered.document
    about = document.about
    facts = InlineFacts(about)
    facts.prepare(_numbers(numbered))
    writer = PageWriter(facts, theme)
    body = "\n".join([*_head(about, facts), *_contents(document), *_text(document, writer), *_foot(about)])
    tag = phrase("language.tag", about.language)
    content = f"""<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" {NAMESPACES} xml:lang="{tag}">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
<meta http-equiv="Content-Language" content="{tag}" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="author" content="{escape(about.author)}" />
<title>{escape(about.title)}</title>
<style type="text/css">
{style_sheet(theme)}</style>
</head>
<body>
{header(facts)}
<div class="page">
{body}
</div>
</body>
</html>
"""
    return Rendered(content.encode(), beside={FILE: taxonomy(facts)})


def _numbers(numbered: NumberedDocument) -> Iterator[Number]:
    """Yield all numbers of the document, and those of the tables that stand for its charts."""
    language = numbered.document.about.language
    for part in parts_of(numbered):
        if isinstance(part, Number):
            yield part
        elif isinstance(part, Figure):
            for table in chart_tables(part, language):
                yield from (inner for inner in parts_of(table) if isinstance(inner, Number))


def _head(about: About, facts: InlineFacts) -> Iterator[str]:
    head = about.letterhead
    date = imprint_date(about) if head.issuer else ""
    lines = (
        ("marking", head.marking), ("masthead", head.masthead), ("issue", f"{head.issue_line}\u3000{head.total_line}"),
        ("imprint", head.issuer), ("imprint", date),
    )  # fmt: skip
    yield '<div class="head">'
    for name, text in lines:
        if text.strip():
            yield f'<p class="{name}">{escape(text.strip())}</p>'
    yield "</div>"
    yield f"<h1>{''.join(_title(about, facts))}</h1>"


def _title(about: About, facts: InlineFacts) -> Iterator[str]:
    """Yield the title, the numbers that it says tagged where they stand."""
    rest = about.title
    for number in about.title_numbers:
        before, found, after = rest.partition(format_quantity(number.quantity, number.style, about.language))
        if found:
            yield escape(before) + facts.tagged(number)
            rest = after
        else:
            facts.hide(number)
    yield escape(rest)


def _contents(document: Document) -> Iterator[str]:
    if not document.about.contents:
        return
    language = document.about.language
    yield f'<div class="contents"><h2>{escape(phrase("page.contents", language))}</h2>\n<ul>'
    for section, level in contents_entries(document):
        link = f'<a href="#{place_of(section.label)}">{escape(heading_text(section, language))}</a>'
        yield f'<li class="level{level + 1}">{link}</li>'
    yield "</ul></div>"


def _text(document: Document, writer: PageWriter) -> Iterator[str]:
    yield from writer.blocks(document.lead)
    for section in document.sections:
        yield from writer.section(section, 2)
    notes = [*writer.footnotes()]
    if notes:
        yield '<div class="footnotes">\n<hr />'
        yield from notes
        yield "</div>"


def _foot(about: About) -> Iterator[str]:
    lines = [text for text in (*foot_lines(about), about.letterhead.copies) if text]
    if lines:
        yield '<div class="foot">' + "".join(f"<p>{escape(text)}</p>" for text in lines) + "</div>"
