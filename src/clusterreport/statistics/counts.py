"""The counts on which several subjects rest: clusters in time and place, provinces, cities and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.document.model import Series
from clusterreport.quantities import CLUSTERS, PIECES, RATIO, Computed, Confidence, Quantity, Unit, exactly
from clusterreport.statistics.findings import Panel
from clusterreport.statistics.measures import ranking, ratio

if TYPE_CHECKING:
    from clusterreport.statistics.register import Clusters, Register

PROVINCES: Final = Unit("个", "province", "count")
PROVINCE_PLACES: Final = Unit("省次", "province-place", "count")


def all_clusters(register: Register) -> Quantity:
    """Return the number of clusters."""
    return register.tally(register.clusters, "集群总数", "名录全部集群计数", ("nation", "clusters_total"))


def stock_clusters(register: Register) -> Quantity:
    """Return the number of clusters named before the latest year."""
    year = register.years[-2] if len(register.years) > 1 else ""
    published = ("nation", f"clusters_named_{year}")
    return register.tally(register.stock, "此前集群数", "名录中最近一年以前公布的集群计数", published)


def intake_clusters(register: Register) -> Quantity:
    """Return the number of clusters named in the latest year."""
    published = ("nation", f"clusters_winning_{register.years[-1] if register.years else ''}")
    return register.tally(register.intake, "最近一年新增集群数", "名录中最近一年公布的集群计数", published)


def classified_clusters(register: Register) -> Quantity:
    """Return the number of clusters whose field is known."""
    known = tuple(cluster for cluster in register.clusters if cluster.field)
    return register.tally(known, "领域已知的集群数", "名录中领域已知的集群计数，不含名称未查明的集群")


def province_places(register: Register, clusters: Clusters) -> Quantity:
    """Return 省次: every cluster counted once in each province that it touches."""
    amount = sum(len(cluster.provinces) for cluster in clusters)
    formula = "每个集群在其涉及的每个省份各计一次，再相加"
    return register.sum_of(amount, clusters, "各省份集群数之和", formula, unit=PROVINCE_PLACES)


def provinces_all(register: Register) -> Quantity:
    """Return the number of provinces that there are."""
    basis = Computed("省份总数", "省份表逐行计数", Confidence.CONFIRMED, rows=register.province_rows())
    return exactly(len(register.province), PROVINCES, basis)


def provinces_with(register: Register, clusters: Clusters, label: str, *published: tuple[str, str]) -> Quantity:
    """Return the number of provinces that ``clusters`` touch."""
    amount = sum(1 for group in register.by_province(clusters).values() if group)
    return register.sum_of(amount, clusters, label, "名录所列集群涉及的省份去重计数", *published, unit=PROVINCES)


def cities_with(register: Register, clusters: Clusters, label: str, *published: tuple[str, str]) -> Quantity:
    """Return the number of cities that are known to take part in ``clusters``."""
    formula = "名录所列集群已查明的成员城市去重计数"
    return register.sum_of(len(register.by_city(clusters)), clusters, label, formula, *published, unit=PIECES)


def cities_per_cluster(register: Register, clusters: Clusters, label: str) -> Quantity:
    """Return the mean number of cities over the clusters whose list of cities is complete as far as we know."""
    listed = tuple(cluster for cluster in clusters if cluster.cities and cluster.id not in register.incomplete)
    of_these = register.tally(listed, "城市名单完整的集群数", "名录中成员城市已列出、且无名单不全备注的集群计数")
    city_count = sum(len(cluster.cities) for cluster in listed)
    formula = "名单完整的集群的成员城市数相加，同一城市在每个集群各计一次"
    cities = register.sum_of(city_count, listed, "成员城市数合计", formula, unit=PIECES)
    return ratio(cities, of_these, RATIO, label, "成员城市数合计÷集群数，只算城市名单完整的集群")


def field_counts(register: Register, clusters: Clusters, label: str) -> tuple[tuple[str, Quantity], ...]:
    """Return the number of ``clusters`` in each field; fields are the register's own reading, so never sure."""
    formula = "按名录所列领域计数，领域为名录判读，不含名称未查明的集群"
    return tuple(
        (field, exactly(len(group), CLUSTERS, Computed(label, formula, Confidence.LIKELY, rows=register.rows(group))))
        for field, group in register.by_field(clusters).items()
    )


def field_years(register: Register) -> Panel:
    """Return the clusters of each field, a series for each year; the largest field first."""
    order = [item.name for item in ranking("", field_counts(register, register.clusters, "")).items]
    series = []
    for year in register.years:
        named = tuple(cluster for cluster in register.clusters if cluster.year == year)
        counts = dict(field_counts(register, named, "各领域各年新增集群数"))
        series.append(Series(f"{year}年", tuple(counts[field] for field in order)))
    return Panel("各领域各年新增集群数", tuple(order), tuple(series))


def province_counts(register: Register, clusters: Clusters) -> dict[str, Quantity]:
    """Return how many of all clusters touch each province, also the zeros."""
    formula = "名录中涉及该省份的集群逐一计数"
    return {
        name: register.tally(
            group,
            "各省份集群数",
            formula,
            (f"province:{name}", "clusters"),
            (f"province:{name}", "clusters_provincial_source"),
        )
        for name, group in register.by_province(clusters).items()
    }


def province_part_counts(register: Register, clusters: Clusters, which: str) -> dict[str, Quantity]:
    """Return how many of ``clusters`` touch each province, where they are only those of ``which`` ("2024年新增")."""
    formula = "名录中涉及该省份的集群逐一计数"
    return {
        name: register.tally(group, f"各省份集群数（{which}）", formula)
        for name, group in register.by_province(clusters).items()
    }


def region_counts(register: Register, clusters: Clusters, which: str) -> dict[str, Quantity]:
    """Return how many of ``clusters`` touch each region; a cluster counts once in each region that it touches."""
    family = f"region{len(clusters)}"
    formula = "名录中涉及该地区的集群逐一计数，跨地区的集群在所涉各地区各计一次"
    return {
        name: register.tally(group, f"各地区集群数（{which}）", formula, ("nation", f"{family}:{name}"))
        for name, group in register.by_region(clusters).items()
    }
