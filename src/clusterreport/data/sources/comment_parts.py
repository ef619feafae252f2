"""The parts of a workbook that hold the comments of a sheet: their texts, and the boxes in which they are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from clusterreport.data.dataset import letters_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element as Element

    Cell = tuple[int, int]

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_VML: Final = "urn:schemas-microsoft-com:vml"
_OFFICE: Final = "urn:schemas-microsoft-com:office:office"
_EXCEL: Final = "urn:schemas-microsoft-com:office:excel"
_BOX: Final = "_x0000_t202"  # what Excel calls the kind of all such boxes
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_THREAD: Final = "tc="  # how the author of a comment is called that stands in for a thread
LONGEST: Final = 2_000
"""How many characters of a comment are written; a box is not read beyond them."""


def with_comments(tree: Element | None, texts: Mapping[Cell, str], author: str) -> tuple[bytes, frozenset[Cell]]:
    """Return the part of comments with ``texts`` added, and which cells have no comment yet, and so need a box.

    A cell that has a comment keeps it, with the text behind it.
    """
    root = etree.Element(f"{{{MAIN}}}comments", nsmap={None: MAIN}) if tree is None else tree
    space = etree.QName(root).namespace
    authors, comments = _child(root, "authors", 0), _child(root, "commentList", 1)
    there = {comment.get("ref", "").replace("$", ""): comment for comment in comments}
    number = _author(authors, author)
    added = set()
    for (row, position), text in sorted(texts.items()):
        reference = f"{letters_of(position)}{row}"
        comment = there.get(reference)
        if comment is None:
            added.add((row, position))
            comment = etree.SubElement(comments, f"{{{space}}}comment", ref=reference, authorId=str(number))
            _append(comment, text)
        else:
            _append(comment, f"\n{author}: {text}")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True), frozenset(added)


def threads_in(tree: Element | None) -> frozenset[str]:
    """Return the cells (C5) whose comment only stands in for a thread, which says so of itself."""
    if tree is None:
        return frozenset()
    authors = [author.text or "" for author in tree.iter("{*}author")]
    found = set()
    for comment in tree.iter("{*}comment"):
        place = comment.get("authorId", "")
        if place.isdecimal() and int(place) < len(authors) and authors[int(place)].startswith(_THREAD):
            found.add(comment.get("ref", "").replace("$", ""))
    return frozenset(found)


def with_boxes(drawing: bytes, cells: Mapping[Cell, str], number: int) -> bytes:
    """Return the drawing with a hidden box for the comment of each of ``cells``; b"" begins one.

    ``number`` is that of the sheet. What stands in it is kept to the byte: such drawings need not be XML.
    """
    known = [int(each) for each in re.findall(rb"_x0000_s([0-9]{1,9})\b", drawing)]
    first = max(known, default=number * _IDS_OF_SHEET) + 1
    boxes = "".join(_box(cell, text, first + place) for place, (cell, text) in enumerate(sorted(cells.items())))
    kind = "" if f'id="{_BOX}"'.encode() in drawing else _BOX_KIND
    before, end, after = drawing.rpartition(b"</")
    if not end:
        head = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
        return f'<xml xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}">{head}{kind}{boxes}</xml>'.encode()
    return before + (kind + boxes).encode() + end + after


_IDS_OF_SHEET: Final = 1024  # how many shapes a drawing numbers before the next one's numbers begin
_BOX_KIND: Final = (
    f'<v:shapetype xmlns:v="{_VML}" xmlns:o="{_OFFICE}" id="{_BOX}" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_COLUMNS_WIDE: Final = 4
_LETTERS_IN_LINE: Final = 22  # of a box, about


def _box(cell: Cell, text: str, number: int) -> str:
    row, column = cell[0] - 1, cell[1]
    lines = sum(1 + _width(line) // _LETTERS_IN_LINE for line in text.split("\n")) + 1
    anchor = (column + 1, 12, max(row - 1, 0), 8, column + 1 + _COLUMNS_WIDE, 12, max(row - 1, 0) + lines, 8)
    return (
        f'<v:shape xmlns:v="{_VML}" xmlns:o="{_OFFICE}" xmlns:x="{_EXCEL}" id="_x0000_s{number}" type="#{_BOX}" '
        'style="position:absolute;z-index:1;visibility:hidden" fillcolor="#fff4ce" o:insetmode="auto">'
        '<v:fill color2="#fff4ce"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{", ".join(map(str, anchor))}'
        f"</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>"
        "</v:shape>"
    )


def _width(line: str) -> int:
    """Return how many letters wide a line is, a Chinese sign being two."""
    return sum(1 if sign.isascii() else 2 for sign in line)


def _child(root: Element, name: str, place: int) -> Element:
    found = root.find(f"{{*}}{name}")
    if found is None:
        found = etree.Element(f"{{{etree.QName(root).namespace}}}{name}")
        root.insert(place, found)
    return found


def _author(authors: Element, name: str) -> int:
    """Return the number of an author, who is added where there is none of the name."""
    for place, author in enumerate(authors):
        if author.text == name:
            return place
    etree.SubElement(authors, f"{{{etree.QName(authors).namespace}}}author").text = name
    return len(authors) - 1


def _append(comment: Element, text: str) -> None:
    """Write ``text`` behind what a comment says."""
    space = etree.QName(comment).namespace
    holder = comment.find("{*}text")
    if holder is None:
        holder = etree.SubElement(comment, f"{{{space}}}text")
        comment.insert(0, holder)
    for plain in holder.findall("{*}t"):  # a text without runs, which may stand before them, is not shown then
        run = etree.Element(f"{{{space}}}r")
        holder.replace(plain, run)
        run.append(plain)
    runs = holder.findall("{*}r")
    run = etree.Element(f"{{{space}}}r")
    holder.insert(holder.index(runs[-1]) + 1 if runs else 0, run)
    said = etree.SubElement(run, f"{{{space}}}t")
    said.set(_SPACE, "preserve")
    safe = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    said.text = safe if len(safe) <= LONGEST else f"{safe[:LONGEST]}…"
