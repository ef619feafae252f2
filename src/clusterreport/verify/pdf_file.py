"""Reads a tagged PDF as a screen reader does: along its structure, each piece with the page on which it begins."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.verify.passages import DEEPEST, REMEDY, Passage
from clusterreport.verify.pdf_pages import UNTAGGED, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.verify.passages import Kind
    from clusterreport.verify.pdf_pages import Shown, Texts

_SOFT_HYPHEN: Final = "\u00ad"
_HEADINGS: Final = {f"H{level + 1}": min(level, DEEPEST) for level in range(6)}
_ALONE: Final = frozenset({*_HEADINGS, "P", "Caption", "TD", "TH", "Note", "TOCI", "Lbl", "Figure"})
"""Elements that are read as a piece of their own, wherever they stand."""
_KINDS: Final[dict[str, Kind]] = {
    "Caption": "caption", "TD": "cell", "TH": "cell", "Note": "footnote", "TOCI": "contents",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PdfFile:
    """What a PDF says; ``drawings`` has the texts of each figure in the order in which they are drawn.

    ``untagged`` has the texts of each page that belong to no element of the structure, ``pages`` all that it prints.
    """

    passages: tuple[Passage, ...]
    drawings: tuple[tuple[Shown, ...], ...]
    untagged: tuple[tuple[str, ...], ...]
    attached: dict[str, bytes]
    pages: tuple[str, ...] = ()


def read_pdf_file(content: bytes) -> PdfFile:
    """Return what the file says along its structure, a footnote behind the piece that marks it.

    Raises ProblemsError where the file is no PDF, or a broken one.
    """
    try:
        return _read(content)
    except (pikepdf.PdfError, KeyError, ValueError) as error:
        raise ProblemsError(
            [Problem(message("the PDF"), message("it cannot be read back: {error}", error=error), message(REMEDY))]
        ) from None


def _read(content: bytes) -> PdfFile:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        reader = _PdfReader(pdf)
        root = pdf.Root.get("/StructTreeRoot")
        passages = () if root is None else tuple(reader.pieces(root))
        attached = {name: bytes(pdf.attachments[name].get_file().read_bytes()) for name in pdf.attachments}
    return PdfFile(passages, tuple(reader.drawings), tuple(reader.untagged()), attached, tuple(reader.pages()))


@dataclass(slots=True)
class _Words:
    """What belongs to one piece: its texts, where it begins, and the elements within that are pieces of their own."""

    texts: list[Shown] = field(default_factory=list)
    page: int = 0
    inner: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(shown.text for shown in self.texts)


class _PdfReader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.drawings: list[tuple[Shown, ...]] = []
        fonts: dict[tuple[int, int], dict[bytes, str]] = {}
        self._texts: list[Texts] = [texts_of(page, fonts) for page in pdf.pages]
        self._pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        self._read: set[tuple[int, int]] = set()

    def pieces(self, element: Any, marker: str = "", place: int = 0) -> Iterator[Passage]:  # noqa: ANN401 -- pikepdf's objects
        """Yield what an element and those within it say; ``place`` is that of a cell in its row."""
        tag = str(element.get("/S")).removeprefix("/")
        if tag not in _ALONE:
            yield from self._within(element, tag, marker)
            return
        words = _Words()
        self._gather(element, words)
        if tag == "Figure":
            yield from self._inner(words, marker)
            self.drawings.append(tuple(words.texts))
            yield Passage("picture", str(element.get("/Alt", "")), page=words.page, picture=len(self.drawings) - 1)
            return
        text = words.text.replace(_SOFT_HYPHEN, "")
        kind: Kind = "heading" if tag in _HEADINGS else _KINDS.get(tag, "text")
        if text.strip() or kind == "cell":
            yield Passage(kind, text, _HEADINGS.get(tag, place), marker, page=words.page)
        yield from self._inner(words, "")

    def untagged(self) -> Iterator[tuple[str, ...]]:
        """Yield for each page what it prints and no element owns."""
        for page, texts in enumerate(self._texts):
            unread = [mark for mark in texts if mark == UNTAGGED or (page, mark) not in self._read]
            yield tuple(shown.text for mark in unread for shown in texts[mark])

    def pages(self) -> Iterator[str]:
        """Yield all characters that each page prints, in the order of the file."""
        for texts in self._texts:
            yield "".join(shown.text for mark in texts.values() for shown in mark).replace(_SOFT_HYPHEN, "")

    def _within(self, element: Any, tag: str, marker: str) -> Iterator[Passage]:  # noqa: ANN401 -- as above
        """Yield the pieces of an element that only holds others; the label of an item goes with its first piece."""
        for place, child in enumerate(_children(element), 1):
            if tag == "LI" and child.get("/S") == "/Lbl":
                words = _Words()
                self._gather(child, words)
                marker = words.text.strip()
                continue
            if "/S" not in child:
                continue
            for piece in self.pieces(child, marker, place if tag == "TR" else 0):
                yield piece
                marker = ""

    def _inner(self, words: _Words, marker: str) -> Iterator[Passage]:
        for element in words.inner:
            yield from self.pieces(element, marker)

    def _gather(self, element: Any, words: _Words) -> None:  # noqa: ANN401 -- as above
        own = element.get("/Pg")
        for child in _children(element, own):
            if "/MCID" in child:
                page, mark = self._pages[child.get("/Pg", own).objgen], int(child.MCID)
                self._read.add((page, mark))
                words.page = words.page or page + 1
                words.texts += self._texts[page].get(mark, [])
            elif "/S" in child:
                if str(child.S).removeprefix("/") in _ALONE:
                    words.inner.append(child)
                else:
                    self._gather(child, words)


def _children(element: Any, page: Any = None) -> list[Any]:  # noqa: ANN401 -- as above
    """Return the children of an element; a bare number is marked content on the element's own page."""
    kids = element.get("/K", [])
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [
        kid if isinstance(kid, pikepdf.Dictionary) else pikepdf.Dictionary(MCID=int(kid), Pg=page) for kid in listed
    ]
