"""Claims that sources make with their figures: a rank that is said to be shared, a rise between two shares."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded
from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import chinese_count, chinese_numeral, say
from clusterreport.quantities import PLACE, Quantity
from clusterreport.reconciling.checks import Check, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.statistics import Findings
    from clusterreport.statistics.findings import Ranked
    from clusterreport.statistics.published import Figure


def claims(findings: Findings) -> Iterator[Check]:
    """Yield a check for each claim that the published figures' quotes make."""
    yield from _ranks(findings)
    yield from _rise(findings)


_RANK: Final = re.compile(r"并[列排]第([一二三四五六七八九十]+|\d+)|数量最多")
_PLACES: Final = {spelled(place): place for place in range(1, 100) for spelled in (str, chinese_numeral)}
_SHARES: Final = ("cross_regional_share_2022", "cross_regional_share_2024")


def _ranks(findings: Findings) -> Iterator[Check]:
    """Check the place that a quote gives to provinces; provinces that share a quote share a check."""
    by_quote: dict[str, list[Figure]] = {}
    for figure in findings.published.items:
        if figure.subject.startswith("province:") and figure.metric == "clusters" and _RANK.search(figure.quote):
            by_quote.setdefault(folded(figure.quote), []).append(figure)
    for figures in by_quote.values():
        found = _RANK.search(figures[0].quote)
        claimed = _PLACES.get(found[1] or "一") if found else None
        if claimed:
            yield from _rank(findings, figures, claimed)


def _rank(findings: Findings, figures: list[Figure], claimed: int) -> Iterator[Check]:
    names = [figure.subject_name for figure in figures]
    ranked = [item for item in findings.regions.all_provinces.items if item.name in names]
    if not ranked:
        return
    wrong = [item for item in ranked if item.place.amount != claimed]
    verdict = Verdict.DIFFERS if wrong else Verdict.AGREES
    yield Check(
        name=f"claims.rank[{'、'.join(names)}]",
        subject=f"{'、'.join(names)}：集群数名次",
        period=figures[0].period,
        published=Quantity(Decimal(claimed), PLACE, figures[0].value.basis),
        computed=(wrong or ranked)[0].place,
        verdict=verdict,
        verdict_name=verdict.chinese,
        explanation=_wrong_rank(findings.regions.all_provinces.items, ranked, claimed) if wrong else _RIGHT_RANK,
    )


_RIGHT_RANK: Final = "与名录排名一致。"


def _wrong_rank(provinces: tuple[Ranked, ...], ranked: list[Ranked], claimed: int) -> str:
    """Return why the place is another: the source counted provinces of equal number as one, or the numbers differ."""
    said = f"第{chinese_numeral(claimed)}"
    places = {int(item.place.amount or 0) for item in ranked}
    larger = {item.value.amount for item in provinces if (item.value.amount or 0) > (ranked[0].value.amount or 0)}
    if len(places) == 1 and len(larger) + 1 == claimed:
        ours = min(places)
        ahead = f"集群数更多的省份有{chinese_count(ours - 1)}个"
        return f"公开说法把集群数相同的省份合为一位，故为{said}；{ahead}，名次应为第{chinese_numeral(ours)}。"
    ours_all = "、".join(f"{item.name}第{chinese_numeral(int(item.place.amount or 0))}" for item in ranked)
    return f"公开说法为{said}；按名录计数，{ours_all}。"


def _rise(findings: Findings) -> Iterator[Check]:
    """Say that a share of the stock and a share of the intake make no rise; the total's share is like for like."""
    try:
        before, after = (findings.published.figure("nation", metric) for metric in _SHARES)
    except KeyError:
        return
    if folded(before.quote) != folded(after.quote):
        return
    stock, total = findings.integration.stock.share, findings.integration.total.share
    verdict = Verdict.NOT_COMPARABLE
    yield Check(
        name="claims.cross_regional_rise",
        subject="全国：跨区域集群比重的变化",
        period=after.period,
        published=after.value,
        computed=total,
        verdict=verdict,
        verdict_name=verdict.chinese,
        explanation="前一比重以存量集群为基数，后一比重只以新增集群为基数，不能相减。" + _like_for_like(stock, total),
    )


def _like_for_like(before: Quantity, after: Quantity) -> str:
    if not (before.known and after.known):
        return ""
    first, last = (say(quantity, NumberStyle()) for quantity in (before, after))
    return f"均以当时全部集群为基数，由{first}变为{last}。"
