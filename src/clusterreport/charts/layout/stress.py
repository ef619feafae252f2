"""Lays out a network by stress majorization: tied points near each other, its parts beside one another."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Edge = tuple[int, int]

_ROUNDS: Final = 120
_STEPS: Final = 60
_STILL: Final = 1e-4
_ROUND: Final = 0.1


class Part(NamedTuple):
    """A connected part of a network: its points, and where they lie around (0, 0), in lengths of a tie."""

    members: tuple[int, ...]
    places: Floats


def connected_parts(count: int, edges: Sequence[Edge]) -> tuple[tuple[int, ...], ...]:
    """Return the connected parts of points 0 … count-1, the largest first, each in rising order."""
    neighbours = neighbours_of(count, edges)
    seen: set[int] = set()
    parts = []
    for start in range(count):
        if start in seen:
            continue
        part, waiting = {start}, [start]
        while waiting:
            for other in neighbours[waiting.pop()] - part:
                part.add(other)
                waiting.append(other)
        seen |= part
        parts.append(tuple(sorted(part)))
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def neighbours_of(count: int, edges: Sequence[Edge]) -> tuple[set[int], ...]:
    """Return the neighbours of each point."""
    found: tuple[set[int], ...] = tuple(set() for _ in range(count))
    for one, other in edges:
        found[one].add(other)
        found[other].add(one)
    return found


@lru_cache(maxsize=256)
def lay_part(members: tuple[int, ...], edges: tuple[Edge, ...]) -> Part:
    """Return places in which distances are as near as can be to the number of ties between points.

    Stress majorization (Gansner, Koren, North 2004, Graph Drawing, LNCS 3383, 239-250) from a circle: nothing is left
    to chance. Then the part is turned so that it lies as wide as can be.
    """
    import numpy as np

    count = len(members)
    if count == 1:
        return Part(tuple(members), np.zeros((1, 2)))
    distances = _distances(members, edges)
    angles = 2 * np.pi * (np.arange(count) + (0 if count % 2 else 0.5)) / count - np.pi / 2
    places = np.column_stack([np.cos(angles), np.sin(angles)]) * max(count / 6, 0.6)
    weights = np.where(distances > 0, np.maximum(distances, 1e-9) ** -2, 0.0)
    laplacian = np.diag(weights.sum(1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / count) - 1.0 / count
    for _ in range(_ROUNDS):
        before = places
        places = inverse @ (_pull(places, distances, weights) @ places)
        if np.abs(places - before).max() < _STILL:
            break
    return Part(tuple(members), _turned(places).round(3))


def push_apart(places: Floats, radii: Floats, gap: float, room: tuple[float, float]) -> Floats:
    """Return places between (0, 0) and ``room`` where discs, each with ``gap`` around it, hardly ever overlap."""
    import numpy as np

    places = places.copy()
    edges = radii[:, None] + gap / 2
    places = places.clip(edges, np.array(room) - edges)
    needed = radii[:, None] + radii[None, :] + gap
    for _ in range(_STEPS):
        offsets = places[:, None, :] - places[None, :, :]
        lengths = np.sqrt((offsets**2).sum(2))
        np.fill_diagonal(lengths, np.inf)
        short = np.maximum(needed - lengths, 0)
        if not short.any():
            break
        directions = offsets / np.maximum(lengths, 1e-6)[..., None]
        places += (directions * short[..., None] * 0.5).sum(1)
        places = places.clip(edges, np.array(room) - edges)
    rounded: Floats = places.round(3)
    return rounded


def _distances(members: Sequence[int], edges: Sequence[Edge]) -> Floats:
    import numpy as np

    index = {member: place for place, member in enumerate(members)}
    inner = [(index[one], index[other]) for one, other in edges if one in index and other in index]
    neighbours = neighbours_of(len(members), inner)
    distances = np.zeros((len(members), len(members)))
    for start in range(len(members)):
        reached, front, steps = {start}, {start}, 0
        while front:
            steps += 1
            front = {other for place in front for other in neighbours[place]} - reached
            reached |= front
            distances[start, list(front)] = steps
    return distances


def _pull(places: Floats, distances: Floats, weights: Floats) -> Floats:
    import numpy as np

    lengths = np.sqrt(((places[:, None, :] - places[None, :, :]) ** 2).sum(2))
    pull: Floats = -weights * distances / np.maximum(lengths, 1e-9)
    np.fill_diagonal(pull, 0.0)
    np.fill_diagonal(pull, -pull.sum(1))
    return pull


def _turned(places: Floats) -> Floats:
    """Return places around (0, 0), turned along their longest direction; round ones stand as they are, base down."""
    import numpy as np

    centred: Floats = places - places.mean(0)
    (xx, xy), (_, yy) = centred.T @ centred
    if np.hypot(2 * xy, xx - yy) < _ROUND * (xx + yy):
        return centred
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned: Floats = centred @ turn
    return turned
