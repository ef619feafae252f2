"""Whether an amount is what a source printed is decided by its qualifier and its printed precision."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterreport.document.wording import rounded
from clusterreport.quantity import PERCENT, Bound, Confidence, Published, Quantity, Unit, unknown
from clusterreport.reconcile.checks import Verdict
from clusterreport.reconcile.comparing import CLOSE, compare
from clusterreport.subjects.clusters.units import CLUSTERS

BASIS = Published("《某报》", "原文", "2024", Confidence.CONFIRMED)


def printed(amount: str, bound: Bound = Bound.EXACT, unit: Unit = PERCENT) -> Quantity:
    return Quantity(Decimal(amount), unit, BASIS, bound)


@pytest.mark.parametrize(
    ("published", "computed", "verdict"),
    [
        (printed("80", unit=CLUSTERS), "80", Verdict.AGREES),
        (printed("80", unit=CLUSTERS), "79", Verdict.DIFFERS),
        (printed("80", unit=CLUSTERS), "80.4", Verdict.DIFFERS),  # a count is not rounded
        (printed("74"), "74.2857", Verdict.ROUNDING),
        (printed("74"), "74.5", Verdict.DIFFERS),  # half goes up, to 75
        (printed("74"), "73.5", Verdict.ROUNDING),
        (printed("74.3"), "74.2857", Verdict.ROUNDING),
        (printed("74.2"), "74.2857", Verdict.DIFFERS),
        (printed("24", Bound.ABOUT), "24.4444", Verdict.ROUNDING),
        (printed("24", Bound.ABOUT), "24", Verdict.AGREES),
        (printed("80", Bound.ABOUT), "76", Verdict.AGREES),
        (printed("80", Bound.ABOUT), "75.9", Verdict.DIFFERS),
        (printed("80", Bound.ABOUT), "84", Verdict.AGREES),
        (printed("80", Bound.ABOUT), "84.1", Verdict.DIFFERS),
        (printed("80", Bound.ABOUT, CLUSTERS), "80.4", Verdict.AGREES),  # within 约, but a count is not rounded
        (printed("4", Bound.ABOUT), "4.3", Verdict.ROUNDING),  # beyond 约, but 4 as printed
        (printed("80", Bound.UNDER), "74.2857", Verdict.DIFFERS),
        (printed("80", Bound.UNDER), "76", Verdict.AGREES),
        (printed("80", Bound.UNDER), "75.99", Verdict.DIFFERS),
        (printed("80", Bound.UNDER), "79.99", Verdict.AGREES),
        (printed("80", Bound.UNDER), "80", Verdict.DIFFERS),
        (printed("30", Bound.REACHES, CLUSTERS), "30", Verdict.AGREES),
        (printed("30", Bound.REACHES, CLUSTERS), "31", Verdict.DIFFERS),
        (printed("66.7", Bound.OVER), "74.2857", Verdict.AGREES),
        (printed("66.7", Bound.OVER), "66.7", Verdict.DIFFERS),
        (printed("10", Bound.PLANNED, CLUSTERS), "3", Verdict.UNCHECKED),
        (printed("3", Bound.TARGET, CLUSTERS), "3", Verdict.UNCHECKED),
        (unknown(CLUSTERS, BASIS), "3", Verdict.UNCHECKED),
    ],
)
def test_the_verdict_follows_qualifier_and_precision(published: Quantity, computed: str, verdict: Verdict) -> None:
    assert compare(published, Decimal(computed)) is verdict


@given(st.decimals("0", "100", places=4), st.integers(0, 3))
def test_a_share_always_agrees_with_its_own_rounding(amount: Decimal, decimals: int) -> None:
    published = printed(str(rounded(amount, decimals)))
    assert compare(published, amount) in {Verdict.AGREES, Verdict.ROUNDING}


@pytest.mark.parametrize("bound", list(Bound))
def test_every_qualifier_has_its_side(bound: Bound) -> None:
    verdicts = tuple(compare(printed("100", bound), Decimal(amount)) for amount in ("96", "100", "104"))
    no, yes, plan = Verdict.DIFFERS, Verdict.AGREES, Verdict.UNCHECKED
    assert verdicts == {
        "exact": (no, yes, no), "over": (no, no, yes), "under": (yes, no, no), "about": (yes, yes, yes),
        "planned": (plan, plan, plan),
    }[bound.direction]  # fmt: skip


@given(st.decimals("1", "1000", places=2), st.decimals("1", "1000", places=2), st.sampled_from(Bound))
def test_the_unit_does_not_change_whether_the_words_are_true(one: Decimal, amount: Decimal, bound: Bound) -> None:
    share, count = (compare(printed(str(one), bound, unit), amount) for unit in (PERCENT, CLUSTERS))
    assert share is count or share is Verdict.ROUNDING


@given(st.decimals("1", "1000", places=2), st.decimals("1", "1000", places=2), st.decimals("0.01", "9", places=2))
def test_more_is_over_whatever_less_is_over(one: Decimal, amount: Decimal, more: Decimal) -> None:
    if compare(printed(str(one), Bound.OVER), amount) is Verdict.AGREES:
        assert compare(printed(str(one), Bound.OVER), amount + more) is Verdict.AGREES


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_counts_agree_only_when_they_are_the_same(one: int, other: int) -> None:
    assert (compare(printed(str(one), unit=CLUSTERS), Decimal(other)) is Verdict.AGREES) == (one == other)


@given(st.decimals("1", "1000", places=2), st.decimals("1", "1000", places=2))
def test_over_and_nearly_never_both_hold(one: Decimal, amount: Decimal) -> None:
    over, nearly = (compare(printed(str(one), bound), amount) for bound in (Bound.OVER, Bound.UNDER))
    assert not (over is Verdict.AGREES and nearly is Verdict.AGREES)
    if nearly is Verdict.AGREES:
        assert one * (1 - CLOSE) <= amount < one
