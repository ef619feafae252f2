"""What is remembered is bounded: what was asked for longest ago goes first."""

from __future__ import annotations

from clusterreport.remembered import Remembered, RememberedOf


def test_what_was_asked_for_longest_ago_is_given_up() -> None:
    kept = Remembered[int](2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1
    kept.keep("c", 3)
    assert [kept.get(key) for key in "abc"] == [1, None, 3]


def test_a_value_that_is_kept_again_is_the_new_one() -> None:
    kept = Remembered[int](2)
    kept.keep("a", 1)
    kept.keep("a", 2)
    kept.keep("b", 3)
    assert (kept.get("a"), kept.get("b")) == (2, 3)


def test_what_is_kept_is_not_made_again() -> None:
    kept, made = Remembered[int](2), [1, 2]
    assert [kept.made("a", lambda: made.pop(0)) for _ in range(3)] == [1, 1, 1]
    assert made == [2]


def test_of_equal_objects_each_has_its_own_and_is_held() -> None:
    kept = RememberedOf[str](4)
    one, other = [1], [1]
    assert kept.made(one, lambda: "of one") == kept.made(one, lambda: "never") == "of one"
    assert kept.made(other, lambda: "of the other") == "of the other"
    assert kept.made(one, lambda: "asked otherwise", "wide") == "asked otherwise"
    fresh = [kept.made([place], lambda place=place: str(place)) for place in range(9)]  # type: ignore[misc]
    assert fresh == [str(place) for place in range(9)]
