"""What the metrics of the published figures measure, from metrics.toml, and the units they are given in."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.locale import BASE, Label, phrase, takes
from clusterreport.quantity import (
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
from clusterreport.subjects.clusters.statistics.chinese import widened
from clusterreport.subjects.clusters.statistics.patterns import NAME, filled, parts_of, placeholders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.locale import Words
    from clusterreport.subjects.clusters.statistics.named_numbers import NamedNumbers

_KEPT: Final = 1024
"""How many metrics are remembered: data may name as many as they have rows."""
_TRILLION: Final = Unit("trillion", "money")
_USED: Final = (PIECES, FIRMS, ITEMS, PERCENT, YUAN_100M, YUAN_TRILLION, _TRILLION, VEHICLES, YEAR)


def label_of(metric: str, numbers: NamedNumbers, stated: str = "") -> Words:
    """Return what ``metric`` is called: by metrics.toml, or by the data's own table of metrics.

    One that neither lists is called by itself, which no briefing prints (``is_unlisted``). ``numbers`` know what a year
    or a count in its name stands for, ``stated`` is the year that its row gives.
    """
    for name, entry in _fitting(metric):
        read = numbers.read(entry.get("named", name), _bare(metric, entry), stated)
        parts = {part: text for part, text in (read or {}).items() if takes(f"metric.{name}", part)}
        if read is not None:
            return Label.of(f"metric.{name}", **parts)
    own = next((each.name for each in numbers.register.data.metrics if each.metric == metric), "")
    return widened(own) if own else Label.of("metric_unlisted", metric=metric)


def is_unlisted(label: Words) -> bool:
    """Tell whether a label is that of a metric which has no name."""
    return isinstance(label, Label) and label.name == "metric_unlisted"


def listed_names() -> tuple[str, ...]:
    """Return how files write the metrics that metrics.toml lists, with their placeholders."""
    return tuple(entry.get("named", name) for name, entry in _entries().items())


def name_of(metric: str, **values: object) -> str:
    """Return how the file writes the metric that metrics.toml lists as ``metric``, with its years and counts."""
    return filled(_entries()[metric].get("named", metric), **values)


def unit_of(metric: str, symbol: str) -> Unit:
    """Return the unit that the file writes as ``symbol``."""
    counted = next((entry["counts"] for _, entry in _fitting(metric) if "counts" in entry), "")
    if symbol == PIECES.symbol and counted:
        return Unit(counted, "count")
    return _by_symbol().get(symbol) or Unit(symbol, "count", own=True)


def is_output(metric: str) -> bool:
    """Tell whether the metric is money measured over a cluster."""
    return any(entry.get("kind") == "output" for _, entry in _fitting(metric))


@lru_cache(maxsize=_KEPT)
def _fitting(metric: str) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return the entries of metrics.toml that are written like ``metric``, in their order."""
    return tuple(
        (name, entry)
        for name, entry in _entries().items()
        if parts_of(entry.get("named", name), _bare(metric, entry)) is not None
    )


def _bare(metric: str, entry: Mapping[str, str]) -> str:
    """Return ``metric`` without the part behind its colon where ``entry`` speaks of no part."""
    return metric if NAME in placeholders(entry.get("named", "")) else metric.partition(":")[0]


@cache
def _by_symbol() -> dict[str, Unit]:
    """Return the units by what the data call them; a place has a name of its own there, 名次 and not 位."""
    return {unit.symbol: unit for unit in _USED} | {phrase("unit_in_data.place", BASE): PLACE}


@cache
def _entries() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("metrics.toml").read_text(encoding="utf-8"))
