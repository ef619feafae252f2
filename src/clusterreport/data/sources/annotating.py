"""Gives a workbook back with comments on cells: its own bytes, but for the parts that hold comments."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from lxml import etree

from clusterreport.data.dataset import letters_of
from clusterreport.data.sources import workbook
from clusterreport.data.sources.comment_parts import threads_in, with_boxes, with_comments
from clusterreport.data.sources.repacking import RepackError, repacked
from clusterreport.data.sources.sheet_scan import area_of
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element as Element

    from clusterreport.data.sources.grid import MergedCells
    from clusterreport.data.sources.workbook import Sheet, Workbook

    Cell = tuple[int, int]

MOST_COMMENTS: Final = 1_000
"""How many comments a sheet is given; nobody reads more, and programs that show them become slow."""
_RELATIONS: Final = "/officeDocument/2006/relationships"
_TRANSITIONAL: Final = "http://schemas.openxmlformats.org"
_STRICT: Final = "http://purl.oclc.org/ooxml"
_CONTENT_TYPES: Final = "[Content_Types].xml"
_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_BEHIND: Final = frozenset(
    {
        "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
        "AlternateContent",
    }
)  # fmt: skip
"""What stands behind the reference to the boxes of comments in a sheet (ECMA-376, 18.3.1.99, CT_Worksheet)."""


@dataclass(frozen=True, slots=True)
class AnnotatedWorkbook:
    """A workbook with comments: its bytes, how many cells have one, and those that could have none.

    ``threads`` are cells (名录!C5) with a thread of comments, beside which no other can stand; ``left_out`` is how many
    cells are beyond the most that a sheet is given.
    """

    content: bytes
    commented: int
    threads: tuple[str, ...] = ()
    left_out: int = 0


def annotated(
    content: bytes, place: str, comments: Mapping[str, Mapping[Cell, Iterable[str]]], author: str
) -> AnnotatedWorkbook:
    """Return a workbook with ``comments``: for each sheet the texts of cells by (row, position of the column from 0).

    A cell within merged ones is spoken of by the first of them. ProblemsError where the workbook cannot be read.
    """
    book = workbook.opened(content, place)
    parts = _Parts(book)
    for name, cells in comments.items():
        if cells:
            parts.comment(book.sheet(name), dict(sorted(cells.items())), author)
    if not parts.changed:
        return AnnotatedWorkbook(content, 0, tuple(parts.threads))
    try:
        packed = repacked(content, book.archive, {**parts.changed, _CONTENT_TYPES: parts.content_types()})
    except RepackError:
        raise workbook.damaged(place, message("its parts do not lie within it")) from None
    return AnnotatedWorkbook(packed, parts.commented, tuple(parts.threads), parts.left_out)


@dataclass(slots=True)
class _Parts:
    """The parts of a workbook that become others while comments are added."""

    book: Workbook
    changed: dict[str, bytes] = field(default_factory=dict)
    new_comments: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    commented: int = 0
    left_out: int = 0

    def comment(self, sheet: Sheet, cells: Mapping[Cell, Iterable[str]], author: str) -> None:
        """Add the comments of one sheet."""
        end = _end_of(self.book.part(sheet.part), self.book.place)
        nearest = dict(islice(cells.items(), MOST_COMMENTS))
        self.left_out += len(cells) - len(nearest)
        wanted = self._wanted(sheet, _at_first(nearest, end.merged))
        if not wanted:
            return
        self.commented += len(wanted)
        relations = _Relations.of(self.book, sheet, end.strict)
        said = self.book.related(sheet.part, "comments")
        tree = self.book.tree(said) if said else None
        if tree is None:
            said = self._free("xl/comments{}.xml")
            relations.add("comments", said)
            self.new_comments.append(said)
        self.changed[said], fresh = with_comments(tree, wanted, author)
        if fresh:
            self._add_boxes(sheet, {cell: wanted[cell] for cell in fresh}, relations, end)
        if relations.added:
            self.changed[relations.part] = relations.to_bytes()

    def content_types(self) -> bytes:
        """Return the list of the kinds of all parts, with those that are new."""
        tree = self.book.tree(_CONTENT_TYPES)
        if tree is None:
            raise workbook.damaged(self.book.place, message("it has no {part}", part=_CONTENT_TYPES))
        space = etree.QName(tree).namespace
        defaults = {each.get("Extension", "").lower() for each in tree.iter("{*}Default")}
        if "vml" not in defaults:
            default = etree.Element(f"{{{space}}}Default", Extension="vml", ContentType=_DRAWING_TYPE)
            tree.insert(0, default)
        for part in self.new_comments:
            etree.SubElement(tree, f"{{{space}}}Override", PartName=f"/{part}", ContentType=_COMMENTS_TYPE)
        return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)

    def _wanted(self, sheet: Sheet, cells: Mapping[Cell, Iterable[str]]) -> dict[Cell, str]:
        """Return the texts of the cells that can have one."""
        said = self.book.related(sheet.part, "comments")
        threads = threads_in(self.book.tree(said) if said else None)
        for kind, part in ((kind, part) for _, kind, part in self.book.relations(sheet.part)):
            if kind == "threadedComment" and (tree := self.book.tree(part)) is not None:
                threads |= {each.get("ref", "") for each in tree.iter("{*}threadedComment")}
        wanted: dict[Cell, str] = {}
        for cell, texts in cells.items():
            reference = f"{letters_of(cell[1])}{cell[0]}"
            if reference in threads:
                self.threads.append(f"{sheet.name}!{reference}")
            else:
                wanted[cell] = "\n".join(dict.fromkeys(texts))
        return wanted

    def _add_boxes(self, sheet: Sheet, cells: Mapping[Cell, str], relations: _Relations, end: _SheetEnd) -> None:
        """Draw the boxes of comments that are new, on the drawing that the sheet names, or on one of their own."""
        number = 1 + [each.part for each in self.book.sheets].index(sheet.part)
        drawing = relations.target(end.drawing) if end.drawing else ""
        if drawing and drawing in self.book.names:
            self.changed[drawing] = with_boxes(self.changed.get(drawing) or self.book.part(drawing), cells, number)
            return
        drawing = self._free("xl/drawings/vmlDrawing{}.vml")
        self.changed[drawing] = with_boxes(b"", cells, number)
        reference = relations.add("vmlDrawing", drawing)
        content = self.book.part(sheet.part)
        element = f'<{end.prefix}legacyDrawing xmlns:r="{relations.space}" r:id="{reference}"/>'
        self.changed[sheet.part] = content[: end.offset] + element.encode() + content[end.offset :]

    def _free(self, pattern: str) -> str:
        """Return the first name of a part that is not taken."""
        taken = {name.lower() for name in (*self.book.names, *self.changed)}
        names = map(pattern.format, range(1, len(taken) + 2))
        return next(name for name in names if name.lower() not in taken)


@dataclass(slots=True)
class _Relations:
    """What a sheet leans on, as its part of relations says it."""

    part: str
    folder: str
    space: str
    tree: Element
    added: bool = False

    @classmethod
    def of(cls, book: Workbook, sheet: Sheet, strict: bool) -> _Relations:  # noqa: FBT001 -- what its namespace says
        folder, file = posixpath.split(sheet.part)
        part = posixpath.join(folder, "_rels", f"{file}.rels")
        tree = book.tree(part)
        if tree is None:
            space = f"{_PACKAGE}/relationships"
            tree = etree.Element(f"{{{space}}}Relationships", nsmap={None: space})
        prefix = f"{_STRICT}/officeDocument/relationships" if strict else f"{_TRANSITIONAL}{_RELATIONS}"
        return cls(part, folder, prefix, tree)

    def add(self, kind: str, part: str) -> str:
        """Add a relation to ``part``, and return its id."""
        taken = {each.get("Id") for each in self.tree}
        name = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
        space = etree.QName(self.tree).namespace
        etree.SubElement(self.tree, f"{{{space}}}Relationship", Id=name, Type=f"{self.space}/{kind}", Target=f"/{part}")
        self.added = True
        return name

    def target(self, name: str) -> str:
        """Return the part that the relation ``name`` leads to, "" where there is none such."""
        found = next((each.get("Target", "") for each in self.tree if each.get("Id") == name), "")
        if not found:
            return ""
        return found.lstrip("/") if found.startswith("/") else posixpath.normpath(posixpath.join(self.folder, found))

    def to_bytes(self) -> bytes:
        """Return the part."""
        return etree.tostring(self.tree, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(slots=True)
class _SheetEnd:
    """Where in a sheet's bytes the reference to boxes belongs; the one there is; merged cells; the prefix of names."""

    offset: int = -1
    drawing: str = ""
    prefix: str = ""
    strict: bool = False
    merged: list[MergedCells] = field(default_factory=list)


