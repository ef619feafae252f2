"""Tests of the charts: every kind on the register's own numbers, at the edges, and in the eyes of readers."""
