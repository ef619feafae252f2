"""Reads a text as its paragraphs: UTF-8, GB 18030 or UTF-16, with the line of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from clusterreport.data.sources.csv_file import decoded_text
from clusterreport.errors import ProblemsError, UsageError
from clusterreport.factcheck.passages_read import TextPiece
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OWN_PARAGRAPH: Final = re.compile(r"^\s*(?:#|[-*+•|>]|\d+[.)、]|[（(])")
_ROW: Final = re.compile(r"^\s*\|.*\|\s*$")
_RULE: Final = re.compile(r"^[\s|:\-]+$")
_ENDED: Final = re.compile("[\u3002\uff01\uff1f\uff1b\uff1a.!?;:|]\\s*$")


def pieces_of_text(content: bytes, place: str) -> Iterator[TextPiece]:
    """Yield the paragraphs; lines that a program broke are put together again. UsageError: it is no text."""
    lines = _read(content, place).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    gathered: list[tuple[str, str]] = []
    heads: list[str] = []
    for number, line in enumerate(lines, 1):
        if not _ROW.match(line):
            heads = []
            gathered.append((message("line {number}", number=number), line))
            continue
        yield from paragraphs_of(gathered)
        gathered = []
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not _RULE.match(line):
            yield from _cells(number, cells, heads)
            heads = heads or cells
    yield from paragraphs_of(gathered)


def paragraphs_of(lines: Iterable[tuple[str, str]]) -> Iterator[TextPiece]:
    """Yield the paragraphs of lines with their places: each goes on until a line ends a sentence, or is blank."""
    gathered: list[tuple[str, str]] = []
    for place, line in lines:
        if not line.strip() or (gathered and (_OWN_PARAGRAPH.match(line) or _ENDED.search(gathered[-1][1]))):
            yield from _paragraph(gathered)
            gathered = []
        if line.strip():
            gathered.append((place, line))
    yield from _paragraph(gathered)


def _read(content: bytes, place: str) -> str:
    try:
        return decoded_text(content, place)
    except ProblemsError as error:
        problem = message(
            "it is neither a Word file, nor a PDF, nor a text ({reason})", reason=error.problems[0].problem
        )
        raise UsageError(place, problem, message("Name a Word file, a PDF or a text.")) from None


def _paragraph(lines: list[tuple[str, str]]) -> Iterator[TextPiece]:
    if not lines:
        return
    text, starts = "", []
    for place, line in lines:
        own = line.strip() if text else line.rstrip()
        text += " " if text and text[-1].isascii() and own[:1].isascii() else ""
        starts.append((len(text), place))
        text += own
    yield TextPiece(text, starts[0][1], lines=tuple(starts))


def _cells(number: int, cells: list[str], heads: list[str]) -> Iterator[TextPiece]:
    for column, cell in enumerate(cells):
        if not cell:
            continue
        head = f"{cells[0]} {heads[column] if column < len(heads) else ''} " if heads and column else ""
        place = message("line {number}, column {column}", number=number, column=column + 1)
        yield TextPiece(cell, place, head)
