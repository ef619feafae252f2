"""Refuses to count rows by a word that no row has: a slip of the pen would be printed as none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from clusterreport.likeness import named_instead
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clusterreport.analysis.rows import TableRows


SEVERAL: Final = ", "
"""What stands between several values of one condition."""


def missing(rows: TableRows, column: str, value: str, allowed: Iterable[str] = ()) -> tuple[str, str] | None:
    """Return what is wrong with a condition of a word that no row of the table has, and which was meant; else None.

    A word that is ``allowed`` may be missing.
    """
    known = rows.coded(column).names
    may_be = {*known, *allowed}
    wanted = value.split(SEVERAL) if column in rows.asked else [value]
    lost = next((each for each in wanted if each not in may_be), None)
    if lost is None:
        return None
    problem = message("no row has {value} in {column}", value=lost, column=rows.title_of(column))
    return problem, named_instead(lost, known, map(partial(rows.called, column), known))


def check_known(rows: TableRows) -> None:
    """Refuse a condition of words that no row of the table has, unless the dictionary or another table has them."""
    elsewhere = rows.table.elsewhere
    for column, value in rows.conditions if elsewhere is not None else ():
        declared = rows.table.schema.columns.get(column)
        if declared is None or declared.type not in {"string", "list"}:
            continue
        if told := missing(rows, column, value, (*declared.enum, *(elsewhere or {}).get(column, ()))):
            problem, instead = told
            if not rows.table.of_project:
                raise rows.refused(problem, instead)
            zero = message(
                "If it is right that there is none, write all values that there may be under "
                "[tables.{table}.columns.{column}] in data/tables.toml: enum = […].",
                table=rows.table.name, column=column,
            )  # fmt: skip
            raise rows.refused(problem, message("{what} {words}", what=instead, words=zero))
