"""Lets the program run as python -m clusterreport."""

from __future__ import annotations

from clusterreport.cli import entry

entry()
