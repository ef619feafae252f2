"""Breaks long messages into the lines of a terminal, where Chinese characters are two columns wide."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from clusterreport.characters import HAN
from clusterreport.messages import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.messages import Language

_OPENING: Final = "（《“‘「『【〔"
_CLOSING: Final = "，。、；：？！）》”’」』】〕…—"
_PIECES: Final[dict[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[^ 、，；]*(?:[、，；]|[ ]+|\Z)"),
    # A Chinese line may end behind any sign, but no line begins with what closes, or ends with what opens.
    "zh": re.compile(f"[{_OPENING}]*(?:[{HAN}]|[^ {HAN}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*[ ]*"),
}
_NARROWEST: Final = 40  # columns: on less, lines of words are no better than lines cut by the terminal


def wrapped(text: str, width: int) -> str:
    """Return ``text`` in lines of at most ``width`` columns, each as far in as the first of its own.

    Lines end behind a space or a Chinese comma, those of Chinese messages behind any sign that may stand at an end; a
    word that is longer than a line is left whole.
    """
    return (
        text if width < _NARROWEST else "\n".join(line for each in text.split("\n") for line in lines_of(each, width))
    )


def columns(text: str) -> int:
    """Return how many columns ``text`` takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(sign) in {"W", "F"} else 1 for sign in text)


def table_lines(rows: Sequence[Sequence[str]], texts: int) -> list[str]:
    """Return the lines of a table; its first ``texts`` columns stand on the left, those behind them on the right."""
    widths = [max(map(columns, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_filled(row, widths, texts)).rstrip() for row in rows]


def lines_of(text: str, width: int) -> list[str]:
    """Return a line in as many as it needs at ``width`` columns."""
    return list(_lines(text, width))


def _filled(row: Sequence[str], widths: Sequence[int], texts: int) -> Iterator[str]:
    for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
        blank = " " * (width - columns(cell))
        yield cell + blank if place < texts else blank + cell


def _lines(text: str, width: int) -> Iterator[str]:
    indent = text[: len(text) - len(text.lstrip(" "))]
    line = indent
    for piece in _PIECES[spoken()].findall(text[len(indent) :]):
        if line != indent and columns(line + piece.rstrip(" ")) > width:
            yield line.rstrip(" ")
            line = indent
        line += piece
    yield line
