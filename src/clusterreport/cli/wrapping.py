"""Breaks long messages into the lines of a terminal, where Chinese characters are two columns wide."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE: Final = re.compile(r"[^ 、，；]*(?:[、，；]|[ ]+|\Z)")
_NARROWEST: Final = 40  # columns: on less, lines of words are no better than lines cut by the terminal


def wrapped(text: str, width: int) -> str:
    """Return ``text`` in lines of at most ``width`` columns, each as far in as the first of its own.

    Lines end behind a space or a Chinese comma; a word that is longer than a line is left whole.
    """
    return text if width < _NARROWEST else "\n".join(line for each in text.split("\n") for line in _lines(each, width))


def columns(text: str) -> int:
    """Return how many columns ``text`` takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1 for sign in text)


def _lines(text: str, width: int) -> Iterator[str]:
    indent = text[: len(text) - len(text.lstrip(" "))]
    line = indent
    for piece in _PIECE.findall(text[len(indent) :]):
        if line != indent and columns(line + piece.rstrip(" ")) > width:
            yield line.rstrip(" ")
            line = indent
        line += piece
    yield line
