"""Refuses to count rows by a word that no row has: a slip of the pen would be printed as none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from clusterreport.likeness import named_instead
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.analysis.rows import TableRows


SEVERAL: Final = ", "
"""What stands between several values of one condition."""


def check_known(rows: TableRows) -> None:
    """Refuse a condition of words that no row of the table has, unless the dictionary or another table has them."""
    elsewhere = rows.table.elsewhere
    for column, value in rows.conditions if elsewhere is not None else ():
        declared = rows.table.schema.columns.get(column)
        if declared is None or declared.type not in {"string", "list"}:
            continue
        known = rows.coded(column).names
        may_be = {*known, *declared.enum, *(elsewhere or {}).get(column, ())}
        wanted = value.split(SEVERAL) if column in rows.asked else [value]
        if missing := [each for each in wanted if each not in may_be]:
            problem = message("no row has {value} in {column}", value=missing[0], column=rows.title_of(column))
            instead = named_instead(missing[0], known, map(partial(rows.called, column), known))
            if not rows.table.of_project:
                raise rows.refused(problem, instead)
            zero = message(
                "If it is right that there is none, write all values that there may be under "
                "[tables.{table}.columns.{column}] in data/tables.toml: enum = […].",
                table=rows.table.name, column=column,
            )  # fmt: skip
            raise rows.refused(problem, message("{what} {words}", what=instead, words=zero))
