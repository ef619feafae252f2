"""The rows of a chart whose names stand at the left, one below the other: how high they are and where they lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.painters.canvas import TEXT, line_pitch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas

PITCH: Final = 4.8
_NAMES_SHARE: Final = 0.36
_AIR: Final = 1.5
_BLEED: Final = 0.4  # hinted glyphs on a screen are a little wider than printed ones
_THICKNESS: Final = 0.64


@dataclass(frozen=True, slots=True)
class Rows:
    """Where rows lie: the middle of each, how thick its mark may be, and where names end on the right."""

    names: tuple[tuple[str, ...], ...]
    middles: tuple[float, ...]
    thickness: float
    names_end: float


def rows_height(names: Sequence[str], width: float, faces: Faces) -> float:
    """Return the height of the rows: more for names that take several lines."""
    return sum(_pitches(_wrapped(names, width, faces)))


def names_width(names: Sequence[str], width: float, faces: Faces) -> float:
    """Return the width of the column of names."""
    wrapped = _wrapped(names, width, faces)
    return max(faces.widest(lines, TEXT, strong=True) for lines in wrapped) + _BLEED


def lay_rows(names: Sequence[str], width: float, top: float, bottom: float, faces: Faces) -> Rows:
    """Return rows that fill the height from ``top`` to ``bottom``."""
    wrapped = _wrapped(names, width, faces)
    pitches = _pitches(wrapped)
    factor = (bottom - top) / sum(pitches)
    middles, y = [], top
    for pitch in pitches:
        middles.append(y + pitch * factor / 2)
        y += pitch * factor
    return Rows(wrapped, tuple(middles), min(PITCH * factor, 6.0) * _THICKNESS, names_width(names, width, faces))


def print_names(canvas: Canvas, rows: Rows, names: Sequence[str], emphasis: Sequence[str]) -> None:
    """Print the names, right-aligned against the marks; those that are emphasised in the accent."""
    for name, lines, y in zip(names, rows.names, rows.middles, strict=True):
        chosen = name in emphasis
        colour = canvas.look.accent if chosen else None
        canvas.lines_of_text(rows.names_end, y, lines, colour=colour, align="right", strong=chosen)


def _wrapped(names: Sequence[str], width: float, faces: Faces) -> tuple[tuple[str, ...], ...]:
    return tuple(faces.wrapped(name, TEXT, width * _NAMES_SHARE) for name in names)


def _pitches(wrapped: Sequence[Sequence[str]]) -> tuple[float, ...]:
    return tuple(max(PITCH, len(lines) * line_pitch(TEXT) + _AIR) for lines in wrapped)
