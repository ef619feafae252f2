"""What rows of a table are called by their key, whatever time they are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.locale import phrase
from clusterreport.messages import message

if TYPE_CHECKING:
    from clusterreport.analysis.coding import Places
    from clusterreport.analysis.rows import TableRows


def names_at(rows: TableRows, places: Places) -> tuple[str, ...]:
    """Return what rows are called in print, each once; () where words of the key do not say it."""
    named = naming_columns(rows) or ()
    if not named or any(rows.column(name).type != "string" for name in named):
        return ()
    return tuple(dict.fromkeys(names_of(rows, named, places)))


def naming_columns(rows: TableRows) -> tuple[str, ...] | None:
    """Return the columns by which rows are the same at two times; None where none tell it, () where each is itself."""
    key, known = rows.table.schema.key, {column for column, _ in rows.conditions if column not in rows.asked}
    if any(rows.is_time(column) and column not in key for column in known):
        return None  # those of one year are not those of another
    if not key:
        return None if any(map(rows.is_time, rows.table.frame.columns)) else ()
    return tuple(name for name in key if not rows.is_time(name) and name not in known) or None


def names_of(rows: TableRows, named: tuple[str, ...], places: Places) -> list[str]:
    """Return what each row at ``places`` is called by the columns ``named``."""
    if not named:
        return [message("row {row}", row=int(rows.table.rows[place])) for place in places]
    between = phrase("writing.comma", rows.language)
    parts = ([rows.said(name, str(value)) for value in rows.table.frame[name].iloc[places]] for name in named)
    return [between.join(each) for each in zip(*parts, strict=True)]
