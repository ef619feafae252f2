"""What delivery.must_agree names is a published figure, or is told; and what does not agree holds an edition back."""

from __future__ import annotations

import pytest

from clusterreport.app.drafting import failed_checks
from clusterreport.errors import SettingsError
from clusterreport.quantity import Confidence, Published, exactly
from clusterreport.reconcile.checks import Check
from clusterreport.subjects.clusters.units import CLUSTERS

PUBLISHED = exactly(80, CLUSTERS, Published("a notice", "80 clusters", "2024", Confidence.CONFIRMED))


def check(name: str, verdict: str) -> Check:
    return Check(name, name, "2024", PUBLISHED, None, verdict, verdict, "")


CHECKS = (
    check("nation.clusters_total", "agrees"),
    check("nation.provinces_covered", "rounding"),
    check("nation.clusters_2024", "differs"),
    check("city.clusters", "not_comparable"),
)


def test_every_unknown_name_is_told_with_the_nearest_that_there_are() -> None:
    with pytest.raises(SettingsError) as raised:
        failed_checks(("nation.cluster_total", "nation.clusters_total", "city.cluster", "xyz"), CHECKS)
    problems = raised.value.problems
    assert {problem.where for problem in problems} == {"clusterreport.toml, delivery.must_agree"}
    assert [problem.problem for problem in problems] == [
        "no published figure is called nation.cluster_total",
        "no published figure is called city.cluster",
        "no published figure is called xyz",
    ]
    assert "nation.clusters_total" in problems[0].remedy
    assert problems[1].remedy == "Write city.clusters."
    assert problems[2].remedy.startswith("Write one of: ")


def test_without_any_published_figure_a_name_is_told_too() -> None:
    with pytest.raises(SettingsError) as raised:
        failed_checks(("nation.clusters_total",), ())
    assert [problem.remedy for problem in raised.value.problems] == ["Take it out."]


def test_what_differs_or_cannot_be_compared_does_not_agree() -> None:
    assert failed_checks([each.name for each in CHECKS], CHECKS) == ("nation.clusters_2024", "city.clusters")


def test_a_name_that_stands_twice_is_told_once() -> None:
    assert failed_checks(["city.clusters"] * 2, CHECKS) == ("city.clusters",)
