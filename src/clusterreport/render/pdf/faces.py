"""The faces of a theme: measures text, finds another face for a character that one lacks, and notes what none has.

What is measured is the same for all files that are set in the same faces, and kept for the next; a font belongs to one.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from clusterreport.errors import Problem
from clusterreport.fonts import face_path
from clusterreport.fonts.finding import find_face
from clusterreport.fonts.measure import measured_face
from clusterreport.inputs import Inputs
from clusterreport.messages import message, template
from clusterreport.remembered import Remembered
from clusterreport.render.pdf.cid_font import Font

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from clusterreport.fonts.measure import Glyph, MeasuredFace
    from clusterreport.theme import Theme


_ANOTHER_WAY: Final = template("Write it another way, or put a face that has it into the theme.")
_INVISIBLE: Final = template("Delete it; it is invisible, and was most likely copied from a web page.")


class Run(NamedTuple):
    """Characters that one font prints; ``width`` is a share of the em."""

    font: Font
    text: str
    width: float


class Piece(NamedTuple):
    """Characters that one face of the theme prints; ``width`` is a share of the em."""

    face: str
    text: str
    width: float


class FaceSet:
    """The faces of a theme by their names, measured; knows which face stands in for another."""

    def __init__(self, faces: Mapping[str, MeasuredFace]) -> None:
        """Take the faces in the order in which they stand in for each other."""
        self._faces = faces
        self._pieces: dict[tuple[str, str], tuple[Piece, ...]] = {}
        self._widths: dict[tuple[str, str], float] = {}

    @classmethod
    def of(cls, faces: Mapping[str, MeasuredFace]) -> FaceSet:
        """Return the set of ``faces``, the same for the same, with all that was measured of it."""
        return _SETS.made(tuple(faces.items()), lambda: cls(faces))

    def pieces(self, text: str, face: str) -> tuple[Piece, ...]:
        """Return ``text`` cut where another face has to stand in; characters that no face has are left out."""
        found = self._pieces.get((face, text))
        if found is None:
            _make_room(self._pieces)
            found = self._pieces[face, text] = tuple(self._cut(text, face))
        return found

    def width(self, text: str, face: str) -> float:
        """Return the width of ``text`` as a share of the em."""
        width = self._widths.get((face, text))
        if width is None:
            _make_room(self._widths)
            width = self._widths[face, text] = sum(piece.width for piece in self.pieces(text, face))
        return width

    def glyph(self, character: str, face: str) -> Glyph | None:
        """Return the glyph of ``character`` in ``face`` or in the face that stands in."""
        name = self._face_for(character, face)
        return self._faces[name].glyph(character) if name is not None else None

    def ink(self, character: str, face: str) -> tuple[float, float]:
        """Return where the ink of ``character`` begins and ends within its advance, as shares of the em."""
        glyph = self.glyph(character, face)
        return (glyph.left, glyph.right) if glyph is not None else (0.0, 0.0)

    def kern(self, left: str, right: str, face: str) -> float:
        """Return by how much ``right`` stands farther from ``left`` than its advance says, as a share of the em."""
        name = self._face_for(left, face)
        return self._faces[name].kern(left, right) if name is not None and name == self._face_for(right, face) else 0.0

    def has(self, character: str) -> bool:
        """Tell whether any face has ``character``."""
        return any(face.glyph(character) is not None for face in self._faces.values())

    def _cut(self, text: str, face: str) -> list[Piece]:
        pieces: list[tuple[str, str]] = []
        for character in text:
            name = self._face_for(character, face)
            if name is None:
                continue
            if pieces and pieces[-1][0] == name:
                pieces[-1] = (name, pieces[-1][1] + character)
            else:
                pieces.append((name, character))
        return [Piece(name, part, self._faces[name].width(part)) for name, part in pieces]

    def _face_for(self, character: str, face: str) -> str | None:
        if self._faces[face].glyph(character) is not None:
            return face
        return next((name for name, other in self._faces.items() if other.glyph(character) is not None), None)


_SETS: Final = Remembered[FaceSet](8)
"""The sets of faces of the last themes."""

_MOST: Final = 20_000
"""How many texts a set keeps the widths of: several briefings have fewer."""


def _make_room(kept: dict[tuple[str, str], Any]) -> None:
    if len(kept) >= _MOST:
        kept.clear()


class PdfFaces:
    """Every face that a theme names, opened for one PDF file; ``measures`` is what is known of them."""

    def __init__(
        self, theme: Theme, own: Path | None = None, system: Sequence[Path] = (), inputs: Inputs | None = None
    ) -> None:
        """Open the files of all faces; of our own only what is measured is read, others are read once by ``inputs``.

        What a face wants is looked for in the folder ``own``, then in those of ``system``.
        """
        inputs = inputs or Inputs()
        found = {
            name: find_face(face.preferred_families, own, system, inputs) if face.preferred_families else None
            for name, face in theme.faces.items()
        }
        self.substituted = tuple(
            f"{face.preferred_families[0]} → {face.file}"
            for name, face in theme.faces.items()
            if face.preferred_families and not found[name]
        )
        self._fonts = {
            name: Font(path.stem, measured_face(inputs.read(path)))
            if (path := found[name])
            else Font(face.file, measured_face(face_path(face.file)))
            for name, face in theme.faces.items()
        }
        self.measures = FaceSet.of({name: font.measured for name, font in self._fonts.items()})
        self._names = {str(face_path(face.file)): name for name, face in theme.faces.items()}
        self._runs: dict[tuple[str, str], tuple[Run, ...]] = {}
        self._missing: dict[str, str] = {}
        self._seen: set[str] = set()

    def name_of(self, path: Path | str) -> str | None:
        """Return the face whose file is ``path``, None where the theme has none such."""
        return self._names.get(str(path))

    def runs(self, text: str, face: str) -> tuple[Run, ...]:
        """Return ``text`` cut where another face has to stand in; characters that no face has are left out."""
        try:
            return self._runs[face, text]
        except KeyError:
            pieces = self.measures.pieces(text, face)
            runs = self._runs[face, text] = tuple(Run(self._fonts[name], part, width) for name, part, width in pieces)
            return runs

    def width(self, text: str, face: str) -> float:
        """Return the width of ``text`` as a share of the em."""
        return self.measures.width(text, face)

    def check(self, text: str, place: str) -> None:
        """Note every character of ``text`` that no face can print; ``place`` is where the reader would miss it."""
        for character in dict.fromkeys(text):
            if character in self._seen:
                continue
            self._seen.add(character)
            if not character.isspace() and not self.measures.has(character):
                self._missing[character] = place

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return one problem for each character that no face can print."""
        return tuple(
            Problem(
                place,
                message(
                    "no face has the character {character!r} (U+{code:04X})", character=character, code=ord(character)
                ),
                message(_INVISIBLE) if unicodedata.category(character) in {"Cc", "Cf"} else message(_ANOTHER_WAY),
                words=character,
            )
            for character, place in self._missing.items()
        )
