"""Reads CSV files: UTF-8, UTF-16 with its mark, else GB 18030 (as GBK and GB 2312 are); divided by commas or others."""

from __future__ import annotations

import csv
import io
import operator
import re
from collections import Counter
from contextlib import suppress
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final

from clusterreport.data.dataset import TableAddress
from clusterreport.data.sources.cells import SharedTexts
from clusterreport.data.sources.gathering import dataset_by_column, gathered
from clusterreport.data.sources.grid import LARGEST_CODED, LONGEST_CELL, MOST_CODED, MOST_COLUMNS, WHITE, CellGrid
from clusterreport.data.sources.tabulating import dataset_of
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message, template
from clusterreport.settings.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.data.dataset import Dataset

LARGE: Final = 2 * 1024 * 1024
"""From how many bytes on the cells of a file are kept by column, and no longer by row."""

ENDINGS: Final = (".csv", ".tsv")
MEDIA_TYPE: Final = "text/csv"  # RFC 4180
LARGEST: Final = LARGEST_CODED


def tabulate(content: bytes, name: str, place: str, layout: Layout | None = None) -> Dataset:
    """Return the table in the bytes of a CSV file, each cell to the letter but for what cannot be seen around it.

    Blank rows are left out, and do not change the numbers of the others. ProblemsError names rows as a spreadsheet
    numbers them: a cell of several lines is one row, and a first line that only says which sign divides cells is none.
    """
    layout = layout or Layout()
    if layout.sheet:
        remedy = message("Take sheet away where the settings name this table.")
        raise ProblemsError(
            [Problem(place, message("it has no sheet {sheet}: it is a file of text", sheet=layout.sheet), remedy)]
        )
    text, encoding = _decoded(content, place)
    text, divider = _divided(text, layout.header[-1])
    remarks = (
        []
        if divider == ","
        else [
            message("its cells are divided by {names}, and were read so", names=message(_NAMES.get(divider, divider)))
        ]
    )
    if len(content) > LARGE:
        lines = _lines(text)
        del text  # it is needed as long as its lines are
        columns = gathered(_cells(lines, place, divider), layout.header[-1], partial(_legible, place=place))
        return dataset_by_column(columns, layout, name, place, content, encoding=encoding, remarks=remarks)
    grid = CellGrid(TableAddress(place), tuple(enumerate(_records(text, place, divider), start=1)))
    _legible(grid.rows[: layout.header[-1]], place)
    return dataset_of(grid, layout, name, content, encoding=encoding, remarks=remarks)


def grid_of(content: bytes, place: str, sheet: str = "") -> CellGrid:  # noqa: ARG001 -- a file of text has no sheets
    """Return all cells of the file, of a large one the first rows: what a header is proposed from."""
    text, _ = _decoded(content, place)
    text, divider = _divided(text, _first_wide_row(text))
    rows = _records(text, place, divider)
    looked = islice(rows, _PROPOSED_FROM) if len(content) > LARGE else rows
    return CellGrid(TableAddress(place), tuple(enumerate(looked, start=1)))


def decoded_text(content: bytes, place: str) -> str:
    """Return what a file of text says, in whichever of the encodings that are read; ProblemsError: in none."""
    return _decoded(content, place)[0]


_PROPOSED_FROM: Final = 10_000  # rows
_SAVE: Final = template('Save the table as "CSV UTF-8" in the program that made it.')
_stripped: Final = operator.methodcaller("strip", WHITE)
_MARKS: Final = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_FIRST_OF_THREE_BYTES: Final = "\u0800"
_LAST_OF_THREE_BYTES: Final = "\ufffc"
_PACKED: Final = b"PK\x03\x04"
_COMPOUND: Final = bytes.fromhex("D0CF11E0A1B11AE1")


