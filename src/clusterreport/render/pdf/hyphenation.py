"""Says where an English word may be parted with a hyphen, by the patterns that pyphen brings."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyphen import Pyphen

_WORD: Final = re.compile(r"[A-Za-z]{6,}")  # shorter words stay whole


def syllables_of(text: str) -> tuple[str, ...]:
    """Return ``text`` cut where its words may be parted; what is no word of at least six letters is not cut."""
    cuts = [match.start() + place for match in _WORD.finditer(text) for place in _patterns().positions(match.group())]
    edges = [0, *cuts, len(text)]
    return tuple(text[start:end] for start, end in pairwise(edges))


@cache
def _patterns() -> Pyphen:
    from pyphen import Pyphen  # its patterns are read only where English is set

    return Pyphen(lang="en_US", left=2, right=3)
