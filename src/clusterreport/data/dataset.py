"""A raw table as it was read, before anything is known of its columns, and how messages call its cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from clusterreport.data.by_column import CodedCells, ColumnRows
from clusterreport.errors import MOST_SPOTS, WHOLE_ROW, Problem, Spot, Spots
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LETTERS: Final = 26
_SHOWN: Final = 5  # rows or cells with the same fault that are named besides the first


@dataclass(frozen=True, slots=True)
class TableAddress:
    """How messages call the parts of a table: by rows in a file of text, by cells (集群.xlsx!名录!C5) in a workbook.

    ``place`` is the file as the user wrote it, ``sheet`` "" where it has none.
    """

    place: str
    sheet: str = ""

    @property
    def table(self) -> str:
        """Return the whole table."""
        return f"{self.place}!{self.sheet}" if self.sheet else self.place

    def row(self, number: int) -> str:
        """Return a row, by the file's own number of it."""
        return message("{place}, row {row}", place=self.table, row=number)

    def cell(self, number: int, position: int, heading: str = "") -> str:
        """Return a cell by its row and the position of its column, which counts from 0; ``heading`` if it has one."""
        if not self.sheet:
            where = self.row(number)
            if not heading:
                return message("{where}, column {position}", where=where, position=position + 1)
            return message("{where}, column {heading}", where=where, heading=heading)
        where = f"{self.table}!{letters_of(position)}{number}"
        return message("{where}, column {heading}", where=where, heading=heading) if heading else where

    def same_rows(self, numbers: Sequence[int], problem: str, remedy: str) -> Problem:
        """Return one problem that several rows share: the first is its place, the next are named, all are counted."""
        more = and_more([str(each) for each in numbers[1:]], "row")
        spots = _spots([(number, WHOLE_ROW) for number in numbers], problem, remedy)
        return Problem(self.row(numbers[0]), problem + more, remedy, spots=spots)

    def same_cells(self, cells: Sequence[tuple[int, int]], heading: str, problem: str, remedy: str) -> Problem:
        """Return one problem that several cells (row, position of the column) share, as ``same_rows`` does."""
        (row, position), *others = cells
        named = [f"{letters_of(column)}{number}" for number, column in others]
        where, spots = self.cell(row, position, heading), _spots(cells, problem, remedy)
        return Problem(where, problem + and_more(named, "cell"), remedy, spots=spots)


def and_more(names: Sequence[str], what: str) -> str:
    """Return "; so are 2 more rows (5, 7)" for the others that share a fault, "" where there are none."""
    if not names:
        return ""
    shown = message(", ").join(names[:_SHOWN])
    told = message("{names}, …", names=shown) if len(names) > _SHOWN else shown
    if what == "row":
        return counted(len(names), "; so is 1 more row ({names})", "; so are {count:,} more rows ({names})", names=told)
    return counted(len(names), "; so is 1 more cell ({names})", "; so are {count:,} more cells ({names})", names=told)


def rows_named(numbers: Sequence[int], most: int) -> str:
    """Return rows as a sentence names them, no more than the first ``most``."""
    shown = message(", ").join(map(str, numbers[:most]))
    if len(numbers) > most:
        return message("rows {rows}, …", rows=shown)
    return counted(len(numbers), "row {rows}", "rows {rows}", rows=shown)


def letters_of(position: int) -> str:
    """Return what a spreadsheet calls the column at ``position``, which counts from 0: A, Z, AA."""
    letters, rest = "", position + 1
    while rest:
        rest, digit = divmod(rest - 1, _LETTERS)
        letters = chr(ord("A") + digit) + letters
    return letters


def _spots(cells: Sequence[tuple[int, int]], problem: str, remedy: str) -> Spots:
    first = cells[:MOST_SPOTS]
    return Spots(len(cells), tuple(Spot(row, position, problem, remedy) for row, position in first))


@dataclass(frozen=True, slots=True)
class AsideRow:
    """A row below the header that is no data: its number in the file, what it is ("total", "note"), its cells.

    The cells are those of the dataset's columns.
    """

    number: int
    what: Literal["total", "note"]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One table as read: text cells, in the file's order.

    ``name`` is the file's name as printed in briefings ("clusters.csv", "集群.xlsx!名录"), ``place`` its path as the
    user wrote it in the settings, with the sheet behind it; ``encoding`` what text was read as, "" where it is none.
    ``rows`` are kept by column where there are very many. ``rows[0]`` is row 2 of the file; the header is row 1. Where
    blank rows of the file were left out, or the header stands elsewhere, ``row_numbers`` holds the file's own number of
    every row, and ``header_row`` that of the lowest row of headings. ``content`` are the very bytes that were read and
    hashed, of the kind ``media_type``.
    ``positions`` are those of the columns in a workbook, counted from 0; () in a file of text. ``remarks`` say what was
    done in reading that the user should know; ``origin`` what a database was asked, and when; ``asides`` are the rows
    that were left out as totals and notes.
    """

    name: str
    place: str
    sha256: str
    encoding: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    row_numbers: Sequence[int] = ()
    media_type: str = ""
    content: bytes = field(default=b"", repr=False)
    header_row: int = 1
    positions: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()
    origin: Mapping[str, str] = field(default_factory=dict)
    asides: tuple[AsideRow, ...] = ()

    @property
    def file_name(self) -> str:
        """Return the name of the file alone, whatever its sheet."""
        return self.name.partition("!")[0] if self.positions else self.name

    def numbered(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield every row with its number in the file."""
        return zip(self.row_numbers or range(2, len(self.rows) + 2), self.rows, strict=True)

    def cells(self, place: int) -> CodedCells:
        """Return the cells of the column at ``place`` among the columns, each different one once."""
        if isinstance(self.rows, ColumnRows):
            return self.rows.columns[place]
        return CodedCells.of(row[place] for row in self.rows)

    def position_of(self, column: str) -> int:
        """Return at which position of the file the column under that heading stands; WHOLE_ROW where there is none."""
        if column not in self.columns:
            return WHOLE_ROW
        place = self.columns.index(column)
        return self.positions[place] if self.positions else place

    def at(self, row: int, column: str = "") -> str:
        """Return how a message calls a row, or the cell of it under the heading ``column``."""
        if not column:
            return message("{place}, row {row}", place=self.place, row=row)
        if not self.positions or column not in self.columns:
            return message("{place}, row {row}, column {heading}", place=self.place, row=row, heading=column)
        letters = letters_of(self.positions[self.columns.index(column)])
        return message("{where}, column {heading}", where=f"{self.place}!{letters}{row}", heading=column)
