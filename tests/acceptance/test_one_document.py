"""Word and PDF are one document: both hold the model's texts, line by line, as programs that are not ours read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import docx
import pytest
from docx2python import docx2python
from docx2python.iterators import iter_paragraphs

from clusterreport import settings
from clusterreport.app.build import build, numbered_documents
from clusterreport.document.model import Figure, Section, Table
from clusterreport.document.text import (
    caption_text,
    contents_entries,
    inlines_text,
    lines_of,
    source_lines,
)
from clusterreport.document.walking import parts_of
from clusterreport.document.wording import footnote_mark
from tests.acceptance.pandoc import read_with_pandoc
from tests.render.pdf.reading_back import page_texts, squeezed

if TYPE_CHECKING:
    from pathlib import Path

    from docx.text.paragraph import Paragraph

    from clusterreport.document.model import NumberedDocument
    from tests.acceptance.conftest import Built

AUDIENCES = ("bureau", "leaders", "public")
_CONTENTS = "目录"
_MARKER = re.compile(r"•|\d+\.|")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_word_file_says_what_the_model_says(built: Built, audience: str) -> None:
    document = built.documents[audience]
    body, notes = read_docx(built.file(audience, ".docx"))
    assert body == as_word_stores(document, page_texts(built.file(audience, ".pdf").read_bytes()))
    assert notes == [squeezed(line.text[1:]) for line in lines_of(document) if line.kind == "footnote"]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_pdf_says_what_the_model_says(built: Built, audience: str) -> None:
    pages = page_texts(built.file(audience, ".pdf").read_bytes())
    assert unexplained(built.documents[audience], pages) == ""


@pytest.mark.slow
@pytest.mark.parametrize("audience", AUDIENCES)
def test_pandoc_reads_in_the_word_file_what_the_model_says(built: Built, audience: str) -> None:
    document = built.documents[audience]
    read = read_with_pandoc(built.file(audience, ".docx"))
    pages = page_texts(built.file(audience, ".pdf").read_bytes())
    assert read.text == "".join(as_word_stores(document, pages))
    assert read.notes == [squeezed(line.text[1:]) for line in lines_of(document) if line.kind == "footnote"]
    assert read.headings == [(level, squeezed(section.title)) for level, section in _sections(document)]
    tables = [_rows(part) for part in _tables(document)]
    assert [table for table in read.tables if table in tables] == tables
    assert read.captions == [squeezed(caption_text(part, "zh") + _described(part)) for part in _tables(document)]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_python_docx_opens_the_word_file_and_reads_its_headings_and_tables(built: Built, audience: str) -> None:
    document = built.documents[audience]
    read = docx.Document(str(built.file(audience, ".docx")))
    assert read.core_properties.title == document.document.about.title
    headings = [(style_of(one), one.text) for one in read.paragraphs if style_of(one).startswith("Heading")]
    assert headings == [(f"Heading {level}", section.title) for level, section in _sections(document)]
    names = [[cell.text for cell in table.rows[0].cells] for table in read.tables]
    tables = [[column.heading for column in part.columns] for part in _tables(document)]
    assert [row for row in names if row in tables] == tables


@pytest.mark.parametrize("theme", ["official", "plain"])
def test_they_say_the_same_in_every_look(project: Path, theme: str) -> None:
    audience = project / "templates" / "audiences" / "leaders" / "audience.toml"
    audience.write_text(audience.read_text(encoding="utf-8").replace('"briefing"', f'"{theme}"'), encoding="utf-8")
    chosen = settings.load(project).overridden(audiences=("leaders",))
    (document,) = numbered_documents(chosen)
    files = {file.path.suffix: file.path for file in build(chosen).files}
    pages = page_texts(files[".pdf"].read_bytes())
    assert unexplained(document, pages) == ""
    assert read_docx(files[".docx"])[0] == as_word_stores(document, pages)


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("37个", "36个"),
        ("。跨区域", "；跨区域"),
        ("46.3%", "46.25%"),
        ("东部", ""),
        ("第9期", "第8期"),
        ("（一）数量与批次", "（一）数量与批次（一）数量与批次"),
        ("①来源：", "来源："),
        ("（共印××份）", "（共印××份）完"),
    ],
)
def test_a_difference_of_one_number_or_mark_is_seen(built: Built, said: str, instead: str) -> None:
    pages = page_texts(built.file("bureau", ".pdf").read_bytes())
    place = next(place for place, text in enumerate(pages) if said in text)
    pages[place] = pages[place].replace(said, instead, 1)
    assert unexplained(built.documents["bureau"], pages) != ""


def read_docx(path: Path) -> tuple[list[str], list[str]]:
    """Return the paragraphs of a Word file in order, and its footnotes, all without white space."""
    with docx2python(path, duplicate_merged_cells=False) as content:
        paragraphs = [part for text in iter_paragraphs(content.body) for part in _parts(text)]
        notes = [squeezed(text.partition(")")[2]) for text in iter_paragraphs(content.footnotes) if text.strip()]
    return paragraphs, notes


def _parts(text: str) -> list[str]:
    """Return what stands between the tabs of a paragraph, without markers of lists and pictures; marks as printed."""
    text = re.sub(r"----Image alt text---->.*", "", text, flags=re.DOTALL)
    text = re.sub(r"----footnote(\d+)----", lambda found: footnote_mark(int(found[1])), text)
    text = re.sub(r"^\s*(?:--|\d+\))\t", "", text)
    return [part for part in map(squeezed, text.split("\t")) if part]


def style_of(paragraph: Paragraph) -> str:
    return (paragraph.style.name if paragraph.style else None) or ""


def _sections(document: NumberedDocument) -> list[tuple[int, Section]]:
    """Return the sections in reading order with their levels, the highest being 1."""
    found: list[tuple[int, Section]] = []
    waiting = [(1, section) for section in reversed(document.document.sections)]
    while waiting:
        level, section = waiting.pop()
        found.append((level, section))
        waiting += [(level + 1, inner) for inner in reversed(section.sections)]
    return found


def _tables(document: NumberedDocument) -> list[Table]:
    return [part for part in parts_of(document) if isinstance(part, Table)]


def _described(table: Table) -> str:
    """Return the description among a table's properties: the lines below it, else its caption once more."""
    return "".join(source_lines(table, "zh")) or caption_text(table, "zh")


