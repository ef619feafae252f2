"""Prints the warnings and notes that come beside a result: warnings first, each with its place and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.errors import Level
from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.errors import Problem


def told_lines(told: Iterable[Problem]) -> Iterator[str]:
    """Yield each problem behind the word of its level; warnings come before notes."""
    found = tuple(told)
    yield from (message("warning: {words}", words=problem) for problem in found if problem.level is Level.WARN)
    yield from (message("note: {words}", words=problem) for problem in found if problem.level is Level.NOTE)
