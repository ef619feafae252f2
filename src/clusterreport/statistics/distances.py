"""How far apart the cities are that share a cluster: within provinces and across them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING, Final

from clusterreport.quantities import KILOMETRES, Computed, Confidence, Quantity, exactly
from clusterreport.statistics.measures import measured
from clusterreport.statistics.ties import PAIRS, distance_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clusterreport.statistics.networks import Pair
    from clusterreport.statistics.register import Register
    from clusterreport.statistics.ties import Ties


@dataclass(frozen=True, slots=True)
class Distances:
    """Great-circle distances of tied pairs in km, each pair counted once; unknown where no pair has coordinates.

    ``within`` and ``across`` are the mean distances of pairs within one province and across provinces.
    ``nearest`` and ``farthest`` name the pairs of the extremes ("" where there is none).
    """

    pairs: Quantity
    mean: Quantity
    median: Quantity
    shortest: Quantity
    longest: Quantity
    nearest: str
    farthest: str
    within: Quantity
    across: Quantity
    within_pairs: Quantity
    across_pairs: Quantity


_EACH: Final = "同属至少一个集群的每对城市的球面距离"


def distances_of(register: Register, ties: Ties) -> Distances:
    """Return the distances of all tied pairs whose coordinates are known."""
    found = {pair: distance_of(register, *pair) for pair in ties.shared}
    known = {pair: distance for pair, distance in found.items() if distance is not None}
    province = {name: city.province for name, city in register.city.items()}
    within = [distance for (first, second), distance in known.items() if province[first] == province[second]]
    across = [distance for (first, second), distance in known.items() if province[first] != province[second]]
    rows = (*register.rows(ties.joint(ties.tied)), *register.city_rows(ties.tied))

    def measure(of: Callable[[Sequence[float]], float], values: Sequence[float], label: str, formula: str) -> Quantity:
        basis = Computed(label, formula, Confidence.LIKELY, rows=rows)
        return measured(of(values) if values else None, KILOMETRES, basis)

    def count(values: Sequence[float], label: str) -> Quantity:
        return exactly(len(values), PAIRS, Computed(label, "有经纬度的城市对计数", Confidence.LIKELY, rows=rows))

    every = list(known.values())
    return Distances(
        pairs=count(every, "计算距离的城市对数"),
        mean=measure(fmean, every, "伙伴城市平均距离", f"{_EACH}的算术平均"),
        median=measure(median, every, "伙伴城市距离中位数", f"{_EACH}的中位数"),
        shortest=measure(min, every, "伙伴城市最短距离", f"{_EACH}的最小值"),
        longest=measure(max, every, "伙伴城市最长距离", f"{_EACH}的最大值"),
        nearest=_name(min(known, key=known.__getitem__, default=None)),
        farthest=_name(max(known, key=known.__getitem__, default=None)),
        within=measure(fmean, within, "省内伙伴城市平均距离", f"{_EACH}的算术平均，两市同省"),
        across=measure(fmean, across, "跨省伙伴城市平均距离", f"{_EACH}的算术平均，两市不同省"),
        within_pairs=count(within, "省内城市对数"),
        across_pairs=count(across, "跨省城市对数"),
    )


def _name(pair: Pair | None) -> str:
    return "—".join(pair) if pair else ""
