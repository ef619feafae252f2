"""What an intake says of a received table: its columns, its problems, and what changed since the one before."""
