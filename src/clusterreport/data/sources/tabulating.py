"""Makes a dataset of the cells of a file or a sheet: its header, its rows, and a word on what was left out."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clusterreport.data.dataset import AsideRow, Dataset
from clusterreport.data.sources.asides import aside, is_later_total
from clusterreport.data.sources.header import header_of
from clusterreport.errors import Problem, ProblemsError
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clusterreport.data.dataset import TableAddress
    from clusterreport.data.sources.asides import Aside
    from clusterreport.data.sources.grid import CellGrid
    from clusterreport.data.sources.header import Header
    from clusterreport.settings.layout import Layout

    Rows = list[tuple[int, tuple[str, ...]]]
    Faults = Callable[[Header, Rows], Iterable[Problem]]


class UnsoundRowsError(ProblemsError):
    """Some rows below a header that is right are wrong; ``dataset`` is what can be read of them nevertheless."""

    def __init__(self, problems: Iterable[Problem], dataset: Dataset) -> None:
        """Keep the table beside what is wrong with it."""
        super().__init__(problems)
        self.dataset = dataset


def dataset_of(  # noqa: PLR0913 -- what a kind of file knows of its table
    grid: CellGrid,
    layout: Layout,
    name: str,
    content: bytes,
    *,
    encoding: str = "",
    remarks: Iterable[str] = (),
    faults: Faults = lambda _header, _rows: (),
) -> Dataset:
    """Return the table below the header of ``grid``; ProblemsError lists all that is wrong with header and rows.

    Blank rows, totals and notes are left out; of the latter two a remark tells. ``faults`` is what the kind of file
    has to say of the rows of data, which it is given with the header.
    """
    header = header_of(grid, layout)
    rows, asides = _data(grid, layout)
    problems = [*header.problems, *faults(header, rows)]
    header = sound(header)
    if not header.columns:
        raise ProblemsError(problems)
    problems += _ragged(grid, header, rows)
    dataset = Dataset(
        name=f"{name}!{grid.address.sheet}" if grid.address.sheet else name,
        place=grid.address.table,
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        columns=header.columns,
        rows=tuple(_picked(cells, header) for _, cells in rows),
        row_numbers=tuple(number for number, _ in rows),
        header_row=layout.header[-1],
        positions=header.positions if grid.address.sheet else (),
        remarks=(
            *(
                message("{what}: {words}", what=grid.address.table, words=remark)
                for remark in (*remarks, *left_out(asides))
            ),
        ),
        asides=tuple(AsideRow(number, what, _picked(cells, header)) for number, what, cells in asides),
    )
    if problems:
        raise UnsoundRowsError(problems, dataset)
    return dataset


def sound(header: Header) -> Header:
    """Return a header without the columns that have no name or one that another has: the others can be read."""
    columns = header.columns
    places = [place for place, name in enumerate(columns) if name and name not in columns[:place]]
    if len(places) == len(columns):
        return header
    return replace(
        header,
        columns=tuple(columns[place] for place in places),
        positions=tuple(header.positions[place] for place in places),
    )


def left_out(asides: Iterable[tuple[int, Aside, tuple[str, ...]]]) -> list[str]:
    """Return what is to be said of the rows that are no data."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, what, _ in asides:
        numbers[what].append(number)
    return [_rows_left_out(what, found) for what, found in numbers.items()]


def wrong_number(address: TableAddress, count: int, numbers: list[int], expected: int) -> Problem:
    """Return the problem of the rows that have ``count`` cells where so many are ``expected``."""
    cells = counted(count, "1 cell", "{count} cells")
    more = (
        message("Put a cell that holds a comma between quotes.")
        if count > expected
        else message("Write a comma for each empty cell.")
    )
    return address.same_rows(
        numbers, message("it has {cells}, the header {expected}", cells=cells, expected=expected), more
    )


def _data(grid: CellGrid, layout: Layout) -> tuple[Rows, list[tuple[int, Aside, tuple[str, ...]]]]:
    """Return the rows below the header that are data, and those that are totals and notes."""
    rows: Rows = []
    others: list[tuple[int, Aside, tuple[str, ...]]] = []
    for number, cells in grid.rows:
        if number > layout.header[-1] and any(cells):
            if what := aside(cells):
                others.append((number, what, cells))
            else:
                rows.append((number, cells))
    later = [(number, cells) for number, cells in rows if is_later_total(cells)]
    if not later or len(later) == len(rows):  # a table of nothing but totals speaks of them
        return rows, others
    totals: list[tuple[int, Aside, tuple[str, ...]]] = [(number, "total", cells) for number, cells in later]
    return [row for row in rows if row not in later], sorted([*others, *totals])


def _rows_left_out(what: str, numbers: Sequence[int]) -> str:
    named = message(", ").join(map(str, numbers[:_SHOWN]))
    shown = message("{names}, …", names=named) if len(numbers) > _SHOWN else named
    if what == "total":
        return counted(
            len(numbers),
            "row {rows} is a total, and was left out",
            "{count:,} rows are totals, and were left out ({rows})",
            rows=shown,
        )
    return counted(
        len(numbers),
        "row {rows} is a note, and was left out",
        "{count:,} rows are notes, and were left out ({rows})",
        rows=shown,
    )


_SHOWN: Final = 5  # rows that a remark names


def _picked(cells: tuple[str, ...], header: Header) -> tuple[str, ...]:
    if len(header.positions) == len(cells):
        return cells
    return tuple(cells[position] if position < len(cells) else "" for position in header.positions)


def _ragged(grid: CellGrid, header: Header, rows: Rows) -> list[Problem]:
    """Return a problem for each wrong number of cells; what is beyond the header and empty does no harm."""
    if grid.address.sheet:
        return []
    found: dict[int, list[int]] = defaultdict(list)
    for number, cells in rows:
        count = len(cells)
        while count > header.width and not cells[count - 1]:
            count -= 1
        if count != header.width:
            found[count].append(number)
    return [wrong_number(grid.address, count, numbers, header.width) for count, numbers in found.items()]
