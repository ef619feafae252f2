"""Queries the outbox: issues, files, approvals, deliveries, and the history, as frozen rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from clusterreport.delivery.outbox import transitions
from clusterreport.delivery.outbox.rows import DeliveryRow, FileRow, HistoryRow, IssueRow
from clusterreport.delivery.outbox.tables import DELIVERIES, FILES, HISTORY, ISSUES
from clusterreport.errors import OutboxError
from clusterreport.messages import message

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from clusterreport.delivery.outbox.opening import Outbox
    from clusterreport.delivery.outbox.rows import ApprovalRow, DeliveryState, IssueState


def issues(outbox: Outbox, states: Iterable[IssueState] = (), schedule: str = "") -> tuple[IssueRow, ...]:
    """Return the issues in one of ``states`` and of ``schedule``, of all where none is given, by when they were due."""
    query = sa.select(ISSUES).order_by(ISSUES.c.due, ISSUES.c.id)
    if states := tuple(states):
        query = query.where(ISSUES.c.state.in_(states))
    if schedule:
        query = query.where(ISSUES.c.schedule == schedule)
    with outbox.reading() as connection:
        return tuple(issue_row(row) for row in connection.execute(query))


def issue_named(outbox: Outbox, name: str) -> IssueRow:
    """Return the issue by the name of its output folder; OutboxError if there is none."""
    with outbox.reading() as connection:
        row = connection.execute(sa.select(ISSUES).where(ISSUES.c.name == name)).one_or_none()
    if row is None:
        raise OutboxError(
            outbox.place,
            message("there is no issue {name}", name=name),
            message("Take a name that the list of issues shows."),
        )
    return issue_row(row)


def last_due(outbox: Outbox, schedule: str) -> dt.datetime | None:
    """Return when the newest regular issue of a schedule was due, made or skipped; None where there is none."""
    query = sa.select(sa.func.max(ISSUES.c.due)).where(ISSUES.c.schedule == schedule, ISSUES.c.kind == "regular")
    with outbox.reading() as connection:
        newest: dt.datetime | None = connection.execute(query).scalar_one()
        return newest


def files(outbox: Outbox, issue: int, audience: str = "") -> tuple[FileRow, ...]:
    """Return the files of an issue as they were built last, those of one audience where it is given."""
    query = sa.select(FILES).where(FILES.c.issue == issue).order_by(FILES.c.audience, FILES.c.name)
    if audience:
        query = query.where(FILES.c.audience == audience)
    with outbox.reading() as connection:
        return tuple(FileRow(row.audience, row.name, row.sha256, row.size) for row in connection.execute(query))


def approval(outbox: Outbox, issue: int, audience: str) -> ApprovalRow | None:
    """Return the approval of an audience's files that counts now, None where there is none."""
    with outbox.reading() as connection:
        return transitions.standing_approval(connection, issue, audience)


def deliveries(
    outbox: Outbox, states: Iterable[DeliveryState] = (), issue: int | None = None, message_id: str = ""
) -> tuple[DeliveryRow, ...]:
    """Return the deliveries in one of ``states``, of ``issue``, with ``message_id``; all where none is given."""
    query = select_deliveries().order_by(DELIVERIES.c.id)
    if states := tuple(states):
        query = query.where(DELIVERIES.c.state.in_(states))
    if issue is not None:
        query = query.where(DELIVERIES.c.issue == issue)
    if message_id:
        query = query.where(DELIVERIES.c.message_id == message_id)
    with outbox.reading() as connection:
        return tuple(delivery_row(row) for row in connection.execute(query))


def left(outbox: Outbox, issue: int) -> tuple[DeliveryRow, ...]:
    """Return the deliveries of an issue that somebody got, or may have got: of which no other version may follow."""
    query = select_deliveries().where(transitions.may_have_left(issue)).order_by(DELIVERIES.c.id)
    with outbox.reading() as connection:
        return tuple(delivery_row(row) for row in connection.execute(query))


def delivery(outbox: Outbox, number: int) -> DeliveryRow:
    """Return one delivery by its id; OutboxError if there is none."""
    with outbox.reading() as connection:
        return delivery_by_id(connection, number, outbox.place)


def tally(outbox: Outbox) -> Mapping[str, int]:
    """Return how many deliveries there are in each state that has any."""
    query = sa.select(DELIVERIES.c.state, sa.func.count()).group_by(DELIVERIES.c.state)
    with outbox.reading() as connection:
        return {state: count for state, count in connection.execute(query)}  # noqa: C416 -- rows are no pairs to mypy


def history(outbox: Outbox, issue: int | None = None, delivery: int | None = None) -> tuple[HistoryRow, ...]:
    """Return the history in its order: all of it, an issue's with its deliveries', or one delivery's."""
    query = sa.select(HISTORY).order_by(HISTORY.c.seq)
    if issue is not None:
        query = query.where(HISTORY.c.issue == issue)
    if delivery is not None:
        query = query.where(HISTORY.c.delivery == delivery)
    with outbox.reading() as connection:
        return tuple(HistoryRow(**row) for row in connection.execute(query).mappings())


def issue_row(row: sa.Row[Any]) -> IssueRow:
    """Return a row of the table as what it is."""
    return IssueRow(**row._mapping)  # noqa: SLF001 -- SQLAlchemy's public name for it


def delivery_row(row: sa.Row[Any]) -> DeliveryRow:
    """Return a row of the query below as what it is."""
    return DeliveryRow(**row._mapping)  # noqa: SLF001 -- as above


def select_deliveries() -> sa.Select[Any]:
    """Return the query for deliveries with the names of their issues."""
    return sa.select(DELIVERIES, ISSUES.c.name.label("issue_name")).join_from(DELIVERIES, ISSUES)


def delivery_by_id(connection: sa.Connection, number: int, place: str) -> DeliveryRow:
    """Return one delivery; OutboxError if there is none."""
    row = connection.execute(select_deliveries().where(DELIVERIES.c.id == number)).one_or_none()
    if row is None:
        raise OutboxError(
            place,
            message("there is no delivery {number}", number=number),
            message("Take a number that the list of deliveries shows."),
        )
    return delivery_row(row)
