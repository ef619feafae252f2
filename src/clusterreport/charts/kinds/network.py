"""Who is tied to whom: dots and lines, the parts of the network side by side, the lone ones in a row below.

``categories`` are the points, ``series`` one series that sets the size of the dots (clusters, or number of partners);
``ties`` join two categories, wider for a larger weight; ``groups`` are communities: where a connected part holds
several, each has a colour; ``emphasis`` the points in the accent. Names go to the emphasised, then to the points with
most ties, and never collide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import negative_faults, series_fault
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.packing import largest_factor, shelves
from clusterreport.charts.layout.stress import connected_parts, lay_part, neighbours_of, push_apart
from clusterreport.charts.painters.canvas import SMALL
from clusterreport.charts.painters.labels import Name, print_names_of_marks
from clusterreport.charts.painters.ties import draw_ties, radii_of
from clusterreport.charts.sentences import closed, joined, opening, sentence, with_value
from clusterreport.locale import Label, languages, phrase
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.charts.layout.geometry import Point
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

MIN_HEIGHT_RATIO: Final = 0.65
UNLABELLED: Final = True
_LEAST: Final = 0.75
_MOST: Final = 2.2
_COLOURS: Final = (0, 2, 4, 3)
_MARGIN: Final = (11.0, 8.0)
_GAP: Final = 3.2
_LONE_ROW: Final = 5.6
_LONE_GAP: Final = 4.0
_LONE_AIR: Final = 2.0
_WIDEST_TIE: Final = 2.0
_THIN: Final = 0.5
_AREA: Final = 150.0
_TIE_LENGTH: Final = 15.0


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a network that has not one series of sizes, or negative ones."""
    return series_fault(chart, (message("one series of sizes"),)) or negative_faults(chart)


def describe(chart: Chart, language: Language) -> str:
    """Return how many points, ties and parts there are, who has most partners, and the strongest ties."""
    edges = _edges(chart)
    parts = connected_parts(len(chart.categories), edges)
    lone = sum(len(part) == 1 for part in parts)
    tied = len(parts) - lone
    counts = (
        phrase(
            "ties.points",
            language,
            points=Label.of("ties.point_count", count=len(chart.categories)),
            ties=Label.of("ties.tie_count", count=len(edges)),
        ),
        phrase("ties.parts", language, count=tied),
        phrase("ties.lone", language, count=lone),
    )
    degrees = [len(found) for found in neighbours_of(len(chart.categories), edges)]
    best = [name for name, degree in zip(chart.categories, degrees, strict=True) if degree == max(degrees)]
    if not edges:
        return closed(opening(chart, language) + sentence(counts, language))
    several = len(best) > 1
    hubs = phrase("ties.hubs" if several else "ties.hub", language, names=joined(best, language), count=max(degrees))
    return closed(opening(chart, language) + sentence((*counts, hubs), language) + _strongest(chart, language))


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- as every kind
    """Return nothing: no value is printed."""
    return ()


def height(chart: Chart, width: float, faces: Faces) -> float:
    """Return room for each tied point and its name, and for the row of the lone ones."""
    parts = connected_parts(len(chart.categories), _edges(chart))
    tied = sum(len(part) for part in parts if len(part) > 1)
    rows = _lone_rows(chart, [part[0] for part in parts if len(part) == 1], width, faces)
    return (
        min(max(tied * _AREA / width, 30.0 if tied else 0.0), 170.0)
        + len(rows) * _LONE_ROW
        + (_LONE_AIR if rows else 0)
    )


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw ties, dots and names."""
    parts = connected_parts(len(chart.categories), _edges(chart))
    lone = [part[0] for part in parts if len(part) == 1]
    low = canvas.height - _LONE_ROW * len(_lone_rows(chart, lone, canvas.width, canvas.look.faces))
    points = _layout(canvas, chart, [part for part in parts if len(part) > 1], low - (_LONE_AIR if lone else 0))
    segments = draw_ties(canvas, chart, points, _THIN, _WIDEST_TIE)
    colours, radii = _communities(chart, parts), _radii(chart)
    for place, (x, y) in points.items():
        fill = canvas.look.line_of(canvas.look.of_series(_COLOURS[colours[place] % len(_COLOURS)]))
        canvas.mark(x, y, radii[place], _chosen(canvas, chart, place) or fill, edge=canvas.look.paper)
    _draw_names(canvas, chart, points, segments, low)
    _draw_lone(canvas, chart, lone, low)


def _layout(canvas: Canvas, chart: Chart, parts: list[tuple[int, ...]], low: float) -> dict[int, Point]:
    """Return the places of all tied points, above the height ``low``."""
    import numpy as np

    if not parts:
        return {}
    radii = _radii(chart)
    places: dict[int, Point] = {}
    laid = [lay_part(part, _edges(chart)) for part in parts]
    spans = [np.ptp(part.places, axis=0) for part in laid]
    sizes = [(max(float(wide), 0.2), max(float(tall), 0.2)) for wide, tall in spans]
    factor = min(largest_factor(sizes, _MARGIN, canvas.width, low), _TIE_LENGTH)
    grown = [(wide * factor + _MARGIN[0], tall * factor + _MARGIN[1]) for wide, tall in sizes]
    corners, _ = shelves(grown, canvas.width, low)
    for part, size, corner in zip(laid, grown, corners, strict=True):
        centre = np.array([corner[0] + size[0] / 2, corner[1] + size[1] / 2])
        middle = (part.places.max(0) + part.places.min(0)) / 2
        own = np.array([radii[member] for member in part.members])
        moved = push_apart((part.places - middle) * factor + centre, own, _GAP, (canvas.width, low))
        places.update(zip(part.members, ((float(x), float(y)) for x, y in moved), strict=True))
    return places


def _communities(chart: Chart, parts: tuple[tuple[int, ...], ...]) -> dict[int, int]:
    """Return the number of each point's community within its part: a part that is one community has one colour."""
    found = {}
    for part in parts:
        groups = tuple(dict.fromkeys(chart.groups[place] for place in part)) if chart.groups else ()
        found.update({place: groups.index(chart.groups[place]) if groups else 0 for place in part})
    return found


