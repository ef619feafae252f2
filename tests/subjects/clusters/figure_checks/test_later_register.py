"""Rules know no year and no count of one day: with later years and other counts they bind to the right findings."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clusterreport import settings
from clusterreport.data import sources
from clusterreport.locale import said
from clusterreport.subjects.clusters import statistics, validation
from clusterreport.subjects.clusters.figure_checks import Reconciliation, reconcile
from clusterreport.writing.telling import told

if TYPE_CHECKING:
    from clusterreport.subjects.clusters.records import CheckedData, Cluster

ROOT = Path(__file__).resolve().parents[4]
LATER = 3  # years
DROPPED = {2021: 2, 2022: 1, 2024: 3}
"""How many of the last clusters of each year are left out, before the years move."""
COUNTS = {"25": "23", "45": "42", "35": "32", "80": "74"}
"""What the counts in the metrics' names become: 25 - 2, 45 - 3, 35 - 3, 80 - 6."""
KEY = {"北京", "天津", "河北", "上海", "江苏", "浙江", "安徽", "广东", "四川", "重庆"}
DELTA = {"上海", "江苏", "浙江", "安徽"}
CAPITAL = {"北京", "天津", "河北"}


def later_year(text: str) -> str:
    return re.sub(r"20[0-9]{2}", lambda found: str(int(found[0]) + LATER), text)


def renamed(metric: str) -> str:
    """Return the metric's name as the later register has it, its counts too."""
    name, colon, part = later_year(metric).partition(":")
    return re.sub(r"(?<![0-9])(?:25|35|45|80)(?![0-9])", lambda found: COUNTS[found[0]], name) + colon + part


def moved(register: CheckedData) -> CheckedData:
    """Return the register with every year later, and with nothing else changed."""
    return replace(
        register,
        clusters=tuple(
            replace(each, year=each.year + LATER, batch=later_year(each.batch)) for each in register.clusters
        ),
        figures=tuple(
            replace(each, metric=later_year(each.metric), year=later_year(each.year)) for each in register.figures
        ),
        remarks=tuple(replace(each, metric=later_year(each.metric)) for each in register.remarks),
        as_of=dt.date(register.as_of.year + LATER, register.as_of.month, register.as_of.day),
    )


@pytest.fixture(scope="module")
def shipped() -> CheckedData:
    chosen = settings.load(ROOT)
    return validation.check(sources.read_all(chosen.data, chosen.places), chosen.as_of)


@pytest.fixture(scope="module")
def later(shipped: CheckedData) -> CheckedData:
    """Return the register three years on, with fewer clusters of each year, and with the figures named accordingly."""
    kept: list[Cluster] = []
    for year, dropped in DROPPED.items():
        kept += [each for each in shipped.clusters if each.year == year][:-dropped]
    in_order = tuple(each for each in shipped.clusters if each in kept)
    figures = tuple(replace(each, metric=renamed(each.metric)) for each in shipped.figures)
    without_years = moved(replace(shipped, clusters=in_order, figures=()))
    dated = tuple(replace(each, year=later_year(each.year)) for each in figures)
    return replace(without_years, figures=dated)


@pytest.fixture(scope="module")
def checks(later: CheckedData) -> Reconciliation:
    return told(reconcile(later, statistics.compute(later, "广州")), "zh")


def named_in(register: CheckedData, *years: int) -> list[Cluster]:
    return [each for each in register.clusters if each.year in years]


def touched(clusters: list[Cluster]) -> set[str]:
    return {province for each in clusters for province in each.provinces}


def touching(clusters: list[Cluster], provinces: set[str]) -> int:
    return sum(1 for each in clusters if provinces & set(each.provinces))


