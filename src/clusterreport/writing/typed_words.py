"""Reads the patterns of words that are typed by hand; words of the catalogues stand in them by what they mean."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.claims.holding import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.locale import Language

_MEANT: Final = re.compile("«([a-z_ ]+)»")
"""The kinds of claims (docs/claims.md) whose words are to stand here: «rise fall»."""

_PATTERN: Final = re.compile("‹([a-z_]+)›")
"""Another pattern of the same table that is to stand here: ‹place›."""


@cache
def patterns_of(name: str, language: Language) -> Mapping[str, re.Pattern[str]]:
    """Return the patterns that the file ``name`` beside this module has for words of a language."""
    listed = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    patterns = listed[language]
    return {kind: re.compile(_spelled_out(pattern, patterns, language)) for kind, pattern in patterns.items()}


def _spelled_out(pattern: str, patterns: Mapping[str, str], language: Language) -> str:
    """Return a pattern with the words of the kinds that it names, the longest first: 下降 is not to hide 下降到."""
    while _PATTERN.search(pattern):
        pattern = _PATTERN.sub(lambda found: f"(?:{patterns[found[1]]})", pattern)

    def words(found: re.Match[str]) -> str:
        meant = {word for kind in found[1].split() for word in words_of(kind, language)}
        return f"(?:{'|'.join(map(re.escape, sorted(meant, key=lambda word: (-len(word), word))))})"

    return _MEANT.sub(words, pattern)
