"""Takes checks apart for tests: what is printed of them, in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.document.text import inlines_text
from clusterreport.locale import said
from clusterreport.writing.render_context import Phrase

if TYPE_CHECKING:
    from clusterreport.subjects.clusters.figure_checks import Check


def explained(check: Check) -> str:
    """Return the explanation, as a cell prints it where it says numbers."""
    explanation: object = check.explanation
    return inlines_text(explanation.inlines, "zh") if isinstance(explanation, Phrase) else said(check.explanation, "zh")


def measured(check: Check) -> str:
    """Return what the check is about."""
    return said(check.subject, "zh")
