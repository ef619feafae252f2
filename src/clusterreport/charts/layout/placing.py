"""Puts labels beside their marks so that no two collide, always in the same way for the same marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.layout.geometry import Box
from clusterreport.remembered import Remembered

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from clusterreport.charts.layout.geometry import Point

    Boxes = NDArray[np.float64]
    Places = NDArray[np.intp]
    _Choice = tuple[list[float], bool]  # a place for a label, and whether a line has to tie it to its mark
    _Shape = tuple[float, float, float, float, float]  # all of an anchor but its weight

_GAP: Final = 0.5
_FAR: Final = 2.4
_CROSSING: Final = 1.5
_STRANGER: Final = 2.5
_TOUCHING: Final = 1.3
_ADJACENT: Final = 0.9
_SLACK: Final = 0.05
_ROUNDS: Final = 5
_FEW: Final = 4
_RANK: Final = 0.19
_PARALLEL: Final = 1e-9  # a parallel line enters at infinity whichever way it goes


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a label may stand: on which sides of its mark (right, down), and how many millimetres off it."""

    directions: tuple[tuple[float, float], ...]
    reaches: tuple[float, ...]


_SIDES: Final = ((1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0))
_CORNERS: Final = (
    (0.8, -0.7), (0.8, 0.7), (-0.8, -0.7), (-0.8, 0.7), (0.4, -0.95), (0.4, 0.95), (-0.4, -0.95), (-0.4, 0.95),
)  # fmt: skip
ANYWHERE: Final = Grid((*_SIDES, *_CORNERS), (0.0, 1.2, 2.6, 4.4, 6.6))
BESIDE: Final = Grid(_SIDES, (0.0,))
"""Right, left, above, below, and close by: where a program that draws no lines to labels can put them."""


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
    grid: Grid | None = None,
) -> tuple[Box | None, ...]:  # fmt: skip
    """Return the box of each anchor's label, None where there is no room for it.

    Boxes lie within ``bounds`` and touch neither each other, nor ``taken``, nor any mark; none stands so close to a
    stranger's mark that it might be read as its name, and a line from a mark to its label crosses no other label and no
    mark but those that overlap its own. They keep off ``segments`` where they can. Greedy by weight: each label takes
    the cheapest place of ``grid`` (60 places unless it is given), near before far, right before left before above
    before below. Where a few find no room, the round is played again with them served first, and the round that leaves
    out the least weight counts.
    """
    choices = _choices_among(anchors, bounds, segments, taken, grid or ANYWHERE)
    order = sorted(range(len(anchors)), key=lambda place: (-anchors[place].weight, place))
    rounds = []
    for number in range(_ROUNDS):
        found = _served(anchors, order, choices)
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
    anchors: Sequence[Anchor], order: Sequence[int], choices: Sequence[Sequence[_Choice]]
) -> tuple[Box | None, ...]:
    """Give each anchor the cheapest place that the labels before it have left, one after the other in ``order``."""
    found: list[Box | None] = [None] * len(anchors)
    placed: list[Box] = []
    for index in order:
        middle = (anchors[index].x, anchors[index].y)
        for edges, tied in choices[index]:
            box = Box(*edges)
            if any(overlap(box, label) for label in placed):
                continue
            if tied and any(_crosses(middle, _nearest(box, middle), label) for label in placed):
                continue
            found[index] = box
            placed.append(box)
            break
    return tuple(found)


def _nearest(box: Box, point: Point) -> Point:
    """Return the point of ``box`` that is nearest to ``point``."""
    return min(max(point[0], box.left), box.right), min(max(point[1], box.top), box.bottom)


