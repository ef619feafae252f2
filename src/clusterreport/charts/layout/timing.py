"""Tells where periods are unequally apart, and by which days an axis of time has them as far apart as they are."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from clusterreport.data.periods import period_of, spacing
from clusterreport.locale import phrase

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from clusterreport.locale import Language

_YEAR: Final = re.compile(r"(?P<before>\D*)\d{4}(?P<behind>\D*)")
_MONTHS: Final = 12
_MOST_TICKS: Final = 12
_EVEN: Final = 1e-6


class Times(NamedTuple):
    """Where periods stand on an axis of time, each by a day; ``code`` prints them; ``step`` units lie between ticks."""

    days: tuple[dt.date, ...]
    code: str
    unit: Literal["years", "months"]
    step: int


def is_uneven(names: Sequence[str]) -> bool:
    """Tell whether names are periods in their order whose distances differ."""
    gaps = [later - earlier for earlier, later in pairwise(spacing(names))]
    return bool(gaps) and max(gaps) - min(gaps) > _EVEN


def times_of(names: Sequence[str], language: Language) -> Times | None:
    """Return where periods unequally far apart stand, None for all other names.

    A year stands at its first day, any other period at that of its last month; a whole year is printed as its name has
    it (2024年), any other period by its last month.
    """
    periods = [each for each in map(period_of, names) if each is not None]
    if not is_uneven(names) or len(periods) < len(names):
        return None
    found = [_YEAR.fullmatch(name) for name in names]
    around = {(each["before"], each["behind"]) for each in found if each is not None}
    if None not in found and len(around) == 1:
        before, behind = (f'"{part}"' if part else "" for part in next(iter(around)))
        days = tuple(each.last.replace(month=1, day=1) for each in periods)
        return Times(days, f"{before}yyyy{behind}", "years", _step(days[-1].year - days[0].year))
    days = tuple(each.last.replace(day=1) for each in periods)
    months = (days[-1].year - days[0].year) * _MONTHS + days[-1].month - days[0].month
    return Times(days, phrase("chart.month_code", language), "months", _step(months))


def _step(span: int) -> int:
    return max(-(-span // _MOST_TICKS), 1)
