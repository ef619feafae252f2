"""The names in the data of which the program itself knows something, from codes.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

_CODES: Final = tomllib.loads(Path(__file__).with_name("codes.toml").read_text(encoding="utf-8"))

MUNICIPALITY: Final[str] = _CODES["city_levels"]["municipality"]
SEPARATELY_PLANNED: Final[str] = _CODES["city_levels"]["separately_planned"]
