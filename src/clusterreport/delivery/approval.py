"""Approves what lies in the output folder: exactly those bytes, and only if they are the ones that were built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.delivery import outbox as box
from clusterreport.delivery.edition_names import audience_of, folder_of
from clusterreport.delivery.editions import EditionError, edition_in
from clusterreport.errors import UsageError
from clusterreport.messages import message, template

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from clusterreport.delivery.outbox import ApprovalRow, AuditEntry, IssueRow, Outbox

_STALE: Final = "accepted"
_REBUILD: Final = template("Build the issue again (clusterreport issue rebuild), look at it, and approve it then.")


def approve(
    outbox: Outbox, issue: IssueRow, output: Path, entry: AuditEntry, audiences: tuple[str, ...] = ()
) -> tuple[ApprovalRow, ...]:
    """Approve the editions ``audiences``, or all; UsageError where a file on the disk is not the one that was recorded.

    What is built while the files are looked at is not approved by it: OutboxError.
    """
    built = box.files(outbox, issue.id)
    for audience in dict.fromkeys(row.audience for row in built):
        if audiences and audience not in audiences:
            continue
        place = f"{issue.name}/{audience}"
        try:
            edition = edition_in(folder_of(output, str(issue.name), audience), audience)
        except EditionError as error:
            raise UsageError(place, str(error), message(_REBUILD)) from None
        if edition.rows != tuple(row for row in built if row.audience == audience):
            raise UsageError(
                place, message("the files are not those that were built for this issue"), message(_REBUILD)
            )
    return box.approve(outbox, issue.id, entry, audiences or None, built)


def editions_for(outbox: Outbox, issue: IssueRow, audiences: Collection[str]) -> tuple[str, ...]:
    """Return the editions of an issue for some audiences, of all its cities; an audience that it has not is kept."""
    built = dict.fromkeys(row.audience for row in box.files(outbox, issue.id))
    found = {name: [edition for edition in built if audience_of(edition) == name] for name in audiences}
    return tuple(edition for name, editions in found.items() for edition in editions or [name])


def accept_stale(outbox: Outbox, issue: IssueRow, entry: AuditEntry, reason: str) -> None:
    """Sign for data that are older than the schedule allows: who, when, why."""
    box.note(outbox, issue, box.AuditEntry(entry.by, entry.at, reason), {_STALE: str(issue.as_of)})


def stale_accepted(outbox: Outbox, issue: IssueRow) -> bool:
    """Tell whether somebody has signed for the age of an issue's data."""
    lines = box.history(outbox, issue=issue.id)
    return any(line.detail.get(_STALE) == str(issue.as_of) for line in lines)
