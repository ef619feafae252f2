"""clusterreport check: reads and checks data and templates, and writes nothing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import add_project, now, project_settings, refuse_future
from clusterreport.cli.told import told_lines
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``check`` to the command line."""
    command = commands.add_parser("check", help=message("check data and templates without writing anything"))
    add_project(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check everything up to the finished files, in memory; problems leave through the error."""
    chosen = project_settings(options)
    refuse_future(chosen, options)
    from clusterreport.app.build import check

    checked = check(chosen, now())
    if options.json:
        findings = [problem.parts() for problem in checked.told]
        content = {"problems": [], "audiences": checked.audiences, "remarks": checked.remarks, "findings": findings}
        sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    elif not options.quiet:
        sys.stdout.write(
            message(
                "data and templates are in order for: {audiences}\n", audiences=message(", ").join(checked.audiences)
            )
        )
        sys.stdout.writelines(message("note: {words}\n", words=remark) for remark in checked.remarks)
        sys.stdout.writelines(f"{line}\n" for line in told_lines(checked.told))
    return 0
