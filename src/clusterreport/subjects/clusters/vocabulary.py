"""What templates can say of the register: titles of its findings, and an example of each function that they use."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from clusterreport.locale import Language

_FILE: Final[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("vocabulary.toml").read_text(encoding="utf-8"))

TITLES: Final[dict[str, dict[str, str]]] = _FILE["titles"]
"""By language: what a finding is, under "Type.part", "Type", a name, or a part's own name."""


def examples(language: Language) -> dict[str, str]:
    """Return a line of a template for each function, filter, test and chart, by "functions.ranking" and the like."""
    return {**_FILE["examples"]["common"], **_FILE["examples"][language]}
