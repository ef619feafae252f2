"""Tells in which columns of a declared table cells are blank, and in which rows."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.characters import plain
from clusterreport.data.cells import MARKED, says_unknown
from clusterreport.data.dataset import rows_named
from clusterreport.errors import Level, Problem, Spot, Spots
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.schema import TableSchema


def blank_cells(schema: TableSchema, dataset: Dataset) -> Iterator[Problem]:
    """Yield a note on each column that has blank cells; no note on lists and remarks, which may well be none.

    A column of remarks is one of ``prose``, or one that its heading calls so (备注).
    """
    headings = list(map(plain, dataset.columns))
    for name, column in schema.columns.items():
        there = schema.headings_among(name, headings)
        if not there or name in schema.key or column.required or column.type == "list" or column.prose:
            continue
        if _remarks().fullmatch(there[0]) and column.type == "string":
            continue
        place = headings.index(there[0])
        cells = dataset.cells(place)
        said = [plain(text).strip() for text in cells.texts]
        signs = [cell for cell in said if cell and column.type in MARKED and says_unknown(cell)]
        blank = cells.rows_with(code for code, cell in enumerate(said) if not cell or cell in signs).nonzero()[0]
        if len(blank):
            numbers = dataset.row_numbers or range(2, len(dataset.rows) + 2)
            rows = [numbers[row] for row in blank.tolist()]
            yield _note(dataset, dataset.columns[place], rows, tuple(dict.fromkeys(signs)))


@cache
def _remarks() -> re.Pattern[str]:
    """Return what the headings of columns of remarks look like."""
    words = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return re.compile(words["remarks"]["headings"])


def _note(dataset: Dataset, heading: str, blank: list[int], signs: tuple[str, ...]) -> Problem:
    problem = counted(
        len(blank),
        "1 of {whole:,} cells of this column is blank ({rows})",
        "{count:,} of {whole:,} cells of this column are blank ({rows})",
        whole=len(dataset.rows),
        rows=rows_named(blank, _MOST_NAMED),
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
