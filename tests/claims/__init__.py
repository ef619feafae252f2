"""Tests of the claims: words that say something of numbers."""
