"""Reads Parquet files, with the extra "parquet": columns of texts, numbers, truths and times, and lists of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from clusterreport.data.sources.cells import DIGITS, FEW_DIGITS, UntoldError, text_of
from clusterreport.data.sources.gathering import GatheredColumns, dataset_by_column
from clusterreport.data.sources.grid import LARGEST_CODED, LONGEST_CELL, MOST_CODED, MOST_COLUMNS, WHITE
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message
from clusterreport.settings.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from clusterreport.data.dataset import Dataset

ENDINGS: Final = (".parquet",)
MEDIA_TYPE: Final = "application/vnd.apache.parquet"
LARGEST: Final = LARGEST_CODED

MOST_CHARACTERS: Final = 64 * 1024 * 1024
"""How many characters the cells may have together, what stands in many rows near one another being counted once."""
_BATCH: Final = 1_000  # rows that are unpacked at once


def tabulate(content: bytes, name: str, place: str, layout: Layout | None = None) -> Dataset:
    """Return the table in the bytes of a Parquet file; its columns' names are row 1, as in a spreadsheet.

    ProblemsError where it is no Parquet file, too large, or holds a column of a kind that is no cell.
    """
    if layout not in {None, Layout()}:
        remedy = message("Take sheet and header_rows away where the settings name this table.")
        raise ProblemsError([Problem(place, message("a Parquet file has neither sheets nor rows of headings"), remedy)])
    columns: GatheredColumns | None = None
    for part in _parts(content, place):
        if columns is None:
            columns = GatheredColumns([tuple(cell.strip(WHITE) for (cell,) in part)])
        else:
            columns.add_columns(part)
    return dataset_by_column(columns or GatheredColumns([]), Layout(), name, place, content)


def _parts(content: bytes, place: str) -> Iterator[list[Sequence[str]]]:
    """Yield the names of the columns, then the cells of some rows at a time, by column."""
    arrow, parquet = _libraries(place)
    try:
        with parquet.ParquetFile(arrow.BufferReader(content)) as probe:
            kinds = [(field.name, field.type) for field in probe.schema_arrow]
            _bounded(probe.metadata.num_rows, len(kinds), place)
        texts = [name for name, kind in kinds if arrow.types.is_string(kind) or arrow.types.is_large_string(kind)]
        yield [(name,) for name, _ in kinds]
        digits = [_digits(arrow, kind) for _, kind in kinds]
        # As dictionaries, since a long text that stands in every row would otherwise be unpacked for each.
        with parquet.ParquetFile(arrow.BufferReader(content), read_dictionary=texts) as file:
            yield from _told(file, [name for name, _ in kinds], digits, place)
    except arrow.ArrowException as error:
        reason = str(error).partition("\n")[0][:_LONGEST_REASON]
        problem = message("it cannot be read as a Parquet file: {reason}", reason=reason)
        raise ProblemsError(
            [Problem(place, problem, message("Write the file anew, or save the table as CSV."))]
        ) from None
    except (OSError, ValueError):
        problem = message("it is no Parquet file, or is damaged")
        raise ProblemsError(
            [Problem(place, problem, message("Write the file anew, or save the table as CSV."))]
        ) from None


_LONGEST_REASON: Final = 100  # characters of the library's own words


def _told(file: Any, names: list[str], digits: list[int], place: str) -> Iterator[list[Sequence[str]]]:  # noqa: ANN401 -- a library without types
    room = MOST_CHARACTERS
    for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
        columns: list[Sequence[str]] = []
        for name, column, kept in zip(names, batch.columns, digits, strict=True):
            texts = _words(column, name, place) if hasattr(column, "dictionary") else _texts(column, kept, name, place)
            room -= sum(map(len, set(texts)))  # what stands in many rows is kept once
            columns.append(texts)
        if room < 0:
            problem = message(
                "its cells have more than {most_characters:,} characters", most_characters=MOST_CHARACTERS
            )
            raise ProblemsError([Problem(place, problem, message("Take rows or columns away."))])
        yield columns


def _words(column: Any, name: str, place: str) -> list[str]:  # noqa: ANN401 -- a library without types
    """Return the cells of a column of texts, of which only those that stand here are unpacked: all may be a million."""
    used = column.indices.unique().drop_null()
    words = column.dictionary.take(used).to_pylist()
    _check_lengths(words, name, place)
    told = dict(zip(used.to_pylist(), map(text_of, words), strict=True))
    return [told.get(code, "") for code in column.indices.to_pylist()]


def _check_lengths(texts: list[str | None], name: str, place: str) -> None:
    if max(map(len, filter(None, texts)), default=0) > LONGEST_CELL:
        where = message("{place}, column {heading}", place=place, heading=name)
        raise ProblemsError([Problem(where, message("a cell is longer than can be read"), message("Shorten it."))])


def _texts(column: Any, digits: int, name: str, place: str) -> list[str]:  # noqa: ANN401 -- a library without types
    try:
        return [text_of(value, digits) for value in column.to_pylist()]
    except UntoldError:
        problem = message("a column of the kind {type} is no column of cells", type=column.type)
        remedy = message("Leave it out, or write its parts into columns of their own.")
        raise ProblemsError(
            [Problem(message("{place}, column {heading}", place=place, heading=name), problem, remedy)]
        ) from None


def _digits(arrow: ModuleType, kind: object) -> int:
    return FEW_DIGITS if arrow.types.is_float32(kind) or arrow.types.is_float16(kind) else DIGITS


def _bounded(rows: int, columns: int, place: str) -> None:
    if rows > MOST_CODED or columns > MOST_COLUMNS:
        problem = message(
            "it has {rows:,} rows and {columns:,} columns, and {most_rows:,} and {most_columns} are the most",
            rows=rows,
            columns=columns,
            most_rows=MOST_CODED,
            most_columns=MOST_COLUMNS,
        )
        raise ProblemsError([Problem(place, problem, message("Divide it, or count together before you hand it over."))])


def _libraries(place: str) -> tuple[ModuleType, ModuleType]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        remedy = message('Install it with: pip install "clusterreport[parquet]"')
        raise ProblemsError([Problem(place, message("what reads Parquet files is not installed"), remedy)]) from None
    return pa, pq
