"""Charts for the tests: each kind on the numbers of the register, and at the edges of what it may be given."""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

from clusterreport import charts
from clusterreport.charts.kinds.tiles import units
from clusterreport.document.model import Chart, Series, Tie
from clusterreport.quantity import PERCENT, RATIO, YUAN_100M, Computed, Confidence, Quantity, Unit
from clusterreport.subjects.clusters.units import CLUSTERS
from clusterreport.theme import Theme, load_theme

ROOT = Path(__file__).resolve().parents[2]
BASIS = Computed("集群数", "名录中的行数", Confidence.CONFIRMED)
UNSURE = Computed("集群数", "名录中的行数", Confidence.UNCONFIRMED)
DEGREES = Unit("degree", "ratio")
BATCHES = {"2021-R1": "2021年第一批", "2021-R2": "2021年第二批", "2022-R3": "2022年第三批", "2024": "2024年新增"}
PROVINCES = tuple(names[:2] for _, _, names in units())

Amount = int | float | str | Decimal | None


@cache
def theme() -> Theme:
    return load_theme(ROOT / "templates" / "themes" / "briefing.toml", "briefing.toml")


def quantity(amount: Amount, unit: Unit = CLUSTERS, basis: Computed = BASIS) -> Quantity:
    return Quantity(None if amount is None else Decimal(str(amount)), unit, basis)


def series(name: str, amounts: list[Amount] | tuple[Amount, ...], unit: Unit = CLUSTERS) -> Series:
    return Series(name, tuple(quantity(amount, unit) for amount in amounts))


# ── the register ─────────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def parts(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


@cache
def register_charts() -> dict[str, Chart]:
    return {chart.kind: chart for chart in (*_of_provinces(), *_of_fields(), *_of_cities(), _share(), _over_time())}


def _counts() -> tuple[list[str], Counter[str], Counter[tuple[str, str]]]:
    total: Counter[str] = Counter()
    by_batch: Counter[tuple[str, str]] = Counter()
    for cluster in rows("clusters"):
        for province in parts(cluster["provinces"]):
            total[province] += 1
            by_batch[province, cluster["batch"]] += 1
    names = [row["province"] for row in rows("provinces")]
    return sorted(names, key=lambda name: -total[name]), total, by_batch


def _of_provinces() -> tuple[Chart, ...]:
    names, total, by_batch = _counts()
    top, present = names[:12], [name for name in names if total[name]]
    counts = series("集群数量", [total[name] for name in names])
    old = series("2022年", [total[name] - by_batch[name, "2024"] for name in present])
    batches = [series(BATCHES[key], [by_batch[name, key] for name in present]) for key in BATCHES]
    now = series("2024年", [total[name] for name in present])
    regions = {row["province"]: row["region"] for row in rows("provinces")}
    values = (row for row in rows("province_values") if row["measure"] == "gdp")
    gdp = {row["province"]: (row["value"], regions[row["province"]]) for row in values}
    wealth = series("2024年地区生产总值", [gdp[name][0] for name in names], YUAN_100M)
    return (
        charts.make("bar", title="各省份集群数量（前12位）", unit="个", categories=top,
                    series=[series("集群数量", [total[name] for name in top])], emphasis=["广东"]),
        charts.make("stacked", title="各省份分批次集群数量", unit="个", categories=present, series=batches),
        charts.make("composition", title="各省份分批次集群的比重", unit="个", categories=present[:12],
                    series=[Series(part.name, part.values[:12]) for part in batches], emphasis=["广东"]),
        charts.make("dumbbell", title="集群数量的变化", unit="个", categories=present, series=[old, now],
                    emphasis=["北京"]),
        charts.make("tiles", title="各省份集群数量", unit="个", categories=names, series=[counts], emphasis=["广东"]),
        charts.make("scatter", title="集群数量与地区生产总值", unit="", categories=names, series=[wealth, counts],
                    groups=[gdp[name][1] for name in names], emphasis=["广东"]),
        _lorenz([total[name] for name in reversed(names)], names[::-1], ["江苏"]),
    )  # fmt: skip


def _lorenz(counts: list[int], names: list[str], emphasis: list[str]) -> Chart:
    reached = list(itertools.accumulate(counts))
    across: list[Amount] = [Decimal(100 * place) / len(counts) for place in range(len(counts) + 1)]
    up: list[Amount] = [Decimal(0), *(Decimal(100 * part) / reached[-1] for part in reached)]
    both = [series("省份累计占比", across, PERCENT), series("集群累计占比", up, PERCENT)]
    return charts.make("lorenz", title="洛伦兹曲线", unit="%", categories=["", *names], series=both, emphasis=emphasis)


def _of_fields() -> tuple[Chart, ...]:
    fields = Counter(cluster["field"] or "未公开" for cluster in rows("clusters"))
    names = [name for name, _ in fields.most_common()]
    regions = {row["province"]: row["region"] for row in rows("provinces")}
    table: Counter[tuple[str, str]] = Counter()
    for cluster in rows("clusters"):
        for region in {regions[province] for province in parts(cluster["provinces"])}:
            table[cluster["field"] or "未公开", region] += 1
    columns = ["东部", "中部", "西部", "东北"]
    cells = [
        series(name, [table[name, column] / fields[name] or None for column in columns], RATIO) for name in names
    ]  # fmt: skip
    return (
        _columns(),
        charts.make("doughnut", title="各领域集群数量", unit="个", categories=names,
                    series=[series("集群数量", [fields[name] for name in names])]),
        charts.make("heatmap", title="各领域在四大区域的分布", unit="", categories=columns, series=cells),
    )  # fmt: skip


