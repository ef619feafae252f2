"""clusterreport backup, restore, accept, hold: keeps the outbox, and puts it back without sending anything twice."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clusterreport.cli.arguments import add_folder, add_folder_option, add_person, now, opened_project, said
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``backup``, ``restore``, ``accept`` and ``hold`` to the command line."""
    backup = commands.add_parser("backup", help=message("copy the outbox while it is in use"))
    backup.add_argument("file", type=Path, metavar="FILE", help=message("where to; nothing is written over"))
    add_folder_option(backup)
    backup.set_defaults(run=run_backup)

    restore = commands.add_parser("restore", help=message("put a copy of the outbox back, and hold what it would send"))
    restore.add_argument("file", type=Path, metavar="FILE", help=message("a copy that `clusterreport backup` has made"))
    add_folder_option(restore)
    add_person(restore)
    restore.set_defaults(run=run_restore)

    accept = commands.add_parser(
        "accept",
        help=message("let a new or older outbox take the place of the one seen last, and hold what it would send"),
    )
    add_folder(accept)
    add_person(accept)
    accept.add_argument(
        "--reason", required=True, type=said, metavar="WORDS", help=message("what became of the other one")
    )
    accept.set_defaults(run=run_accept)

    hold = commands.add_parser(
        "hold", help=message("let nothing go until somebody resolves it: all that waits becomes uncertain")
    )
    add_folder(hold)
    add_person(hold)
    hold.add_argument("--reason", required=True, metavar="WORDS", help="why")
    hold.set_defaults(run=run_hold)


def run_backup(options: argparse.Namespace) -> int:
    """Copy the outbox."""
    from clusterreport import settings
    from clusterreport.delivery.outbox.backup import backup

    backup(settings.load(options.project.resolve()).delivery, options.file)
    sys.stdout.write(message("copied to {file}\n", file=options.file))
    return 0


def run_restore(options: argparse.Namespace) -> int:
    """Put a copy back."""
    from clusterreport import settings
    from clusterreport.delivery.outbox import AuditEntry
    from clusterreport.delivery.outbox.backup import restore

    reason = message("restored from {name}: it may have been sent since", name=options.file.name)
    entry = AuditEntry(options.by, now(), reason)
    _say(restore(settings.load(options.project.resolve()).delivery, options.file, entry))
    return 0


def run_accept(options: argparse.Namespace) -> int:
    """Go on with another outbox."""
    from clusterreport.delivery.outbox import AuditEntry
    from clusterreport.delivery.outbox.backup import accept

    with opened_project(options, "ignored") as (settings, outbox):
        schedules = [schedule.name for schedule in settings.schedules]
        _say(accept(outbox, schedules, AuditEntry(options.by, now(), options.reason)))
    return 0


def run_hold(options: argparse.Namespace) -> int:
    """Hold everything."""
    from clusterreport.delivery.outbox import AuditEntry
    from clusterreport.delivery.outbox.backup import hold

    with opened_project(options) as (_, outbox):
        _say(hold(outbox, AuditEntry(options.by, now(), options.reason)))
    return 0


def _say(held: int) -> None:
    sys.stdout.write(
        message("{held} deliveries are uncertain now; see `clusterreport deliveries --uncertain`\n", held=held)
    )
    sys.stdout.write(
        message("what was due until now and is not in `clusterreport issue list` will not be made by itself\n")
    )