def _radii(chart: Chart) -> tuple[float, ...]:
    return radii_of(chart.series[0].values, _LEAST, _MOST)


def _draw_names(
    canvas: Canvas, chart: Chart, points: dict[int, Point], segments: list[tuple[Point, Point]], low: float,
) -> None:  # fmt: skip
    degrees, radii = neighbours_of(len(chart.categories), _edges(chart)), _radii(chart)
    names = [
        Name(
            chart.categories[place], x, y, radii[place], len(degrees[place]), chart.categories[place] in chart.emphasis
        )
        for place, (x, y) in points.items()
    ]
    print_names_of_marks(canvas, names, Box(0, 0, canvas.width, low), segments=segments)


def _draw_lone(canvas: Canvas, chart: Chart, lone: list[int], low: float) -> None:
    """Print the points without a tie in rows, as one prints words."""
    look, radii = canvas.look, _radii(chart)
    for row, members in enumerate(_lone_rows(chart, lone, canvas.width, look.faces)):
        y, x = low + (row + 0.55) * _LONE_ROW, 0.0
        if not row:
            x = (
                canvas.text(0, y, phrase("ties.no_ties", look.language), size=SMALL, colour=look.soft).right
                + _LONE_GAP / 2
            )
        for place in members:
            accent = _chosen(canvas, chart, place)
            canvas.mark(x + radii[place], y, radii[place], accent or look.main)
            words = look.faces.wrapped(chart.categories[place], SMALL, canvas.width / 2, 1)[0]
            x = canvas.text(x + 2 * radii[place] + 0.7, y, words, size=SMALL, colour=accent).right + _LONE_GAP


def _lone_rows(chart: Chart, lone: list[int], width: float, faces: Faces) -> list[list[int]]:
    """Return the points without a tie in rows that fit ``width``; the first row begins with a word of its own."""
    radii, used = _radii(chart), width + 1
    rows: list[list[int]] = []
    for place in lone:
        words = faces.wrapped(chart.categories[place], SMALL, width / 2, 1)[0]
        wide = 2 * radii[place] + 0.7 + faces.width(words, SMALL) + _LONE_GAP
        if used + wide - _LONE_GAP > width:
            used = (
                0.0
                if rows
                else max(faces.width(phrase("ties.no_ties", each), SMALL) for each in languages()) + _LONE_GAP / 2
            )
            rows.append([place])
        else:
            rows[-1].append(place)
        used += wide
    return rows


def _chosen(canvas: Canvas, chart: Chart, place: int) -> str | None:
    return canvas.look.accent if chart.categories[place] in chart.emphasis else None


def _edges(chart: Chart) -> tuple[tuple[int, int], ...]:
    index = {name: place for place, name in enumerate(chart.categories)}
    return tuple(
        dict.fromkeys((index[tie.source], index[tie.target]) for tie in chart.ties if tie.source != tie.target)
    )


def _strongest(chart: Chart, language: Language) -> str:
    known = [tie for tie in chart.ties if tie.weight.amount is not None]
    if not known:
        return ""
    most = max(tie.weight.amount for tie in known if tie.weight.amount is not None)
    pairs = [tie for tie in known if tie.weight.amount == most]
    if most <= 1 or len(pairs) > 3:  # noqa: PLR2004 -- more are not "the strongest"
        return ""
    words = [
        with_value(phrase("ties.pair", language, first=tie.source, second=tie.target), tie.weight, language)
        for tie in pairs
    ]
    return sentence((phrase("ties.strongest", language, pairs=joined(words, language)),), language)