def _columns() -> Chart:
    spans = Counter((cluster["batch"], len(parts(cluster["provinces"])) > 1) for cluster in rows("clusters"))
    near, far = (series(("一省之内", "跨省")[wide], [spans[key, wide] for key in BATCHES]) for wide in (False, True))
    return charts.make(
        "column", title="各批次集群数量", unit="个", categories=list(BATCHES.values()), series=[near, far],
        emphasis=["跨省"],
    )  # fmt: skip


def _of_cities() -> tuple[Chart, ...]:
    total: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for cluster in rows("clusters"):
        cities = sorted(parts(cluster["cities"]))
        total.update(cities)
        shared.update(itertools.combinations(cities, 2))
    names = [row["city"] for row in rows("cities")]
    groups = [row["urban_agglomeration"] or "其他" for row in rows("cities")]
    ties = [Tie(one, other, quantity(count)) for (one, other), count in sorted(shared.items())]
    sizes = series("集群数量", [total[name] for name in names])
    where = [
        series(word, [row[key] for row in rows("cities")], DEGREES) for word, key in (("经度", "lon"), ("纬度", "lat"))
    ]
    return (
        charts.make("network", title="共有集群的城市", unit="个", categories=names, series=[sizes], groups=groups,
                    ties=ties, emphasis=["广州"]),
        charts.make("places", title="城市与联系", unit="个", categories=names, series=[*where, sizes], ties=ties,
                    emphasis=["广州"]),
    )  # fmt: skip


def _over_time() -> Chart:
    stock = series("全部", [Decimal(500) / 25, Decimal(1100) / 45, Decimal(3700) / 80], PERCENT)
    intake = series("新增", [Decimal(500) / 25, Decimal(600) / 20, Decimal(2600) / 35], PERCENT)
    years = ["2021年", "2022年", "2024年"]
    return charts.make("line", title="跨区域集群占比", unit="%", categories=years, series=[stock, intake])


def _share() -> Chart:
    stock = series("全部80个", [Decimal(1100) / 45, Decimal(3700) / 80], PERCENT)
    intake = series("仅新增35个", [Decimal(1100) / 45, Decimal(2600) / 35], PERCENT)
    return charts.make(
        "slope", title="跨区域集群占比", unit="%", categories=["2022年", "2024年"], series=[stock, intake],
        emphasis=["仅新增35个"],
    )  # fmt: skip


# ── the edges ────────────────────────────────────────────────────────────────────────────────────────────────────────

STRANGE = (
    "R&D <5%",
    "$x_1$ 与 $y^2$",
    "a*b|c",
    "“引号”与'撇号'",
    "\\frac{1}{2}",
    "A very long English name of a thing that goes on",
)
PLACEHOLDERS = ("@RID@", "@LIMITS-111111111@", "@LIMITS-222222222@", "{names}", "%1", "\\g<0>")
"""What a program might write where it fills something in later; here it is a name like any other."""
EDGES: dict[str, tuple[tuple[str, ...], tuple[Amount, ...]]] = {
    "one": (("广东",), (8,)),
    "equal": (("江苏", "广东", "浙江"), (5, 5, 5)),
    "zeros": (("江苏", "广东", "浙江"), (0, 0, 0)),
    "unknown": (("江苏", "广东", "浙江", "山东"), (3, None, 7, None)),
    "none known": (("江苏", "广东"), (None, None)),
    "forty": (tuple(f"第{place}类产业集群" for place in range(1, 41)), tuple((place * 7) % 23 for place in range(40))),
    "long": (("新一代信息技术与高端装备制造融合发展示范带及其配套产业协作联盟", "生物医药"), (12345, 3)),
    "strange": (STRANGE, (1, 2, 3, 4, 5, 6)),
    "placeholders": (PLACEHOLDERS, (6, 5, 4, 3, 2, 1)),
    "money": (("甲", "乙", "丙"), ("9000.5", "15000", "141633.81")),
}


YEARS = ("2015年", "2016年", "2020年", "2024年")


def edge(kind: str, name: str) -> Chart | None:
    """Return a chart of the kind at an edge, None where the kind rightly refuses it."""
    names, amounts = EDGES[name]
    if kind == "lorenz":
        counts = sorted(int(float(amount or 0)) for amount in amounts)
        return _lorenz(counts, list(names), []) if sum(counts) else None
    if kind in {"column", "heatmap"} and len(names) > 10:
        return None
    own = {
        "tiles": tuple(chinese for chinese, _ in PROVINCES)[: len(names)], "slope": names[:4],
        "line": YEARS[: len(names)],
    }  # fmt: skip
    categories = own.get(kind, names)
    return charts.make(
        kind, title=f"边界：{name}", unit="个", categories=categories,
        series=_edge_series(kind, amounts[: len(categories)], YUAN_100M if name == "money" else CLUSTERS),
        ties=_ties(names) if kind in {"network", "places"} else (),
    )  # fmt: skip


def _edge_series(kind: str, amounts: tuple[Amount, ...], unit: Unit) -> list[Series]:
    values, reverse = series("数量", amounts, unit), series("名称相当长的另一组数量", amounts[::-1], unit)
    count = len(amounts)
    longitudes = series("经度", [100 + place % 7 for place in range(count)], DEGREES)
    latitudes = series("纬度", [20 + place * 3 % 11 for place in range(count)], DEGREES)
    needed = {"bar": 1, "doughnut": 1, "tiles": 1, "network": 1, "places": 3}.get(kind, 2)
    return {1: [values], 2: [reverse, values], 3: [longitudes, latitudes, values]}[needed]


def _ties(names: tuple[str, ...]) -> list[Tie]:
    return [Tie(one, other, quantity(place)) for place, (one, other) in enumerate(itertools.pairwise(names))]
