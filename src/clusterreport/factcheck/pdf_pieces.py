"""Reads a PDF as its paragraphs: along its structure where it has one, else by the lines of its pages."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pikepdf

from clusterreport.errors import ProblemsError, UsageError
from clusterreport.factcheck.passages_read import LONGEST_CELL, TextPiece
from clusterreport.factcheck.pdf_lines import pdf_lines
from clusterreport.factcheck.texts import paragraphs_of
from clusterreport.messages import message
from clusterreport.verify.pdf_file import read_pdf_file

_DAMAGES: Final = (
    pikepdf.PdfError, KeyError, ValueError, RuntimeError, RecursionError, TypeError, AttributeError, IndexError,
    NotImplementedError, ArithmeticError,
)  # fmt: skip
"""What a library says of a file that is not as it should be."""
_MOST_UNKNOWN: Final = 0.2
"""Which part of the characters of a PDF may be unknown for the rest to be read."""

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.verify.passages import Passage


def pieces_of_pdf(content: bytes, place: str) -> Iterator[TextPiece]:
    """Yield the pieces in reading order. UsageError: it is no PDF, or a damaged or encrypted one, or holds no text."""
    tagged, lines = _opened(content, place)
    if tagged:
        try:
            found = tuple(_of_passages(read_pdf_file(content).passages))
        except (ProblemsError, *_DAMAGES):
            found = ()
        if found:
            yield from found
            return
    signs = "".join(line for _, line in lines)
    if not signs.strip() or signs.count("\ufffd") > len(signs) * _MOST_UNKNOWN:
        raise UsageError(
            place,
            message("it is a PDF of pictures, or its fonts do not say which characters they draw"),
            message("Give the Word file that it was made from, or its text."),
        )
    yield from paragraphs_of(lines)


def _opened(content: bytes, place: str) -> tuple[bool, list[tuple[str, str]]]:
    """Return whether a PDF has a structure, and the lines of its pages where it has none."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            tagged = "/StructTreeRoot" in pdf.Root
            return tagged, [
                (message("page {page}", page=page), line) for page, page_lines in pdf_lines(pdf) for line in page_lines
            ]
    except pikepdf.PasswordError:
        problem = message("it is encrypted")
    except _DAMAGES:
        problem = message("it is no PDF, or is damaged")
    raise UsageError(place, problem, message("Save it anew in the program that made it, without a password."))


def _of_passages(passages: tuple[Passage, ...]) -> Iterator[TextPiece]:
    row: list[Passage] = []
    heads: list[str] = []
    for passage in passages:
        begins = passage.kind != "cell" or passage.level <= 1
        if begins and row:
            yield from _row(row, heads)
            heads = heads or [cell.text for cell in row]
            row = []
        if passage.kind == "cell":
            row.append(passage)
            continue
        heads = []
        if passage.kind not in {"contents", "picture"} and passage.text.strip():
            yield TextPiece(passage.text, message("page {page}", page=passage.page))
    yield from _row(row, heads)


def _row(row: list[Passage], heads: list[str]) -> Iterator[TextPiece]:
    """Yield the cells of a row, each with what heads its row and column where the row is one of figures."""
    headed = heads and all(len(cell.text) <= LONGEST_CELL for cell in row)
    for column, cell in enumerate(row):
        head = heads[column] if column < len(heads) else ""
        place = message("page {page}", page=cell.page)
        yield TextPiece(cell.text, place, f"{row[0].text} {head} " if headed and column else "")
