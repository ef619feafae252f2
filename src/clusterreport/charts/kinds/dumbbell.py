"""Two values of each category joined by a line: before (hollow) and after (filled).

``categories`` in any order: rows are sorted by the second series, the largest on top, and keep the given order where
that is equal; two ``series``, before and after; ``emphasis`` the categories in the accent. A value that is not known
has no dot and no number; where neither is known stands "—".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import series_fault
from clusterreport.charts.layout.scales import from_zero
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import TEXT
from clusterreport.charts.painters.keys import ROW, Sample, draw_key
from clusterreport.charts.painters.rows import lay_rows, print_names, rows_height
from clusterreport.charts.sentences import closed, counted, opening, sentence, with_value
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from decimal import Decimal

    from clusterreport.charts.layout.scales import Scale
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem
    from clusterreport.quantity import Quantity

MIN_HEIGHT_RATIO: Final = 0.65
_MARGIN: Final = 1.0
_GAP: Final = 1.2
_BLEED: Final = 0.4
_RADIUS: Final = 1.25
_OUTLINE: Final = 1.1
_AWAY: Final = _RADIUS + _GAP


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem unless there are exactly two series."""
    return series_fault(chart, ("a series of values before", "a series of values after"))


def describe(chart: Chart, language: Language) -> str:
    """Return how many rows rose, fell or stayed, and the largest rise with both its values."""
    before, after = chart.series
    moves = {
        name: new.amount - old.amount
        for name, old, new in zip(chart.categories, before.values, after.values, strict=True)
        if old.amount is not None and new.amount is not None
    }
    up, down = sum(move > 0 for move in moves.values()), sum(move < 0 for move in moves.values())
    same = len(moves) - up - down
    change = phrase("dumbbell.moves", language, before=before.name, after=after.name, up=up, down=down, same=same)
    first = sentence((counted(len(chart.categories), language), change), language)
    return closed(opening(chart, language) + first + _largest_rise(chart, moves, language))


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for one row for each category and a key above."""
    return rows_height(chart.categories, width, faces) + 2 * _MARGIN + ROW


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the key, names at the left, and a pair of dots with their values in each row."""
    look, (before, after) = canvas.look, chart.series
    order = sorted(range(len(chart.categories)), key=lambda place: _rank(after.values[place]))
    names = [chart.categories[place] for place in order]
    rows = lay_rows(names, canvas.width, ROW + _MARGIN, canvas.height - _MARGIN, look.faces)
    print_names(canvas, rows, names, chart.emphasis)
    everything = all_values(chart)
    words = tuple(printed(series.values, look.language, among=everything) for series in chart.series)
    room = look.faces.widest((*words[0], *words[1]), TEXT, strong=True) + _RADIUS + _GAP + _BLEED
    start = rows.names_end + room + _GAP
    scale = from_zero((*before.values, *after.values), start, canvas.width - room)
    samples = (Sample(before.name, look.main, "circle", hollow=True), Sample(after.name, look.main, "circle"))
    draw_key(canvas, samples, start - _RADIUS, 0, canvas.width - start)
    for place, name, y in zip(order, names, rows.middles, strict=True):
        pair = (before.values[place], after.values[place])
        said = (words[0][place], words[1][place])
        canvas.line(((rows.names_end + _GAP, y), (canvas.width, y)), look.rule, 0.3, dashes=(0.6, 1.8), layer=1)
        _draw_pair(canvas, scale, y, pair, said, chosen=name in chart.emphasis)


def _draw_pair(  # noqa: PLR0913 -- one row: its place, its values, its words
    canvas: Canvas, scale: Scale, y: float, pair: tuple[Quantity, Quantity], words: tuple[str, str], *, chosen: bool,
) -> None:  # fmt: skip
    look = canvas.look
    colour = look.accent if chosen else look.main
    old, new = (scale(value.amount) if value.amount is not None else None for value in pair)
    if old is None and new is None:
        canvas.text(scale(0), y, words[0], align="center", ground=look.paper)
        return
    if old is not None and new is not None and old != new:
        canvas.line(((old, y), (new, y)), look.pale, 2.2)
    if old is not None and old != new:
        canvas.mark(old, y, _RADIUS, look.paper, edge=colour, edge_width=_OUTLINE)
        away = -_AWAY if new is None or old < new else _AWAY
        canvas.beside(old, y, words[0], away, colour=look.soft, ground=look.paper)
    if new is not None:
        canvas.mark(new, y, _RADIUS, colour, edge=colour, edge_width=_OUTLINE)
        away = _AWAY if old is None or new >= old else -_AWAY
        canvas.beside(new, y, words[1], away, colour=look.accent if chosen else None, strong=chosen, ground=look.paper)


def _rank(value: Quantity) -> float:
    return float("inf") if value.amount is None else -float(value.amount)


def _largest_rise(chart: Chart, moves: dict[str, Decimal], language: Language) -> str:
    if not moves or max(moves.values()) <= 0:
        return ""
    name = max(moves, key=lambda candidate: moves[candidate])
    place = chart.categories.index(name)
    before, after = (with_value(series.name, series.values[place], language) for series in chart.series)
    return sentence((phrase("dumbbell.rise", language, name=name, before=before, after=after),), language)
