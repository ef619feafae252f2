"""A rank that a quote gives to provinces is held against ours; a rise between two shares against like for like."""

from __future__ import annotations

import pytest

from clusterreport.subjects.clusters import statistics
from clusterreport.subjects.clusters.figure_checks import Check, Reconciliation, reconcile
from clusterreport.writing.telling import told
from tests.subjects.clusters.figure_checks.reading import explained
from tests.subjects.clusters.statistics.registers import city, cluster, data, figure, province

NAMES = ("甲省", "乙省", "丙省", "丁省", "戊省")


def checked(quotes: dict[str, str], counts: tuple[int, ...] = (4, 3, 3, 2, 1)) -> Reconciliation:
    """Reconcile a register with so many clusters in each province, and a quote for some of them."""
    numbered = [name for name, count in zip(NAMES, counts, strict=True) for _ in range(count)]
    figures = tuple(
        figure(row, f"province:{name}", "clusters", str(counts[NAMES.index(name)]), quote=quote)
        for row, (name, quote) in enumerate(quotes.items(), 2)
    )
    register = data(
        clusters=tuple(cluster(row, name) for row, name in enumerate(numbered, 2)),
        provinces=tuple(province(row, name) for row, name in enumerate(NAMES, 2)),
        cities=(city(2, "甲市"),),
        figures=figures,
    )
    return told(reconcile(register, statistics.compute(register, "甲市")), "zh")


def claim(checks: Reconciliation) -> Check:
    (only,) = (check for check in checks if check.name.startswith("claims."))
    return only


@pytest.mark.parametrize(
    ("quotes", "explanation"),
    [
        ({"甲省": "甲省数量最多"}, "与名录排名一致。"),
        ({"乙省": "乙省数量最多"}, "公开说法为第一；按名录计数，乙省第二。"),
        (dict.fromkeys(("乙省", "丙省"), "并排第二"), "与名录排名一致。"),
        (dict.fromkeys(("乙省", "丙省"), "并列第2"), "与名录排名一致。"),
        ({"丁省": "并列第四"}, "与名录排名一致。"),
        (
            {"丁省": "并列第三"},
            "公开说法把集群数相同的省份合为一位，故为第三；集群数更多的省份有三个，名次应为第四。",
        ),
        (dict.fromkeys(("丙省", "丁省"), "并列第二"), "公开说法为第二；按名录计数，丙省第二、丁省第四。"),
        ({"戊省": "并列第十二"}, "公开说法为第十二；按名录计数，戊省第五。"),
    ],
)
def test_a_claimed_place_is_held_against_ours(quotes: dict[str, str], explanation: str) -> None:
    check = claim(checked(quotes))
    assert explained(check) == explanation
    assert (check.verdict == "agrees") == (explanation == "与名录排名一致。")


def test_the_computed_place_is_that_of_a_province_of_which_the_claim_is_wrong() -> None:
    check = claim(checked(dict.fromkeys(("丙省", "丁省"), "并列第二")))
    assert check.published.amount == 2
    assert check.computed is not None
    assert check.computed.amount == 4


def test_two_provinces_ahead_are_said_with_liang() -> None:
    check = claim(checked({"丙省": "并列第二"}, (3, 3, 2, 1, 0)))
    assert "集群数更多的省份有两个，名次应为第三" in explained(check)


def test_provinces_that_share_a_quote_share_a_claim() -> None:
    checks = checked({"乙省": "并排第二", "丙省": "并排第二", "甲省": "甲省数量最多"})
    assert [check.name for check in checks if check.name.startswith("claims.")] == [
        "claims.rank[乙省、丙省]", "claims.rank[甲省]",
    ]  # fmt: skip


def test_a_quote_without_a_rank_makes_no_claim() -> None:
    assert [check.name for check in checked({"甲省": "甲省有4个集群"})] == ["province:甲省.clusters"]


SHARES = ("cross_regional_share_2022", "cross_regional_share_2024")


def with_shares(*quotes: str, years: tuple[int, ...] = (2022, 2024)) -> Reconciliation:
    """Reconcile a register with half of its stock and all of its intake across cities."""
    stock = (cluster(2, cities="甲市", year=years[0]), cluster(3, cities="甲市、乙市", year=years[0]))
    intake = (cluster(4, cities="甲市、乙市", year=years[-1]), cluster(5, cities="甲市、乙市", year=years[-1]))
    figures = tuple(
        figure(row, "nation", metric, value, unit="%", quote=quote)
        for row, (metric, value, quote) in enumerate(zip(SHARES, ("50", "100"), quotes, strict=False), 2)
    )
    register = data((*stock, *intake), (province(2, "甲省"),), (city(2, "甲市"), city(3, "乙市")), figures)
    return told(reconcile(register, statistics.compute(register, "甲市")), "zh")


def test_a_rise_from_stock_to_intake_is_not_comparable_and_is_told_like_for_like() -> None:
    check = claim(with_shares("从50%升至100%", "从50%升至100%"))
    assert check.verdict == "not_comparable"
    assert explained(check).endswith("均以当时全部集群为基数，由50.0%变为75.0%。")


@pytest.mark.parametrize("quotes", [("从50%升至100%",), ("2022年为50%", "2024年为100%")])
def test_shares_that_no_one_sets_side_by_side_make_no_claim(quotes: tuple[str, ...]) -> None:
    assert not [check for check in with_shares(*quotes) if check.name.startswith("claims.")]


def test_without_a_stock_nothing_is_told_like_for_like() -> None:
    check = claim(with_shares("从50%升至100%", "从50%升至100%", years=(2024, 2024)))
    assert explained(check) == "前一比重以存量集群为基数，后一比重只以新增集群为基数，不能相减。"
