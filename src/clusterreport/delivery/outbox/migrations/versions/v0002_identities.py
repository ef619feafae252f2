"""The outbox has an identity, so that another one in its place is seen; who accepted another stays written."""

from __future__ import annotations

import secrets
from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"

_GUARDS: Final = {
    "sqlite": tuple(
        f"CREATE TRIGGER identities_no_{verb} BEFORE {verb} ON identities "
        "BEGIN SELECT RAISE(ABORT, 'the identities only grow'); END"
        for verb in ("update", "delete")
    ),
    "postgresql": (
        """
        CREATE FUNCTION identities_only_grow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the identities only grow'; END $$
        """,
        """
        CREATE TRIGGER identities_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON identities
        FOR EACH STATEMENT EXECUTE FUNCTION identities_only_grow()
        """,
    ),
}


def upgrade() -> None:
    """Make the table, and draw the first identity."""
    moment = sa.String(27).with_variant(sa.String(27, collation="C"), "postgresql")
    table = op.create_table(
        "identities",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("identity", sa.String(32), nullable=False),
        sa.Column("instead_of", sa.String(32)),
        sa.Column("at", moment),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_identities"),
        sqlite_autoincrement=True,
    )
    op.bulk_insert(table, [{"identity": secrets.token_hex(16), "by": "clusterreport", "reason": ""}])
    for statement in _GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
