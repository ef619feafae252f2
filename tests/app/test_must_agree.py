"""What delivery.must_agree names is a published figure, or is told; and what does not agree holds a build back."""

from __future__ import annotations

import pytest

from clusterreport.app.contradictions import refuse_disagreeing
from clusterreport.app.drafting import ProjectFindings
from clusterreport.errors import ProblemsError, SettingsError
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


def findings(checks: tuple[Check, ...] = CHECKS) -> ProjectFindings:
    return ProjectFindings(None, checks, {})  # type: ignore[arg-type]


def test_every_unknown_name_is_told_with_the_nearest_that_there_are() -> None:
    with pytest.raises(SettingsError) as raised:
        refuse_disagreeing(("nation.cluster_total", "nation.clusters_total", "city.cluster", "xyz"), findings())
    problems = raised.value.problems
    assert {problem.where for problem in problems} == {"clusterreport.toml, delivery.must_agree"}
    assert [problem.problem for problem in problems] == [
        "no published figure is called nation.cluster_total",
        "no published figure is called city.cluster",
        "no published figure is called xyz",
    ]
    assert "nation.clusters_total" in problems[0].remedy
    assert problems[1].remedy.startswith("Did you mean city.clusters? Write one of: city.clusters, ")
    assert problems[2].remedy.startswith("Write one of: ")


def test_without_any_published_figure_a_name_is_told_too() -> None:
    with pytest.raises(SettingsError) as raised:
        refuse_disagreeing(("nation.clusters_total",), findings(()))
    assert [problem.remedy for problem in raised.value.problems] == ["Take it out."]


def test_what_differs_or_cannot_be_compared_does_not_agree() -> None:
    with pytest.raises(ProblemsError) as raised:
        refuse_disagreeing([each.name for each in CHECKS], findings())
    assert [problem.problem for problem in raised.value.problems] == [
        "nation.clusters_2024 is 80个 as published, and the rows say nothing",
        "city.clusters is 80个 as published, and the rows say nothing",
    ]


def test_a_name_that_stands_twice_is_told_once() -> None:
    with pytest.raises(ProblemsError) as raised:
        refuse_disagreeing(["city.clusters"] * 2, findings())
    assert len(raised.value.problems) == 1


def test_what_agrees_holds_nothing_back() -> None:
    refuse_disagreeing(("nation.clusters_total", "nation.provinces_covered"), findings())
