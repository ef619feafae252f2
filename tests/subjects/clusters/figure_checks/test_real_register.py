"""On the shipped register, what reconciles is said to agree, and what does not is shown with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterreport import settings
from clusterreport.data import sources
from clusterreport.document.model import NumberStyle
from clusterreport.document.wording import format_quantity
from clusterreport.quantity import Quantity
from clusterreport.subjects.clusters import statistics, validation
from clusterreport.subjects.clusters.figure_checks import Reconciliation, reconcile
from clusterreport.writing.telling import told
from tests.subjects.clusters.figure_checks.reading import explained, measured

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def checks() -> Reconciliation:
    chosen = settings.load(ROOT)
    data = validation.check(sources.read_all(chosen.data, chosen.places), chosen.as_of)
    return told(reconcile(data, statistics.compute(data, "广州")), "zh")


def said(quantity: Quantity | None) -> str:
    return "" if quantity is None else format_quantity(quantity, NumberStyle())


@pytest.mark.parametrize(
    ("name", "amount"),
    [
        ("nation.clusters_total", "80个"), ("nation.clusters_named_2022", "45个"),
        ("nation.clusters_winning_2024", "35个"), ("nation.provinces_with_cluster", "25个"),
        ("province:江苏.clusters", "14个"), ("province:广东.clusters", "8个"), ("province:浙江.clusters", "8个"),
        ("province:北京.clusters", "6个"), ("province:河北.clusters", "6个"), ("province:山东.clusters", "6个"),
        ("nation.region45:东部", "30个"), ("nation.region45:中部", "8个"), ("nation.region45:西部", "5个"),
        ("nation.region45:东北", "2个"), ("nation.cross_regional_clusters", "37个"),
        ("nation.provinces_new_2024", "6个"), ("city:广州.national_clusters", "4个"),
        ("nation.field45:新材料", "7个"), ("nation.field45:生物医药及高端医疗器械", "5个"),
        ("nation.field45:消费品", "4个"), ("nation.field45:新能源及智能网联汽车", "3个"),
        ("region:京津冀.clusters", "7个"), ("region:长三角.share_of_80", "32.5%"),
    ],
)  # fmt: skip
def test_what_reconciles_agrees(checks: Reconciliation, name: str, amount: str) -> None:
    check = checks.of(name)
    assert (said(check.published), said(check.computed), check.verdict_name) == (amount, amount, "一致")
    assert check not in checks.notable


@pytest.mark.parametrize(
    ("name", "published", "computed", "verdict", "reason"),
    [
        ("nation.field45:新一代信息技术", "13个", "12个", "不一致", "有集群可归入不止一个领域"),
        ("nation.field45:高端装备", "13个", "14个", "不一致", "有集群可归入不止一个领域"),
        ("nation.provinces_with_cluster_miit", "26个", "25个", "不一致", "与同一会议上25个省份的说法不一致"),
        ("nation.cross_regional_share_2022", "约24%", "24.4%", "取整后一致", "按公开数字的精度取整"),
        ("nation.cross_regional_share_2024", "74%", "74.3%", "取整后一致", "以2024年新增的35个集群为基数"),
        ("claims.cross_regional_rise", "74%", "46.3%", "不能成立", "均以当时全部集群为基数，由24.4%变为46.3%"),
        ("nation.cross_regional_share_of_new", "近八成", "74.3%", "不一致", "明显低于公开数字，不宜称“近”"),
        ("claims.rank[北京、河北、山东]", "第3位", "第4位", "不能成立", "集群数更多的省份有三个，名次应为第四"),
        ("region:长三角.clusters", "26个", "29省次", "口径不同", "上海5个、江苏14个、浙江8个、安徽2个"),
        ("nation.field80:新一代信息技术", "16个", "15个", "不一致", "另有两个集群领域未查明"),
        ("region:长三角.clusters", "26个", "29省次", "口径不同", "同一集群去重后为26个，与公开数字相同"),
        (
            "C23.cluster_scale",
            "突破1000亿元（待核）",
            "约600亿元",
            "与另一来源相矛盾",
            "与同一集群2024年产值约600亿元的报道相矛盾",
        ),
        ("C25.output", "突破4200亿元（待核）", "", "无法核对", "数值存疑"),
    ],
)
def test_what_does_not_reconcile_is_shown_with_its_reason(
    checks: Reconciliation, name: str, published: str, computed: str, verdict: str, reason: str
) -> None:
    check = checks.of(name)
    assert (said(check.published), said(check.computed), check.verdict_name) == (published, computed, verdict)
    assert reason in explained(check)
    assert (check in checks.notable) == (verdict in {"不一致", "口径不同", "不能成立"} or check.doubtful)


@pytest.mark.parametrize(
    "name", ["A19.total_output", "A05.leading_industry_output", "C15.automobile_manufacturing_output"]
)
def test_the_measures_of_guangzhou_are_not_to_be_added_up(checks: Reconciliation, name: str) -> None:
    assert "不可相加" in explained(checks.of(name))
    assert checks.of(name) in checks.notable


def test_the_four_measures_of_guangzhou_have_four_names_and_one_year(checks: Reconciliation) -> None:
    names = (
        "A19.total_output", "A05.leading_industry_output", "A22.producers", "C15.automobile_manufacturing_output",
    )  # fmt: skip
    measures = [checks.of(name) for name in names]
    assert len({measured(check).rpartition("：")[2] for check in measures}) == len(measures)
    assert [check.period for check in measures] == ["2024年", *["未注明年份"] * 3]


def test_the_published_split_by_field_is_complete_and_so_is_ours(checks: Reconciliation) -> None:
    fields = [check for check in checks if check.name.startswith("nation.field45:")]
    assert sorted(int(check.published.amount or 0) for check in fields) == [3, 4, 5, 7, 13, 13]
    assert sorted(int(check.computed.amount or 0) for check in fields if check.computed) == [3, 4, 5, 7, 12, 14]


def test_nothing_else_is_notable(checks: Reconciliation) -> None:
    assert {check.name for check in checks.notable} == {
        "nation.field45:新一代信息技术", "nation.field45:高端装备", "nation.field80:新一代信息技术",
        "nation.provinces_with_cluster_miit", "nation.cross_regional_share_of_new", "region:长三角.clusters",
        "A19.total_output", "A05.leading_industry_output", "C15.automobile_manufacturing_output",
        "A22.export_share_low", "A22.export_share_high", "C23.cluster_scale", "C25.output",
        "claims.rank[北京、河北、山东]", "claims.cross_regional_rise",
    }  # fmt: skip


def test_the_export_share_is_of_products_and_not_of_the_cluster(checks: Reconciliation) -> None:
    assert explained(checks.of("A22.export_share_low")) == "指数十种重点产品的出口比重，不是整个集群的比重。"


def test_nameless_clusters_are_mentioned_where_they_are_counted(checks: Reconciliation) -> None:
    assert "其中一个集群名称未查明" in explained(checks.of("province:山东.clusters"))


def test_a_notable_reason_does_not_begin_by_repeating_the_verdict(checks: Reconciliation) -> None:
    assert not [check.name for check in checks.notable if explained(check).startswith("与名录计算结果不一致")]


def test_the_counts_add_up(checks: Reconciliation) -> None:
    kinds = (
        checks.compared, checks.repeated, checks.between_sources, checks.not_comparable, checks.unchecked,
        checks.claims,
    )  # fmt: skip
    assert sum(kind.amount or 0 for kind in kinds) == checks.total.amount == len(checks.items)
    assert checks.agreeing.amount == (checks.agrees.amount or 0) + (checks.rounding.amount or 0)
    assert checks.compared.amount == (checks.agreeing.amount or 0) + (checks.differs.amount or 0)


def test_figures_claims_and_repetitions_are_counted_apart(checks: Reconciliation) -> None:
    # By hand: 103 figures and 4 claims (3 places, 1 rise). 山东 6 and 广东 8 stand in two sources; 突破1000亿元 of C23
    # contradicts 约600亿元 of another. A19, A05, C15, two shares of A22 and 长三角 26 are measured otherwise.
    counts = {
        "total": 107, "compared": 46, "agreeing": 41, "differs": 5, "repeated": 2, "between_sources": 1,
        "not_comparable": 6, "unchecked": 48, "claims": 4, "claims_failing": 2,
    }  # fmt: skip
    assert {name: getattr(checks, name).amount for name in counts} == counts


def test_what_agrees_only_by_clusters_that_counts_require_is_no_confirmation(checks: Reconciliation) -> None:
    # Without G1 (上海), G2 (山东), B20 (宁波) and C33 (泉州) there are 76 clusters, 44 of them of 2022 and before.
    carried = {check.name for check in checks if check.carried and check.kind == "figure"}
    assert carried == {
        "nation.clusters_total", "nation.clusters_named_2022", "nation.clusters_winning_2024",
        "nation.cross_regional_share_2024", "nation.four_key_regions_of_the_45", "nation.field45:新材料",
        "nation.region45:东部", "province:山东.clusters", "province:山东.clusters_provincial_source",
        "province:浙江.clusters", "province:福建.clusters_provincial_source", "region:长三角.share_of_80",
    }  # fmt: skip
    assert checks.carried.amount == len(carried) - 1  # 山东 6 is one statement of two sources


def test_every_explanation_is_a_sentence_and_every_number_has_a_name(checks: Reconciliation) -> None:
    for check in checks:
        assert explained(check).endswith("。"), check.name
        assert explained(check)[:-1].count("。") <= 2, check.name
        sentences = explained(check).split("。")[:-1]
        assert all(sentences), check.name
        assert len(set(sentences)) == len(sentences), check.name
        assert check.published.name
        assert check.computed is None or check.computed.name
    names = [check.name for check in checks]
    assert len(names) == len(set(names))
