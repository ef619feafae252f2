"""Quantities and dates must read as these tables say: written out here by hand, not taken from any code."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest

from clusterreport import quantity as quantities
from clusterreport.document.model import DateText, NumberStyle
from clusterreport.document.wording import format_quantity
from clusterreport.locale import Label
from clusterreport.quantity import (
    FIRMS,
    KILOMETRES,
    PEOPLE_10K,
    PER_TRILLION,
    PERCENT,
    PIECES,
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
    Published,
    Quantity,
    Unit,
    unit_named,
)
from clusterreport.subjects.clusters.statistics import counts, metrics, ties
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.verify.amounts import QUALIFIERS, UNITS, date_in_words, in_characters, in_words, unit_alone

OURS = Computed("数", "行数", Confidence.CONFIRMED)
THEIRS = Published("公报", "原文", "2024", Confidence.LIKELY)
UNSURE = Computed("数", "行数", Confidence.UNCONFIRMED)
PLAIN = NumberStyle()


def quantity(amount: str | None, unit: Unit, bound: Bound = Bound.EXACT, basis: Basis = OURS) -> Quantity:
    return Quantity(None if amount is None else Decimal(amount), unit, basis, bound)


@pytest.mark.parametrize(
    ("amount", "unit", "bound", "chinese", "english"),
    [
        ("80", CLUSTERS, Bound.EXACT, "80个", "80 clusters"),
        ("1", CLUSTERS, Bound.EXACT, "1个", "1 cluster"),
        ("0", CLUSTERS, Bound.OVER, "超0个", "over 0 clusters"),
        ("3", PIECES, Bound.EXACT, "3个", "3"),
        ("1700", FIRMS, Bound.AND_MORE, "1700余家", "over 1,700 firms"),
        ("13500", YUAN_100M, Bound.OVER, "超1.35万亿元", "over 1.35 trillion yuan"),
        ("190000", YUAN_100M, Bound.REACHES, "达19万亿元", "19 trillion yuan"),
        ("9999.5", YUAN_100M, Bound.ABOUT, "约9999.5亿元", "about 999.95 billion yuan"),
        ("141633.81", YUAN_100M, Bound.EXACT, "14.16万亿元", "14.16 trillion yuan"),
        ("137008", YUAN_100M, Bound.EXACT, "13.70万亿元", "13.70 trillion yuan"),
        ("15000.00", YUAN_100M, Bound.EXACT, "1.5万亿元", "1.5 trillion yuan"),
        ("1.5E+6", YUAN_100M, Bound.EXACT, "150万亿元", "150 trillion yuan"),
        ("13568", YUAN_100M, Bound.OVER, "超1.35万亿元", "over 1.35 trillion yuan"),
        ("13512", YUAN_100M, Bound.CLOSE_TO, "接近1.36万亿元", "nearly 1.36 trillion yuan"),
        ("13568", YUAN_100M, Bound.ABOUT, "约1.36万亿元", "about 1.36 trillion yuan"),
        ("0.0123", YUAN_100M, Bound.EXACT, "0.0123亿元", "0.0012 billion yuan"),
        ("-12000", YUAN_100M, Bound.EXACT, "−1.2万亿元", "−1.2 trillion yuan"),
        ("46.25", PERCENT, Bound.EXACT, "46.3%", "46.3%"),
        ("-3.15", POINTS, Bound.EXACT, "−3.2个百分点", "−3.2 percentage points"),
        ("0.0749", RATIO, Bound.EXACT, "0.07", "0.07"),
        ("12.345", PER_TRILLION, Bound.EXACT, "12.35个/万亿元", "12.35 per trillion yuan"),
        ("1234.5", KILOMETRES, Bound.CLOSE_TO, "接近1235公里", "nearly 1,235 km"),
        ("22", PLACE, Bound.EXACT, "第22位", "22nd"),
        ("11", PLACE, Bound.EXACT, "第11位", "11th"),
        ("103", PLACE, Bound.EXACT, "第103位", "103rd"),
        ("2025", YEAR, Bound.EXACT, "2025年", "2025"),
        ("120", VEHICLES, Bound.PLANNED, "计划120万辆", "a planned 1,200,000 vehicles"),
        ("1887.06", PEOPLE_10K, Bound.EXACT, "1887.06万人", "18.87 million people"),
        (None, CLUSTERS, Bound.OVER, "—", "n/a"),
        ("-0.04", POINTS, Bound.EXACT, "0.0个百分点", "0.0 percentage points"),
    ],
)
def test_a_quantity_reads_so(amount: str | None, unit: Unit, bound: Bound, chinese: str, english: str) -> None:
    assert in_words(quantity(amount, unit, bound), PLAIN, "zh") == chinese
    assert in_words(quantity(amount, unit, bound), PLAIN, "en") == english


@pytest.mark.parametrize(
    ("amount", "unit", "style", "chinese"),
    [
        ("46.25", PERCENT, NumberStyle(decimals=2), "46.25%"),
        ("46.25", PERCENT, NumberStyle(decimals=0), "46%"),
        ("13500", YUAN_100M, NumberStyle(unit=False), "13500"),
        ("2", PLACE, NumberStyle(unit=False), "2"),
        ("2", CLUSTERS, NumberStyle(form="ordinal"), "第2个"),
        ("2", PLACE, NumberStyle(form="leading"), "第2位"),
        ("1", PLACE, NumberStyle(form="leading"), "首位"),
        ("4", CLUSTERS, NumberStyle(sign=True), "+4个"),
        ("0", CLUSTERS, NumberStyle(sign=True), "0个"),
        ("0.5", YUAN_100M, NumberStyle(sign=True), "+0.5亿元"),
        ("-4.1", POINTS, NumberStyle(magnitude=True), "4.1个百分点"),
        ("4.1", POINTS, NumberStyle(magnitude=True), "4.1个百分点"),
        ("2", CLUSTERS, NumberStyle(numeral="chinese"), "两个"),
        ("12", CLUSTERS, NumberStyle(numeral="chinese"), "十二个"),
        ("2", PLACE, NumberStyle(numeral="chinese"), "第二位"),
        ("100", CLUSTERS, NumberStyle(numeral="chinese"), "100个"),
        ("-3", CLUSTERS, NumberStyle(numeral="chinese"), "−3个"),
        ("2.5", CLUSTERS, NumberStyle(numeral="chinese"), "2.5个"),
        ("0", CLUSTERS, NumberStyle(numeral="chinese"), "零个"),
        ("99", CLUSTERS, NumberStyle(numeral="chinese"), "九十九个"),
        ("2", CLUSTERS, NumberStyle(numeral="chinese", decimals=1), "两个"),
        ("2", CLUSTERS, NumberStyle(numeral="chinese", form="ordinal"), "第二个"),
        ("1.2E+3", CLUSTERS, NumberStyle(), "1200个"),
    ],
)
def test_a_style_reads_so(amount: str, unit: Unit, style: NumberStyle, chinese: str) -> None:
    assert in_words(quantity(amount, unit), style, "zh") == chinese


@pytest.mark.parametrize(
    ("amount", "word", "said"),
    [
        ("42087", "10,000 visits", "420.87 million visits"),
        ("87", "10,000 visits", "870,000 visits"),
        ("0.00018", "10,000 visits", "1.8 visits"),
        ("0.0001", "10,000 visit|10,000 visits", "1 visit"),
        ("100", "10,000 visit|10,000 visits", "1 million visits"),
        ("0", "10,000 visits", "0 visits"),
        ("-420.5", "×10000 visits", "−4.21 million visits"),
        ("4000.05", "100 million yuan", "400.01 billion yuan"),
        ("0.75", "hundred million yuan", "75 million yuan"),
        ("14163.381", "100 million yuan", "1.42 trillion yuan"),
        ("87.5", "ten thousand people", "875,000 people"),
        ("3", "100k tonnes", "300,000 tonnes"),
        ("17.4231", "10,000 yuan/person", "174,231 yuan/person"),
        ("42087", "million visits", "42,087 million visits"),
        ("42087", "visits", "42,087 visits"),
        ("5", "1,000", "5 1,000"),
        ("7", "12 months", "7 12 months"),
    ],
)
def test_a_unit_that_begins_with_a_number_is_said_by_thousands(amount: str, word: str, said: str) -> None:
    value = quantity(amount, unit_named(word))
    assert in_words(value, PLAIN, "en") == said
    assert format_quantity(value, PLAIN, "en") == said
    assert in_words(value, PLAIN, "zh") == format_quantity(value, PLAIN, "zh")


def test_such_a_unit_stays_in_headings_and_decimals_that_are_asked_for_are_those_of_what_is_said() -> None:
    visits = quantity("42087", unit_named("10,000 visits"))
    for style, said in ((NumberStyle(unit=False), "42,087"), (NumberStyle(decimals=1), "420.9 million visits")):
        assert in_words(visits, style, "en") == format_quantity(visits, style, "en") == said
    over = replace(visits, amount=Decimal("42087.9"), bound=Bound.OVER)
    assert in_words(over, PLAIN, "en") == format_quantity(over, PLAIN, "en") == "over 420.87 million visits"
    assert unit_alone(visits.unit, "en") == "10,000 visits"


@pytest.mark.parametrize(
    ("amount", "words"), [("24", "24%"), ("24.4", "24.4%"), ("24.25", "24.25%"), ("74.30", "74.30%")]
)
def test_a_published_share_keeps_the_decimals_of_its_source(amount: str, words: str) -> None:
    assert in_words(quantity(amount, PERCENT, basis=THEIRS), PLAIN, "zh") == words


def test_an_amount_that_its_source_said_in_words_keeps_them_and_its_qualifier() -> None:
    third = quantity("33.3", PERCENT, Bound.UNDER, replace(THEIRS, wording="三分之一"))
    assert in_words(third, PLAIN, "zh") == "近三分之一"
    assert in_words(third, NumberStyle(unit=False), "zh") == "近33.3"
    assert in_words(third, NumberStyle(decimals=1), "zh") == "近33.3%"


def test_a_qualifier_may_be_left_to_the_sentence() -> None:
    assert in_words(quantity("80", CLUSTERS, Bound.OVER), NumberStyle(qualifier=False), "zh") == "80个"


@pytest.mark.parametrize(
    ("mark", "chinese", "english"),
    [("words", "2个（待核）", "2 clusters (unconfirmed)"), ("star", "2个*", "2 clusters*")],
)
def test_what_is_not_sure_bears_its_mark(mark: Literal["words", "star"], chinese: str, english: str) -> None:
    unsure = quantity("2", CLUSTERS, basis=UNSURE)
    assert in_words(unsure, NumberStyle(mark=mark), "zh") == chinese
    assert in_words(unsure, NumberStyle(mark=mark), "en") == english


@pytest.mark.parametrize(
    ("precision", "chinese", "english"),
    [
        ("day", "2025年9月22日", "22 September 2025"),
        ("month", "2025年9月", "September 2025"),
        ("year", "2025年", "2025"),
    ],
)
def test_a_date_reads_so(precision: Literal["day", "month", "year"], chinese: str, english: str) -> None:
    moment = DateText(dt.date(2025, 9, 22), precision)
    assert (date_in_words(moment, "zh"), date_in_words(moment, "en")) == (chinese, english)


def test_every_month_has_its_name() -> None:
    days = (DateText(dt.date(2025, month, 1), "month") for month in range(1, 13))
    assert [date_in_words(day, "en") for day in days] == [
        "January 2025", "February 2025", "March 2025", "April 2025", "May 2025", "June 2025", "July 2025",
        "August 2025", "September 2025", "October 2025", "November 2025", "December 2025",
    ]  # fmt: skip


def test_tens_in_characters() -> None:
    counts = (0, 2, 10, 11, 20, 21, 99)
    assert [in_characters(count) for count in counts] == ["零", "二", "十", "十一", "二十", "二十一", "九十九"]


def test_every_unit_and_every_qualifier_that_there_is_has_a_second_opinion() -> None:
    modules = (quantities, counts, ties, metrics)
    units = {unit.name for module in modules for unit in vars(module).values() if isinstance(unit, Unit)}
    assert units == set(UNITS)
    assert {bound.value for bound in Bound} == set(QUALIFIERS)


def test_a_unit_of_the_users_own_is_said_by_its_name() -> None:
    own = Unit("艘", "count", own=True)
    assert in_words(quantity("3", own), PLAIN, "zh") == "3艘"
    assert in_words(quantity("3", own), PLAIN, "en") == "3 艘"


def test_a_unit_of_the_users_own_has_the_singular_that_the_data_give() -> None:
    own = Unit("airports", "count", own=True, one="airport")
    assert [in_words(quantity(amount, own), PLAIN, "en") for amount in ("1", "2")] == ["1 airport", "2 airports"]


def test_a_unit_that_stands_alone_is_one_of_many() -> None:
    assert [unit_alone(unit, "en") for unit in (CLUSTERS, PERCENT, POINTS, PIECES)] == [
        "clusters", "%", "percentage points", "",
    ]  # fmt: skip
    assert unit_alone(POINTS, "zh") == "个百分点"


@pytest.mark.parametrize(
    ("amount", "zh", "en"),
    [
        ("16.3333333333", "16.33万人", "0.16 million people"),
        ("5.3333333333", "5.33万人", "0.053 million people"),
        ("1.0033333333", "1.00万人", "0.010 million people"),
        ("0.0012345678", "0.0012万人", "0.000012 million people"),
        ("0.0000000123", "0.000000012万人", "0.00000000012 million people"),
        ("740.025", "740.025万人", "7.40 million people"),
        ("-0.0666666667", "−0.067万人", "−0.00067 million people"),
    ],
)
def test_a_quotient_that_does_not_come_out_even_is_said_with_two_decimals_or_figures(
    amount: str, zh: str, en: str
) -> None:
    mean = Computed(Label.of("analysis.mean", column="人口"), "", Confidence.LIKELY)
    computed = quantity(amount, PEOPLE_10K, basis=mean)
    for language, words in (("zh", zh), ("en", en)):
        assert in_words(computed, PLAIN, language) == words
        assert format_quantity(computed, PLAIN, language) == words


def test_what_the_data_write_is_said_to_the_last_digit() -> None:
    for as_written, as_it_is in ((True, "113.26453219万人"), (False, "113.26万人")):
        basis = Computed("经度", "", Confidence.LIKELY, as_written=as_written)
        written = quantity("113.26453219", PEOPLE_10K, basis=basis)
        assert in_words(written, PLAIN, "zh") == format_quantity(written, PLAIN, "zh") == as_it_is
