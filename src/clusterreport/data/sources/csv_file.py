"""Reads CSV files: UTF-8 with or without a byte order mark, else GB 18030 (which holds GBK and GB 2312)."""

from __future__ import annotations

import csv
import hashlib
import io
import operator
import re
from typing import TYPE_CHECKING, Final

from clusterreport.data.dataset import Dataset
from clusterreport.errors import Problem, ProblemsError

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS: Final = (".csv",)
MEDIA_TYPE: Final = "text/csv"  # RFC 4180


def tabulate(content: bytes, name: str, place: str) -> Dataset:
    """Return the table in the bytes of a CSV file, each cell to the letter but for white space around it.

    Blank rows are left out, and do not change the numbers of the others. ProblemsError names rows as a spreadsheet
    numbers them: a cell of several lines is one row.
    """
    text, encoding = _decoded(content, place)
    records = list(_records(text, place))
    columns = _columns(records, place)
    rows = [(number, cells) for number, cells in enumerate(records[1:], start=2) if any(cells)]
    ragged = [(number, len(cells)) for number, cells in rows if len(cells) != len(columns)]
    if ragged:
        problems = [_ragged(place, number, found, len(columns)) for number, found in ragged[:_MOST_RAGGED]]
        raise ProblemsError([*problems, *_more(place, len(ragged) - _MOST_RAGGED)])
    return Dataset(
        name=name,
        place=place,
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        columns=columns,
        rows=tuple(cells for _, cells in rows),
        row_numbers=tuple(number for number, _ in rows),
    )


MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 32_767
"""How many characters a cell may have: as many as in a spreadsheet."""

_MOST_RAGGED: Final = 1_000  # rows of a wrong length that are listed
_SAVE: Final = 'Save the table as "CSV UTF-8" in the program that made it.'
_WHITE: Final = " \t\r\n\u00a0\u3000"  # str.strip() alone would also eat control characters, which validation reports
_stripped: Final = operator.methodcaller("strip", _WHITE)
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_CHARACTER_OF_THREE_BYTES: Final = re.compile("[\u0800-\ufffc]")


def _decoded(content: bytes, place: str) -> tuple[str, str]:
    """Return the text and the encoding it was read as."""
    if b"\0" in content:
        row = _row_of(content, content.index(b"\0"))
        raise _wrong(place, row, "there is a NUL byte, so the file is not plain text", _SAVE)
    body = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        row = _row_of(body, error.start)
        byte = body[error.start]
    if not _is_damaged_utf8(body):
        try:
            return body.decode("gb18030"), "gb18030"
        except UnicodeDecodeError as error:
            row = _row_of(body, error.start)
            byte = body[error.start]
    raise _wrong(place, row, f"the byte 0x{byte:02X} is neither UTF-8 nor GB 18030 text", _SAVE)


def _is_damaged_utf8(body: bytes) -> bool:
    """Tell whether the bytes are UTF-8 with a few bad ones among them.

    Most bytes above 0x80 have some reading in GB 18030, so that a damaged UTF-8 file would come through as nonsense.
    Chinese in GBK holds hardly any valid UTF-8 character of three bytes; Chinese in UTF-8 holds little else.
    """
    lenient = body.decode("utf-8", errors="replace")
    return len(_CHARACTER_OF_THREE_BYTES.findall(lenient)) > lenient.count("\ufffd")


def _row_of(content: bytes, offset: int) -> int:
    """Return the row of the byte at ``offset``; quotes, commas and line ends are the same in all encodings read."""
    before = content[:offset].decode("latin-1").replace("\0", " ") + "x"
    row = 0
    try:
        for row, _ in enumerate(csv.reader(io.StringIO(before, newline="")), start=1):  # noqa: B007 -- the last one counts
            pass
    except csv.Error:  # a cell beyond the module's limit: the row it stands in is the one wanted
        row += 1
    return row


def _records(text: str, place: str) -> Iterator[tuple[str, ...]]:
    """Yield every row, blank ones too, with its cells trimmed."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            _bounded(place, row, cells)
            yield tuple(map(_stripped, cells))
    except csv.Error as error:
        problem, remedy = _EXPLANATIONS.get(str(error).partition(" (")[0], _UNCLOSED)
        raise _wrong(place, row + 1, problem, remedy) from None


def _bounded(place: str, row: int, cells: list[str]) -> None:
    """Refuse what is beyond all measure at once, before it is copied or compared."""
    if row > MOST_ROWS + 1:
        raise _wrong(place, row, f"the table has more than {MOST_ROWS:,} rows", "Divide it, or take rows away.")
    if len(cells) > MOST_COLUMNS:
        remedy = "Take columns away, or look for a row whose line end is missing."
        raise _wrong(place, row, f"the row has {len(cells):,} cells, and {MOST_COLUMNS} is the most", remedy)
    if max(map(len, cells), default=0) > LONGEST_CELL:
        raise _wrong(place, row, *_TOO_LONG)


_TOO_LONG: Final = ("a cell is longer than can be read", "Shorten it, or look for a missing quote.")


_UNCLOSED: Final = ("a quote opens here and is never closed", 'Close the cell with ", or take the quote away.')
_EXPLANATIONS: Final = {
    "',' expected after '\"'": ("text follows a closing quote", 'Write every quote within a cell twice ("").'),
    "field larger than field limit": _TOO_LONG,
}


def _columns(records: list[tuple[str, ...]], place: str) -> tuple[str, ...]:
    if not any(any(cells) for cells in records):
        raise ProblemsError([Problem(place, "the file is empty", "Write the names of the columns in its first row.")])
    columns = records[0]
    if not any(columns):
        raise _wrong(place, 1, "the header is blank", "Write the names of the columns in the first row.")
    problems = []
    for position, column in enumerate(columns):
        if not column:
            where = f"{place}, row 1, column {position + 1}"
            problems.append(Problem(where, "the column has no name", "Name it, or take the column away."))
        elif column in columns[:position]:
            where = f"{place}, row 1, column {column}"
            problems.append(Problem(where, "two columns have this name", "Rename one of them, or take it away."))
    if problems:
        raise ProblemsError(problems)
    return columns


def _ragged(place: str, number: int, found: int, expected: int) -> Problem:
    cells = "1 cell" if found == 1 else f"{found} cells"
    more = "Put a cell that holds a comma between quotes." if found > expected else "Write a comma for each empty cell."
    return Problem(f"{place}, row {number}", f"it has {cells}, the header {expected}", more)


def _more(place: str, number: int) -> list[Problem]:
    if number <= 0:
        return []
    return [Problem(place, f"{number:,} more rows have a wrong number of cells", "Mend the others first.")]


def _wrong(place: str, row: int, problem: str, remedy: str) -> ProblemsError:
    return ProblemsError([Problem(f"{place}, row {row}", problem, remedy)])
