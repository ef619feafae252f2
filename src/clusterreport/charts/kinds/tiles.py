"""The 34 provincial-level units as equal tiles, roughly where they lie, the darker the larger.

``categories`` are names of such units, in Chinese or in English; one ``series``; ``emphasis`` the units in a frame of
the accent. A unit that has no value here is hatched with "—": outside the count, or not known. Zero is white.
No boundary is drawn, so none can be wrong.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import fault, negative_faults, series_fault
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.scales import known_amounts
from clusterreport.charts.numbers import in_one_unit, printed
from clusterreport.charts.painters.canvas import SMALL, TEXT
from clusterreport.charts.painters.keys import ROW, Sample, draw_key
from clusterreport.charts.sentences import closed, joined, ranked, sentence
from clusterreport.charts.statements import each_value, key_of, told_places
from clusterreport.document.wording import unit_name, unknown_word
from clusterreport.locale import BASE, phrase
from clusterreport.messages import message
from clusterreport.quantity import YUAN_TRILLION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

TOP: Final = ""
MIN_HEIGHT_RATIO: Final = 0.65
IN_ONE_UNIT: Final = True
_GRID: Final = tomllib.loads(Path(__file__).with_name("tiles.toml").read_text(encoding="utf-8"))
ROWS: Final[tuple[str, ...]] = tuple(_GRID["rows"])
OUTSIDE: Final[frozenset[str]] = frozenset(_GRID["outside"])
_NAMES: Final[Mapping[str, Mapping[str, str]]] = _GRID["names"]
"""The names of the units by language, where they are not those of the grid itself."""
_EXAMPLES: Final[tuple[str, ...]] = tuple(_GRID["examples"])
_NOTHING: Final = "-"
_COLUMNS: Final = 7
_WIDEST: Final = 15.5
_WIDEST_IN_LETTERS: Final = 21.0  # names are longer than in Chinese
_TALLEST: Final = 9.4
_LOWEST: Final = 7.6
_SQUAREST: Final = 0.85
_SEAM: Final = 0.5
_FRAME: Final = 1.4


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of names that are no provincial-level unit, of twice the same, and of negative values."""
    known = {name for _, _, names in units() for name in names}
    strangers = tuple(
        fault(
            chart,
            message("{name} is no provincial-level unit", name=name),
            message("Write the short name, such as {examples}.", examples=message(" or ").join(_EXAMPLES)),
        )
        for name in chart.categories
        if name not in known
    )
    twice = sorted({name for name in chart.categories if chart.categories.count(name) > 1})
    doubles = tuple(
        fault(chart, message("{name} is there twice", name=name), message("Give each unit one value."))
        for name in twice
    )
    return series_fault(chart, (message("one series"),)) or (*strangers, *doubles, *negative_faults(chart))


def describe(chart: Chart, language: Language) -> str:
    """Return the largest and smallest values, and which units have none."""
    text = ranked(chart, chart.series[0], language)
    without = [_name_in(names[0], language) for _, _, names in units() if not set(names) & set(chart.categories)]
    if not without:
        return text
    words = phrase("tile.without", language, names=joined(without, language))
    return closed(text + ("" if language == BASE else " ") + sentence((words,), language))


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- the same in all
    """Return each value, money in one unit; the largest and the smallest are described."""
    return each_value(chart, described=told_places(chart), scaled=True)


def height(chart: Chart, width: float, faces: Faces) -> float:  # noqa: ARG001 -- the grid is always the same
    """Return room for eight rows of tiles."""
    tile = min(_WIDEST, width / _COLUMNS)
    return len(ROWS) * min(_TALLEST, max(tile * 0.72, _LOWEST)) + 0.5


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw the tiles in the middle of the canvas, and what hatching means in the empty corner."""
    look = canvas.look
    wide = min(_WIDEST if look.language == BASE else _WIDEST_IN_LETTERS, canvas.width / _COLUMNS)
    high = min(canvas.height / len(ROWS), max(wide * _SQUAREST, _LOWEST))
    left, top = (canvas.width - wide * _COLUMNS) / 2, (canvas.height - high * len(ROWS)) / 2
    shown = in_one_unit(chart.series[0].values)
    keys = [key_of(0, place) for place in range(len(shown))]
    values = dict(zip(chart.categories, zip(shown, printed(shown, look.language), keys, strict=True), strict=True))
    most = max((float(amount) for amount in known_amounts(shown)), default=0.0)
    without = set()
    for row, column, names in units():
        name = next((name for name in names if name in values), _name_in(names[0], look.language))
        value, word, key = values.get(name, (None, unknown_word(look.language), ""))
        x, y = left + column * wide, top + row * high
        box = Box(x, y, x + wide - _SEAM, y + high - _SEAM)
        if value is None or value.amount is None:
            without.add(names[0])
            canvas.hatched(box)
            _print_tile(canvas, box, (name, word), look.soft, key)
        else:
            fill = look.ramp(float(value.amount) / most) if value.amount else look.paper
            canvas.rectangle(box, fill, edge=None if value.amount else look.rule)
            _print_tile(canvas, box, (name, word), look.ink_on(fill), key)
        if name in chart.emphasis:
            _draw_frame(canvas, box)
    if without:
        words = phrase("tile.outside" if without <= OUTSIDE else "tile.outside_or_unknown", look.language)
        draw_key(canvas, (Sample(words, look.rule, "hatch"),), left, top + high / 2 - ROW / 2, wide * (_COLUMNS - 1))
    if shown[0].unit != chart.series[0].values[0].unit:
        words = phrase("chart.unit", look.language, unit=unit_name(YUAN_TRILLION, look.language))
        canvas.text(left, top + high * 1.5, words, colour=look.soft)


def units() -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Return row, column and names of each unit: its own, then those in other languages, any of which data may use."""
    return tuple(
        (row, column, (name, *(names[name] for names in _NAMES.values())))
        for row, line in enumerate(ROWS)
        for column, name in enumerate(line.split())
        if name != _NOTHING
    )


def _name_in(unit: str, language: Language) -> str:
    return _NAMES.get(language, {}).get(unit, unit)


def _print_tile(canvas: Canvas, box: Box, words: tuple[str, str], ink: str, key: str) -> None:
    (name, value), room = words, box.right - box.left
    x, y, quarter = (box.left + box.right) / 2, (box.top + box.bottom) / 2, (box.bottom - box.top) / 4
    size = TEXT if canvas.look.faces.width(name, TEXT) <= room - 1 else SMALL
    name = canvas.look.faces.wrapped(name, size, room - 0.6, 1)[0]
    canvas.text(x, y - quarter * 0.82, name, size=size, align="center", colour=ink)
    canvas.text(x, y + quarter * 0.92, value, size=TEXT, align="center", colour=ink, strong=True, key=key)


def _draw_frame(canvas: Canvas, box: Box) -> None:
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    inner = [
        (x + (0.25 if x == box.left else -0.25), y + (0.25 if y == box.top else -0.25)) for x, y in corners
    ]  # fmt: skip
    canvas.line((*inner, inner[0], inner[1]), canvas.look.accent, _FRAME, layer=4)