def _end_of(content: bytes, place: str) -> _SheetEnd:
    """Return what of the part of a sheet is needed to add to it."""
    found, depth = _SheetEnd(), 0
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        prefix, _, local = name.rpartition(":")
        if depth == 0:
            found.prefix = f"{prefix}:" if prefix else ""
            found.strict = attributes.get(f"xmlns:{prefix}" if prefix else "xmlns", "").startswith(_STRICT)
        elif depth == 1 and local == "legacyDrawing":
            found.drawing = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
        elif depth == 1 and local in _BEHIND and found.offset < 0:
            found.offset = parser.CurrentByteIndex
        elif local == "mergeCell" and (area := area_of(attributes.get("ref", ""))):
            found.merged.append(area)
        depth += 1

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1
        if depth == 0 and found.offset < 0 and content.startswith(b"</", parser.CurrentByteIndex):
            found.offset = parser.CurrentByteIndex

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- the last piece
    except expat.ExpatError as error:
        what = message("a sheet is no XML in line {line}", line=error.lineno)
        raise workbook.damaged(place, what) from None
    if found.offset < 0:
        raise workbook.damaged(place, message("a sheet is empty in its XML"))
    return found


def _at_first(cells: Mapping[Cell, Iterable[str]], merged: Iterable[MergedCells]) -> dict[Cell, list[str]]:
    """Return the texts by the cells that are seen: those within merged ones by the first of them."""
    found: dict[Cell, list[str]] = {}
    areas = list(merged)
    for (row, column), texts in cells.items():
        inside = (area for area in areas if area.top <= row <= area.bottom and area.left <= column <= area.right)
        area = next(inside, None)
        found.setdefault((area.top, area.left) if area else (row, column), []).extend(texts)
    return found
