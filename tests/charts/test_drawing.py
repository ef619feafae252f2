"""The laws of what the kinds draw with: labels, shelves, stress, scales, measures and sums."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.charts.layout import placing
from clusterreport.charts.layout.geometry import Box
from clusterreport.charts.layout.packing import largest_factor, shelves
from clusterreport.charts.layout.placing import Anchor, overlap, place_labels, spread
from clusterreport.charts.layout.scales import Scale, from_zero, round_ticks
from clusterreport.charts.layout.stress import connected_parts, lay_part, push_apart
from clusterreport.charts.measuring import POINT, Faces
from clusterreport.charts.numbers import in_one_unit, printed, share, total
from clusterreport.quantity import PERCENT, YUAN_100M, Bound, Quantity
from tests.charts.examples import BASIS, UNSURE, quantity

FACES = Faces.of(None)
GROUND = Box(0.0, 0.0, 100.0, 60.0)
sides = st.floats(1, 20)
anchors = st.lists(
    st.builds(
        Anchor,
        st.floats(5, 95),
        st.floats(5, 55),
        st.floats(0.3, 2),
        st.floats(2, 14),
        st.floats(2, 4),
        st.floats(0, 9),
    ),
    max_size=40,
)


@given(anchors)
def test_labels_touch_neither_each_other_nor_any_mark_nor_the_edge(marks: list[Anchor]) -> None:
    boxes = [box for box in place_labels(marks, GROUND) if box is not None]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    discs = [
        Box(mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius) for mark in marks
    ]
    assert not any(overlap(box, disc) for box in boxes for disc in discs)
    assert all(box.left >= 0 and box.top >= 0 and box.right <= 100 and box.bottom <= 60 for box in boxes)


@given(anchors)
def test_labels_are_placed_the_same_way_each_time(marks: list[Anchor]) -> None:
    assert place_labels(marks, GROUND) == place_labels(marks, GROUND)


@given(anchors, st.integers(0, 39))
def test_labels_stand_where_they_would_had_no_other_been_chosen_before(marks: list[Anchor], chosen: int) -> None:
    """A chart is drawn for one city after the other, each with its own name broader and served first."""
    accented = [
        replace(mark, width=mark.width * 1.1, weight=mark.weight + 1000) if place == chosen else mark
        for place, mark in enumerate(marks)
    ]
    place_labels(marks, GROUND)
    after = place_labels(accented, GROUND)
    placing._CHOICES._kept.clear()  # noqa: SLF001 -- as in a fresh process
    assert place_labels(accented, GROUND) == after


def test_a_lone_label_stands_at_the_right_of_its_mark() -> None:
    (box,) = place_labels([Anchor(50, 30, 1, 10, 3, 1)], GROUND)
    assert box is not None
    assert box.left > 51
    assert (box.top + box.bottom) / 2 == 30


def test_a_label_keeps_off_a_line_where_it_can() -> None:
    (box,) = place_labels([Anchor(50, 30, 1, 10, 3, 1)], GROUND, segments=[((50, 30), (90, 30))])
    assert box is not None
    assert box.right < 50


def test_a_label_keeps_off_what_is_taken() -> None:
    (box,) = place_labels([Anchor(50, 30, 1, 10, 3, 1)], GROUND, taken=[Box(51, 20, 99, 40)])
    assert box is not None
    assert box.right <= 51


def test_a_label_without_room_is_left_out() -> None:
    assert place_labels([Anchor(5, 5, 1, 90, 3, 1)], Box(0, 0, 10, 10)) == (None,)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 12)), min_size=1, max_size=12))
def test_spread_intervals_follow_without_overlap_and_within_bounds(wishes: list[tuple[float, float]]) -> None:
    wishes.sort()
    places, sizes = [place for place, _ in wishes], [size for _, size in wishes]
    middles = spread(places, sizes, 0.0, 150.0)
    edges = [(middle - size / 2, middle + size / 2) for middle, size in zip(middles, sizes, strict=True)]
    assert edges[0][0] >= -1e-6
    assert edges[-1][1] <= 150 + 1e-6
    assert all(before[1] <= after[0] + 1e-6 for before, after in pairwise(edges))


def test_intervals_that_do_not_touch_stay_where_they_are() -> None:
    assert spread([10, 50, 90], [5, 5, 5], 0, 100) == (10, 50, 90)


@given(st.lists(st.tuples(sides, sides), min_size=1, max_size=20), st.floats(25, 120))
def test_rectangles_on_shelves_do_not_overlap(sizes: list[tuple[float, float]], width: float) -> None:
    sizes.sort(key=lambda size: -size[1])
    corners, height = shelves(sizes, width)
    boxes = [
        Box(x + 1e-6, y + 1e-6, x + wide - 1e-6, y + tall - 1e-6)
        for (x, y), (wide, tall) in zip(corners, sizes, strict=True)
    ]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    assert all(box.right <= width and box.bottom <= height for box in boxes)


def test_the_largest_factor_still_fits() -> None:
    sizes = [(2.0, 1.0), (1.0, 1.0)]
    factor = largest_factor(sizes, (1.0, 1.0), 32.0, 100.0)
    assert factor == pytest.approx(15.5, abs=0.01)  # the first alone is then 32 wide, and each has a shelf


def test_connected_parts_come_largest_first() -> None:
    assert connected_parts(6, [(4, 5), (0, 2), (2, 3)]) == ((0, 2, 3), (4, 5), (1,))


def test_a_path_is_laid_out_straight_and_with_ties_of_one_length() -> None:
    import numpy as np

    places = lay_part((0, 1, 2), ((0, 1), (1, 2))).places
    assert np.linalg.norm(places[0] - places[1]) == pytest.approx(1, abs=0.01)
    assert np.linalg.norm(places[0] - places[2]) == pytest.approx(2, abs=0.02)


def test_discs_are_pushed_apart() -> None:
    import numpy as np

    moved = push_apart(np.array([[9.0, 9.0], [9.5, 9.0], [10.0, 9.1]]), np.array([1.0, 1.0, 1.0]), 0.5, (20.0, 20.0))
    assert min(np.linalg.norm(moved[a] - moved[b]) for a, b in ((0, 1), (1, 2), (0, 2))) >= 2.49


@given(st.decimals(-1000, 1000, places=2), st.decimals("0.01", 5000, places=2), st.integers(3, 8))
def test_ticks_are_even_and_span_the_amounts(low: Decimal, span: Decimal, count: int) -> None:
    ticks = round_ticks(low, low + span, count)
    assert ticks[0] <= low
    assert ticks[-1] >= low + span
    assert len({after - before for before, after in pairwise(ticks)}) == 1
    assert len(ticks) <= count + 2


def test_a_scale_of_equal_amounts_puts_all_at_its_start() -> None:
    assert Scale(5, 5, 10, 90)(5) == 10


def test_bars_count_from_zero() -> None:
    scale = from_zero([quantity(50), quantity(100)], 0, 10)
    assert scale(0) == 0
    assert scale(50) == 5


def test_negative_bars_reach_to_the_left_of_zero() -> None:
    scale = from_zero([quantity(-50), quantity(50)], 0, 10)
    assert scale(0) == 5


def test_a_han_character_is_one_em_wide() -> None:
    assert FACES.width("广东", 8) == pytest.approx(16 * POINT, rel=0.01)


def test_a_measure_does_not_change_when_something_was_drawn() -> None:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    figure = Figure()
    figure.text(0, 0, "甲乙", fontproperties=FontProperties(fname=FACES.regular, size=40))
    figure.savefig(io.BytesIO(), format="png")
    assert FACES.width("丙丁", 8) == pytest.approx(16 * POINT, rel=0.01)


@given(st.text(st.sampled_from("广东省R&D（，）。 ab-"), max_size=40), st.floats(8, 60))
def test_wrapped_lines_fit_and_lose_nothing(text: str, limit: float) -> None:
    lines = FACES.wrapped(text, 8, limit, 40)
    assert all(FACES.width(line, 8) <= limit + 0.02 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_lines_are_even_and_do_not_begin_with_punctuation() -> None:
    assert FACES.wrapped("新一代信息技术", 8, 17) == ("新一代信", "息技术")
    assert all(line[0] != "，" for line in FACES.wrapped("甲乙丙，丁戊己，庚辛", 8, 9))


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert FACES.wrapped("新一代信息技术", 8, 9, 1)[0].endswith("…")


def test_amounts_side_by_side_are_in_one_unit_in_trillions_where_each_is() -> None:
    assert printed((quantity(9000, YUAN_100M), quantity(15000, YUAN_100M)), "zh") == ("9000", "15000")
    assert printed((quantity(12500, YUAN_100M), quantity(15000, YUAN_100M)), "zh") == ("1.25万亿元", "1.50万亿元")
    assert printed((quantity(None, YUAN_100M), quantity(15000, YUAN_100M)), "zh")[1] == "1.5万亿元"
    assert printed((quantity("3215.5", YUAN_100M), quantity(10600, YUAN_100M)), "zh") == ("3215.5", "10600.0")
    assert printed((quantity(15000, YUAN_100M),), "zh", among=(quantity(9000, YUAN_100M),)) == ("15000",)
    assert printed((quantity(9000, YUAN_100M), quantity(5000, YUAN_100M)), "zh") == ("9000", "5000")


def test_an_axis_has_one_unit() -> None:
    small, large = in_one_unit((quantity(9000, YUAN_100M), quantity(15000, YUAN_100M)))
    assert (small.amount, large.amount) == (Decimal("0.9"), Decimal("1.5"))
    assert small.unit == large.unit


def test_a_sum_is_not_known_where_a_part_is_not() -> None:
    assert total([quantity(1), quantity(None)]).amount is None
    assert total([quantity(1), quantity(2)]).amount == 3


def test_a_sum_is_no_surer_than_its_least_sure_part() -> None:
    assert total([quantity(1), quantity(2, basis=UNSURE)]).confidence == UNSURE.confidence


def test_a_sum_keeps_what_the_parts_bounds_say() -> None:
    over, under, exact = (
        Quantity(Decimal(1), PERCENT, BASIS, bound) for bound in (Bound.OVER, Bound.UNDER, Bound.EXACT)
    )
    assert total([over, exact]).bound is Bound.OVER
    assert total([under, exact]).bound is Bound.UNDER
    assert total([over, under]).bound is Bound.ABOUT
    assert total([exact, exact]).bound is Bound.EXACT


def test_the_share_of_nothing_is_not_known() -> None:
    assert share(quantity(0), quantity(0)) is None
    assert share(quantity(1), quantity(None)) is None
    assert share(quantity(1), quantity(4)) == 25
