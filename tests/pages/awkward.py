"""Charts of every kind on numbers that charts break on: one value, zeros, negatives, huge beside tiny, forty names."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from clusterreport import charts
from clusterreport.charts.kinds.tiles import units
from clusterreport.document.model import Chart, Series, Tie
from clusterreport.errors import ProblemsError
from clusterreport.quantity import RATIO
from clusterreport.subjects.clusters.units import CLUSTERS
from tests.charts.examples import DEGREES, Amount, quantity, series

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORTY: Final = tuple(f"第{place}类产业集群" for place in range(1, 41))
_LONG: Final = "新一代信息技术与高端装备制造融合发展示范带及其配套产业协作联盟"
SETS: Final[dict[str, tuple[tuple[str, ...], tuple[Amount, ...]]]] = {
    "one": (("广东",), (8,)),
    "zeros": (("江苏", "广东", "浙江"), (0, 0, 0)),
    "negative": (("2018年", "2019年", "2020年", "2021年", "2022年"), (5, -3, 2, -8, 0)),
    "only negative": (("2020年", "2021年", "2022年"), (-5, -3, -9)),
    "huge": (("甲", "乙", "丙", "丁", "戊"), (1, 12, 350, 48000, 2900000)),
    "equal": (("江苏", "广东", "浙江"), (5, 5, 5)),
    "forty": (_FORTY, tuple((place * 7) % 23 for place in range(40))),
    "unknown": (("江苏", "广东", "浙江", "山东"), (3, None, 7, None)),
    "long": ((_LONG, "生物医药", _LONG[::-1]), (12345, 3, 777)),
    "unequal years": (("2010年", "2015年", "2016年", "2024年"), (4, 9, None, 30)),
    "fourteen": (("2020年", "2022年", "2024年"), (1, 2, 3)),
}
PERIODS: Final = ("2015年", "2016年", "2020年", "2024年", "2025年")
OVER_TIME: Final = frozenset({"slope", "line", "area"})
_SERIES: Final = {"bar": 1, "doughnut": 1, "tiles": 1, "network": 1, "places": 3}


def awkward(kind: str, name: str) -> Chart | None:
    """Return the chart of a kind on a set of data, None where the kind refuses it."""
    names, amounts = SETS[name]
    try:
        if kind == "lorenz":
            return _lorenz(names, amounts)
        if name == "fourteen":
            return _fourteen(kind)
        if kind == "tiles":
            names = tuple(unit[:2] for _, _, (unit, *_) in units())[: len(names)]
            amounts = amounts[: len(names)]
        if kind in OVER_TIME and not names[0].endswith("年"):
            names, amounts = PERIODS[: len(names)], amounts[: len(PERIODS)]
        return charts.make(
            kind, title=f"{kind}: {name}", unit="个", categories=names, series=_columns(kind, amounts),
            ties=_ties(names) if kind in {"network", "places"} else (),
        )  # fmt: skip
    except ProblemsError:
        return None


def all_awkward() -> Iterator[tuple[str, str, Chart]]:
    """Yield kind, name of the data, and chart, of all that are not refused."""
    for kind, name in itertools.product(charts.kind_names(), SETS):
        if (chart := awkward(kind, name)) is not None:
            yield kind, name, chart


def _fourteen(kind: str) -> Chart:
    names, _ = SETS["fourteen"]
    lines = [series(_FORTY[at], [(at * 5 + step * (at - 6)) % 29 for step in range(3)]) for at in range(14)]
    return charts.make(kind, title=f"{kind}: fourteen", unit="个", categories=names, series=lines)


def _lorenz(names: tuple[str, ...], amounts: tuple[Amount, ...]) -> Chart:
    from tests.charts import examples

    counts = sorted(int(float(amount or 0)) for amount in amounts)
    if sum(counts) <= 0:
        raise ProblemsError([])
    return examples._lorenz(counts, list(names), [])  # noqa: SLF001 -- the neighbour's


def _columns(kind: str, amounts: tuple[Amount, ...]) -> list[Series]:
    values, reverse = series("当年新增", amounts), series("全部集群", amounts[::-1])
    if kind == "heatmap":
        return [series("当年新增", amounts, RATIO), series("全部集群", amounts[::-1], RATIO)]
    count = len(amounts)
    longitudes = series("经度", [100 + place % 7 for place in range(count)], DEGREES)
    latitudes = series("纬度", [20 + place * 3 % 11 for place in range(count)], DEGREES)
    return {1: [values], 2: [reverse, values], 3: [longitudes, latitudes, values]}[_SERIES.get(kind, 2)]


def _ties(names: tuple[str, ...]) -> list[Tie]:
    ends = [*itertools.pairwise(names), *zip(names, names[7:], strict=False)]
    return [Tie(one, other, quantity(place % 3 + 1, CLUSTERS)) for place, (one, other) in enumerate(ends)]
