"""A piece of a text, its sentences, and where each character of them stands in the file."""

from __future__ import annotations

import bisect
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded
from clusterreport.factcheck.number_tokens import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_KEPT: Final = frozenset(WORDS["zh"]["kept_punctuation"])
"""A comma in common form would join two numbers."""
_HAN: Final = re.compile("[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z]{3,}")
_ENDS: Final = re.compile(f"[{re.escape(WORDS['zh']['sentence_ends'])}]")
_ENGLISH_ENDS: Final = re.compile(r"(?<=[.!?;])(?<!\bNo\.)(?<!\bFig\.)(?<!\bp\.)\s+(?=\S)")
LONGEST_CELL: Final = 60
"""How many characters the cells of a row of figures have at most; longer ones hold sentences, or lay out a page."""
LONGEST: Final = 1_000
"""How many characters of a sentence are read at once: what is longer is no sentence."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A paragraph, a cell or a note. ``place`` says where it is; ``heads`` what heads the row and column of a cell.

    ``lines`` has the places of its lines with the character at which each begins, where these are told apart;
    ``spots`` likewise has its paragraphs of a Word file.
    ``paragraph`` is the place of its w:p in ``part`` of a Word file, -1 in other files.
    """

    text: str
    place: str
    heads: str = ""
    part: str = ""
    paragraph: int = -1
    lines: tuple[tuple[int, str], ...] = ()
    spots: tuple[tuple[int, int], ...] = ()

    def place_of(self, character: int) -> str:
        """Return where a character of the text stands."""
        if not self.lines:
            return self.place
        return self.lines[max(bisect.bisect_right([start for start, _ in self.lines], character) - 1, 0)][1]

    def spot_of(self, start: int, end: int) -> tuple[int, int, int]:
        """Return in which paragraph of a Word file some characters stand, and which of its characters they are."""
        first, paragraph = next((spot for spot in reversed(self.spots) if spot[0] <= start), (0, self.paragraph))
        return paragraph, start - first, end - first


@dataclass(frozen=True, slots=True)
class SentenceRead:
    """A sentence as it is read, and for each of its characters which one of the piece it is."""

    text: str
    origins: tuple[int, ...]
    language: str

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where in the piece some characters of the sentence stand."""
        return self.origins[start], self.origins[max(end - 1, start)] + 1


def sentences(text: str) -> Iterator[SentenceRead]:
    """Yield the sentences of a piece: characters of one form, without blanks beside Chinese ones."""
    language = "en" if not _HAN.search(text) and _LATIN.search(text) else "zh"
    signs = list(_common(text))
    signs = _spaced(signs) if language == "zh" else signs
    whole = "".join(sign for sign, _ in signs)
    start = 0
    ends = _ENDS if language == "zh" else _ENGLISH_ENDS
    for end in (*(found.end() for found in ends.finditer(whole)), len(whole)):
        while start < end:
            until = min(end, start + LONGEST)
            yield SentenceRead(whole[start:until], tuple(place for _, place in signs[start:until]), language)
            start = until


def _common(text: str) -> Iterator[tuple[str, int]]:
    """Yield each character in its common form; marks of notes (①, ²) are left out."""
    for place, sign in enumerate(text):
        if sign.isspace():
            yield ("\n" if sign == "\n" else " "), place
        elif unicodedata.category(sign) not in {"No", "Cf", "Cc"}:
            for each in sign if sign in _KEPT else folded(sign):
                yield each, place


def _spaced(signs: list[tuple[str, int]]) -> list[tuple[str, int]]:
    kept: list[tuple[str, int]] = []
    for index, (sign, place) in enumerate(signs):
        if sign == " ":
            before = kept[-1][0] if kept else " "
            behind = next((each for each, _ in signs[index + 1 : index + 9] if each != " "), " ")
            if not (_is_latin(before) and _is_latin(behind)) or behind == "%":
                continue
        kept.append((sign, place))
    return kept


def _is_latin(sign: str) -> bool:
    return sign.isascii() and sign.isprintable() and sign != " "