def expected(register: CheckedData) -> dict[str, int]:
    """Return what the rows of the later register say, counted here by hand."""
    first, stock, intake = named_in(register, 2024), named_in(register, 2024, 2025), named_in(register, 2027)
    every = [*stock, *intake]
    planned = {each.name for each in register.cities if each.level == "计划单列市"}
    region = {each.name: each.region for each in register.provinces}
    in_region = {
        name: sum(1 for each in stock if name in {region[place] for place in each.provinces})
        for name in ("东部", "中部", "西部", "东北")
    }
    fields = ("新一代信息技术", "高端装备", "新材料", "生物医药及高端医疗器械", "消费品", "新能源及智能网联汽车")
    return {
        "nation.clusters_total": 74,
        "nation.clusters_named_2025": 42,
        "nation.clusters_winning_2024": 23,
        "nation.clusters_winning_2027": 32,
        "nation.provinces_of_the_23": len(touched(first)),
        "nation.cities_of_the_23": len({city for each in first for city in _cities(each)}),
        "nation.provinces_of_the_42": len(touched(stock)),
        "nation.separately_planned_cities_of_the_42": len({c for each in stock for c in each.cities} & planned),
        "nation.provinces_new_2027": len(touched(intake) - touched(stock)),
        "nation.four_key_regions_of_the_42": touching(stock, KEY),
        **{f"nation.field42:{name}": sum(1 for each in stock if each.field == name) for name in fields},
        "nation.field74:新一代信息技术": sum(1 for each in every if each.field == "新一代信息技术"),
        **{f"nation.region42:{name}": count for name, count in in_region.items()},
        "nation.cross_regional_clusters": sum(1 for each in every if each.cross_regional),
        "region:京津冀.clusters": touching(every, CAPITAL),
        "region:京津冀.joint_clusters": sum(1 for each in every if set(each.provinces) >= CAPITAL),
    }


def _cities(each: Cluster) -> tuple[str, ...]:
    """Return the cities of a cluster, a municipality for its own where none is named."""
    return each.cities or tuple(name for name in each.provinces if name in {"北京", "天津", "上海", "重庆"})


def test_counts_are_held_against_the_clusters_they_speak_of(later: CheckedData, checks: Reconciliation) -> None:
    computed = {name: checks.of(name).computed for name in expected(later)}
    assert {name: each and each.amount for name, each in computed.items()} == expected(later)


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("nation.cross_regional_share_2025", (2024, 2025)),
        ("nation.cross_regional_share_2027", (2027,)),
        ("nation.cross_regional_share_of_the_32", (2027,)),
        ("nation.cross_regional_share_of_new", (2027,)),
    ],
)
def test_shares_are_those_of_the_stock_and_of_the_intake(
    later: CheckedData, checks: Reconciliation, name: str, years: tuple[int, ...]
) -> None:
    clusters = named_in(later, *years)
    share = 100 * sum(1 for each in clusters if each.cross_regional) / len(clusters)
    computed = checks.of(name).computed
    assert computed is not None
    assert float(computed.amount or 0) == pytest.approx(share)


def test_the_share_of_a_region_is_of_all_clusters(later: CheckedData, checks: Reconciliation) -> None:
    computed = checks.of("region:长三角.share_of_74").computed
    assert computed is not None
    assert float(computed.amount or 0) == pytest.approx(100 * touching(list(later.clusters), DELTA) / 74)


def test_the_claim_of_a_rise_is_found_in_later_years(checks: Reconciliation) -> None:
    check = checks.of("claims.cross_regional_rise")
    assert (check.verdict, check.period) == ("not_comparable", "2027年")


def test_what_is_printed_of_a_check_names_the_later_years(checks: Reconciliation) -> None:
    subjects = {check.name: said(check.subject, "zh") for check in checks}
    assert subjects["nation.provinces_of_the_23"] == "全国：2024年优胜集群涉及的省份数"
    assert subjects["nation.provinces_of_the_42"] == "全国：截至2025年底集群涉及的省份数"
    assert subjects["nation.field42:新材料"] == "全国：截至2025年底新材料领域集群数"
    assert subjects["nation.cross_regional_share_2027"] == "全国：跨区域集群比重（2027年）"
    assert subjects["nation.little_giants_of_the_42"].startswith("全国：42个集群内")
    assert [subject for subject in subjects.values() if re.search("2021|2022|指标", subject)] == []


