"""A project's own tables: their schema, their rows as typed columns, and where in its file each value stands."""
