"""Tests of the Word renderer."""
