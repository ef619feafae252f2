"""Every metric that a source printed has a name, a unit, and a use."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from clusterreport.quantities import PERCENT, PIECES, PLACE, VEHICLES, YUAN_100M, Unit
from clusterreport.statistics import metrics
from clusterreport.validation import check
from tests.validation.register import AS_OF, real

LISTED = tomllib.loads(Path(metrics.__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
IN_USE = sorted({figure.metric for figure in check(real(), AS_OF).figures})


@pytest.mark.parametrize("metric", IN_USE)
def test_every_published_metric_is_known(metric: str) -> None:
    assert metric.partition(":")[0] in LISTED
    assert metrics.label_of(metric) != f"指标{metric}"
    assert "{" not in metrics.label_of(metric)


def test_no_metric_is_listed_that_nobody_printed() -> None:
    assert set(LISTED) == {metric.partition(":")[0] for metric in IN_USE}


def test_every_metric_has_both_names_and_nothing_that_is_not_explained() -> None:
    for name, entry in LISTED.items():
        assert entry["zh"], name
        assert entry["en"], name
        assert set(entry) <= {"zh", "en", "counts", "kind"}, name
        assert entry.get("kind", "output") == "output", name
        assert ("{part}" in entry["zh"]) == ("{part}" in entry["en"]), name


def test_a_family_of_metrics_names_its_part_and_an_unlisted_metric_itself() -> None:
    assert "新材料" in metrics.label_of("field45:新材料")
    assert metrics.label_of("patents") == "指标patents"


def test_units_are_those_of_the_file_and_what_is_counted_is_said_in_english() -> None:
    assert metrics.unit_of("clusters", "个") == Unit("个", "cluster", "count")
    assert metrics.unit_of("provinces_with_cluster", "个").english == "province"
    assert metrics.unit_of("patents", "个") == PIECES
    assert [metrics.unit_of("output", symbol) for symbol in ("亿元", "%", "名次", "万辆")] == [
        YUAN_100M,
        PERCENT,
        PLACE,
        VEHICLES,
    ]
    assert metrics.unit_of("clusters", "%") == PERCENT
    assert metrics.unit_of("patents", "件") == Unit("件", "件", "count")


def test_output_is_money_and_nothing_else_is_output() -> None:
    assert metrics.is_output("total_output")
    assert not metrics.is_output("clusters_total")
    assert not metrics.is_output("patents")
    units = {figure.unit for figure in check(real(), AS_OF).figures if metrics.is_output(figure.metric)}
    assert units <= {"亿元", "万亿元"}
