"""How unevenly clusters are spread over the provinces, between the four regions and within them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Series
from clusterreport.quantities import PERCENT, RATIO, Computed, Confidence, Quantity, Unit
from clusterreport.statistics import indices
from clusterreport.statistics.findings import Panel
from clusterreport.statistics.measures import measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.statistics.register import Clusters, Register


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly clusters are spread over the provinces (formulas in indices.py).

    ``cr3`` and ``cr5`` in per cent of all 省次; ``hhi`` from 1/n to 1 over the provinces that have a cluster,
    ``hhi_normalised`` from 0 to 1; ``gini`` and ``theil`` over all provinces, those without a cluster too;
    ``theil`` = ``theil_between`` the four regions + ``theil_within`` them, ``between_share`` in per cent of ``theil``.
    """

    cr3: Quantity
    cr5: Quantity
    hhi: Quantity
    hhi_normalised: Quantity
    gini: Quantity
    theil: Quantity
    theil_between: Quantity
    theil_within: Quantity
    between_share: Quantity


_THEIL: Final = "T＝Σ［（数值÷均值）×ln（数值÷均值）］÷n，n为全部省份数，没有集群的省份计0"


def concentration_of(register: Register, clusters: Clusters, which: str) -> Concentration:
    """Return the concentration of ``clusters``, which are those of ``which`` ("截至2024年")."""
    groups = register.by_province(clusters)
    counts = [len(group) for group in groups.values()]
    holding = [count for count in counts if count]
    by_region = {
        region: [len(groups[name]) for name, province in register.province.items() if province.region == region]
        for region in register.regions
    }
    theil = indices.theil(by_region)
    total, between, within = theil or (None, None, None)

    def measure(amount: float | None, label: str, formula: str, unit: Unit = RATIO) -> Quantity:
        rows = register.rows(clusters)
        basis = Computed(f"{label}（{which}）", formula, Confidence.LIKELY, rows=rows)
        return measured(amount, unit, basis)

    return Concentration(
        cr3=measure(_percent(indices.concentration_ratio(counts, 3)), "集中度CR3", _cr("三"), PERCENT),
        cr5=measure(_percent(indices.concentration_ratio(counts, 5)), "集中度CR5", _cr("五"), PERCENT),
        hhi=measure(indices.herfindahl(holding), "赫芬达尔指数（HHI）", "有集群的各省份占比的平方和"),
        hhi_normalised=measure(
            indices.herfindahl_normalised(holding), "标准化赫芬达尔指数", "（HHI－1÷n）÷（1－1÷n），n为有集群的省份数"
        ),
        gini=measure(
            indices.gini(counts),
            "基尼系数",
            "G＝2×Σ（升序位次×数值）÷（n×合计）－（n＋1）÷n，n为全部省份数，没有集群的省份计0",
        ),
        theil=measure(total, "泰尔指数", _THEIL),
        theil_between=measure(between, "泰尔指数的地区间部分", "Σs_g·ln（μ_g÷μ），s_g为各地区占比"),
        theil_within=measure(within, "泰尔指数的地区内部分", "Σs_g·T_g，s_g为各地区占比，T_g为地区内泰尔指数"),
        between_share=measure(
            100 * between / total if between is not None and total else None,
            "泰尔指数地区间部分的比重",
            "地区间部分÷泰尔指数×100%",
            PERCENT,
        ),
    )


def lorenz_panel(register: Register) -> Panel:
    """Return the Lorenz curve of clusters over all provinces, the provinces with the fewest first."""
    groups = register.by_province(register.clusters)
    order = sorted(groups, key=lambda name: len(groups[name]))
    points = indices.lorenz([len(groups[name]) for name in order])
    rows = register.rows(register.clusters)
    across = Computed(
        "省份累计占比",
        "集群数从少到多排列的省份数÷全部省份数×100%",
        Confidence.CONFIRMED,
        rows=register.province_rows(),
    )
    upward = Computed("集群累计占比", "集群数从少到多累加÷各省份集群数之和×100%", Confidence.LIKELY, rows=rows)
    return Panel(
        "各省份集群数的洛伦兹曲线",
        ("", *order)[: len(points)],
        (
            Series("省份累计占比", _points([x for x, _ in points], across)),
            Series("集群累计占比", _points([y for _, y in points], upward)),
        ),
    )


def _points(shares: Sequence[float], basis: Computed) -> tuple[Quantity, ...]:
    return tuple(measured(100 * value, PERCENT, basis) for value in shares)


def _percent(part: float | None) -> float | None:
    return None if part is None else 100 * part


def _cr(count: str) -> str:
    return f"集群数居前{count}位的省份合计÷各省份集群数之和×100%"
