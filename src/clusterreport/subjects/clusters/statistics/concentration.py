"""How unevenly clusters are spread over the provinces, between the four regions and within them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.analysis import indices
from clusterreport.analysis.measures import measured
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.locale import Label
from clusterreport.quantity import PERCENT, RATIO, Computed, Confidence, Quantity, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics.register import Clusters, Register


@dataclass(frozen=True, slots=True)
class Concentration:
    """How unevenly clusters are spread over the provinces (formulas in indices.py).

    ``cr3`` and ``cr5`` in per cent of all 省次; ``hhi`` from 1/n to 1 over the provinces that have a cluster,
    ``hhi_normalised`` from 0 to 1; ``gini`` and ``theil`` over all provinces, those without a cluster too;
    ``theil`` = ``theil_between`` the four regions + ``theil_within`` them, ``between_share`` in per cent of ``theil``.
    """

    cr3: Quantity
    cr5: Quantity
    hhi: Quantity
    hhi_normalised: Quantity
    gini: Quantity
    theil: Quantity
    theil_between: Quantity
    theil_within: Quantity
    between_share: Quantity


def concentration_of(register: Register, clusters: Clusters, which: Words) -> Concentration:
    """Return the concentration of ``clusters``, which are those of ``which`` ("截至2024年")."""
    groups = register.by_province(clusters)
    counts = [len(group) for group in groups.values()]
    holding = [count for count in counts if count]
    by_region = {
        region: [len(groups[name]) for name, province in register.province.items() if province.region == region]
        for region in register.regions
    }
    theil = indices.theil(by_region)
    total, between, within = theil or (None, None, None)

    def measure(amount: float | None, label: Words, formula: Words, unit: Unit = RATIO) -> Quantity:
        rows = register.rows(clusters)
        basis = Computed(label, formula, Confidence.LIKELY, rows=rows, scope=which, spread=True)
        return measured(amount, unit, basis)

    return Concentration(
        cr3=measure(
            _percent(indices.concentration_ratio(counts, 3)), Label.of("concentration.cr", count=3), _cr(3), PERCENT
        ),
        cr5=measure(
            _percent(indices.concentration_ratio(counts, 5)), Label.of("concentration.cr", count=5), _cr(5), PERCENT
        ),
        hhi=measure(indices.herfindahl(holding), Label.of("concentration.hhi"), Label.of("concentration.hhi_how")),
        hhi_normalised=measure(
            indices.herfindahl_normalised(holding),
            Label.of("concentration.hhi_normalised"),
            Label.of("concentration.hhi_normalised_how"),
        ),
        gini=measure(
            indices.gini(counts),
            Label.of("concentration.gini"),
            Label.of("concentration.gini_how"),
        ),
        theil=measure(total, Label.of("concentration.theil"), Label.of("concentration.theil_how")),
        theil_between=measure(between, Label.of("concentration.between"), Label.of("concentration.between_how")),
        theil_within=measure(within, Label.of("concentration.within"), Label.of("concentration.within_how")),
        between_share=measure(
            100 * between / total if between is not None and total else None,
            Label.of("concentration.between_share"),
            Label.of("concentration.between_share_how"),
            PERCENT,
        ),
    )


def lorenz_panel(register: Register) -> Panel:
    """Return the Lorenz curve of clusters over all provinces, the provinces with the fewest first."""
    groups = register.by_province(register.clusters)
    order = sorted(groups, key=lambda name: len(groups[name]))
    points = indices.lorenz([len(groups[name]) for name in order])
    rows = register.rows(register.clusters)
    across_label, upward_label = Label.of("lorenz.provinces"), Label.of("lorenz.clusters")
    across = Computed(
        across_label,
        Label.of("lorenz.provinces_how"),
        Confidence.CONFIRMED,
        rows=register.province_rows(),
    )
    upward = Computed(upward_label, Label.of("lorenz.clusters_how"), Confidence.LIKELY, rows=rows)
    return Panel(
        Label.of("lorenz.curve"),
        ("", *order)[: len(points)],
        (
            PanelSeries(across_label, _points([x for x, _ in points], across)),
            PanelSeries(upward_label, _points([y for _, y in points], upward)),
        ),
    )


def _points(shares: Sequence[float], basis: Computed) -> tuple[Quantity, ...]:
    return tuple(measured(100 * value, PERCENT, basis) for value in shares)


def _percent(part: float | None) -> float | None:
    return None if part is None else 100 * part


def _cr(count: int) -> Label:
    return Label.of("concentration.cr_how", count=count)
