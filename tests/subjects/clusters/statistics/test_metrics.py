"""Every metric that a source printed has a name, a unit, and a use."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from clusterreport.locale import Label, known, languages, said
from clusterreport.quantity import PERCENT, PIECES, PLACE, VEHICLES, YUAN_100M, Unit
from clusterreport.subjects.clusters.statistics import metrics
from clusterreport.subjects.clusters.statistics.named_numbers import NamedNumbers
from clusterreport.subjects.clusters.statistics.patterns import filled
from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.validation.register import AS_OF, real

NUMBERS = NamedNumbers(Register(check(real(), AS_OF)))
LISTED = tomllib.loads(Path(metrics.__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
DATA = check(real(), AS_OF)
IN_USE = sorted({figure.metric for figure in (*DATA.figures, *DATA.later)})
WRITTEN = {name: entry.get("named", name) for name, entry in LISTED.items()}
"""How the file writes each metric."""
SAMPLE = {
    "year": 2022, "clusters": 45, "named": 45, "total": 80, "winners": 25, "name": "新材料",
}  # fmt: skip
"""What the shipped register lets the placeholders stand for."""


def called(metric: str, language: str = "zh", year: str = "") -> str:
    return said(metrics.label_of(metric, NUMBERS, year), language)


@pytest.mark.parametrize("metric", IN_USE)
def test_every_published_metric_is_known(metric: str) -> None:
    assert called(metric) != f"指标{metric}"
    assert "{" not in called(metric)


def identifier(metric: str) -> str:
    label = metrics.label_of(metric, NUMBERS)
    return label.name if isinstance(label, Label) else label


def test_no_metric_is_listed_that_nobody_printed() -> None:
    used = {identifier(metric) for metric in IN_USE}
    assert {f"metric.{name}" for name in LISTED} == used


@pytest.mark.parametrize("language", languages())
def test_every_metric_has_a_name_in_each_language_and_nothing_that_is_not_explained(language: str) -> None:
    for name, entry in LISTED.items():
        written = filled(WRITTEN[name], **SAMPLE)
        assert identifier(written) == f"metric.{name}"
        assert called(written, language), name
        assert set(entry) <= {"named", "counts", "kind"}, name
        assert entry.get("kind", "output") == "output", name


def test_what_a_metric_counts_is_a_unit_of_the_catalogues() -> None:
    assert [
        entry["counts"] for entry in LISTED.values() if "counts" in entry and not known(f"unit.{entry['counts']}")
    ] == []


@pytest.mark.parametrize(
    ("metric", "name"),
    [
        ("field45:新材料", "截至2022年底新材料领域集群数"),
        ("field80:新材料", "新材料领域集群数"),
        ("provinces_of_the_25", "2021年优胜集群涉及的省份数"),
        ("provinces_of_the_45", "截至2022年底集群涉及的省份数"),
        ("cross_regional_share_of_the_35", "2024年优胜集群中跨市跨省联合申报的比重"),
        ("output_of_the_25_first_half_2022", "25个集群上半年产值"),
        ("output_of_the_45_first_half_2023", "45个集群上半年产业产值"),
        ("international_standards_of_the_80", "80个集群制定的国际标准数"),
        ("finalists_2027", "2027年参加决赛的集群数"),
    ],
)
def test_a_year_and_a_count_in_a_metric_s_name_are_said(metric: str, name: str) -> None:
    assert called(metric) == name


def test_an_unlisted_metric_is_called_by_itself() -> None:
    assert called("patents") == "指标patents"
    assert called("patents", "en") == "metric patents"


@pytest.mark.parametrize("metric", ["field60:新材料", "field45", "provinces_of_the_046", "finalists_24", "share_of_0"])
def test_a_count_of_no_clusters_that_anybody_named_is_not_explained(metric: str) -> None:
    assert called(metric) == f"指标{metric}"


def test_a_part_that_a_metric_does_not_speak_of_is_left_out() -> None:
    assert called("clusters_total:甲") == called("clusters_total")


def test_units_are_those_of_the_file_and_what_is_counted_is_said_in_english() -> None:
    assert metrics.unit_of("clusters", "个") == Unit("cluster", "count")
    assert metrics.unit_of("provinces_with_cluster", "个").said("en", plural=False) == "province"
    assert metrics.unit_of("patents", "个") == PIECES
    assert [metrics.unit_of("output", symbol) for symbol in ("亿元", "%", "名次", "万辆")] == [
        YUAN_100M,
        PERCENT,
        PLACE,
        VEHICLES,
    ]
    assert metrics.unit_of("clusters", "%") == PERCENT
    assert metrics.unit_of("patents", "件") == Unit("件", "count", own=True)
    assert {Unit("件", "count", own=True).said(language) for language in languages()} == {"件"}


def test_output_is_money_and_nothing_else_is_output() -> None:
    assert metrics.is_output("total_output")
    assert not metrics.is_output("clusters_total")
    assert not metrics.is_output("patents")
    units = {figure.unit for figure in check(real(), AS_OF).figures if metrics.is_output(figure.metric)}
    assert units <= {"亿元", "万亿元"}
