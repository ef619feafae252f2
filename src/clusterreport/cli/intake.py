"""clusterreport intake: reports on received tables, and gives workbooks back with a comment on each bad cell."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from clusterreport import settings
from clusterreport.cli.arguments import add_folder, add_json, now
from clusterreport.locale import languages
from clusterreport.messages import counted, message, speak, spoken

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from clusterreport.app.intake_writing import WrittenIntake
    from clusterreport.data.intake.changes import TableChanges
    from clusterreport.data.intake.report import TableIntake
    from clusterreport.messages import Language

_MOST: Final = 5
"""Faults, and doubts, of a table that are listed; all of them stand in the report."""


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``intake`` to the command line."""
    command = commands.add_parser(
        "intake", help=message("report on received tables, and give workbooks back with a comment on each bad cell")
    )
    add_folder(command)
    command.add_argument(
        "--table",
        action="append",
        default=[],
        metavar="NAME",
        help=message("only this table (repeatable; default: all)"),
    )
    command.add_argument(
        "--file",
        type=Path,
        metavar="FILE",
        help=message("the file that came for the table, instead of the one in the project"),
    )
    command.add_argument(
        "--language",
        choices=languages(),
        help=message("of the report and its comments (default: that of the project's first audience)"),
    )
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the report and what goes back, say where, and return 1 where something is to be mended."""
    project = settings.load(options.project.resolve())
    from clusterreport.app import intake, intake_writing
    from clusterreport.inputs import Inputs

    language, inputs = options.language or intake.language_for(project), Inputs(now())
    wanted = intake.asked(project, options.table, options.file, inputs)
    with _speaking(language):  # the report is in one language, whoever reads the command line
        tables = intake.taken(project, wanted, language, inputs)
    written = intake_writing.write(project, tables, now().astimezone().date(), language, inputs)
    if options.json:
        sys.stdout.write(json.dumps(_summary(written), ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for table in written.report.tables for line in _lines(table, language))
        sys.stdout.writelines(message("note: {words}\n", words=note) for note in written.notes)
        sys.stdout.writelines(f"{path}\n" for path in written.files)
    return 1 if written.report.fault_count else 0


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Let what is told within be in the language of the report."""
    before = spoken()
    speak(_spoken_for(language))
    try:
        yield
    finally:
        speak(before)


def _spoken_for(language: str) -> Language:
    """Return in which language what is told stands in a report."""
    return "zh" if language == "zh" else "en"


def _lines(table: TableIntake, language: str) -> Iterator[str]:
    """Yield a table in one line, and below it what is to be mended and to be looked at, if its words are the user's."""
    parts = [_size(table), _faults(table), _since(table)]
    said = message("; ").join(filter(None, parts))
    yield message("{name}: {place}: {words}", name=table.name, place=table.place, words=said)
    found = (table.problems, table.doubts)
    most = _MOST if _spoken_for(language) == spoken() else 0
    for one in (*table.problems[:most], *table.doubts[:most]):
        yield f"  {message('{where}: {problem}', where=one.where, problem=one.problem)}"
    if any(len(each) > most for each in found):
        yield f"  {message('the rest stands in the report') if most else message('they are listed in the report')}"


def _size(table: TableIntake) -> str:
    if not table.header_rows:
        return message("it could not be read")
    rows = counted(table.rows, "{count:,} row", "{count:,} rows")
    return message(", ").join([rows, counted(len(table.columns), "{count:,} column", "{count:,} columns")])


def _faults(table: TableIntake) -> str:
    parts = [message("{count:,} to mend", count=table.fault_count)] if table.fault_count else []
    if not table.fault_count and not table.doubts:
        parts.append(message("nothing to mend"))
    if table.doubts:
        parts.append(message("{count:,} to be looked at", count=len(table.doubts)))
    return message(", ").join(parts)


def _since(table: TableIntake) -> str:
    if table.changes is None or table.previous is None:
        return ""
    return message(
        "since {day}: rows added {added:,}, removed {removed:,}; cells changed {cells:,}",
        day=table.previous.day,
        added=table.changes.added_count,
        removed=table.changes.removed_count,
        cells=table.changes.changed_count,
    )


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
