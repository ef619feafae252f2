"""What the latest intake changed: provinces, regions and fields before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.document.model import Series
from clusterreport.quantities import CLUSTERS, POINTS, RATIO, Quantity
from clusterreport.statistics.concentration import Concentration, concentration_of
from clusterreport.statistics.counts import (
    PROVINCES,
    field_counts,
    intake_clusters,
    province_counts,
    province_part_counts,
    provinces_with,
    region_counts,
)
from clusterreport.statistics.findings import Panel
from clusterreport.statistics.measures import difference, ranking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.statistics.findings import Ranking
    from clusterreport.statistics.nation import Intake
    from clusterreport.statistics.register import Register


@dataclass(frozen=True, slots=True)
class Change:
    """Clusters of a province, region or field ``before`` and ``after`` the latest intake; ``gain`` = after - before."""

    name: str
    before: Quantity
    after: Quantity
    gain: Quantity


@dataclass(frozen=True, slots=True)
class Changes:
    """From the stock (2022) to all clusters (2024).

    ``by_gain`` ranks the provinces that gained; ``gainers`` counts them. ``newcomers`` had none before and have some
    now, ``newcomer_count`` counts them; ``provinces_before`` had one before. ``dumbbell`` has the provinces that have a
    cluster now, by falling number, with the series before and after. ``provinces``, ``regions`` and ``fields`` are the
    same as records; fields leave out clusters without a known field. ``timeline`` has years as categories and the
    series intake and cumulative number. ``concentration_before`` is that of the stock, to be held against
    regions.concentration; the three differences are after less before (points for ``cr3_change``).
    """

    by_gain: Ranking
    gainers: Quantity
    newcomers: tuple[str, ...]
    newcomer_count: Quantity
    provinces_before: Quantity
    dumbbell: Panel
    provinces: tuple[Change, ...]
    regions: tuple[Change, ...]
    fields: tuple[Change, ...]
    timeline: Panel
    concentration_before: Concentration
    cr3_change: Quantity
    hhi_change: Quantity
    gini_change: Quantity


def changes_of(register: Register, years: tuple[Intake, ...], after: Concentration) -> Changes:
    """Return what the latest intake changed; ``years`` and ``after`` are of the nation and the regions."""
    provinces = _records(
        province_part_counts(register, register.stock, register.stock_name),
        province_counts(register, register.clusters),
        "各省份",
    )
    held = tuple(sorted((each for each in provinces if each.after.amount), key=lambda each: -(each.after.amount or 0)))
    gained = [each for each in provinces if each.gain.amount]
    new = {each.name for each in provinces if each.after.amount and not each.before.amount}
    first = tuple(cluster for cluster in register.intake if new & set(cluster.provinces))
    before = concentration_of(register, register.stock, register.stock_name)
    year = register.years[-1] if register.years else ""
    return Changes(
        by_gain=ranking(
            "各省份新增集群数", [(each.name, each.gain) for each in gained], intake_clusters(register), "新增集群总数"
        ),
        gainers=provinces_with(register, register.intake, "有新增集群的省份数"),
        newcomers=tuple(each.name for each in provinces if each.name in new),
        newcomer_count=register.sum_of(
            len(new), first, "实现零的突破的省份数", "此前没有、最近一年有集群的省份计数",
            ("nation", f"provinces_new_{year}"), unit=PROVINCES,
        ),
        provinces_before=provinces_with(
            register, register.stock, "此前有集群的省份数", ("nation", f"provinces_of_the_{len(register.stock)}")
        ),
        dumbbell=_dumbbell(register, held),
        provinces=provinces,
        regions=_records(
            region_counts(register, register.stock, register.stock_name),
            region_counts(register, register.clusters, register.total_name),
            "各地区",
        ),
        fields=_records(
            dict(field_counts(register, register.stock, f"各领域集群数（{register.stock_name}）")),
            dict(field_counts(register, register.clusters, f"各领域集群数（{register.total_name}）")),
            "各领域",
        ),
        timeline=_timeline(years),
        concentration_before=before,
        cr3_change=difference(after.cr3, before.cr3, POINTS, "CR3的变化", "全部集群的CR3－此前存量的CR3"),
        hhi_change=difference(after.hhi, before.hhi, RATIO, "HHI的变化", "全部集群的HHI－此前存量的HHI"),
        gini_change=difference(
            after.gini, before.gini, RATIO, "基尼系数的变化", "全部集群的基尼系数－此前存量的基尼系数"
        ),
    )  # fmt: skip


def _records(before: Mapping[str, Quantity], after: Mapping[str, Quantity], what: str) -> tuple[Change, ...]:
    label, formula = f"{what}集群增加数", "全部集群数－此前存量的集群数"
    return tuple(
        Change(name, before[name], count, difference(count, before[name], CLUSTERS, label, formula))
        for name, count in after.items()
    )


def _dumbbell(register: Register, held: tuple[Change, ...]) -> Panel:
    series = (
        Series(register.stock_name, tuple(each.before for each in held)),
        Series(register.total_name, tuple(each.after for each in held)),
    )
    return Panel("各省份集群数的变化", tuple(each.name for each in held), series)


def _timeline(years: tuple[Intake, ...]) -> Panel:
    series = (
        Series("当年新增", tuple(year.clusters for year in years)),
        Series("累计", tuple(year.cumulative for year in years)),
    )
    return Panel("历年新增与累计集群数", tuple(year.label for year in years), series)
