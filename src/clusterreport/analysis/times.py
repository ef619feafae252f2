"""Which times the rows and the columns of a table speak of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clusterreport.data.periods import period_of, year_named_in
from clusterreport.document.model import Quoted
from clusterreport.messages import message
from clusterreport.quantity import YEAR, Quantity

if TYPE_CHECKING:
    from clusterreport.analysis.rows import TableRows


def of_rows(rows: TableRows) -> str:
    """Return the one time that rows speak of, by key or condition; "" where it is none, or several."""
    said = {column: value for column, value in rows.conditions if column not in rows.asked}
    times = [column for column in dict.fromkeys((*rows.table.schema.key, *said)) if rows.is_time(column)]
    found = [(said[column],) if column in said else rows.values_of(column) for column in times]
    return found[0][0] if len(found) == 1 and len(found[0]) == 1 else ""


def of_column(rows: TableRows, column: str) -> str:
    """Return the one time that a column of rows speaks of: its own, that of the rows, or a year in its heading."""
    own = rows.column(column).period
    if own or any(rows.is_time(each) for each in (*rows.table.schema.key, *dict(rows.conditions))):
        return own or of_rows(rows)
    return year_named_in(rows.title_of(column))


def periods_of(rows: TableRows, over: str) -> tuple[str, ...]:
    """Return the different periods of a column, the earliest first; ProblemsError if it holds anything else."""
    names = rows.values_of(over)
    found = {name: period_of(name) for name in names}
    bad = [name for name, period in found.items() if period is None]
    if bad:
        problem = message("{column} holds {bad!r}, which is no period", column=rows.title_of(over), bad=bad[0])
        raise rows.refused(problem, message("Name a column of years, quarters, months or days."))
    return tuple(sorted(names, key=lambda name: _order(found[name])))


def rows_of_latest(rows: TableRows, column: str, before: int) -> TableRows:
    """Return the rows of the newest period in a column, or of the one so many periods ``before`` it."""
    over = rows.column_called(column)
    periods = periods_of(rows, over)
    if type(before) is not int or not 0 <= before < len(periods):
        problem = message(
            "there is no period {before} before the latest of {column}", before=before, column=rows.title_of(over)
        )
        raise rows.refused(problem, message("It has: {periods}.", periods=message(", ").join(periods)))
    return rows.where(**{over: periods[-1 - before]})


def period_said(rows: TableRows) -> Quantity | Quoted:
    """Return the one time that rows speak of: a year as a number of the rows, any other as words of their source.

    ProblemsError if it is none, or several.
    """
    rows.check_found()
    said = of_rows(rows)
    if found := period_of(said):
        basis = rows.basis("period", table=rows.table.schema.title)
        if said.isdecimal():
            return Quantity(Decimal(said), YEAR, basis, name=rows.name("period"))
        return Quoted(rows.label_of(found.words), rows.source())
    times = [name for name in rows.table.schema.columns if rows.is_time(name)]
    remedy = (
        message("Choose one with where({column}=…), or with latest(…).", column=times[0])
        if times
        else message("Its table has no column of years or other periods; words in quotes say one: quoted(…, source=…).")
    )
    raise rows.refused(message("the rows are not of one period"), remedy)


def _order(period: Any) -> tuple[Any, int]:  # noqa: ANN401 -- a period, which is known to be one
    return period.last, period.days
