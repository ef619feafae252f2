"""A figure is carried by its quote, or contradicted by it; a quote without such a number says nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterreport.reconcile.quotes import QuoteOutcome, held_against, numbers_in, years_in


@pytest.mark.parametrize(
    ("quote", "amount"),
    [
        ("三十七个", "37"),
        ("一百二十三亿元", "12300000000"),
        ("超过三点七万亿元", "3700000000000"),
        ("两千二百家", "2200"),
        ("二〇二四年", "2024"),
        ("千亿元", "100000000000"),
        ("万亿元", "1000000000000"),
        ("十个", "10"),
        ("一万二千家", "12000"),
        ("1.35万亿元", "1350000000000"),
        ("270万辆", "2700000"),
        ("1,234家", "1234"),
        ("百分之七十四", "74"),
        ("八成", "80"),
        ("七成四", "74"),
        ("四分之一", "25"),
        ("3/4", "75"),
    ],
)
def test_a_number_is_read_as_it_is_said(quote: str, amount: str) -> None:
    [number] = numbers_in(quote)
    assert number.amount == Decimal(amount)


@pytest.mark.parametrize(
    ("quote", "kind", "direction"),
    [
        ("近6000亿元", "money", "under"),
        ("已经超过2000亿元", "money", "over"),
        ("1700余家", "count", "over"),
        ("3000多家", "count", "over"),
        ("约24%", "percent", "about"),
        ("第12名", "ordinal", "exact"),
        ("2024年", "year", "exact"),
        ("9月", "date", "exact"),
        ("居首位", "ordinal", "exact"),
        ("500亿元以上", "money", "over"),
    ],
)
def test_a_number_knows_what_it_counts_and_what_is_said_of_it(quote: str, kind: str, direction: str) -> None:
    [number] = numbers_in(quote)
    assert (number.kind, number.direction) == (kind, direction)


CARRIED = [
    ("总产值超10600亿元", "1.06", "万亿元", "over"),
    ("产值5000万元", "0.5", "亿元", "exact"),
    ("占三分之一", "33.3", "%", "exact"),
    ("超过2/3", "66.7", "%", "over"),
    ("江苏13个、浙江7个、上海5个、安徽1个", "26", "个", "exact"),
    ("计划培育10个园区", "10", "个", "planned"),
    ("四大集群", "4", "个", "exact"),
]


@pytest.mark.parametrize(("quote", "value", "unit", "direction"), CARRIED)
def test_scales_words_and_sums_are_allowed(quote: str, value: str, unit: str, direction: str) -> None:
    assert held_against(quote, Decimal(value), unit, direction).outcome is QuoteOutcome.CARRIED


@pytest.mark.parametrize(
    ("quote", "value", "unit", "direction", "outcome", "instead"),
    [
        ("276家", "267", "家", "exact", QuoteOutcome.OTHER_VALUE, "276家"),
        ("10600亿元", "10600", "万亿元", "exact", QuoteOutcome.OTHER_UNIT, "10600亿元"),
        ("276家", "276", "%", "exact", QuoteOutcome.OTHER_UNIT, "276家"),
        ("超80个", "80", "个", "exact", QuoteOutcome.OTHER_QUALIFIER, "超80个"),
        ("培育10个园区", "10", "个", "planned", QuoteOutcome.OTHER_QUALIFIER, "10个"),
        ("占四分之一", "33.3", "%", "exact", QuoteOutcome.OTHER_VALUE, "四分之一"),
    ],
)
def test_another_value_unit_or_qualifier_contradicts(
    quote: str, value: str, unit: str, direction: str, outcome: QuoteOutcome, instead: str
) -> None:
    held = held_against(quote, Decimal(value), unit, direction)
    assert (held.outcome, held.instead) == (outcome, instead)


@pytest.mark.parametrize("quote", ["总产值再创新高", "京津冀一体化", "2024年9月的报道", "三地共建"])
def test_a_quote_without_such_a_number_says_nothing_against(quote: str) -> None:
    assert held_against(quote, Decimal(6), "个", "exact").outcome is QuoteOutcome.ABSENT


def test_the_years_of_a_quote_are_known_where_it_names_them_all() -> None:
    assert years_in("从2022年的约24%提升至2024年的74%") == {2022, 2024}
    assert years_in("去年比2022年增长6%") == frozenset()
    assert years_in("产值12024年元") == frozenset()
