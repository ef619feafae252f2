"""Accounts for the numbers of a pair of files, and plants numbers that nothing answers for into a Word file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lxml import etree

from clusterreport.errors import Problem
from clusterreport.verify.digit_ledger import KnownData, Ledger
from clusterreport.verify.digits import DigitAudit, Tally
from clusterreport.verify.expected import expected
from clusterreport.verify.passages import plain
from clusterreport.verify.pdf_file import read_pdf_file
from clusterreport.verify.word_file import read_word_file
from tests.verify.pairs import Pair
from tests.verify.word_spoiling import DOC_PR, DOCUMENT, C, W, packed, parts_of, spoiled_file, styled

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"
SAID = re.compile(r"^the number “(?P<numeral>.+?)” in “(?P<around>.+)” is no fact, no quote with its source")

Part = Any
Change = Callable[[Part], None]


def audit_of(pair: Pair, known: KnownData) -> DigitAudit:
    """Return what accounts for the numbers of the files of a document."""
    numbered, language = pair.numbered, pair.numbered.document.about.language
    headings = [passage for passage in read_pdf_file(pair.pdf).passages if passage.kind == "heading"]
    pages = {plain(heading.text, language): heading.page for heading in reversed(headings)}
    return DigitAudit(numbered, expected(numbered, pages), Ledger(numbered, pair.facts, known))


def word_tally(audit: DigitAudit, pair: Pair) -> Tally:
    """Return what the numbers of the Word file are."""
    return audit.word(pair.word, read_word_file(pair.word))


def pdf_tally(audit: DigitAudit, pair: Pair) -> Tally:
    """Return what the numbers of the PDF are."""
    return audit.pdf(pair.pdf, read_pdf_file(pair.pdf))


def numerals_told(problems: list[Problem]) -> list[str]:
    """Return the numbers that the problems name, each with the words around it in order."""
    found = (SAID.match(problem.problem) for problem in problems)
    return [match["numeral"] for match in found if match]


def typed(words: str, *styles: str) -> Callable[[Pair], Pair]:
    """Return what types words behind the first run of text of a paragraph of one of the styles."""

    def change(tree: Part) -> None:
        text = next(text for paragraph in styled(tree, *styles) for text in paragraph.iter(W + "t") if text.text)
        text.text += words

    return in_part(DOCUMENT, change)


def in_part(name: str, change: Change) -> Callable[[Pair], Pair]:
    return lambda pair: replace(pair, word=spoiled_file(pair.word, change, name))


def added(name: str, content: str) -> Callable[[Pair], Pair]:
    """Return what puts a part of its own into the Word file, or in the place of the one that it has."""
    return lambda pair: replace(pair, word=packed({**parts_of(pair.word), name: content.encode()}))


def in_workbook(change: Change) -> Callable[[Pair], Pair]:
    def plant(pair: Pair) -> Pair:
        parts = parts_of(pair.word)
        name = min(name for name in parts if name.endswith(".xlsx"))
        return replace(
            pair, word=packed({**parts, name: spoiled_file(parts[name], change, "xl/worksheets/sheet1.xml")})
        )

    return plant


def appended(tag: str, words: str) -> Change:
    """Return what appends words to the first element called ``tag`` that has a text."""

    def change(tree: Part) -> None:
        element = next(element for element in tree.iter(tag) if (element.text or "").strip())
        element.text += words

    return change


def attribute(tag: str, name: str, words: str) -> Change:
    def change(tree: Part) -> None:
        element = next(tree.iter(tag))
        element.set(name, element.get(name, "") + words)

    return change


def first_cell_says(words: str) -> Change:
    def change(tree: Part) -> None:
        table = next(table for table in tree.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblCaption") is not None)
        text = next(text for row in table.findall(W + "tr")[1:] for text in row.iter(W + "t") if text.text)
        text.text += words

    return change


def nested_table(tree: Part) -> None:
    """Put a table with a number into a cell of another."""
    table = next(table for table in tree.iter(W + "tbl") if table.find(f"{W}tblPr/{W}tblCaption") is not None)
    cell = next(table.iter(W + "tc"))
    inner = f'<w:tbl xmlns:w="{W[1:-1]}"><w:tr><w:tc><w:p><w:r><w:t>37</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    cell.insert(len(cell) - 1, etree.fromstring(inner))


def text_box(tree: Part) -> None:
    paragraph = next(paragraph for paragraph in styled(tree, "BodyText"))
    box = (
        f'<w:r xmlns:w="{W[1:-1]}"><w:pict><w:txbxContent><w:p><w:r><w:t>共37个</w:t></w:r></w:p></w:txbxContent>'
        "</w:pict></w:r>"
    )
    paragraph.append(etree.fromstring(box))


def described_table(tree: Part) -> None:
    properties = next(tree.iter(W + "tblPr"))
    properties.append(etree.fromstring(f'<w:tblDescription xmlns:w="{W[1:-1]}" w:val="共37行"/>'))


def tooltip(tree: Part) -> None:
    paragraph = next(paragraph for paragraph in styled(tree, "BodyText"))
    paragraph.append(etree.fromstring(f'<w:hyperlink xmlns:w="{W[1:-1]}" w:tooltip="第37页"/>'))


def paragraph_of(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def holder(tag: str, words: str) -> str:
    """Return a part of a Word file that holds one paragraph."""
    return f'<w:{tag} xmlns:w="{W[1:-1]}">{paragraph_of(words)}</w:{tag}>'


def swapped_series(tree: Part) -> None:
    """Let the first value of a chart's cache be another that stands nowhere on the chart."""
    value = next(value for cache in tree.iter(C + "numCache") for value in cache.iter(C + "v"))
    value.text = "377"


