"""Editions as facts.json keeps them, in one line each, for tests of what changed between two."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clusterreport.document.vintages import EditionFacts, Revision, Vintage, VintageRows
from clusterreport.quantity import Bound, Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLE = "clusters.csv"


def rows(times: Mapping[str, int], *revised: str, where: str = "all", dataset: str = TABLE) -> VintageRows:
    """Return the rows behind a number: how many of each time, and on which days some were revised."""
    return VintageRows(dataset, sum(times.values()), where, times, tuple(Revision(day, "漏记") for day in revised))


def vintage(name: str, amount: str | None, *behind: VintageRows, **more: Any) -> Vintage:  # noqa: ANN401 -- any field
    """Return a number as an issue printed it."""
    value = None if amount is None else Decimal(amount)
    kept: dict[str, Any] = {
        "unit": "个",
        "bound": Bound.EXACT,
        "confidence": Confidence.CONFIRMED,
        "printed": (f"{amount}个",),
    }
    kept |= {"label": "集群数", "selector": "s"} | more
    return Vintage(name, value, rows=behind, **kept)


def edition(*vintages: Vintage, **more: Any) -> EditionFacts:  # noqa: ANN401 -- any field
    """Return an edition that prints these numbers."""
    return EditionFacts(vintages, **({"issue": "old", "language": "zh", "as_of": "2025-06-30"} | more))
