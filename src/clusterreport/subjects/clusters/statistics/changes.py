"""What the latest intake changed: provinces, regions and fields before and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clusterreport.analysis.measures import difference, ranking
from clusterreport.analysis.rankings import Panel, PanelSeries
from clusterreport.analysis.selecting import has_any
from clusterreport.locale import Label
from clusterreport.quantity import POINTS, RATIO, Computed, Quantity
from clusterreport.subjects.clusters.statistics.concentration import Concentration, concentration_of
from clusterreport.subjects.clusters.statistics.counts import (
    BY_FIELD,
    field_counts,
    intake_clusters,
    province_counts,
    province_part_counts,
    provinces_with,
    region_counts,
)
from clusterreport.subjects.clusters.statistics.metrics import name_of
from clusterreport.subjects.clusters.units import CLUSTERS, PROVINCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.analysis.rankings import Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics.nation import Intake
    from clusterreport.subjects.clusters.statistics.register import Register


@dataclass(frozen=True, slots=True)
class Change:
    """Clusters of a province, region or field ``before`` and ``after`` the latest intake; ``gain`` = after - before."""

    name: str
    before: Quantity
    after: Quantity
    gain: Quantity


@dataclass(frozen=True, slots=True)
class Changes:
    """From the stock (2022) to all clusters (2024).

    ``by_gain`` ranks the provinces that gained; ``gainers`` counts them. ``newcomers`` had none before and have some
    now, ``newcomer_count`` counts them; ``provinces_before`` had one before. ``dumbbell`` has the provinces that have a
    cluster now, by falling number, with the series before and after. ``provinces``, ``regions`` and ``fields`` are the
    same as records; fields leave out clusters without a known field. ``timeline`` has years as categories and the
    series intake and cumulative number. ``concentration_before`` is that of the stock, to be held against
    regions.concentration; the three differences are after less before (points for ``cr3_change``).
    """

    by_gain: Ranking
    gainers: Quantity
    newcomers: tuple[str, ...]
    newcomer_count: Quantity
    provinces_before: Quantity
    dumbbell: Panel
    provinces: tuple[Change, ...]
    regions: tuple[Change, ...]
    fields: tuple[Change, ...]
    timeline: Panel
    concentration_before: Concentration
    cr3_change: Quantity
    hhi_change: Quantity
    gini_change: Quantity


def changes_of(register: Register, years: tuple[Intake, ...], after: Concentration) -> Changes:
    """Return what the latest intake changed; ``years`` and ``after`` are of the nation and the regions."""
    provinces = _records(
        province_part_counts(register, register.stock, register.stock_name),
        province_counts(register, register.clusters),
        Label.of("change.provinces"),
    )
    held = tuple(sorted((each for each in provinces if each.after.amount), key=lambda each: -(each.after.amount or 0)))
    gained = [each for each in provinces if each.gain.amount]
    new = {each.name for each in provinces if each.after.amount and not each.before.amount}
    first = register.intake.where(
        lambda cluster: not new.isdisjoint(cluster.provinces), has_any("provinces", sorted(new))
    )
    before = concentration_of(register, register.stock, register.stock_name)
    year = register.years[-1] if register.years else ""
    return Changes(
        by_gain=ranking(
            Label.of("change.by_gain"),
            [(each.name, each.gain) for each in gained],
            intake_clusters(register),
            Label.of("change.all_new"),
        ),
        gainers=provinces_with(register, register.intake, Label.of("change.gainers")),
        newcomers=tuple(each.name for each in provinces if each.name in new),
        newcomer_count=register.sum_of(
            len(new), first, Label.of("change.newcomers"), Label.of("change.newcomers_how"),
            ("nation", name_of("provinces_new", year=year)), unit=PROVINCES,
        ),
        provinces_before=provinces_with(
            register, register.stock, Label.of("change.before"),
            ("nation", name_of("provinces_of_stock", named=len(register.stock))),
        ),
        dumbbell=_dumbbell(register, held),
        provinces=provinces,
        regions=_records(
            region_counts(register, register.stock, register.stock_name),
            region_counts(register, register.clusters, register.total_name),
            Label.of("change.regions"),
        ),
        fields=_records(
            dict(field_counts(register, register.stock, BY_FIELD, register.stock_name)),
            dict(field_counts(register, register.clusters, BY_FIELD, register.total_name)),
            Label.of("change.fields"),
        ),
        timeline=_timeline(years),
        concentration_before=before,
        cr3_change=difference(after.cr3, before.cr3, POINTS, Label.of("change.cr3"), Label.of("change.cr3_how")),
        hhi_change=difference(after.hhi, before.hhi, RATIO, Label.of("change.hhi"), Label.of("change.hhi_how")),
        gini_change=difference(after.gini, before.gini, RATIO, Label.of("change.gini"), Label.of("change.gini_how")),
    )  # fmt: skip


def _records(before: Mapping[str, Quantity], after: Mapping[str, Quantity], label: Words) -> tuple[Change, ...]:
    formula = Label.of("change.gain_how")
    return tuple(
        Change(name, before[name], count, difference(count, before[name], CLUSTERS, label, formula))
        for name, count in after.items()
    )


def _dumbbell(register: Register, held: tuple[Change, ...]) -> Panel:
    series = (
        PanelSeries(register.stock_name, tuple(each.before for each in held)),
        PanelSeries(register.total_name, tuple(_over(each.after, register.total_name) for each in held)),
    )
    return Panel(Label.of("change.dumbbell"), tuple(each.name for each in held), series)


def _over(count: Quantity, scope: Words) -> Quantity:
    """Return a count that says over what it is taken, where it stands beside one that is taken over something else."""
    return replace(count, basis=replace(count.basis, scope=scope)) if isinstance(count.basis, Computed) else count


def _timeline(years: tuple[Intake, ...]) -> Panel:
    series = (
        PanelSeries(Label.of("change.of_the_year"), tuple(year.clusters for year in years)),
        PanelSeries(Label.of("change.cumulative"), tuple(year.cumulative for year in years)),
    )
    return Panel(Label.of("change.timeline"), tuple(year.label for year in years), series)
