"""Reads any Word file as its paragraphs: the body, tables, notes, headers and footers, without what is struck out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.errors import UsageError
from clusterreport.factcheck.passages_read import LONGEST_CELL, TextPiece
from clusterreport.ledger.opening import BoundedPackage, EncryptedError, PackageError, parsed
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN: Final = "word/document.xml"
_DEEPEST: Final = 200
_SKIPPED: Final = frozenset({"del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "sectPr"})


def pieces_of_word(content: bytes, place: str) -> Iterator[TextPiece]:
    """Yield the paragraphs in reading order. UsageError: it is no Word file, or a damaged, encrypted or huge one."""
    package = _opened(content, place)
    if _MAIN not in package.names:
        raise _refused(place, message("it is no Word file: it has no {part}", part=_MAIN))
    for name in sorted(package.names, key=lambda name: (name != _MAIN, name)):
        if kind := _kind(name):
            tree = _tree(package, name, place)
            paragraphs = {paragraph: index for index, paragraph in enumerate(tree.iter(_W + "p"))}
            yield from _PartReader(name, kind, paragraphs).pieces(tree)


def text_of(paragraph: _Element) -> str:
    """Return what a paragraph says now: what is deleted in a tracked change is left out, what is added is not."""
    return "".join(_texts(paragraph, 0))


def _opened(content: bytes, place: str) -> BoundedPackage:
    try:
        return BoundedPackage.of(content)
    except EncryptedError:
        raise _refused(place, message("it is encrypted, or a Word file of before 2007")) from None
    except PackageError:
        raise _refused(place, message("it is no Word file, or is damaged or too large")) from None


def _kind(name: str) -> str:
    stem = name.removeprefix("word/").removesuffix(".xml") if name.startswith("word/") and name.endswith(".xml") else ""
    kind = stem.rstrip("0123456789")
    return kind if kind in {"document", "footnotes", "endnotes", "header", "footer"} else ""


def _tree(package: BoundedPackage, name: str, place: str) -> _Element:
    try:
        return parsed(package.part(name), name)
    except PackageError:
        raise _refused(place, message("it is no Word file, or is damaged or too large")) from None


def _refused(place: str, problem: str) -> UsageError:
    return UsageError(place, problem, message("Open it in Word, and save it anew as .docx without a password."))


class _PartReader:
    """Reads one part, and counts its paragraphs and tables."""

    def __init__(self, part: str, kind: str, paragraphs: dict[_Element, int]) -> None:
        self._part, self._kind, self._index = part, kind, paragraphs
        self._paragraphs = self._tables = 0

    def pieces(self, tree: _Element) -> Iterator[TextPiece]:
        """Yield what the part says."""
        yield from self._blocks(tree, 0)

    def _blocks(self, holder: _Element, depth: int) -> Iterator[TextPiece]:
        for block in holder if depth < _DEEPEST else ():
            if block.tag == _W + "p":
                yield from self._paragraph(block)
            elif block.tag == _W + "tbl":
                self._tables += 1
                yield from self._table(block, self._tables, depth)
            elif not isinstance(block.tag, str) or block.tag.removeprefix(_W) in _SKIPPED:
                continue
            else:
                yield from self._blocks(block, depth + 1)

    def _paragraph(self, paragraph: _Element) -> Iterator[TextPiece]:
        self._paragraphs += 1
        text = text_of(paragraph)
        if text.strip() and not _is_contents(paragraph):
            yield TextPiece(text, self._place(), part=self._part, paragraph=self._index[paragraph])
        for drawn in paragraph.iter(_W + "txbxContent"):
            if drawn.getparent() is not None and not _is_fallback(drawn):
                yield from self._blocks(drawn, 1)

    def _table(self, table: _Element, number: int, depth: int) -> Iterator[TextPiece]:
        heads: list[str] = []
        for row_number, row in enumerate(table.iterfind(_W + "tr"), 1):
            cells = list(row.iterfind(_W + "tc"))
            texts = ["".join(text_of(each) for each in cell.iterfind(_W + "p")).strip() for cell in cells]
            laid_out = len(cells) == 1 or any(len(text) > LONGEST_CELL for text in texts)
            for column, cell in enumerate(cells):
                place = message(
                    "table {number}, row {row}, column {column}", number=number, row=row_number, column=column + 1
                )
                head = heads[column] if column < len(heads) else ""
                heading = "" if laid_out or not column or row_number == 1 else f"{texts[0]} {head} "
                yield from self._cell(cell, place, heading)
                for inner in cell.iterfind(_W + "tbl"):
                    self._tables += 1
                    yield from self._table(inner, self._tables, depth + 1) if depth < _DEEPEST else ()
            heads = heads or texts

    def _cell(self, cell: _Element, place: str, heading: str) -> Iterator[TextPiece]:
        """Yield all that a cell says as one piece: its lines belong together."""
        text, spots = "", []
        for paragraph in cell.iterfind(_W + "p"):
            said = text_of(paragraph)
            if said.strip():
                text += " " if text else ""
                spots.append((len(text), self._index[paragraph]))
                text += said
        if text:
            yield TextPiece(text, place, heading, self._part, spots[0][1], spots=tuple(spots))

    def _place(self) -> str:
        match self._kind:
            case "footnotes" | "endnotes":
                return message("note {number}", number=max(self._paragraphs - _SEPARATORS, 1))
            case "header":
                return message("the header of the pages")
            case "footer":
                return message("the footer of the pages")
            case _:
                return message("paragraph {number}", number=self._paragraphs)


_SEPARATORS: Final = 2  # the first two notes of Word's are lines


def _texts(holder: _Element, depth: int) -> Iterator[str]:
    for part in holder if depth < _DEEPEST else ():
        if not isinstance(part.tag, str):
            continue
        match part.tag.removeprefix(_W):
            case "t":
                yield part.text or ""
            case "tab":
                yield "\t"
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "txbxContent":
                continue
            case name if name not in _SKIPPED:
                yield from _texts(part, depth + 1)
            case _:
                continue


def _is_contents(paragraph: _Element) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and str(style.get(_W + "val", "")).upper().startswith("TOC")


def _is_fallback(element: _Element) -> bool:
    return any(str(above.tag).endswith("}Fallback") for above in element.iterancestors())
