"""clusterreport archive: looks after the records of issues."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import add_folder_option
from clusterreport.errors import ProblemsError, UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``archive`` to the command line."""
    archive = commands.add_parser("archive", help=message("look after the records of issues"))
    actions = archive.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify = actions.add_parser("verify", help=message("check that records are what they were when they were written"))
    verify.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help=message("one record (default: the whole archive)")
    )
    add_folder_option(verify)
    verify.set_defaults(run=run_verify)


def run_verify(options: argparse.Namespace) -> int:
    """Check records."""
    from clusterreport import settings
    from clusterreport.delivery.archive import SUMS, verify_record
    from clusterreport.delivery.record_folders import settle

    archive = options.folder
    if archive is None:
        archive = settings.load(options.project.resolve()).delivery.archive
        settle(archive)
    folders = [archive] if (archive / SUMS).exists() else sorted(path.parent for path in archive.glob(f"*/{SUMS}"))
    if not folders:
        raise UsageError(
            str(archive), message("there is no record in it"), message("Name a record, or the folder that holds them.")
        )
    problems = [problem for folder in folders for problem in verify_record(folder)]
    if problems:
        raise ProblemsError(problems)
    sys.stdout.write(message("{count} records are whole\n", count=len(folders)))
    return 0
