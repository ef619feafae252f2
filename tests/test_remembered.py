"""What is remembered is bounded: what was asked for longest ago goes first."""

from __future__ import annotations

from clusterreport.remembered import Remembered


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
