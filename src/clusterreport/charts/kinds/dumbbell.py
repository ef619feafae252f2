"""Two values of each category joined by a line: before (hollow) and after (filled).

``categories`` in any order: rows are sorted by the second series, the largest on top, and keep the given order where
that is equal; two ``series``, before and after; ``emphasis`` the categories in the accent. A value that is not known
has no dot and no number; where neither is known stands "—".
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import series_fault
from clusterreport.charts.layout.scales import from_zero
from clusterreport.charts.measuring import POINT
from clusterreport.charts.number_formats import formatted_series
from clusterreport.charts.numbers import all_values, printed
from clusterreport.charts.painters.canvas import TEXT
from clusterreport.charts.painters.keys import ROW, Sample, draw_key
from clusterreport.charts.painters.rows import PITCH, lay_rows, print_names, rows_height
from clusterreport.charts.sentences import closed, counted, opening, sentence, with_value
from clusterreport.charts.statements import beside, key_of
from clusterreport.charts.twins import (
    HIDDEN,
    ErrorBars,
    Formula,
    Labels,
    LineLook,
    Marker,
    PointLabel,
    PointLook,
    Twin,
    TwinSeries,
    table,
    with_columns,
)
from clusterreport.document.model import ChartNumber, PlottedPoint, PlottedSeries, Reckoning
from clusterreport.locale import BASE, phrase
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.charts.layout.scales import Scale
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.number_formats import FormattedSeries
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.charts.painters.look import Look
    from clusterreport.charts.twins import Direction, Side
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

# In Word, lines of a pair cannot be told to end at the other mark, only how long they are: the table reckons that.
_RISE, _FALL = "MAX(C@-B@,0)", "MAX(B@-C@,0)"
_PLOT_SHARE: Final = 0.95
_LONGEST_NAME: Final = 12  # characters below each other
_PLOT: Final = 62.0  # millimetres
_FOOT_SHARE: Final = Decimal("0.16")  # of the highest: room below zero for the label of a mark that stands there


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return a problem unless there are exactly two series."""
    return series_fault(chart, (message("a series of values before"), message("a series of values after")))


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


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return the known values, one number for two that are the same, or that are both not known."""
    before, after = chart.series
    made: list[ChartNumber] = []
    for place, (old, new) in enumerate(zip(before.values, after.values, strict=True)):
        if old.amount == new.amount:
            made.append(ChartNumber(key_of(1, place), ((0, place), (1, place))))
            continue
        sides = ((0, old), (1, new))
        made += (ChartNumber(key_of(index, place), ((index, place),)) for index, value in sides if value.known)
    return tuple(made)


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for one row for each category and a key above."""
    return rows_height(chart.categories, width, faces) + 2 * _MARGIN + ROW


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the key, names at the left, and a pair of dots with their values in each row."""
    look, order, chart = canvas.look, _by_last(chart), sorted_by_last(chart)
    (before, after), names = chart.series, chart.categories
    rows = lay_rows(names, canvas.width, ROW + _MARGIN, canvas.height - _MARGIN, look.faces)
    print_names(canvas, rows, names, chart.emphasis)
    everything = all_values(chart)
    words = tuple(printed(series.values, look.language, among=everything) for series in chart.series)
    room = look.faces.widest((*words[0], *words[1]), TEXT, strong=True) + _RADIUS + _GAP + _BLEED
    start = rows.names_end + room + _GAP
    scale = from_zero((*before.values, *after.values), start, canvas.width - room)
    canvas.line(((scale(0), rows.middles[0] - PITCH / 2), (scale(0), canvas.height)), look.rule, 0.8, layer=1)
    samples = (Sample(before.name, look.main, "circle", hollow=True), Sample(after.name, look.main, "circle"))
    draw_key(canvas, samples, start - _RADIUS, 0, canvas.width - start)
    for place, (name, y) in enumerate(zip(names, rows.middles, strict=True)):
        pair = (before.values[place], after.values[place])
        said = (words[0][place], words[1][place])
        canvas.line(((rows.names_end + _GAP, y), (canvas.width, y)), look.rule, 0.3, dashes=(0.6, 1.8), layer=1)
        _draw_pair(canvas, scale, y, pair, said, place=order[place], chosen=name in chart.emphasis)


def plotted(chart: Chart, language: Language) -> tuple[PlottedSeries, ...]:
    """Return both series in the order in which they are drawn, and between them how far each pair rises or falls."""
    before, after = beside(chart, _by_last(chart))
    rise = PlottedSeries(phrase("chart.rise", language), _reaches(chart, 1, 0), word="chart.rise")
    fall = PlottedSeries(phrase("chart.fall", language), _reaches(chart, 0, 1), word="chart.fall")
    return (before, rise, fall, after)


def twin(chart: Chart, look: Look, width: float) -> Twin:
    """Return the pairs upright, that with most at the left: before (pale) and after (dark), joined by an error bar."""
    chart = sorted_by_last(chart)
    before, after = formatted_series(chart, look.language)
    moves = tuple(_move(old, new) for old, new in zip(before.amounts, after.amounts, strict=True))
    heads = (phrase("chart.rise", look.language), phrase("chart.fall", look.language))
    columns = ([_formula(_RISE, move) for move in moves], [_formula(_FALL, move and -move) for move in moves])
    names = _names_run(chart, look, width)
    characters = 2 if names == "level" else max(map(len, chart.categories))
    foot = min(characters, _LONGEST_NAME) * TEXT * POINT
    return Twin(
        "line", chart.categories,
        (_twin_marks(chart, look, 0, before, moves), _twin_marks(chart, look, 1, after, moves)),
        with_columns(table(chart.categories, (before, after)), heads, columns),
        (replace(HIDDEN, low=_low((*before.amounts, *after.amounts))),),
        legend="t", names=names, height=min(_PLOT, 0.5 * width + 20.0) + foot,
    )  # fmt: skip


def sorted_by_last(chart: Chart) -> Chart:
    """Return the chart with the category of the largest last value first, unknown ones last, else in its order."""
    order = _by_last(chart)
    series = tuple(replace(part, values=tuple(part.values[place] for place in order)) for part in chart.series)
    return replace(chart, categories=tuple(chart.categories[place] for place in order), series=series)


def _draw_pair(  # noqa: PLR0913 -- one row: its place, its values, its words
    canvas: Canvas, scale: Scale, y: float, pair: tuple[Quantity, Quantity], words: tuple[str, str], *, place: int,
    chosen: bool,
) -> None:  # fmt: skip
    look = canvas.look
    colour = look.accent if chosen else look.main
    old, new = (scale(value.amount) if value.amount is not None else None for value in pair)
    if old is None and new is None:
        canvas.text(scale(0), y, words[0], align="center", ground=look.paper, key=key_of(1, place))
        return
    if old is not None and new is not None and old != new:
        canvas.line(((old, y), (new, y)), look.pale, 2.2)
    if old is not None and old != new:
        canvas.mark(old, y, _RADIUS, look.paper, edge=colour, edge_width=_OUTLINE)
        away = -_AWAY if new is None or old < new else _AWAY
        canvas.beside(old, y, words[0], away, colour=look.soft, ground=look.paper, key=key_of(0, place))
    if new is not None:
        canvas.mark(new, y, _RADIUS, colour, edge=colour, edge_width=_OUTLINE)
        away = _AWAY if old is None or new >= old else -_AWAY
        ink, key = look.accent if chosen else None, key_of(1, place)
        canvas.beside(new, y, words[1], away, colour=ink, strong=chosen, ground=look.paper, key=key)


def _reaches(chart: Chart, high: int, low: int) -> tuple[PlottedPoint, ...]:
    """Return how far each value of one series stands above that of the other, in the order of the drawing."""
    return tuple(
        PlottedPoint(chart.categories[place], Reckoning(((high, place),), ((low, place),), clipped=True))
        for place in _by_last(chart)
    )


def _by_last(chart: Chart) -> list[int]:
    return sorted(range(len(chart.categories)), key=lambda place: _rank(chart.series[1].values[place]))


def _rank(value: Quantity) -> float:
    return float("inf") if value.amount is None else -float(value.amount)


def _largest_rise(chart: Chart, moves: dict[str, Decimal], language: Language) -> str:
    if not moves or max(moves.values()) <= 0:
        return ""
    name = max(moves, key=lambda candidate: moves[candidate])
    place = chart.categories.index(name)
    before, after = (with_value(series.name, series.values[place], language) for series in chart.series)
    return sentence((phrase("dumbbell.rise", language, name=name, before=before, after=after),), language)


def _twin_marks(
    chart: Chart, look: Look, place: int, series: FormattedSeries, moves: tuple[Decimal | None, ...]
) -> TwinSeries:
    chosen = [point for point, name in enumerate(chart.categories) if name in chart.emphasis]
    usual: Side = "t" if place else "b"
    own = tuple(
        PointLabel(point, series.own.get(point, series.code), side=side, colour=look.accent if point in chosen else "")
        if side
        else PointLabel(point)
        for point, side in enumerate(_label_side(place, move) for move in moves)
        if side != usual or point in chosen or point in series.own
    )
    return TwinSeries(
        series.name, series.amounts, series.code, place + 1, marker=_twin_mark(look, place, look.main),
        points=tuple(PointLook(point, marker=_twin_mark(look, place, look.accent)) for point in chosen),
        labels=Labels(series.code, usual, own=own), bars=None if place else _joints(look, moves),
    )  # fmt: skip


def _twin_mark(look: Look, place: int, colour: str) -> Marker:
    return Marker("circle", 7, colour if place else look.pale, LineLook(colour, 1.2))


def _label_side(place: int, move: Decimal | None) -> Side:
    """Return where a value stands: beyond its end of the pair; the earlier of two that are equal stands nowhere."""
    if not move:
        return "t" if place else "" if move is not None else "b"
    return "t" if (move > 0) == bool(place) else "b"


def _joints(look: Look, moves: tuple[Decimal | None, ...]) -> ErrorBars:
    """Return the lines from the earlier marks up to where the later have risen, or down to where they have fallen."""
    up = tuple(None if move is None else max(move, Decimal(0)) for move in moves)
    down = tuple(None if move is None else max(-move, Decimal(0)) for move in moves)
    return ErrorBars(up, down, (3, 4), LineLook(look.pale, 2.2))


def _formula(text: str, move: Decimal | None) -> Formula | None:
    return None if move is None else Formula(text, max(move, Decimal(0)))


def _move(old: Decimal | None, new: Decimal | None) -> Decimal | None:
    return None if old is None or new is None else new - old


def _low(amounts: tuple[Decimal | None, ...]) -> Decimal | None:
    """Return where the axis begins: a little below zero; where something is negative, wherever Word likes."""
    known = [amount for amount in amounts if amount is not None]
    if not known or min(known) < 0 or not max(known):
        return None
    return -round(max(known) * _FOOT_SHARE, 3)


def _names_run(chart: Chart, look: Look, width: float) -> Direction:
    """Return which way the names run: level where they fit, else one character below the other, or turned."""
    room = width * _PLOT_SHARE / len(chart.categories)
    if look.faces.widest(chart.categories, TEXT) <= room:
        return "level"
    return "upright" if look.language == BASE else "turned"
