"""Prints the warnings and notes that come beside a result: warnings first, each with its place and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.errors import Level
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clusterreport.errors import Problem


def told_lines(told: Iterable[Problem], *, notes: bool = True) -> Iterator[str]:
    """Yield each problem behind the word of its level; warnings come before notes.

    Without ``notes`` it is only said how many there are: they are no faults, and need not be read at each build.
    """
    found = tuple(told)
    yield from (message("warning: {words}", words=problem) for problem in found if problem.level is Level.WARN)
    noted = [problem for problem in found if problem.level is Level.NOTE]
    if notes:
        yield from (message("note: {words}", words=problem) for problem in noted)
    elif noted:
        yield counted(
            len(noted),
            "note: there is 1 note on the data and on what goes out; to read it: clusterreport check",
            "note: there are {count:,} notes on the data and on what goes out; to read them: clusterreport check",
        )
