"""clusterreport deliveries, resend, resolve, reconcile: what became of each delivery, and what one does about it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clusterreport.cli.arguments import (
    add_folder,
    add_folder_option,
    add_issue,
    add_json,
    add_person,
    now,
    opened_project,
    shown,
)
from clusterreport.cli.words import in_words
from clusterreport.messages import message, os_reason

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from clusterreport.delivery.confirming import Evidence
    from clusterreport.delivery.outbox import DeliveryRow, DeliveryState, Outbox

_STATES: Final[tuple[DeliveryState, ...]] = ("failed", "uncertain", "sent")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``deliveries``, ``resend``, ``resolve`` and ``reconcile`` to the command line."""
    listing = commands.add_parser("deliveries", help=message("list deliveries, with what the other side replied"))
    add_folder(listing)
    for state in _STATES:
        listing.add_argument(
            f"--{state}",
            dest="states",
            action="append_const",
            const=state,
            help=message("only those {state}", state=in_words(state)),
        )
    listing.add_argument("--issue", metavar="ISSUE", help=message("only those of this issue"))
    add_json(listing)
    listing.set_defaults(run=run_list)

    resend = commands.add_parser("resend", help=message("send an issue again to those who did not get it"))
    add_issue(resend)
    add_person(resend)
    resend.set_defaults(run=run_resend)

    resolve = commands.add_parser("resolve", help=message("end the doubt about an uncertain delivery"))
    resolve.add_argument(
        "delivery", type=int, metavar="ID", help=message("its number, as `clusterreport deliveries` lists it")
    )
    add_folder_option(resolve)
    verdict = resolve.add_mutually_exclusive_group(required=True)
    verdict.add_argument("--sent", dest="verdict", action="store_const", const="sent", help=message("it did arrive"))
    verdict.add_argument(
        "--resend", dest="verdict", action="store_const", const="resend", help=message("send it again")
    )
    add_person(resolve)
    resolve.add_argument("--reason", default="", metavar="WORDS", help=message("how you know"))
    resolve.set_defaults(run=run_resolve)

    reconcile = commands.add_parser(
        "reconcile", help=message("look for uncertain messages in a server's log or a mailbox")
    )
    add_folder(reconcile)
    source = reconcile.add_mutually_exclusive_group(required=True)
    source.add_argument("--postfix-log", type=Path, metavar="FILE", help=message("a log of Postfix"))
    source.add_argument("--imap", metavar="USER@HOST[:PORT]", help=message("a mailbox that gets a copy of everything"))
    reconcile.add_argument(
        "--password-env", metavar="NAME", help=message("the variable that holds the mailbox's password")
    )
    reconcile.add_argument("--authorities", type=Path, metavar="FILE", help=message("certificates to trust, in PEM"))
    reconcile.add_argument("--by", metavar="NAME", help=message("record as sent what has arrived, in this name"))
    reconcile.set_defaults(run=run_reconcile)


def run_list(options: argparse.Namespace) -> int:
    """Print the deliveries."""
    from clusterreport.delivery import outbox as box

    with opened_project(options, "told") as (_, outbox):
        issue = box.issue_named(outbox, options.issue).id if options.issue else None
        rows = box.deliveries(outbox, options.states or (), issue=issue)
    if options.json:
        plain = [
            {**asdict(row), "lease_until": None, "next_at": row.next_at and row.next_at.isoformat()} for row in rows
        ]
        sys.stdout.write(json.dumps({"deliveries": plain}, ensure_ascii=False) + "\n")
        return 0
    for row in rows:
        sys.stdout.write(_described(row))
    sys.stdout.write(message("{count} deliveries\n", count=len(rows)))
    return 0


def run_resend(options: argparse.Namespace) -> int:
    """Let failed and cancelled deliveries go again; what was sent, or may have been, is left alone."""
    from clusterreport.delivery import outbox as box

    with opened_project(options) as (_, outbox):
        issue = box.issue_named(outbox, options.issue)
        entry = box.AuditEntry(options.by, now(), message("resend"))
        again = box.resend(outbox, issue.id, entry)
    sys.stdout.write(message("{count} deliveries will be sent again\n", count=len(again)))
    return 0


