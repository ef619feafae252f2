"""The one table of what each published figure is held against: subject and metric, the finding, what is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.locale.numerals import chinese_count
from clusterreport.quantities import PIECES, Confidence, Quantity
from clusterreport.statistics.chinese import widened
from clusterreport.statistics.counts import PROVINCE_PLACES, all_clusters, cities_with, provinces_with
from clusterreport.statistics.measures import share

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.statistics import Findings
    from clusterreport.statistics.published import Figure
    from clusterreport.statistics.register import Clusters, Register


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a check: the published figure, and all that its computed counterpart may be taken from."""

    figure: Figure
    register: Register
    findings: Findings

    @property
    def name(self) -> str:
        """Return what the subject or the metric is about: 江苏 of province:江苏, 新材料 of field45:新材料."""
        _, _, part = self.figure.metric.partition(":")
        return widened(part) if part else self.figure.subject.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Rule:
    """How figures of one kind are checked.

    ``find`` returns the computed counterpart, None where this register has none. ``note`` is said whatever comes of
    it, ``if_differs`` only where it differs.
    """

    find: Callable[[Sides], Quantity | None]
    note: Callable[[Sides], str] | None = None
    if_differs: Callable[[Sides], str] | None = None


KEY_REGIONS: Final = {
    "京津冀": ("北京", "天津", "河北"),
    "长三角": ("上海", "江苏", "浙江", "安徽"),
    "珠三角": ("广东",),
    "成渝": ("四川", "重庆"),
}
"""The regions of which sources speak, by province; 珠三角 stands for Guangdong, whose clusters all lie in the delta."""


def rule_for(figure: Figure) -> Rule | None:
    """Return the rule of a figure's kind of subject and metric; None where the register cannot say anything of it."""
    kind = figure.subject.partition(":")[0]
    metric, colon, _ = figure.metric.partition(":")
    return _RULES.get((kind, metric + colon))


# ── the findings that have a name ────────────────────────────────────────────────────────────────────────────────────


def _clusters_of_year(year: str) -> Callable[[Sides], Quantity | None]:
    return lambda sides: next((each.clusters for each in sides.findings.nation.years if each.name == year), None)


def _clusters_up_to(year: str) -> Callable[[Sides], Quantity | None]:
    return lambda sides: next((each.cumulative for each in sides.findings.nation.years if each.name == year), None)


def _of_province(sides: Sides) -> Quantity | None:
    return next((each.value for each in sides.findings.regions.all_provinces.items if each.name == sides.name), None)


def _of_city(sides: Sides) -> Quantity | None:
    return next((each.value for each in sides.findings.city.by_clusters.items if each.name == sides.name), None)


def _of_field_before(sides: Sides) -> Quantity | None:
    return next((each.before for each in sides.findings.changes.fields if each.name == sides.name), None)


def _of_field(sides: Sides) -> Quantity | None:
    return next((each.value for each in sides.findings.nation.by_field.items if each.name == sides.name), None)


def _of_region_before(sides: Sides) -> Quantity | None:
    return next((each.stock for each in sides.findings.regions.regions if each.name == sides.name), None)


# ── counts that only a check asks for ────────────────────────────────────────────────────────────────────────────────


def _named_in(register: Register, year: int) -> Clusters:
    return tuple(cluster for cluster in register.clusters if cluster.year == year)


def _provinces_of_the_25(sides: Sides) -> Quantity:
    clusters = _named_in(sides.register, 2021)
    return provinces_with(sides.register, clusters, "2021年优胜集群涉及的省份数", ("nation", "provinces_of_the_25"))


def _cities_of_the_25(sides: Sides) -> Quantity:
    clusters = _named_in(sides.register, 2021)
    return cities_with(sides.register, clusters, "2021年优胜集群涉及的城市数", ("nation", "cities_of_the_25"))


def _separately_planned(sides: Sides) -> Quantity:
    register, stock = sides.register, sides.register.stock
    cities = [name for name in register.by_city(stock) if register.city[name].level == "计划单列市"]
    label, formula = f"计划单列市数（{register.stock_name}）", "名录所列集群涉及的计划单列市去重计数"
    published = ("nation", "separately_planned_cities_of_the_45")
    return register.sum_of(len(cities), stock, label, formula, published, unit=PIECES)


def _touching(clusters: Clusters, provinces: tuple[str, ...]) -> Clusters:
    return tuple(cluster for cluster in clusters if set(provinces) & set(cluster.provinces))


def _four_key_regions(sides: Sides) -> Quantity:
    register = sides.register
    provinces = tuple(province for members in KEY_REGIONS.values() for province in members)
    formula = "名录中涉及京津冀、沪苏浙皖、广东、川渝任一省份的集群去重计数"
    published = ("nation", "four_key_regions_of_the_45")
    clusters = _touching(register.stock, provinces)
    return register.tally(clusters, f"四个重点区域集群数（{register.stock_name}）", formula, published)


def _in_region(sides: Sides) -> Quantity | None:
    if sides.name not in KEY_REGIONS:
        return None
    clusters = _touching(sides.register.clusters, KEY_REGIONS[sides.name])
    formula = "名录中涉及该区域任一省份的集群去重计数"
    return sides.register.tally(clusters, f"{sides.name}集群数", formula, (sides.figure.subject, "clusters"))


