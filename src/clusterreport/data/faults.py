"""What is wrong with the cells of a table, same faults together: how many rows, the first of them, and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clusterreport.errors import Problem
from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from clusterreport.data.dataset import Dataset

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell, and what to do.

    {0}, {1} in both texts stand for ``words``: faults that differ in their words only are told together.
    """

    problem: str
    remedy: str
    words: tuple[str, ...] = ()

    @property
    def kind(self) -> tuple[str, str]:
        """Return what faults have in common that are told together."""
        return self.problem, self.remedy

    def filled(self, text: str) -> str:
        """Return ``text`` with the words in their places."""
        return _PLACE.sub(lambda found: self.words[int(found[1])], text) if self.words else text


@dataclass(slots=True)
class Faults:
    """The faults of one table, as they are found; ``rows`` are the file's numbers of its rows.

    ``wrong`` marks the rows with a fault. Nothing is noted while ``silent``.
    """

    dataset: Dataset
    columns: tuple[str, ...]
    rows: NDArray[np.int64]
    wrong: Mask
    silent: bool = False
    _found: list[tuple[int, int, Problem]] = field(default_factory=list)

    def note_table(self, problem: str, remedy: str, *, row: int = 0, column: str = "") -> None:
        """Note what is wrong with the table itself, or with its header where ``row`` is 1."""
        where = self.dataset.at(max(row, self.dataset.header_row), column) if row else self.dataset.place
        self._found.append((row, self._order(column), Problem(where, problem, remedy)))

    def note(self, column: str, bad: Mask, fault: CellFault) -> None:
        """Note one fault of all ``bad`` rows."""
        self.note_each(column, bad, lambda _: fault)

    def note_each(self, column: str, bad: Mask, fault_of: Callable[[int], CellFault]) -> None:
        """Note the faults of the ``bad`` rows, those of one kind once; ``fault_of`` takes the place of a row."""
        places = [int(place) for place in bad.nonzero()[0]]
        if self.silent or not places:
            return
        self.wrong |= bad
        kinds: dict[tuple[str, str], tuple[CellFault, list[int]]] = {}
        for place in places[:_MOST_EXPLAINED]:
            fault = fault_of(place)
            kinds.setdefault(fault.kind, (fault, []))[1].append(place)
        if len(places) > _MOST_EXPLAINED:
            last = next(reversed(kinds.values()))
            last[1].extend(places[_MOST_EXPLAINED:])
        for fault, having in kinds.values():
            self._tell(column, fault, having)

    def note_found(self, found: Iterable[tuple[str, int, CellFault]]) -> None:
        """Note faults as (column, place of the row, fault), those of one column and kind once."""
        kinds: dict[tuple[str, tuple[str, str]], tuple[CellFault, list[int]]] = {}
        for column, place, fault in found:
            kinds.setdefault((column, fault.kind), (fault, []))[1].append(place)
        for (column, _), (fault, having) in kinds.items():
            self.wrong[having] = True
            self._tell(column, fault, having)

    def problems(self) -> list[Problem]:
        """Return everything that was noted, in the order of rows and columns."""
        told = [problem for _, _, problem in sorted(self._found, key=lambda each: each[:2])]
        more = len(told) - MOST_TOLD
        if more <= 0:
            return told
        last = Problem(
            self.dataset.place,
            message("there are {more:,} more faults", more=more),
            message("Mend these first, then check again."),
        )
        return [*told[:MOST_TOLD], last]

    def _tell(self, column: str, fault: CellFault, having: Sequence[int]) -> None:
        row, others, more = int(self.rows[having[0]]), having[1:], ""
        if others:
            first = message(", ").join(str(self.rows[place]) for place in others[:_SHOWN_ROWS])
            told = message("{names}, …", names=first) if len(others) > _SHOWN_ROWS else first
            more = counted(
                len(others),
                "; likewise in {count:,} more row ({rows})",
                "; likewise in {count:,} more rows ({rows})",
                rows=told,
            )
        problem = Problem(self.dataset.at(row, column), fault.filled(fault.problem) + more, fault.filled(fault.remedy))
        self._found.append((row, self._order(column), problem))

    def _order(self, column: str) -> int:
        return self.columns.index(column) if column in self.columns else -1


MOST_TOLD: Final = 1000
"""How many faults of a table are told, those of one kind being one."""
_PLACE: Final = re.compile(r"\{([0-9])\}")
_SHOWN_ROWS: Final = 5
_MOST_EXPLAINED: Final = 1000
"""How many rows of a column are asked for what is wrong with each; the others are counted with the last of them."""
