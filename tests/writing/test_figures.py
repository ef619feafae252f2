"""Charts are made from rankings, panels and records, and leave out what their readers may not know."""

from __future__ import annotations

import pytest

from clusterreport import charts
from clusterreport.document.model import Figure, Pair
from clusterreport.writing.audience import Audience
from tests.writing.sample import BUREAU, PUBLIC, Project


def figure(project: Project, call: str, audience: Audience = BUREAU) -> Figure:
    (block,) = project.blocks(f"{{{{ {call} }}}}", audience)
    assert isinstance(block, Figure)
    return block


def test_a_ranking_becomes_one_series(project: Project) -> None:
    found = figure(project, 'chart.bar(regions.by_province, title="各省集群数", label="f", note="注。", source="名单")')
    chart = found.chart
    assert (found.label, found.note, found.source, chart.title, chart.unit) == ("f", "注。", "名单", "各省集群数", "个")
    assert chart.categories == ("江苏", "广东", "浙江", "北京", "河北", "山东", "上海")
    assert [series.name for series in chart.series] == ["集群数"]
    assert chart.description


def test_the_top_of_a_ranking_keeps_what_ties_with_the_last(project: Project) -> None:
    assert figure(project, 'chart.bar(regions.by_province, top=2, title="图")').chart.categories == (
        "江苏",
        "广东",
        "浙江",
    )


def test_records_give_categories_and_values_by_name(project: Project) -> None:
    call = 'chart.bar(regions.provinces, values=[("clusters", "集群数")], title="图", top=2)'
    chart = figure(project, call).chart
    assert chart.categories == ("江苏", "湖北")
    assert [str(value.amount) for value in chart.series[0].values] == ["14", "4"]


def test_records_may_be_classed(project: Project) -> None:
    values = 'values=[("gdp", "生产总值"), ("clusters", "集群数")]'
    call = f'chart.scatter(regions.provinces, {values}, groups="region", title="图")'
    chart = figure(project, call).chart
    assert chart.groups == ("东部", "中部", "东部")
    assert chart.unit == "万亿元、个"


@pytest.mark.parametrize(("kind", "unit"), [("bar", "万亿元"), ("network", "亿元")])
def test_a_chart_whose_labels_are_all_in_trillions_names_that_unit(project: Project, kind: str, unit: str) -> None:
    call = f'chart.{kind}(regions.provinces, values=[("gdp", "生产总值")], title="图")'
    assert figure(project, call).chart.unit == unit


def test_a_unit_may_be_said(project: Project) -> None:
    assert figure(project, 'chart.bar(regions.by_province, title="图", unit="")').chart.unit == ""


def test_a_panel_gives_its_own_series(project: Project) -> None:
    chart = figure(project, 'chart.dumbbell(regions.by_year, title="图")').chart
    assert [series.name for series in chart.series] == ["2022年", "2024年"]
    chart = figure(project, 'chart.bar(regions.by_year, series="2022年", top=1, title="图")').chart
    assert (chart.categories, len(chart.series)) == (("江苏",), 1)


def test_what_is_not_drawn_may_still_be_emphasised(project: Project) -> None:
    assert figure(project, 'chart.bar(regions.by_province, top=2, title="图", emphasis="上海")').chart.emphasis == ()
    assert figure(project, 'chart.bar(regions.by_province, title="图", emphasis=["上海"])').chart.emphasis == ("上海",)


def test_records_below_the_audience_are_left_out_and_this_is_said(project: Project) -> None:
    call = 'chart.bar(regions.provinces, values=[("gdp", "生产总值")], title="图", note="注。")'
    found = figure(project, call, PUBLIC)
    assert found.chart.categories == ("江苏", "广东")
    assert found.note == "注。未经确认的数据本版不列。"
    assert figure(project, call).note == "注。"


def test_values_of_a_panel_below_the_audience_become_unknown(project: Project) -> None:
    found = figure(project, 'chart.dumbbell(regions.by_year, title="图")', PUBLIC)
    assert [value.known for value in found.chart.series[1].values] == [True, False]
    assert found.note == "未经确认的数据本版不列。"


def test_two_charts_stand_side_by_side(project: Project) -> None:
    chart = 'chart.bar(regions.by_province, title="图")'
    (pair,) = project.blocks(f"{{{{ pair({chart}, {chart}) }}}}")
    assert isinstance(pair, Pair)
    assert (pair.left.label, pair.right.label) == ("overview-figure-1", "overview-figure-2")


def test_every_kind_of_chart_can_be_asked_for(project: Project) -> None:
    for kind in charts.kind_names():
        assert project.problem(f"{{{{ chart.{kind}(regions.by_province) }}}}").problem.startswith(
            f"chart.{kind} cannot be called so: missing a required argument: 'title'"
        )


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('chart.bar(nation, title="图")', "a chart draws several values, not a Nation"),
        (
            'chart.bar([regions.by_province, regions.by_province], title="图")',
            "a chart draws one ranking or panel, not a list of them",
        ),
        ('chart.bar(nation, values=[("a", "b")], title="图")', "a chart needs several items, not a Nation"),
        ('chart.bar(regions.provinces, title="图")', "a chart of records has no values"),
        ('chart.bar(regions.provinces, values=[], title="图")', "a chart of records has no values"),
        ('chart.bar(regions.provinces, values=["clusters"], title="图")', "values cannot take the words “clusters”"),
        ('chart.bar(regions.provinces, values=[("clsters", "数")], title="图")', "there is no 'clsters' in a Province"),
        ('chart.bar(regions.provinces, values=[("name", "数")], title="图")', "name is the words “江苏”, not a number"),
        ('chart.bar([], values=[("clusters", "数")], title="图")', "chart.bar has nothing to draw"),
        ('chart.bar(regions.by_year, series="2023年", title="图")', "there is no series '2023年'"),
        ('chart.bar(regions.by_province, emphasis="上每", title="图")', "'上每' is to be emphasised and is not in the"),
        ('chart.network(regions.by_year, title="图")', "chart '图': a network chart takes 1 series, and it has 2"),
        ('chart.bar(regions.by_province, top="2", title="图")', "top needs a whole number from 1, not '2'"),
        ("pair(nation, nation)", "pair needs two charts"),
    ],
)  # fmt: skip
def test_a_wrong_chart_is_told(project: Project, call: str, problem: str) -> None:
    found = project.problem(f"{{{{ {call} }}}}")
    assert found.where == "templates/sections/overview.md.j2, line 2"
    assert found.problem.startswith(problem)
    assert found.remedy.endswith(".")


def test_two_figures_may_not_have_one_label(project: Project) -> None:
    chart = 'chart.bar(regions.by_province, title="图", label="f")'
    found = project.problem(f"{{{{ {chart} }}}}\n\n{{{{ {chart} }}}}")
    assert found.where == "templates/sections/overview.md.j2, line 4"
    assert found.problem == "the label 'f' is taken by templates/sections/overview.md.j2, line 2"
