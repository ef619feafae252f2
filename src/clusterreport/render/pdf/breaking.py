"""Breaks the atoms of a paragraph into lines so that the whole paragraph, not each line alone, is set best.

After Knuth and Plass, "Breaking paragraphs into lines" (1981): every way to break costs what its lines are stretched
or squeezed, and the cheapest way is found by dynamic programming. Widths are in points.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING, Final

from clusterreport.render.pdf.atoms import APART, NEVER, Kind, gaps_between, shattered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.render.pdf.atoms import Atom, Glue, Measure

_LINE_COST: Final = 10.0
_STRETCH_COST: Final = 100.0
_SHRINK_COST: Final = 60.0
_LONELY_COST: Final = 400.0
_WORST_STRETCH: Final = 30.0
_LOOSEST: Final = 9.0
_OVERFULL_COST: Final = 1e7
_FULL: Final = 0.7
_HOPELESS: Final = 0.5
_TOLERANCE: Final = 0.01
_ENDLESS: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Line:
    """Atoms ``start`` to ``end`` (not included).

    ``ratio``: gaps grow by this share of their stretch, or shrink if it is below 0. ``width`` is what the line's ink
    needs once stretched or squeezed, ``hang`` the white cut off before its first mark.
    """

    start: int
    end: int
    ratio: float
    width: float
    hang: float = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """How lines are wanted: their width, the first line's indent, and whether they are justified."""

    width: float
    indent: float = 0.0
    justified: bool = True


@dataclass(frozen=True, slots=True)
class Broken:
    """A paragraph in lines; ``atoms`` and ``gaps`` are those that the lines count, after too wide words were cut."""

    atoms: Sequence[Atom]
    gaps: Sequence[Glue]
    lines: tuple[Line, ...]


def break_lines(atoms: Sequence[Atom], gaps: Sequence[Glue], setting: Setting, measure: Measure) -> Broken:
    """Return the best lines; a word wider than a line is cut, and where no lawful break will do, another is taken."""
    if not atoms:
        return Broken(atoms, gaps, ())
    room = setting.width - setting.indent
    hang = 0.0 if setting.indent else atoms[0].left
    natural = natural_width(atoms, gaps) - hang
    if natural <= room:
        return Broken(atoms, gaps, (Line(0, len(atoms), 0.0, natural, hang),))
    if any(atom.width > room and len(atom.text) > 1 and atom.kind is not Kind.MARK for atom in atoms):
        cut = [part for atom in atoms for part in (shattered(atom, measure) if atom.width > room else [atom])]
        atoms, gaps = cut, gaps_between(cut)
    sums = _Sums(atoms, gaps)
    lines: list[Line] = []
    for limit in (APART, NEVER, NEVER + 1):
        lines = _Breaker(atoms, gaps, setting, sums, limit).lines()
        if all(line.width <= setting.width - _indent(setting, line) + _TOLERANCE for line in lines):
            break
    return Broken(atoms, gaps, tuple(lines))


def balanced(atoms: Sequence[Atom], gaps: Sequence[Glue], setting: Setting, measure: Measure) -> Broken:
    """Return as few lines as the width allows, of as even a length as can be: for titles and captions."""
    best = break_lines(atoms, gaps, setting, measure)
    count = len(best.lines)
    if count <= 1:
        return best
    low, high = setting.width / count, setting.width
    while high - low > 1.0:
        middle = (low + high) / 2
        tried = break_lines(atoms, gaps, Setting(middle, setting.indent, setting.justified), measure)
        if len(tried.lines) <= count and all(line.width <= middle + _TOLERANCE for line in tried.lines):
            best, high = tried, middle
        else:
            low = middle
    return best


def narrowest(atoms: Sequence[Atom], gaps: Sequence[Glue]) -> float:
    """Return the width of the widest part that no lawful break parts: the least width a column needs."""
    widest = run = 0.0
    for place, atom in enumerate(atoms):
        run += atom.width
        widest = max(widest, run - atom.right + atom.hyphen)
        if place < len(gaps):
            run = 0.0 if gaps[place].penalty < APART else run + gaps[place].natural
    return widest


def line_gaps(broken: Broken, line: Line) -> list[float]:
    """Return the widths of a line's gaps, in points; what one may not grow the others do, while there are others."""
    gaps = broken.gaps[line.start : line.end - 1]
    if line.ratio <= 0:
        return [gap.natural + line.ratio * gap.shrink for gap in gaps]
    grown = [line.ratio * gap.stretch for gap in gaps]
    full: set[int] = set()
    while over := {place for place, (gap, growth) in enumerate(zip(gaps, grown, strict=True)) if growth > gap.most}:
        elastic = sum(gap.stretch for place, gap in enumerate(gaps) if place not in full | over)
        if elastic == 0.0:
            break
        full |= over
        spare = line.ratio * sum(gap.stretch for gap in gaps) - sum(gaps[place].most for place in full)
        ratio = spare / elastic
        grown = [gap.most if place in full else ratio * gap.stretch for place, gap in enumerate(gaps)]
    return [gap.natural + growth for gap, growth in zip(gaps, grown, strict=True)]


def natural_width(atoms: Sequence[Atom], gaps: Sequence[Glue]) -> float:
    """Return the width of all atoms on one line, neither stretched nor squeezed."""
    if not atoms:
        return 0.0
    return sum(atom.width for atom in atoms) + sum(gap.natural for gap in gaps) - atoms[-1].right


