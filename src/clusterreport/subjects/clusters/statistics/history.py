"""How the place of a city, and what its province holds, moved with the latest year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.analysis.measures import difference, ranking, share
from clusterreport.analysis.rankings import item_called
from clusterreport.locale import Label
from clusterreport.quantity import PERCENT, PIECES, PLACE, POINTS, Computed, Confidence, Quantity, exactly, unknown
from clusterreport.subjects.clusters.statistics.counts import (
    all_clusters,
    intake_clusters,
    province_counts,
    province_part_counts,
    stock_clusters,
)
from clusterreport.subjects.clusters.statistics.register import city_confidence
from clusterreport.subjects.clusters.statistics.ties import CLUSTERS_LABEL
from clusterreport.subjects.clusters.units import CLUSTERS, PROVINCES

if TYPE_CHECKING:
    from clusterreport.analysis.rankings import Ranking
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics.register import Register


@dataclass(frozen=True, slots=True)
class CityGain:
    """The clusters of a city ``before`` and ``after`` the latest year."""

    name: str
    before: Quantity
    after: Quantity


@dataclass(frozen=True, slots=True)
class CityHistory:
    """How the place of a city among all moved with the latest year.

    ``before`` are its clusters until then, ``gain`` those of the latest year; ``place_before`` its place among the
    cities that had a cluster (``cities_before``), shared with others where ``tied_before``; ``level_before`` cities
    were on that place, and ``level`` are on the place of now. ``ahead_before`` had more
    clusters than it; ``overtaken_by`` had no more than it and have more now, those with the most first; ``overtook``
    had more than it and have fewer now. Unknown and empty where all clusters are of one year, or where the city had
    none before.
    """

    before: Quantity
    gain: Quantity
    place_before: Quantity
    tied_before: bool
    level_before: Quantity
    level: Quantity
    cities_before: Quantity
    ahead_before: tuple[str, ...]
    overtaken_by: tuple[CityGain, ...]
    overtook: tuple[CityGain, ...]


@dataclass(frozen=True, slots=True)
class ProvinceHistory:
    """What the province of a city holds: ``clusters`` now, ``before`` the latest year, and ``gain`` in it.

    ``place`` and ``gain_place`` are among the provinces that have a cluster and among the ``gainers``; ``tied`` and
    ``gain_tied`` where shared. ``share`` and ``share_before`` are the clusters that touch the province, in per cent of
    all clusters; ``share_change`` in points.
    """

    name: str
    clusters: Quantity
    place: Quantity
    tied: bool
    before: Quantity
    gain: Quantity
    gain_place: Quantity
    gain_tied: bool
    gainers: Quantity
    share: Quantity
    share_before: Quantity
    share_change: Quantity


_UNRANKED = Computed(Label.of("history.place"), Label.of("history.no_place"), Confidence.LIKELY)


def city_history(register: Register, name: str, now: Ranking, after: Quantity) -> CityHistory:
    """Return how the place of the city ``name`` moved; ``now`` ranks the cities, ``after`` are its clusters."""
    before = _city_counts(register) if len(register.years) > 1 else {}
    ranked = ranking(CLUSTERS_LABEL, before.items(), rows=register.rows(register.stock))
    had = item_called(ranked, name)
    held = before.get(name) or _none_of(register, name)
    later = {item.name: item.value for item in now.items}
    own = held.amount or 0
    both = [CityGain(other, before.get(other) or _none_of(register, other), count) for other, count in later.items()]
    passed = [city for city in both if (city.before.amount or 0) <= own and _more(city.after, after)]
    behind = [city for city in both if (city.before.amount or 0) > own and _more(after, city.after)]
    return CityHistory(
        before=held,
        gain=difference(after, held, CLUSTERS, Label.of("history.gain"), Label.of("history.gain_how")),
        place_before=had.place if had else unknown(PLACE, _UNRANKED),
        tied_before=had.tied if had else False,
        level_before=_level(register, ranked, held, register.stock_name),
        level=_level(register, now, after, register.total_name),
        cities_before=_cities_before(register, len(ranked.items)),
        ahead_before=tuple(item.name for item in ranked.items if had and _more(item.value, had.value)),
        overtaken_by=tuple(passed) if had else (),
        overtook=tuple(behind) if had else (),
    )


def province_history(register: Register, name: str, ranked: Ranking) -> ProvinceHistory:
    """Return what the province ``name`` holds, and held before the latest year; ``ranked`` are those with a cluster."""
    after = province_counts(register, register.clusters)
    before = province_part_counts(register, register.stock, register.stock_name)
    new = province_part_counts(register, register.intake, register.intake_name)
    gained = ranking(
        Label.of("change.by_gain"), ((each, count) for each, count in new.items() if count.amount),
        intake_clusters(register), Label.of("change.all_new"),
    )  # fmt: skip
    place, gain_place = item_called(ranked, name), item_called(gained, name)
    label, formula = Label.of("history.share"), Label.of("history.share_how")
    now = share(after[name], all_clusters(register), label, formula)
    known = len(register.years) > 1
    earlier = share(before[name], stock_clusters(register), label, formula, scope=register.stock_name)
    held = before[name] if known else unknown(CLUSTERS, before[name].basis)
    then = earlier if known else unknown(PERCENT, earlier.basis)
    return ProvinceHistory(
        name=name,
        clusters=after[name],
        place=place.place if place else unknown(PLACE, _UNRANKED),
        tied=place.tied if place else False,
        before=held,
        gain=new[name] if known else unknown(CLUSTERS, new[name].basis),
        gain_place=gain_place.place if gain_place and known else unknown(PLACE, _UNRANKED),
        gain_tied=gain_place.tied if gain_place and known else False,
        gainers=_gainers(register, len(gained.items)),
        share=now,
        share_before=then,
        share_change=difference(
            now, then, POINTS, Label.of("history.share_change"), Label.of("history.share_change_how")
        ),
    )


def _city_counts(register: Register) -> dict[str, Quantity]:
    """Return the clusters of each city that had one before the latest year."""
    label, formula = Label.of("city.by_city"), Label.of("city.by_city_how")
    counts = {}
    for name, group in register.by_city(register.stock).items():
        confidence = min(Confidence.LIKELY, city_confidence(group))
        basis = Computed(label, formula, confidence, rows=register.rows(group), scope=register.stock_name)
        counts[name] = exactly(len(group), CLUSTERS, basis)
    return counts


def _none_of(register: Register, name: str) -> Quantity:
    """Return that a city had no cluster, or, where all are of one year, that nothing is known of before."""
    label, formula = Label.of("city.by_city"), Label.of("city.by_city_how")
    basis = Computed(label, formula, Confidence.LIKELY, rows=register.city_rows((name,)), scope=register.stock_name)
    return exactly(0, CLUSTERS, basis) if len(register.years) > 1 else unknown(CLUSTERS, basis)


def _cities_before(register: Register, count: int) -> Quantity:
    label, formula = Label.of("count.cities_with"), Label.of("count.cities_with_how")
    basis = Computed(label, formula, Confidence.LIKELY, rows=register.rows(register.stock), scope=register.stock_name)
    return exactly(count, PIECES, basis) if len(register.years) > 1 else unknown(PIECES, basis)


def _level(register: Register, ranked: Ranking, own: Quantity, scope: Words) -> Quantity:
    """Return the number of cities that have as many clusters as the city itself, which is one of them."""
    rows = register.rows(register.stock if scope == register.stock_name else register.clusters)
    basis = Computed(
        Label.of("history.level"), Label.of("history.level_how"), Confidence.LIKELY, rows=rows, scope=scope
    )
    count = sum(item.value.amount == own.amount for item in ranked.items)
    return exactly(count, PIECES, basis) if count else unknown(PIECES, basis)


def _gainers(register: Register, count: int) -> Quantity:
    basis = Computed(
        Label.of("change.gainers"), Label.of("count.provinces_with_how"), Confidence.LIKELY,
        rows=register.rows(register.intake), scope=register.intake_name,
    )  # fmt: skip
    return exactly(count, PROVINCES, basis)


def _more(one: Quantity, other: Quantity) -> bool:
    return (one.amount or 0) > (other.amount or 0)
