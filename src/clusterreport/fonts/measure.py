"""Measures text with the very faces that print it: advances, ink and kerning, as shares of the em."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

import uharfbuzz as hb

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TWO_EM_DASH: Final = "⸺"
SOFT_HYPHEN: Final = "\u00ad"
"""The hyphen of a parted word: it is printed, but read as none of the word's own (ISO 32000-1, 14.8.2.2.3)."""
_DASHES: Final = "——"
_KERNED: Final = re.compile(r"[A-Za-z\u00c0-\u024f.,:;!?()/'’-]{2}")
"""Pairs that stand nearer or farther than their advances say: letters and the marks among them.

Figures are left as they are, since columns of them must stand below each other.
"""
_PAIRS_ONLY: Final = {"kern": True, "liga": False, "clig": False, "calt": False}
_LOOKALIKES: Final = {"\u00a0": 0x20, SOFT_HYPHEN: 0x2D}


class Glyph(NamedTuple):
    """A glyph of a face: its number, and its measures as shares of the em; ``left`` to ``high`` is its ink."""

    number: int
    advance: float
    left: float
    right: float
    low: float
    high: float


class MeasuredFace:
    """A TrueType file, opened; what was measured once is kept."""

    def __init__(self, file: Path | bytes) -> None:
        """Open a file; of a path only the parts that are asked for are read, and the file must not change.

        Of a file that somebody may replace, give the bytes.
        """
        self.face = hb.Face(hb.Blob(file) if isinstance(file, bytes) else hb.Blob.from_file_path(str(file)))
        self.em = float(self.face.upem)
        self._font = hb.Font(self.face)
        self._glyphs: dict[str, Glyph | None] = {}
        self._kerns: dict[str, float] = {}

    def glyph(self, character: str) -> Glyph | None:
        """Return the glyph of one character, None where the face has none."""
        try:
            return self._glyphs[character]
        except KeyError:
            glyph = self._glyphs[character] = self._measured(character)
            return glyph

    def units(self, text: str) -> Iterable[tuple[str, Glyph]]:
        """Yield the printed units of ``text``: characters, but a Chinese dash (two signs) as one unbroken stroke."""
        long_dash = self.glyph(TWO_EM_DASH) if _DASHES in text else None
        if long_dash is None:
            return [(character, glyph) for character in text if (glyph := self.glyph(character)) is not None]
        parts = [part for piece in text.split(_DASHES) for part in (*piece, _DASHES)][:-1]
        pairs = ((part, long_dash if part == _DASHES else self.glyph(part)) for part in parts)
        return [(part, glyph) for part, glyph in pairs if glyph is not None]

    def width(self, text: str) -> float:
        """Return how broad ``text`` is, as a share of the em; a character that the face lacks has no width."""
        advances = sum(glyph.advance for _, glyph in self.units(text))
        return advances + sum(self.kern(*pair) for pair in pairwise(text)) if _KERNED.search(text) else advances

    def kern(self, left: str, right: str) -> float:
        """Return by how much ``right`` stands farther from ``left`` than its advance says: less than 0 where nearer."""
        pair = left + right
        try:
            return self._kerns[pair]
        except KeyError:
            kern = self._kerns[pair] = self._shaped(pair) if _KERNED.fullmatch(pair) else 0.0
            return kern

    def advance(self, number: int) -> float:
        """Return the advance of the glyph ``number``, as a share of the em."""
        advance: int = self._font.get_glyph_h_advance(number)
        return advance / self.em

    def _measured(self, character: str) -> Glyph | None:
        number = self._font.get_nominal_glyph(_LOOKALIKES.get(character, ord(character)))
        if not number:
            return None
        box = self._font.get_glyph_extents(number)
        em = self.em
        left, high = box.x_bearing / em, box.y_bearing / em
        return Glyph(number, self.advance(number), left, left + box.width / em, high + box.height / em, high)

    def _shaped(self, pair: str) -> float:
        """Return the kerning of a pair, to a thousandth of an em, as a PDF says it."""
        glyphs = [self.glyph(character) for character in pair]
        if None in glyphs:
            return 0.0
        line = hb.Buffer()
        line.add_str(pair)
        line.guess_segment_properties()
        hb.shape(self._font, line, _PAIRS_ONLY)
        advance: float = sum(position.x_advance for position in line.glyph_positions) / self.em
        return round(advance - sum(glyph.advance for glyph in glyphs if glyph is not None), 3)


@lru_cache(maxsize=8192)
def ems(text: str, file: Path) -> float:
    """Return the width of ``text`` on one line as a share of the em, in a face that ships with the program.

    A character that the face lacks counts a whole em: another face prints it, hardly wider. Where a house's own face
    stands in for this one, that may be a little wider or narrower.
    """
    face = measured_face(file)
    return face.width(text) + sum(face.glyph(character) is None for character in text)


@lru_cache(maxsize=16)
def measured_face(file: Path | bytes) -> MeasuredFace:
    """Return a face that ships with the program, or one by its bytes; a process opens and measures each but once."""
    return MeasuredFace(file)
