"""clusterreport doctor: says what of a project and this machine is in order, and what to do about the rest."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from clusterreport import settings
from clusterreport.cli.arguments import add_folder, now
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``doctor`` to the command line."""
    command = commands.add_parser(
        "doctor", help=message("examine a project and this machine, with a remedy for each fault")
    )
    add_folder(command)
    command.add_argument("--offline", action="store_true", help=message("ask no server"))
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print what is in order and what is not; return 1 where something is not."""
    project = settings.load(options.project.resolve())
    from clusterreport.app.doctor import examine

    found = examine(project, now(), network=not options.offline)
    sys.stdout.writelines(f"{note}\n" for note in found.notes)
    sys.stdout.writelines(message("NOT IN ORDER  {problem}\n", problem=problem) for problem in found.problems)
    return 1 if found.problems else 0
