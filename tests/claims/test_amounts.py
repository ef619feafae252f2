"""Amounts in words are true within their bands, and at the edges of these; what they say is worked out by hand."""

from __future__ import annotations

import pytest

from clusterreport.claims import chinese, english
from clusterreport.claims.amounts import is_true
from clusterreport.claims.holding import roughly
from clusterreport.quantity import FIRMS, PERCENT, POINTS, YUAN_100M, Bound, Unit
from tests.claims.values import value


@pytest.mark.parametrize(
    ("words", "unit", "true", "false"),
    [
        ("近八成", PERCENT, ["76", "79.9"], ["74.3", "75.99", "80", "80.1"]),
        ("超七成", PERCENT, ["70.1", "74.3", "79.9"], ["70", "69.9", "80"]),
        ("约七成", PERCENT, ["66.5", "70", "73.5"], ["66.4", "73.6"]),
        ("七成", PERCENT, ["69.5", "70", "70.4"], ["69.4", "70.5"]),
        ("七成四", PERCENT, ["74.3", "73.5"], ["74.5", "73.4"]),
        ("百分之七十四", PERCENT, ["74.3"], ["74.6", "47"]),
        ("百分之七十四点三", PERCENT, ["74.3", "74.29"], ["74.2"]),
        ("近四分之三", PERCENT, ["74.3", "71.25"], ["71.2", "75"]),
        ("三分之一", PERCENT, ["33.3", "33.34"], ["33.2", "33.5"]),
        ("一半", PERCENT, ["50", "50.04"], ["49.9", "50.1"]),
        ("超一半", PERCENT, ["50.1", "59.9"], ["50", "60"]),
        ("超三分之一", PERCENT, ["33.4", "34.9"], ["33.3", "35.1"]),
        ("三十七个", FIRMS, [], ["37"]),
        ("三十七家", FIRMS, ["37"], ["36", "38"]),
        ("80余家", FIRMS, ["81", "89"], ["80", "90", "79"]),
        ("三千多家", FIRMS, ["3001", "3999"], ["3000", "4000"]),
        ("不足百家", FIRMS, ["95", "99"], ["94", "100"]),
        ("超3000亿元", YUAN_100M, ["3001", "3999"], ["3000", "4000", "0.3001"]),
        ("1.35万亿元", YUAN_100M, ["13500", "13499"], ["13400", "1.35"]),
        ("约1.4万亿元", YUAN_100M, ["13500"], ["13200"]),
        ("21.8个百分点", POINTS, ["21.8"], ["21.9"]),
        ("百分之二十二", POINTS, [], ["22"]),
        ("二十二个百分点", PERCENT, [], ["22"]),
        ("80亿元", FIRMS, [], ["80"]),
        ("八成", FIRMS, [], ["80"]),
    ],
)
def test_chinese_words_are_true_within_their_band(words: str, unit: Unit, true: list[str], false: list[str]) -> None:
    said = chinese.amount_in(words)
    assert said is not None
    assert [amount for amount in true if not is_true(said, value(amount, unit))] == []
    assert [amount for amount in false if is_true(said, value(amount, unit))] == []


@pytest.mark.parametrize(
    ("words", "unit", "true", "false"),
    [
        ("nearly three quarters", PERCENT, ["74.3", "71.25"], ["71.2", "75"]),
        ("over seven in ten", PERCENT, ["74.3"], ["70", "80"]),
        ("about a third", PERCENT, ["32", "34.9"], ["31.6", "35.1"]),
        ("half", PERCENT, ["50"], ["49.9"]),
        ("two thirds", PERCENT, ["66.7"], ["66.5"]),
        ("over 3,000", FIRMS, ["3,999".replace(",", "")], ["3000", "4000"]),
        ("thirty-seven", FIRMS, ["37"], ["36"]),
        ("three hundred and twelve", FIRMS, ["312"], ["300"]),
        ("74%", PERCENT, ["74.3"], ["74.6"]),
        ("21.8 percentage points", POINTS, ["21.8"], ["21.9"]),
        ("22 percent", POINTS, [], ["22"]),
        ("nearly 2 trillion yuan", YUAN_100M, ["19500"], ["20000", "18900"]),
    ],
)
def test_english_words_are_true_within_their_band(words: str, unit: Unit, true: list[str], false: list[str]) -> None:
    said = english.amount_in(words)
    assert said is not None
    assert [amount for amount in true if not is_true(said, value(amount, unit))] == []
    assert [amount for amount in false if is_true(said, value(amount, unit))] == []


def test_a_value_with_a_qualifier_is_said_with_the_same_one() -> None:
    said = [chinese.amount_in(words) for words in ("超80家", "80余家", "80家", "近80家", "超70家")]
    over = value(80, FIRMS, Bound.OVER)
    assert [is_true(each, over) for each in said if each is not None] == [True, True, False, False, False]
    planned = value(80, FIRMS, Bound.PLANNED)
    assert not any(is_true(each, planned) for each in said if each is not None)


@pytest.mark.parametrize("words", ["提高", "近", "八成的三成", "江苏", "第三位", "翻一番", "二〇二四年"])
def test_what_is_no_amount_is_none(words: str) -> None:
    assert chinese.amount_in(words) is None


@pytest.mark.parametrize("words", ["rose", "nearly", "the third of May", "doubled", "", "third"])
def test_what_is_no_english_amount_is_none(words: str) -> None:
    assert english.amount_in(words) is None


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("74.3", "近四分之三", "nearly three quarters"),
        ("33.3", "三分之一", "a third"),
        ("50", "一半", "half"),
        ("48", "近一半", "nearly half"),
        ("51", "超一半", "over half"),
        ("46.25", "超四成", "over four in ten"),
        ("66.7", "三分之二", "two thirds"),
        ("90", "九成", "nine in ten"),
    ],
)
def test_a_share_is_said_by_the_nearest_part(amount: str, zh: str, en: str) -> None:
    assert roughly((value(amount, PERCENT),), "zh") == zh
    assert roughly((value(amount, PERCENT),), "en") == en


def test_what_is_said_roughly_is_true() -> None:
    for tenth in range(96, 1000):
        share = value(f"{tenth / 10}", PERCENT)
        for language, spelling in (("zh", chinese), ("en", english)):
            said = spelling.amount_in(roughly((share,), language))
            assert said is not None, (share.text, language)
            assert is_true(said, share), (share.text, said)
