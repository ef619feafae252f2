"""What the metrics of the published figures measure, from metrics.toml, and the units they are given in."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from clusterreport.locale import BASE, Label, phrase, takes
from clusterreport.quantities import (
    FIRMS,
    ITEMS,
    PERCENT,
    PIECES,
    PLACE,
    VEHICLES,
    YEAR,
    YUAN_100M,
    YUAN_TRILLION,
    Unit,
)

_TRILLION: Final = Unit("trillion", "money")
_USED: Final = (PIECES, FIRMS, ITEMS, PERCENT, YUAN_100M, YUAN_TRILLION, _TRILLION, VEHICLES, YEAR)


def label_of(metric: str) -> Label:
    """Return what ``metric`` is called; one that metrics.toml does not list is called by itself."""
    name, _, part = metric.partition(":")
    if name not in _entries():
        return Label.of("metric_unlisted", metric=metric)
    return Label.of(f"metric.{name}", part=part) if takes(f"metric.{name}", "part") else Label.of(f"metric.{name}")


def unit_of(metric: str, symbol: str) -> Unit:
    """Return the unit that the file writes as ``symbol``."""
    counted = _entries().get(metric.partition(":")[0], {}).get("counts")
    if symbol == PIECES.symbol and counted:
        return Unit(counted, "count")
    return _by_symbol().get(symbol) or Unit(symbol, "count", own=True)


def is_output(metric: str) -> bool:
    """Tell whether the metric is money measured over a cluster."""
    return _entries().get(metric, {}).get("kind") == "output"


@cache
def _by_symbol() -> dict[str, Unit]:
    """Return the units by what the data call them; a place has a name of its own there, 名次 and not 位."""
    return {unit.symbol: unit for unit in _USED} | {phrase("unit_in_data.place", BASE): PLACE}


@cache
def _entries() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
