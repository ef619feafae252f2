"""Printed characters are read back into the amounts that they say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterreport.proofreading.amounts import Amount, says


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("80个", "80", "个"),
        ("超1.35万亿元", "13500", "亿元"),
        ("达19万亿元", "190000", "亿元"),
        ("1700余家", "1700", "家"),
        ("46.3%", "46.25", "%"),
        ("46.25%", "46.25", "%"),
        ("−3.2", "-3.15", "个百分点"),
        ("+4", "4", "个"),
        ("第2位", "2", "位"),
        ("第三", "3", "位"),
        ("两个", "2", "个"),
        ("二十一个", "21", "个"),
        ("十个", "10", "个"),
        ("over 12,345.6 hundred million yuan", "12345.6", "亿元"),
        ("1.2 trillion yuan", "12345.6", "亿元"),
        ("22nd", "22", "位"),
    ],
)
def test_characters_say_their_amount(text: str, amount: str, unit: str) -> None:
    assert says(text, Amount(Decimal(amount), unit, marked=False))


@pytest.mark.parametrize(
    ("text", "amount"), [("80个", "81"), ("46.2%", "46.25"), ("3.2", "-3.2"), ("1.35万亿元", "1350"), ("多个", "3")]
)
def test_characters_do_not_say_another_amount(text: str, amount: str) -> None:
    assert not says(text, Amount(Decimal(amount), "亿元", marked=False))


def test_what_is_not_known_is_said_by_a_dash_only() -> None:
    assert says("—", Amount(None, "个", marked=False))
    assert not says("0", Amount(None, "个", marked=False))


@pytest.mark.parametrize("text", ["2*", "2个（待核）", "2 clusters (unconfirmed)"])
def test_what_is_not_sure_bears_its_mark(text: str) -> None:
    assert says(text, Amount(Decimal(2), "个", marked=True))
    assert not says(text, Amount(Decimal(2), "个", marked=False))
    assert not says("2", Amount(Decimal(2), "个", marked=True))


def test_a_chart_may_say_its_large_unit_once_for_all() -> None:
    assert says("1.35", Amount(Decimal(13500), "亿元", marked=False), scaled=True)
    assert not says("1.35", Amount(Decimal(13500), "亿元", marked=False))