def test_with_later_years_alone_every_verdict_stays(shipped: CheckedData) -> None:
    register = moved(shipped)
    ours = reconcile(register, statistics.compute(register, "广州"))
    theirs = reconcile(shipped, statistics.compute(shipped, "广州"))
    assert [(check.name, check.verdict) for check in ours] == [
        (later_year(check.name), check.verdict) for check in theirs
    ]


def test_a_cluster_that_the_rows_lack_does_not_take_its_figures_out_of_the_check(shipped: CheckedData) -> None:
    dropped = next(each for each in shipped.clusters if each.year == 2021 and each.field == "新材料")
    register = replace(shipped, clusters=tuple(each for each in shipped.clusters if each is not dropped))
    found = reconcile(register, statistics.compute(register, "广州"))
    for name in ("nation.field45:新材料", "nation.clusters_named_2022", "nation.clusters_winning_2021"):
        assert found.of(name).verdict == "differs"
    assert found.of("nation.provinces_of_the_25").computed is not None
    assert found.of("region:长三角.share_of_80").computed is not None


@pytest.mark.parametrize(
    "metric", ["field60:新材料", "region44:东部", "provinces_of_the_44", "cross_regional_share_2023"]
)
def test_a_count_or_a_year_of_no_clusters_is_held_against_nothing(shipped: CheckedData, metric: str) -> None:
    figure = replace(next(each for each in shipped.figures if each.metric == "field45:新材料"), metric=metric)
    register = replace(shipped, figures=(figure,))
    found = reconcile(register, statistics.compute(register, "广州"))
    assert [check.verdict for check in found] == ["unchecked"]


def with_a_new_year(shipped: CheckedData) -> CheckedData:
    """Return the register with three clusters of 2027, and no figure of theirs."""
    new = tuple(
        replace(each, row=row, id=f"N{row}", year=2027, batch="2027")
        for row, each in enumerate(shipped.clusters[:3], 200)
    )
    return replace(shipped, clusters=(*shipped.clusters, *new))


def test_a_new_year_leaves_the_figures_of_earlier_clusters_bound_to_them(shipped: CheckedData) -> None:
    register = with_a_new_year(shipped)
    checks = told(reconcile(register, statistics.compute(register, "广州")), "zh")
    before = told(reconcile(shipped, statistics.compute(shipped, "广州")), "zh")
    bound = [
        check.name for check in before if re.search("_of_the_(25|45)$|(field|region)45:|_named_|_winning_", check.name)
    ]
    assert len(bound) == 23
    for name in bound:
        ours, theirs = checks.of(name), before.of(name)
        assert said(ours.subject, "zh") == said(theirs.subject, "zh")
        assert ours.verdict == theirs.verdict, name
        assert (ours.computed and ours.computed.amount) == (theirs.computed and theirs.computed.amount), name


def test_after_a_new_year_a_share_of_the_last_intake_is_not_taken_for_one_of_the_stock(shipped: CheckedData) -> None:
    register = with_a_new_year(shipped)
    checks = told(reconcile(register, statistics.compute(register, "广州")), "zh")
    for name in ("cross_regional_share_2022", "cross_regional_share_2024", "cross_regional_share_of_the_35"):
        assert checks.of(f"nation.{name}").computed is None
    assert said(checks.of("nation.cross_regional_share_of_the_35").subject, "zh").startswith("全国：2024年优胜集群")
    field = checks.of("nation.field80:新一代信息技术")
    assert said(field.subject, "zh") == "全国：截至2024年底新一代信息技术领域集群数"
    assert field.computed is not None
    assert field.computed.amount == 15
