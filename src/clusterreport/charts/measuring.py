"""Measures and breaks texts with the very fonts that will print them; lengths in millimetres, sizes in points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.fonts.measure import ems

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.theme import Theme

POINT: Final = 25.4 / 72
"""Millimetres in a point."""

LEAST: Final = 7.5
"""The smallest size that names are printed in, in points."""

_STEP: Final = 0.5
_TOLERANCE: Final = 0.01
_EVENING: Final = 8
_NEVER_FIRST: Final = frozenset("，。、；：！？）》」』】〕”’％…—～·,.;:!?)]}%-")
_NEVER_LAST: Final = frozenset("（《「『【〔“‘([{")
_FIRST_HAN: Final = "\u2e80"


@dataclass(frozen=True, slots=True)
class Faces:
    """The two font files of a chart: one for most texts, one for the few that must stand out."""

    regular: str
    strong: str

    @classmethod
    def of(cls, theme: Theme | None) -> Faces:
        """Return the faces that ``theme`` sets charts in, those of the package's Hei without one."""
        from clusterreport.fonts import face_path

        names = ("hei", "hei_medium") if theme is None else (
            theme.faces[theme.chart_face].file, theme.faces[theme.chart_strong_face].file,
        )  # fmt: skip
        return cls(*(str(face_path(name)) for name in names))

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """Return the printed width of one line."""
        return ems(text, Path(self.strong if strong else self.regular)) * size * POINT

    def widest(self, texts: Iterable[str], size: float, *, strong: bool = False) -> float:
        """Return the width of the widest of some lines, 0 for none."""
        return max((self.width(text, size, strong=strong) for text in texts), default=0.0)

    def wrapped(self, text: str, size: float, limit: float, lines: int = 3) -> tuple[str, ...]:
        """Return ``text`` as at most ``lines`` even lines no wider than ``limit``; what is left over ends in "…"."""
        found = self._filled(text, size, limit + _TOLERANCE, lines)
        if len(found) == 1 or found[-1].endswith("…"):
            return found
        least = self.width(text, size) / len(found)
        for step in range(_EVENING):
            narrower = self._filled(text, size, least + (limit - least) * step / _EVENING, lines)
            if len(narrower) == len(found) and not narrower[-1].endswith("…"):
                return narrower
        return found

    def fits(self, text: str, size: float, limit: float) -> bool:
        """Tell whether lines of ``limit`` can hold ``text`` without parting one of its words."""
        ends = [place for place in range(1, len(text)) if _may_break(text, place)]
        pieces = (text[one:other].strip() for one, other in pairwise([0, *ends, len(text)]))
        return self.widest(pieces, size) <= limit + _TOLERANCE

    def size_for(self, texts: Iterable[str], limit: float, size: float) -> float | None:
        """Return the largest size from ``size`` down at which lines of ``limit`` hold whole words; None if none is."""
        words = tuple(texts)
        steps = int((size - LEAST) / _STEP) + 1
        sizes = (size - _STEP * step for step in range(steps))
        return next((each for each in sizes if all(self.fits(text, each, limit) for text in words)), None)

    def _filled(self, text: str, size: float, limit: float, lines: int) -> tuple[str, ...]:
        done: list[str] = []
        rest = text
        while rest and len(done) < lines:
            if self.width(rest, size) <= limit:
                return (*done, rest)
            if len(done) == lines - 1:
                return (*done, self._shortened(rest, size, limit))
            cut = self._cut(rest, size, limit)
            done.append(rest[:cut].rstrip())
            rest = rest[cut:].lstrip()
        return tuple(done) or ("",)

    def _cut(self, text: str, size: float, limit: float) -> int:
        fitting = max(self._fitting(text, size, limit), 1)
        breaks = (place for place in range(fitting, 0, -1) if _may_break(text, place))
        return next(breaks, fitting)

    def _shortened(self, text: str, size: float, limit: float) -> str:
        room = limit - self.width("…", size)
        return text[: max(self._fitting(text, size, room), 1)].rstrip() + "…"

    def _fitting(self, text: str, size: float, limit: float) -> int:
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self.width(text[:middle], size) <= limit else (low, middle - 1)
        return low


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place : place + 1]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before in " -/" or after == " " or before >= _FIRST_HAN or after >= _FIRST_HAN
