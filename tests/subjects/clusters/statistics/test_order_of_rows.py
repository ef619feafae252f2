"""No number hangs on the order in which rows stand in their file: of several years the newest is meant."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clusterreport.locale import said
from clusterreport.quantity import Computed
from clusterreport.subjects.clusters import figure_checks, statistics
from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.subjects.clusters.validation import check
from tests.subjects.clusters.statistics.reading import quantities
from tests.subjects.clusters.statistics.registers import CLUSTERS, PROVINCES, data, figure
from tests.subjects.clusters.validation.register import AS_OF, real

if TYPE_CHECKING:
    from clusterreport.subjects.clusters.records import CheckedData, PublishedFigure

YEARS = (
    figure(2, "nation", "clusters_total", "45", year="2022"),
    figure(3, "nation", "clusters_total", "80", year="2025"),
    figure(4, "nation", "clusters_total", "25", year="2021"),
    figure(5, "nation", "clusters_total", "90", year="2026"),
    figure(6, "nation", "clusters_total", "7", year=""),
)


@pytest.mark.parametrize("order", [YEARS, YEARS[::-1], (YEARS[2], YEARS[0], YEARS[4], YEARS[1], YEARS[3])])
def test_both_readings_take_the_newest_year_that_has_begun(order: tuple[PublishedFigure, ...]) -> None:
    register = Register(data(CLUSTERS, PROVINCES, (), order))
    found = statistics.published.published_figures(register)
    assert register.printed("nation", "clusters_total") == 80
    assert found.of("nation", "clusters_total").amount == 80
    assert found.of("nation", "clusters_total", 2026).amount == 90
    assert found.of("nation", "clusters_total", "2021年").amount == 25


def test_a_plan_is_found_without_its_year() -> None:
    plan = figure(2, "nation", "parks", "10", year="2027", qualifier="计划")
    register = Register(data(CLUSTERS, PROVINCES, (), (plan,)))
    assert register.printed("nation", "parks") == 10
    assert statistics.published.published_figures(register).of("nation", "parks").amount == 10


def test_what_was_printed_only_later_is_not_there_yet() -> None:
    later = figure(2, "nation", "clusters_total", "90", year="2026")
    register = Register(data(CLUSTERS, PROVINCES, (), (later,)))
    assert register.printed("nation", "clusters_total") is None
    with pytest.raises(KeyError, match=r"nation\.clusters_total \(up to 2025-09-22\)"):
        statistics.published.published_figures(register).of("nation", "clusters_total")


def told(register: CheckedData) -> dict[str, set[tuple[object, ...]]]:
    """Return everything that is said of the register, but for the row numbers and the order of lists."""
    findings = statistics.compute(register, "广州")
    checks = figure_checks.reconcile(register, findings)
    return {
        "numbers": {(each.name, each.amount, each.bound, each.confidence) for each in quantities(findings)},
        "formulas": {
            (each.name, each.basis.label, each.basis.formula)
            for each in quantities(findings)
            if isinstance(each.basis, Computed)
        },
        "checks": {(each.published.amount, each.verdict, said(each.explanation, "zh"), each.period) for each in checks},
        "counts": {(checks.agreeing.amount, checks.compared.amount, checks.differs.amount)},
        "summable": {(findings.city.summable, frozenset(findings.city.measures))},
    }


def test_shuffled_figures_say_the_same() -> None:
    register = check(real(), AS_OF)
    one = register.figures[0]
    more = tuple(
        replace(each, row=200 + place, value=Decimal(place), year=year, qualifier="exact")
        for place, (each, year) in enumerate((figure, year) for figure in register.figures for year in ("2018", "2020"))
        if each.year and each.metric == one.metric
    )
    register = replace(register, figures=(*register.figures, *more))
    expected = told(register)
    for seed in range(5):
        figures, remarks = list(register.figures), list(register.remarks)
        draw = random.Random(seed)  # noqa: S311 -- a test needs the same order every time
        draw.shuffle(figures)
        draw.shuffle(remarks)
        assert told(replace(register, figures=tuple(figures), remarks=tuple(remarks))) == expected
