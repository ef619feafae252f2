"""Enters issues into the outbox: once each, with their numbers and a delivery for every recipient, or as skipped."""

from __future__ import annotations

import glob
import itertools
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from clusterreport.delivery.outbox.queries import issue_row
from clusterreport.delivery.outbox.rows import message_id_of
from clusterreport.delivery.outbox.tables import DELIVERIES, ISSUES
from clusterreport.delivery.outbox.transitions import write

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from pathlib import Path

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import AuditEntry, IssueRow, PlannedIssue


def plan_issue(outbox: Outbox, planned: PlannedIssue, entry: AuditEntry) -> IssueRow | None:
    """Enter an issue and return it, or None where another planner has entered (or skipped) it, or a newer one, before.

    It gets the next numbers of its schedule and kind; they are never given again. Where another issue has its name
    (a schedule may ask for two a day), or files lie under it of which this outbox knows nothing, a number is put
    behind it.
    """
    with outbox.writing() as connection:
        _lock(connection)
        if _known(connection, planned.schedule, planned.due, planned.kind) or _overtaken(connection, planned):
            return None
        values = {
            "schedule": planned.schedule, "due": planned.due, "kind": planned.kind, "state": "planned",
            "name": _free_name(connection, planned.name, outbox.beside), "year": planned.year, "as_of": planned.as_of,
            "late": planned.late, **_numbers(connection, planned),
        }  # fmt: skip
        issue = connection.execute(sa.insert(ISSUES).values(values).returning(ISSUES)).one()
        detail: dict[str, Any] = {
            "number": issue.number,
            "total": issue.total,
            "late": int(planned.late.total_seconds()),
        }
        if planned.rule:
            detail["rule"] = dict(planned.rule)
        if planned.corrects:
            detail["corrects"] = planned.corrects
        write(connection, entry, [{"issue": issue.id, "before": None, "after": "planned"}], detail)
        _add_deliveries(connection, issue.id, planned, entry)
        return issue_row(issue)


def skip_issue(outbox: Outbox, schedule: str, due: dt.datetime, entry: AuditEntry) -> IssueRow | None:
    """Enter that a regular issue was missed and will not be made; None where it is entered already."""
    with outbox.writing() as connection:
        _lock(connection)
        if _known(connection, schedule, due, "regular"):
            return None
        values = {"schedule": schedule, "due": due, "kind": "regular", "state": "skipped"}
        issue = connection.execute(sa.insert(ISSUES).values(values).returning(ISSUES)).one()
        write(connection, entry, [{"issue": issue.id, "before": None, "after": "skipped"}])
        return issue_row(issue)


def _lock(connection: sa.Connection) -> None:
    """Let one planner in at a time, so that numbers follow each other without gaps; SQLite does so by itself."""
    if connection.dialect.name != "sqlite":
        connection.execute(sa.text("LOCK TABLE issues IN SHARE ROW EXCLUSIVE MODE"))


def _known(connection: sa.Connection, schedule: str, due: dt.datetime, kind: str) -> bool:
    query = sa.select(ISSUES.c.id).where(ISSUES.c.schedule == schedule, ISSUES.c.due == due, ISSUES.c.kind == kind)
    return connection.execute(query).first() is not None


def _overtaken(connection: sa.Connection, planned: PlannedIssue) -> bool:
    """Tell whether somebody who read other settings has entered another moment of the schedule in the meantime."""
    own = (ISSUES.c.schedule == planned.schedule, ISSUES.c.kind == planned.kind)
    query = sa.select(sa.func.max(ISSUES.c.due)).where(*own)
    return planned.newest is not None and connection.execute(query).scalar_one() != planned.newest


def _free_name(connection: sa.Connection, wanted: str, folders: Iterable[Path]) -> str:
    """Return ``wanted``, or the first of wanted-2, wanted-3 … that no issue is called, and nothing in ``folders``."""
    taken = set(connection.execute(sa.select(ISSUES.c.name).where(ISSUES.c.name.startswith(wanted))).scalars())
    names = itertools.chain([wanted], (f"{wanted}-{count}" for count in itertools.count(2)))
    return next(name for name in names if name not in taken and not any(_lies_in(path, name) for path in folders))


def _lies_in(folder: Path, name: str) -> bool:
    """Tell whether files of an issue of this name lie in a folder, or in that of a city there."""
    return (folder / name).exists() or next(folder.glob(f"*/{glob.escape(name)}"), None) is not None


def _numbers(connection: sa.Connection, planned: PlannedIssue) -> dict[str, int]:
    """Return 第×期 and 总第×期: each one more than the highest before, the first in a new year being 1."""
    series = (ISSUES.c.schedule == planned.schedule, ISSUES.c.kind == planned.kind)
    total = connection.execute(sa.select(sa.func.max(ISSUES.c.total)).where(*series)).scalar_one()
    if total is None:
        return {"number": planned.first_number, "total": planned.first_total}
    within = sa.select(sa.func.max(ISSUES.c.number)).where(*series, ISSUES.c.year == planned.year)
    return {"number": (connection.execute(within).scalar_one() or 0) + 1, "total": total + 1}


def _add_deliveries(connection: sa.Connection, issue: int, planned: PlannedIssue, entry: AuditEntry) -> None:
    rows: list[dict[str, Any]] = [
        {
            "issue": issue, "audience": edition, "destination": recipient.destination,
            "name": recipient.name, "state": "planned", "message_id": message_id_of(planned, recipient, edition),
        }
        for recipient, edition in planned.editions()
    ]  # fmt: skip
    if rows:
        entered = connection.execute(sa.insert(DELIVERIES).returning(DELIVERIES.c.id), rows).scalars().all()
        lines = [{"issue": issue, "delivery": delivery, "before": None, "after": "planned"} for delivery in entered]
        write(connection, entry, lines)
