"""Tells a table that was cut at the end of a row: by how many rows it should have, and how many it had last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading


def note_unexpected(reading: Reading, expected: Mapping[str, int]) -> None:
    """Note it if the settings say another number of rows than the table has."""
    rows, name = len(reading.dataset.rows), reading.name
    if expected.get(name, rows) != rows:
        remedy = message(
            "Look whether the file is whole; if it is, write {name} = {rows} under data.expected_rows.",
            name=name,
            rows=rows,
        )
        reading.faults.note_table(
            message("it has {rows}, and {expected:,} are expected", rows=_counted(rows), expected=expected[name]),
            remedy,
        )


def shrunken(
    datasets: Iterable[Dataset], earlier: Iterable[tuple[str, Mapping[str, int]]], expected: Iterable[str] = ()
) -> Iterator[str]:
    """Yield a remark on each table that has fewer rows than in one of the ``earlier`` issues (name, rows by place).

    ``expected`` are the places of tables whose number the settings say: of them nobody needs to be told.
    """
    before_now, known = list(earlier), frozenset(expected)
    for dataset in datasets:
        before = [(rows[dataset.place], issue) for issue, rows in before_now if dataset.place in rows]
        most, issue = max(before, default=(0, ""))
        if len(dataset.rows) < most and dataset.place not in known:
            yield (
                message(
                    "{place} has {rows}, and had {most:,} in issue {issue}; look whether the file is whole",
                    place=dataset.place,
                    rows=_counted(len(dataset.rows)),
                    most=most,
                    issue=issue,
                )
            )


def _counted(rows: int) -> str:
    return counted(rows, "1 row", "{count:,} rows")
