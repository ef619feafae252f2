"""Characters that nobody can see are found, and words that look alike are told apart."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from clusterreport.characters import doubtful, folded, holds_han, plain, seen, shown, told_apart, unprintable, unseen

ALL = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
NAMED_IN_THE_ISSUE = [
    *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF, 0xAD, *range(0x202A, 0x202F), *range(0x2066, 0x206A),
    0x061C, *range(0xFE00, 0xFE10), 0xE0100, 0xE01EF, 0x115F, 0x1160, 0x3164, 0xFFA0, 0xE0001, 0xE0020, 0xE007F, 0x034F,
    0x2800,
]  # fmt: skip
HARMLESS = {"\u00ad", "\u200b", "\u2060", "\ufeff"}


def test_every_format_character_of_unicode_is_removed_or_refused() -> None:
    through = [sign for sign in ALL if unicodedata.category(sign) == "Cf" and unseen(plain(f"长{sign}三角")) is None]
    assert set(through) == HARMLESS
    assert all(plain(f"长{sign}三角") == "长三角" for sign in through)


@pytest.mark.parametrize("code", NAMED_IN_THE_ISSUE)
def test_a_character_that_cannot_be_seen_is_removed_or_refused_with_its_code(code: int) -> None:
    word = f"clusters{chr(code)}_total"
    assert doubtful(word)
    if chr(code) in HARMLESS:
        assert plain(word) == "clusters_total"
    else:
        assert unseen(plain(word)) == f"there is a character that cannot be seen (U+{code:04X}) in it"
    assert seen(word) == "clusters_total"
    assert shown(word) == f'"clusters<U+{code:04X}>_total"'


def test_every_odd_space_becomes_a_common_one() -> None:
    odd = [sign for sign in ALL if unicodedata.category(sign) == "Zs" and sign not in {" ", "\u3000"}]
    assert len(odd) == 15
    assert {plain(f"New{sign}York") for sign in odd} == {"New York"}


def test_common_characters_of_every_kind_are_left_alone() -> None:
    text = "广州市“4+1”新一代信息技术（R&D）　Ⅱ级 ①②③ α-稳定 café 😀 𬭎 ㎡ ×10⁴"
    assert not doubtful(text)
    assert (plain(text), unseen(text), unprintable(text)) == (text, None, None)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("⼴东", "广东"),  # U+2F34, a Kangxi radical
        ("⻓三角", "长三角"),  # U+2ED3, of the radicals' supplement, which NFKC leaves alone
        ("新能源(光伏)", "新能源（光伏）"),
        ("新一代 信息技术", "新一代信息技术"),
        ("新一代　信息技术", "新一代信息技术"),
        ("高端装备\u200d", "高端装备"),
        ("total_оutput", "total_output"),  # a Cyrillic о
        ("５Ｇ", "5G"),
        ("café", "cafe\u0301"),
    ],
)
def test_words_that_look_alike_have_one_form(word: str, other: str) -> None:
    assert word != other
    assert folded(word) == folded(other)


@pytest.mark.parametrize(
    ("word", "other"), [("广东", "广西"), ("A01", "a01"), ("2021-R1", "2021-R2"), ("大连", "太连")]
)
def test_words_that_differ_keep_forms_of_their_own(word: str, other: str) -> None:
    assert folded(word) != folded(other)


def test_signs_that_are_left_as_they_are_have_no_other_form() -> None:
    """A space in a word takes it the long way; without one, most words take the short one."""
    common = "".join(map(chr, (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B), *range(0x4E00, 0xA000))))
    assert folded(common) == folded(f"{common} ") == common


def test_what_tells_two_words_apart_is_named_with_its_code() -> None:
    assert told_apart("⼴东", "广东") == "⼴ is U+2F34, 广 is U+5E7F"
    assert told_apart("广\u3000东", "广东") == "there is a U+3000"
    assert told_apart("a b c", "ab c") == ""


@pytest.mark.parametrize(
    ("text", "holds"), [("广州", True), ("〇", True), ("𠮷", True), ("GDP，—", False), ("", False)]
)
def test_signs_of_chinese_are_known_also_beyond_the_common_ones(text: str, holds: bool) -> None:  # noqa: FBT001
    assert holds_han(text) is holds
