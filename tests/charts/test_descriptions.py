"""Alternative texts say what a chart shows, in words made from its own numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from clusterreport import charts
from clusterreport.charts.kinds import places
from clusterreport.charts.sentences import opening
from clusterreport.document.model import Series
from clusterreport.locale import known, languages, phrase
from clusterreport.quantity import YUAN_100M
from clusterreport.verify.chart_counts import counted
from tests.charts.examples import UNSURE, edge, quantity, register_charts, series

SAID = {
    "bar": ("共12项", "江苏14个", "广东8个"),
    "stacked": ("江苏14个", "2024年新增4个"),
    "column": ("一省之内：2021年第一批", "跨省："),
    "composition": ("江苏：2021年第一批35.7%", "2024年新增占比最大的是北京，为83.3%"),
    "doughnut": ("合计80个", "高端装备28个（35.0%）"),
    "heatmap": ("4列", "未知"),
    "tiles": ("共31项", "江苏14个", "广东8个", "台湾、澳门、香港不在统计范围"),
    "lorenz": ("共31个单位", "基尼系数0.50"),
    "scatter": ("广东14.16万亿元", "江苏14个"),
    "network": ("共96个点、140条连线", "18个相连的部分", "北京—天津5个"),
    "places": ("共96处、140对联系", "广州4个"),
    "line": ("24.4%", "46.3%", "74.3%"),
    "slope": ("24.4%", "46.3%", "74.3%"),
    "dumbbell": ("增加最多的是北京，2022年1个，2024年6个",),
}


@pytest.mark.parametrize("language", languages())
def test_a_kind_that_has_a_name_has_it_in_every_language_and_alone(language: str) -> None:
    named = [kind for kind in charts.kind_names() if known(f"kind.{kind}")]
    names = [phrase(f"kind.{kind}", language) for kind in named]
    assert len(named) >= 13
    assert all(names)
    assert len(set(names)) == len(names)


def test_a_kind_without_a_name_is_called_a_chart() -> None:
    chart = replace(register_charts()["bar"], kind="nameless")
    assert opening(chart, "zh") == "图：各省份集群数量（前12位）（单位：个）。"
    assert opening(chart, "en").startswith("Chart: ")


@pytest.mark.parametrize("kind", charts.kind_names())
def test_the_description_says_the_numbers(kind: str) -> None:
    text = register_charts()[kind].description
    assert [words for words in SAID[kind] if words not in text] == []


@pytest.mark.parametrize("kind", charts.kind_names())
def test_the_description_names_the_kind_and_the_title_and_ends_with_a_full_stop(kind: str) -> None:
    chart = register_charts()[kind]
    assert f"：{chart.title}" in chart.description
    assert chart.description.endswith("。")
    assert "。。" not in chart.description


def test_values_that_are_not_known_are_named_and_never_counted_as_least() -> None:
    chart = edge("bar", "unknown")
    assert chart is not None
    assert "最小的是江苏3个" in chart.description
    assert "广东、山东未知" in chart.description


def test_a_map_counts_the_ties_that_it_draws_and_the_proofreading_counts_them_too() -> None:
    chart = register_charts()["places"]
    hub = next(name for name in chart.categories if sum(name in (tie.source, tie.target) for tie in chart.ties) == 7)
    at = chart.categories.index(hub)
    values = list(chart.series[0].values)
    values[at] = replace(values[at], amount=None)
    lost = replace(chart, series=(replace(chart.series[0], values=tuple(values)), *chart.series[1:]))
    text = places.describe(lost, "zh")
    assert "共95处、133对联系" in text
    assert f"{hub}缺坐标，未画出" in text
    assert any("133" in words for words in counted(lost, "zh"))


def test_equal_values_are_said_once() -> None:
    chart = edge("bar", "equal")
    assert chart is not None
    assert "各项均为5个" in chart.description


def test_an_unconfirmed_value_keeps_its_mark() -> None:
    value = quantity(9000, YUAN_100M, UNSURE)
    chart = charts.make("bar", title="产值", unit="亿元", categories=["甲"], series=[series("产值", ["1"])])
    unsure = charts.make(
        "bar", title="产值", unit="亿元", categories=["甲", "乙"],
        series=[Series("产值", (value, quantity(1, YUAN_100M)))],
    )  # fmt: skip
    assert "（待核）" not in chart.description
    assert "甲9000亿元（待核）" in unsure.description


def test_a_total_of_unsure_parts_is_unsure() -> None:
    parts = Series("数量", (quantity(1, basis=UNSURE), quantity(2)))
    chart = charts.make("doughnut", title="合计", unit="个", categories=["甲", "乙"], series=[parts])
    assert "合计3个（待核）" in chart.description


def test_a_ring_with_an_unknown_part_says_no_total_and_no_share() -> None:
    chart = edge("doughnut", "unknown")
    assert chart is not None
    assert "合计" not in chart.description
    assert "%" not in chart.description


def test_money_is_said_with_two_decimals_at_most() -> None:
    chart = edge("bar", "money")
    assert chart is not None
    assert "丙14.16万亿元" in chart.description


def test_english_descriptions_are_sentences() -> None:
    chart = charts.make(
        "bar", title="Clusters by province", unit="clusters", categories=["Jiangsu", "Jilin"],
        series=[series("Clusters", [14, 1])], language="en",
    )  # fmt: skip
    assert chart.description == (
        "Bar chart: Clusters by province (unit: clusters). "
        "2 items; the largest is Jiangsu 14 clusters; the smallest is Jilin 1 cluster."
    )


def test_all_bars_up_to_twelve_are_told_and_the_ends_of_more() -> None:
    names = [f"名{chr(0x4E00 + place)}" for place in range(13)]
    twelve, thirteen = (
        charts.make("bar", title="图", unit="个", categories=names[:count], series=[series("数", list(range(count)))])
        for count in (12, 13)
    )
    assert all(f"{name}{place}个" in twelve.description for place, name in enumerate(names[:12]))
    assert f"{names[5]}5个" not in thirteen.description
    assert sum(number.described for number in twelve.numbers) == 12
    assert sum(number.described for number in thirteen.numbers) == 2


def test_the_correlation_of_a_scatter_is_told_and_a_fact() -> None:
    both = [series("甲", [1, 2, 3, 40, None]), series("乙", [2, 1, 40, 3, 9])]
    chart = charts.make("scatter", title="图", unit="", categories=list("一二三四五"), series=both)
    assert "斯皮尔曼等级相关系数0.60" in chart.description  # 1 - 6·4/(4·15)
    facts = {number.quantity.name: number.quantity.amount for number in chart.facts}
    assert facts["chart[图].correlation"] == Decimal("0.6")


@pytest.mark.parametrize("up", [[1, 1, 1], [1, 2, None]])
def test_no_correlation_is_told_where_there_is_none(up: list[int | None]) -> None:
    both = [series("甲", [1, 2, 3]), series("乙", tuple(up))]
    assert (
        "相关系数"
        not in charts.make("scatter", title="图", unit="", categories=list("一二三"), series=both).description
    )


def test_lines_are_told_to_end_higher_or_lower_than_they_begin() -> None:
    lines = [
        series("升", [1, 9, 2]),
        series("降", [5, None, 2]),
        series("平", [3, 9, 3]),
        series("孤", [None, None, 3]),
    ]
    said = charts.make("slope", title="图", unit="个", categories=list("甲乙丙"), series=lines).description
    assert "升末期高于首期，降末期低于首期，平末期与首期相同。" in said
