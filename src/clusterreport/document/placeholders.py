"""Finds what stands in a document for a name or number that somebody was to fill in: ××, XX市, ____, 待补."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.document.text import lines_of

if TYPE_CHECKING:
    from clusterreport.document.model import NumberedDocument

_WORDS: Final = tomllib.loads(Path(__file__).with_name("placeholders.toml").read_text(encoding="utf-8"))
_SIGNS: Final = re.compile("|".join(_WORDS["patterns"]))


def placeholders_in(numbered: NumberedDocument) -> tuple[str, ...]:
    """Return the printed texts that hold a placeholder, each once, in the order of the document."""
    texts = (numbered.document.about.author, *(line.text for line in lines_of(numbered)))
    return tuple(dict.fromkeys(text for text in texts if holds_placeholder(text)))


def holds_placeholder(text: str) -> bool:
    """Tell whether a text holds signs that stand for something else."""
    return _SIGNS.search(text) is not None
