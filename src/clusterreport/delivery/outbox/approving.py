"""Records what was built, and who stands for it: an approval holds for exact bytes, and a rebuild voids it."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from clusterreport.delivery.outbox.journal import (
    Move,
    close_if_over,
    locked_issue,
    move_deliveries,
    move_issue,
    standing_approval,
)
from clusterreport.delivery.outbox.rows import ApprovalRow, FileRow, digest_of
from clusterreport.delivery.outbox.tables import APPROVALS, DELIVERIES, FILES, ISSUES
from clusterreport.errors import OutboxError
from clusterreport.locale import BASE, phrase

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import Deed


def check_buildable(outbox: Outbox, issue: int) -> None:
    """Raise OutboxError where the issue is over: its files are those that went, and no build may take their place."""
    with outbox.writing() as connection:
        _buildable(connection, issue, outbox)


def record_built(
    outbox: Outbox, issue: int, built: Iterable[FileRow], deed: Deed, as_of: dt.date | None = None
) -> None:
    """Record the files of every audience instead of those before; whatever was approved is so no longer.

    ``as_of`` is the date that their data speak of, None where it is still that of the plan. A sender that has not yet
    handed its delivery over is stopped. Raises OutboxError where the issue is over, or an audience of one of its
    recipients has no files.
    """
    built = tuple(built)
    with outbox.writing() as connection:
        row = _buildable(connection, issue, outbox)
        missing = _audiences(connection, issue) - {file.audience for file in built}
        if missing:
            problem = f"nothing was built for {', '.join(sorted(missing))}"
            raise _refused(outbox, row, problem, "Build every audience that the issue has recipients of.")
        if as_of is not None:
            connection.execute(sa.update(ISSUES).where(ISSUES.c.id == issue).values(as_of=as_of))
        connection.execute(sa.delete(FILES).where(FILES.c.issue == issue))
        connection.execute(sa.insert(FILES), [{"issue": issue, **asdict(file)} for file in built])
        void = sa.update(APPROVALS).where(APPROVALS.c.issue == issue, APPROVALS.c.void.is_(None))
        connection.execute(void.values(void=deed.at))
        move_issue(connection, row, "built", deed)
        ours = DELIVERIES.c.issue == issue
        empty: Mapping[str, Any] = {"digest": None, "next_at": None, "lease_until": None}
        move_deliveries(connection, ours, Move(("planned", "approved"), "built", empty), deed)
        # Once the marker is set the last step may have been taken: that delivery ends as it will.
        unmarked = ours & DELIVERIES.c.committed.is_(False)
        stopped = Move(("sending",), "built", {**empty, "fence": DELIVERIES.c.fence + 1})
        move_deliveries(connection, unmarked, stopped, deed)


def approve(outbox: Outbox, issue: int, deed: Deed, audiences: Iterable[str] | None = None) -> tuple[ApprovalRow, ...]:
    """Let the files of ``audiences``, None being all of them, go to their recipients, and return the approvals.

    What is approved already stays so, by whom it was. Raises OutboxError where there is nothing to approve.
    """
    with outbox.writing() as connection:
        row = locked_issue(connection, issue, outbox.place)
        if row.state not in {"built", "approved"}:
            raise _refused(outbox, row, f"it is {row.state}, and cannot be approved", "Build it first.")
        digests = _digests(connection, issue)
        chosen = tuple(digests if audiences is None else audiences)
        unknown = [audience for audience in chosen if audience not in digests]
        if unknown:
            problem = f"it has no audience {unknown[0]}"
            raise _refused(outbox, row, problem, f"Write one of: {', '.join(digests)}.")
        approvals = tuple(_approve(connection, row, audience, digests[audience], deed) for audience in chosen)
        if row.state == "built" and all(standing_approval(connection, issue, audience) for audience in digests):
            move_issue(connection, row, "approved", deed)
            close_if_over(connection, locked_issue(connection, issue, outbox.place), deed)
        return approvals


def _approve(connection: sa.Connection, issue: sa.Row[Any], audience: str, digest: str, deed: Deed) -> ApprovalRow:
    standing = standing_approval(connection, issue.id, audience)
    if standing:
        return standing
    approval = ApprovalRow(issue.id, audience, deed.by, deed.at, digest, None)
    connection.execute(sa.insert(APPROVALS).values(asdict(approval)))
    which = (DELIVERIES.c.issue == issue.id) & (DELIVERIES.c.audience == audience)
    values = {"digest": digest, "next_at": max(deed.at, issue.due)}  # nothing goes before it is due
    move_deliveries(connection, which, Move(("built",), "approved", values, {"digest": digest}), deed)
    return approval


def _buildable(connection: sa.Connection, issue: int, outbox: Outbox) -> sa.Row[Any]:
    row = locked_issue(connection, issue, outbox.place)
    if row.state not in {"planned", "built", "approved"}:
        raise _refused(outbox, row, f"it is {row.state}, and cannot be built again", _correct())
    return row


def _correct() -> str:
    word = phrase("issue.correction_word", BASE)
    return f"Make a correction ({word})."


def _audiences(connection: sa.Connection, issue: int) -> set[str]:
    query = sa.select(DELIVERIES.c.audience).where(DELIVERIES.c.issue == issue).distinct()
    return set(connection.execute(query).scalars())


def _digests(connection: sa.Connection, issue: int) -> dict[str, str]:
    query = sa.select(FILES).where(FILES.c.issue == issue).order_by(FILES.c.audience, FILES.c.name)
    rows = [FileRow(row.audience, row.name, row.sha256, row.size) for row in connection.execute(query)]
    return {audience: digest_of(own) for audience, own in groupby(rows, lambda file: file.audience)}


def _refused(outbox: Outbox, issue: sa.Row[Any], problem: str, remedy: str) -> OutboxError:
    return OutboxError(f"{outbox.place}, issue {issue.name or issue.id}", problem, remedy)
