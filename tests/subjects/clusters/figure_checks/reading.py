"""Takes checks apart for tests: what is printed of them, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.locale import said

if TYPE_CHECKING:
    from clusterreport.subjects.clusters.figure_checks import Check


def explained(check: Check) -> str:
    """Return the explanation."""
    return said(check.explanation, "zh")


def measured(check: Check) -> str:
    """Return what the check is about."""
    return said(check.subject, "zh")
