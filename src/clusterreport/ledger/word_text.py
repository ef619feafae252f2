"""Reads a Word file place by place: paragraphs, rows of tables, notes, boxes, heads and feet, descriptions of pictures.

What a text has of our own is marked in it by signs that no XML may hold: numbers that bear a bookmark, and what Word
reckons itself (numbers of captions and pages, references). Tracked changes are read as refused, or as accepted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from clusterreport.ledger.opening import BoundedPackage

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BOOKMARK: Final = "_cr"
"""How the names of our bookmarks begin; a number follows."""
MARK, MARKED, UNMARK = "\x01", "\x02", "\x03"
"""Stand before the number of a bookmark, before what is in it, and behind that."""
RECKONED, UNRECKONED = "\x04", "\x05"
"""Stand around what Word reckons itself."""
CELL: Final = "\t"
"""Parts the cells of a row."""

MAIN: Final = "word/document.xml"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_OURS: Final = re.compile(rf"{BOOKMARK}(\d{{1,9}})")
_FIELD: Final = re.compile(r"\s*([A-Za-z=]+)")
_RECKONED: Final = frozenset({
    "PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "SEQ", "REF", "NOTEREF", "STYLEREF", "LISTNUM", "AUTONUM",
})  # fmt: skip
"""The fields whose results are no words of the text: Word counts them anew, and they move with what they count."""
_CONTENTS: Final = frozenset({"TOC", "INDEX", "TOA"})
_HIDDEN: Final = frozenset(
    W + name
    for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "instrText", "rt")
)
_DEEPEST: Final = 9
"""The levels of headings."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One place of a file and its text with the marks of this module.

    ``kind`` is the level of a heading (0 is the title), p a paragraph, r a row, n a note, b a box, f a head or foot, d
    the description of a picture. ``spots`` say where in the text each w:p of its ``part`` begins, counted from 0.
    """

    kind: str
    text: str
    part: str = MAIN
    spots: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class WordStories:
    """The parts of a Word file that hold its text, as XML."""

    main: _Element
    styles: _Element | None = None
    notes: Mapping[str, _Element] = field(default_factory=dict)
    feet: Mapping[str, _Element] = field(default_factory=dict)
    main_name: str = MAIN

    @classmethod
    def of(cls, package: BoundedPackage) -> WordStories:
        """Return those of a package; PackageError where it is damaged."""
        main = package.main()
        beside = [(kind, name) for kind, name in package.related(main).values() if name in package.names]
        styles = next((name for kind, name in beside if kind == "styles"), None)
        return cls(
            package.tree(main),
            package.tree(styles) if styles else None,
            {name: package.tree(name) for kind, name in beside if kind in {"footnotes", "endnotes"}},
            {name: package.tree(name) for kind, name in beside if kind in {"header", "footer"}},
            main,
        )


@dataclass(frozen=True, slots=True)
class WordText:
    """What a Word file says; ``tags`` are those of the controls in our bookmarks, by the bookmarks' numbers.

    ``proposed`` tells that there are tracked changes.
    """

    places: tuple[TextPlace, ...]
    tags: Mapping[int, str]
    proposed: bool


def read_text(stories: WordStories, *, accepted: bool = False) -> WordText:
    """Return what the file says, its tracked changes refused or ``accepted``."""
    reader = _PlaceReader(_levels(stories.styles), accepted=accepted)
    body = stories.main.find(W + "body")
    reader.story(stories.main_name, stories.main, () if body is None else body, "p")
    for name, tree in stories.notes.items():
        reader.story(name, tree, (note for note in tree if note.get(W + "type") is None), "n")
    for name, tree in stories.feet.items():
        reader.story(name, tree, tree, "f")
    return WordText(tuple(reader.places), reader.tags, reader.proposed)


def unmarked(text: str) -> str:
    """Return a text without its marks."""
    return _MARKS.sub("", text)


_MARKS: Final = re.compile(f"{MARK}[0-9]*{MARKED}|[{UNMARK}{RECKONED}{UNRECKONED}]")


@dataclass(slots=True)
class _Pieces:
    """The pieces of one place: each its words, the number of its bookmark or "", and whether Word reckons it."""

    pieces: list[tuple[str, str, bool]] = field(default_factory=list)
    spots: list[tuple[int, int]] = field(default_factory=list)
    nested: list[_Element] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def add(self, words: str, name: str = "", *, reckoned: bool = False) -> None:
        if words and self.pieces and self.pieces[-1][1:] == (name, reckoned):
            self.pieces[-1] = (self.pieces[-1][0] + words, name, reckoned)
        elif words:
            self.pieces.append((words, name, reckoned))

    @property
    def text(self) -> str:
        return "".join(map(_with_marks, self.pieces))


class _PlaceReader:
    def __init__(self, levels: Mapping[str, str], *, accepted: bool) -> None:
        self.places: list[TextPlace] = []
        self.tags: dict[int, str] = {}
        self.proposed = False
        self._levels = levels
        gone = ("del", "moveFrom") if accepted else ("ins", "moveTo")
        self._gone = frozenset(W + name for name in gone)
        self._deleted_counts = not accepted
        self._fields: list[list[str]] = []
        self._open: dict[str, str] = {}
        self._part, self._kind, self._numbers = "", "p", dict[object, int]()

    def story(self, name: str, tree: _Element, blocks: object, kind: str) -> None:
        """Read the blocks of one part."""
        self._part, self._kind = name, kind
        self._numbers = {paragraph: number for number, paragraph in enumerate(tree.iter(W + "p"))}
        self._fields, self._open = [], {}
        self._blocks(blocks)

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _blocks(self, blocks: object) -> None:
        for block in blocks:  # type: ignore[attr-defined]
            if block.tag == W + "p":
                self._paragraph(block)
            elif block.tag == W + "tbl":
                self._table(block)
            elif block.tag not in _HIDDEN and not _is_contents(block):
                self._blocks(_chosen(block))

    def _paragraph(self, paragraph: _Element) -> None:
        pieces = _Pieces()
        self._gather_paragraph(paragraph, pieces)
        style = _value(paragraph, "pPr/pStyle")
        level = self._levels.get(style, "")
        kind = self._kind
        if kind == "p" and level and level != _TOC:
            kind = level
        if level != _TOC:
            self._say(kind, pieces)
        self._beside(pieces)

    def _table(self, table: _Element) -> None:
        for row in table.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl"), None) is not table or self._is_gone(row.find(W + "trPr")):
                continue
            cells = list(_cells(row))
            if len(cells) == 1:
                self._blocks(cells[0])
                continue
            pieces = _Pieces()
            for place, cell in enumerate(cells):
                pieces.add(CELL if place else "")
                for count, paragraph in enumerate(cell.iter(W + "p")):
                    pieces.add("\n" if count else "")
                    self._gather_paragraph(paragraph, pieces)
            self._say("r" if self._kind == "p" else self._kind, pieces)
            self._beside(pieces)

    def _say(self, kind: str, pieces: _Pieces) -> None:
        text = pieces.text
        if text.strip():
            self.places.append(TextPlace(kind, text, self._part, tuple(pieces.spots)))

    def _beside(self, pieces: _Pieces) -> None:
        """Read what hangs on a place: text boxes, and what pictures say to those who cannot see them."""
        for words in filter(str.strip, pieces.told):
            self.places.append(TextPlace("d", words, self._part, tuple(pieces.spots[:1])))
        kind, self._kind = self._kind, "b"
        for box in pieces.nested:
            self._blocks(box)
        self._kind = kind

    # ── what stands in a paragraph ───────────────────────────────────────────────────────────────────────────────────

    def _gather_paragraph(self, paragraph: _Element, pieces: _Pieces) -> None:
        pieces.spots.append((len(pieces.text), self._numbers.get(paragraph, -1)))
        self._gather(paragraph, pieces)
        self._open.clear()

    def _gather(self, holder: _Element, pieces: _Pieces) -> None:
        for part in holder:
            if part.tag in _HIDDEN:
                self._instruct(part)
            elif (words := _words_of(part)) is not None:
                self._add(words, pieces)
            elif part.tag in _MARKING:
                self._mark(part)
            else:
                self._enter(part, pieces)

    def _mark(self, part: _Element) -> None:
        """Note that a bookmark or a field begins or ends."""
        if part.tag == W + "fldChar":
            self._field(part)
        elif part.tag == W + "bookmarkEnd":
            self._open.pop(part.get(W + "id", ""), None)
        elif found := _OURS.fullmatch(part.get(W + "name", "")):
            self._open[part.get(W + "id", "")] = found[1]

    def _enter(self, part: _Element, pieces: _Pieces) -> None:
        """Read what a part of a paragraph holds."""
        self.proposed |= part.tag in _CHANGED
        if part.tag in self._gone:
            return
        if part.tag == W + "fldSimple":
            self._fields.append([part.get(W + "instr", ""), "separate"])
            self._gather(part, pieces)
            self._fields.pop()
        elif part.tag == W + "txbxContent":
            pieces.nested.append(part)
        elif part.tag == _DRAWN:
            pieces.told.append(part.get("descr", ""))
        else:
            if part.tag == W + "sdt" and self._open:
                self.tags.setdefault(int(list(self._open.values())[-1]), _value(part, "sdtPr/tag"))
            self._gather(_chosen(part), pieces)

    def _add(self, words: str, pieces: _Pieces) -> None:
        names = [_name_of(instruction) for instruction, _ in self._fields]
        if any(state == "begin" for _, state in self._fields) or not _CONTENTS.isdisjoint(names):
            return
        name = next(reversed(self._open.values()), "")
        pieces.add(words, name, reckoned=not name and not _RECKONED.isdisjoint(names))

    def _field(self, mark: _Element) -> None:
        match mark.get(W + "fldCharType"):
            case "begin":
                self._fields.append(["", "begin"])
            case "separate" if self._fields:
                self._fields[-1][1] = "separate"
            case "end" if self._fields:
                self._fields.pop()
            case _:
                pass

    def _instruct(self, part: _Element) -> None:
        if part.tag == W + "instrText" and self._fields:
            self._fields[-1][0] += part.text or ""
        elif part.tag == W + "pPr":
            marks = part.find(W + "rPr")
            self.proposed |= marks is not None and any(mark.tag in _CHANGED for mark in marks)

    def _is_gone(self, properties: _Element | None) -> bool:
        """Tell whether a row is not there in this reading."""
        marks = () if properties is None else [mark.tag for mark in properties]
        self.proposed |= any(mark in _CHANGED for mark in marks)
        return any(mark in self._gone for mark in marks)


_TOC: Final = "toc"
_SIGNS: Final = {
    W + "tab": CELL, W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": CELL,
}  # fmt: skip
_MARKING: Final = frozenset(W + name for name in ("bookmarkStart", "bookmarkEnd", "fldChar"))
_CHANGED: Final = frozenset(W + name for name in ("ins", "del", "moveFrom", "moveTo"))


def _with_marks(piece: tuple[str, str, bool]) -> str:
    words, name, reckoned = piece
    if name:
        return f"{MARK}{name}{MARKED}{words}{UNMARK}"
    return f"{RECKONED}{words}{UNRECKONED}" if reckoned else words


def _levels(styles: _Element | None) -> dict[str, str]:
    """Return the levels of headings by the ids of their styles, "toc" for the lines of the contents."""
    found: dict[str, str] = {}
    for style in () if styles is None else styles.iterfind(W + "style"):
        word, _, depth = _value(style, "name").casefold().partition(" ")
        if word == "title" and not depth:
            found[style.get(W + "styleId", "")] = "0"
        elif word == "heading" and depth.isdigit():
            found[style.get(W + "styleId", "")] = str(min(int(depth), _DEEPEST))
        elif word == _TOC and depth.isdigit():
            found[style.get(W + "styleId", "")] = _TOC
    return found


def _cells(row: _Element) -> Iterator[_Element]:
    for cell in row.iter(W + "tc"):
        if next(cell.iterancestors(W + "tr"), None) is row:
            yield cell


def _chosen(holder: _Element) -> _Element:
    """Return what of two forms of the same content is read: the first."""
    if holder.tag != _MC + "AlternateContent":
        return holder
    first = holder.find(_MC + "Choice")
    fallback = holder.find(_MC + "Fallback")
    return first if first is not None else holder if fallback is None else fallback


def _is_contents(block: _Element) -> bool:
    gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if block.tag == W + "sdt" else None
    return gallery is not None and gallery.get(W + "val") == "Table of Contents"


def _name_of(instruction: str) -> str:
    found = _FIELD.match(instruction)
    return found[1].upper() if found else ""


def _words_of(part: _Element) -> str | None:
    """Return the words that a part of a run is, None where it is none."""
    if part.tag in _TEXTS:
        return part.text or ""
    if part.tag == W + "sym":
        return _symbol(part.get(W + "char", ""))
    return _SIGNS.get(str(part.tag))


_TEXTS: Final = frozenset({W + "t", W + "delText", _MATH})


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _value(element: _Element, path: str) -> str:
    found = element.find("/".join(W + name for name in path.split("/")))
    return "" if found is None else found.get(W + "val", "")
