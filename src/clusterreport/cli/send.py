"""clusterreport send: sends what may go, once; and does one cycle for the timer of clusterreport schedule run-due."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.cli.arguments import add_folder, now, opened_project
from clusterreport.cli.words import in_words
from clusterreport.errors import UsageError
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from clusterreport.app.cycles import Cycle
    from clusterreport.app.steps import Step
    from clusterreport.delivery.outbox import Outbox
    from clusterreport.settings import Settings

_TROUBLED: Final = 1


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``send`` to the command line."""
    send = commands.add_parser("send", help=message("send what is approved and due"))
    add_folder(send)
    send.add_argument(
        "--dry-run", type=Path, metavar="DIR", help=message("write the messages as .eml files there; send nothing")
    )
    send.set_defaults(run=run_send)


def run_send(options: argparse.Namespace) -> int:
    """Send, or write what would be sent."""
    from clusterreport.app.cycles import keep_records, send_due

    with opened_project(options) as (settings, outbox):
        if options.dry_run is not None:
            return _write_messages(settings, outbox, options.dry_run)
        attempts = send_due(settings, outbox, now)
        kept = keep_records(settings, outbox)
    _say_steps(kept)
    _say_attempts(attempts)
    return _TROUBLED if kept or attempts.get("failed") or attempts.get("uncertain") else 0


def run_due(options: argparse.Namespace) -> int:
    """Do one cycle: what a timer calls."""
    from clusterreport.app.cycles import run_cycle

    with opened_project(options) as (settings, outbox):
        done = run_cycle(settings, outbox, now)
    _say(done)
    return _TROUBLED if done.needs_attention else 0


def _write_messages(settings: Settings, outbox: Outbox, folder: Path) -> int:
    """Write each message that is approved, due or not, and say why the others would not go."""
    from clusterreport.delivery import outbox as box
    from clusterreport.delivery.gate import gate_of
    from clusterreport.delivery.private_files import write_private
    from clusterreport.delivery.worker import GateError

    if settings.mail is None:
        raise UsageError(
            "clusterreport.toml, mail", message("it is not set"), message("Write [mail] with host and sender.")
        )
    folder.mkdir(parents=True, exist_ok=True)
    gate, refused = gate_of(settings, outbox, now), 0
    for row in box.deliveries(outbox, ("approved",)):
        try:
            outgoing = gate(row)
        except GateError as error:
            refused += 1
            sys.stdout.write(
                message(
                    "{id} {destination}: would not go: {reason}\n",
                    id=row.id,
                    destination=row.destination,
                    reason=error.reason,
                )
            )
            continue
        if outgoing.recipient.address is not None:
            path = folder / f"{row.id}-{row.audience.replace('/', '-')}.eml"
            write_private(path, outgoing.message)
            sys.stdout.write(f"{row.id} {row.destination}: {path}\n")
    sys.stdout.write(message("nothing was sent\n"))
    return _TROUBLED if refused else 0


def _say(done: Cycle) -> None:
    _say_steps(done.steps)
    _say_attempts(done.attempts)


def _say_steps(steps: Iterable[Step]) -> None:
    for step in steps:
        said = message("{what}: {words}", what=in_words(step.what), words=step.message)
        sys.stdout.write(message("{what}: {words}", what=step.schedule, words=said) + "\n")


def _say_attempts(attempts: object) -> None:
    counts = dict(attempts)  # type: ignore[call-overload]
    words = {"approved": message("again later")}
    said = message(", ").join(f"{count} {words.get(state) or in_words(state)}" for state, count in counts.items())
    sys.stdout.write(message("deliveries: {said}\n", said=said or message("none due")))
