"""Takes findings apart for tests: their amounts as plain numbers, and every quantity that is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clusterreport.document.walking import parts_of
from clusterreport.locale import said
from clusterreport.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.analysis.rankings import Panel, Ranking


def value(quantity: Quantity) -> float | None:
    """Return the amount as a plain number; None where it is unknown."""
    return None if quantity.amount is None else float(quantity.amount)


def values(*quantities: Quantity) -> list[float | None]:
    """Return the amounts of several quantities."""
    return [value(quantity) for quantity in quantities]


def amounts(panel: Panel) -> dict[str, list[float | None]]:
    """Return the amounts of each series of a panel."""
    return {said(series.name, "zh"): values(*series.values) for series in panel.series}


def placed(ranking: Ranking) -> list[tuple[str, float | None, float | None]]:
    """Return name, amount and place of each item."""
    return [(item.name, value(item.value), value(item.place)) for item in ranking.items]


def near(expected: float | Sequence[float]) -> Any:  # noqa: ANN401 -- what pytest.approx returns has no public type
    """Return what equals ``expected`` up to the ten decimals that are kept."""
    return pytest.approx(expected, abs=1e-9)


def quantities(findings: object) -> list[Quantity]:
    """Return every quantity within ``findings``."""
    return [part for part in parts_of(findings) if isinstance(part, Quantity)]
