"""The colours can be told apart by most eyes and in a grey print, and texts can be read on them."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import pytest

from clusterreport import charts
from clusterreport.charts.painters.look import READABLE, Look, contrast, luminance, mixed
from tests.charts.examples import register_charts, theme

LOOK = Look.of(theme(), "zh")
PALETTE = [theme().colour(name) for name in theme().palette]
NORMAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
# Machado, Oliveira, Fernandes 2009, IEEE TVCG 15(6), 1291-1298: deuteranomaly of severity 1.0, in linear RGB.
DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]


def times(matrix: Matrix, vector: Triple) -> Triple:
    a, b, c = (sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def lab(colour: str, eye: Matrix = NORMAL) -> Triple:
    """Return CIELAB (D65) of a colour as an eye sees it."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    r, g, b = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    seen = times(eye, (r, g, b))
    xyz = times(TO_XYZ, (max(seen[0], 0), max(seen[1], 0), max(seen[2], 0)))
    fx, fy, fz = (
        ratio ** (1 / 3) if ratio > 216 / 24389 else ratio * 841 / 108 + 4 / 29
        for ratio in (value / white for value, white in zip(xyz, WHITE, strict=True))
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def distance(one: str, other: str, eye: Matrix = NORMAL) -> float:
    pairs = zip(lab(one, eye), lab(other, eye), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_cielab_of_known_colours_is_right() -> None:
    assert lab("#FFFFFF") == pytest.approx((100, 0, 0), abs=0.01)
    assert lab("#FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.02)


def test_the_palette_can_be_told_apart() -> None:
    assert round(min(distance(one, other) for one, other in combinations(PALETTE, 2))) >= 25


def test_the_palette_can_be_told_apart_without_green_receptors() -> None:
    assert round(min(distance(one, other, DEUTERANOPIA) for one, other in combinations(PALETTE, 2))) >= 16


def test_neighbours_in_a_stack_differ_in_a_grey_print() -> None:
    greys = [lab(LOOK.of_series(place))[0] for place in range(5)]
    assert min(abs(one - other) for one, other in pairwise(greys)) >= 13


def test_nine_series_have_nine_colours() -> None:
    nine = [LOOK.of_series(place) for place in range(9)]
    assert min(distance(one, other) for one, other in combinations(nine, 2)) >= 14


def test_the_accent_is_no_series_colour() -> None:
    assert LOOK.accent not in [LOOK.of_series(place) for place in range(20)]


def test_the_ramp_ends_at_its_tokens_whether_asked_with_1_or_with_1_0() -> None:
    assert LOOK.ramp(0) == theme().sequential[0]
    assert LOOK.ramp(1) == LOOK.ramp(1.0) == theme().sequential[-1]
    assert LOOK.ramp(0.5) == theme().sequential[1]


def test_the_ramp_darkens_all_the_way() -> None:
    steps = [luminance(LOOK.ramp(step / 100)) for step in range(101)]
    assert steps == sorted(steps, reverse=True)


@pytest.mark.parametrize("step", range(0, 101, 2))
def test_texts_on_the_ramp_can_be_read(step: int) -> None:
    ground = LOOK.ramp(step / 100)
    assert contrast(LOOK.ink_on(ground), ground) >= READABLE


@pytest.mark.parametrize("place", range(9))
def test_texts_on_series_can_be_read(place: int) -> None:
    ground = LOOK.of_series(place)
    assert contrast(LOOK.ink_on(ground), ground) >= READABLE


def test_text_on_the_darkest_tile_is_white() -> None:
    assert LOOK.ink_on(LOOK.ramp(1)) == LOOK.paper


def test_all_texts_can_be_read_on_paper() -> None:
    for colour in (LOOK.ink, LOOK.soft, LOOK.accent, LOOK.main):
        assert contrast(colour, LOOK.paper) >= READABLE


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mixed("#000000", "#FFFFFF", 0) == "#000000"
    assert mixed("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert mixed("#102030", "#304050", 0.5) == "#203040"


@pytest.mark.parametrize("place", range(9))
def test_words_and_marks_in_the_colour_of_a_series_can_be_seen(place: int) -> None:
    colour = LOOK.of_series(place)
    assert contrast(LOOK.text_of(colour), LOOK.paper) >= 4.5
    assert contrast(LOOK.line_of(colour), LOOK.paper) >= 3
    assert contrast(LOOK.edge_of(colour) or colour, LOOK.paper) >= 3


def test_a_colour_that_is_dark_enough_stays_as_it_is() -> None:
    assert LOOK.text_of(LOOK.main) == LOOK.line_of(LOOK.main) == LOOK.main
    assert LOOK.edge_of(LOOK.main) is None
    assert LOOK.text_of("#D9982B") != "#D9982B"


@pytest.mark.parametrize("kind", charts.kind_names())
def test_all_words_and_lines_of_a_chart_can_be_seen(kind: str) -> None:
    """Look at each text, and at each mark that stands for a value: no cell with its number, no area under a line."""
    from clusterreport.charts.painters.marks import Shape, Words

    chart = register_charts()[kind]
    canvas = charts.draw_canvas(chart, 156, charts.natural_height(chart, 156, theme()), theme())
    grounds = [mark for mark in canvas.drawing.marks if isinstance(mark, Shape) and mark.fill]
    for mark in canvas.drawing.marks:
        if isinstance(mark, Words):
            under = [each for each in grounds if not mark.upright and _covers(each, mark)]
            ground = _hex(under[-1].fill or ()) if under else LOOK.paper
            assert contrast(_hex(mark.colour), ground) >= 4.5, mark.text
        elif kind not in {"heatmap", "lorenz", "tiles"} and mark.fill and not _is_ground(_hex(mark.fill)):
            assert max(contrast(_hex(side), LOOK.paper) for side in (mark.fill, mark.edge) if side) >= 3


def _covers(shape: Any, words: Any) -> bool:  # noqa: ANN401 -- matplotlib does not say its types
    return bool(shape.path.contains_point((words.x, words.baseline - 1), radius=0.1))


def _is_ground(colour: str) -> bool:
    return colour in {LOOK.paper, LOOK.colours["outside"]}


def _hex(colour: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in colour[:3])