def _crosses(start: Point, end: Point, box: Box) -> bool:
    """Tell whether the line from ``start`` to ``end`` passes through ``box``: Liang and Barsky's clipping."""
    dx, dy = end[0] - start[0] or _PARALLEL, end[1] - start[1] or _PARALLEL
    left, right = (box.left - start[0]) / dx, (box.right - start[0]) / dx
    top, bottom = (box.top - start[1]) / dy, (box.bottom - start[1]) / dy
    enters, leaves = max(min(left, right), min(top, bottom)), min(max(left, right), max(top, bottom))
    return enters < leaves and leaves > 0 and enters < 1


def _choices_among(
    anchors: Sequence[Anchor], bounds: Box, segments: Sequence[tuple[Point, Point]], taken: Sequence[Box], grid: Grid
) -> list[list[_Choice]]:
    """Return the places that each anchor may have, the cheapest first, as far as marks and segments decide it.

    They depend on its own label and on all marks, not on other labels: where a chart is drawn for one city after the
    other, each in the accent in its own, all but those of the one are known.
    """
    marks = tuple(_square(anchor) for anchor in anchors)
    known = _CHOICES.made((marks, bounds, tuple(segments), tuple(taken), grid), dict)
    shapes = [(anchor.x, anchor.y, anchor.radius, anchor.width, anchor.height) for anchor in anchors]
    fresh = {shape: anchor for shape, anchor in zip(shapes, anchors, strict=True) if shape not in known}
    if fresh:
        found = _choices([*fresh.values()], marks, bounds, segments, taken, grid)
        known.update(zip(fresh, found, strict=True))
    return [known[shape] for shape in shapes]


_CHOICES: Final = Remembered["dict[_Shape, list[_Choice]]"](8)
"""What was found among the last sets of marks."""


def _choices(  # noqa: PLR0913, PLR0917 -- what surrounds an anchor
    anchors: Sequence[Anchor], squares: Sequence[Box], bounds: Box, segments: Sequence[tuple[Point, Point]],
    taken: Sequence[Box], grid: Grid,
) -> list[list[_Choice]]:  # fmt: skip
    """Return the places that each of ``anchors`` may have among the ``squares`` of all marks, its own too."""
    import numpy as np

    marks = np.array(squares, dtype=float)
    own = np.array([squares.index(_square(anchor)) for anchor in anchors])
    fixed = np.array(taken, dtype=float).reshape(-1, 4)
    lines = np.array(segments, dtype=float).reshape(-1, 4)
    middles = np.array([(anchor.x, anchor.y) for anchor in anchors])
    boxes, costs = _candidates(anchors, grid)
    owners, places = np.nonzero(_free(boxes, np.vstack([marks, fixed]), bounds))
    boxes, costs = boxes[owners, places], costs[places]
    mistaken, nearer = _strangers(boxes, own[owners], marks)
    far = costs >= _FAR
    leaders = _leaders(middles[owners], boxes)
    leader, mark = _crossings(leaders, np.vstack([marks, fixed]))
    # A line to a label may cross its own mark and those that overlap it.
    apart = np.hstack([~_overlaps(marks, marks), np.ones((len(marks), len(fixed)), dtype=bool)])
    hidden = np.bincount(leader[apart[own[owners[leader]], mark]], minlength=len(boxes)) > 0
    crossed = np.bincount(_crossings(lines, boxes)[1], minlength=len(boxes))
    total = costs + _STRANGER * nearer + _CROSSING * crossed
    ranked = np.argsort(total, kind="stable")
    ranked = ranked[~(mistaken | far & hidden)[ranked]]
    choices: list[list[_Choice]] = [[] for _ in anchors]
    for owner, box, tied in zip(owners[ranked].tolist(), boxes[ranked].tolist(), far[ranked].tolist(), strict=True):
        choices[owner].append((box, tied))
    return choices


def _square(mark: Anchor) -> Box:
    return Box(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)