def _indent(setting: Setting, line: Line) -> float:
    return setting.indent if line.start == 0 else 0.0


class _Sums:
    """Running sums of widths, stretch and shrink, so that any line is measured by subtraction."""

    __slots__ = ("natural", "shrink", "stretch")

    def __init__(self, atoms: Sequence[Atom], gaps: Sequence[Glue]) -> None:
        widths = [atom.width + gap.natural for atom, gap in zip(atoms, gaps, strict=False)]
        self.natural = [0.0, *accumulate(widths)]
        self.stretch = [0.0, *accumulate(gap.stretch for gap in gaps)]
        self.shrink = [0.0, *accumulate(gap.shrink for gap in gaps)]


class _Breaker:
    """One run over a paragraph, with breaks up to a penalty of ``limit`` allowed.

    A line's spare room at natural width is ``_opens`` of its start less ``_closes`` of its end.
    """

    __slots__ = ("_atoms", "_closes", "_ends", "_gaps", "_opens", "_setting", "_sums")

    def __init__(self, atoms: Sequence[Atom], gaps: Sequence[Glue], setting: Setting, sums: _Sums, limit: int) -> None:
        self._atoms, self._gaps, self._setting, self._sums = atoms, gaps, setting, sums
        count = len(atoms)
        self._ends = [place for place in range(1, count) if gaps[place - 1].penalty < limit] + [count]
        self._opens = [setting.width + before + atom.left for before, atom in zip(sums.natural, atoms, strict=False)]
        if setting.indent:  # an opening mark keeps its white after an indent
            self._opens[0] -= setting.indent + atoms[0].left
        inks = (before + atom.width - atom.right for before, atom in zip(sums.natural, atoms, strict=False))
        self._closes = [0.0, *(ink + atom.hyphen for ink, atom in zip(inks, atoms, strict=True))]
        self._closes[count] -= atoms[-1].hyphen

    def lines(self) -> list[Line]:
        """Return the cheapest lines, found from the front and read off from the back."""
        opens, closes, width = self._opens, self._closes, self._setting.width
        cost = {0: 0.0}
        came_from: dict[int, int] = {}
        starts = [0]
        first = 0  # of the starts from which a line to here is not hopelessly too long
        for end in self._ends:
            while first < len(starts) - 1 and opens[starts[first]] - closes[end] < -_HOPELESS * width:
                first += 1
            cost[end], came_from[end] = self._cheapest(end, starts, first, cost)
            starts.append(end)
        breaks = [len(self._atoms)]
        while breaks[-1]:
            breaks.append(came_from[breaks[-1]])
        breaks.reverse()
        return [self._line(start, end) for start, end in pairwise(breaks)]

    def _cheapest(self, end: int, starts: list[int], first: int, cost: dict[int, float]) -> tuple[float, int]:
        """Return the cheapest way to end a line at ``end``, and where that line starts; the fullest is tried first."""
        last = end == len(self._atoms)
        opens, close, shrinks = self._opens, self._closes[end], self._sums.shrink
        most = (1 - _FULL) * self._setting.width
        best, best_start = _ENDLESS, starts[-1]
        for start in islice(starts, first, None):
            spare = opens[start] - close
            if spare < 0 and spare < shrinks[start] - shrinks[end - 1] - _TOLERANCE:
                continue
            if not last and best < _ENDLESS and spare > most:
                break
            price = cost[start] + self._price(spare, start, end)
            if price <= best:
                best, best_start = price, start
        if best == _ENDLESS:
            best = cost[best_start] + _OVERFULL_COST
        return best, best_start

    def _price(self, spare: float, start: int, end: int) -> float:
        penalty = _LINE_COST + (self._gaps[end - 1].penalty if end < len(self._atoms) else 0)
        if spare < 0:
            return float(penalty + _SHRINK_COST * (-spare / (self._within(self._sums.shrink, start, end) + 1e-9)) ** 3)
        if end == len(self._atoms):
            ink, two = self._setting.width - spare, 2 * self._atoms[start].look.size
            lonely = start > 0 and end - start <= 2 and ink < two - _TOLERANCE  # noqa: PLR2004 -- a sign, or one and a mark
            return penalty + (_LONELY_COST if lonely else 0.0)
        if not self._setting.justified:
            return float(penalty + _STRETCH_COST * (4 * spare / self._setting.width) ** 2)
        ratio = spare / (self._within(self._sums.stretch, start, end) + 0.02 * self._atoms[start].look.size)
        return float(penalty + _STRETCH_COST * min(ratio, _WORST_STRETCH) ** 3)

    @staticmethod
    def _within(sums: Sequence[float], start: int, end: int) -> float:
        return sums[end - 1] - sums[start]

    def _line(self, start: int, end: int) -> Line:
        spare = self._opens[start] - self._closes[end]
        stretch, shrink = (self._within(sums, start, end) for sums in (self._sums.stretch, self._sums.shrink))
        indented = start == 0 and self._setting.indent > 0
        hang = 0.0 if indented else self._atoms[start].left
        room = self._setting.width - (self._setting.indent if start == 0 else 0.0)
        if spare < 0:
            ratio = max(spare / shrink, -1.0) if shrink else 0.0
            return Line(start, end, ratio, room - spare + ratio * shrink, hang)
        loose = not stretch or spare / stretch > _LOOSEST
        if end == len(self._atoms) or not self._setting.justified or loose:
            return Line(start, end, 0.0, room - spare, hang)
        return Line(start, end, spare / stretch, room, hang)
