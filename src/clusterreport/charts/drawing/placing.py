"""Puts labels beside their marks so that no two collide, always in the same way for the same marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.drawing.sheet import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from clusterreport.charts.drawing.sheet import Point

    Boxes = NDArray[np.float64]

_GAP: Final = 0.5
_DIRECTIONS: Final = (
    (1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.7), (0.8, 0.7), (-0.8, -0.7), (-0.8, 0.7),
    (0.4, -0.95), (0.4, 0.95), (-0.4, -0.95), (-0.4, 0.95),
)  # fmt: skip
_REACHES: Final = (0.0, 1.2, 2.6, 4.4, 6.6)
_FAR: Final = 2.4
_CROSSING: Final = 1.5
_STRANGER: Final = 2.5
_TOUCHING: Final = 1.3
_ADJACENT: Final = 0.9
_SLACK: Final = 0.05
_ROUNDS: Final = 5
_FEW: Final = 4


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mark that wants a label of ``width`` by ``height``; the larger its ``weight``, the earlier it is served."""

    x: float
    y: float
    radius: float
    width: float
    height: float
    weight: float


def place_labels(
    anchors: Sequence[Anchor], bounds: Box, *, segments: Sequence[tuple[Point, Point]] = (), taken: Sequence[Box] = (),
) -> tuple[Box | None, ...]:  # fmt: skip
    """Return the box of each anchor's label, None where there is no room for it.

    Boxes lie within ``bounds`` and touch neither each other, nor ``taken``, nor any mark; none stands so close to a
    stranger's mark that it might be read as its name, and a line from a mark to its label crosses no other label and no
    mark but those that overlap its own. They keep off ``segments`` where they can. Greedy by weight: each label takes
    the cheapest of 60 places around its mark, near before far, right before left before above before below. Where
    a few find no room, the round is played again with them served first, and the round that leaves out the least
    weight counts.
    """
    import numpy as np

    marks = np.array([*(_square(mark) for mark in anchors), *taken], dtype=float).reshape(-1, 4)
    lines = np.array(segments, dtype=float).reshape(-1, 4)
    order = sorted(range(len(anchors)), key=lambda place: (-anchors[place].weight, place))
    rounds = []
    for number in range(_ROUNDS):
        found = _served(anchors, order, bounds, marks, lines)
        left_out = [index for index in order if found[index] is None]
        rounds.append((sum(anchors[index].weight for index in left_out), number, found))
        if not 0 < len(left_out) <= _FEW:
            break
        order = [*left_out, *(index for index in order if found[index] is not None)]
    return min(rounds)[2]


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes share more than an edge."""
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def spread(places: Sequence[float], sizes: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Return the middles of intervals of ``sizes``, moved as little as needed so that they follow without overlap.

    ``places`` are the wished middles in rising order. Where all cannot fit between ``low`` and ``high`` they are
    laid evenly over it. Pools of touching neighbours move together (the pool-adjacent-violators algorithm).
    """
    if sum(sizes) >= high - low:
        return _packed(sizes, low, (high - low) / sum(sizes))
    pools: list[tuple[float, float, int]] = []  # wished start, length, members
    for place, size in zip(places, sizes, strict=True):
        pools.append((min(max(place - size / 2, low), high - size), size, 1))
        while len(pools) > 1 and pools[-2][0] + pools[-2][1] > pools[-1][0]:
            later, earlier = pools.pop(), pools.pop()
            pools.append(_merged(earlier, later, low, high))
    middles: list[float] = []
    for start, _, members in pools:
        middles += _packed(sizes[len(middles) : len(middles) + members], start, 1.0)
    return tuple(middles)


def _merged(
    earlier: tuple[float, float, int], later: tuple[float, float, int], low: float, high: float,
) -> tuple[float, float, int]:  # fmt: skip
    members, length = earlier[2] + later[2], earlier[1] + later[1]
    wished = (earlier[0] * earlier[2] + (later[0] - earlier[1]) * later[2]) / members
    return min(max(wished, low), high - length), length, members


def _packed(sizes: Sequence[float], start: float, factor: float) -> tuple[float, ...]:
    middles = []
    for size in sizes:
        middles.append(start + size * factor / 2)
        start += size * factor
    return tuple(middles)


def _served(
    anchors: Sequence[Anchor], order: Sequence[int], bounds: Box, blocked: Boxes, lines: Boxes
) -> tuple[Box | None, ...]:
    """Give each anchor the best place that is left, one after the other in ``order``."""
    import numpy as np

    marks = blocked[: len(anchors)]
    found: list[Box | None] = [None] * len(anchors)
    for index in order:
        box = _best(anchors[index], bounds, blocked, np.delete(marks, index, axis=0), lines)
        if box is not None:
            found[index] = box
            blocked = np.vstack([blocked, box])
    return tuple(found)


def _square(mark: Anchor) -> Box:
    return Box(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)


