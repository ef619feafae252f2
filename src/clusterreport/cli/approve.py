"""clusterreport review and approve: shows what is about to go, and records who approves it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from clusterreport.cli.arguments import add_issue, add_person, listed, now, opened_project, shown
from clusterreport.cli.words import in_words
from clusterreport.messages import message

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path

    from clusterreport.delivery.editions import PublishedEdition
    from clusterreport.delivery.gate import Gate
    from clusterreport.delivery.outbox import ApprovalRow, DeliveryRow, IssueRow, Outbox
    from clusterreport.settings import Settings

_KIB: Final = 1024
_OPENERS: Final = {"darwin": "open", "win32": "explorer"}


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``review`` and ``approve`` to the command line."""
    review = commands.add_parser("review", help=message("show what an issue would send, and to whom"))
    add_issue(review)
    review.add_argument("--open", action="store_true", help=message("open the files too"))
    review.set_defaults(run=run_review)
    approve = commands.add_parser("approve", help=message("let an issue go, exactly as it is now"))
    add_issue(approve)
    add_person(approve)
    approve.add_argument(
        "--audience",
        action="append",
        default=[],
        metavar="NAMES",
        help=message("only this one, or these, joined by commas (repeatable)"),
    )
    approve.add_argument(
        "--edition", action="append", default=[], metavar="CITY/AUDIENCE",
        help=message("only this edition of an issue of many cities, or these, joined by commas (repeatable)"),
    )  # fmt: skip
    approve.add_argument(
        "--accept-stale", metavar="REASON", help=message("let it go though its data are too old, and say why")
    )
    approve.set_defaults(run=run_approve)


def run_review(options: argparse.Namespace) -> int:
    """Print the whole of what is about to go."""
    from clusterreport.delivery import outbox as box
    from clusterreport.delivery.edition_names import folder_of

    with opened_project(options, "told") as (settings, outbox):
        issue = box.issue_named(outbox, options.issue)
        for line in _review(settings, outbox, issue):
            sys.stdout.write(f"{line}\n")
        if options.open:
            for edition in dict.fromkeys(row.audience for row in box.files(outbox, issue.id)):
                _open(folder_of(settings.output, options.issue, edition))
    return 0


def run_approve(options: argparse.Namespace) -> int:
    """Approve the files that lie in the output folder, if they are those that were built."""
    from clusterreport.delivery import outbox as box
    from clusterreport.delivery.approval import accept_stale, approve, editions_for

    with opened_project(options) as (settings, outbox):
        issue = box.issue_named(outbox, options.issue)
        entry = box.AuditEntry(options.by, now(), message("approved on the command line"))
        of_audiences = editions_for(outbox, issue, listed(options.audience))
        editions = tuple(dict.fromkeys([*listed(options.edition), *of_audiences]))
        if not editions:
            _refuse_all_at_once(settings, outbox, issue)
        if options.accept_stale:
            accept_stale(outbox, issue, entry, options.accept_stale)
        for approval in approve(outbox, issue, settings.output, entry, editions):
            sys.stdout.write(
                message(
                    "approved: {issue} {audience}, digest {digest}\n",
                    issue=options.issue,
                    audience=approval.audience,
                    digest=approval.digest[:12],
                )
            )
    return 0


def _refuse_all_at_once(settings: Settings, outbox: Outbox, issue: IssueRow) -> None:
    """Raise UsageError where the schedule has each edition approved on its own, and none is named."""
    from clusterreport.delivery import outbox as box
    from clusterreport.errors import UsageError

    if issue.schedule in {schedule.name for schedule in settings.schedules if schedule.each}:
        built = dict.fromkeys(row.audience for row in box.files(outbox, issue.id))
        waiting = [edition for edition in built if box.approval(outbox, issue.id, edition) is None]
        raise UsageError(
            message("issue {name}", name=issue.name),
            message("each of its editions is approved on its own"),
            message("Name those that you have looked at, with --edition: {names}.", names=message(", ").join(waiting)),
        )


def _review(settings: Settings, outbox: Outbox, issue: IssueRow) -> Iterator[str]:
    from clusterreport.delivery import outbox as box
    from clusterreport.delivery.edition_names import folder_of
    from clusterreport.delivery.editions import EditionError, edition_in
    from clusterreport.delivery.gate import gate_of
    from clusterreport.publishing import MESSAGE_TEXT

    gate = gate_of(settings, outbox, now)
    late = message(", late by {late}", late=issue.late) if issue.late and issue.late > dt.timedelta(minutes=15) else ""
    yield message(
        "{name}: {state}, No. {number} of {year} (No. {total} overall), {kind}",
        name=issue.name,
        state=in_words(issue.state),
        number=issue.number,
        year=issue.year,
        total=issue.total,
        kind=in_words(issue.kind),
    )
    yield message(
        "due {due}{late}; data as of {as_of}",
        due=shown(issue.due, settings, issue.schedule),
        late=late,
        as_of=issue.as_of,
    )
    deliveries = box.deliveries(outbox, issue=issue.id)
    for audience in dict.fromkeys(delivery.audience for delivery in deliveries):
        yield ""
        approval = box.approval(outbox, issue.id, audience)
        yield message("{what}: {words}", what=audience, words=_approved(approval, settings, issue))
        try:
            edition = edition_in(folder_of(settings.output, str(issue.name), audience), audience)
        except EditionError as error:
            yield message("  not ready: {error}", error=error)
            continue
        yield message("  subject: {subject}", subject=edition.manifest.made_from.subject or message("(none)"))
        yield from _sizes(edition)
        own = [delivery for delivery in deliveries if delivery.audience == audience]
        yield from _recipients(gate, edition, issue, own)
        yield from (f"  | {line}".rstrip() for line in edition.text(MESSAGE_TEXT).splitlines())


def _approved(approval: ApprovalRow | None, settings: Settings, issue: IssueRow) -> str:
    if approval is None:
        return message("not approved")
    moment = shown(approval.at, settings, issue.schedule)
    return message(
        "approved by {by}, {moment}, digest {digest}", by=approval.by, moment=moment, digest=approval.digest[:12]
    )


def _sizes(edition: PublishedEdition) -> Iterator[str]:
    for row in edition.rows:
        yield f"  {row.name}  {row.size / _KIB:,.0f} KiB  {row.sha256[:12]}"


def _recipients(gate: Gate, edition: PublishedEdition, issue: IssueRow, deliveries: list[DeliveryRow]) -> Iterator[str]:
    readers = [gate.recipient_of(delivery) for delivery in deliveries]
    faults = gate.faults(edition, issue, filter(None, readers))
    for delivery, recipient in zip(deliveries, readers, strict=True):
        yield message(
            "  to {name} <{destination}>: {state}",
            name=delivery.name,
            destination=delivery.destination,
            state=in_words(delivery.state),
        )
        if recipient is None:
            yield message(
                "    will not go: no longer among the recipients of {audience}",
                audience=delivery.audience,
            )
            continue
        for fault in next(faults):
            yield message("    will not go: {fault}", fault=fault)


def _open(folder: Path) -> None:
    """Open the folder's documents with what the desktop has for them."""
    from clusterreport.publishing import MESSAGE_HTML

    opener = _OPENERS.get(sys.platform, "xdg-open")
    for path in sorted(folder.glob("*")):
        if path.suffix in {".pdf", ".docx", ".html", ".xlsx"} and path.name != MESSAGE_HTML:
            subprocess.run([opener, str(path)], check=False)  # noqa: S603 -- a fixed program, and a file that we wrote