def _rows(table: Table) -> list[list[str]]:
    """Return the rows of a table as text; the heading of a group is a row of one cell."""
    rows = [[squeezed(column.heading) for column in table.columns]]
    for group in table.groups:
        rows += [[squeezed(group.heading)]] if group.heading else []
        rows += [[squeezed(inlines_text(cell.children, "zh")) for cell in row.cells] for row in group.rows]
    return rows


def as_word_stores(document: NumberedDocument, pages: list[str]) -> list[str]:
    """Return the texts as Word has them: numerals of headings are a list's, the issue is one line."""
    titles = {part.numeral + part.title: part.title for part in parts_of(document) if isinstance(part, Section)}
    letterhead = document.document.about.letterhead
    texts: list[str] = []
    for line in lines_of(document):
        text = titles.get(line.text, line.text) if line.kind == "heading" else line.text
        if line.kind == "head" and text == letterhead.total_line:
            texts[-1] += text
        elif line.kind != "footnote":
            texts.append(text)
        if line.kind == "title":
            texts += _contents(document, pages[0])
    return [squeezed(text) for text in texts]


def _contents(document: NumberedDocument, page: str) -> list[str]:
    """Return the contents as the PDF prints them: the word, then title and page in turn."""
    if not document.document.about.contents:
        return []
    titles = [section.numeral + section.title for section, _ in contents_entries(document.document)]
    found = re.search(
        _CONTENTS + "".join(rf"({re.escape(squeezed(title))})(\d+?)" for title in titles) + r"(?!\d{3})", page
    )
    assert found, page
    return [_CONTENTS, *found.groups()]


def unexplained(document: NumberedDocument, pages: list[str]) -> str:
    """Return "" where the pages say what the model says, else the text of the model that is missing, and what is there.

    Not of the model, and known: page numbers, markers of lists, the words within a chart, the contents, and what a
    table repeats on the next page. Footnotes stand at the foot of their page.
    """
    whole, notes = _without_furniture(document, pages)
    missing = [line.text for line in lines_of(document) if line.kind == "footnote" and squeezed(line.text) not in notes]
    return unread(document, whole, footnotes=False) or "".join(missing)


def unread(document: NumberedDocument, whole: str, *, footnotes: bool = True) -> str:
    """Return "" where ``whole`` is the model's text from end to end, else what is missing or too much.

    ``footnotes``: they stand after the block that marks them, as the model has them.
    """
    captions = {caption_text(part, "zh") for part in parts_of(document) if isinstance(part, Figure)}
    cursor, free = 0, False
    for line in lines_of(document):
        if line.kind == "footnote" and not footnotes:
            continue
        text = squeezed(line.text)
        if line.kind == "item":
            cursor += len(_MARKER.match(whole[cursor : cursor + 4])[0])  # type: ignore[index]  # it matches nothing too
        place = whole.find(text, cursor) if free else cursor
        if place < 0 or not whole.startswith(text, place):
            return f"{text!r} should be where there is {whole[cursor : cursor + 60]!r}"
        cursor = place + len(text)
        free = line.kind == "caption" and line.text in captions
        if line.kind == "title":
            cursor += len("".join(_contents(document, whole)))
    return whole[cursor:]


def _without_furniture(document: NumberedDocument, pages: list[str]) -> tuple[str, list[str]]:
    """Return the running text of all pages, and the footnotes that stood at their feet."""
    known = [squeezed(line.text) for line in lines_of(document) if line.kind == "footnote"]
    heads = [
        squeezed(f"{caption_text(part, 'zh')}（续表）{''.join(column.heading for column in part.columns)}")
        for part in parts_of(document)
        if isinstance(part, Table)
    ]
    texts, notes = [], []
    foot = "".join(squeezed(line.text) for line in lines_of(document) if line.kind == "foot")
    for number, page in enumerate(pages, 1):
        text = re.sub(rf"(—{number}—|第{number}页共{len(pages)}页)$", "", page)
        below = foot if number == len(pages) and text.endswith(foot) else ""  # it stands below the footnotes
        text = text.removesuffix(below)
        for note in reversed(known):
            if text.endswith(note):
                notes.append(note)
                text = text.removesuffix(note)
        for head in heads:
            text = text.removeprefix(head)
        texts.append(text + below)
    return "".join(texts), notes
