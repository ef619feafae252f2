"""Truth under change: what changed editions print, recomputed and read by code that shares nothing with the program."""
