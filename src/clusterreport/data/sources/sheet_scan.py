"""Finds what the reader of a workbook's cells does not see: hidden rows, formulas without a value, errors, formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from clusterreport.data.sources.grid import MOST_COLUMNS, MOST_ROWS, MergedCells
from clusterreport.messages import message, template
from clusterreport.settings.layout import LAST_HEADER_ROW

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterreport.data.sources.number_formats import Styles

MOST_CELLS: Final = 2_000_000
MOST_MERGED: Final = 20_000
LAST_ROW: Final = MOST_ROWS + LAST_HEADER_ROW


class ScanError(Exception):
    """The sheet holds more than is read, or is no sheet."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep both parts until the place is known."""
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


@dataclass(slots=True)
class Scan:
    """What a sheet holds besides values; cells are (row, position of the column from 0).

    ``percent`` and ``scaled`` map a row to a number whose bits are the positions of cells that show a percentage, or
    thousands or more as one. ``errors`` are cells such as #N/A, ``valueless`` formulas that were never calculated.
    """

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    valueless: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percent: dict[int, int] = field(default_factory=dict)
    scaled: dict[int, int] = field(default_factory=dict)
    merged: list[MergedCells] = field(default_factory=list)
    cells: int = 0


def scan(content: bytes, styles: Styles) -> Scan:
    """Return what the part of a sheet holds; ScanError where it is too much, before any of it is kept."""
    scanner = _Scanner(styles)
    parser = expat.ParserCreate()
    parser.StartElementHandler = scanner.start
    parser.EndElementHandler = scanner.end
    parser.CharacterDataHandler = scanner.text
    parser.buffer_text = True
    try:
        parser.Parse(content, True)  # noqa: FBT003 -- the last piece
    except expat.ExpatError as error:
        raise ScanError(
            message("the sheet is damaged in line {line} of its XML", line=error.lineno), message(_SAVE)
        ) from None
    except (ValueError, OverflowError):
        raise ScanError(message("the sheet is damaged: a number in its XML is none"), message(_SAVE)) from None
    return scanner.found


def area_of(reference: str) -> MergedCells | None:
    """Return the cells of a reference such as B2:C5; None if it is none."""
    ends = [_CELL.fullmatch(end) for end in reference.upper().split(":")]
    found = [(int(end["row"]), position_of(end["letters"])) for end in ends if end]
    if not 1 <= len(ends) <= _ENDS or len(found) != len(ends):
        return None
    (top, left), (bottom, right) = found[0], found[-1]
    return MergedCells(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


def position_of(letters: str) -> int:
    """Return the position, from 0, of the column that a spreadsheet calls so."""
    position = 0
    for letter in letters:
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


_CELL: Final = re.compile(r"\$?(?P<letters>[A-Z]{1,3})\$?(?P<row>[0-9]{1,7})")
_ENDS: Final = 2
_SAVE: Final = template("Open the workbook in Excel or WPS, and save it again.")
_TRUE: Final = frozenset({"1", "true"})
_NUMBERS: Final = frozenset({"n", ""})


def _nothing(_attributes: dict[str, str]) -> None:
    """Pass over an element of which nothing is asked."""


class _Scanner:
    """Hears of each element of a sheet in turn."""

    def __init__(self, styles: Styles) -> None:
        self.found = Scan()
        self._styles = styles
        self._row = 0
        self._position = -1
        self._attributes: dict[str, str] = {}
        self._is_formula = self._is_filled = self._is_value = False
        self._value = ""
        self._begins: dict[str, Callable[[dict[str, str]], None]] = {
            "c": self._begin_cell,
            "v": self._begin_value,
            "t": self._begin_value,
            "f": self._begin_formula,
            "row": self._begin_row,
            "col": self._begin_column,
            "mergeCell": self._merge,
        }
        self._known: dict[str, Callable[[dict[str, str]], None]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        begin = self._known.get(name)
        if begin is None:
            begin = self._known[name] = self._begins.get(name.rpartition(":")[2], _nothing)
        begin(attributes)

    def end(self, name: str) -> None:
        if name == "c" or name.endswith(":c"):
            self._end_cell()

    def text(self, text: str) -> None:
        if self._is_value and not text.isspace():
            self._is_filled = True
            self._value = text

    def _begin_value(self, _attributes: dict[str, str]) -> None:
        self._is_value = True

    def _begin_formula(self, _attributes: dict[str, str]) -> None:
        self._is_formula, self._is_value = True, False

    def _begin_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE or attributes.get("width") == "0":
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 1))
            self.found.hidden_columns.update(range(first - 1, min(last, MOST_COLUMNS)))

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._position = -1
        if attributes.get("hidden") in _TRUE or float(attributes.get("ht", 1)) == 0:
            self.found.hidden_rows.add(self._row)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        self._is_formula = self._is_filled = self._is_value = False
        reference = _CELL.fullmatch(attributes.get("r", ""))
        self._position = position_of(reference["letters"]) if reference else self._position + 1

    def _end_cell(self) -> None:
        kind = self._attributes.get("t", "")
        if self._is_formula and not self._is_filled and kind != "str":
            self.found.valueless.append((self._row, self._position))
        elif not self._is_filled:
            return
        self._bounded()
        if kind == "e":
            self.found.errors[self._row, self._position] = self._value
        elif kind in _NUMBERS:
            self._note_format()

    def _note_format(self) -> None:
        style = int(self._attributes.get("s", 0))
        for styles, marked in (
            (self._styles.percent, self.found.percent),
            (self._styles.scaled, self.found.scaled),
        ):
            if style in styles:
                marked[self._row] = marked.get(self._row, 0) | 1 << self._position

    def _bounded(self) -> None:
        self.found.cells += 1
        if self._position >= MOST_COLUMNS:
            problem = message(
                "a cell in row {row} stands beyond column {most_columns}, and no more are read",
                row=self._row,
                most_columns=MOST_COLUMNS,
            )
            raise ScanError(problem, message("Take away what stands to the right of the table."))
        if self._row > LAST_ROW:
            problem = message(
                "a cell stands in row {row:,}, and {most_rows:,} rows are the most", row=self._row, most_rows=MOST_ROWS
            )
            raise ScanError(problem, message("Take away what stands below the table, or divide it."))
        if self.found.cells > MOST_CELLS:
            problem = message("the sheet has more than {most_cells:,} cells", most_cells=MOST_CELLS)
            raise ScanError(problem, message("Divide the table, or take rows or columns away."))

    def _merge(self, attributes: dict[str, str]) -> None:
        if area := area_of(attributes.get("ref", "")):
            self.found.merged.append(area)
        if len(self.found.merged) > MOST_MERGED:
            problem = message("the sheet has more than {most_merged:,} merged areas", most_merged=MOST_MERGED)
            raise ScanError(problem, message("Unmerge the cells, and write each row's own value."))
