"""The faces of a theme: measures text, finds another face for a character that one lacks, and notes what none has."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.errors import Problem
from clusterreport.fonts import face_path
from clusterreport.fonts.finding import find_face
from clusterreport.inputs import Inputs
from clusterreport.messages import message, template
from clusterreport.render.pdf.cid_font import Font

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clusterreport.fonts.measure import Glyph
    from clusterreport.theme import Theme


_ANOTHER_WAY: Final = template("Write it another way, or put a face that has it into the theme.")
_INVISIBLE: Final = template("Delete it; it is invisible, and was most likely copied from a web page.")


class Run(NamedTuple):
    """Characters that one font prints; ``width`` is a share of the em."""

    font: Font
    text: str
    width: float


class PdfFaces:
    """Every face that a theme names, opened for one PDF file."""

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
            name: Font(path.stem, inputs.read(path)) if (path := found[name]) else Font(face.file, face_path(face.file))
            for name, face in theme.faces.items()
        }
        self._names = {str(face_path(face.file)): name for name, face in theme.faces.items()}
        self._runs: dict[tuple[str, str], tuple[Run, ...]] = {}
        self._widths: dict[tuple[str, str], float] = {}
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
            runs = self._runs[face, text] = tuple(self._cut(text, face))
            return runs

    def width(self, text: str, face: str) -> float:
        """Return the width of ``text`` as a share of the em."""
        try:
            return self._widths[face, text]
        except KeyError:
            width = self._widths[face, text] = sum(run.width for run in self.runs(text, face))
            return width

    def glyph(self, character: str, face: str) -> Glyph | None:
        """Return the glyph of ``character`` in ``face`` or in the face that stands in."""
        font = self._font_for(character, face)
        return font.glyph(character) if font is not None else None

    def ink(self, character: str, face: str) -> tuple[float, float]:
        """Return where the ink of ``character`` begins and ends within its advance, as shares of the em."""
        glyph = self.glyph(character, face)
        return (glyph.left, glyph.right) if glyph is not None else (0.0, 0.0)

    def kern(self, left: str, right: str, face: str) -> float:
        """Return by how much ``right`` stands farther from ``left`` than its advance says, as a share of the em."""
        font = self._font_for(left, face)
        return font.kern(left, right) if font is not None and font is self._font_for(right, face) else 0.0

    def check(self, text: str, place: str) -> None:
        """Note every character of ``text`` that no face can print; ``place`` is where the reader would miss it."""
        for character in dict.fromkeys(text):
            if character in self._seen:
                continue
            self._seen.add(character)
            if not character.isspace() and all(font.glyph(character) is None for font in self._fonts.values()):
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

    def _cut(self, text: str, face: str) -> list[Run]:
        pieces: list[tuple[Font, str]] = []
        for character in text:
            font = self._font_for(character, face)
            if font is None:
                continue
            if pieces and pieces[-1][0] is font:
                pieces[-1] = (font, pieces[-1][1] + character)
            else:
                pieces.append((font, character))
        return [Run(font, part, font.width(part)) for font, part in pieces]

    def _font_for(self, character: str, face: str) -> Font | None:
        own = self._fonts[face]
        if own.glyph(character) is not None:
            return own
        return next((font for font in self._fonts.values() if font.glyph(character) is not None), None)
