"""The tables of the outbox, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from clusterreport.delivery.outbox.rows import DELIVERY_STATES, ISSUE_STATES, KINDS

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

_LENGTH: Final = len("2026-11-02T00:00:00.000000Z")


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """An aware moment, kept in UTC as text of one width, so that its order as text is its order in time."""

    impl = sa.String(_LENGTH).with_variant(sa.String(_LENGTH, collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 -- SQLAlchemy's
        """Write a moment; one without a zone is a defect of ours."""
        if value is None:
            return None
        if value.tzinfo is None:
            problem = f"a moment without a zone: {value}"
            raise ValueError(problem)
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002 -- as above
        """Read a moment, aware and in UTC."""
        return None if value is None else dt.datetime.fromisoformat(value)


class Duration(sa.types.TypeDecorator[dt.timedelta]):
    """A length of time, kept in whole seconds."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: dt.timedelta | None, dialect: Dialect) -> int | None:  # noqa: ARG002 -- as above
        """Write a length of time."""
        return None if value is None else int(value.total_seconds())

    def process_result_value(self, value: int | None, dialect: Dialect) -> dt.timedelta | None:  # noqa: ARG002 -- as above
        """Read a length of time."""
        return None if value is None else dt.timedelta(seconds=value)


def _one_of(column: str, words: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def _issue() -> sa.Column[int]:
    return sa.Column("issue", sa.Integer, sa.ForeignKey("issues.id"), nullable=False)


METADATA: Final = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

ISSUES: Final = sa.Table(
    "issues",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("schedule", sa.String, nullable=False),
    sa.Column("due", UtcDateTime, nullable=False),
    sa.Column("kind", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("name", sa.String, unique=True),
    sa.Column("year", sa.Integer),
    sa.Column("number", sa.Integer),
    sa.Column("total", sa.Integer),
    sa.Column("as_of", sa.Date),
    sa.Column("late", Duration),
    sa.UniqueConstraint("schedule", "due", "kind"),
    sa.UniqueConstraint("schedule", "kind", "year", "number"),
    sa.UniqueConstraint("schedule", "kind", "total"),
    _one_of("kind", KINDS),
    _one_of("state", ISSUE_STATES),
    sqlite_autoincrement=True,
)

FILES: Final = sa.Table(
    "files",
    METADATA,
    _issue(),
    sa.Column("audience", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.PrimaryKeyConstraint("issue", "audience", "name"),
)

APPROVALS: Final = sa.Table(
    "approvals",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _issue(),
    sa.Column("audience", sa.String, nullable=False),
    sa.Column("by", sa.String, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("void", UtcDateTime),
    sa.Index(None, "issue", "audience"),
)

DELIVERIES: Final = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    _issue(),
    sa.Column("audience", sa.String, nullable=False),
    sa.Column("destination", sa.String, nullable=False),
    sa.Column("name", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sa.Column("digest", sa.String(64)),
    sa.Column("message_id", sa.String, nullable=False, unique=True),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("fence", sa.Integer, nullable=False, default=0),
    sa.Column("committed", sa.Boolean, nullable=False, default=False),
    sa.Column("lease_until", UtcDateTime),
    sa.Column("next_at", UtcDateTime),
    sa.Column("reply", sa.String, nullable=False, default=""),
    sa.UniqueConstraint("issue", "audience", "destination"),
    sa.Index(None, "state", "next_at", "id"),
    sa.Index(None, "state", "lease_until"),
    sa.Index(None, "issue", "state"),
    _one_of("state", DELIVERY_STATES),
    sqlite_autoincrement=True,
)

HISTORY: Final = sa.Table(
    "history",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("by", sa.String, nullable=False),
    _issue(),
    sa.Column("delivery", sa.Integer, sa.ForeignKey("deliveries.id")),
    sa.Column("before", sa.String),
    sa.Column("after", sa.String, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("detail", sa.JSON, nullable=False),
    sa.Index(None, "issue", "seq"),
    sa.Index(None, "delivery", "seq"),
    sqlite_autoincrement=True,
)

IDENTITIES: Final = sa.Table(
    "identities",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("identity", sa.String(32), nullable=False),
    sa.Column("instead_of", sa.String(32)),
    sa.Column("at", UtcDateTime),
    sa.Column("by", sa.String, nullable=False),
    sa.Column("reason", sa.String, nullable=False),
    sqlite_autoincrement=True,
)
