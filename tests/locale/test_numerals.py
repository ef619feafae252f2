"""Whole numbers are said in words or in order."""

from __future__ import annotations

import pytest

from clusterreport.locale.numerals import chinese_count, chinese_numeral, english_ordinal, in_form


@pytest.mark.parametrize(
    ("count", "numeral"), [(0, "零"), (3, "三"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (100, "100")]
)
def test_small_counts_have_chinese_numerals(count: int, numeral: str) -> None:
    assert chinese_numeral(count) == numeral


def test_two_things_are_counted_with_liang_and_nothing_else_is() -> None:
    assert [chinese_count(count) for count in (1, 2, 3, 12, 20, 22)] == ["一", "两", "三", "十二", "二十", "二十二"]


def test_an_english_place_has_its_ending() -> None:
    assert [english_ordinal(digits) for digits in ("1", "2", "3", "4", "11", "12", "21", "1,012", "103")] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "1,012th", "103rd",
    ]  # fmt: skip


def test_a_form_is_that_of_the_language() -> None:
    assert [in_form(2, form, "zh") for form in ("", "numeral", "counted", "ordinal")] == ["2", "二", "两", "2"]
    assert [in_form(2, form, "en") for form in ("", "numeral", "counted", "ordinal")] == ["2", "2", "2", "2nd"]
