"""Makes a dataset of a file with very many rows: its cells are gathered by column, and no row is kept by itself."""

from __future__ import annotations

import hashlib
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Final

from clusterreport.data.by_column import CodedCells, ColumnRows
from clusterreport.data.dataset import AsideRow, Dataset, TableAddress
from clusterreport.data.sources.asides import aside, is_later_total, may_be_aside, may_be_later_total
from clusterreport.data.sources.grid import LONGEST_CELL, WHITE, CellGrid
from clusterreport.data.sources.header import header_of
from clusterreport.data.sources.tabulating import UnsoundRowsError, left_out, sound, wrong_number
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from clusterreport.data.sources.asides import Aside
    from clusterreport.settings.layout import Layout

    Mask = NDArray[np.bool_]
    Asides = list[tuple[int, Aside, tuple[str, ...]]]
    HeadCheck = Callable[[tuple[tuple[int, tuple[str, ...]], ...]], None]


@dataclass(slots=True)
class GatheredColumns:
    """The cells of a file as they come, by column: ``head`` are its rows of headings, trimmed, ``codes`` those below.

    ``sample`` are the first rows below the header as they are, by which a header is told from what is none.
    ``counts`` are the numbers of rows with the wrong number of cells, and that; ``longer`` what the longer ones hold.
    """

    head: list[tuple[str, ...]]
    sample: list[tuple[str, ...]] = field(default_factory=list)
    counts: list[tuple[int, int]] = field(default_factory=list)
    longer: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _codes: list[_Codes] = field(init=False)
    _cells: list[array[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with no row below the header, and as many columns as the widest row of headings."""
        self._codes = [_Codes() for _ in range(self.width)]
        self._cells = [array("i") for _ in range(self.width)]

    @property
    def width(self) -> int:
        """Return how many columns there are."""
        return max(map(len, self.head), default=0)

    @property
    def first(self) -> int:
        """Return the number of the first row below the header."""
        return len(self.head) + 1

    def add(self, rows: list[Sequence[str]]) -> None:
        """Add some rows; what they have beyond the header is no column's, and is remembered."""
        width = self.width
        self.sample.extend(map(_trimmed, rows[: _LOOKED_AT - len(self.sample)]))
        before = self.first + (len(self._cells[0]) if self._cells else 0)
        for place, cells in enumerate(rows):
            if len(cells) != width:
                self._note_odd(before + place, cells)
                rows[place] = [*cells[:width], *[""] * (width - len(cells))]
        self.add_columns([*zip(*rows, strict=True)])

    def add_columns(self, columns: Sequence[Sequence[str]]) -> None:
        """Add the cells of some rows by column, as many of each."""
        for codes, cells, told in zip(self._codes, self._cells, columns, strict=True):
            cells.extend(map(codes.__getitem__, told))

    def coded(self) -> list[CodedCells]:
        """Return the cells by column, trimmed; once, as they are let go column by column."""
        import numpy as np

        found = []
        while self._cells:
            texts, cells = [*self._codes.pop(0)], self._cells.pop(0)
            found.append(CodedCells(texts, np.array(cells, dtype=np.int32)).trimmed(WHITE))
        return found

    def ragged(self, kept: Mask) -> list[tuple[int, list[int]]]:
        """Return the wrong numbers of cells, each with the rows of data that have so many."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, count in self.counts:
            if kept[number - self.first]:
                found[count].append(number)
        return [*found.items()]

    def _note_odd(self, number: int, cells: Sequence[str]) -> None:
        count, width = len(cells), self.width
        while count > width and not cells[count - 1].strip(WHITE):
            count -= 1
        if count != width:
            self.counts.append((number, count))
        if count > width:
            self.longer[number] = _trimmed(cells)


def gathered(rows: Iterator[Sequence[str]], lowest: int, check_head: HeadCheck) -> GatheredColumns:
    """Return the cells of all ``rows`` of a file, blank ones too; the header ends in the row ``lowest``.

    ``check_head`` refuses a header before what is below it is read.
    """
    head = [_trimmed(cells) for cells in islice(rows, lowest)]
    check_head(tuple(enumerate(head, start=1)))
    columns = GatheredColumns(head)
    for batch in iter(lambda: [*islice(rows, _AT_ONCE)], []):
        columns.add(batch)
    return columns


def dataset_by_column(  # noqa: PLR0913 -- what a kind of file knows of its table
    columns: GatheredColumns, layout: Layout, name: str, place: str, content: bytes,
    *, encoding: str = "", remarks: Sequence[str] = (),
) -> Dataset:  # fmt: skip
    """Return the table that the columns are, as ``tabulating.dataset_of`` makes it of rows, and refused as there."""
    address, first, coded = TableAddress(place), columns.first, columns.coded()
    _check_lengths(address, coded, first)
    whole_of = tuple(next(filter(None, column.texts), "") for column in coded)  # something of each that is ever filled
    grid = CellGrid(address, tuple(enumerate((*columns.head, *columns.sample, whole_of), start=1)))
    header = header_of(grid, layout)
    problems, header = [*header.problems], sound(header)
    if not header.columns:
        raise ProblemsError(problems)
    kept, asides = _data(coded, columns.longer, first)
    problems += (wrong_number(address, *each, columns.width) for each in columns.ragged(kept))
    whole = bool(kept.all())
    dataset = Dataset(
        name=name,
        place=place,
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        columns=header.columns,
        rows=ColumnRows([coded[position] if whole else coded[position].at(kept) for position in header.positions]),
        row_numbers=range(first, first + len(kept)) if whole else tuple((kept.nonzero()[0] + first).tolist()),
        header_row=layout.header[-1],
        remarks=tuple(message("{what}: {words}", what=place, words=each) for each in (*remarks, *left_out(asides))),
        asides=tuple(
            AsideRow(number, what, tuple(cells[position] for position in header.positions))
            for number, what, cells in asides
        ),
    )
    if problems:
        raise UnsoundRowsError(problems, dataset)
    return dataset


_AT_ONCE: Final = 8_192  # rows
_LOOKED_AT: Final = 1_000  # rows below a header


class _Codes(dict[str, int]):
    """Numbers the different texts of a column, in the order in which they are asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = code = len(self)
        return code


def _trimmed(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(cell.strip(WHITE) for cell in cells)


def _check_lengths(address: TableAddress, columns: list[CodedCells], first: int) -> None:
    """Refuse a cell that is longer than can be read."""
    for column in columns:
        long = [place for place, text in enumerate(column.texts) if len(text) > LONGEST_CELL]
        if long:
            row = int(column.rows_with(long).nonzero()[0][0]) + first
            remedy = message("Shorten it, or look for a missing quote.")
            raise ProblemsError([Problem(address.row(row), message("a cell is longer than can be read"), remedy)])


def _data(columns: list[CodedCells], longer: Mapping[int, tuple[str, ...]], first: int) -> tuple[Mask, Asides]:
    """Return which rows below the header are data, and those that are totals and notes."""
    import numpy as np

    rows = ColumnRows(columns)
    kept, doubted, later = (np.zeros(len(rows), dtype=bool) for _ in range(3))
    for column in columns:
        doubted |= ~kept & column.rows_with(_places(column, may_be_aside))
        later |= column.rows_with(_places(column, may_be_later_total))
        kept |= column.rows_with(_places(column, bool))
    for number in longer:
        kept[number - first] = doubted[number - first] = later[number - first] = True
    asides: Asides = []
    for place in doubted.nonzero()[0].tolist():
        cells = longer.get(place + first) or rows[place]
        if what := aside(cells):
            kept[place] = False
            asides.append((place + first, what, cells))
    named = ((place, longer.get(place + first) or rows[place]) for place in (later & kept).nonzero()[0].tolist())
    totals = [(place, cells) for place, cells in named if is_later_total(cells)]
    if not totals or len(totals) == kept.sum():  # a table of nothing but totals speaks of them
        return kept, asides
    kept[[place for place, _ in totals]] = False
    return kept, sorted([*asides, *((place + first, "total", cells) for place, cells in totals)])


def _places(column: CodedCells, is_one: Callable[[str], bool]) -> list[int]:
    return [place for place, text in enumerate(column.texts) if is_one(text)]
