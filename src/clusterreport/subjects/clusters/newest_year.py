"""Which year's values of a measure are spoken of: the newest for which all of them stand, so that no two are mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class NewestYear:
    """The year that is meant, None where nothing stands; and the newer ones with the provinces they wait for."""

    year: int | None
    awaited: Mapping[int, tuple[str, ...]]


def newest_year_of(rows: Iterable[tuple[str, int]], latest: int) -> NewestYear:
    """Return which year is meant of the ``rows`` (province, year) of one measure; none after ``latest`` is.

    It is the newest year that has a row for each province that any year has, known or not; where no year has them all,
    that of most provinces, and of several such the newest.
    """
    years: dict[int, dict[str, None]] = {}
    for province, year in rows:
        if year <= latest:
            years.setdefault(year, {})[province] = None
    if not years:
        return NewestYear(None, {})
    everyone = tuple(dict.fromkeys(province for provinces in years.values() for province in provinces))
    meant = max(years, key=lambda year: (len(years[year]), year))
    newer = sorted(year for year in years if year > meant)
    return NewestYear(meant, {year: tuple(name for name in everyone if name not in years[year]) for year in newer})
