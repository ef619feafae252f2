"""How far apart the cities are that share a cluster: within provinces and across them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import fmean, median
from typing import TYPE_CHECKING

from clusterreport.analysis.measures import measured
from clusterreport.locale import Label
from clusterreport.quantity import KILOMETRES, Computed, Confidence, Quantity, exactly
from clusterreport.subjects.clusters.statistics.chinese import pair_words
from clusterreport.subjects.clusters.statistics.ties import PAIRS, distance_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clusterreport.analysis.networks import Pair
    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics.register import Register
from clusterreport.subjects.clusters.statistics.ties import Ties


@dataclass(frozen=True, slots=True)
class Distances:
    """Great-circle distances of tied pairs in km, each pair counted once; unknown where no pair has coordinates.

    ``within`` and ``across`` are the mean distances of pairs within one province and across provinces.
    ``nearest`` and ``farthest`` name the pairs of the extremes ("" where there is none).
    """

    pairs: Quantity
    mean: Quantity
    median: Quantity
    shortest: Quantity
    longest: Quantity
    nearest: Words
    farthest: Words
    within: Quantity
    across: Quantity
    within_pairs: Quantity
    across_pairs: Quantity


def distances_of(register: Register, ties: Ties) -> Distances:
    """Return the distances of all tied pairs whose coordinates are known."""
    found = {pair: distance_of(register, *pair) for pair in ties.shared}
    known = {pair: distance for pair, distance in found.items() if distance is not None}
    province = {name: city.province for name, city in register.city.items()}
    within = [distance for (first, second), distance in known.items() if province[first] == province[second]]
    across = [distance for (first, second), distance in known.items() if province[first] != province[second]]
    rows = (*register.rows(ties.joint), *register.city_rows(ties.tied, register.partner_condition()))

    def measure(
        of: Callable[[Sequence[float]], float], values: Sequence[float], label: Words, formula: Words
    ) -> Quantity:
        basis = Computed(label, formula, Confidence.LIKELY, rows=rows)
        return measured(of(values) if values else None, KILOMETRES, basis)

    def count(values: Sequence[float], label: Words) -> Quantity:
        formula = Label.of("distance.pairs_how")
        return exactly(len(values), PAIRS, Computed(label, formula, Confidence.LIKELY, rows=rows))

    every = list(known.values())
    return Distances(
        pairs=count(every, Label.of("distance.pairs")),
        mean=measure(fmean, every, Label.of("distance.mean"), Label.of("distance.mean_how")),
        median=measure(median, every, Label.of("distance.median"), Label.of("distance.median_how")),
        shortest=measure(min, every, Label.of("distance.shortest"), Label.of("distance.shortest_how")),
        longest=measure(max, every, Label.of("distance.longest"), Label.of("distance.longest_how")),
        nearest=_name(min(known, key=known.__getitem__, default=None)),
        farthest=_name(max(known, key=known.__getitem__, default=None)),
        within=measure(fmean, within, Label.of("distance.within"), Label.of("distance.within_how")),
        across=measure(fmean, across, Label.of("distance.across"), Label.of("distance.across_how")),
        within_pairs=count(within, Label.of("distance.within_pairs")),
        across_pairs=count(across, Label.of("distance.across_pairs")),
    )


def _name(pair: Pair | None) -> Words:
    return pair_words(*pair) if pair else ""