def _places_in_region(sides: Sides) -> Quantity | None:
    if sides.name not in KEY_REGIONS:
        return None
    groups = sides.register.by_province(sides.register.clusters)
    amount = sum(len(groups[province]) for province in KEY_REGIONS[sides.name] if province in groups)
    clusters = _touching(sides.register.clusters, KEY_REGIONS[sides.name])
    formula = "每个集群在该区域内所涉省份各计一次，再相加"
    return sides.register.sum_of(amount, clusters, f"{sides.name}各省份集群数之和", formula, unit=PROVINCE_PLACES)


def _counting(sides: Sides) -> Quantity | None:
    """Return 省次 where a remark says that the source counts otherwise, else the clusters themselves."""
    return _in_region(sides) if sides.figure.comparable else _places_in_region(sides)


def _joint_in_region(sides: Sides) -> Quantity | None:
    if sides.name not in KEY_REGIONS:
        return None
    provinces = set(KEY_REGIONS[sides.name])
    clusters = tuple(cluster for cluster in sides.register.clusters if provinces <= set(cluster.provinces))
    formula = "名录中同时涉及该区域全部省份的集群计数"
    return sides.register.tally(clusters, f"{sides.name}共建集群数", formula, (sides.figure.subject, "joint_clusters"))


def _share_of_region(sides: Sides) -> Quantity | None:
    part = _in_region(sides)
    if part is None:
        return None
    label = f"{sides.name}集群占全国的比重"
    return share(part, all_clusters(sides.register), label, "该区域集群数（去重）÷集群总数×100%")


# ── what is to be said ───────────────────────────────────────────────────────────────────────────────────────────────


def _unnamed(sides: Sides) -> str:
    groups = sides.register.by_province(sides.register.clusters)
    nameless = [each for each in groups.get(sides.name, ()) if each.confidence is Confidence.UNNAMED]
    return f"其中{chinese_count(len(nameless))}个集群名称未查明，按公开数量计入。" if nameless else ""


def _parts_of_region(sides: Sides) -> str:
    groups, whole = sides.register.by_province(sides.register.clusters), _in_region(sides)
    if whole is None or sides.figure.comparable:
        return ""
    parts = "、".join(f"{name}{len(groups.get(name, ()))}个" for name in KEY_REGIONS[sides.name])
    same = "，与公开数字相同" if whole.amount == sides.figure.value.amount else ""
    return f"按所涉省份各计一次，为{parts}；同一集群去重后为{whole.amount}个{same}。"


def _counted_once(_sides: Sides) -> str:
    return "名录的比重按去重后的集群数计算。"


def _between_fields(_sides: Sides) -> str:
    return "有集群介于两个领域之间，名录的领域判读与公开分类不同。"


def _between_fields_or_unknown(sides: Sides) -> str:
    unknown = sum(1 for cluster in sides.register.clusters if not cluster.field)
    left_out = f"另有{chinese_count(unknown)}个集群领域未查明，未计入。" if unknown else ""
    return _between_fields(sides) + left_out


def _missing_cities(sides: Sides) -> str:
    gaps = len(sides.register.incomplete)
    return f"有{chinese_count(gaps)}个集群的成员城市未全部查明，名录计算结果可能偏小。" if gaps else ""


_RULES: Final[dict[tuple[str, str], Rule]] = {
    ("nation", "clusters_total"): Rule(lambda sides: sides.findings.nation.clusters),
    ("nation", "clusters_named_2022"): Rule(_clusters_up_to("2022")),
    ("nation", "clusters_winning_2021"): Rule(_clusters_of_year("2021")),
    ("nation", "clusters_winning_2024"): Rule(_clusters_of_year("2024")),
    ("nation", "provinces_with_cluster"): Rule(lambda sides: sides.findings.nation.provinces),
    ("nation", "provinces_with_cluster_miit"): Rule(lambda sides: sides.findings.nation.provinces),
    ("nation", "provinces_of_the_25"): Rule(_provinces_of_the_25),
    ("nation", "cities_of_the_25"): Rule(_cities_of_the_25),
    ("nation", "provinces_of_the_45"): Rule(lambda sides: sides.findings.changes.provinces_before),
    ("nation", "separately_planned_cities_of_the_45"): Rule(_separately_planned),
    ("nation", "provinces_new_2024"): Rule(lambda sides: sides.findings.changes.newcomer_count),
    ("nation", "four_key_regions_of_the_45"): Rule(_four_key_regions),
    ("nation", "field45:"): Rule(_of_field_before, if_differs=_between_fields),
    ("nation", "field80:"): Rule(_of_field, if_differs=_between_fields_or_unknown),
    ("nation", "region45:"): Rule(_of_region_before),
    ("nation", "cross_regional_clusters"): Rule(lambda sides: sides.findings.integration.total.cross),
    ("nation", "cross_regional_share_2022"): Rule(lambda sides: sides.findings.integration.stock.share),
    ("nation", "cross_regional_share_2024"): Rule(lambda sides: sides.findings.integration.intake.share),
    ("nation", "cross_regional_share_of_new"): Rule(lambda sides: sides.findings.integration.intake.share),
    ("nation", "cross_regional_share_of_the_35"): Rule(lambda sides: sides.findings.integration.intake.share),
    ("province", "clusters"): Rule(_of_province, note=_unnamed),
    ("province", "clusters_provincial_source"): Rule(_of_province, note=_unnamed),
    ("city", "national_clusters"): Rule(_of_city, if_differs=_missing_cities),
    ("region", "clusters"): Rule(_counting, note=_parts_of_region),
    ("region", "joint_clusters"): Rule(_joint_in_region),
    ("region", "share_of_80"): Rule(_share_of_region, note=_counted_once),
}
