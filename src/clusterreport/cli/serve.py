"""clusterreport send, serve, archive: sends what may go, once or as a service, and writes the records."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.cli.arguments import add_folder, add_folder_option, now, opened_project
from clusterreport.errors import ClusterReportError, ProblemsError, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from clusterreport.app.cycles import Cycle
    from clusterreport.app.steps import Step
    from clusterreport.delivery.outbox import Outbox
    from clusterreport.settings import Settings

_TROUBLED: Final = 1
_SECONDS: Final = 60


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to the command line."""
    send = commands.add_parser("send", help="send what is approved and due")
    add_folder(send)
    send.add_argument(
        "--dry-run", type=Path, metavar="DIR", help="write the messages as .eml files there; send nothing"
    )
    send.set_defaults(run=run_send)

    serve = commands.add_parser("serve", help="do everything that is due, again and again, until stopped")
    add_folder(serve)
    serve.add_argument("--every", type=int, default=_SECONDS, metavar="SECONDS", help="how often (default: 60)")
    serve.add_argument(
        "--metrics", type=int, metavar="PORT", help="tell Prometheus on this port, on this machine alone"
    )
    serve.add_argument("--rounds", type=int, metavar="N", help="stop after so many")
    serve.set_defaults(run=run_serve)

    archive = commands.add_parser("archive", help="look after the records of issues")
    actions = archive.add_subparsers(title="actions", metavar="ACTION", required=True)
    verify = actions.add_parser("verify", help="check that records are what they were when they were written")
    verify.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="one record (default: the whole archive)"
    )
    add_folder_option(verify)
    verify.set_defaults(run=run_verify)


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


def run_serve(options: argparse.Namespace) -> int:
    """Do one cycle after another; settings are read anew for each, and a cycle that fails does not end the service."""
    from clusterreport.app.cycles import run_cycle
    from clusterreport.cli.json_logging import log_json_to_stderr
    from clusterreport.cli.metrics import Metrics

    service_log = log_json_to_stderr()
    left = options.rounds
    with Metrics(options.metrics) as metrics:
        while left is None or left > 0:
            try:
                with opened_project(options) as (settings, outbox):
                    metrics.cycle_done(run_cycle(settings, outbox, now), outbox, now())
            except ClusterReportError as error:
                metrics.cycle_failed()
                service_log.error("the round failed: %s", str(error).replace("\n", " "))
            except Exception:  # noqa: BLE001 -- whatever ends a cycle, the next one begins
                metrics.cycle_failed()
                service_log.exception("the round failed: a defect of the program")
            left = None if left is None else left - 1
            if left is None or left > 0:
                time.sleep(options.every)
    return 0


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
        raise UsageError(str(archive), "there is no record in it", "Name a record, or the folder that holds them.")
    problems = [problem for folder in folders for problem in verify_record(folder)]
    if problems:
        raise ProblemsError(problems)
    sys.stdout.write(f"{len(folders)} records are whole\n")
    return 0


def _write_messages(settings: Settings, outbox: Outbox, folder: Path) -> int:
    """Write each message that is approved, due or not, and say why the others would not go."""
    from clusterreport.delivery import outbox as box
    from clusterreport.delivery.gate import gate_of
    from clusterreport.delivery.private_files import write_private
    from clusterreport.delivery.worker import GateError

    if settings.mail is None:
        raise UsageError("clusterreport.toml, mail", "it is not set", "Write [mail] with host and sender.")
    folder.mkdir(parents=True, exist_ok=True)
    gate, refused = gate_of(settings, outbox, now), 0
    for row in box.deliveries(outbox, ("approved",)):
        try:
            outgoing = gate(row)
        except GateError as error:
            refused += 1
            sys.stdout.write(f"{row.id} {row.destination}: would not go: {error.reason}\n")
            continue
        if outgoing.recipient.address is not None:
            path = folder / f"{row.id}-{row.audience}.eml"
            write_private(path, outgoing.message)
            sys.stdout.write(f"{row.id} {row.destination}: {path}\n")
    sys.stdout.write("nothing was sent\n")
    return _TROUBLED if refused else 0


def _say(done: Cycle) -> None:
    _say_steps(done.steps)
    _say_attempts(done.attempts)


def _say_steps(steps: Iterable[Step]) -> None:
    for step in steps:
        sys.stdout.write(f"{step.schedule}: {step.what}: {step.message}\n")


def _say_attempts(attempts: object) -> None:
    counts = dict(attempts)  # type: ignore[call-overload]
    said = ", ".join(f"{count} {'again later' if state == 'approved' else state}" for state, count in counts.items())
    sys.stdout.write(f"deliveries: {said or 'none due'}\n")
