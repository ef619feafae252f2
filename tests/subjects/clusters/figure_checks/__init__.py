"""Tests of the room that holds published figures against the register."""
