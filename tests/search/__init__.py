"""Searches for input that ends in a traceback: mutated settings and tables, the same ones every time."""
