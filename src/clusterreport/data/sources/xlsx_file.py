"""Reads Excel workbooks as clerks write them: merged cells, percentages, dates; names each cell that is doubtful."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.data.dataset import TableAddress, letters_of
from clusterreport.data.sources import workbook
from clusterreport.data.sources.cells import SharedTexts, percent_of, text_of
from clusterreport.data.sources.grid import LARGEST_FILE, LONGEST_CELL, MOST_ROWS, CellGrid
from clusterreport.data.sources.number_formats import styles_of
from clusterreport.data.sources.sheet_scan import Scan, ScanError, area_of, scan
from clusterreport.data.sources.tabulating import dataset_of
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message, template
from clusterreport.settings.layout import Layout

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.sources.header import Header
    from clusterreport.data.sources.workbook import Sheet, Workbook

    Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
    Rows = list[tuple[int, tuple[str, ...]]]

ENDINGS: Final = (".xlsx", ".xlsm")
MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST: Final = LARGEST_FILE


def tabulate(content: bytes, name: str, place: str, layout: Layout | None = None) -> Dataset:
    """Return the table on a sheet of a workbook, as the clerk sees it: 17.5% is not 0.175, and a date no number.

    ProblemsError names each cell that is doubtful: a formula that was never calculated, an error such as #N/A, a
    number merged over several rows, a hidden row of which the settings do not say what is meant.
    """
    layout = layout or Layout()
    reading = _Reading.of(content, place, layout)
    remarks = [*reading.remarks()]
    return dataset_of(reading.grid(), layout, name, content, remarks=remarks, faults=reading.faults)


def grid_of(content: bytes, place: str, sheet: str = "") -> CellGrid:
    """Return all cells of a sheet, merged ones by their first: what a header is proposed from."""
    return _Reading.of(content, place, Layout(sheet)).grid()


@dataclass(slots=True)
class _Reading:
    """A sheet while it is read: its values, what else it holds, and what is wrong with single cells."""

    address: TableAddress
    layout: Layout
    rows: dict[int, list[str]]
    amounts: frozenset[tuple[int, int]]
    scanned: Scan
    comments: dict[tuple[int, int], str]
    is_hidden: bool
    wrong: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, content: bytes, place: str, layout: Layout) -> _Reading:
        """Read a sheet; ProblemsError where the workbook or the sheet cannot be read at all."""
        book = workbook.opened(content, place)
        sheet = book.sheet(layout.sheet)
        address = TableAddress(place, sheet.name)
        try:
            styles = styles_of(book.tree(book.related(book.main, "styles")))
            scanned = scan(book.part(sheet.part), styles)
        except ScanError as error:
            raise ProblemsError([Problem(address.table, error.problem, error.remedy)]) from None
        comments, packed = _comments(book, sheet), book.repacked(sheet)
        del book  # with its parts, which are as large as the sheet
        rows, amounts = _texts(packed, address, scanned, layout.header)
        return cls(address, layout, rows, amounts, scanned, comments, sheet.hidden)

    def grid(self) -> CellGrid:
        """Return the cells as texts, with what merged cells say in each of their rows below the header."""
        rows = self.rows
        self._repeat_merged()
        if self.layout.hidden_rows == "leave_out":
            for number in self.scanned.hidden_rows:
                if number > self.layout.header[-1]:
                    rows.pop(number, None)
        return CellGrid(
            self.address, tuple((number, tuple(cells)) for number, cells in rows.items()), tuple(self.scanned.merged)
        )

    def faults(self, header: Header, rows: Rows) -> Iterator[Problem]:
        """Yield what is wrong with cells in rows of data and columns that have a name; in all if none has."""
        lost = not header.columns
        numbers = {number for number, _ in rows}
        names = dict(zip(header.positions, header.columns, strict=True))
        if lost:  # then cells are merged as a title's and a header's are
            self.wrong.clear()
        self._note_unread()
        for (problem, remedy), cells in self.wrong.items():
            inside = sorted(cell for cell in set(cells) if cell[0] in numbers and (lost or cell[1] in names))
            if inside:
                yield self.address.same_cells(inside, names.get(inside[0][1], ""), problem, remedy)
        hidden = sorted(numbers & self.scanned.hidden_rows)
        if hidden and not self.layout.hidden_rows:
            remedy = message(
                'Show it, take it away, or write hidden_rows = "read" or "leave_out" where the settings name it.'
            )
            yield self.address.same_rows(hidden, message("the row is hidden, by a filter perhaps"), remedy)

    def remarks(self) -> Iterator[str]:
        """Yield what was read that nobody sees, and what was seen that is not read."""
        if self.is_hidden:
            yield message("the sheet is hidden, and was read")
        if columns := sorted(filter(self._is_column_filled, self.scanned.hidden_columns)):
            yield message("hidden columns were read: {columns}", columns=_listed(map(letters_of, columns)))
        below = sorted(row for row in self.scanned.hidden_rows if self._is_filled(row))
        if self.layout.hidden_rows and below:
            if self.layout.hidden_rows == "read":
                yield message("hidden rows were read: {rows}", rows=_listed(map(str, below)))
            else:
                yield message("hidden rows were left out: {rows}", rows=_listed(map(str, below)))
        if scaled := [
            _name(row, position) for row, marked in self.scanned.scaled.items() for position in _bits(marked)
        ]:
            yield message(
                "cells show their numbers divided by a format, and were read as they are kept: {scaled}",
                scaled=_listed(scaled),
            )
        for (row, position), text in list(self.comments.items())[:_MOST_COMMENTS]:
            yield message("{name} has a comment: {text}", name=_name(row, position), text=text)
        if len(self.comments) > _MOST_COMMENTS:
            yield message("{count:,} more cells have comments", count=len(self.comments) - _MOST_COMMENTS)

    def _is_filled(self, row: int) -> bool:
        return row > self.layout.header[-1] and any(self.rows.get(row, ()))

    def _is_column_filled(self, position: int) -> bool:
        return any(len(cells) > position and cells[position] for cells in self.rows.values())

    def _repeat_merged(self) -> None:
        """Write what merged cells below the header say into each row; note those that cannot be meant for each."""
        rows, room = self.rows, MOST_ROWS * _MOST_REPEATED_COLUMNS
        for area in self.scanned.merged:
            if area.top <= self.layout.header[-1] or area.left >= len(rows.get(area.top, ())):
                continue
            text = rows[area.top][area.left]
            if not text:
                continue
            where = range(area.top, min(area.bottom, max(rows)) + 1)
            if area.right > area.left:
                self.wrong[_told(_ACROSS)].append((area.top, area.left))
            elif (area.top, area.left) in self.amounts:
                self.wrong[_told(_AMOUNT)].append((area.top, area.left))
            elif (room := room - len(where)) > 0:
                for row in where:
                    rows[row][area.left] = text

    def _note_unread(self) -> None:
        self.wrong[_told(_VALUELESS)].extend(self.scanned.valueless)
        for cell, error in self.scanned.errors.items():
            problem = message("it holds the error {error}", error=error)
            self.wrong[problem, message("Mend its formula, or empty the cell.")].append(cell)


def _told(fault: tuple[str, str]) -> tuple[str, str]:
    problem, remedy = fault
    return message(problem), message(remedy)


_VALUELESS: Final = (
    template("its formula was never calculated, and the workbook holds no value for it"),
    template("Open the workbook in Excel or WPS, let it calculate, and save it."),
)
_ACROSS: Final = (
    template("it is merged over several columns"),
    template("Unmerge the cells, and write into each column what belongs there."),
)
_AMOUNT: Final = (
    template("its number is merged over several rows, and would count for each of them"),
    template("Unmerge the cells, and write each row's own number."),
)
_YEARS: Final = range(1900, 2101)
_MOST_REPEATED_COLUMNS: Final = 10  # of the longest table, in which all cells may be merged
_MOST_COMMENTS: Final = 5
_LONGEST_COMMENT: Final = 80  # characters of a comment that a remark quotes
_MOST_LISTED: Final = 5
_ONE_LINE: Final = re.compile(r"\s*[\r\n]+\s*")


def _texts(
    packed: bytes, address: TableAddress, scanned: Scan, header: tuple[int, ...]
) -> tuple[dict[int, list[str]], frozenset[tuple[int, int]]]:
    """Return the texts of a sheet by its rows, and which cells that are merged downwards hold a number that counts."""
    merged = {(area.top, area.left) for area in scanned.merged}
    rows: dict[int, list[str]] = {}
    amounts = set()
    shared = SharedTexts().__getitem__
    for number, values in enumerate(_values(packed, address), start=1):
        texts = rows[number] = list(map(shared, map(text_of, values)))
        for position in _bits(scanned.percent.get(number, 0)):
            if position < len(values) and isinstance(value := values[position], int | float):
                texts[position] = percent_of(value)
        if number in header:
            rows[number] = [_ONE_LINE.sub(" ", text) for text in texts]
        if max(map(len, texts), default=0) > LONGEST_CELL:
            where = address.row(number)
            raise ProblemsError([Problem(where, message("a cell is longer than can be read"), message("Shorten it."))])
        amounts |= {
            (number, place) for place, value in enumerate(values) if (number, place) in merged and _counts(value)
        }
    return rows, frozenset(amounts)


def _values(packed: bytes, address: TableAddress) -> Iterator[list[Value]]:
    """Yield the values of a sheet row by row, from the first row and column of all; "" where nothing stands."""
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_object(io.BytesIO(packed)) as opened:
            sheet = opened.get_sheet_by_name(address.sheet)
            _, left = sheet.start or (0, 0)
            for values in sheet.iter_rows():  # which begins with row 1, and with the first column that is filled
                yield [""] * left + values if left else values
    except (KeyboardInterrupt, SystemExit, MemoryError, GeneratorExit, ProblemsError):
        raise
    except BaseException:  # noqa: BLE001 -- what its Rust did not foresee is no Exception
        raise workbook.damaged(
            address.place, message("the sheet {sheet} cannot be read", sheet=address.sheet)
        ) from None


def _counts(value: Value) -> bool:
    """Tell whether a value is a number and no year: in a merged cell, it would count once for each row."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value not in _YEARS


def _comments(book: Workbook, sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return the comments of a sheet by their cells, each on one line and short."""
    tree = book.tree(book.related(sheet.part, "comments"))
    found = {}
    for comment in () if tree is None else tree.iter("{*}comment"):
        area = area_of(comment.get("ref", ""))
        text = " ".join("".join(part.text or "" for part in comment.iter("{*}t")).split())
        if area and text:
            short = text if len(text) <= _LONGEST_COMMENT else f"{text[:_LONGEST_COMMENT]}…"
            found[area.top, area.left] = short
    return found


def _bits(marked: int) -> Iterator[int]:
    while marked:
        lowest = marked & -marked
        yield lowest.bit_length() - 1
        marked ^= lowest


def _name(row: int, position: int) -> str:
    return f"{letters_of(position)}{row}"


def _listed(names: Iterable[str]) -> str:
    there = list(names)
    more = message(" and {count:,} more", count=len(there) - _MOST_LISTED) if len(there) > _MOST_LISTED else ""
    return message(", ").join(there[:_MOST_LISTED]) + more
