"""What proofreading expects a chart to say of its values, worked out by hand and not by what draws it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest

from clusterreport.document.model import Chart, ChartNumber, PlottedSeries, Series
from clusterreport.quantity import (
    FIRMS,
    PEOPLE_10K,
    PERCENT,
    YUAN_100M,
    YUAN_TRILLION,
    Bound,
    Confidence,
    Quantity,
    Unit,
)
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify import chart_values, chart_words
from clusterreport.verify.chart_values import Key
from tests.samples import BASIS, UNSURE


def of(amount: str | None, unit: Unit = CLUSTERS, bound: Bound = Bound.EXACT) -> Quantity:
    return Quantity(None if amount is None else Decimal(amount), unit, BASIS, bound)


def money(*amounts: str | None) -> tuple[Quantity, ...]:
    return tuple(of(amount, YUAN_100M) for amount in amounts)


def chart(*series: tuple[Quantity, ...], unit: str = "", numbers: tuple[ChartNumber, ...] = ()) -> Chart:
    named = tuple(Series(f"列{place}", values) for place, values in enumerate(series))
    return Chart("bar", "图", unit, tuple("甲乙丙丁"[: len(series[0])]), named, "", numbers=numbers)


# ── places and names ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_value_is_found_by_its_series_and_its_place() -> None:
    values = chart((of("1"), of("2")), (of("3"), of("4")))
    assert chart_values.value_of(values, (1, 0)) == of("3")
    assert chart_values.values_at(values, [(1, 1), (0, 0)]) == (of("4"), of("1"))
    assert chart_words.values_of(values) == (of("1"), of("2"), of("3"), of("4"))


def test_names_are_told_once_and_the_longest_first() -> None:
    named = replace(
        chart((of("1"), of("2"))), categories=("湖", "广东"), groups=("东部", "湖"), series=(Series("集群数", ()),)
    )
    assert chart_values.names(named) == ("集群数", "东部", "广东", "湖")


def test_only_where_a_category_lacks_a_value_or_has_none_may_a_chart_keep_its_values_to_itself() -> None:
    values = chart((of("1"), of("2"), of("0"), of("3")), (of("0"), of(None), of("0"), of("4")))
    assert chart_values.must_be_told(values) == {Key(0, 0), Key(0, 3), Key(1, 3)}


# ── beside the marks ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((of("3"), of("1250")), ("3", "1250")),
        ((of("12.5", FIRMS), of("3", FIRMS)), ("12.5", "3")),
        ((of(None),), ("—",)),
        ((of("3", bound=Bound.OVER),), ("超3",)),
        ((replace(of("3"), basis=UNSURE),), ("3*",)),
        (money("12.5", "3"), ("12.5", "3.0")),
        (money("12.50", "3"), ("12.5", "3.0")),
        (money("1.2345", None), ("1.23", "—")),
        ((of("3.5", PEOPLE_10K), of("4", PEOPLE_10K)), ("3.5", "4.0")),
        ((of("7"), *money("0.5")), ("7.0", "0.5")),
        ((of("7.25"), *money("0.5")), ("7.3", "0.5")),
        (money("0.0000001", "3"), ("0.00", "3.00")),
        (money("9999", "12"), ("9999", "12")),
        (money("10000"), ("1万亿元",)),
        (money("-10000"), ("−1万亿元",)),
        (money("13500", "9000.5"), ("13500.0", "9000.5")),
        (money("13500", None, "20000"), ("1.35万亿元", "—", "2.00万亿元")),
        ((*money("13500"), of("2")), ("13500", "2")),
        ((of("13500"), of("2")), ("13500", "2")),
    ],
)
def test_values_beside_their_marks_have_as_many_decimals_as_any_needs(
    values: tuple[Quantity, ...], said: tuple[str, ...]
) -> None:
    assert chart_words.beside_marks(values, "zh") == said


def test_the_values_among_which_others_stand_count_too_and_are_not_said() -> None:
    assert chart_words.beside_marks(money("3"), "zh", among=money("0.25")) == ("3.00",)
    assert chart_words.beside_marks(money("3"), "zh", among=money("20000")) == ("3",)
    assert chart_words.beside_marks(money("30000"), "zh", among=money("21000")) == ("3.0万亿元",)


def test_decimals_and_unit_may_be_asked_for() -> None:
    assert chart_words.beside_marks(money("12.5", "3"), "zh", decimals=0) == ("13", "3")
    assert chart_words.beside_marks((of("80"),), "zh", unit=True) == ("80个",)
    assert chart_words.beside_marks((of("80", FIRMS),), "en", unit=True) == ("80 firms",)


def test_in_words_labels_money_is_in_one_unit_and_what_is_not_seen_is_not_known() -> None:
    values = chart(money("13500", "900"), money("1000", "2"))
    assert chart_words.in_labels(values, {Key(0, 0), Key(0, 1), Key(1, 0)}, "zh") == {
        Key(0, 0): "13500", Key(0, 1): "900", Key(1, 0): "1000", Key(1, 1): "—",
    }  # fmt: skip
    assert chart_words.in_labels(values, {Key(0, 0)}, "zh")[Key(0, 0)] == "13500"
    large = chart(money("13500", "90000"), money("10000", None))
    assert chart_words.in_labels(large, {Key(0, 0), Key(1, 0)}, "zh") == {
        Key(0, 0): "1.35万亿元", Key(0, 1): "—", Key(1, 0): "1.00万亿元", Key(1, 1): "—",
    }  # fmt: skip


def test_labels_have_the_decimals_that_the_numbers_of_the_chart_have() -> None:
    rounded = chart(money("1012.52", "521.37"), numbers=(ChartNumber("a", ((0, 0),), decimals=0),))
    assert chart_words.in_labels(rounded, {Key(0, 0), Key(0, 1)}, "zh") == {Key(0, 0): "1013", Key(0, 1): "521"}


def test_labels_bear_their_unit_where_a_number_of_the_chart_does() -> None:
    number = ChartNumber("a", ((0, 0),))
    without = chart((of("80"),), numbers=(number,))
    with_one = chart((of("80"),), numbers=(number, replace(number, key="b", unit=True)))
    assert chart_words.in_labels(without, {Key(0, 0)}, "zh") == {Key(0, 0): "80"}
    assert chart_words.in_labels(with_one, {Key(0, 0)}, "zh") == {Key(0, 0): "80个"}


def test_only_money_is_put_into_one_unit() -> None:
    small = (*money("9999", None), of("5"))
    assert chart_words.in_one_unit(small) == small
    scaled = chart_words.in_one_unit((*money("10000", None), of("5"), *money("-25000")))
    assert [value.amount for value in scaled] == [Decimal(1), None, Decimal(5), Decimal("-2.5")]
    assert [value.unit for value in scaled] == [YUAN_TRILLION, YUAN_TRILLION, CLUSTERS, YUAN_TRILLION]
    assert chart_words.in_one_unit(money("-25000"))[0].amount == Decimal("-2.5")


# ── sums and shares ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sum_is_no_surer_than_its_parts_and_not_known_where_one_is_not() -> None:
    whole = chart_words.sum_of((of("3", FIRMS), replace(of("4", FIRMS), basis=UNSURE)))
    assert (whole.amount, whole.unit, whole.confidence) == (Decimal(7), FIRMS, Confidence.UNCONFIRMED)
    assert chart_words.sum_of((of("3"), of("4"))).confidence == Confidence.CONFIRMED
    assert chart_words.sum_of((of("3"), of(None))).amount is None
    assert chart_words.sum_of((of("3"),)).amount == 3


@pytest.mark.parametrize(
    ("bounds", "bound"),
    [
        ((Bound.EXACT, Bound.EXACT), Bound.EXACT),
        ((Bound.EXACT, Bound.MORE_THAN), Bound.OVER),
        ((Bound.OVER, Bound.AND_MORE), Bound.OVER),
        ((Bound.CLOSE_TO, Bound.EXACT), Bound.UNDER),
        ((Bound.OVER, Bound.UNDER), Bound.ABOUT),
        ((Bound.ABOUT, Bound.EXACT), Bound.ABOUT),
        ((Bound.PLANNED, Bound.EXACT), Bound.ABOUT),
    ],
)
def test_a_sum_lies_where_its_parts_lie(bounds: tuple[Bound, ...], bound: Bound) -> None:
    assert chart_words.sum_of([of("1", bound=one) for one in bounds]).bound == bound


@pytest.mark.parametrize(
    ("part", "whole", "language", "said"),
    [
        ("1", "3", "zh", "（33.3%）"),
        ("1", "3", "en", " (33.3%)"),
        ("1", "16", "zh", "（6.3%）"),  # 6.25
        ("0", "3", "zh", "（0.0%）"),
        (None, "3", "zh", ""),
        ("1", None, "zh", ""),
        ("1", "0", "zh", ""),
    ],
)
def test_a_share_stands_behind_a_part_where_it_can_be_told(
    part: str | None, whole: str | None, language: Literal["zh", "en"], said: str
) -> None:
    assert chart_words.share_of(of(part), of(whole), language) == said


# ── units ────────────────────────────────────────────────────────────────────────────────────────────────────────────

SCALED = ChartNumber("a", ((0, 0),), scaled=True)
PLAIN = ChartNumber("b", ((0, 0),))


@pytest.mark.parametrize(
    ("values", "numbers", "zh", "en"),
    [
        (money("13500", "2"), (PLAIN, SCALED), "万亿元", "trillion yuan"),
        (money("13500", "2"), (PLAIN,), "", ""),
        (money("135", "2"), (PLAIN, SCALED), "", ""),
        (money("13500", "2"), (), "", ""),
    ],
)
def test_a_chart_names_the_unit_that_all_its_numbers_were_put_into(
    values: tuple[Quantity, ...], numbers: tuple[ChartNumber, ...], zh: str, en: str
) -> None:
    assert chart_words.own_unit(chart(values, numbers=numbers), "zh") == zh
    assert chart_words.own_unit(chart(values, numbers=numbers), "en") == en


@pytest.mark.parametrize(
    ("unit", "values", "numbers", "false"),
    [
        ("个", (of("3"),), (), ""),
        ("家", (of("3"),), (), "家"),
        ("个集群", (of("3"),), (), ""),
        ("个、家", (of("3"),), (), "家"),
        ("个、家", (of("3"), of("4", FIRMS)), (), ""),
        ("个, 家", (of("3"),), (), ""),  # one word of the template's own
        ("亿元", money("13500"), (), ""),
        ("万亿元", money("13500"), (), "万亿元"),
        ("万亿元", money("13500"), (SCALED,), ""),
        ("万亿元", money("13500", "12000"), (PLAIN,), ""),
        ("亿元", money("13500", "12000"), (PLAIN,), "亿元"),
        ("亿元", money("13500", "2"), (PLAIN,), ""),
        ("万亿元", money("13500"), (PLAIN, SCALED), ""),
        ("万亿元", money("135"), (SCALED,), "万亿元"),
        ("亿元", money("13500"), (SCALED,), ""),
    ],
)
def test_a_unit_below_a_chart_that_none_of_its_values_has_is_false(
    unit: str, values: tuple[Quantity, ...], numbers: tuple[ChartNumber, ...], false: str
) -> None:
    assert chart_words.false_unit(chart(values, unit=unit, numbers=numbers), "zh") == false


def test_units_in_english_are_parted_by_commas() -> None:
    assert chart_words.false_unit(chart((of("3", PERCENT),), unit="%, firms"), "en") == "firms"
    assert chart_words.false_unit(chart((of("3", PERCENT),), unit="%、firms"), "en") == ""
    assert chart_words.false_unit(chart((of("3", PERCENT), of("4", FIRMS)), unit="%, firms"), "en") == ""


def test_on_two_axes_each_is_measured_by_itself() -> None:
    crossed = replace(chart(money("13500"), unit="万亿元"), plotted=(PlottedSeries("甲", (), crossed=True),))
    flat = replace(crossed, plotted=(PlottedSeries("甲", ()),))
    assert chart_words.false_unit(crossed, "zh") == ""
    assert chart_words.false_unit(flat, "zh") == "万亿元"


# ── the alternative text ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_values_and_sums_that_are_described_are_those_of_the_numbers_that_say_so() -> None:
    places = ((0, 0), (0, 1))
    values = chart(
        (of("3"), of("4")),
        numbers=(
            ChartNumber("a", places),
            ChartNumber("b", places, described=True),
            ChartNumber("c", places, "sum", described=True),
        ),
    )
    first, second, whole = chart_words.must_be_described(values)
    assert (first, second) == (of("3"), of("4"))
    assert whole.amount == 7


@pytest.mark.parametrize(
    ("value", "language", "said"),
    [
        (of("80"), "zh", "80个"),
        (of("12.345", FIRMS), "zh", "12.345家"),
        (of(None, YUAN_100M), "zh", "—"),
        (of("1234.567", YUAN_100M), "zh", "1234.57亿元"),
        (of("12.50", YUAN_100M), "zh", "12.5亿元"),
        (of("13500", YUAN_100M, Bound.OVER), "zh", "超1.35万亿元"),
        (of("0", YUAN_100M), "zh", "0亿元"),
        (of("3.25", PEOPLE_10K), "zh", "3.25万人"),
        (replace(of("80", FIRMS), basis=UNSURE), "en", "80 firms*"),
    ],
)
def test_an_alternative_text_says_a_value_in_full(value: Quantity, language: Literal["zh", "en"], said: str) -> None:
    assert chart_words.in_full(value, language).replace(" (unconfirmed)", "*") == said
