"""Parses the security marking of a briefing: classified, internal, harmless, or unknown.

A marking is written in many ways: 机密★1年, 机　密, 機·密, TOP SECRET. Signs between the characters, their width, case
and accents, and traditional forms make no difference; what is not known is no leave to send.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

_WORDS: Final = tomllib.loads(Path(__file__).with_name("marking.toml").read_text(encoding="utf-8"))
_CLASSIFIED: Final = tuple((level, re.compile(pattern)) for level, pattern in _WORDS["classified"].items())
_INTERNAL: Final = re.compile(_WORDS["others"]["internal"])
_HARMLESS: Final = frozenset(_WORDS["others"]["harmless"])
_SIMPLIFIED: Final = str.maketrans(_WORDS["simplified"])
ADVICE: Final = tuple(_WORDS["others"]["advice"])
"""What may be written instead of a marking that is not understood."""


@dataclass(frozen=True, slots=True)
class Marking:
    """What a marking means; ``level`` is the one that was found, where it is classified."""

    kind: Literal["none", "harmless", "internal", "classified", "unknown"]
    level: str = ""


def understood(text: str) -> Marking:
    """Return what a marking means; one that says several things means the strictest."""
    if not text.strip():
        return Marking("none")
    plain = _plain(text)
    if plain in _HARMLESS:
        return Marking("harmless")
    for level, pattern in _CLASSIFIED:
        if pattern.search(plain):
            return Marking("classified", level)
    return Marking("internal" if _INTERNAL.search(plain) else "unknown")


def _plain(text: str) -> str:
    """Return the letters, characters and digits alone, each in its one usual form."""
    usual = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(sign for sign in usual if unicodedata.category(sign)[0] in "LN").translate(_SIMPLIFIED)
