"""Holds texts that somebody wrote against a ledger: every number a whole token, with its unit and what it speaks of."""
