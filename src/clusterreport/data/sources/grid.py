"""The cells of a file or a sheet as they stand, before anybody says which rows are headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from clusterreport.data.dataset import TableAddress

MOST_ROWS: Final = 200_000
"""How many rows a table may have whose cells are kept by row."""
MOST_CODED: Final = 2_000_000
"""How many rows it may have where its cells are kept by column, as those of a large CSV or Parquet file are."""
LARGEST_FILE: Final = 32 * 1024 * 1024
"""How many bytes a file may have that is read by row; a register of 64,000 rows has half of that."""
LARGEST_CODED: Final = 128 * 1024 * 1024
"""How many bytes it may have where it is read by column; one of a million rows and eight columns has half of that."""
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 32_767
"""How many characters a cell may have: as many as in a spreadsheet."""

WHITE: Final = " \t\r\n\u00a0\u3000\u00ad\u200b\u2060\ufeff"
"""What is taken away around a cell: blanks, and signs that only say where a line may break.

``str.strip`` alone would also eat control characters, which validation reports.
"""


class MergedCells(NamedTuple):
    """Cells that a workbook shows as one: rows by number, columns by position from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Trimmed text cells, by the file's own number of their row; rows may differ in length, and blank ones may stand.

    ``merged`` are the areas of a workbook that are shown as one cell.
    """

    address: TableAddress
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    merged: tuple[MergedCells, ...] = ()
