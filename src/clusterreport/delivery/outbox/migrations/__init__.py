"""How the tables of the outbox came to be: one step for each version that changed them."""
