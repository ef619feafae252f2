"""What prints numbers and what proofreads them know nothing of each other, and agree on every number there can be."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from clusterreport import quantity as quantities
from clusterreport.document.model import DateText, NumberStyle
from clusterreport.document.wording import format_date, format_quantity, unit_name
from clusterreport.quantity import Bound, Computed, Confidence, Published, Quantity, Unit
from clusterreport.verify.amounts import date_in_words, in_words, unit_alone

UNITS = sorted({unit for unit in vars(quantities).values() if isinstance(unit, Unit)}, key=repr)
AMOUNTS = st.one_of(
    st.none(),
    st.integers(-120, 120).map(Decimal),
    st.decimals(-(10**9), 10**9, places=4),
    st.sampled_from(
        [Decimal(text) for text in ("1", "-1", "0.05", "0.15", "-0.04", "9999.99", "10000", "1E+4", "2.50")]
    ),
)
BASES = st.one_of(
    st.builds(Computed, st.just("数"), st.just("行数"), st.sampled_from(Confidence)),
    st.builds(
        Published,
        st.just("公报"),
        st.just("原文"),
        st.just("2024"),
        st.sampled_from(Confidence),
        wording=st.sampled_from(["", "三分之一"]),
    ),
)
QUANTITIES = st.builds(Quantity, AMOUNTS, st.sampled_from(UNITS), BASES, st.sampled_from(Bound))
CARDINALS = st.builds(
    NumberStyle, decimals=st.none() | st.integers(0, 4), unit=st.booleans(), qualifier=st.booleans(),
    sign=st.booleans(), magnitude=st.booleans(), numeral=st.sampled_from(["arabic", "chinese"]),
    form=st.just("cardinal"), mark=st.sampled_from(["words", "star"]),
)  # fmt: skip
LANGUAGES = st.sampled_from(["zh", "en"])


@given(QUANTITIES, CARDINALS, LANGUAGES)
def test_both_say_the_same_of_every_quantity(
    quantity: Quantity, style: NumberStyle, language: Literal["zh", "en"]
) -> None:
    assert in_words(quantity, style, language) == format_quantity(quantity, style, language)


@given(
    st.integers(1, 130),
    LANGUAGES,
    st.sampled_from(UNITS),
    st.sampled_from(["arabic", "chinese"]),
    st.sampled_from(["ordinal", "leading"]),
)
def test_both_say_the_same_of_every_place(
    place: int,
    language: Literal["zh", "en"],
    unit: Unit,
    numeral: Literal["arabic", "chinese"],
    form: Literal["ordinal", "leading"],
) -> None:
    quantity = Quantity(Decimal(place), unit, Computed("", "", Confidence.CONFIRMED))
    style = NumberStyle(0, numeral=numeral, form=form)
    assert in_words(quantity, style, language) == format_quantity(quantity, style, language)


@given(st.dates(dt.date(1900, 1, 1)), st.sampled_from(["day", "month", "year"]), LANGUAGES)
def test_both_say_the_same_of_every_date(
    date: dt.date, precision: Literal["day", "month", "year"], language: Literal["zh", "en"]
) -> None:
    moment = DateText(date, precision)
    assert date_in_words(moment, language) == format_date(moment, language)


@given(st.sampled_from(UNITS), LANGUAGES)
def test_both_call_a_unit_that_stands_alone_the_same(unit: Unit, language: Literal["zh", "en"]) -> None:
    assert unit_alone(unit, language) == unit_name(unit, language)
