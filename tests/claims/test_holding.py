"""Words of the catalogue are held against values, and a refusal says what would be true."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from clusterreport.claims.holding import ClaimError, Meaning, catalogue, held
from clusterreport.claims.kinds import KINDS
from clusterreport.claims.terms import Term
from clusterreport.quantity import PERCENT, PLACE, POINTS, RATIO, YUAN_100M, Bound
from tests.claims.values import SHARE, dated, placed, spread, value

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "claims.md").read_text(encoding="utf-8")
POINTS_UP, POINTS_DOWN, NO_POINTS = (value(amount, POINTS) for amount in ("21.8", "-4.1", "0.04"))


def share(amount: str) -> Term:
    return value(amount, PERCENT)


@pytest.mark.parametrize(
    ("words", "values", "kind"),
    [
        ("提高", (POINTS_UP,), "rise"),
        ("提高", (share("46.3"), share("24.4")), "rise"),
        ("下降", (POINTS_DOWN,), "fall"),
        ("持平", (NO_POINTS,), "level"),
        ("不变", (value(4), value(4)), "level"),
        ("提高到", (share("46.3"), share("24.4")), "rise_to"),
        ("降至", (share("24.4"), share("46.3")), "fall_to"),
        ("仍为", (value(4), value(4)), "stays"),
        ("增加了", (value(35, change=True),), "rise_by"),
        ("减少了", (value(-3, change=True),), "fall_by"),
        ("更分散", (spread("-0.15"),), "more_dispersed"),
        ("趋于集中", (spread("0.15"),), "more_concentrated"),
        ("高于", (share("100"), share("46.3")), "above"),
        ("不及", (share("40"), share("46.3")), "below"),
        ("相同", (share("46.25"), share("46.3")), "equal"),
        ("首位", (placed(14, 1),), "first"),
        ("首位", (value(1, PLACE),), "first"),
        ("并列首位", (placed(14, 1, tied=True),), "joint_first"),
        ("最少", (placed(1, 9, lowest=True),), "last"),
        ("并列最少", (placed(1, 8, tied=True, lowest=True),), "joint_last"),
        ("居前", (value(20, PLACE), value(80)), "leading"),
        ("前移", (value(2, PLACE), value(8, PLACE)), "forward"),
        ("后移", (value(8, PLACE), value(2, PLACE)), "backward"),
        ("位次未变", (value(8, PLACE), value(8, PLACE)), "same_place"),
        ("全部", (value(4), value(4)), "all"),
        ("无一", (value(0),), "none"),
        ("过半", (share("50.1"),), "most"),
        ("多数", (value(41), value(80)), "most"),
        ("大多数", (value(2), value(3)), "large_most"),
        ("少数", (share("49.9"),), "minority"),
        ("唯一", (value(1),), "only"),
        ("零的突破", (value(1), value(0)), "new"),
        ("密切相关", (value("0.6", RATIO),), "closely_related"),
        ("正相关", (value("0.3", RATIO),), "related"),
        ("负相关", (value("-0.73", RATIO),), "inversely_related"),
        ("没有明显关系", (value("-0.29", RATIO),), "unrelated"),
        ("第8位", (value(8, PLACE),), "place"),
        ("并列第八位", (placed(4, 8, tied=True),), "place"),
        ("前三位", (placed(9, 1), placed(8, 2), placed(7, 3)), "top"),
        ("翻一番", (value(80), value(40)), "multiple"),
        ("三倍", (dated(9, "2024"), dated(3, "2024")), "multiple"),
        ("更高", (dated(4, "2024"), dated(3, "2024")), "rise"),
        ("增长", (dated(4, "2024"), dated(3, "2023")), "rise"),
        ("翻了两番", (value(160), value(40)), "multiple"),
        ("增长一倍", (value(80), value(40)), "multiple"),
        ("近翻一番", (value(78), value(40)), "multiple"),
        ("近八成", (share("78"),), "amount"),
    ],
)
def test_true_words_pass_with_their_meaning(words: str, values: tuple[Term, ...], kind: str) -> None:
    assert held(words, values, "zh").kind == kind


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("提高", (POINTS_DOWN,)),
        ("提高", (NO_POINTS,)),
        ("提高", (share("46.25"), share("46.3"))),  # both print as 46.3%
        ("提高", (share("46.3"),)),  # a level is no change
        ("提高", (replace(share("46.3"), quantity=replace(share("46.3").quantity, basis=SHARE)),)),  # nor is a quotient
        ("提高", (value(8), share("4"))),  # unlike units
        ("提高到", (share("24.4"), share("46.3"))),
        ("增加了", (value(-3, change=True),)),
        ("更分散", (spread("0.15"),)),
        ("更集中", (value("0.15", RATIO, change=True),)),  # a change of what does not measure concentration
        ("更集中", (value(4), value(3))),
        ("增长", (dated(4, "2023"), dated(3, "2024"))),  # the earlier first
        ("下降", (dated(3, "2023"), dated(4, "2024"))),
        ("增加到", (dated(4, "2023Q1"), dated(3, "2023Q2"))),
        ("增加到", (dated(4, "2024"), dated(3, "2024年"))),  # of one time
        ("翻一番", (dated(80, "2023"), dated(40, "2024"))),
        ("高于", (share("46.3"), share("46.3"))),
        ("高于", (value(80, bound=Bound.OVER), value(90))),
        ("低于", (value(80, bound=Bound.OVER), value(90))),  # over 80 may be 95
        ("高于", (value(80, bound=Bound.PLANNED), value(40))),
        ("首位", (placed(14, 1, tied=True),)),
        ("首位", (placed(14, 2),)),
        ("首位", (value(1),)),  # no place
        ("并列首位", (placed(14, 1),)),
        ("最少", (placed(1, 9),)),  # without the ranking nobody knows
        ("居前", (value(21, PLACE), value(80))),
        ("前移", (value(8, PLACE), value(2, PLACE))),
        ("全部", (value(3), value(4))),
        ("全部", (value(0), value(0))),
        ("无一", (value(1),)),
        ("过半", (share("50"),)),
        ("多数", (value(40), value(80))),
        ("大多数", (share("66.6"),)),
        ("唯一", (value(2),)),
        ("零的突破", (value(2), value(1))),
        ("密切相关", (value("0.59", RATIO),)),
        ("正相关", (value("2.5", RATIO),)),  # no coefficient
        ("第七位", (value(8, PLACE),)),
        ("并列第八位", (placed(4, 8),)),
        ("前三位", (placed(9, 1), placed(5, 4))),
        ("翻一番", (value(70), value(40))),
        ("翻一番", (value(80), share("40"))),
        ("翻一番", (value(80), value(0))),
        ("近八成", (share("74.3"),)),
        ("近八成", (share("78"), share("78"))),
    ],
)
def test_untrue_words_are_refused(words: str, values: tuple[Term, ...]) -> None:
    with pytest.raises(ClaimError):
        held(words, values, "zh")


@pytest.mark.parametrize(
    ("words", "values", "remedy"),
    [
        ("近八成", (share("74.3"),), "True would be: “近四分之三”, “超七成”."),
        ("提高", (POINTS_DOWN,), "True would be: “下降”, “降低”, “减少”, “回落”."),
        ("下降", (spread("21.8", POINTS),), "True would be: “提高”, “提升”, “上升”, “增加”, “更集中”."),
        ("持平", (POINTS_UP,), "True would be: “提高”, “提升”, “上升”, “增加”."),
        ("更集中", (spread("-0.1"),), "True would be: “下降”, “降低”, “减少”, “回落”, “更分散”."),
        ("更集中", (POINTS_UP,), "Write the later and the earlier value of concentration(…)"),
        ("增长", (dated(4, "2023"), dated(3, "2024")), "Write claim(“…”, later, earlier), or earlier|became(later)."),
        ("增至", (dated(4, "2024"), dated(3, "2024")), "Name two values of two times, one after the other."),
        ("高于", (value(3), value(4)), "True would be: “低于”"),
        ("前移", (value(8, PLACE), value(2, PLACE)), "True would be: “后移”."),
        ("首位", (placed(14, 1, tied=True),), "True would be: “并列首位”."),
        ("首位", (placed(8, 2, tied=True),), "True would be: “并列第2位”."),
        ("首位", (value(8, PLACE),), "True would be: “第8位”."),
        ("三十七个", (value(36),), "Print the number itself, or say something else."),
    ],
)
def test_a_refusal_says_what_would_be_true(words: str, values: tuple[Term, ...], remedy: str) -> None:
    with pytest.raises(ClaimError) as refused:
        held(words, values, "zh")
    assert refused.value.remedy.startswith(remedy)
    assert words in refused.value.problem


def test_words_of_ones_own_mean_what_they_are_said_to_be_like() -> None:
    assert held("布局更均匀", (spread("-0.15"),), "zh", "更分散") == Meaning("more_dispersed")
    with pytest.raises(ClaimError, match="布局更均匀"):
        held("布局更均匀", (value("0.15", RATIO, change=True),), "zh", "更分散")


def test_words_that_nothing_explains_are_refused_with_the_nearest() -> None:
    with pytest.raises(ClaimError) as refused:
        held("提髙", (POINTS_UP,), "zh")  # 髙 for 高
    assert "提高" in refused.value.remedy
    with pytest.raises(ClaimError) as refused:
        held("提高", (share("1"), share("2"), share("3")), "zh")
    assert "3 values" in refused.value.problem


@pytest.mark.parametrize(
    ("words", "values", "kind"),
    [
        ("rose to", (share("46.3"), share("24.4")), "rise_to"),
        ("Rose to", (share("46.3"), share("24.4")), "rise_to"),
        ("is unchanged at", (value(4), value(4)), "stays"),
        ("the most", (placed(14, 1),), "first"),
        ("jointly first", (placed(14, 1, tied=True),), "joint_first"),
        ("joint third", (placed(8, 3, tied=True),), "place"),
        ("The first three", (placed(9, 1), placed(8, 2)), "top"),
        ("more than half", (share("73"),), "most"),
        ("more than doubled", (value(90), value(40)), "multiple"),
        ("nearly three quarters", (share("74.3"),), "amount"),
        ("over 14,000", (value(14300, YUAN_100M),), ""),
    ],
)
def test_english_words(words: str, values: tuple[Term, ...], kind: str) -> None:
    if kind:
        assert held(words, values, "en").kind == kind
    else:
        with pytest.raises(ClaimError):  # a count of nothing is no money
            held(words, values, "en")


def test_every_kind_has_words_in_both_languages_and_a_line_in_the_page() -> None:
    for language in ("zh", "en"):
        told = {kind for kinds in catalogue(language).values() for kind in kinds}
        assert told == set(KINDS)
    lines = dict(re.findall(r"^\| `(\w+)` \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE))
    words = {kind: [word for word, kinds in catalogue("zh").items() if kind in kinds] for kind in KINDS}
    assert {kind: lines[kind].split("、") for kind in KINDS} == words
