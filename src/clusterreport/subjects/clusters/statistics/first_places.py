"""The provinces of the first places, ties counted in: how many they are, and what they hold together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusterreport.analysis.measures import all_rows, share
from clusterreport.locale import Label
from clusterreport.quantity import Computed, Confidence, Quantity, exactly
from clusterreport.subjects.clusters.units import PROVINCE_PLACES, PROVINCES

if TYPE_CHECKING:
    from clusterreport.analysis.rankings import Ranking


@dataclass(frozen=True, slots=True)
class FirstPlaces:
    """The provinces whose place is at most 3 (or 5): their ``names`` and ``count``.

    Where the last place is shared they are more than 3. ``share`` is what they hold, in per cent of all 省次.
    """

    names: tuple[str, ...]
    count: Quantity
    share: Quantity


def first_places(ranked: Ranking, last: int, places: Quantity) -> FirstPlaces:
    """Return the provinces that ``ranked`` puts at the place ``last`` or before; ``places`` are all 省次."""
    first = [item for item in ranked.items if item.place.amount is not None and item.place.amount <= last]
    rows = all_rows(item.value for item in first)
    total = sum(item.value.amount or 0 for item in first)
    label, formula = Label.of("first.provinces", count=last), Label.of("first.provinces_how", count=last)
    held = Computed(Label.of("first.held", count=last), Label.of("first.held_how"), Confidence.LIKELY, rows=rows)
    return FirstPlaces(
        names=tuple(item.name for item in first),
        count=exactly(len(first), PROVINCES, Computed(label, formula, Confidence.LIKELY, rows=rows)),
        share=share(
            exactly(total, PROVINCE_PLACES, held), places,
            Label.of("first.share", count=last), Label.of("first.share_how", count=last),
        ),
    )  # fmt: skip
