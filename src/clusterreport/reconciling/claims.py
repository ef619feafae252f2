"""Claims that sources make with their figures: a rank that is said to be shared, a rise between two shares."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.document.wording import chinese_numeral
from clusterreport.quantities import PLACE, Quantity
from clusterreport.reconciling.checks import Check, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.statistics import Findings
    from clusterreport.statistics.published import Figure


def claims(findings: Findings) -> Iterator[Check]:
    """Yield a check for each claim that the published figures' quotes make."""
    yield from _ranks(findings)
    yield from _rise(findings)


_RANK: Final = re.compile(r"并[列排]第([一二三四五六七八九十])|数量(最多)")
_DIGITS: Final = "一二三四五六七八九十"
_SHARES: Final = ("cross_regional_share_2022", "cross_regional_share_2024")


def _ranks(findings: Findings) -> Iterator[Check]:
    """Check the place that a quote gives to provinces; provinces that share a quote share a check."""
    by_quote: dict[str, list[Figure]] = {}
    for figure in findings.published.items:
        if figure.subject.startswith("province:") and figure.metric == "clusters" and _RANK.search(figure.quote):
            by_quote.setdefault(figure.quote, []).append(figure)
    for quote, figures in by_quote.items():
        found = _RANK.search(quote)
        if found:
            claimed = 1 if found[2] else _DIGITS.index(found[1]) + 1
            yield from _rank(findings, figures, claimed)


def _rank(findings: Findings, figures: list[Figure], claimed: int) -> Iterator[Check]:
    names = [figure.subject_name for figure in figures]
    ranked = [item for item in findings.regions.all_provinces.items if item.name in names]
    if not ranked:
        return
    computed = ranked[0].place
    agrees = all(item.place.amount == claimed for item in ranked)
    values = {item.value.amount for item in findings.regions.all_provinces.items}
    distinct = sum(1 for value in values if (value or 0) > (ranked[0].value.amount or 0)) + 1
    verdict = Verdict.AGREES if agrees else Verdict.DIFFERS
    yield Check(
        name=f"claims.rank[{'、'.join(names)}]",
        subject=f"{'、'.join(names)}：集群数的名次",
        period=figures[0].period,
        published=Quantity(Decimal(claimed), PLACE, figures[0].value.basis),
        computed=computed,
        verdict=verdict,
        verdict_name=verdict.chinese,
        explanation=_rank_words(claimed, int(computed.amount or 0), distinct, agrees=agrees),
    )


def _rank_words(claimed: int, place: int, distinct: int, *, agrees: bool) -> str:
    if agrees:
        return "与登记表排名一致。"
    said, ours = chinese_numeral(claimed), chinese_numeral(place)
    if distinct == claimed:
        return f"公开说法按不同数值排第{said}；数值更大的省份有{chinese_numeral(place - 1)}个，名次应为第{ours}。"
    return f"公开说法为第{said}，按登记表计数为第{ours}。"


def _rise(findings: Findings) -> Iterator[Check]:
    """Say that a share of the stock and a share of the intake make no rise; the total's share is like for like."""
    figures = {figure.metric: figure for figure in findings.published.about("nation")}
    if not set(_SHARES) <= set(figures):
        return
    before, after = (figures[metric] for metric in _SHARES)
    if before.quote != after.quote:
        return
    verdict = Verdict.NOT_COMPARABLE
    yield Check(
        name="claims.cross_regional_rise",
        subject="全国：跨区域集群比重的升幅",
        period=after.period,
        published=after.value,
        computed=findings.integration.total.share,
        verdict=verdict,
        verdict_name=verdict.chinese,
        explanation="前一比重以此前全部存量集群为基数，后一比重只以最近一年新增集群为基数；同口径比较，应以全部集群为基数。",
    )
