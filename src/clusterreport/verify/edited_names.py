"""Says in words where in a Word file something stands: its heading, and the paragraph, or the row and column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.ledger.word_text import CELL, RECKONED
from clusterreport.messages import message, template
from clusterreport.verify.verdicts import DocxAnchor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.ledger.word_text import TextPlace
    from clusterreport.verify.edited_numbers import MarkedText, TextAtom

_LONGEST: Final = 30
"""How many characters of a heading, a row or a column are quoted."""


_KINDS: Final = {
    "n": template("a footnote"),
    "b": template("a text box"),
    "f": template("the head or foot of the pages"),
    "d": template("the description of a picture"),
}


class PlaceNames:
    """The names of the places of one file."""

    def __init__(self, places: Sequence[TextPlace], texts: Sequence[MarkedText]) -> None:
        """Find the heading and the count of each place, and the head of each table."""
        self._places, self._texts = places, texts
        self._under: list[tuple[str, int]] = []
        self._heads: list[int] = []
        heading, count, head = "", 0, -1
        for number, (place, text) in enumerate(zip(places, texts, strict=True)):
            if place.kind.isdigit():
                heading, count = text.plain.strip(), 0
            count += place.kind == "p"
            if place.kind == "r":
                head = number if head < 0 or _count(texts[head]) != _count(text) else head
            elif place.kind != "p" or RECKONED in place.text:  # a heading, or the caption of the next table
                head = -1
            self._under.append((heading, count))
            self._heads.append(head)

    def name(self, number: int, atom: TextAtom | None = None) -> str:
        """Return the name of a place, or of the cell of a row in which ``atom`` stands."""
        heading, count = self._under[number]
        kind = self._places[number].kind
        inner = self._inner(number, kind, count, atom)
        return (
            message("{heading}, {place}", heading=_short(heading), place=inner)
            if heading and inner
            else (inner or _short(heading))
        )

    def anchor(self, number: int, atom: TextAtom | None = None) -> DocxAnchor:
        """Return where a place, or ``atom`` in it, stands among the paragraphs of its part."""
        place, text = self._places[number], self._texts[number]
        paragraph, begin = -1, 0
        start = atom.start if atom else 0
        for marked, spot in place.spots:
            offset = text.offsets[marked] if marked < len(text.offsets) else len(text.plain)
            if paragraph < 0 or offset <= start:
                paragraph, begin = spot, offset
        if atom is None or place.kind == "d":
            return DocxAnchor(place.part, max(paragraph, 0))
        return DocxAnchor(place.part, max(paragraph, 0), atom.start - begin, atom.end - begin)

    def _inner(self, number: int, kind: str, count: int, atom: TextAtom | None) -> str:
        if kind == "r":
            return self._cell(number, atom)
        if kind == "p":
            return message("paragraph {count}", count=count)
        if kind in _KINDS:
            return message(_KINDS[kind])
        return message("the heading") if self._under[number][0] else ""

    def _cell(self, number: int, atom: TextAtom | None) -> str:
        text, head = self._texts[number].plain, self._texts[self._heads[number]].plain.split(CELL)
        cells = text.split(CELL)
        row = _short(next(filter(str.strip, cells), ""))
        place = text[: atom.start].count(CELL) if atom else 0
        column = _short(head[place]) if atom and self._heads[number] != number and len(head) == len(cells) else ""
        if column:
            return message("row “{row}”, column “{column}”", row=row, column=column)
        return message("row “{row}”", row=row)


def _count(text: MarkedText) -> int:
    return text.plain.count(CELL)


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"
