"""Tells values whose decimal point seems to stand elsewhere, by what stands around them."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Final

from clusterreport.data.periods import period_of
from clusterreport.errors import Level, Problem
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.data.table import DataTable

BAND: Final = Decimal(10).sqrt()
"""A value is out of scale where moving its decimal point would bring it nearer to the others: from 3.16 times."""
FEWEST: Final = 3
"""Of how many others there must be a middle before anything is held against it."""


def is_out_of_scale(value: Decimal, middle: Decimal, band: Decimal = BAND) -> bool:
    """Tell whether a positive ``value`` is over ``band`` times the ``middle`` of the others, or below 1/band."""
    return middle > 0 and value > 0 and not middle / band <= value <= middle * band


def odd_values(table: DataTable) -> Iterator[Problem]:
    """Yield the values of a declared table that are out of scale with the same in the periods before and behind.

    It looks at tables whose key holds a period and something else: the numbers of one series, each beside the two
    before and the two behind it. A value is told that is out of scale with all of them, while they are in scale with
    one another, so that neither a fast rise nor a series that jumps is told.
    """
    key = table.schema.key
    times = [name for name in key if table.schema.columns[name].type in _TIMES]
    if len(times) != 1 or len(key) == 1:
        return
    others = [name for name in key if name not in times]
    whens = [period_of(str(cell)) for cell in table.frame[times[0]]]
    for name, schema in table.schema.columns.items():
        if name in key or not schema.is_number or schema.type in _TIMES or name not in table.frame:
            continue
        numbers, known = table.numbers(name)
        series = defaultdict(list)
        for place, (when, *names) in enumerate(zip(whens, *(table.frame[each] for each in others), strict=True)):
            if when is not None and known[place] and numbers[place] > 0:
                series[tuple(map(str, names))].append((when, place))
        for each in series.values():
            ordered = [place for _, place in sorted(each)]
            amounts = [Decimal(int(numbers[place])) for place in ordered]
            for at in _odd_places(amounts):
                yield _doubt(table, name, ordered[at], amounts[at].scaleb(-table.scales[name]))


def _odd_places(amounts: list[Decimal]) -> Iterator[int]:
    for at, amount in enumerate(amounts):
        around = amounts[max(0, at - _REACH) : at] + amounts[at + 1 : at + 1 + _REACH]
        middle = median(around) if len(around) >= FEWEST else Decimal(0)
        steady = middle > 0 and not any(is_out_of_scale(other, middle) for other in around)
        if steady and all(is_out_of_scale(amount, other) for other in around):
            yield at


def _doubt(table: DataTable, name: str, place: int, amount: Decimal) -> Problem:
    where = table.dataset.at(int(table.rows[place]), table.heading(name))
    problem = message("{amount:f} is out of scale with the periods beside it", amount=amount.normalize())
    return Problem(where, problem, message(_REMEDY), level=Level.WARN)


_TIMES: Final = frozenset({"year", "period"})
_REACH: Final = 2  # periods on each side
_REMEDY: Final = template(
    "Look whether the decimal point and the unit are right; if they are, nothing needs to be done."
)
