"""Every metric that a source printed has a name, a unit, and a use."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from clusterreport.locale import known, languages, said
from clusterreport.quantities import PERCENT, PIECES, PLACE, VEHICLES, YUAN_100M, Unit
from clusterreport.statistics import metrics
from clusterreport.validation import check
from tests.validation.register import AS_OF, real

LISTED = tomllib.loads(Path(metrics.__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
IN_USE = sorted({figure.metric for figure in check(real(), AS_OF).figures})


@pytest.mark.parametrize("metric", IN_USE)
def test_every_published_metric_is_known(metric: str) -> None:
    assert metric.partition(":")[0] in LISTED
    assert said(metrics.label_of(metric), "zh") != f"指标{metric}"
    assert "{" not in said(metrics.label_of(metric), "zh")


def test_no_metric_is_listed_that_nobody_printed() -> None:
    assert set(LISTED) == {metric.partition(":")[0] for metric in IN_USE}


@pytest.mark.parametrize("language", languages())
def test_every_metric_has_a_name_in_each_language_and_nothing_that_is_not_explained(language: str) -> None:
    for name, entry in LISTED.items():
        assert said(metrics.label_of(f"{name}:甲"), language), name
        assert set(entry) <= {"counts", "kind"}, name
        assert entry.get("kind", "output") == "output", name


def test_what_a_metric_counts_is_a_unit_of_the_catalogues() -> None:
    assert [
        entry["counts"] for entry in LISTED.values() if "counts" in entry and not known(f"unit.{entry['counts']}")
    ] == []


def test_a_family_of_metrics_names_its_part_and_an_unlisted_metric_itself() -> None:
    assert said(metrics.label_of("field45:新材料"), "zh") == "截至2022年底新材料领域集群数"
    assert said(metrics.label_of("patents"), "zh") == "指标patents"
    assert said(metrics.label_of("patents"), "en") == "metric patents"


def test_a_part_that_a_metric_does_not_speak_of_is_left_out() -> None:
    assert metrics.label_of("clusters_total:甲") == metrics.label_of("clusters_total")
    assert "领域集群数" in said(metrics.label_of("field45"), "zh")


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
