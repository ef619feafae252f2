"""Tells in which columns of a declared table cells are blank, and in which rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.characters import plain
from clusterreport.data.cells import MARKED, says_unknown
from clusterreport.errors import Level, Problem, Spot, Spots
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.schema import TableSchema


def blank_cells(schema: TableSchema, dataset: Dataset) -> Iterator[Problem]:
    """Yield a note on each column that has blank cells; no note on lists and remarks, which may well be none."""
    headings = list(map(plain, dataset.columns))
    for name, column in schema.columns.items():
        there = schema.headings_among(name, headings)
        if not there or name in schema.key or column.required or column.type == "list" or column.prose:
            continue
        place = headings.index(there[0])
        cells = [(number, plain(row[place]).strip()) for number, row in dataset.numbered()]
        signs = [(number, cell) for number, cell in cells if cell and column.type in MARKED and says_unknown(cell)]
        blank = sorted([number for number, cell in cells if not cell] + [number for number, _ in signs])
        if blank:
            yield _note(dataset, dataset.columns[place], blank, tuple(dict.fromkeys(cell for _, cell in signs)))


def _note(dataset: Dataset, heading: str, blank: list[int], signs: tuple[str, ...]) -> Problem:
    shown = message(", ").join(map(str, blank[:_MOST_NAMED]))
    rows = message("{names}, …", names=shown) if len(blank) > _MOST_NAMED else shown
    problem = counted(
        len(blank),
        "1 of {whole:,} cells of this column is blank (row {rows})",
        "{count:,} of {whole:,} cells of this column are blank (rows {rows})",
        whole=len(dataset.rows),
        rows=rows,
    )
    if signs:
        named = message(", ").join(message("“{sign}”", sign=sign) for sign in signs)
        problem += message("; {signs} is taken for a blank", signs=named)
    remedy = message(
        "Fill in what is known. A sum over blank cells is not known, and rankings and charts leave them out and say so."
    )
    position, words = dataset.position_of(heading), message("the cell is blank, and counts as not known")
    spots = Spots(len(blank), tuple(Spot(row, position, words, remedy) for row in blank[:_MOST_NAMED]))
    return Problem(dataset.at(blank[0], plain(heading)), problem, remedy, level=Level.NOTE, spots=spots)


_MOST_NAMED: Final = 10  # rows
