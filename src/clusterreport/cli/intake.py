"""clusterreport intake: reports on received tables, and gives workbooks back with a comment on each bad cell."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterreport import settings
from clusterreport.cli.arguments import add_folder, add_json, now
from clusterreport.locale import languages

if TYPE_CHECKING:
    import argparse

    from clusterreport.app.intake_writing import WrittenIntake
    from clusterreport.data.intake.changes import TableChanges
    from clusterreport.data.intake.report import TableIntake


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``intake`` to the command line."""
    command = commands.add_parser(
        "intake", help="report on received tables, and give workbooks back with a comment on each bad cell"
    )
    add_folder(command)
    command.add_argument(
        "--table", action="append", default=[], metavar="NAME", help="only this table (repeatable; default: all)"
    )
    command.add_argument(
        "--file", type=Path, metavar="FILE", help="the file that came for the table, instead of the one in the project"
    )
    command.add_argument(
        "--language", choices=languages(), help="of the report (default: that of the project's first audience)"
    )
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the report and what goes back, say where, and return 1 where something is to be mended."""
    project = settings.load(options.project.resolve())
    from clusterreport.app import intake, intake_writing
    from clusterreport.inputs import Inputs

    language, inputs = options.language or intake.language_for(project), Inputs()
    tables = intake.taken(project, options.table, options.file, language, inputs)
    written = intake_writing.write(project, tables, now().astimezone().date(), language, inputs)
    if options.json:
        sys.stdout.write(json.dumps(_summary(written), ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{_line(table)}\n" for table in written.report.tables)
        sys.stdout.writelines(f"note: {note}\n" for note in written.notes)
        sys.stdout.writelines(f"{path}\n" for path in written.files)
    return 1 if written.report.fault_count else 0


def _line(table: TableIntake) -> str:
    """Return a table in one line."""
    faults = "nothing to mend" if not table.fault_count else f"{table.fault_count:,} to mend"
    doubts = f", {len(table.doubts)} to be looked at" if table.doubts else ""
    size = f"{table.rows:,} rows, {len(table.columns)} columns" if table.header_rows else "it could not be read"
    return f"{table.name}: {table.place}: {size}; {faults}{doubts}{_since(table)}"


def _since(table: TableIntake) -> str:
    if table.changes is None or table.previous is None:
        return ""
    found = table.changes
    counts = f"{found.added_count:,} rows added, {found.removed_count:,} removed, {found.changed_count:,} cells changed"
    return f"; since {table.previous.day}: {counts}"


def _summary(written: WrittenIntake) -> dict[str, Any]:
    report = written.report
    problems = [
        {**problem.parts(), "table": table.name, "count": problem.spots.count if problem.spots else 1}
        for table in report.tables
        for problem in table.problems
    ]
    return {
        "problems": problems,
        "tables": [_table(table) for table in report.tables],
        "notes": written.notes,
        "files": [str(path) for path in written.files],
    }


def _table(table: TableIntake) -> dict[str, Any]:
    previous = table.previous
    return {
        "name": table.name,
        "place": table.place,
        "sheet": table.sheet,
        "sha256": table.sha256,
        "rows": table.rows,
        "columns": len(table.columns),
        "faults": table.fault_count,
        "doubts": [problem.parts() for problem in table.doubts],
        "commented": table.commented,
        "previous": {"day": previous.day.isoformat(), "sha256": previous.sha256} if previous else None,
        "changes": _changes(table.changes) if table.changes else None,
    }


def _changes(changes: TableChanges) -> dict[str, Any]:
    return {
        "by_key": changes.by_key,
        "rows_added": changes.added_count,
        "rows_removed": changes.removed_count,
        "cells_changed": changes.changed_count,
        "columns_added": changes.columns_added,
        "columns_removed": changes.columns_removed,
        "columns_renamed": changes.renamed,
        "types_changed": changes.kinds,
        "units_changed": changes.units,
    }
