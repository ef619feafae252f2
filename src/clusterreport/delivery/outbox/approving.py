"""Records what was built and who approved it: an approval is of exact bytes, and a rebuild voids it."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from clusterreport.delivery.outbox.rows import ApprovalRow, FileRow, digest_of
from clusterreport.delivery.outbox.tables import APPROVALS, DELIVERIES, FILES, ISSUES
from clusterreport.delivery.outbox.transitions import (
    Move,
    close_if_over,
    locked_issue,
    may_have_left,
    move_deliveries,
    move_issue,
    standing_approval,
)
from clusterreport.errors import OutboxError
from clusterreport.locale import BASE, phrase
from clusterreport.messages import message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import AuditEntry

_EMPTY: Final[Mapping[str, Any]] = {"digest": None, "next_at": None, "lease_until": None}


def reopen(outbox: Outbox, issue: int, entry: AuditEntry) -> None:
    """Take back what was built and approved of an issue, so that nothing of it goes until it is built again.

    A sender that has not yet handed its delivery over is stopped. Raises OutboxError where the issue is over, or where
    anything of it has left or may have: then its files are those that went, and no build may take their place.
    """
    with outbox.writing() as connection:
        row = _buildable(connection, issue, outbox)
        if row.state != "planned":
            connection.execute(sa.delete(FILES).where(FILES.c.issue == issue))
            move_issue(connection, row, "planned", entry)
            _take_back(connection, issue, Move(("built", "approved"), "planned", _EMPTY), entry)
            _check_nothing_left(connection, row, outbox)


def record_built(
    outbox: Outbox, issue: int, built: Iterable[FileRow], entry: AuditEntry, as_of: dt.date | None = None
) -> None:
    """Record the files of every audience instead of those before; whatever was approved is so no longer.

    ``as_of`` is the date that their data speak of, None where it is still that of the plan. A sender that has not yet
    handed its delivery over is stopped. Raises OutboxError as ``reopen`` does, and where an audience of one of its
    recipients has no files.
    """
    built = tuple(built)
    with outbox.writing() as connection:
        row = _buildable(connection, issue, outbox)
        missing = _audiences(connection, issue) - {file.audience for file in built}
        if missing:
            problem = message("nothing was built for {missing}", missing=message(", ").join(sorted(missing)))
            raise _refused(outbox, row, problem, message("Build every audience that the issue has recipients of."))
        if as_of is not None:
            connection.execute(sa.update(ISSUES).where(ISSUES.c.id == issue).values(as_of=as_of))
        connection.execute(sa.delete(FILES).where(FILES.c.issue == issue))
        connection.execute(sa.insert(FILES), [{"issue": issue, **asdict(file)} for file in built])
        move_issue(connection, row, "built", entry)
        _take_back(connection, issue, Move(("planned", "approved"), "built", _EMPTY), entry)
        _check_nothing_left(connection, row, outbox)


def approve(
    outbox: Outbox,
    issue: int,
    entry: AuditEntry,
    audiences: Iterable[str] | None = None,
    seen: Iterable[FileRow] | None = None,
) -> tuple[ApprovalRow, ...]:
    """Let the files of ``audiences``, None being all of them, go to their recipients, and return the approvals.

    What is approved already stays so, by whom it was. ``seen`` are the files that somebody has looked at, None where
    nobody has. Raises OutboxError where there is nothing to approve, or other files than those.
    """
    with outbox.writing() as connection:
        row = locked_issue(connection, issue, outbox.place)
        if row.state not in {"built", "approved"}:
            raise _refused(
                outbox,
                row,
                message("it is {state}, and cannot be approved", state=row.state),
                message("Build it first."),
            )
        if seen is not None and sorted(seen) != _recorded(connection, issue):
            remedy = message("Look at it as it is now (clusterreport review), then approve it.")
            raise _refused(outbox, row, message("it was built again in the meantime"), remedy)
        digests = _digests(connection, issue)
        chosen = tuple(digests if audiences is None else audiences)
        unknown = [audience for audience in chosen if audience not in digests]
        if unknown:
            problem = message("it has no audience {unknown}", unknown=unknown[0])
            raise _refused(outbox, row, problem, message("Write one of: {names}.", names=message(", ").join(digests)))
        approvals = tuple(_approve(connection, row, audience, digests[audience], entry) for audience in chosen)
        if row.state == "built" and all(standing_approval(connection, issue, audience) for audience in digests):
            move_issue(connection, row, "approved", entry)
            close_if_over(connection, locked_issue(connection, issue, outbox.place), entry)
        return approvals


def _approve(
    connection: sa.Connection, issue: sa.Row[Any], audience: str, digest: str, entry: AuditEntry
) -> ApprovalRow:
    standing = standing_approval(connection, issue.id, audience)
    if standing:
        return standing
    approval = ApprovalRow(issue.id, audience, entry.by, entry.at, digest, None)
    connection.execute(sa.insert(APPROVALS).values(asdict(approval)))
    which = (DELIVERIES.c.issue == issue.id) & (DELIVERIES.c.audience == audience)
    values = {"digest": digest, "next_at": max(entry.at, issue.due)}  # nothing goes before it is due
    move_deliveries(connection, which, Move(("built",), "approved", values, {"digest": digest}), entry)
    return approval


def _buildable(connection: sa.Connection, issue: int, outbox: Outbox) -> sa.Row[Any]:
    row = locked_issue(connection, issue, outbox.place)
    if row.state not in {"planned", "built", "approved"}:
        raise _refused(outbox, row, message("it is {state}, and cannot be built again", state=row.state), _correct())
    _check_nothing_left(connection, row, outbox)
    return row


def _correct() -> str:
    word = phrase("issue.correction_word", BASE)
    return message("Make a correction ({word}).", word=word)


def _check_nothing_left(connection: sa.Connection, issue: sa.Row[Any], outbox: Outbox) -> None:
    """Raise OutboxError where somebody has the issue, or may; asked again at the end, for a sender may be faster."""
    left = connection.execute(sa.select(DELIVERIES.c.state).where(may_have_left(issue.id))).scalars().all()
    if not left:
        return
    problem = message(
        "{count} of its deliveries have gone or may have gone, and an issue has one version", count=len(left)
    )
    doubt = (
        message("Find out what became of those that are uncertain (clusterreport resolve). ")
        if "uncertain" in left
        else ""
    )
    remedy = message(
        "Cancel what has not gone (clusterreport issue cancel), then make a correction (clusterreport issue correct)."
    )
    raise _refused(outbox, issue, problem, doubt + remedy)


def _take_back(connection: sa.Connection, issue: int, move: Move, entry: AuditEntry) -> None:
    """Void what was approved, and move what waits; who is sending and has not handed it over yet is stopped."""
    void = sa.update(APPROVALS).where(APPROVALS.c.issue == issue, APPROVALS.c.void.is_(None))
    connection.execute(void.values(void=entry.at))
    ours = DELIVERIES.c.issue == issue
    move_deliveries(connection, ours, move, entry)
    stopped = Move(("sending",), move.after, {**_EMPTY, "fence": DELIVERIES.c.fence + 1})
    move_deliveries(connection, ours & DELIVERIES.c.committed.is_(False), stopped, entry)


def _audiences(connection: sa.Connection, issue: int) -> set[str]:
    query = sa.select(DELIVERIES.c.audience).where(DELIVERIES.c.issue == issue).distinct()
    return set(connection.execute(query).scalars())


def _recorded(connection: sa.Connection, issue: int) -> list[FileRow]:
    query = sa.select(FILES).where(FILES.c.issue == issue)
    return sorted(FileRow(row.audience, row.name, row.sha256, row.size) for row in connection.execute(query))


def _digests(connection: sa.Connection, issue: int) -> dict[str, str]:
    rows = _recorded(connection, issue)
    return {audience: digest_of(own) for audience, own in groupby(rows, lambda file: file.audience)}


def _refused(outbox: Outbox, issue: sa.Row[Any], problem: str, remedy: str) -> OutboxError:
    return OutboxError(
        message("{place}, issue {name}", place=outbox.place, name=issue.name or issue.id), problem, remedy
    )
