"""A fact in words that knows where it comes from: who said it, when, in which words, and where it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from clusterreport.locale import Words
    from clusterreport.quantity import RowRef


@dataclass(frozen=True, slots=True)
class Reported:
    """What a statement rests on: the source that printed it, a short quote, and our row that holds it.

    ``speaker`` is "" where the source itself speaks; ``date`` is in words, "" where the source gives none.
    """

    source: Words
    quote: str
    speaker: Words = ""
    date: Words = ""
    rows: tuple[RowRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of facts that some source states: ``words`` are ours, in the readers' language, without a full stop.

    ``id`` is that of its row; it names the statement in facts.json and in the files.
    """

    id: str
    words: str
    basis: Reported

    def __str__(self) -> NoReturn:
        """Refuse: a statement that is joined to text would lose its source."""
        message = f"the statement {self.id!r} cannot be joined to text"
        raise TypeError(message)
