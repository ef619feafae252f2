"""Brings approved briefings to those who are to have them: once, to the right person, or not at all."""