def raised_cell(tree: Part) -> None:
    next(tree.iter(S + "v")).text = "377"


WORD_PLANTS: dict[str, tuple[Callable[[Pair], Pair], str, str]] = {
    "a digit in a paragraph": (typed("共37个", "BodyText"), "37", "paragraph"),
    "a digit in the lead": (typed("共37个", "Lead"), "37", "the lead, paragraph 1"),
    "full-width digits": (typed("共３７个", "BodyText"), "３７", "paragraph"),
    "a circled digit": (typed("⑰", "BodyText"), "⑰", "paragraph"),
    "a Roman sign": (typed("Ⅶ", "BodyText"), "Ⅶ", "paragraph"),
    "a number in Chinese signs": (typed("有三十七个", "BodyText"), "三十七", "paragraph"),
    "a share in Chinese signs": (typed("百分之七十四", "BodyText"), "七十四", "paragraph"),
    "a place in Chinese signs": (typed("居第七", "BodyText"), "七", "paragraph"),
    "one digit before a number": (typed("１", "BodyText"), "１", "paragraph"),
    "a heading": (typed("（37）", "Heading2"), "37", "（一）"),
    "the contents": (typed("（37）", "TOC1"), "37", "the contents"),
    "a caption": (typed("（前37位）", "Caption"), "37", "caption"),
    "a cell": (in_part(DOCUMENT, first_cell_says("37")), "37", "row 1"),
    "a table within a cell": (in_part(DOCUMENT, nested_table), "37", "outside of its paragraphs"),
    "a text box": (in_part(DOCUMENT, text_box), "37", "paragraph"),
    "a footnote": (in_part("word/footnotes.xml", appended(W + "t", "共37条")), "37", "footnote ①"),
    "a foot": (in_part("word/footer1.xml", appended(W + "t", "37")), "37", "word/footer1.xml"),
    "a head": (added("word/header1.xml", holder("hdr", "第37次印刷")), "37", "word/header1.xml"),
    "a comment": (added("word/comments.xml", holder("comments", "改为37个")), "37", "word/comments.xml"),
    "an end note": (added("word/endnotes.xml", holder("endnotes", "共37条")), "37", "word/endnotes.xml"),
    "an alternative text": (in_part(DOCUMENT, attribute(DOC_PR, "descr", "另有37个。")), "37", "alternative text"),
    "the title of a picture": (in_part(DOCUMENT, attribute(DOC_PR, "title", "共37个")), "37", "word/document.xml"),
    "the description of a table": (in_part(DOCUMENT, described_table), "37", "word/document.xml"),
    "a hint of a link": (in_part(DOCUMENT, tooltip), "37", "word/document.xml"),
    "a name on a chart": (in_part("word/charts/chart", appended(C + "v", "（37）")), "37", "the chart “"),
    "a word on a chart": (in_part("word/charts/chart5", appended(A + "t", "37")), "37", "the chart “"),
    "a value of a chart": (in_part("word/charts/chart", swapped_series), "377", "the chart “"),
    "a cell of a workbook": (in_workbook(raised_cell), "377", "its workbook"),
    "a picture": (in_part("word/media/figure1.svg", appended(SVG + "text", "37")), "37", "the chart “"),
    "the title among the properties": (in_part("docProps/core.xml", appended("{*}title", "37")), "37", "core.xml"),
    "a keyword": (
        added("docProps/custom.xml", '<p xmlns="urn:x"><keywords>37个</keywords></p>'), "37", "docProps/custom.xml",
    ),
}  # fmt: skip
"""What is planted into the Word file of the bureau's edition, which number is told, and a part of its place."""
