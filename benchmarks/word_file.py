"""The DOCX stage alone, without imports: ``python -m benchmarks.word_file PROJECT`` prints its figures as JSON.

The stage of bureau against drawing the same figures to 200-dpi PNG; a table of 80 by 8 cells against python-docx's own
way to fill one, cell by cell; and one document with a table of thousands of rows.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import docx as python_docx

from benchmarks.measuring import bureau, least, pictures
from clusterreport.document.model import Cell, Column, NumberedDocument, Row, RowGroup, Section, Table, Text
from clusterreport.render import docx, pdf

if TYPE_CHECKING:
    from clusterreport.theme import Theme

ROWS, COLUMNS = 80, 8
LONG = (2_500, 5_000, 10_000)


def main(project: str) -> None:
    """Print what was measured."""
    numbered, theme = bureau(project)
    page_of = pdf.render(numbered, theme).page_of
    empty = replace(numbered.document, lead=(), sections=())
    bare = least(lambda: docx.render(NumberedDocument(empty), replace(theme)))
    measured = {
        "png": pictures(numbered, theme),
        "docx": least(lambda: docx.render(numbered, replace(theme), page_of)),
        "table": least(lambda: docx.render(_with(numbered, _table(ROWS)), replace(theme))) - bare,
        "cell_api": _filled_by_cells(),
        "long": {rows: _seconds(_with(numbered, _table(rows)), theme) for rows in LONG},
    }
    sys.stdout.write(json.dumps(measured) + "\n")


def _table(rows: int) -> Table:
    line = Row(tuple(Cell((Text(f"第{place}栏的字"),)) for place in range(COLUMNS)))
    columns = tuple(Column(f"栏{place}") for place in range(COLUMNS))
    return Table("long", "长表", columns, (RowGroup((line,) * rows),), number=1)


def _with(numbered: NumberedDocument, table: Table) -> NumberedDocument:
    section = Section("long", "长表", (table,), (), "一、")
    return NumberedDocument(replace(numbered.document, lead=(), sections=(section,)))


def _filled_by_cells() -> float:
    """Return the seconds that python-docx needs to make the same table through ``table.cell``, once: it is slow."""
    started = time.perf_counter()
    table = python_docx.Document().add_table(ROWS, COLUMNS)
    for row in range(ROWS):
        for column in range(COLUMNS):
            table.cell(row, column).text = f"第{column}栏的字"
    return time.perf_counter() - started


def _seconds(numbered: NumberedDocument, theme: Theme) -> float:
    started = time.perf_counter()
    docx.render(numbered, theme)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(*sys.argv[1:])
