"""Tells rows of a declared table that stand twice under two keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.characters import folded, shown
from clusterreport.errors import Level, Problem
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clusterreport.data.table import DataTable


def odd_rows(table: DataTable) -> Iterator[Problem]:
    """Yield the rows that say all that a row above says, under another key.

    It looks at tables with one column as their key, and another of words that tells all other rows apart: their name.
    """
    key = table.schema.key
    if len(key) != 1 or key[0] not in table.frame:
        return
    beside = [name for name in map(str, table.frame) if name != key[0]]
    cells = [tuple(_same(value) for value in row) for row in zip(*(table.frame[name] for name in beside), strict=True)]
    first: dict[tuple[object, ...], int] = {}
    twins = [(place, first[row]) for place, row in enumerate(cells) if first.setdefault(row, place) != place]
    if not twins or len(cells) - len(twins) < _FEWEST or not any(_names(table, name, len(twins)) for name in beside):
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


def _names(table: DataTable, name: str, twins: int) -> bool:
    """Tell whether a column of words has another word in each row, but for those that stand twice."""
    if table.schema.columns[name].type != "string":
        return False
    words = [_same(value) for value in table.frame[name] if value]
    return len(words) == len(table.rows) == len(set(words)) + twins


def _same(value: object) -> object:
    return folded(value) if isinstance(value, str) else value


_FEWEST: Final = 3  # different rows, below which nothing can be said of a column
