"""Which tables a project may name under [data]: those that the subjects of this program say, in files of their own."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

_SUBJECTS: Final = Path(__file__).parent.parent / "subjects"


def required() -> tuple[str, ...]:
    """Return the tables without which there is no briefing."""
    return tuple(name for said in _said() for name in said["required"])


def optional() -> tuple[str, ...]:
    """Return the tables that a project may leave out."""
    return tuple(name for said in _said() for name in said["optional"])


def named() -> tuple[str, ...]:
    """Return all of them, those first that are required."""
    return (*required(), *optional())


@cache
def _said() -> tuple[dict[str, Any], ...]:
    files = sorted(_SUBJECTS.glob("*/project.toml"))
    return tuple(tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
