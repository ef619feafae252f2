"""What the metrics of the published figures are called, from metrics.toml, and the units they are given in."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

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

_UNITS: Final = {
    "个": PIECES, "家": FIRMS, "项": ITEMS, "%": PERCENT, "亿元": YUAN_100M, "万亿元": YUAN_TRILLION,
    "万亿": Unit("万亿", "trillion", "money"), "万辆": VEHICLES, "年": YEAR, "名次": PLACE,
}  # fmt: skip


def label_of(metric: str) -> str:
    """Return the Chinese name of ``metric``; one that metrics.toml does not list is called by itself."""
    name, _, part = metric.partition(":")
    entry = _entries().get(name)
    return entry["zh"].replace("{part}", part) if entry else f"指标{metric}"


def unit_of(metric: str, symbol: str) -> Unit:
    """Return the unit that the file writes as ``symbol``."""
    counted = _entries().get(metric.partition(":")[0], {}).get("counts")
    if symbol == "个" and counted:
        return Unit("个", counted, "count")
    return _UNITS.get(symbol, Unit(symbol, symbol, "count"))


def is_output(metric: str) -> bool:
    """Tell whether the metric is money measured over a cluster."""
    return _entries().get(metric, {}).get("kind") == "output"


@cache
def _entries() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
