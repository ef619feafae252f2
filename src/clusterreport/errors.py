"""The family of errors: what is wrong, where in the user's own files, and what to do about it.

ClusterReportError
├── UsageError          the command line or the settings cannot be followed        (exit code 2)
│   └── SettingsError   the same, with everything that is wrong with a file of settings
├── OutboxError         the outbox cannot be used, or does not allow what was asked (exit code 1)
└── ProblemsError       the data or the templates are wrong, or finished files differ; all at once (exit code 1)
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from clusterreport.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_SPOTS: Final = 10_000
"""How many of the cells that share a problem are kept one by one; the others are counted."""
WHOLE_ROW: Final = -1
"""The position of the column where something is wrong with a row, and with no cell of it in particular."""


class Spot(NamedTuple):
    """A cell with what is wrong with it alone: the file's number of its row, the position of its column from 0."""

    row: int
    position: int
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Spots:
    """The cells that share a problem: how many they are, and the first of them."""

    count: int
    first: tuple[Spot, ...]


class Level(enum.StrEnum):
    """What follows from a problem: nothing is written; or all is, and somebody should look, or should merely know."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, or, by its ``level``, only seems to be.

    ``where`` is a place in the user's files ("data/clusters.csv, row 14, column provinces"), never in ours;
    ``problem`` starts in lower case and blames nobody; ``remedy`` is a full sentence that says what to do. ``words``
    are those at fault, where only their place in the briefing is known: by them, the place in the files is looked for.
    ``spots`` are the cells of a table that have it, where it is one of cells.
    """

    where: str
    problem: str
    remedy: str
    words: str = field(default="", compare=False, repr=False)
    spots: Spots | None = field(default=None, compare=False, repr=False)
    level: Level = field(default=Level.BLOCK, compare=False)

    def __str__(self) -> str:
        """Return the problem as the two lines a user reads."""
        where, problem, remedy = self.where, self.problem, self.remedy
        return message("{where}: {problem}\n  {remedy}", where=where, problem=problem, remedy=remedy)

    def parts(self) -> dict[str, str]:
        """Return what programs read of it."""
        return {"level": self.level.value, "where": self.where, "problem": self.problem, "remedy": self.remedy}


class ClusterReportError(Exception):
    """Any failure that a user can mend; everything else is a defect of ours."""

    exit_code = 1


class UsageError(ClusterReportError):
    """The command line or the settings file asks for something that cannot be done."""

    exit_code = 2

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        """Keep the three parts, so that the command line can print them as JSON."""
        self.problem = Problem(where, problem, remedy)
        self.problems: tuple[Problem, ...] = (self.problem,)
        super().__init__(str(self.problem))


class SettingsError(UsageError):
    """Everything that is wrong with the settings, in their order; there is at least one ``problem``."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem once, in the order given."""
        found = tuple(dict.fromkeys(problems))
        super().__init__(found[0].where, found[0].problem, found[0].remedy)
        self.problems = found
        self.args = ("\n".join(str(problem) for problem in found),)


class OutboxError(ClusterReportError):
    """The outbox cannot be read or written, or what was asked does not fit the state that something is in."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        """Keep the three parts, so that the command line can print them as JSON."""
        self.problem = Problem(where, problem, remedy)
        super().__init__(str(self.problem))


class ProblemsError(ClusterReportError):
    """Everything that is wrong with the data, the templates or the finished files of one run, in their order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem once, in the order given."""
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
