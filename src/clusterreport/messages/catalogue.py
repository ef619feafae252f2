"""Reads the Chinese of the messages: zh/<room>.toml for each room, zh/common.toml for what several rooms say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).with_name("zh")


def chinese() -> dict[str, str]:
    """Return all Chinese texts by their English templates."""
    texts: dict[str, str] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        texts.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return texts
