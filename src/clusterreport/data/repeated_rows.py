"""Tells rows of a declared table that stand twice under two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, shown
from clusterreport.errors import Level, Problem
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clusterreport.data.by_column import Codes
    from clusterreport.data.table import DataTable


def odd_rows(table: DataTable) -> Iterator[Problem]:
    """Yield the rows that say all that a row above says, under another key.

    It looks at tables with one column as their key, and another of words that tells all other rows apart: their name.
    """
    key = table.schema.key
    if len(key) != 1 or key[0] not in table.frame:
        return
    beside = [name for name in map(str, table.frame) if name != key[0]]
    codes = {name: _codes(table, name) for name in beside}
    twins = _twins(codes)
    told = [name for name in beside if table.schema.columns[name].type == "string"]
    if not twins or len(table.rows) - len(twins) < _FEWEST:
        return
    if not any(_names(table, name, codes[name], len(twins)) for name in told):
        return
    keys = table.frame[key[0]]
    for place, before in twins:
        problem = message(
            "{one} says all that {other} says in row {row}",
            one=shown(str(keys[place])),
            other=shown(str(keys[before])),
            row=table.rows[before],
        )
        where = table.dataset.at(int(table.rows[place]), table.heading(key[0]))
        yield Problem(where, problem, message("If the two are one, take one of the rows away."), level=Level.WARN)


def _codes(table: DataTable, name: str) -> Codes:
    """Return for each row a number that is that of all rows whose cells in a column say the same to the eye."""
    import numpy as np

    from clusterreport.data.frames import pd

    codes, values = pd.factorize(table.frame[name], use_na_sentinel=False)
    first: dict[object, int] = {}
    same = [first.setdefault(_same(value), place) for place, value in enumerate(values)]
    found: Codes = np.array(same, dtype=np.intp)[codes]
    return found


def _twins(codes: Mapping[str, Codes]) -> list[tuple[int, int]]:
    """Return the rows whose cells say what those of a row above do, each with the first of these."""
    from clusterreport.data.frames import pd

    cells = pd.DataFrame(codes)
    again = cells[cells.duplicated(keep=False)] if len(cells.columns) else cells
    first: dict[tuple[int, ...], int] = {}
    rows = zip(again.index.tolist(), again.itertuples(index=False, name=None), strict=True)
    return [(place, first[row]) for place, row in rows if first.setdefault(row, place) != place]


def _names(table: DataTable, name: str, codes: Codes, twins: int) -> bool:
    """Tell whether a column of words has another word in each row, but for those that stand twice."""
    import numpy as np

    return len(np.unique(codes)) == len(codes) - twins and bool((table.frame[name] != "").all())


def _same(value: object) -> object:
    return folded(value) if isinstance(value, str) else value


_FEWEST: Final = 3  # different rows, below which nothing can be said of a column
