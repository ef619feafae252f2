"""When the rows change, the verdicts change with them; a figure that no rule knows is left unchecked."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.data import sources
from clusterreport.subjects.clusters import statistics, validation
from clusterreport.subjects.clusters.figure_checks import Check, Reconciliation, reconcile
from clusterreport.subjects.clusters.records import CheckedData, PublishedFigure, Remark
from clusterreport.writing.telling import told
from tests.subjects.clusters.figure_checks.reading import explained
from tests.subjects.clusters.statistics.registers import city, cluster, data, figure, incomplete, province

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def register() -> CheckedData:
    chosen = settings.load(ROOT)
    return validation.check(sources.read_all(chosen.data, chosen.places), chosen.as_of)


def reconciled(register: CheckedData) -> Reconciliation:
    return told(reconcile(register, statistics.compute(register, "广州")), "zh")


def sides(check: Check) -> str:
    return f"{check.published.amount}/{check.computed.amount if check.computed else None} {check.verdict}"


def with_value(register: CheckedData, subject: str, metric: str, value: str) -> CheckedData:
    """Return the register with another value printed for one metric."""
    figures = tuple(
        replace(each, value=Decimal(value)) if (each.subject, each.metric) == (subject, metric) else each
        for each in register.figures
    )
    assert figures != register.figures
    return replace(register, figures=figures)


def checked(figures: tuple[PublishedFigure, ...], clusters: int = 3, *remarks: Remark) -> Reconciliation:
    register = data(
        clusters=tuple(cluster(place + 2, cities="甲市") for place in range(clusters)),
        provinces=(province(2, "甲省"), province(3, "乙省")),
        cities=(city(2, "甲市"),),
        figures=figures,
        remarks=remarks,
    )
    return told(reconcile(register, statistics.compute(register, "甲市")), "zh")


@pytest.mark.parametrize(("clusters", "verdict"), [(3, "agrees"), (2, "differs"), (4, "differs")])
def test_a_count_agrees_only_with_as_many_rows(clusters: int, verdict: str) -> None:
    checks = checked((figure(2, "nation", "clusters_total", "3"),), clusters)
    check = checks.of("nation.clusters_total")
    assert check.verdict == verdict
    assert (check in checks.notable) == (verdict == "differs")


def test_without_figures_nothing_is_checked() -> None:
    checks = checked(())
    assert checks.items == checks.notable == ()
    assert {count.amount for count in (checks.total, checks.compared, checks.agreeing, checks.unchecked)} == {0}


def test_without_clusters_every_count_differs() -> None:
    checks = checked((figure(2, "nation", "clusters_total", "3"), figure(3, "province:甲省", "clusters", "3")), 0)
    assert [check.verdict for check in checks] == ["differs", "differs"]


@pytest.mark.parametrize(
    ("subject", "metric"),
    [
        ("nation", "innovation_carriers_of_the_80"),
        ("nation", "a_metric_of_next_year"),
        ("nation", "field45:烟花"),
        ("province:丙省", "clusters"),
        ("region:丁地区", "clusters"),
        ("region:丁地区", "share_of_80"),
        ("region:丁地区", "joint_clusters"),
        ("T2", "output"),
    ],
)
def test_a_figure_of_which_the_rows_say_nothing_is_unchecked(subject: str, metric: str) -> None:
    checks = checked((figure(2, subject, metric, "22"),))
    assert [(check.verdict, explained(check)) for check in checks] == [("unchecked", "名录没有可以核对的数据。")]
    assert checks.compared.amount == 0
    assert checks.notable == ()


def test_a_plan_is_not_held_against_the_rows() -> None:
    check = checked((figure(2, "nation", "clusters_total", "3", qualifier="计划"),)).of("nation.clusters_total")
    assert (check.verdict, explained(check)) == ("unchecked", "为计划或目标数，不作核对。")


@pytest.mark.parametrize(
    ("qualifier", "value", "explanation"),
    [
        ("exact", "3", "与名录计算结果一致。"),
        ("exact", "4", "与名录计算结果不一致。"),
        ("超", "2", "名录计算结果符合“超”的说法。"),
        ("突破", "3", "名录计算结果未超过公开数字，不符合“突破”的说法。"),
        ("近", "4", "名录计算结果明显低于公开数字，不宜称“近”。"),
        ("接近", "3", "名录计算结果不低于公开数字，不符合“接近”的说法。"),
        ("约", "3", "名录计算结果符合“约”的说法。"),
        ("约", "4", "名录计算结果与公开数字相差较大，不宜称“约”。"),
    ],
)
def test_the_reason_takes_up_the_word_of_the_source(qualifier: str, value: str, explanation: str) -> None:
    check = checked((figure(2, "nation", "clusters_total", value, qualifier=qualifier),)).of("nation.clusters_total")
    assert explained(check) == explanation


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (("", "600"), ("", "650"), "differs"),
        (("", "600"), ("", "600"), "unchecked"),
        (("超", "600"), ("", "650"), "unchecked"),
        (("超", "600"), ("", "550"), "differs"),
        (("约", "600"), ("", "620"), "unchecked"),
        (("超", "600"), ("突破", "650"), "unchecked"),
    ],
)
def test_two_sources_contradict_each_other_only_if_not_both_can_be_true(
    one: tuple[str, str], other: tuple[str, str], verdict: str
) -> None:
    both = tuple(
        figure(row, "T2", "output", value, unit="亿元", qualifier=qualifier or "exact")
        for row, (qualifier, value) in enumerate((one, other), 2)
    )
    checks = checked(both)
    assert [check.verdict for check in checks] == [verdict, verdict]
    if verdict == "differs":
        assert {explained(check) for check in checks} == {"与另一公开数字相矛盾。"}


def test_other_years_units_and_clusters_do_not_contradict() -> None:
    first = figure(2, "T2", "output", "600", unit="亿元")
    others = (replace(first, row=3, year="2021", value=Decimal(500)), replace(first, row=4, subject="T3"))
    dearer = replace(first, row=5, unit="万亿元", value=Decimal("0.07"))
    assert {check.verdict for check in checked((first, *others, dearer))} == {"unchecked"}


def test_the_desk_s_remark_stands_alone_where_figures_differ() -> None:
    remark = Remark(2, "nation", "clusters_total", "not_comparable", "口径未说明")
    check = checked((figure(2, "nation", "clusters_total", "5"),), 3, remark).of("nation.clusters_total")
    assert (check.verdict, explained(check)) == ("differs", "口径未说明。")


def test_the_desk_s_remark_follows_where_figures_agree() -> None:
    remark = Remark(2, "nation", "clusters_total", "not_comparable", "口径未说明")
    check = checked((figure(2, "nation", "clusters_total", "3"),), 3, remark).of("nation.clusters_total")
    assert (check.verdict, explained(check)) == ("agrees", "与名录计算结果一致。口径未说明。")


def test_cities_that_are_not_all_known_are_given_as_the_reason() -> None:
    counted = figure(2, "city:甲市", "national_clusters", "4")
    assert explained(checked((counted,), 3).of("city:甲市.national_clusters")) == "与名录计算结果不一致。"
    gaps = (incomplete(2, "T2"), incomplete(3, "T3"))
    explanation = explained(checked((counted,), 3, *gaps).of("city:甲市.national_clusters"))
    assert explanation == "有两个集群的成员城市未全部查明，名录计算结果可能偏小。"


def test_one_cluster_less_in_jiangsu_differs_and_is_notable(register: CheckedData) -> None:
    dropped = next(each for each in register.clusters if each.provinces == ("江苏",))
    checks = reconciled(replace(register, clusters=tuple(each for each in register.clusters if each is not dropped)))
    jiangsu, nation = checks.of("province:江苏.clusters"), checks.of("nation.clusters_total")
    assert (sides(jiangsu), sides(nation)) == ("14/13 differs", "80/79 differs")
    assert {jiangsu, nation} <= set(checks.notable)
    assert checks.of("province:广东.clusters").verdict == "agrees"
    assert explained(checks.of("region:长三角.clusters")).endswith("同一集群去重后为25个。")


def test_a_changed_figure_differs_though_the_rows_are_the_same(register: CheckedData) -> None:
    checks = reconciled(with_value(register, "city:广州", "national_clusters", "5"))
    check = checks.of("city:广州.national_clusters")
    assert sides(check) == "5/4 differs"
    assert explained(check) == "有九个集群的成员城市未全部查明，名录计算结果可能偏小。"
    assert check in checks.notable


def test_a_note_does_not_stand_in_for_the_verdict(register: CheckedData) -> None:
    checks = reconciled(with_value(register, "province:山东", "clusters", "5"))
    explanation = explained(checks.of("province:山东.clusters"))
    assert explanation == "与名录计算结果不一致。其中一个集群名称未查明，按公开数量计入。"


def test_moving_one_cluster_from_equipment_to_it_heals_both_fields(register: CheckedData) -> None:
    moved = next(each for each in register.clusters if each.field == "高端装备" and each.batch == "2022-R3")
    clusters = tuple(replace(each, field="新一代信息技术") if each is moved else each for each in register.clusters)
    checks = reconciled(replace(register, clusters=clusters))
    assert checks.of("nation.field45:新一代信息技术").verdict == "agrees"
    assert checks.of("nation.field45:高端装备").verdict == "agrees"


def test_an_unknown_check_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        checked(()).of("nation.clusters_total")
