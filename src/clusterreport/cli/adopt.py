"""clusterreport adopt: takes the words that were changed in a Word file of ours back into the templates."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import add_folder, add_json
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    import argparse

    from clusterreport.app.adopting import Adoption


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    command = commands.add_parser("adopt", help=message("take words changed in a Word file back into the templates"))
    command.add_argument("file", type=Path, metavar="FILE", help=message("the Word file of an edition, as edited"))
    add_folder(command)
    command.add_argument(
        "--apply", action="store_true", help=message("write the templates (default: show the changes)")
    )
    add_json(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show or write what becomes of the changed words; 1 where some could not be placed."""
    from clusterreport import settings
    from clusterreport.app.adopting import adopted

    root = options.project.resolve()
    adoption = adopted(options.file, settings.load(root).templates)
    if options.apply:
        adoption.apply()
    if options.json:
        unplaced = [{"words": each.words, "why": each.why} for each in adoption.unplaced]
        diff = "".join(adoption.diff(root))
        told = {"problems": [], "diff": diff, "applied": bool(options.apply), "unplaced": unplaced}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        _print(adoption, root, applied=options.apply)
    return int(bool(adoption.unplaced))


def _print(adoption: Adoption, root: Path, *, applied: bool) -> None:
    sys.stdout.writelines(adoption.diff(root))
    for each in adoption.unplaced:
        sys.stdout.write(message("not placed: “{words}”: {why}", words=each.words, why=each.why) + "\n")
    count = len(adoption.texts)
    if applied:
        said = counted(count, "1 template is written", "{count} templates are written")
    else:
        said = counted(count, "1 template would change", "{count} templates would change")
    sys.stdout.write(f"{said}\n")
    if count and not applied:
        sys.stdout.write(message("to write them, add --apply; then build, and read what was adopted") + "\n")
