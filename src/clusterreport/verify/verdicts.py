"""What is found of each number and word of a file that is held against a ledger: the verdict, and where and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FactVerdict(StrEnum):
    """What a ledger says of a number or a word."""

    BACKED = "backed"
    UNBACKED = "unbacked"
    CONTRADICTED = "contradicted"
    UNCHECKABLE = "not checkable"


FAULTS: Final = frozenset({FactVerdict.UNBACKED, FactVerdict.CONTRADICTED})
"""The verdicts by which a file is not as its ledger says."""


@dataclass(frozen=True, slots=True)
class DocxAnchor:
    """Where a judgement stands in a Word file.

    ``part`` is the name of its part (word/document.xml), ``paragraph`` the place of its w:p among all of the part, from
    0, and ``start`` and ``end`` the characters of its text; both are 0 where the whole paragraph is meant.
    """

    part: str
    paragraph: int
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is found at one place of a file: ``place`` says it to the user, ``words`` are as the file has them.

    ``why`` is a message, ``fact`` the id in the ledger ("" where there is none), ``kind`` what was done where that is
    known (changed, deleted, moved, doubled, added, proposed, …).
    """

    place: str
    words: str
    verdict: FactVerdict
    why: str
    fact: str = ""
    kind: str = ""
    anchor: DocxAnchor | None = None

    @property
    def is_fault(self) -> bool:
        """Tell whether the file says what its ledger does not."""
        return self.verdict in FAULTS

    def parts(self) -> dict[str, str]:
        """Return what programs read of it."""
        return {
            "place": self.place,
            "words": self.words,
            "verdict": self.verdict.value,
            "why": self.why,
            "fact": self.fact,
            "kind": self.kind,
        }
