"""Tells periods of a declared table that had not begun on the day of the data, and names that lack some of others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from clusterreport.characters import cleaned
from clusterreport.data.dataset import rows_named
from clusterreport.data.periods import period_of
from clusterreport.errors import Level, Problem
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from clusterreport.data.table import DataTable


def later_periods(table: DataTable, as_of: dt.date) -> Iterator[Problem]:
    """Yield a warning on each column of periods in which some had not begun on the day ``as_of``."""
    for name in _times(table, table.schema.columns):
        values = table.frame[name]
        begun = {value: period_of(str(value)) for value in values.unique()}
        later = [value for value, when in begun.items() if when is not None and when.first > as_of]
        if later:
            places = values.isin(later).to_numpy(dtype=bool).nonzero()[0].tolist()
            yield _not_begun(table, name, places, sorted(map(str, later)), as_of)


def missing_periods(table: DataTable) -> Iterator[Problem]:
    """Yield one warning on the names that have no row for a period that most others have.

    It looks at tables whose key is one column of periods and one or more others. Where fewer than half of the names
    have a row for each period, the table is no record of every period, and nothing is told.
    """
    key = table.schema.key
    times = _times(table, key)
    others = [name for name in key if name not in times]
    if len(times) != 1 or not others:
        return
    found: dict[str, set[str]] = defaultdict(set)
    names = zip(*(map(str, table.frame[name]) for name in others), strict=True)
    for parts, when in zip(names, map(str, table.frame[times[0]]), strict=True):
        found[message(", ").join(map(cleaned, parts))].add(when)
    periods = sorted(set().union(*found.values()))
    lacking = {name: [when for when in periods if when not in own] for name, own in found.items()}
    lacking = {name: lost for name, lost in lacking.items() if lost}
    if lacking and 2 * len(lacking) <= len(found):
        yield _lacking(table, times[0], lacking, len(found))


def _times(table: DataTable, names: Iterable[str]) -> list[str]:
    """Return which of ``names`` are columns of years or other periods that the file has."""
    return [name for name in names if table.schema.columns[name].type in _KINDS and name in table.frame]


def _not_begun(table: DataTable, name: str, places: list[int], later: list[str], as_of: dt.date) -> Problem:
    rows = [int(table.rows[place]) for place in places]
    problem = counted(
        len(rows),
        "1 row speaks of {periods}, which had not begun on {day}, the day of the data ({rows})",
        "{count:,} rows speak of {periods}, which had not begun on {day}, the day of the data ({rows})",
        periods=_some(later),
        day=as_of.isoformat(),
        rows=rows_named(rows, _MOST_NAMED),
    )
    remedy = message(
        "Mend the period, or as_of in clusterreport.toml. Where they are plans, choose the other rows with where(…) "
        "for what is known, and say in the sentence that the plans are plans."
    )
    return Problem(table.dataset.at(rows[0], table.heading(name)), problem, remedy, level=Level.WARN)


def _lacking(table: DataTable, name: str, lacking: dict[str, list[str]], whole: int) -> Problem:
    told = [message("{name} lacks {periods}", name=each, periods=_some(lost)) for each, lost in lacking.items()]
    problem = counted(
        len(lacking),
        "1 of {whole:,} has no row for a period that others have: {names}",
        "{count:,} of {whole:,} have no row for a period that others have: {names}",
        whole=whole,
        names=_some(told, message("; ")),
    )
    remedy = message(
        "Add the rows if they are known; lines have a gap there, changes leave the name out, and sums of the period "
        "are without it."
    )
    where = message("{place}, column {heading}", place=table.dataset.place, heading=table.heading(name))
    return Problem(where, problem, remedy, level=Level.WARN)


def _some(words: list[str], between: str = "") -> str:
    joined = (between or message(", ")).join(words[:_MOST_NAMED])
    return message("{names}, …", names=joined) if len(words) > _MOST_NAMED else joined


_KINDS: Final = frozenset({"year", "period"})
_MOST_NAMED: Final = 5
