"""The rules of checks.toml: which figure is held against which finding or count, and what is said of it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE: Final = tomllib.loads(Path(__file__).with_name("checks.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Count:
    """A count that only a check asks for; the fields are those that checks.toml explains.

    ``part`` is what the clusters are called of which a share is taken.
    """

    of: str
    said: str = ""
    among: str = ""
    regions: tuple[str, ...] = ()
    each: bool = False
    part: str = ""
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """How the figures that fit ``subject`` and ``metric`` are checked: against a ``finding`` or a ``count``.

    ``beside`` is the metric that must stand in the same quote, "" where none must.
    """

    subject: str
    metric: str
    finding: str = ""
    beside: str = ""
    count: Count | None = None
    otherwise: Count | None = None
    note: tuple[str, ...] = ()
    if_differs: tuple[str, ...] = ()
    not_comparable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Which figures may carry a claim; ``pattern`` is how their quote says it, "" where any quote will do."""

    subject: str
    metric: str
    pattern: str = ""


def _rule(entry: Mapping[str, object]) -> Rule:
    return Rule(**{key: _value(key, value) for key, value in entry.items()})  # type: ignore[arg-type]


def _value(key: str, value: object) -> object:
    if key in {"count", "otherwise"} and isinstance(value, dict):
        return Count(**{**value, "regions": tuple(value.get("regions", ()))})
    return tuple(value) if isinstance(value, list) else value


RULES: Final = tuple(_rule(entry) for entry in _FILE["rules"])
REGIONS: Final[Mapping[str, tuple[str, ...]]] = {name: tuple(members) for name, members in _FILE["regions"].items()}
"""The regions of which sources speak, by province."""
RANK: Final = Claim(**_FILE["claims"]["rank"])
RANK_SAID: Final = re.compile(RANK.pattern)
"""How a quote gives provinces a place; the group is the numeral, and without one it is the first."""
RISE: Final = Claim(**_FILE["claims"]["rise"])
