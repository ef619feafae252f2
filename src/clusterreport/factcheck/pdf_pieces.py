"""Reads a PDF as its paragraphs: along the structure that tells its text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf

from clusterreport.errors import ProblemsError, UsageError
from clusterreport.factcheck.passages_read import LONGEST_CELL, TextPiece
from clusterreport.messages import message
from clusterreport.verify.pdf_file import read_pdf_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.verify.passages import Passage


def pieces_of_pdf(content: bytes, place: str) -> Iterator[TextPiece]:
    """Yield the pieces in reading order. UsageError: it is no PDF, or a damaged or encrypted one, or holds no text."""
    if _is_tagged(content, place):
        try:
            passages = read_pdf_file(content).passages
        except (ProblemsError, RecursionError, TypeError, AttributeError, NotImplementedError, IndexError):
            passages = ()
        found = tuple(_of_passages(passages))
        if found:
            yield from found
            return
    raise UsageError(
        place,
        message("it is a PDF without a structure that says its text"),
        message("Give the Word file that it was made from, or its text."),
    )


def _is_tagged(content: bytes, place: str) -> bool:
    """Tell whether a PDF has a structure; UsageError where it cannot be opened."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return "/StructTreeRoot" in pdf.Root
    except pikepdf.PasswordError:
        problem = message("it is encrypted")
    except (pikepdf.PdfError, KeyError, ValueError, RuntimeError, RecursionError):
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
