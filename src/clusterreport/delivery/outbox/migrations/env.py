"""Runs the steps that Alembic asks for, in the transaction of the connection that it is handed."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
