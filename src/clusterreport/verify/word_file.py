"""Reads a Word file as its readers see it: the parts, the paragraphs in order, their numbers by name, the notes.

It knows the file format and nothing of the program's own writer: styles count by Word's built-in names.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.verify.package import OFFICE, Package
from clusterreport.verify.passages import DEEPEST, REMEDY, NamedNumber, Passage
from clusterreport.verify.word_charts import read_chart
from clusterreport.verify.word_lists import Numbering, W, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from clusterreport.verify.passages import Kind
    from clusterreport.verify.word_charts import WordChart

_MAIN: Final = "word/document.xml"
_CHART: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SILENT: Final = frozenset({W + "pPr", W + "rPr", W + "sdtPr", W + "sectPr"})
_CIRCLED: Final = 20
_CIRCLED_ONE: Final = 0x2460


@dataclass(frozen=True, slots=True)
class WordFile:
    """What a Word file says; ``charts`` has one entry for each picture, None where it is no chart of Word's.

    ``table_names`` are the captions that tables have among their properties, for screen readers. ``unread`` are texts
    of the same parts that stand in no paragraph of the body, of a cell or of a note: text boxes, tables within cells.
    """

    passages: tuple[Passage, ...]
    charts: tuple[WordChart | None, ...]
    table_names: tuple[str, ...]
    unread: tuple[str, ...] = ()


def read_word_file(content: bytes) -> WordFile:
    """Return what the file says, in reading order, a footnote behind the paragraph that marks it.

    Raises ProblemsError where the file is no Word file, or a broken one.
    """
    try:
        reader = _WordReader(Package.of(content))
        passages = tuple(reader.passages())
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError) as error:
        raise ProblemsError(
            [
                Problem(
                    message("the Word file"), message("it cannot be read back: {error}", error=error), message(REMEDY)
                )
            ]
        ) from None
    return WordFile(passages, tuple(reader.charts), tuple(reader.table_names), tuple(reader.unread()))


@dataclass(slots=True)
class _Runs:
    """What the runs of one paragraph hold."""

    words: list[str] = field(default_factory=list)
    numbers: list[NamedNumber] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[_Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)


class _WordReader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.charts: list[WordChart | None] = []
        self.table_names: list[str] = []
        self._related = package.related(_MAIN)
        self._numbering = Numbering(self._beside("numbering"))
        styles = self._beside("styles")
        self._styles = {} if styles is None else {str(style.get(W + "styleId")): style for style in styles}
        notes = self._beside("footnotes")
        self._notes = {} if notes is None else {str(note.get(W + "id")): note for note in notes}
        self._marked = 0
        self._main = package.tree(_MAIN)
        self._trees = [tree for tree in (self._main, notes) if tree is not None]
        self._read: set[_Element] = set()

    def passages(self) -> Iterator[Passage]:
        """Yield what the body says."""
        body = self._main.find(W + "body")
        yield from () if body is None else self.blocks(body)

    def unread(self) -> Iterator[str]:
        """Yield the texts that no passage has, those that are deleted in a tracked change not."""
        for tree in self._trees:
            yield from (text.text or "" for text in tree.iter(W + "t") if text not in self._read)

    def blocks(self, holder: _Element) -> Iterator[Passage]:
        """Yield what paragraphs and tables say; a table without a caption of its own only lays things out."""
        for block in holder:
            if block.tag == W + "p":
                yield from self._paragraph(block)
            elif block.tag == W + "tbl" and block.find(f"{W}tblPr/{W}tblCaption") is not None:
                yield from self._table(block)
            elif block.tag not in _SILENT:
                yield from self.blocks(block)

    def _beside(self, name: str) -> _Element | None:
        part = next((part for part in self._related.values() if part == f"word/{name}.xml"), None)
        return None if part is None else self.package.tree(part)

    def _table(self, table: _Element) -> Iterator[Passage]:
        self.table_names.append(value_of(table, "tblPr/tblCaption"))
        for row in table.iterfind(W + "tr"):
            for place, cell in enumerate(row.iterfind(W + "tc"), 1):
                gathered = [self._gathered(paragraph) for paragraph in cell.iterfind(W + "p")]
                numbers = tuple(number for runs in gathered for number in runs.numbers)
                yield Passage("cell", "".join(runs.text for runs in gathered), place, numbers=numbers)
                for runs in gathered:
                    yield from self._footnotes(runs)

    def _paragraph(self, paragraph: _Element) -> Iterator[Passage]:
        """Yield what a paragraph says: what tabs part is said apart, but for a title and its page in the contents."""
        kind, level = self._kind(paragraph)
        label, gap = self._label(paragraph)
        runs = self._gathered(paragraph)
        text = label + gap + runs.text if kind == "heading" else runs.text
        marker = "" if kind == "heading" else label
        pieces = text.split("\t") if kind == "text" else [text.replace("\t", "")]
        numbers = tuple(runs.numbers)
        for piece in filter(str.strip, pieces):
            yield Passage(kind, piece, level, marker, numbers)
            marker, numbers = "", ()
        for drawing in runs.pictures:
            yield self._picture(drawing)
        yield from self._footnotes(runs)

    def _kind(self, paragraph: _Element) -> tuple[Kind, int]:
        style = self._styles.get(value_of(paragraph, "pPr/pStyle"))
        word, _, depth = value_of(style, "name").casefold().partition(" ")
        match word:
            case "heading" if depth.isdigit():
                return "heading", min(int(depth), DEEPEST)
            case "title":
                return "heading", 0
            case "caption":
                return "caption", 0
            case "toc" if depth.isdigit():
                return "contents", 0
            case _:
                return "text", 0

    def _label(self, paragraph: _Element) -> tuple[str, str]:
        """Return the label that a list gives a paragraph, by the paragraph's own properties or by its style."""
        style = self._styles.get(value_of(paragraph, "pPr/pStyle"))
        number = value_of(paragraph, "pPr/numPr/numId") or value_of(style, "pPr/numPr/numId")
        level = value_of(paragraph, "pPr/numPr/ilvl") or value_of(style, "pPr/numPr/ilvl", "0")
        return self._numbering.next_label(number, int(level)) if number else ("", "")

    def _gathered(self, paragraph: _Element, mark: str = "") -> _Runs:
        runs = _Runs()
        self._gather(paragraph, runs, mark)
        return runs

    def _gather(self, holder: _Element, runs: _Runs, mark: str) -> None:
        for part in holder:
            match str(part.tag).removeprefix(W):
                case "t":
                    self._read.add(part)
                    runs.words.append(part.text or "")
                case "tab" | "br" | "cr":
                    runs.words.append("\t" if part.tag == W + "tab" else "\n")
                case "noBreakHyphen":
                    runs.words.append("\N{NON-BREAKING HYPHEN}")
                case "footnoteRef":
                    runs.words.append(mark)
                case "footnoteReference":
                    self._marked += 1
                    runs.notes.append((str(part.get(W + "id")), _mark(self._marked)))
                    runs.words.append(_mark(self._marked))
                case "drawing":
                    runs.pictures.append(part)
                case "sdt":
                    start = len(runs.words)
                    self._gather(part, runs, mark)
                    runs.numbers.append(NamedNumber(value_of(part, "sdtPr/tag"), "".join(runs.words[start:])))
                case _ if part.tag not in _SILENT:
                    self._gather(part, runs, mark)
                case _:
                    pass

    def _picture(self, drawing: _Element) -> Passage:
        described = drawing.find(f".//{_DRAWN}")
        reference = drawing.find(f".//{_CHART}")
        place = None if reference is None else self._related.get(str(reference.get(OFFICE + "id")))
        self.charts.append(read_chart(self.package, place) if place in self.package.parts else None)
        text = "" if described is None else described.get("descr", "")
        return Passage("picture", text, picture=len(self.charts) - 1)

    def _footnotes(self, runs: _Runs) -> Iterator[Passage]:
        for name, mark in runs.notes:
            note = self._notes.get(name)
            paragraphs = [] if note is None else note.findall(W + "p")
            gathered = [self._gathered(paragraph, mark) for paragraph in paragraphs]
            numbers = tuple(number for one in gathered for number in one.numbers)
            yield Passage("footnote", "".join(one.text for one in gathered), numbers=numbers)


def _mark(count: int) -> str:
    """Return the ``count``-th mark of a footnote: enclosed while there are such signs."""
    return chr(_CIRCLED_ONE + count - 1) if count <= _CIRCLED else str(count)