def _decoded(content: bytes, place: str) -> tuple[str, str]:
    """Return the text, without the marks before it, and the encoding it was read as."""
    if content.startswith((_PACKED, _COMPOUND)):
        problem = message("it is a workbook and no CSV file, whatever its name says")
        raise ProblemsError([Problem(place, problem, message("Name it .xlsx, or save the table as CSV."))])
    if encoding := _MARKS.get(content[:2]):
        return _utf16(content[2:], encoding, place), "utf-16"
    if b"\0" in content:
        row = _row_of(content, content.index(b"\0"))
        raise _wrong(place, row, message("there is a NUL byte, so the file is not plain text"), message(_SAVE))
    body = content
    while body.startswith(_BYTE_ORDER_MARK):  # some programs write it again before what has one already
        body = body.removeprefix(_BYTE_ORDER_MARK)
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
    raise _wrong(
        place, row, message("the byte 0x{byte:02X} is neither UTF-8 nor GB 18030 text", byte=byte), message(_SAVE)
    )


def _utf16(body: bytes, encoding: str, place: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        problem = message("it begins as UTF-16 text, and is none as a whole")
        raise ProblemsError([Problem(place, problem, message(_SAVE))]) from None


_NAMES: Final = {"\t": template("tabs"), ";": template("semicolons (;)"), "|": template("bars (|)")}
_DIVIDERS: Final = (",", "\t", ";", "|")  # the first is the one that is meant where several would do
_SAID: Final = re.compile(r'"?sep=(?P<sign>[^\r\n])"?[ ,;\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_LOOKED_AT: Final = 50  # rows by which the sign between cells is found
_CHARACTERS: Final = 200_000  # of the text that are looked at for it


def _divided(text: str, header_row: int) -> tuple[str, str]:
    """Return the text without the line that says which sign divides its cells, and that sign.

    Where no line says it, it is the sign by which most rows have as many cells as the header; a comma if it does.
    """
    if said := _SAID.match(text):
        return text[said.end() :], said["sign"]
    alike = {sign: _rows_alike(text, sign, header_row) for sign in _DIVIDERS if sign in text[:_CHARACTERS]}
    return text, max((sign for sign in alike if alike[sign]), key=lambda sign: alike[sign], default=_DIVIDERS[0])


def _first_wide_row(text: str) -> int:
    """Return the first row that has as many cells as most of the first rows, by whatever sign divides them best."""
    found = [widths for sign in _DIVIDERS if (widths := _widths(text, sign, _LOOKED_AT)) and max(widths) > 1]
    usual = [(Counter(width for width in widths if width > 1).most_common(1)[0], widths) for widths in found]
    if not usual:
        return 1
    (width, _), widths = max(usual, key=lambda each: each[0][1])
    return widths.index(width) + 1


def _rows_alike(text: str, divider: str, header_row: int) -> int:
    """Return how many of the first rows have as many cells as the header if ``divider`` stands between them."""
    widths = _widths(text, divider, _LOOKED_AT + header_row)
    header, *rows = widths[header_row - 1 :] or [1]
    if header == 1 and len(rows) > 1 and len(set(rows)) == 1 and rows[0] >= _LEAST_BELOW_TITLE:
        header = rows[0]
    return 1 + rows.count(header) if header > 1 else 0


def _widths(text: str, divider: str, most: int) -> list[int]:
    """Return how many cells each of the first rows has, ``most`` of them, if ``divider`` stands between them."""
    widths: list[int] = []
    with suppress(csv.Error):  # a quote that is never closed, here at least
        for cells in csv.reader(io.StringIO(text[:_CHARACTERS], newline=""), delimiter=divider, strict=True):
            widths.append(len(cells))
            if len(widths) >= most:
                break
    return widths


_LEAST_BELOW_TITLE: Final = 3  # cells: fewer below a single one may be the parts of a list, in a table of one column


def _legible(rows: tuple[tuple[int, tuple[str, ...]], ...], place: str) -> None:
    """Refuse at once a header whose words some program has lost or spoiled: what is below is so as well."""
    for number, cells in rows:
        words = "".join(cells)
        if words and set(words) <= set("?\ufffd ") | set(",;"):
            problem = message("the header holds question marks only: its characters were lost when the file was saved")
            raise _wrong(place, number, problem, message(_SAVE))
        if len(words) > 1 and not words.isascii() and (meant := _misread(words)):
            problem = message(
                "the header was spoiled when the file was saved: it says {words} for {meant}",
                words=words[:20],
                meant=meant[:20],
            )
            raise _wrong(
                place,
                number,
                problem,
                message("{save} Begin with the file as it was before that.", save=message(_SAVE)),
            )


def _misread(words: str) -> str:
    """Return what UTF-8 text said before it was read as GB 18030 or Latin-1 and saved; "" if it was not."""
    for encoding in ("gb18030", "cp1252", "latin-1"):
        try:
            meant = words.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if _of_three_bytes(meant):
            return meant
    return ""


def _is_damaged_utf8(body: bytes) -> bool:
    """Tell whether the bytes are UTF-8 with a few bad ones among them.

    Most bytes above 0x80 have some reading in GB 18030, so that a damaged UTF-8 file would come through as nonsense.
    Chinese in GBK holds hardly any valid UTF-8 character of three bytes; Chinese in UTF-8 holds little else.
    """
    lenient = body.decode("utf-8", errors="replace")
    return _of_three_bytes(lenient) > lenient.count("\ufffd")


def _of_three_bytes(text: str) -> int:
    """Return how many characters take three bytes in UTF-8, but for the one that stands for what cannot be read."""
    return sum(_FIRST_OF_THREE_BYTES <= sign <= _LAST_OF_THREE_BYTES for sign in text)


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


def _records(text: str, place: str, divider: str) -> Iterator[tuple[str, ...]]:
    """Yield every row, blank ones too, with its cells trimmed."""
    shared = SharedTexts().__getitem__
    for cells in _cells(io.StringIO(text, newline=""), place, divider):
        yield tuple(map(shared, map(_stripped, cells)))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a long text with their ends, without a copy of it as a stream would make."""
    return (line for found in _LINE.finditer(text) if (line := found[0]))


def _cells(lines: Iterable[str], place: str, divider: str) -> Iterator[list[str]]:
    """Yield the cells of every row as they stand; what is beyond all measure is refused where it begins to be."""
    row = 0
    try:
        for row, cells in enumerate(csv.reader(lines, delimiter=divider, strict=True), start=1):
            _bounded(place, row, cells)
            yield cells
    except csv.Error as error:
        problem, remedy = _explained(str(error), divider)
        raise _wrong(place, row + 1, problem, remedy) from None


def _bounded(place: str, row: int, cells: list[str]) -> None:
    """Refuse what is beyond all measure at once, before it is copied or compared."""
    if row > MOST_CODED + 1:
        raise _wrong(
            place,
            row,
            message("the table has more than {most_rows:,} rows", most_rows=MOST_CODED),
            message("Divide it, or take rows away."),
        )
    if len(cells) > MOST_COLUMNS:
        remedy = message("Take columns away, or look for a row whose line end is missing.")
        raise _wrong(
            place,
            row,
            message(
                "the row has {count:,} cells, and {most_columns} is the most",
                count=len(cells),
                most_columns=MOST_COLUMNS,
            ),
            remedy,
        )
    if max(map(len, cells), default=0) > LONGEST_CELL:
        raise _wrong(place, row, *map(message, _TOO_LONG))


_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_TOO_LONG: Final = (template("a cell is longer than can be read"), template("Shorten it, or look for a missing quote."))


_UNCLOSED: Final = (
    template("a quote opens here and is never closed"),
    template('Close the cell with ", or take the quote away.'),
)
_AFTER_QUOTE: Final = (
    template("text follows a closing quote"),
    template('Write every quote within a cell twice ("").'),
)


def _explained(said: str, divider: str) -> tuple[str, str]:
    if said.startswith("field larger than field limit"):
        problem, remedy = _TOO_LONG
    else:
        problem, remedy = _AFTER_QUOTE if said == f"'{divider}' expected after '\"'" else _UNCLOSED
    return message(problem), message(remedy)


def _wrong(place: str, row: int, problem: str, remedy: str) -> ProblemsError:
    return ProblemsError([Problem(message("{place}, row {row}", place=place, row=row), problem, remedy)])
