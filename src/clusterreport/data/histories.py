"""Tells of the rows of a table of which time they are, and when and why they were revised, for issues to come."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.characters import plain
from clusterreport.data.periods import period_of
from clusterreport.document.vintages import Revision, RowHistory
from clusterreport.errors import Problem
from clusterreport.messages import message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.schema import TableSchema

_MOST_ROWS: Final = 100_000
"""Of a larger table no times are kept: they would take longer than the issue itself."""
_CELL, _ROW = "\x1f", "\x1e"
_TYPES: Final = frozenset({"year", "period"})
_MONTH, _QUARTER, _HALF = 31, 92, 184  # the most days of one


def row_history(schema: TableSchema, dataset: Dataset) -> tuple[RowHistory, list[Problem]]:
    """Return the history of a table's rows, and what is wrong with its days of revision.

    A table without times has the digest of all its rows, as of one time "".
    """
    headings = list(map(plain, dataset.columns))
    revisions, problems = _revisions(dataset, headings)
    place = _time_column(schema, headings)
    if len(dataset.rows) > _MOST_ROWS:
        return RowHistory(revisions=revisions), problems
    of_revisions = {_place_of(kind, headings) for kind in ("on", "reason")}
    times: dict[int, str] = {}
    rows: dict[str, list[str]] = {}
    for number, cells in dataset.numbered():
        time = "" if place is None else _sortable(cells[place])
        times[number] = time
        kept = (cell for position, cell in enumerate(cells) if position not in of_revisions)
        rows.setdefault(time, []).append(_CELL.join(kept))
    digests = {time: hashlib.sha256(_ROW.join(sorted(rows[time])).encode()).hexdigest()[:12] for time in rows}
    return RowHistory({} if place is None else times, revisions, digests), problems


def _revisions(dataset: Dataset, headings: list[str]) -> tuple[dict[int, Revision], list[Problem]]:
    on, reason = (_place_of(kind, headings) for kind in ("on", "reason"))
    found: dict[int, Revision] = {}
    problems: list[Problem] = []
    if on is None:
        return found, problems
    for number, cells in dataset.numbered():
        said = plain(cells[on])
        if not said:
            continue
        day = _day(said)
        if day is None:
            problem = message("{said!r} is no day of a revision", said=said)
            remedy = message("Write the day as 2026-01-15, or leave the cell empty.")
            problems.append(Problem(dataset.at(number, dataset.columns[on]), problem, remedy))
        else:
            found[number] = Revision(day.isoformat(), "" if reason is None else plain(cells[reason]))
    return found, problems


def _day(said: str) -> dt.date | None:
    period = period_of(said)
    return period.last if period is not None and period.days == 1 else None


def _place_of(kind: str, headings: list[str]) -> int | None:
    return next((headings.index(name) for name in _headings()[kind] if name in headings), None)


def _time_column(schema: TableSchema, headings: list[str]) -> int | None:
    """Return where the column stands that says of which time a row is: of the key before any other."""
    of_time = [name for name, column in schema.columns.items() if column.type in _TYPES]
    ordered = sorted(of_time, key=lambda name: name not in schema.key)
    found = (schema.headings_among(name, headings) for name in ordered)
    return next((headings.index(there[0]) for there in found if there), None)


@cache
def _sortable(cell: str) -> str:
    """Return a time so that later ones sort behind: 2024, 2024Q3, 2024-09; "" where the cell says none."""
    period = period_of(plain(cell))
    if period is None:
        return ""
    last = period.last
    if period.days == 1:
        return last.isoformat()
    if period.days <= _MONTH:
        return f"{last:%Y-%m}"
    if period.days <= _QUARTER:
        return f"{last:%Y}Q{(last.month + 2) // 3}"
    return f"{last:%Y}H{(last.month + 5) // 6}" if period.days <= _HALF else f"{last:%Y}"


@cache
def _headings() -> Mapping[str, list[str]]:
    """Return what the headings of the columns of revisions say."""
    told: Mapping[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))[
        "revisions"
    ]
    return told
