"""The tables of the register as schema.toml declares them, and the few words that no table of theirs defines."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clusterreport.data.schema import declared_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.schema import TableSchema

_SCHEMA: Final = "schema.toml"
_WORDS: Final = tomllib.loads(Path(__file__).with_name("known.toml").read_text(encoding="utf-8"))

AGGLOMERATIONS: Final[tuple[str, ...]] = tuple(_WORDS["agglomerations"])
"""The city clusters that may be spoken of even where no city is counted to them."""
CITY_ENDING: Final[str] = _WORDS["city_ending"]
"""What may stand behind the name of a city: 广州市 is 广州."""
DROPPED: Final[tuple[str, ...]] = tuple(_WORDS["dropped"])
"""What names may end with and are the same without."""
MEASURES: Final[Mapping[str, str]] = _WORDS["measures"]
"""What is measured of provinces, and in which unit."""


@cache
def schemas() -> Mapping[str, TableSchema]:
    """Return the tables that a register may have, by name."""
    return declared_in(declared(), _SCHEMA)


def declared() -> dict[str, Any]:
    """Return what schema.toml says of the tables."""
    return tomllib.loads(Path(__file__).with_name(_SCHEMA).read_text(encoding="utf-8"))
