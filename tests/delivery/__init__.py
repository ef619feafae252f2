"""Tests of what brings briefings to people."""
