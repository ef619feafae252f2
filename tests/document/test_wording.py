"""Quantities and dates become characters by one set of rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.document.model import DateText, NumberStyle
from clusterreport.document.wording import (
    Language,
    QuantityArgument,
    format_date,
    format_quantity,
    format_quantity_parts,
    printed_amount,
    rounded,
    unit_name,
)
from clusterreport.locale import Label
from clusterreport.quantity import (
    FIRMS,
    KILOMETRES,
    PEOPLE_10K,
    PERCENT,
    PLACE,
    POINTS,
    RATIO,
    VEHICLES,
    YEAR,
    YUAN_100M,
    Basis,
    Bound,
    Computed,
    Confidence,
    Given,
    Published,
    Quantity,
    Unit,
    unit_named,
)
from clusterreport.subjects.clusters.units import CLUSTERS

BASIS = Computed("数", "行数", Confidence.CONFIRMED)
DOUBTED = Computed("数", "行数", Confidence.UNCONFIRMED)


def quantity(amount: str | None, unit: Unit, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(None if amount is None else Decimal(amount), unit, BASIS, bound)


THEIRS = Published(
    "报道",
    "全国占比近三分之一",
    "2024",
    Confidence.CONFIRMED,
    wording=Label.of("number.worded", zh="三分之一", en="a third"),
)
THIRD = Quantity(Decimal("33.3"), PERCENT, THEIRS, Bound.UNDER)


@pytest.mark.parametrize(
    ("given_quantity", "style", "said"),
    [
        (quantity("80", CLUSTERS), NumberStyle(), "80个"),
        (quantity("46.25", PERCENT), NumberStyle(), "46.3%"),
        (quantity("24.4444", PERCENT), NumberStyle(decimals=0), "24%"),
        (quantity("0.125", RATIO), NumberStyle(), "0.13"),
        (quantity("-21.806", POINTS), NumberStyle(), "−21.8个百分点"),
        (quantity("5", CLUSTERS), NumberStyle(sign=True), "+5个"),
        (quantity("0.5", POINTS), NumberStyle(sign=True), "+0.5个百分点"),
        (quantity("0", CLUSTERS), NumberStyle(sign=True), "0个"),
        (quantity("-4", CLUSTERS), NumberStyle(magnitude=True), "4个"),
        (quantity("-0.04", PERCENT), NumberStyle(), "0.0%"),
        (quantity("10600", YUAN_100M, Bound.OVER), NumberStyle(), "超1.06万亿元"),
        (quantity("600", YUAN_100M, Bound.ABOUT), NumberStyle(), "约600亿元"),
        (quantity("1700", FIRMS, Bound.AND_MORE), NumberStyle(), "1700余家"),
        (quantity("3000", FIRMS, Bound.MANY), NumberStyle(), "3000多家"),
        (quantity("33.3", PERCENT, Bound.UNDER), NumberStyle(), "近33.3%"),
        (quantity("10600", YUAN_100M, Bound.OVER), NumberStyle(qualifier=False), "1.06万亿元"),
        (quantity("2024", YEAR), NumberStyle(), "2024年"),
        (quantity("4", PLACE), NumberStyle(form="ordinal"), "第4位"),
        (quantity("1", PLACE), NumberStyle(form="leading"), "首位"),
        (quantity("4", PLACE), NumberStyle(form="leading"), "第4位"),
        (quantity("4", PLACE), NumberStyle(form="leading", unit=False), "第4"),  # the column's head names the unit
        (quantity("6", CLUSTERS), NumberStyle(numeral="chinese"), "六个"),
        (quantity("2", CLUSTERS), NumberStyle(numeral="chinese"), "两个"),
        (quantity("12", CLUSTERS), NumberStyle(numeral="chinese"), "十二个"),
        (quantity("0", CLUSTERS), NumberStyle(numeral="chinese"), "零个"),
        (quantity("99", CLUSTERS), NumberStyle(numeral="chinese"), "九十九个"),
        (quantity("100", CLUSTERS), NumberStyle(numeral="chinese", sign=True), "+100个"),
        (quantity("-1", CLUSTERS), NumberStyle(numeral="chinese"), "−1个"),
        (quantity("2.5", CLUSTERS), NumberStyle(numeral="chinese"), "2.5个"),
        (quantity("2", PLACE), NumberStyle(numeral="chinese"), "第二位"),
        (quantity("2", CLUSTERS), NumberStyle(numeral="chinese", form="ordinal"), "第二个"),
        (quantity("1234.6", KILOMETRES), NumberStyle(), "1235公里"),
        (quantity(None, CLUSTERS), NumberStyle(), "—"),
        (quantity("80", CLUSTERS), NumberStyle(unit=False), "80"),
    ],
)  # fmt: skip
def test_a_quantity_is_said_in_chinese(given_quantity: Quantity, style: NumberStyle, said: str) -> None:
    assert format_quantity(given_quantity, style) == said


@pytest.mark.parametrize(
    ("given_quantity", "style", "said"),
    [
        (quantity("80", CLUSTERS), NumberStyle(), "80 clusters"),
        (quantity("1", CLUSTERS), NumberStyle(), "1 cluster"),
        (quantity("10600", YUAN_100M, Bound.OVER), NumberStyle(), "over 1.06 trillion yuan"),
        (quantity("1700", FIRMS, Bound.AND_MORE), NumberStyle(), "over 1,700 firms"),
        (quantity("547", VEHICLES), NumberStyle(), "5,470,000 vehicles"),
        (quantity("600", YUAN_100M), NumberStyle(), "60 billion yuan"),
        (quantity("600", YUAN_100M), NumberStyle(unit=False), "600"),  # the column's head names the unit
        (quantity("1887.06", PEOPLE_10K), NumberStyle(), "18.87 million people"),
        (quantity("21.806", POINTS), NumberStyle(), "21.8 percentage points"),
        (quantity("2024", YEAR), NumberStyle(unit=False), "2024"),
        (quantity("2", PLACE), NumberStyle(form="ordinal"), "2nd"),
        (quantity("1", PLACE), NumberStyle(form="leading"), "first"),
        (quantity("4", PLACE), NumberStyle(form="leading"), "4th"),
        (quantity("12", PLACE), NumberStyle(form="ordinal"), "12th"),
        (quantity("1021", PLACE), NumberStyle(form="ordinal"), "1,021st"),
        (quantity(None, CLUSTERS), NumberStyle(), "n/a"),
    ],
)  # fmt: skip
def test_a_quantity_is_said_in_english(given_quantity: Quantity, style: NumberStyle, said: str) -> None:
    assert format_quantity(given_quantity, style, "en") == said


@pytest.mark.parametrize(
    ("style", "language", "said"),
    [
        (NumberStyle(), "zh", "近三分之一"),
        (NumberStyle(qualifier=False), "zh", "三分之一"),
        (NumberStyle(), "en", "nearly a third"),
        (NumberStyle(unit=False), "zh", "近33.3"),  # the column's head names the unit
        (NumberStyle(decimals=0), "zh", "近33%"),
    ],
)
def test_a_share_that_its_source_said_in_words_is_said_so(style: NumberStyle, language: Language, said: str) -> None:
    assert format_quantity(THIRD, style, language) == said
    assert "".join(format_quantity_parts(THIRD, style, language)) == said


def test_words_that_a_language_lacks_leave_the_digits() -> None:
    wording = Label.of("number.worded", zh="三分之一", en="")
    third = replace(THIRD, basis=replace(THEIRS, wording=wording))
    assert format_quantity(third, NumberStyle(), "en") == "nearly 33.3%"


def test_a_column_that_names_its_unit_in_its_head_keeps_that_unit() -> None:
    output = quantity("10600", YUAN_100M, Bound.OVER)
    assert format_quantity(output, NumberStyle(unit=False)) == "超10600"
    assert format_quantity_parts(output, NumberStyle(unit=False)) == ("超10600", "")
    assert format_quantity(output, NumberStyle(unit=False), "en") == "over 10,600"


@pytest.mark.parametrize(
    ("amount", "parts"), [("9999", ("9999", "亿元")), ("10000", ("1", "万亿元")), ("-10600", ("−1.06", "万亿元"))]
)
def test_amounts_change_to_the_larger_unit_from_ten_thousand_on(amount: str, parts: tuple[str, str]) -> None:
    assert format_quantity_parts(quantity(amount, YUAN_100M), NumberStyle()) == parts
    assert format_quantity(quantity(amount, YUAN_100M), NumberStyle()) == "".join(parts)


@pytest.mark.parametrize(("amount", "said"), [("24", "24%"), ("33.3", "33.3%"), ("74.30", "74.30%")])
def test_a_source_keeps_the_decimals_that_it_printed(amount: str, said: str) -> None:
    printed = Published("《某报》", said, "2024", Confidence.CONFIRMED)
    assert format_quantity(Quantity(Decimal(amount), PERCENT, printed), NumberStyle()) == said


LARGE = [
    ("141633.81", Bound.EXACT, "14.16万亿元", "14.16 trillion yuan"),
    ("137008", Bound.EXACT, "13.70万亿元", "13.70 trillion yuan"),
    ("136000", Bound.EXACT, "13.6万亿元", "13.6 trillion yuan"),  # no figure that the source does not have
    ("-10066", Bound.EXACT, "−1.01万亿元", "−1.01 trillion yuan"),
    ("13568", Bound.OVER, "超1.35万亿元", "over 1.35 trillion yuan"),  # not over 1.36
    ("13512", Bound.UNDER, "近1.36万亿元", "nearly 1.36 trillion yuan"),
    ("13568", Bound.ABOUT, "约1.36万亿元", "about 1.36 trillion yuan"),
    ("1120.05", Bound.EXACT, "1120.05亿元", "112.01 billion yuan"),
    ("0.0123", Bound.EXACT, "0.0123亿元", "0.0012 billion yuan"),  # not 0.00
]


@pytest.mark.parametrize("basis", [Given("名称"), Published("公报", "原文", "2024", Confidence.CONFIRMED)])
@pytest.mark.parametrize(("amount", "bound", "zh", "en"), LARGE)
def test_what_is_said_in_a_larger_unit_has_two_decimals_at_most(
    amount: str, bound: Bound, zh: str, en: str, basis: Basis
) -> None:
    large = Quantity(Decimal(amount), YUAN_100M, basis, bound)
    assert (format_quantity(large, NumberStyle()), format_quantity(large, NumberStyle(), "en")) == (zh, en)


def test_who_asks_for_more_decimals_gets_them() -> None:
    assert format_quantity(quantity("141633.81", YUAN_100M), NumberStyle(decimals=4)) == "14.1634万亿元"


MEAN = Computed(Label.of("analysis.mean", column="人口"), "", Confidence.CONFIRMED)
AS_WRITTEN = Computed("经度", "", Confidence.CONFIRMED, as_written=True)


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("16.3333333333", "16.33万人", "0.16 million people"),  # two decimals, or two figures that are not 0
        ("5.3333333333", "5.33万人", "0.053 million people"),
        ("0.0012345678", "0.0012万人", "0.000012 million people"),
        ("0.5233333333", "0.52万人", "0.0052 million people"),
        ("-0.0666666667", "−0.067万人", "−0.00067 million people"),
        ("1.23456789", "1.23万人", "0.012 million people"),  # eight decimals: it was divided
        ("1.2345678", "1.2345678万人", "0.012 million people"),
        ("740.025", "740.025万人", "7.40 million people"),
    ],
)
def test_a_quotient_that_does_not_come_out_even_has_two_decimals_or_figures(amount: str, zh: str, en: str) -> None:
    divided = Quantity(Decimal(amount), PEOPLE_10K, MEAN)
    assert format_quantity(divided, NumberStyle()) == zh
    assert format_quantity(divided, NumberStyle(), "en") == en


@pytest.mark.parametrize(
    "basis",
    [
        AS_WRITTEN,
        Given("名称"),
        Published("公报", "1.23456789万人", "2024", Confidence.CONFIRMED),
    ],
)
def test_what_nobody_divided_is_said_to_the_last_digit(basis: Basis) -> None:
    assert format_quantity(Quantity(Decimal("1.23456789"), PEOPLE_10K, basis), NumberStyle()) == "1.23456789万人"


def test_a_quotient_that_is_called_by_a_word_alone_is_shortened_too() -> None:
    divided = Computed("", "", Confidence.CONFIRMED)
    assert format_quantity(Quantity(Decimal("1.23456789"), PEOPLE_10K, divided), NumberStyle()) == "1.23万人"


def test_a_count_that_a_source_printed_has_no_decimals_that_say_nothing() -> None:
    printed = Published("《某报》", "24.0家", "2024", Confidence.CONFIRMED)
    assert format_quantity(Quantity(Decimal("24.0"), FIRMS, printed), NumberStyle()) == "24家"


def test_a_quantity_in_a_label_is_said_in_the_language_of_the_label() -> None:
    argument = QuantityArgument(quantity("10600", YUAN_100M, Bound.OVER))
    assert argument.in_language("zh") == "超1.06万亿元"
    assert argument.in_language("en") == "over 1.06 trillion yuan"


def test_what_nobody_knows_has_no_unit_behind_it() -> None:
    assert format_quantity_parts(quantity(None, CLUSTERS), NumberStyle()) == ("—", "")
    assert format_quantity_parts(quantity(None, CLUSTERS), NumberStyle(unit=False), "en") == ("n/a", "")


def test_what_has_no_unit_has_nothing_behind_its_amount() -> None:
    assert format_quantity_parts(quantity("0.125", RATIO), NumberStyle()) == ("0.13", "")


def test_amounts_of_up_to_sixty_digits_are_rounded_and_longer_ones_are_refused() -> None:
    assert rounded(Decimal("9" * 59 + ".4"), 0) == Decimal("9" * 59)
    assert rounded(Decimal("9" * 60 + ".4"), 0) == Decimal("9" * 60)
    with pytest.raises(InvalidOperation):
        rounded(Decimal("9" * 61 + ".4"), 0)


def test_a_rank_is_said_with_its_ordinal_and_bare_in_a_column() -> None:
    assert format_quantity(quantity("4", PLACE), NumberStyle()) == "第4位"
    assert format_quantity(quantity("4", PLACE), NumberStyle(unit=False)) == "4"


@pytest.mark.parametrize(
    ("unit", "language", "name"),
    [
        (CLUSTERS, "zh", "个"), (CLUSTERS, "en", "clusters"), (VEHICLES, "en", "×10,000 vehicles"),
        (YUAN_100M, "en", "hundred million yuan"), (PLACE, "en", ""),
    ],
)  # fmt: skip
def test_a_unit_has_a_name_of_its_own(unit: Unit, language: Language, name: str) -> None:
    assert unit_name(unit, language) == name


def test_an_unconfirmed_value_never_goes_without_its_mark() -> None:
    doubted = Quantity(Decimal(12), CLUSTERS, DOUBTED)
    assert format_quantity(doubted, NumberStyle()) == "12个（待核）"
    assert format_quantity(doubted, NumberStyle(unit=False, mark="star")) == "12*"


def test_rounding_is_half_up_and_not_to_even() -> None:
    assert [rounded(Decimal(text), 1) for text in ("0.25", "0.35", "-0.25")] == [
        Decimal("0.3"), Decimal("0.4"), Decimal("-0.3"),
    ]  # fmt: skip


@given(
    st.decimals(-(10**7), 10**7, places=3),
    st.sampled_from([CLUSTERS, PERCENT, YUAN_100M, RATIO, KILOMETRES]),
    st.sampled_from(Bound),
    st.sampled_from([BASIS, DOUBTED]),
    st.sampled_from([NumberStyle(), NumberStyle(unit=False), NumberStyle(qualifier=False), NumberStyle(mark="star")]),
    st.sampled_from(["zh", "en"]),
)
def test_amount_and_unit_apart_are_the_whole(
    amount: Decimal,
    unit: Unit,
    bound: Bound,
    basis: Computed,
    style: NumberStyle,
    language: Language,
) -> None:
    given_quantity = Quantity(amount, unit, basis, bound)
    number, tail = format_quantity_parts(given_quantity, style, language)
    assert number + tail == format_quantity(given_quantity, style, language)
    assert any(digit in number for digit in "0123456789")
    assert not any(digit in tail for digit in "0123456789")


@given(st.decimals(-(10**7), 10**7, places=2), st.sampled_from(Bound))
def test_a_bare_amount_of_money_is_never_scaled(amount: Decimal, bound: Bound) -> None:
    bare = format_quantity(Quantity(amount, YUAN_100M, BASIS, bound), NumberStyle(unit=False, qualifier=False))
    assert Decimal(bare.replace("−", "-")) == amount


@given(st.decimals(-(10**7), 10**7, places=6), st.integers(0, 4))
def test_rounding_never_moves_an_amount_by_more_than_half_a_unit(amount: Decimal, decimals: int) -> None:
    assert abs(rounded(amount, decimals) - amount) <= Decimal(5).scaleb(-decimals - 1)


@pytest.mark.parametrize(
    ("amount", "unit", "zh", "en"),
    [
        (None, CLUSTERS, None, None),
        ("80", CLUSTERS, "80", "80"),
        ("-46.25", PERCENT, "-46.3", "-46.3"),
        ("13500", YUAN_100M, "1.35", "1.35"),
        ("9000", YUAN_100M, "9000", "900"),
    ],
)
def test_an_amount_can_be_had_as_it_is_printed(amount: str | None, unit: Unit, zh: str | None, en: str | None) -> None:
    value = quantity(amount, unit)
    assert printed_amount(value, NumberStyle(), "zh") == (None if zh is None else Decimal(zh))
    assert printed_amount(value, NumberStyle(), "en") == (None if en is None else Decimal(en))


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("airport|airports", ["1 airport", "−1 airport", "0 airports", "2 airports"]),
        ("km", ["1 km", "−1 km", "0 km", "2 km"]),
        ("airports", ["1 airports", "−1 airports", "0 airports", "2 airports"]),
    ],
)
def test_a_unit_of_the_users_own_is_said_in_the_singular_where_the_data_say_how(unit: str, words: list[str]) -> None:
    own = unit_named(unit)
    said = [format_quantity(quantity(amount, own), NumberStyle(), "en") for amount in ("1", "-1", "0", "2")]
    assert said == words
    assert "|" not in unit_name(own, "en")


def test_dates_are_said_as_far_as_they_are_known() -> None:
    date = dt.date(2025, 9, 22)
    assert format_date(DateText(date)) == "2025年9月22日"
    assert format_date(DateText(date, "month")) == "2025年9月"
    assert format_date(DateText(date, "year")) == "2025年"
    assert format_date(DateText(date), "en") == "22 September 2025"
    assert format_date(DateText(date, "month"), "en") == "September 2025"


def test_a_quantity_refuses_to_become_text_by_itself() -> None:
    with pytest.raises(TypeError, match="cannot be joined to text"):
        str(quantity("80", CLUSTERS).named("nation.clusters"))
