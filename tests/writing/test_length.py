"""Reading a template takes time in proportion to its length, whatever it is full of."""

from __future__ import annotations

import itertools
import os
import time
from typing import TYPE_CHECKING

import pytest

from clusterreport.writing import shape
from tests.writing import lengthy

if TYPE_CHECKING:
    from tests.writing.sample import Project

SHORT, LONG = 3_000, 48_000
LEAST = 0.01  # seconds; what is shorter is measured too coarsely
MOST = 3.0  # times the growth of the length: the square of it would be 16 times
LOOKS = 3  # a pause of the machine within the long text alone is not the text's
SECONDS = 10  # as docs/security.md states it
EVERYTHING = os.environ.get("CLUSTERREPORT_EVERY_BOUND") == "1"
CHOSEN = tuple(lengthy.KINDS) if EVERYTHING else lengthy.SUSPECT


TURNS = itertools.count()
"""Each text has a heading of its own: of one that was read before, the parsing is remembered."""


def seconds(project: Project, kind: str, length: int) -> float:
    """Return the processor time that a template of this kind and length takes; the text is bounded by the file's."""
    template = f"# 一{chr(0x4E00 + next(TURNS) % 0x5000)}\n{lengthy.KINDS[kind](length)}"[: shape.MAX_LENGTH]
    began = time.process_time()
    project.problems(template)
    return time.process_time() - began


@pytest.mark.slow
@pytest.mark.parametrize("kind", CHOSEN)
def test_twice_the_length_takes_about_twice_the_time(project: Project, kind: str) -> None:
    project.problems("# 一\n")
    assert any(_grows_with_its_length(project, kind) for _ in range(LOOKS))


def _grows_with_its_length(project: Project, kind: str) -> bool:
    """Tell whether one long text takes about as long as as much text in short ones, read just before it.

    Both are then measured over the same span of time, so that a machine which is busy elsewhere slows both alike.
    """
    short = sum(seconds(project, kind, SHORT) for _ in range(LONG // SHORT))
    return seconds(project, kind, LONG) <= MOST * max(short, LEAST * LONG / SHORT)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CHOSEN if EVERYTHING else ("line '甲'", "paragraph '甲'", "blanks before a label"))
def test_the_longest_template_ends_in_time(project: Project, kind: str) -> None:
    assert seconds(project, kind, shape.MAX_LENGTH) <= SECONDS
