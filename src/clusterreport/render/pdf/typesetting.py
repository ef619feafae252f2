"""Cuts texts and breaks them into lines, and keeps the last of what it found for all files set in the same faces.

A batch sets most of its paragraphs and cells for every city: what is made of a text depends on nothing but the text,
the look of its characters, the width and the faces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.remembered import Remembered
from clusterreport.render.pdf.atoms import Cutter
from clusterreport.render.pdf.breaking import balanced, break_lines, narrowest, natural_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.wording import Language
    from clusterreport.render.pdf.atoms import Atom, Glue, Span
    from clusterreport.render.pdf.breaking import Broken, Setting
    from clusterreport.render.pdf.faces import FaceSet

_KEPT: Final = 2048
"""How many texts are kept, broken and measured: those of several briefings, a few MiB."""


class Typesetter:
    """Sets texts of one language in one set of faces; what it returns is shared, and never changed."""

    def __init__(self, faces: FaceSet, language: Language) -> None:
        """Begin with nothing found."""
        self.faces = faces
        self._cutter = Cutter(faces, language)
        self._broken: Remembered[Broken] = Remembered(_KEPT)
        self._widths: Remembered[tuple[float, float]] = Remembered(_KEPT)

    @classmethod
    def of(cls, faces: FaceSet, language: Language) -> Typesetter:
        """Return the typesetter for ``faces``, the same for the same."""
        return _TYPESETTERS.made((faces, language), lambda: cls(faces, language))

    def cut(self, spans: Sequence[Span]) -> tuple[list[Atom], list[Glue]]:
        """Return the atoms of ``spans``, and the gap after each but the last."""
        return self._cutter.cut(spans)

    def broken(self, spans: Sequence[Span], setting: Setting, *, even: bool) -> Broken:
        """Return ``spans`` in the best lines; ``even``: of as even a length as can be."""
        texts = tuple(spans)

        def set_anew() -> Broken:
            return (balanced if even else break_lines)(*self._cutter.cut(texts), setting, self.faces)

        if any(span.note is not None for span in texts):  # as Cutter.cut does: no document may get the notes of another
            return set_anew()
        return self._broken.made((texts, setting, even), set_anew)

    def natural_width(self, spans: Sequence[Span]) -> float:
        """Return the width of ``spans`` on one line."""
        return self._measured(spans)[0]

    def least_width(self, spans: Sequence[Span]) -> float:
        """Return the width of the widest word or number in ``spans``."""
        return self._measured(spans)[1]

    def _measured(self, spans: Sequence[Span]) -> tuple[float, float]:
        key = tuple(spans)
        found = self._widths.get(key)
        if found is None:
            cut = self._cutter.cut(key)
            found = (natural_width(*cut), narrowest(*cut))
            self._widths.keep(key, found)
        return found


_TYPESETTERS: Final = Remembered[Typesetter](8)
"""The typesetters of the last themes and languages."""
