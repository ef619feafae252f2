"""What a database is asked: the answer as a table, within bounds, and what is told where there is none."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from clusterreport.data.dataset import TableAddress
from clusterreport.data.sources.cells import SharedTexts, UntoldError, text_of
from clusterreport.data.sources.grid import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, CellGrid
from clusterreport.data.sources.tabulating import dataset_of
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.settings import TABLES_FILE
from clusterreport.settings.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from clusterreport.data.dataset import Dataset
    from clusterreport.settings.secrets import Secret

MEDIA_TYPE: Final = "text/csv"
SECONDS: Final = 60.0
"""How long a database may take to answer, to the last row."""
LARGEST_ANSWER: Final = 32 * 1024 * 1024
"""How many bytes an answer may have, as CSV in UTF-8."""


@dataclass(frozen=True, slots=True)
class DatabaseQuery:
    """A database, or a large file, and what it is asked: ``place`` is where the settings say so.

    ``url`` is the address of the one or the path of the other; ``password`` is None where none is set. ``name`` is what
    the answer is called in briefings, ``named_in`` the file of settings that names it.
    """

    name: str
    place: str
    url: str
    query: str
    password: Secret | None = None
    seconds: float = SECONDS
    named_in: str = TABLES_FILE


def answered(source: DatabaseQuery, rows: Sequence[tuple[str, ...]], origin: Mapping[str, str]) -> Dataset:
    """Return the ``rows`` of an answer as a table, the names of the columns first; ``origin`` is what was asked where.

    Its bytes are those of the answer as CSV, which is what is hashed and attached.
    """
    content = _as_csv(rows)
    grid = CellGrid(TableAddress(source.place), tuple(enumerate(rows, start=1)))
    dataset = dataset_of(grid, Layout(), source.name, content)
    return replace(dataset, media_type=MEDIA_TYPE, content=content, origin=origin)


def origin_of(source: DatabaseQuery) -> dict[str, str]:
    """Return what is recorded of a query: its text and its SHA-256."""
    return {"query": source.query, "query_sha256": hashlib.sha256(source.query.encode()).hexdigest()}


def bounded(rows: Iterable[tuple[Any, ...]], source: DatabaseQuery) -> Iterator[tuple[str, ...]]:
    """Yield rows as texts, refusing what is beyond all measure where it begins to be."""
    size, shared = 0, SharedTexts().__getitem__
    for number, row in enumerate(rows):
        if len(row) > MOST_COLUMNS:
            problem = message(
                "the answer has {count:,} columns, and {most_columns} is the most",
                count=len(row),
                most_columns=MOST_COLUMNS,
            )
            raise wrong(source, problem, message("Name fewer columns in the query."))
        if number > MOST_ROWS:
            problem = message("the answer has more than {most_rows:,} rows", most_rows=MOST_ROWS)
            raise wrong(source, problem, message("Let the query choose fewer, or count them together (GROUP BY)."))
        cells = tuple(map(shared, _texts(row, number + 1, source)))
        size += sum(len(cell.encode()) + 1 for cell in cells)
        if size > LARGEST_ANSWER:
            raise wrong(
                source,
                message("the answer has more than {largest_answer:,} bytes", largest_answer=LARGEST_ANSWER),
                message("Let the query choose less."),
            )
        yield cells


def slow(source: DatabaseQuery) -> ProblemsError:
    """Return the problem of an answer that does not come in time."""
    problem = message("no answer has come within {seconds:g} seconds", seconds=source.seconds)
    return wrong(source, problem, message("Let the query choose less, or ask for an index on what it looks for."))


def no_rows(source: DatabaseQuery) -> ProblemsError:
    """Return the problem of a query that does something else than choose rows."""
    return wrong(source, message("the query asks for no rows"), message("Write a query that begins with SELECT."))


def refused(source: DatabaseQuery, words: str, remedy: str) -> ProblemsError:
    """Return the problem of a query that is refused, by the ``words`` of whoever was asked, on one line and cut."""
    reason = " ".join(words.split())[:_LONGEST_REASON]
    return wrong(source, message("the query is refused: {reason}", reason=reason), remedy)


def wrong(source: DatabaseQuery, problem: str, remedy: str) -> ProblemsError:
    """Return a problem at the place where the settings hold the query."""
    return ProblemsError([Problem(source.place, problem, remedy)])


_LONGEST_REASON: Final = 300  # characters of the words of whoever was asked


def _texts(row: tuple[Any, ...], number: int, source: DatabaseQuery) -> list[str]:
    texts = []
    for position, value in enumerate(row, start=1):
        where = message("{place}, row {row}, column {position}", place=source.place, row=number, position=position)
        try:
            text = text_of(value)
        except UntoldError:
            problem = message("a value of the kind {kind} is no cell", kind=type(value).__name__)
            raise ProblemsError(
                [Problem(where, problem, message("Let the query turn it into text or numbers."))]
            ) from None
        if len(text) > LONGEST_CELL:
            raise ProblemsError(
                [Problem(where, message("a cell is longer than can be read"), message("Let the query shorten it."))]
            )
        texts.append(text)
    return texts


def _as_csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
