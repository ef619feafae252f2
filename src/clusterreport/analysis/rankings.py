"""The shapes of what is computed: rankings and panels, whatever their subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.document.model import Tie
    from clusterreport.locale import Words
    from clusterreport.quantity import LeftOut, Quantity


@dataclass(frozen=True, slots=True)
class Ranked:
    """One name of a ranking. ``place`` counts from 1 and equal values share the better one (1, 2, 2, 4)."""

    name: str
    value: Quantity
    place: Quantity
    tied: bool
    share: Quantity


@dataclass(frozen=True, slots=True)
class Ranking:
    """Names by falling value; equal values keep the order of the data. ``left_out`` is what has no place in it."""

    label: Words
    items: tuple[Ranked, ...]
    left_out: tuple[LeftOut, ...] = ()

    def top(self, count: int) -> tuple[Ranked, ...]:
        """Return the first ``count`` items and whatever ties with the last of them."""
        if count >= len(self.items):
            return self.items
        if count < 1:
            return ()
        last = self.items[count - 1].value.amount
        return tuple(item for place, item in enumerate(self.items) if place < count or item.value.amount == last)

    def of(self, name: str) -> Ranked:
        """Return the item called ``name``; KeyError if there is none."""
        for item in self.items:
            if item.name == name:
                return item
        raise KeyError(name)

    @property
    def rising(self) -> Ranking:
        """Return the names by rising value: the smallest has place 1."""
        from clusterreport.analysis.measures import rising  # what it is made with is made of rankings

        return rising(self)


@dataclass(frozen=True, slots=True)
class PanelSeries:
    """One set of values of a panel, as long as its ``categories``."""

    name: Words
    values: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Named series over the same categories, ready for a chart or a table (fields as in document.model.Chart).

    ``left_out`` is what stands in none of the categories. ``things`` tells which of both are things in no order of
    their own, of which the first are the largest, by the first of the others, or the last where these are times; ""
    where the categories are in an order that was meant.
    """

    label: Words
    categories: tuple[Words, ...]
    series: tuple[PanelSeries, ...]
    groups: tuple[Words, ...] = ()
    ties: tuple[Tie, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    things: Literal["", "categories", "series"] = ""
    over_times: bool = False

    @property
    def turned(self) -> Panel:
        """Return the same values with series for categories: lines over years for years beside cities."""
        series = tuple(
            PanelSeries(name, tuple(each.values[place] for each in self.series))
            for place, name in enumerate(self.categories)
        )
        names = tuple(each.name for each in self.series)
        return Panel(
            self.label, names, series, left_out=self.left_out, things=_TURNED[self.things], over_times=self.over_times
        )


_TURNED: Final[Mapping[Literal["", "categories", "series"], Literal["", "categories", "series"]]] = {
    "": "", "categories": "series", "series": "categories",
}  # fmt: skip


def item_called(ranking: Ranking, name: str) -> Ranked | None:
    """Return the item of ``ranking`` that is called ``name``, None where there is none."""
    return next((item for item in ranking.items if item.name == name), None)
