"""The names of periods below the places of their values; where these are close, the last and every few before it."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from clusterreport.charts.painters.canvas import TEXT, line_pitch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas

FOOT: Final = 6.5
"""Room for one line of names below the plot, in millimetres."""

_CLOSEST: Final = 9.0
_LONGEST: Final = 14.0
_ROOM: Final = 1.5  # a name at the edge of the canvas is moved inwards by half of its width at most
_BELOW: Final = 3.4
_LINES: Final = 2
_EVEN: Final = 0.01  # millimetres by which places may miss even distances


def names_in_lines(
    names: Sequence[str], xs: Sequence[float], width: float, faces: Faces
) -> tuple[tuple[str, ...], ...]:
    """Return the lines below each of the places ``xs`` on a canvas of ``width`` millimetres."""
    gaps = [other - one for one, other in pairwise(xs)]
    if gaps and max(gaps) - min(gaps) > _EVEN:
        return _as_there_is_room(names, xs, faces)
    apart = (xs[-1] - xs[0]) / (len(xs) - 1) if len(xs) > 1 else width
    every = 1
    if apart < _CLOSEST:
        every = math.ceil((_ROOM * min(faces.widest(names, TEXT), _LONGEST) + 1) / apart)
    pitch, last = apart * every, len(xs) - 1
    ends = (max(2 * end, (end + pitch - 1) / _ROOM) for end in (xs[last % every], width - xs[last]))
    room = min(pitch - 1, *ends)
    return tuple(
        faces.wrapped(name, TEXT, room, _LINES) if (last - place) % every == 0 else ()
        for place, name in enumerate(names)
    )


def foot_height(names: Sequence[str], xs: Sequence[float], width: float, faces: Faces) -> float:
    """Return the room that the names need below the plot."""
    return FOOT + (max(map(len, names_in_lines(names, xs, width, faces))) - 1) * line_pitch(TEXT)


def print_periods(canvas: Canvas, names: Sequence[str], xs: Sequence[float], base: float) -> None:
    """Print the names below a plot that ends at ``base``."""
    for x, lines in zip(xs, names_in_lines(names, xs, canvas.width, canvas.look.faces), strict=True):
        middle = base + _BELOW + line_pitch(TEXT) * (len(lines) - 1) / 2
        half = canvas.look.faces.widest(lines, TEXT) / 2
        canvas.lines_of_text(
            min(max(x, half), canvas.width - half), middle, lines, align="center", colour=canvas.look.soft
        )


def _as_there_is_room(names: Sequence[str], xs: Sequence[float], faces: Faces) -> tuple[tuple[str, ...], ...]:
    """Return the lines of names at unlike distances: the last one, and before it each that does not touch the next."""
    room = min(faces.widest(names, TEXT), _LONGEST) + 1
    kept = [len(xs) - 1]
    for place in reversed(range(len(xs) - 1)):
        if xs[kept[-1]] - xs[place] > room:
            kept.append(place)
    return tuple(faces.wrapped(name, TEXT, room, _LINES) if place in kept else () for place, name in enumerate(names))
