"""The words of published figures and their quotes that the program must understand, from codes.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODES: Final = tomllib.loads(Path(__file__).with_name("codes.toml").read_text(encoding="utf-8"))

KEY_REGIONS: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(provinces) for name, provinces in _CODES["key_regions"].items()
}
"""The regions of which sources speak, by province."""

RANK: Final[re.Pattern[str]] = re.compile(_CODES["ranks"]["pattern"])
"""How a quote gives provinces a place; the group is the numeral, and without one it is the first."""
