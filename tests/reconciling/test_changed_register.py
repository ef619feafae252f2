"""When the rows change, the verdicts change with them; a figure that no rule knows is left unchecked."""

from __future__ import annotations

import pytest

from clusterreport import statistics
from clusterreport.datasets import PublishedFigure
from clusterreport.reconciling import Reconciliation, reconcile
from tests.statistics.registers import city, cluster, data, figure, province


def checked(figures: tuple[PublishedFigure, ...], clusters: int = 3) -> Reconciliation:
    register = data(
        clusters=tuple(cluster(place + 2, cities="甲市") for place in range(clusters)),
        provinces=(province(2, "甲省"), province(3, "乙省")),
        cities=(city(2, "甲市"),),
        figures=figures,
    )
    return reconcile(register, statistics.compute(register, "甲市"))


@pytest.mark.parametrize(("clusters", "verdict"), [(3, "agrees"), (2, "differs"), (4, "differs")])
def test_a_count_agrees_only_with_as_many_rows(clusters: int, verdict: str) -> None:
    checks = checked((figure(2, "nation", "clusters_total", "3"),), clusters)
    check = checks.of("nation.clusters_total")
    assert check.verdict == verdict
    assert (check in checks.notable) == (verdict == "differs")


def test_without_figures_nothing_is_checked() -> None:
    checks = checked(())
    assert checks.items == ()
    assert checks.total.amount == 0


def test_a_figure_of_which_the_rows_say_nothing_is_unchecked() -> None:
    checks = checked((figure(2, "nation", "innovation_carriers_of_the_80", "2200"),))
    assert [check.verdict for check in checks] == ["unchecked"]
    assert checks.compared.amount == 0


def test_an_unknown_check_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        checked(()).of("nation.clusters_total")
