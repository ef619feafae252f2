"""The words that a finished file is expected to hold, from words.toml: none are shared with what wrote it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import clusterreport

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final[Mapping[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))

_SUBJECTS: Final[tuple[Mapping[str, Any], ...]] = tuple(
    tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted(Path(clusterreport.__file__).parent.glob("subjects/*/expected.toml"))
)
"""What each subject adds to the parts of words.toml: the units of what only it counts."""

NUMERALS: Final[str] = _WORDS["numerals"]
"""The figures from 0 to 9 as Word writes them in Chinese."""

TEN: Final[str] = _WORDS["ten"]


def by_language(name: str) -> Mapping[str, str]:
    """Return the words called ``name``, by language."""
    words: Mapping[str, str] = _WORDS[name]
    return words


def several(name: str) -> Mapping[str, list[str]]:
    """Return the texts called ``name``, by language, where there are several."""
    texts: Mapping[str, list[str]] = _WORDS[name]
    return texts


def table(name: str) -> Mapping[str, Any]:
    """Return the part called ``name`` as it stands there, with what the subjects add to it."""
    part: Mapping[str, Any] = _WORDS[name]
    return {**part, **{key: text for words in _SUBJECTS for key, text in words.get(name, {}).items()}}
