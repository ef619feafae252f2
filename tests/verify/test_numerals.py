"""What is a number in a text, and what is only a word with the sign of one."""

from __future__ import annotations

import pytest

from clusterreport.verify.numerals import numerals, numerals_in, value_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全国80个集群", ("80",)),
        ("近10,600亿元，占46.3%", ("10,600", "46.3")),
        ("40%-70%", ("40", "70")),
        ("共３７个、１.５倍", ("３７", "１.５")),
        ("注①和⑳、第Ⅶ章、m²", ("①", "⑳", "Ⅶ", "²")),
        ("三十七个集群", ("三十七",)),
        ("百分之七十四", ("七十四",)),
        ("一百二十三亿元", ("一百二十三亿",)),
        ("三分之二、七成", ("三", "二", "七")),
        ("第一轮，第十位", ("一", "十")),
        ("两个城市，前三位", ("两", "三")),
        ("二〇二四年", ("二〇二四",)),
        ("约十家", ("十",)),
        ("1.35万亿元", ("1.35",)),
        ("单位：万亿元", ()),
        ("一个集群只计一次", ()),
        ("一体化、新一代、进一步、十分、两者、三农", ()),
        ("四川、九江、七台河市", ()),
        ("十大产业、百家企业", ()),
        ("占到二十。", ("二十",)),
        ("集群 Clusters", ()),
    ],
)
def test_numbers_are_found(text: str, found: tuple[str, ...]) -> None:
    assert numerals_in(text) == found


def test_each_number_has_its_place() -> None:
    text = "第三轮45个"
    assert [text[start:end] for start, end, _ in numerals(text)] == ["三", "45"]


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("37", 37), ("３７", 37), ("⑦", 7), ("Ⅶ", 7), ("三", 3), ("十", 10), ("十二", 12), ("三十七", 37), ("两", 2),
        ("一百二十三", 123), ("½", None), ("1.5", None), ("三万", None), ("〇", 0), ("⓪", 0),
        ("甲", None), ("个", None),
    ],
)  # fmt: skip
def test_a_number_has_a_value(numeral: str, value: int | None) -> None:
    assert value_of(numeral) == value
