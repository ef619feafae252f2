"""What is made of quantities: amounts, places, how sure they are, and that unknown stays unknown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from clusterreport.analysis import measures
from clusterreport.locale import said
from clusterreport.quantity import (
    PERCENT,
    POINTS,
    RATIO,
    Computed,
    Confidence,
    Published,
    Quantity,
    RowRef,
    exactly,
    unknown,
)
from clusterreport.subjects.clusters.units import CLUSTERS

AMOUNTS = st.lists(st.integers(-20, 20).map(Decimal), max_size=30)


def counted(amount: int | str | None, confidence: Confidence = Confidence.CONFIRMED, *rows: int) -> Quantity:
    basis = Computed(f"{amount}", "逐一计数", confidence, rows=(RowRef("clusters.csv", rows),) if rows else ())
    return unknown(CLUSTERS, basis) if amount is None else exactly(amount, CLUSTERS, basis)


def words_of(quantity: Quantity) -> tuple[str, str]:
    """Return what a quantity is, and how it was found."""
    assert isinstance(quantity.basis, Computed)
    return said(quantity.basis.label, "zh"), said(quantity.basis.formula, "zh")


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Decimal("2.50"), "2.5"),
        (Decimal(1200), "1200"),  # never 1.2E+3
        (Decimal(11) / 45, "0.2444444444"),
        (0.1 + 0.2, "0.3"),  # the noise of a float ends behind the tenth decimal
        (100.0, "100"),
        (-1e-17, "0"),  # never -0
        (0.00000000005, "0.0000000001"),
    ],
)
def test_amounts_are_cut_to_ten_decimals_without_zeros_at_the_end(amount: Decimal | float, expected: str) -> None:
    assert f"{measures.trimmed(amount)}" == str(Decimal(expected))
    assert "E+" not in str(measures.trimmed(amount))


def test_a_share_is_a_hundred_times_part_by_whole() -> None:
    found = measures.share(counted(37), counted(80), "占比", "部分÷全部×100%")
    assert (found.amount, found.unit) == (Decimal("46.25"), PERCENT)


def test_a_ratio_may_be_scaled() -> None:
    assert measures.ratio(counted(3), counted(8), RATIO, "", "").amount == Decimal("0.375")
    assert measures.ratio(counted(3), counted(8), RATIO, "", "", times=1000).amount == 375


def test_a_difference_keeps_its_sign() -> None:
    assert measures.difference(counted(35), counted(45), POINTS, "", "").amount == -10
    assert measures.difference(counted(45), counted(35), POINTS, "", "").unit == POINTS
    basis = measures.difference(counted(45), counted(35), POINTS, "", "").basis
    assert isinstance(basis, Computed)
    assert basis.change


def of_time(period: str, amount: int | None = 1) -> Quantity:
    basis = Computed("研发经费", "", Confidence.LIKELY, period=period)
    return unknown(CLUSTERS, basis) if amount is None else exactly(amount, CLUSTERS, basis)


@pytest.mark.parametrize(
    ("periods", "one"),
    [(("2024",), "2024"), (("2024", ""), "2024"), (("", "2024", "2024"), "2024"), (("2023", "2024"), ""), (("",), ""),
     ((), "")],
)  # fmt: skip
def test_values_of_one_time_and_of_none_are_of_that_time(periods: tuple[str, ...], one: str) -> None:
    assert measures.period_of_all(map(of_time, periods)) == one


def test_the_time_of_a_figure_that_was_printed_is_not_that_of_rows() -> None:
    quote = Published("广州日报", "80个集群", "2025", Confidence.CONFIRMED)
    assert measures.period_of_all([Quantity(Decimal(80), CLUSTERS, quote), of_time("2024")]) == "2024"


SPREAD = exactly(1, RATIO, Computed("基尼系数", "", Confidence.LIKELY, spread=True))
PRINTED = exactly(2, RATIO, Published("广州日报", "0.4", "2025", Confidence.CONFIRMED))


@pytest.mark.parametrize(
    ("after", "before", "spread"),
    [
        (SPREAD, SPREAD, True), (SPREAD, counted(3), False), (counted(3), SPREAD, False),
        (SPREAD, PRINTED, False), (PRINTED, PRINTED, False),
    ],
)  # fmt: skip
def test_a_change_is_one_of_concentration_where_both_values_are(
    after: Quantity, before: Quantity, *, spread: bool
) -> None:
    basis = measures.difference(after, before, RATIO, "", "").basis
    assert isinstance(basis, Computed)
    assert basis.spread is spread


AFTER, BEFORE, OTHER = counted(45), counted(35), counted(25)


@pytest.mark.parametrize(
    ("change", "after", "before", "made"),
    [
        (measures.difference(AFTER, BEFORE, POINTS, "", ""), AFTER, BEFORE, True),
        (measures.difference(AFTER, BEFORE, POINTS, "", ""), BEFORE, AFTER, False),  # the other way round
        (measures.difference(AFTER, BEFORE, POINTS, "", ""), BEFORE, OTHER, False),  # 10 as well, of other values
        (measures.ratio(AFTER, BEFORE, RATIO, "", ""), AFTER, BEFORE, False),  # of the same values, no difference
        (measures.difference(counted(None), BEFORE, POINTS, "", ""), AFTER, BEFORE, False),
        (measures.difference(AFTER, BEFORE, POINTS, "", ""), counted(None), BEFORE, False),
        (measures.difference(AFTER, BEFORE, POINTS, "", ""), AFTER, counted(None), False),
        (exactly(10, POINTS, PRINTED.basis), AFTER, BEFORE, False),
    ],
)
def test_a_difference_is_made_of_its_own_two_values(
    change: Quantity, after: Quantity, before: Quantity, *, made: bool
) -> None:
    assert measures.is_made_of(change, after, before) is made


@pytest.mark.parametrize(("part", "whole"), [(None, 8), (3, None), (None, None), (3, 0), (0, 0)])
def test_a_ratio_with_an_unknown_part_or_nothing_below_is_unknown(part: int | None, whole: int | None) -> None:
    found = measures.ratio(counted(part), counted(whole), RATIO, "比", "部分÷全部")
    assert not found.known
    assert isinstance(found.basis, Computed)
    assert (found.unit, found.basis.label, found.basis.formula) == (RATIO, "比", "部分÷全部")


@pytest.mark.parametrize(("after", "before"), [(None, 8), (3, None), (None, None)])
def test_a_difference_with_an_unknown_side_is_unknown(after: int | None, before: int | None) -> None:
    assert measures.difference(counted(after), counted(before), POINTS, "", "").amount is None


def test_measured_none_is_unknown_and_zero_is_zero() -> None:
    basis = counted(1).basis
    assert measures.measured(None, RATIO, basis).amount is None
    assert measures.measured(0, RATIO, basis).amount == 0


def test_what_is_derived_is_as_sure_as_its_least_sure_part_and_keeps_the_rows_of_all() -> None:
    part = counted(3, Confidence.CONFIRMED, 4, 5)
    whole = counted(8, Confidence.UNCONFIRMED, 2, 3, 4, 5)
    basis = measures.derived("比", "部分÷全部", part, whole)
    assert basis.confidence is Confidence.UNCONFIRMED
    assert basis.rows == (RowRef("clusters.csv", (4, 5)), RowRef("clusters.csv", (2, 3, 4, 5)))
    assert [(each.label, each.rows) for each in basis.inputs if isinstance(each, Computed)] == [("3", ()), ("8", ())]


def test_a_part_that_stands_twice_is_named_once_and_a_published_one_keeps_its_quote() -> None:
    quote = Published("广州日报", "80个集群", "2025", Confidence.CONFIRMED, (RowRef("published_figures.csv", (2,)),))
    printed = Quantity(Decimal(80), CLUSTERS, quote)
    basis = measures.derived("比", "部分÷全部", counted(3), counted(3), printed)
    assert basis.inputs == (Computed("3", "逐一计数", Confidence.CONFIRMED), quote)


def test_rows_may_be_given_and_nothing_is_derived_from_nothing() -> None:
    given_rows = (RowRef("cities.csv", (9,)),)
    assert measures.derived("", "", counted(3, Confidence.LIKELY, 4), rows=given_rows).rows == given_rows
    assert measures.derived("", "") == Computed("", "", Confidence.LIKELY)


def test_the_rows_of_several_are_gathered_by_file() -> None:
    city = exactly(1, CLUSTERS, Computed("", "", Confidence.LIKELY, rows=(RowRef("cities.csv", (7,)),)))
    gathered = measures.all_rows([counted(1, Confidence.LIKELY, 5, 2), city, counted(2, Confidence.LIKELY, 2, 3)])
    assert gathered == (RowRef("clusters.csv", (2, 3, 5)), RowRef("cities.csv", (7,)))


def test_equal_amounts_share_the_better_place() -> None:
    assert measures.places([Decimal(14), Decimal(8), Decimal(8), Decimal(6)]) == (1, 2, 2, 4)
    assert measures.places([Decimal(1), Decimal(5), Decimal("5.0")]) == (3, 1, 1)
    assert measures.places([]) == ()


@given(AMOUNTS)
def test_places_are_the_competition_ranks_of_scipy(amounts: list[Decimal]) -> None:
    expected = stats.rankdata([-float(amount) for amount in amounts], method="min")
    assert measures.places(amounts) == tuple(int(place) for place in expected)


def test_a_ranking_keeps_the_order_of_equals_and_leaves_out_the_unknown() -> None:
    values = [("北京", counted(6)), ("西藏", counted(None)), ("江苏", counted(14)), ("河北", counted(6))]
    found = measures.ranking("各省份集群数", values, counted(40), "省次")
    assert [(item.name, item.place.amount, item.tied) for item in found.items] == [
        ("江苏", Decimal(1), False),
        ("北京", Decimal(2), True),
        ("河北", Decimal(2), True),
    ]
    assert [item.share.amount for item in found.items] == [35, 15, 15]
    assert isinstance(found.items[0].share.basis, Computed)
    assert said(found.items[0].share.basis.formula, "zh") == "各项÷省次×100%"


def test_a_ranking_of_what_cannot_be_added_up_has_no_shares() -> None:
    [only] = measures.ranking("密度", [("北京", counted(6))]).items
    assert not only.share.known
    assert words_of(only.share) == ("密度的比重", "各项不可相加，不计比重")


def test_places_and_shares_say_of_what_they_are() -> None:
    [only] = measures.ranking("各省份集群数", [("北京", counted(6))], counted(40)).items
    assert words_of(only.place) == (
        "各省份集群数的位次", "按数值从大到小排列，数值相同者并列、取较前位次，其后名次顺延",
    )  # fmt: skip
    assert words_of(only.share) == ("各省份集群数的比重", "各项÷合计×100%")


def test_what_is_found_over_all_has_no_scope() -> None:
    for found in (
        measures.ratio(counted(3), counted(8), RATIO, "", ""),
        measures.share(counted(3), counted(8), "", ""),
    ):
        assert isinstance(found.basis, Computed)
        assert found.basis.scope == ""
    scoped = measures.share(counted(3), counted(8), "", "", "截至2022年")
    assert isinstance(scoped.basis, Computed)
    assert scoped.basis.scope == "截至2022年"


def test_the_first_of_a_ranking_take_whoever_ties_with_the_last() -> None:
    values = [(name, counted(amount)) for name, amount in (("甲", 9), ("乙", 5), ("丙", 5), ("丁", 5), ("戊", 1))]
    found = measures.ranking("", values)
    assert [item.name for item in found.top(1)] == ["甲"]
    assert [item.name for item in found.top(2)] == ["甲", "乙", "丙", "丁"]
    assert found.top(5) == found.top(99) == found.items
    assert found.top(0) == found.top(-1) == ()
    assert found.of("丙").value.amount == 5
    with pytest.raises(KeyError, match="己"):
        found.of("己")


def test_a_place_is_as_sure_as_its_value_and_at_most_likely_where_others_are_not_sure() -> None:
    values = [("甲", counted(9)), ("乙", counted(5, Confidence.UNCONFIRMED)), ("丙", counted(4, Confidence.LIKELY))]
    places = [item.place for item in measures.ranking("", values).items]
    assert [place.confidence for place in places] == [Confidence.LIKELY, Confidence.UNCONFIRMED, Confidence.LIKELY]
    assert [
        "该项数值待核" in said(place.basis.formula, "zh") for place in places if isinstance(place.basis, Computed)
    ] == [
        False,
        True,
        False,
    ]


def test_a_place_among_sure_values_is_sure_and_rests_on_the_rows_of_all() -> None:
    values = [("甲", counted(9, Confidence.CONFIRMED, 2)), ("乙", counted(5, Confidence.CONFIRMED, 3))]
    place = measures.ranking("", values).items[1].place
    assert place.confidence is Confidence.CONFIRMED
    assert measures.rows_of(place) == (RowRef("clusters.csv", (2, 3)),)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=20))
def test_the_shares_of_a_ranking_add_up_to_the_whole(amounts: list[int]) -> None:
    values = [(str(place), counted(amount)) for place, amount in enumerate(amounts)]
    found = measures.ranking("", values, counted(sum(amounts)))
    shares = [item.share.amount for item in found.items if item.share.amount is not None]
    assert len(shares) == (len(amounts) if sum(amounts) else 0)
    assert not shares or abs(sum(shares, Decimal(-100))) < Decimal("1e-8")
