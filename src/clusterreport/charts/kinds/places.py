"""Places where they lie, by longitude and latitude, with their ties; no boundary is drawn, so none can be wrong.

Three ``series``: longitude and latitude in degrees east and north, and the size of the dots; ``categories`` the places;
``ties`` between them, wider for a larger weight; ``emphasis`` the places in the accent, their ties with them. A place
without coordinates is not drawn, and the description says so. Names go to the emphasised, then to the largest.
Equirectangular projection, true to scale along the middle parallel (Snyder 1987, USGS Professional Paper 1395, 90-91).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.checking import fault, series_fault
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.painters.canvas import SMALL
from clusterreport.charts.painters.labels import Name, print_names_of_marks
from clusterreport.charts.painters.ties import draw_ties, radii_of
from clusterreport.charts.sentences import among, closed, extremes, joined, opening, sentence
from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import format_quantity
from clusterreport.locale import Label, phrase
from clusterreport.messages import message, template
from clusterreport.quantity import KILOMETRES, Given, exactly

if TYPE_CHECKING:
    from clusterreport.charts.layout.geometry import Point
    from clusterreport.charts.measuring import Faces
    from clusterreport.charts.painters.canvas import Canvas
    from clusterreport.document.model import Chart, ChartNumber
    from clusterreport.document.wording import Language
    from clusterreport.errors import Problem

MIN_HEIGHT_RATIO: Final = 0.92
UNLABELLED: Final = True
POSITIONS: Final = 2
KM_PER_DEGREE: Final = 111.2
"""Kilometres in a degree of latitude on the sphere of 6,371 km."""

_MARGIN: Final = 6.0
_LEAST: Final = 0.55
_MOST: Final = 1.4
_WIDEST_TIE: Final = 1.8
_THIN: Final = 0.45
_BARS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_BAR_ROOM: Final = 7.0
_HEIGHTS: Final = (45.0, 98.0)
_TIGHTEST: Final = 0.5
_LIMITS: Final = ((180, template("longitude")), (90, template("latitude")))


@dataclass(frozen=True, slots=True)
class _Projection:
    """Degrees to millimetres: ``scale`` is millimetres in a degree of latitude."""

    middle: Point
    centre: Point
    scale: float
    narrowing: float

    def __call__(self, longitude: float, latitude: float) -> Point:
        x = self.centre[0] + (longitude - self.middle[0]) * self.scale * self.narrowing
        return x, self.centre[1] - (latitude - self.middle[1]) * self.scale


def problems(chart: Chart) -> tuple[Problem, ...]:
    """Return problems of a chart that has not three series, or degrees off the globe."""
    missing = series_fault(
        chart, (message("a series of longitudes"), message("one of latitudes"), message("one of sizes"))
    )
    return missing or tuple(
        fault(
            chart,
            message("the {word} of {name} is beyond {limit} degrees", word=message(word), name=name, limit=limit),
            message("Mend it in the table that it stands in."),
        )
        for series, (limit, word) in zip(chart.series, _LIMITS, strict=False)
        for name, value in zip(chart.categories, series.values, strict=True)
        if value.amount is not None and abs(value.amount) > limit
    )


def describe(chart: Chart, language: Language) -> str:
    """Return how many places and ties are shown, which are largest, and which have no coordinates."""
    located = _located(chart)
    lost = [name for place, name in enumerate(chart.categories) if place not in located]
    ties = sum(tie.source not in lost and tie.target not in lost for tie in chart.ties)
    parts = (
        Label.of("place.count", count=len(located)),
        *((Label.of("place.tie_count", count=ties),) if chart.ties else ()),
    )
    counts = phrase("place.counts", language, counts=parts)
    items = tuple(zip(chart.categories, chart.series[2].values, strict=True))
    body = (
        counts,
        extremes(items, language)[0],
        phrase("place.lost", language, names=joined(lost, language)) if lost else "",
        among(chart, chart.series[2], language),
    )
    return closed(opening(chart, language) + sentence(body, language))


def numbers(chart: Chart, language: Language) -> tuple[ChartNumber, ...]:  # noqa: ARG001 -- as every kind
    """Return nothing: no value is printed."""
    return ()


def height(chart: Chart, width: float, faces: Faces) -> float:  # noqa: ARG001 -- names take the room there is
    """Return the height at which the places fill the width, within limits."""
    (west, east), (south, north) = _extent(chart)
    narrowing = math.cos(math.radians((south + north) / 2))
    scale = (width - 2 * _MARGIN) / max((east - west) * narrowing, _TIGHTEST)
    return min(max((north - south) * scale + 2 * _MARGIN, _HEIGHTS[0]), _HEIGHTS[1])


def undrawn(chart: Chart) -> frozenset[int]:
    """Return the places of what has no coordinates."""
    return frozenset(range(len(chart.categories))) - set(_located(chart))


def draw(canvas: Canvas, chart: Chart) -> None:
    """Draw ties, dots, names and the scale bar."""
    projection = _projection(canvas, chart)
    points = {place: projection(*degrees) for place, degrees in _located(chart).items()}
    radii = _radii(chart)
    segments = draw_ties(canvas, chart, points, _THIN, _WIDEST_TIE)
    order = sorted(points, key=lambda place: (chart.categories[place] in chart.emphasis, -radii[place]))
    for place in order:
        chosen = chart.categories[place] in chart.emphasis
        fill = canvas.look.accent if chosen else canvas.look.main
        canvas.mark(*points[place], radii[place], fill, edge=canvas.look.paper, edge_width=0.4)
    bar = _draw_bar(canvas, projection, points)
    _draw_names(canvas, chart, points, segments, bar)


def _located(chart: Chart) -> dict[int, Point]:
    pairs = zip(chart.series[0].values, chart.series[1].values, strict=True)
    return {
        place: (float(longitude.amount), float(latitude.amount))
        for place, (longitude, latitude) in enumerate(pairs)
        if longitude.amount is not None and latitude.amount is not None
    }


def _extent(chart: Chart) -> tuple[Point, Point]:
    degrees = tuple(_located(chart).values()) or ((0.0, 0.0),)
    longitudes, latitudes = zip(*degrees, strict=True)
    return (min(longitudes), max(longitudes)), (min(latitudes), max(latitudes))


def _projection(canvas: Canvas, chart: Chart) -> _Projection:
    (west, east), (south, north) = _extent(chart)
    middle = ((west + east) / 2, (south + north) / 2)
    narrowing = math.cos(math.radians(middle[1]))
    across = (canvas.width - 2 * _MARGIN) / max((east - west) * narrowing, _TIGHTEST)
    down = (canvas.height - 2 * _MARGIN) / max(north - south, _TIGHTEST)
    return _Projection(middle, (canvas.width / 2, canvas.height / 2), min(across, down), narrowing)


def _radii(chart: Chart) -> tuple[float, ...]:
    return radii_of(chart.series[2].values, _LEAST, _MOST)


def _draw_bar(canvas: Canvas, projection: _Projection, points: dict[int, Point]) -> Box:
    """Draw the scale bar in whichever lower corner is emptier; return its box."""
    look = canvas.look
    per_km = projection.scale / KM_PER_DEGREE
    length = next((km for km in reversed(_BARS) if km * per_km <= canvas.width / 6), _BARS[0])
    wide, y = length * per_km, canvas.height - 2.2
    words = format_quantity(exactly(length, KILOMETRES, Given("scale")), NumberStyle(), look.language)
    crowd = [
        sum(py > canvas.height - 15 and abs(px - side) < canvas.width / 4 for px, py in points.values())
        for side in (0, canvas.width)
    ]
    side = max(1.0, (look.faces.width(words, SMALL) - wide) / 2 + 0.4)
    left = side if crowd[0] <= crowd[1] else canvas.width - wide - side
    canvas.line(((left, y - 1.2), (left, y), (left + wide, y), (left + wide, y - 1.2)), look.soft, 0.7)
    canvas.text(left + wide / 2, y - 2.9, words, size=SMALL, align="center", colour=look.soft)
    return Box(left - 1, canvas.height - _BAR_ROOM, left + wide + 1, canvas.height)


def _draw_names(
    canvas: Canvas, chart: Chart, points: dict[int, Point], segments: list[tuple[Point, Point]], bar: Box,
) -> None:  # fmt: skip
    radii = _radii(chart)
    names = [
        Name(chart.categories[place], x, y, radii[place], radii[place], chart.categories[place] in chart.emphasis)
        for place, (x, y) in points.items()
    ]
    print_names_of_marks(canvas, names, Box(0, 0, canvas.width, canvas.height), segments=segments, taken=(bar,))
