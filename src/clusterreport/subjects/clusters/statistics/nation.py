"""The register as a whole: how many clusters, in which batches and fields, how widely spread, and how sure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal

from clusterreport.analysis.measures import difference, ranking, ratio, share
from clusterreport.analysis.selecting import equals, word
from clusterreport.locale import Label
from clusterreport.quantity import PERCENT, RATIO, YEAR, Computed, Confidence, Quantity, exactly, unknown
from clusterreport.subjects.clusters.statistics.chinese import CONFIDENCE, batch_words
from clusterreport.subjects.clusters.statistics.counts import (
    BY_FIELD,
    CLASSIFIED,
    FROM_BATCH,
    PROVINCES_PER_CLUSTER,
    PROVINCES_PER_CLUSTER_HOW,
    WITH_CLUSTER,
    all_clusters,
    cities_per_cluster,
    cities_with,
    classified_clusters,
    field_counts,
    field_years,
    intake_clusters,
    province_places,
    provinces_all,
    provinces_with,
    stock_clusters,
)
from clusterreport.subjects.clusters.statistics.metrics import name_of as metric_name
from clusterreport.subjects.clusters.statistics.register import field_of
from clusterreport.subjects.clusters.units import CLUSTERS, PROVINCES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clusterreport.analysis.rankings import Panel, Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.records import Cluster
    from clusterreport.subjects.clusters.statistics.register import Clusters, Register


@dataclass(frozen=True, slots=True)
class Intake:
    """The clusters of one batch or year; ``cumulative`` counts those up to and with it.

    ``name`` is "2021-R1" (a batch) or "2021" (a year); ``label`` "2021年第一轮" or "2021年".
    """

    name: str
    label: Words
    year: Quantity
    clusters: Quantity
    cumulative: Quantity
    share: Quantity


@dataclass(frozen=True, slots=True)
class Trust:
    """How many clusters have one degree of confidence; ``name`` is 已确认, 较可靠, 待核 or 名称未查明."""

    name: Words
    clusters: Quantity
    share: Quantity


@dataclass(frozen=True, slots=True)
class Nation:
    """All clusters of the register (80 = 45 + 35 in the register of 2025).

    ``stock`` are the clusters named before the latest intake (up to ``stock_year``), ``intake`` those of the latest
    year (``intake_year``); ``growth`` is how much the number rose from the stock, in per cent. ``growth`` and
    ``stock_year`` are unknown where there is only one year.

    ``years`` and ``batches`` are in the order of time. ``provinces`` have a cluster (25), out of ``provinces_all``
    (31); ``provinces_without`` (6) are named in ``without``. ``cities`` counts the cities that are known to take part.
    ``by_field`` ranks fields over the ``classified`` clusters (78; ``unnamed`` are the other 2), shares of these;
    ``top_fields_share`` is the share of the three largest fields; ``field_years`` has a series for each year over the
    fields. ``by_confidence`` goes from confirmed to unnamed. ``places`` counts a cluster once in each province it
    touches (省次); ``multi_province`` are the clusters that touch several; the two averages are per cluster
    (cities: only clusters whose list of cities is complete as far as we know).
    """

    clusters: Quantity
    stock: Quantity
    intake: Quantity
    stock_year: Quantity
    intake_year: Quantity
    growth: Quantity
    years: tuple[Intake, ...]
    batches: tuple[Intake, ...]
    provinces: Quantity
    provinces_all: Quantity
    provinces_without: Quantity
    without: tuple[str, ...]
    cities: Quantity
    by_field: Ranking
    classified: Quantity
    unnamed: Quantity
    top_fields_share: Quantity
    field_years: Panel
    by_confidence: tuple[Trust, ...]
    places: Quantity
    multi_province: Quantity
    provinces_per_cluster: Quantity
    cities_per_cluster: Quantity


def nation_of(register: Register) -> Nation:
    """Return the findings on the whole register."""
    clusters = all_clusters(register)
    stock = stock_clusters(register)
    fields = field_counts(register, register.clusters, BY_FIELD)
    classified = register.rows(register.classified)
    by_field = ranking(BY_FIELD, fields, classified_clusters(register), CLASSIFIED, rows=classified)
    with_cluster = Label.of("nation.provinces_with")
    provinces = provinces_with(register, register.clusters, with_cluster, ("nation", "provinces_with_cluster"))
    every = provinces_all(register)
    without = tuple(name for name, group in register.by_province(register.clusters).items() if not group)
    places = province_places(register, register.clusters)
    return Nation(
        clusters=clusters,
        stock=stock,
        intake=intake_clusters(register),
        stock_year=_year(register, -2, Label.of("nation.stock_year"), Label.of("nation.stock_year_how")),
        intake_year=_year(register, -1, Label.of("nation.intake_year"), Label.of("nation.intake_year_how")),
        growth=_growth(clusters, stock),
        years=_intakes(register, "year", clusters, Label.of("nation.by_year")),
        batches=_intakes(register, "batch", clusters, Label.of("nation.by_batch")),
        provinces=provinces,
        provinces_all=every,
        provinces_without=difference(
            every, provinces, PROVINCES, Label.of("nation.without"), Label.of("nation.without_how")
        ),
        without=without,
        cities=cities_with(register, register.clusters, WITH_CLUSTER),
        by_field=by_field,
        classified=classified_clusters(register),
        unnamed=register.tally(
            register.clusters.where(lambda cluster: not cluster.field, 'field = ""'),
            Label.of("nation.unnamed"),
            Label.of("nation.unnamed_how"),
        ),
        top_fields_share=_top_fields(register, by_field),
        field_years=field_years(register),
        by_confidence=_by_confidence(register, clusters),
        places=places,
        multi_province=register.tally(
            register.clusters.where(lambda cluster: len(cluster.provinces) > 1, "count(provinces) > 1"),
            Label.of("nation.multi_province"),
            Label.of("nation.multi_province_how"),
        ),
        provinces_per_cluster=ratio(places, clusters, RATIO, PROVINCES_PER_CLUSTER, PROVINCES_PER_CLUSTER_HOW),
        cities_per_cluster=cities_per_cluster(register, register.clusters),
    )


# ── parts of the nation ──────────────────────────────────────────────────────────────────────────────────────────────


def _year(register: Register, place: int, label: Words, formula: Words) -> Quantity:
    found = register.years[place:][:1] if len(register.years) >= -place else ()
    rows = register.rows(register.named_in(found[0])) if found else ()
    basis = Computed(label, formula, Confidence.CONFIRMED, rows=rows)
    return exactly(found[0], YEAR, basis) if found else unknown(YEAR, basis)


def _growth(clusters: Quantity, stock: Quantity) -> Quantity:
    gain = difference(clusters, stock, CLUSTERS, Label.of("nation.gain"), Label.of("nation.gain_how"))
    growth = ratio(gain, stock, PERCENT, Label.of("nation.growth"), Label.of("nation.growth_how"), times=100)
    return replace(growth, basis=replace(growth.basis, change=True)) if isinstance(growth.basis, Computed) else growth


def _intakes(register: Register, column: Literal["year", "batch"], total: Quantity, label: Words) -> tuple[Intake, ...]:
    value_of, found = attrgetter(column), []
    for value in sorted(set(map(value_of, register.clusters))):
        name, said = str(value), word(value) if column == "batch" else str(value)
        named = register.clusters.where(_is(value_of, value), f"{column} = {said}")
        upto = register.clusters.where(_is_until(value_of, value), f"{column} <= {said}")
        year = name[:4]
        count = register.tally(
            named,
            label,
            Label.of("nation.batch_how"),
            ("nation", metric_name("clusters_winning", year=name)),
            scope=batch_words(name),
        )
        basis = Computed(Label.of("nation.batch_year"), FROM_BATCH, Confidence.CONFIRMED, rows=register.rows(named))
        found.append(
            Intake(
                name=name,
                label=batch_words(name),
                year=exactly(int(year), YEAR, basis),
                clusters=count,
                cumulative=register.tally(
                    upto,
                    Label.of("nation.cumulative"),
                    Label.of("nation.cumulative_how"),
                    *_known_sum(register, upto),
                ),
                share=share(count, total, Label.of("nation.batch_share"), Label.of("nation.batch_share_how")),
            )
        )
    return tuple(found)


def _is(value_of: Callable[[Cluster], object], value: object) -> Callable[[Cluster], bool]:
    return lambda cluster: value_of(cluster) == value


def _is_until(value_of: Callable[[Cluster], Any], value: str | int) -> Callable[[Cluster], bool]:
    return lambda cluster: bool(value_of(cluster) <= value)


def _known_sum(register: Register, upto: Clusters) -> tuple[tuple[str, str], ...]:
    """Return which published figure says how many clusters there were, if they are those of whole years."""
    if len(upto) == len(register.clusters):
        return (("nation", "clusters_total"),)
    year = max(cluster.year for cluster in upto)
    whole = sum(1 for cluster in register.clusters if cluster.year <= year) == len(upto)
    return (("nation", metric_name("clusters_named", year=year)),) if whole else ()


def _top_fields(register: Register, by_field: Ranking) -> Quantity:
    names = {item.name for item in by_field.items[:3]}
    in_order = [field for field in register.by_field(register.clusters) if field in names]
    top = register.clusters.where(
        lambda cluster: cluster.field and field_of(cluster) in names, register.in_fields(in_order)
    )
    part = register.tally(top, Label.of("nation.top_fields"), Label.of("nation.top_fields_how"))
    label, formula = Label.of("nation.top_fields_share"), Label.of("nation.top_fields_share_how")
    return share(part, classified_clusters(register), label, formula)


def _by_confidence(register: Register, total: Quantity) -> tuple[Trust, ...]:
    found: Sequence[Confidence] = sorted(CONFIDENCE, reverse=True)
    trusts = []
    for confidence in found:
        group = register.clusters.where(
            _is(attrgetter("confidence"), confidence), equals("confidence", confidence.name.lower())
        )
        label, formula = Label.of("nation.by_confidence"), Label.of("nation.by_confidence_how")
        basis = Computed(label, formula, Confidence.CONFIRMED, rows=register.rows(group))
        count = exactly(len(group), CLUSTERS, basis)
        named, how = Label.of("nation.confidence_share"), Label.of("nation.confidence_share_how")
        part = share(count, total, named, how)
        trusts.append(Trust(CONFIDENCE[confidence], count, part))
    return tuple(trusts)
