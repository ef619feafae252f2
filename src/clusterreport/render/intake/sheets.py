"""The report of an intake as a workbook: columns, problems, look-alike values and changes, one a row."""

from __future__ import annotations

from itertools import chain, count, islice
from typing import TYPE_CHECKING, Final

from clusterreport.locale import phrase
from clusterreport.render.intake.changed import lines_of, said_in
from clusterreport.render.intake.columns import alike_words, column_cells, column_heads
from clusterreport.render.intake.naming import counted, groups_of, place_of
from clusterreport.render.xlsx import PlainSheet, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clusterreport.data.intake.report import IntakeReport, TableIntake
    from clusterreport.locale import Language

    Row = Sequence[str | int]

MOST_ROWS: Final = 20_000
"""How many rows a sheet of the report has at most; the last one says how many were left out."""


def workbook_of(report: IntakeReport) -> bytes:
    """Return the workbook, the same bytes for the same report."""
    language = report.language
    table = phrase("intake.table", language)
    sheets = (
        (phrase("intake.columns", language), (table, *column_heads(language)), _columns(report)),
        (phrase("intake.faults", language), _fault_heads(language), _faults(report)),
        (phrase("intake.alike", language), _alike_heads(language), _alike(report)),
        (phrase("intake.changes", language), _change_heads(language), _changes(report)),
    )  # fmt: skip
    return workbook([_plain_sheet(name, heads, rows, language) for name, heads, rows in sheets])


def _plain_sheet(name: str, heads: Sequence[str], rows: Iterator[Row], language: Language) -> PlainSheet:
    told = list(islice(rows, MOST_ROWS))
    left = sum(1 for _ in rows)
    if left:
        told.append((phrase("intake.left", language, number=counted(left)),))
    widths = [
        _width([head, *(row[place] for row in told[:_LOOKED_AT] if place < len(row))])
        for place, head in enumerate(heads)
    ]
    return PlainSheet(name, widths, zip(count(1), chain([heads], told)))


_LOOKED_AT: Final = 200  # rows by which the width of a column is found
_NARROWEST, _WIDEST = 8, 60  # characters


def _width(cells: Sequence[str | int]) -> int:
    widest = max(sum(1 if sign.isascii() else 2 for sign in str(cell)) for cell in cells)
    return min(max(widest + 2, _NARROWEST), _WIDEST)


def _columns(report: IntakeReport) -> Iterator[Row]:
    for table in report.tables:
        for column in table.columns:
            yield table.title, *column_cells(column, table, report.language)


def _fault_heads(language: Language) -> tuple[str, ...]:
    return (
        phrase("intake.table", language), phrase("intake.file", language), phrase("intake.sheet", language),
        phrase("intake.cell", language), phrase("intake.problem", language), phrase("intake.remedy", language),
        phrase("intake.weight", language),
    )  # fmt: skip


def _faults(report: IntakeReport) -> Iterator[Row]:
    for table in report.tables:
        yield from _faults_of(table, report.language)


def _faults_of(table: TableIntake, language: Language) -> Iterator[Row]:
    weights = ((table.problems, phrase("intake.fault", language)), (table.doubts, phrase("intake.doubt", language)))
    for problems, weight in weights:
        for group in groups_of(problems):
            for spot in group.spots:
                where = place_of(table, spot, language)
                yield table.title, table.place, table.sheet, where, spot.problem, spot.remedy, weight
            if not group.spots:
                yield table.title, table.place, table.sheet, "", group.problem, group.remedy, weight
            elif group.count > len(group.spots):
                left = phrase("intake.more_cells", language, number=counted(group.count - len(group.spots)))
                yield table.title, table.place, table.sheet, left, group.problem, group.remedy, weight


def _alike_heads(language: Language) -> tuple[str, ...]:
    heads = phrase("intake.heading", language), phrase("intake.alike", language)
    return (phrase("intake.table", language), *heads)


def _alike(report: IntakeReport) -> Iterator[Row]:
    for table in report.tables:
        for column in table.columns:
            for group in column.alike:
                yield table.title, column.heading, alike_words(group, report.language)


def _change_heads(language: Language) -> tuple[str, ...]:
    return (
        phrase("intake.table", language), phrase("intake.change", language), phrase("intake.key", language),
        phrase("intake.row_number", language), phrase("intake.heading", language), phrase("intake.old", language),
        phrase("intake.new", language),
    )  # fmt: skip


def _changes(report: IntakeReport) -> Iterator[Row]:
    for table in report.tables:
        if table.changes is not None:
            yield from _changes_of(table, report.language)


def _changes_of(table: TableIntake, language: Language) -> Iterator[Row]:
    changes, between = table.changes, phrase("between.names", language)
    if changes is None or table.previous is None:
        return
    day, digest = table.previous.day.isoformat(), table.previous.sha256
    yield table.title, phrase("intake.since", language, day=day, digest=digest)
    for line in lines_of(changes, language):
        yield table.title, line
    for found, what in (
        (changes.added, phrase("intake.came", language)), (changes.removed, phrase("intake.went", language)),
    ):  # fmt: skip
        for change in found:
            yield table.title, what, between.join(change.key), change.row
    for cell in changes.changed:
        other = phrase("intake.other", language)
        yield (
            table.title,
            other,
            between.join(cell.key),
            cell.row,
            cell.heading,
            *(said_in(cell, text, language) for text in (cell.old, cell.new)),
        )
