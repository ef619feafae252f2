"""The labels of a native scatter keep off each other and off the marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clusterreport.charts.layout.sides import sides

PLACES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=20, unique=True)


def test_a_lone_mark_is_named_on_its_right() -> None:
    assert sides([2.0], [(0.5, 0.5)]) == ("r",)


def test_a_mark_at_the_edge_is_named_on_its_left() -> None:
    assert sides([3.0], [(1.0, 0.5)]) == ("l",)


def test_two_neighbours_are_named_on_different_sides() -> None:
    assert sides([2.0, 2.0], [(0.50, 0.5), (0.53, 0.5)]) == ("l", "r")


def test_in_a_crowd_some_go_without_a_name_and_the_highest_does_not() -> None:
    crowd = [(0.5 + 0.002 * place, 0.5 + 0.001 * place) for place in range(12)]
    chosen = sides([3.0] * 12, crowd)
    assert "" in chosen
    assert chosen[-1] != ""


@given(PLACES)
def test_every_mark_gets_a_side_or_none(places: list[tuple[float, float]]) -> None:
    assert len(sides([1.0] * len(places), places)) == len(places)
    assert set(sides([1.0] * len(places), places)) <= {"r", "l", "t", "b", ""}


def test_a_narrow_label_finds_room_where_a_wide_one_does_not() -> None:
    marks = [(0.5, 0.5), (0.6, 0.5)]  # 12.8 mm apart
    assert sides([2.0, 2.0], marks)[0] == "r"
    assert sides([8.0, 2.0], marks)[0] != "r"
