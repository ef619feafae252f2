"""The names of periods below the places of their values; where these are close, the last and every few before it."""

from __future__ import annotations

import math
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.charts.measuring import LEAST
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
_LINES: Final = 4
_TALLEST: Final = 34.0  # of a name that reads upwards; what is longer ends in "…"
_EVEN: Final = 0.01  # millimetres by which places may miss even distances


class FootNames(NamedTuple):
    """The lines below each place, their size in points, and whether they read upwards, as words too long do."""

    lines: tuple[tuple[str, ...], ...]
    size: float = TEXT
    upright: bool = False


def foot_names(names: Sequence[str], xs: Sequence[float], width: float, faces: Faces) -> FootNames:
    """Return what stands below the places ``xs`` on a canvas of ``width`` millimetres; no word of it is parted."""
    gaps = [other - one for one, other in pairwise(xs)]
    if gaps and max(gaps) - min(gaps) > _EVEN:
        return FootNames(_as_there_is_room(names, xs, faces))
    apart = (xs[-1] - xs[0]) / (len(xs) - 1) if len(xs) > 1 else width
    every = 1
    if apart < _CLOSEST:
        every = math.ceil((_ROOM * min(faces.widest(names, TEXT), _LONGEST) + 1) / apart)
    pitch, last = apart * every, len(xs) - 1
    ends = (max(2 * end, (end + pitch - 1) / _ROOM) for end in (xs[last % every], width - xs[last]))
    room = min(pitch - 1, *ends)
    shown = [name for place, name in enumerate(names) if (last - place) % every == 0]
    size = faces.size_for(shown, room, TEXT)
    if size is None and apart >= line_pitch(TEXT):
        most = min(int(apart / line_pitch(TEXT)), _LINES)
        return FootNames(tuple(faces.wrapped(name, TEXT, _TALLEST, most) for name in names), upright=True)
    size = size or LEAST
    return FootNames(
        tuple(
            faces.wrapped(name, size, room, _LINES) if (last - place) % every == 0 else ()
            for place, name in enumerate(names)
        ),
        size,
    )


def foot_height(names: Sequence[str], xs: Sequence[float], width: float, faces: Faces) -> float:
    """Return the room that the names need below the plot."""
    foot = foot_names(names, xs, width, faces)
    if foot.upright:
        return FOOT + faces.widest((words for lines in foot.lines for words in lines), foot.size) - line_pitch(TEXT)
    return FOOT + (max(map(len, foot.lines)) - 1) * line_pitch(foot.size)


def print_periods(canvas: Canvas, names: Sequence[str], xs: Sequence[float], base: float) -> None:
    """Print the names below a plot that ends at ``base``."""
    faces, soft = canvas.look.faces, canvas.look.soft
    foot = foot_names(names, xs, canvas.width, faces)
    for x, lines in zip(xs, foot.lines, strict=True):
        if foot.upright:
            canvas.upright(x, base + _BELOW / 2, lines, size=foot.size, colour=soft)
            continue
        middle = base + _BELOW + line_pitch(foot.size) * (len(lines) - 1) / 2
        half = faces.widest(lines, foot.size) / 2
        at = min(max(x, half), canvas.width - half)
        lower = sum(not line for line in lines)
        middle += lower * line_pitch(foot.size) / 2
        canvas.lines_of_text(at, middle, lines[lower:], size=foot.size, align="center", colour=soft)


def _as_there_is_room(names: Sequence[str], xs: Sequence[float], faces: Faces) -> tuple[tuple[str, ...], ...]:
    """Return the lines of names at unlike distances: the last one, and before it each that does not touch the next.

    What would touch stands a line lower, if it touches nothing there.
    """
    room = min(faces.widest(names, TEXT), _LONGEST) + 1
    ends = [inf, inf]
    rows: dict[int, int] = {}
    for place in reversed(range(len(xs))):
        row = next((row for row, end in enumerate(ends) if end - xs[place] > room), None)
        if row is not None:
            rows[place], ends[row] = row, xs[place]
    return tuple(
        (*("",) * rows[place], *faces.wrapped(name, TEXT, room, _LINES)) if place in rows else ()
        for place, name in enumerate(names)
    )
