"""The first tables, and the triggers that let the history only grow."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None

_ISSUE_STATES: Final = "state IN ('planned', 'built', 'approved', 'closed', 'skipped', 'cancelled')"
_DELIVERY_STATES: Final = (
    "state IN ('planned', 'built', 'approved', 'sending', 'sent', 'failed', 'uncertain', 'cancelled')"
)
_KINDS: Final = "kind IN ('regular', 'extra', 'correction')"
_GUARDS: Final = {
    "sqlite": tuple(
        f"CREATE TRIGGER history_no_{verb} BEFORE {verb} ON history "
        "BEGIN SELECT RAISE(ABORT, 'the history only grows'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        """
        CREATE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the history only grows'; END $$
        """,
        """
        CREATE TRIGGER history_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON history
        FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows()
        """,
    ),
}


def upgrade() -> None:
    """Make the tables."""
    _issues()
    _files_and_approvals()
    _deliveries()
    _history()
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)


def _moment() -> sa.types.TypeEngine[str]:
    return sa.String(27).with_variant(sa.String(27, collation="C"), "postgresql")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _issue(table: str) -> sa.Column[int]:
    key = sa.ForeignKey("issues.id", name=f"fk_{table}_issue")
    return sa.Column("issue", sa.Integer, key, nullable=False)


def _issues() -> None:
    op.create_table(
        "issues",
        sa.Column("id", sa.Integer, nullable=False),
        _text("schedule"),
        sa.Column("due", _moment(), nullable=False),
        _text("kind"),
        _text("state"),
        sa.Column("name", sa.String),
        sa.Column("year", sa.Integer),
        sa.Column("number", sa.Integer),
        sa.Column("total", sa.Integer),
        sa.Column("as_of", sa.Date),
        sa.Column("late", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_issues"),
        sa.UniqueConstraint("name", name="uq_issues_name"),
        sa.UniqueConstraint("schedule", "due", "kind", name="uq_issues_schedule_due_kind"),
        sa.UniqueConstraint("schedule", "kind", "year", "number", name="uq_issues_schedule_kind_year_number"),
        sa.UniqueConstraint("schedule", "kind", "total", name="uq_issues_schedule_kind_total"),
        sa.CheckConstraint(_KINDS, name=op.f("ck_issues_kind")),
        sa.CheckConstraint(_ISSUE_STATES, name=op.f("ck_issues_state")),
        sqlite_autoincrement=True,
    )


def _files_and_approvals() -> None:
    op.create_table(
        "files",
        _issue("files"),
        _text("audience"),
        _text("name"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("issue", "audience", "name", name="pk_files"),
    )
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer, nullable=False),
        _issue("approvals"),
        _text("audience"),
        _text("by"),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("void", _moment()),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
    )
    op.create_index("ix_approvals_issue_audience", "approvals", ["issue", "audience"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, nullable=False),
        _issue("deliveries"),
        _text("audience"),
        _text("destination"),
        _text("name"),
        _text("state"),
        sa.Column("digest", sa.String(64)),
        _text("message_id"),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("committed", sa.Boolean, nullable=False),
        sa.Column("lease_until", _moment()),
        sa.Column("next_at", _moment()),
        _text("reply"),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("message_id", name="uq_deliveries_message_id"),
        sa.UniqueConstraint("issue", "audience", "destination", name="uq_deliveries_issue_audience_destination"),
        sa.CheckConstraint(_DELIVERY_STATES, name=op.f("ck_deliveries_state")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_state_next_at_id", "deliveries", ["state", "next_at", "id"])
    op.create_index("ix_deliveries_state_lease_until", "deliveries", ["state", "lease_until"])
    op.create_index("ix_deliveries_issue_state", "deliveries", ["issue", "state"])


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("at", _moment(), nullable=False),
        _text("by"),
        _issue("history"),
        sa.Column("delivery", sa.Integer, sa.ForeignKey("deliveries.id", name="fk_history_delivery")),
        sa.Column("before", sa.String),
        _text("after"),
        _text("reason"),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_history"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_history_issue_seq", "history", ["issue", "seq"])
    op.create_index("ix_history_delivery_seq", "history", ["delivery", "seq"])
