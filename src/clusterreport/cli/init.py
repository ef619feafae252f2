"""clusterreport init: starts a project from a file of one's own, or from an example."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import add_table_options, now, program
from clusterreport.locale import languages
from clusterreport.messages import message, spoken

if TYPE_CHECKING:
    import argparse

    from clusterreport.app.finding import FoundTable


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``init`` to the command line."""
    command = commands.add_parser("init", help=message("start a project of one's own, from a table or from an example"))
    command.add_argument(
        "folder", type=Path, metavar="DIR", help=message("the folder to make; it must be empty or not there yet")
    )
    command.add_argument(
        "--from", dest="file", type=Path, metavar="FILE", help=message("the table to begin with (default: an example)")
    )
    add_table_options(command)
    command.add_argument("--language", choices=languages(), default="zh", help=message("of the briefing (default: zh)"))
    command.add_argument(
        "--dry-run", action="store_true", help=message("show what would be written, and write nothing")
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show what the data seem to be, write the project, and say what to do next."""
    from clusterreport.app import starting

    today = now().astimezone().date()
    project = starting.start(options.file, options.language, today, options.sheet, header_rows=options.header_rows)
    show_table(project.table)
    sys.stdout.writelines(message("note: {words}\n", words=doubt) for doubt in project.doubts())
    if options.dry_run:
        return 0
    starting.write(project, options.folder)
    command = f"{program()} build {shlex.quote(str(options.folder))}"
    sys.stdout.write(message("\n{folder} is written. Next: {command}\n", folder=options.folder, command=command))
    return 0


def show_table(table: FoundTable) -> None:
    """Print which rows are taken for the header of a workbook, and what each column is taken for."""
    from clusterreport.data.schema import type_in_words

    description, dataset = table.description, table.dataset
    if table.proposal:
        sys.stdout.write(f"{table.proposal.shown()}\n")
    read = message(", read as {encoding}", encoding=dataset.encoding) if dataset.encoding else ""
    sys.stdout.write(message("{name}: {rows} rows{read}\n", name=dataset.name, rows=description.rows, read=read))
    for column in description.columns:
        unit = message(" in {unit}", unit=column.unit) if column.unit else ""
        key = message(", part of the key") if column.name in description.key else ""
        filled = message("{filled} of {rows} filled", filled=column.filled, rows=description.rows)
        sys.stdout.write(
            message(
                "  {heading}: {kind}{unit}{key}; {filled}; {examples}\n",
                heading=column.heading,
                kind=type_in_words(column.kind, spoken()),
                unit=unit,
                key=key,
                filled=filled,
                examples="、".join(column.examples),
            )
        )
    sys.stdout.writelines(message("note: {words}\n", words=words) for words in table.taken_over())