def run_resolve(options: argparse.Namespace) -> int:
    """Record what a person knows of an uncertain delivery."""
    from clusterreport.delivery import outbox as box

    with opened_project(options) as (_, outbox):
        entry = box.AuditEntry(options.by, now(), options.reason)
        box.resolve(outbox, options.delivery, options.verdict, entry)
        sys.stdout.write(_described(box.delivery(outbox, options.delivery)))
    return 0


def run_reconcile(options: argparse.Namespace) -> int:
    """Print what was found of the uncertain deliveries, and record it where somebody gives his name."""
    from clusterreport.delivery import outbox as box

    with opened_project(options) as (_, outbox):
        uncertain = {row.message_id: row for row in box.deliveries(outbox, ("uncertain",))}
        wanted = {message_id: row.destination for message_id, row in uncertain.items()}
        found = {evidence.message_id: evidence for evidence in _evidence(options, wanted)}
        for message_id, row in uncertain.items():
            evidence = found.get(message_id)
            said = (
                message("{what}: {words}", what=in_words(evidence.verdict), words=evidence.words)
                if evidence
                else message("nothing was found")
            )
            sys.stdout.write(f"{row.id} {row.issue_name} {row.destination}: {said}\n")
            if evidence and evidence.verdict == "arrived" and options.by:
                _record(outbox, row, evidence, options.by)
    return 0


def _record(outbox: Outbox, row: DeliveryRow, evidence: Evidence, by: str) -> None:
    from clusterreport.delivery import outbox as box

    box.resolve(outbox, row.id, "sent", box.AuditEntry(by, now(), evidence.words))
    sys.stdout.write(message("  recorded as sent\n"))


def _evidence(options: argparse.Namespace, wanted: Mapping[str, str]) -> list[Evidence]:
    from clusterreport.delivery.confirming import IMAPS, Mailbox, in_mailbox, in_postfix_log
    from clusterreport.errors import UsageError
    from clusterreport.settings.secrets import Secret, revealed

    if options.postfix_log is not None:
        try:
            with options.postfix_log.open(encoding="utf-8", errors="replace") as lines:
                return list(in_postfix_log(lines, wanted))
        except OSError as error:
            problem = message("the file cannot be read: {reason}", reason=os_reason(error))
            raise UsageError(str(options.postfix_log), problem, message("Name a log that you may read.")) from None
    user, _, rest = options.imap.rpartition("@")
    host, _, port = rest.partition(":")
    if not user or not host or (port and not port.isdigit()):
        raise UsageError(
            "--imap",
            message("{imap!r} is not a mailbox", imap=options.imap),
            message("Write --imap user@mail.example.gov.cn."),
        )
    if not options.password_env:
        raise UsageError(
            "--password-env",
            message("it is not given"),
            message("Keep the password in a variable, and name that here."),
        )
    password = revealed(Secret("imap.password", options.password_env))
    mailbox = Mailbox(host, user, password, int(port or IMAPS), authorities=options.authorities)
    return list(in_mailbox(mailbox, wanted))


def _described(row: DeliveryRow) -> str:
    lines = [f"{row.id}  {row.issue_name}  {row.audience}  {row.name} <{row.destination}>: {in_words(row.state)}"]
    if row.state not in {"planned", "built", "sent"} or row.reply:
        again = message(", again at {next_at}", next_at=shown(row.next_at)) if row.next_at else ""
        lines.append(
            message(
                "    {attempts} attempts{again}; reply: {reply}",
                attempts=row.attempts,
                again=again,
                reply=row.reply or message("(none)"),
            )
        )
    if row.state == "uncertain":
        lines.append(
            message(
                "    Message-ID: <{message_id}>; ask the server's keeper, then: clusterreport resolve {id}",
                message_id=row.message_id,
                id=row.id,
            )
        )
    return "\n".join(lines) + "\n"