def _candidates(anchors: Sequence[Anchor], grid: Grid) -> tuple[Boxes, Boxes]:
    """Return the places of ``grid`` for each anchor's label, and what each place costs."""
    import numpy as np

    directions = np.array(grid.directions * len(grid.reaches))
    reaches = np.repeat(grid.reaches, len(grid.directions))
    costs = reaches * _FAR + np.tile(np.arange(len(grid.directions)) * _RANK, len(grid.reaches))
    half = np.array([(anchor.width / 2, anchor.height / 2) for anchor in anchors])[:, None]
    away = np.array([anchor.radius for anchor in anchors])[:, None] + _GAP + reaches
    middles = np.array([(anchor.x, anchor.y) for anchor in anchors])[:, None] + directions * (away[..., None] + half)
    return np.concatenate([middles - half, middles + half], axis=2), costs


def _free(boxes: Boxes, blocked: Boxes, bounds: Box) -> NDArray[np.bool_]:
    """Tell which boxes lie within ``bounds`` and touch nothing that is ``blocked``."""
    inside = (boxes[..., 0] >= bounds.left) & (boxes[..., 1] >= bounds.top)
    inside &= (boxes[..., 2] <= bounds.right) & (boxes[..., 3] <= bounds.bottom)
    free: NDArray[np.bool_] = inside & ~_overlaps(boxes, blocked).any(-1)
    return free


def _overlaps(boxes: Boxes, others: Boxes) -> NDArray[np.bool_]:
    """Tell which of ``boxes`` overlap which of ``others``; the latter are counted along the last axis."""
    left, top, right, bottom = (boxes[..., edge, None] for edge in range(4))
    overlapping: NDArray[np.bool_] = (left < others[:, 2]) & (others[:, 0] < right)
    overlapping &= (top < others[:, 3]) & (others[:, 1] < bottom)
    return overlapping


def _strangers(boxes: Boxes, owners: Places, marks: Boxes) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Tell which boxes might be read as the name of another mark, and which are nearer to another than to their own."""
    import numpy as np

    own = _distances(boxes, marks[owners])
    which, stranger = np.nonzero(_overlaps(boxes + own[:, None] * (-1, -1, 1, 1), marks))
    distances, mine = _distances(boxes[which], marks[stranger]), own[which]
    close = distances < mine - _SLACK  # never so for the own mark
    mistaken = close & (distances < _TOUCHING) & (mine > _ADJACENT)
    nearer, read_wrongly = (np.bincount(which[chosen], minlength=len(boxes)) > 0 for chosen in (close, mistaken))
    return read_wrongly, nearer


def _distances(boxes: Boxes, others: Boxes) -> Boxes:
    """Return how far each box is from the other of the same place."""
    import numpy as np

    across, along = np.maximum(boxes[:, :2] - others[:, 2:], others[:, :2] - boxes[:, 2:]).clip(0).T
    distances: Boxes = np.hypot(across, along)
    return distances


def _leaders(middles: Boxes, boxes: Boxes) -> Boxes:
    """Return the lines from the middles of marks to the nearest points of boxes."""
    import numpy as np

    return np.hstack([middles, np.clip(middles, boxes[:, :2], boxes[:, 2:])])


def _crossings(lines: Boxes, boxes: Boxes) -> tuple[Places, Places]:
    """Return the pairs of a segment and a box that it passes through: Liang and Barsky's clipping."""
    import numpy as np

    reaches = np.hstack([np.minimum(lines[:, :2], lines[:, 2:]), np.maximum(lines[:, :2], lines[:, 2:])])
    reaches += (-_SLACK, -_SLACK, _SLACK, _SLACK)
    which, through = np.nonzero(_overlaps(reaches, boxes))  # few pairs come near each other
    line, box = lines[which], boxes[through]
    move = line[:, 2:] - line[:, :2]
    move[np.abs(move) < _PARALLEL] = _PARALLEL
    first, second = (box[:, :2] - line[:, :2]) / move, (box[:, 2:] - line[:, :2]) / move
    enter, leave = np.minimum(first, second).max(1), np.maximum(first, second).min(1)
    crossing = (enter < leave) & (leave > 0) & (enter < 1)
    return which[crossing], through[crossing]
