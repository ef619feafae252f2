"""All that is doubtful about the rows of a declared table that can be read: a build tells it, and an intake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.data import coverage, magnitudes, odd_units, repeated_rows

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from clusterreport.data.table import DataTable
    from clusterreport.errors import Problem


def doubts_of(table: DataTable, as_of: dt.date) -> Iterator[Problem]:
    """Yield periods after ``as_of`` and missing ones, values out of scale, odd units, and rows that stand twice."""
    yield from coverage.later_periods(table, as_of)
    yield from coverage.missing_periods(table)
    yield from magnitudes.odd_values(table)
    yield from odd_units.odd_units(table)
    yield from repeated_rows.odd_rows(table)
