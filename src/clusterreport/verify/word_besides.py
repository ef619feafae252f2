"""Reads what a Word file holds beside its body and notes: heads and feet, comments, charts, workbooks, properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from lxml import etree

from clusterreport.messages import message
from clusterreport.verify.package import OFFICE, Package
from clusterreport.verify.word_charts import amounts_of, sheet_cells
from clusterreport.verify.word_lists import W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from clusterreport.verify.word_charts import Value

_C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_SVG: Final = "{http://www.w3.org/2000/svg}"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BODY: Final = frozenset({"word/document.xml", "word/footnotes.xml"})
_WORDS: Final = re.compile(r"word/[^/]+\.xml")
_PAGES: Final = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")


SAID_AGAIN: Final = "said again"
"""Marks what readers of a file are told once more: titles of pictures, what links and tables are called."""


class TextBeside(NamedTuple):
    """A text that stands beside the body, in a part of a file; ``tag`` is what holds it, in a file of properties."""

    where: str
    text: str
    tag: str = ""


class StoredChart(NamedTuple):
    """What the file of a chart or of its picture holds: texts, amounts, and the cells of its workbook."""

    texts: tuple[str, ...]
    amounts: tuple[Value, ...]
    cells: tuple[Value, ...]


def texts_beside(package: Package) -> Iterator[TextBeside]:
    """Yield the texts of heads, feet, comments and end notes, a page number as nothing; and titles of pictures."""
    for name in package.parts:
        if not _WORDS.fullmatch(name):
            continue
        tree = package.tree(name)
        where = message("the Word file, {part}", part=name)
        if name not in _BODY:
            for paragraph in tree.iter(W + "p"):
                yield TextBeside(where, _words(paragraph))
        for drawn in tree.iter(_DRAWN):
            yield TextBeside(where, drawn.get("title", ""), SAID_AGAIN)
            if name not in _BODY:
                yield TextBeside(where, drawn.get("descr", ""))
        for link in tree.iter(W + "hyperlink"):
            yield TextBeside(where, link.get(W + "tooltip", ""), SAID_AGAIN)
        yield from _told(tree, where)


def paragraphs_of(content: bytes) -> Iterator[str]:
    """Yield the texts of the paragraphs of one part of a file, a page number as nothing."""
    for paragraph in etree.fromstring(content, etree.XMLParser(resolve_entities=False)).iter(W + "p"):
        yield _words(paragraph)


def properties(package: Package) -> Iterator[TextBeside]:
    """Yield the properties of a file: title, author, dates, and whatever else."""
    for name in package.parts:
        if name.startswith("docProps/") and name.endswith(".xml"):
            where = message("the Word file, {part}", part=name)
            for element in package.tree(name).iter():
                if element.text and element.text.strip():
                    yield TextBeside(where, element.text, str(element.tag).rpartition("}")[2])


def chart_parts(package: Package) -> Iterator[StoredChart]:
    """Yield for each picture of the body, in their order, what its chart or its drawn picture holds."""
    related = package.related("word/document.xml")
    for drawing in package.tree("word/document.xml").iter(W + "drawing"):
        values = [str(value) for element in drawing.iter() for value in element.attrib.values()]
        names = [related[value] for value in values if value in related]
        charts = [name for name in names if name.startswith("word/charts/")]
        pictures = [name for name in names if name.endswith(".svg")]
        if charts:
            yield _chart(package, charts[0])
        else:
            yield StoredChart(tuple(text for name in pictures for text in _drawn(package, name)), (), ())


def _words(paragraph: _Element) -> str:
    """Return the words of a paragraph without the results of its fields of page numbers."""
    words, field, shown = [], "", True
    for part in paragraph.iter():
        if part.tag == W + "fldChar":
            kind = part.get(W + "fldCharType")
            field = "" if kind == "begin" else field
            shown = kind != "separate" or not _PAGES.match(field)
        elif part.tag == W + "instrText":
            field += part.text or ""
        elif part.tag == W + "t" and shown and not _in_simple_field(part):
            words.append(part.text or "")
    return "".join(words)


def _in_simple_field(text: _Element) -> bool:
    fields = text.iterancestors(W + "fldSimple")
    return any(_PAGES.match(str(field.get(W + "instr"))) for field in fields)


def _told(tree: _Element, where: str) -> Iterator[TextBeside]:
    """Yield the descriptions that tables have for screen readers; their names are compared with the captions."""
    for told in tree.iter(W + "tblDescription"):
        yield TextBeside(where, told.get(W + "val", ""), SAID_AGAIN)


def _chart(package: Package, name: str) -> StoredChart:
    space = package.tree(name)
    texts = [text.text or "" for text in space.iter(_A + "t")]
    amounts: list[Value] = []
    for cache in space.iter(_C + "numCache", _C + "numLit"):
        amounts += amounts_of(value.text for value in cache.iter(_C + "v"))
    for cache in space.iter(_C + "strCache", _C + "strLit", _C + "tx"):
        texts += [value.text or "" for value in cache.iter(_C + "v")]
    external = space.find(_C + "externalData")
    book = None if external is None else package.related(name).get(str(external.get(OFFICE + "id")))
    inner = Package.of(package.parts[book]) if book in package.parts else None
    return StoredChart(tuple(texts), tuple(amounts), tuple(_cells(inner)) if inner else ())


def _cells(book: Package) -> Iterator[Value]:
    """Yield the cells of all sheets of a workbook, and every other text that stands in it."""
    for name in book.parts:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            yield from sheet_cells(book, name)
        elif name.endswith("sharedStrings.xml"):
            yield from ("".join(item.itertext()) for item in book.tree(name))
        elif name == "xl/workbook.xml":
            sheets = (sheet for sheet in book.tree(name).iter() if str(sheet.tag).endswith("}sheet"))
            named = ((sheet.get("name", ""), f"Sheet{place}") for place, sheet in enumerate(sheets, 1))
            yield from (name for name, usual in named if name != usual)


def _drawn(package: Package, name: str) -> Iterator[str]:
    if name in package.parts:
        for text in package.tree(name).iter(_SVG + "text", _SVG + "title", _SVG + "desc"):
            yield "".join(str(piece) for piece in text.itertext()).strip()
