"""The one table of what each published figure is held against: subject and metric, the finding, what is to be said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.locale import Label
from clusterreport.quantities import PIECES, Confidence, Quantity
from clusterreport.reconciling.codes import KEY_REGIONS
from clusterreport.statistics.chinese import widened
from clusterreport.statistics.codes import SEPARATELY_PLANNED
from clusterreport.statistics.counts import PROVINCE_PLACES, all_clusters, cities_with, provinces_with
from clusterreport.statistics.measures import share
from clusterreport.statistics.selecting import Chosen, both, has, has_any

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.locale import Words
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
    note: Callable[[Sides], Words] | None = None
    if_differs: Callable[[Sides], tuple[Words, ...]] | None = None


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
    return register.named_in(year)


def _provinces_of_the_25(sides: Sides) -> Quantity:
    clusters = _named_in(sides.register, 2021)
    return provinces_with(
        sides.register, clusters, Label.of("check.provinces_of_2021"), ("nation", "provinces_of_the_25")
    )


def _cities_of_the_25(sides: Sides) -> Quantity:
    clusters = _named_in(sides.register, 2021)
    return cities_with(sides.register, clusters, Label.of("check.cities_of_2021"), ("nation", "cities_of_the_25"))


def _separately_planned(sides: Sides) -> Quantity:
    register, stock = sides.register, sides.register.stock
    cities = [name for name in register.by_city(stock) if register.city[name].level == SEPARATELY_PLANNED]
    label, formula = Label.of("check.separately_planned"), Label.of("check.separately_planned_how")
    published = ("nation", "separately_planned_cities_of_the_45")
    return register.sum_of(len(cities), stock, label, formula, published, unit=PIECES, scope=register.stock_name)


def _touching(clusters: Clusters, provinces: tuple[str, ...]) -> Clusters:
    wanted = frozenset(provinces)
    return Chosen.known(clusters).where(
        lambda cluster: not wanted.isdisjoint(cluster.provinces), has_any("provinces", provinces)
    )


def _four_key_regions(sides: Sides) -> Quantity:
    register = sides.register
    provinces = tuple(province for members in KEY_REGIONS.values() for province in members)
    label, formula = Label.of("check.key_regions"), Label.of("check.key_regions_how")
    published = ("nation", "four_key_regions_of_the_45")
    clusters = _touching(register.stock, provinces)
    return register.tally(clusters, label, formula, published, scope=register.stock_name)


def _in_region(sides: Sides) -> Quantity | None:
    if sides.name not in KEY_REGIONS:
        return None
    clusters = _touching(sides.register.clusters, KEY_REGIONS[sides.name])
    label, formula = Label.of("check.in_region", region=sides.name), Label.of("check.in_region_how")
    return sides.register.tally(clusters, label, formula, (sides.figure.subject, "clusters"))


def _places_in_region(sides: Sides) -> Quantity | None:
    if sides.name not in KEY_REGIONS:
        return None
    groups = sides.register.by_province(sides.register.clusters)
    amount = sum(len(groups[province]) for province in KEY_REGIONS[sides.name] if province in groups)
    clusters = _touching(sides.register.clusters, KEY_REGIONS[sides.name])
    label, formula = Label.of("check.places", region=sides.name), Label.of("check.places_how")
    return sides.register.sum_of(amount, clusters, label, formula, unit=PROVINCE_PLACES)


def _counting(sides: Sides) -> Quantity | None:
    """Return 省次 where a remark says that the source counts otherwise, else the clusters themselves."""
    return _in_region(sides) if sides.figure.comparable else _places_in_region(sides)


def _joint_in_region(sides: Sides) -> Quantity | None:
    if sides.name not in KEY_REGIONS:
        return None
    provinces = frozenset(KEY_REGIONS[sides.name])
    clusters = sides.register.clusters.where(
        lambda cluster: provinces <= set(cluster.provinces),
        both(*(has("provinces", name) for name in KEY_REGIONS[sides.name])),
    )
    label, formula = Label.of("check.joint", region=sides.name), Label.of("check.joint_how")
    return sides.register.tally(clusters, label, formula, (sides.figure.subject, "joint_clusters"))


def _share_of_region(sides: Sides) -> Quantity | None:
    part = _in_region(sides)
    if part is None:
        return None
    label, formula = Label.of("check.share", region=sides.name), Label.of("check.share_how")
    return share(part, all_clusters(sides.register), label, formula)


# ── what is to be said ───────────────────────────────────────────────────────────────────────────────────────────────


def _unnamed(sides: Sides) -> Words:
    groups = sides.register.by_province(sides.register.clusters)
    nameless = [each for each in groups.get(sides.name, ()) if each.confidence is Confidence.UNNAMED]
    return Label.of("check.nameless", count=len(nameless)) if nameless else ""


def _parts_of_region(sides: Sides) -> Words:
    groups, whole = sides.register.by_province(sides.register.clusters), _in_region(sides)
    if whole is None or sides.figure.comparable:
        return ""
    parts = tuple(
        Label.of("check.part_of_region", name=name, count=len(groups.get(name, ()))) for name in KEY_REGIONS[sides.name]
    )
    same = whole.amount == sides.figure.value.amount
    return Label.of("check.parts_same" if same else "check.parts", parts=parts, count=int(whole.amount or 0))


def _counted_once(_sides: Sides) -> Words:
    return Label.of("check.counted_once")


def _between_fields(_sides: Sides) -> tuple[Words, ...]:
    return (Label.of("check.between_fields"),)


def _between_fields_or_unknown(sides: Sides) -> tuple[Words, ...]:
    unknown = sum(1 for cluster in sides.register.clusters if not cluster.field)
    left_out = (Label.of("check.unknown_fields", count=unknown),) if unknown else ()
    return (*_between_fields(sides), *left_out)


def _missing_cities(sides: Sides) -> tuple[Words, ...]:
    gaps = len(sides.register.incomplete)
    return (Label.of("check.missing_cities", count=gaps),) if gaps else ()


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
