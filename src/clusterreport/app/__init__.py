"""Use cases: builds, checks, plans and sends what is due."""
