"""Parts a whole into at most six slices: the largest parts by themselves, the rest as one, what is not known apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clusterreport.charts.numbers import total
from clusterreport.charts.statements import key_of
from clusterreport.locale import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.document.model import Chart
    from clusterreport.document.wording import Language
    from clusterreport.quantity import Quantity

MOST: Final = 6
"""How many slices can be told apart and named."""

REST: Final = "sum.rest"
"""The key of the sum of the parts that are no slice of their own."""

_THIN: Final = 0.04
_GAP: Final = 0.12  # of the ring, for all parts that are not known: how much they are nobody knows


@dataclass(frozen=True, slots=True)
class Slice:
    """A slice: its name, the places of its parts, their sum, the key of that, and what of the ring it takes."""

    name: str
    places: tuple[int, ...]
    value: Quantity
    key: str
    share: float


def rest_of(chart: Chart) -> tuple[int, ...]:
    """Return the places of the parts that have no slice of their own, () where all have; unknown ones among them."""
    values = chart.series[0].values
    if len(values) <= MOST:
        return ()
    chosen = {place for place, name in enumerate(chart.categories) if name in chart.emphasis}
    ranked = sorted(range(len(values)), key=lambda place: (place not in chosen, -float(values[place].amount or 0)))
    own = {place for place in ranked if values[place].amount is not None}
    kept = [place for place in ranked if place in own and not _is_called_rest(chart.categories[place])]
    return tuple(place for place in range(len(values)) if place not in kept[: _kept_of(chart)])


def slices_of(chart: Chart, language: Language) -> tuple[Slice, ...]:
    """Return the slices in the order of the parts, the rest behind them, and last what is not known."""
    values, rest = chart.series[0].values, set(rest_of(chart))
    groups: list[tuple[tuple[int, ...], str, str]] = [
        ((place,), name, key_of(0, place)) for place, name in enumerate(chart.categories) if place not in rest
    ]
    known = tuple(place for place in sorted(rest) if values[place].known)
    lost = tuple(place for place in sorted(rest) if not values[place].known)
    if known:
        groups.append((known, phrase("chart.rest", language), REST))
    if lost:
        groups.append((lost, phrase("chart.rest_unknown", language), ""))
    whole = sum((float(value.amount or 0) for value in values), 0.0)
    unknown = sum(not values[places[0]].known for places, _, _ in groups)
    made = []
    for places, name, key in groups:
        value = values[places[0]] if len(places) == 1 and key != REST else total([values[place] for place in places])
        if value.amount is None:
            share = (_GAP if whole else 1.0) / unknown
        else:
            share = float(value.amount) / whole * (1 - (_GAP if unknown else 0.0)) if whole else 0.0
        made.append(Slice(name, places, value, key, share))
    return tuple(made)


def has_thin_neighbours(slices: Sequence[Slice]) -> bool:
    """Tell whether two slices beside each other are so thin that values on them would touch."""
    thin = [each.share < _THIN for each in slices]
    return len(slices) > 1 and any(one and other for one, other in zip(thin, (*thin[1:], thin[0]), strict=True))


def _kept_of(chart: Chart) -> int:
    """Return how many parts of many have slices of their own beside the rest and what is not known."""
    return MOST - 1 - any(not value.known for value in chart.series[0].values)


def _is_called_rest(name: str) -> bool:
    from clusterreport.locale import languages

    return name in {phrase("chart.rest", language) for language in languages()}