def _best(anchor: Anchor, bounds: Box, blocked: Boxes, others: Boxes, lines: Boxes) -> Box | None:
    """Return the cheapest box: of the nearest places, unless one further off may be cheaper still."""
    boxes, costs = _candidates(anchor)
    near = len(_DIRECTIONS)
    found = _cheapest(anchor, boxes[:near], costs[:near], bounds, blocked, others, lines)
    if found is None or found[1] > costs[near]:
        found = _cheapest(anchor, boxes, costs, bounds, blocked, others, lines)
    return None if found is None else found[0]


def _cheapest(  # noqa: PLR0913, PLR0917 -- one candidate after another is ruled out by each of these
    anchor: Anchor, boxes: Boxes, costs: Boxes, bounds: Box, blocked: Boxes, others: Boxes, lines: Boxes,
) -> tuple[Box, float] | None:  # fmt: skip
    import numpy as np

    inside = (boxes[:, :2] >= (bounds.left, bounds.top)).all(1) & (boxes[:, 2:] <= (bounds.right, bounds.bottom)).all(1)
    free = np.flatnonzero(inside)
    free = free[~_overlaps(boxes[free], blocked).any(1)]
    near, nearer = _strangers(anchor, boxes[free], others)
    free, nearer = free[~near], nearer[~near]
    apart = ~_overlaps(np.array([_square(anchor)]), others)[0]
    hidden = np.vstack([others[apart], blocked[len(others) + 1 :]])
    clear = (costs[free] < _FAR) | ~_crossings(hidden, _leaders(anchor, boxes[free])).any(0)
    free, nearer = free[clear], nearer[clear]
    if not len(free):
        return None
    total = costs[free] + _STRANGER * nearer + _CROSSING * _crossings(boxes[free], lines).sum(1)
    best = total.argmin()
    return Box(*(float(edge) for edge in boxes[free[best]])), float(total[best])


def _candidates(anchor: Anchor) -> tuple[Boxes, Boxes]:
    import numpy as np

    half_width, half_height = anchor.width / 2, anchor.height / 2
    boxes, costs = [], []
    for reach in _REACHES:
        for rank, (dx, dy) in enumerate(_DIRECTIONS):
            away = anchor.radius + _GAP + reach
            x, y = anchor.x + dx * (away + half_width), anchor.y + dy * (away + half_height)
            boxes.append((x - half_width, y - half_height, x + half_width, y + half_height))
            costs.append(reach * _FAR + rank * 0.19)
    return np.array(boxes), np.array(costs)


def _overlaps(boxes: Boxes, others: Boxes) -> NDArray[np.bool_]:
    a, b = boxes[:, None, :], others[None, :, :]
    apart = (a[..., 2] <= b[..., 0]) | (b[..., 2] <= a[..., 0]) | (a[..., 3] <= b[..., 1]) | (b[..., 3] <= a[..., 1])
    overlapping: NDArray[np.bool_] = ~apart
    return overlapping


def _strangers(anchor: Anchor, boxes: Boxes, marks: Boxes) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which boxes might be read as the name of another mark, and which are nearer to another than to their own."""
    import numpy as np

    gaps = np.maximum(boxes[:, None, :2] - marks[None, :, 2:], marks[None, :, :2] - boxes[:, None, 2:]).clip(0)
    distances = np.hypot(gaps[..., 0], gaps[..., 1])
    own = np.array(_square(anchor))
    mine = np.hypot(*np.maximum(boxes[:, :2] - own[2:], own[:2] - boxes[:, 2:]).clip(0).T)[:, None]
    nearer = distances < mine - _SLACK
    return (nearer & (distances < _TOUCHING) & (mine > _ADJACENT)).any(1), nearer.any(1)


def _leaders(anchor: Anchor, boxes: Boxes) -> Boxes:
    """Return the lines from the middle of a mark to the nearest points of boxes."""
    import numpy as np

    ends = np.clip((anchor.x, anchor.y), boxes[:, :2], boxes[:, 2:])
    return np.hstack([np.broadcast_to((anchor.x, anchor.y), ends.shape), ends])


def _crossings(boxes: Boxes, lines: Boxes) -> NDArray[np.bool_]:
    """Tell for each box which segments pass through it: Liang and Barsky's clipping, for all pairs at once."""
    import numpy as np

    start, move = lines[None, :, :2], lines[None, :, 2:] - lines[None, :, :2]
    move = np.where(np.abs(move) < 1e-9, 1e-9, move)  # noqa: PLR2004 -- a parallel line enters at infinity either way
    first, second = (boxes[:, None, :2] - start) / move, (boxes[:, None, 2:] - start) / move
    enters = np.minimum(first, second).max(2)
    leaves = np.maximum(first, second).min(2)
    crossing: NDArray[np.bool_] = (enters < leaves) & (leaves > 0) & (enters < 1)
    return crossing
