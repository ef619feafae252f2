"""Chooses on which side of its mark each label of a native scatter stands, so that labels and marks do not collide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

Side = Literal["r", "l", "t", "b", ""]

_PLOT: Final = (128.0, 46.0)  # about what axes and key leave of the frame, in millimetres
_LETTER: Final = 3.1  # the width of a character and the height of a line of 8.5 points
_MARK: Final = 1.2
_GAP: Final = 0.8
_SIDES: Final[tuple[Side, ...]] = ("r", "l", "t", "b")


class _Box(NamedTuple):
    left: float
    low: float
    right: float
    high: float

    def touches(self, other: _Box) -> bool:
        """Tell whether two boxes share any room."""
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high


def sides(names: Sequence[str], places: Sequence[tuple[float, float]]) -> tuple[Side, ...]:
    """Return the side of each label: right, left, top or bottom of its mark, "" where there is no room.

    ``places`` are the marks as shares of the plot, from its lower left corner. The highest marks are served first: of
    the crowd near the origin some names must be left out, and the reader looks for the largest.
    """
    marks = [(x * _PLOT[0], y * _PLOT[1]) for x, y in places]
    taken = [_Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in marks]
    chosen: list[Side] = [""] * len(names)
    for index in sorted(range(len(names)), key=lambda place: (-marks[place][1], -marks[place][0], place)):
        for side in _SIDES:
            box = _label(names[index], *marks[index], side)
            if box.right <= _PLOT[0] + _LETTER and box.left >= -_LETTER and not any(map(box.touches, taken)):
                chosen[index] = side
                taken.append(box)
                break
    return tuple(chosen)


def _label(name: str, x: float, y: float, side: Side) -> _Box:
    width, away = len(name) * _LETTER, _MARK + _GAP
    match side:
        case "r":
            return _Box(x + away, y - _LETTER / 2, x + away + width, y + _LETTER / 2)
        case "l":
            return _Box(x - away - width, y - _LETTER / 2, x - away, y + _LETTER / 2)
        case "t":
            return _Box(x - width / 2, y + away, x + width / 2, y + away + _LETTER)
        case _:
            return _Box(x - width / 2, y - away - _LETTER, x + width / 2, y - away)
