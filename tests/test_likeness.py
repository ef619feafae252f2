"""The word that was meant is found among those there are, and asked for in the same words everywhere."""

from __future__ import annotations

import pytest

from clusterreport.likeness import apart, asked, named_instead, nearest, nearest_first, twin

PLACES = ("江苏", "浙江", "广西", "内蒙古")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("⼴西", "广西"),  # the radical for the character
        ("江苏省", "江苏"), ("广西壮族自治区", "广西"), ("内蒙", "内蒙古"), ("广东", None), ("x" * 101, None),
    ],
)  # fmt: skip
def test_the_word_that_was_meant_is_a_twin_the_most_alike_or_the_one_that_is_lengthened(
    word: str, meant: str | None
) -> None:
    assert nearest(word, PLACES) == meant


def test_a_guess_is_made_of_one_sign_of_two() -> None:
    assert nearest("广东", PLACES, guess=True) == "广西"
    assert nearest("广东省份", PLACES, guess=True) is None


def test_of_very_many_words_only_what_is_lengthened_is_looked_for() -> None:
    many = [f"第{number}市" for number in range(401)]
    assert nearest("第7币", many) is None
    assert nearest("第7币", many[:400]) == "第7市"
    assert nearest("第7市区", many) == "第7市"


def test_a_twin_is_told_apart_by_its_characters() -> None:
    assert twin("⼴西", PLACES) == "广西"
    assert twin("广西", PLACES) is None
    assert apart("⼴西", PLACES) == " (⼴ is U+2F34, 广 is U+5E7F)"
    assert apart("广东", PLACES) == ""


def test_names_are_listed_by_how_alike_they_are_and_else_in_their_order() -> None:
    assert nearest_first("江西", PLACES) == ["江苏", "浙江", "广西", "内蒙古"]
    assert nearest_first("内蒙", PLACES)[0] == "内蒙古"


@pytest.mark.parametrize(
    ("wanted", "known", "also", "words"),
    [
        ("nubmer", ("number", "focus"), (), "Did you mean number? Write one of: number, focus."),
        ("投资额", ("money",), ("投资",), "Did you mean 投资? Write one of: money."),
        ("xyz", ("number", "focus", "number"), (), "Write one of: number, focus."), ("xyz", (), (), "There is none."),
    ],
)  # fmt: skip
def test_what_there_is_instead_is_asked_for_and_listed(
    wanted: str, known: tuple[str, ...], also: tuple[str, ...], words: str
) -> None:
    assert named_instead(wanted, known, also) == words


def test_what_is_not_near_is_not_asked_for() -> None:
    assert (asked("number"), asked(None), asked("")) == ("Did you mean number? ", "", "")
    assert named_instead("广东", PLACES, guess=False) == "Write one of: 江苏, 浙江, 广西, 内蒙古."
    assert named_instead("广东", PLACES).startswith("Did you mean 广西? ")
