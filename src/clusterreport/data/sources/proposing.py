"""Proposes which rows of a table are its header, with reasons: to be shown and written down, never to be acted upon."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from clusterreport.data.sources.asides import are_units, aside, is_later_total
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.data.sources.grid import CellGrid

    Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Which rows look like the header of a table, and why; ``first_rows`` are the first of the table, to be shown."""

    header_rows: tuple[int, ...]
    reasons: tuple[str, ...]
    first_rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def setting(self) -> str:
        """Return the line of the settings that says it."""
        return f"header_rows = [{', '.join(map(str, self.header_rows))}]"

    def instead(self, header_rows: tuple[int, ...]) -> Proposal:
        """Return what is shown where a person has said which rows are the header."""
        return replace(self, header_rows=header_rows, reasons=())

    def shown(self) -> str:
        """Return the first rows, those of the header marked, with the reasons below and the line for the settings."""
        lines = [
            f"{'>' if number in self.header_rows else ' '} {number:>4}  {' | '.join(_cut(cell) for cell in cells)}"
            for number, cells in self.first_rows
        ]
        return "\n".join([*lines, *self.reasons, self.setting])


def propose(grid: CellGrid) -> Proposal | None:
    """Return what looks like the header of the cells; None where no row does."""
    rows = [(number, cells) for number, cells in grid.rows[:_LOOKED_AT] if any(cells)]
    wide = _usual_width(rows)
    start = next((place for place, row in enumerate(rows) if _may_be_header(row, wide)), None)
    if start is None:
        return None
    end = start + 1
    reasons = [_why_not(row, wide) for row in rows[:start]]
    reasons.append(message("row {row} is the first that names most columns with words", row=rows[start][0]))
    while end < len(rows) and end - start < _MOST_HEADER_ROWS and (why := _goes_on(grid, rows[start:end], rows[end])):
        reasons.append(message("row {row} belongs to it: {why}", row=rows[end][0], why=why))
        end += 1
    reasons += [
        message("row {number} is a total, and no data", number=number)
        if what == "total"
        else message("row {number} is a note, and no data", number=number)
        for number, cells in rows[end:]
        if (what := aside(cells) or ("total" if is_later_total(cells) else None))
    ]
    header = tuple(number for number, _ in rows[start:end])
    return Proposal(header, tuple(reasons), tuple(rows[: end + _SHOWN_BELOW]))


def listed(rows: Sequence[int]) -> str:
    """Return rows as a sentence says them: row 3; rows 3 and 4."""
    if len(rows) == 1:
        return message("row {row}", row=rows[0])
    return message("rows {rows} and {last}", rows=message(", ").join(map(str, rows[:-1])), last=rows[-1])


_LOOKED_AT: Final = 50  # rows from the top
_MOST_HEADER_ROWS: Final = 4
_SHOWN_BELOW: Final = 5  # rows of data that are shown under the header
_LONGEST_SHOWN: Final = 20  # characters of a cell
_PART_OF_WIDTH: Final = 0.5  # of the usual number of filled cells, so many a header has at least
_NUMBER: Final = re.compile(r"[+-]?[\d,.]+%?")
_NOT_A_YEAR: Final = re.compile(r"(?!(?:19|20)\d{2}$)[+-]?[\d,.]+%?")


def _usual_width(rows: list[Row]) -> int:
    """Return how many cells most rows fill: the median of those that fill more than one."""
    widths = sorted(count for _, cells in rows if (count := _filled(cells)) > 1)
    return widths[len(widths) // 2] if widths else 1


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _may_be_header(row: Row, wide: int) -> bool:
    _, cells = row
    words = sum(1 for cell in cells if cell and not _NOT_A_YEAR.fullmatch(cell))
    enough = _filled(cells) >= max(_PART_OF_WIDTH * wide, min(wide, 2))
    return enough and words == _filled(cells) and aside(cells) is None


def _why_not(row: Row, wide: int) -> str:
    number, cells = row
    if aside(cells) == "note":
        return message("row {number} is a note above the table", number=number)
    if _filled(cells) == 1:
        return message("row {number} is a title: one cell above {wide} columns", number=number, wide=wide)
    return message("row {number} holds values, and names no columns", number=number)


def _goes_on(grid: CellGrid, header: list[Row], row: Row) -> str:
    """Return why ``row`` belongs to the header above it, "" if it does not."""
    number, cells = row
    above, top = header[-1][1], header[0][0]
    if aside(cells) or (any(_NUMBER.fullmatch(cell) for cell in cells) and not _are_years_below(grid, header, row)):
        return ""
    if are_units(cells):
        return message("it says the units")
    spans = [area for area in grid.merged if top <= area.top <= header[-1][0]]
    if any(area.bottom >= number for area in spans):
        return message("cells of the header are merged down to it")
    if any(area.right > area.left and area.bottom == header[-1][0] for area in spans):
        return message("cells above it are merged over several columns")
    if not grid.merged and _divides(above, cells):
        return message("it divides headings above it")
    return ""


def _are_years_below(grid: CellGrid, header: list[Row], row: Row) -> bool:
    """Tell whether a row's only numbers are years below headings of several columns: 2023 and 2024.

    In a row of data that holds years, one cell at least stands below a heading of its own.
    """
    above, cells = header[-1], row[1]
    if any(_NOT_A_YEAR.fullmatch(cell) for cell in cells if cell):
        return False
    spans = [area for area in grid.merged if area.right > area.left and area.bottom == above[0]]
    filled = [place for place, cell in enumerate(cells) if cell and not _reaches(grid, above[0], row[0], place)]
    if spans:
        return all(any(area.left <= place <= area.right for area in spans) for place in filled)
    return not grid.merged and not cells[0] and _divides(above[1], cells)


def _reaches(grid: CellGrid, upper: int, lower: int, place: int) -> bool:
    """Tell whether a cell of one row is merged down to another."""
    return any(area.top <= upper and lower <= area.bottom and area.left <= place <= area.right for area in grid.merged)


def _divides(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Tell whether cells stand below blank ones of the header, and others are blank below its names."""
    pairs = list(zip(above, cells, strict=False))
    return any(not upper and lower for upper, lower in pairs) and any(upper and not lower for upper, lower in pairs)


def _cut(cell: str) -> str:
    return cell if len(cell) <= _LONGEST_SHOWN else f"{cell[:_LONGEST_SHOWN]}…"
