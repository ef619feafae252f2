"""What rules ask of the recount: whether a number rose, fell or stayed, is none or some, and how a ranking goes on."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.acceptance.truth.reading import Reader, is_ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Holds = Callable[[Reader], bool]
    Also = Callable[[Reader, re.Match[str]], bool]

STOCK, TOTAL = "integration.stock.share", "integration.total.share"
HOME, HOME_BEFORE = "city.home.share", "city.home.share_before"
BETWEEN, BETWEEN_BEFORE = "regions.concentration.between_share", "changes.concentration_before.between_share"
COUNT, JOINT = "city.count", "city.joint"
SURE_RHO, RHO = "regions.gdp_correlation_sure.rho", "regions.gdp_correlation.rho"


def ranked(which: str) -> Also:
    """Return the question whether a ranking is that of ``which``."""
    return lambda reader, found: is_ranking(reader, found["ranked"], which)


def rises(one: str, other: str) -> Holds:
    """Return the question whether ``other`` is printed above ``one``."""
    return lambda reader: reader.printed(one) < reader.printed(other)


def falls(one: str, other: str) -> Holds:
    return lambda reader: reader.printed(one) > reader.printed(other)


def same(one: str, other: str) -> Holds:
    return lambda reader: reader.printed(one) == reader.printed(other)


def moves(name: str, sign: int, decimals: int = 1) -> Holds:
    """Return the question whether a change is printed above 0 (1), below it (-1) or as 0."""

    def holds(reader: Reader) -> bool:
        amount = reader.printed(name, decimals)
        return (amount > 0) - (amount < 0) == sign

    return holds


def change(reader: Reader, found: re.Match[str], name: str, decimals: int = 1) -> bool:
    """Tell whether a change is as large as is said, whichever way."""
    return abs(reader.printed(name, decimals)) == Decimal(found["size"])


def is_(name: str, amount: float) -> Holds:
    return lambda reader: reader.recount.expected.get(name) == amount


def over(name: str, amount: float) -> Holds:
    return lambda reader: reader.number(name) > amount


def both(*questions: Holds) -> Holds:
    return lambda reader: all(holds(reader) for holds in questions)


def gain(reader: Reader) -> float:
    return reader.number("city.history.gain")


def moved_place(reader: Reader) -> int:
    """Return by how much the number of the city's place has grown."""
    now, before = reader.ranks["city"], reader.ranks["before"]
    return now[0] - before[0] if now and before else 0


def unsure(reader: Reader) -> bool:
    """Tell whether the clusters of the city are not confirmed, for readers of what is."""
    return reader.t.focus in reader.unsure


def many_tie(reader: Reader) -> bool:
    """Tell whether more pairs of cities, or agglomerations, tie with the last of their table than it has rows."""
    partners = reader.t.partners.items()
    pairs = [count for name, own in partners for other, count in own.items() if name < other and count > 1]
    sizes = [
        amount or 0
        for name, amount in reader.recount.expected.items()
        if name.startswith("integration.agglomerations[") and name.endswith(".clusters")
    ]
    return _overflows(pairs, PAIRS) or _overflows(sizes, AGGLOMERATIONS)


def _overflows(values: Sequence[float], rows: int) -> bool:
    falling = sorted(values, reverse=True)
    return len(falling) > rows and falling[rows:].count(falling[rows - 1]) > rows


PAIRS, AGGLOMERATIONS = 5, 6
NO_CLUSTER = is_(COUNT, 0)
