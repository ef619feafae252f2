"""What is wrong with the cells of a table, same faults together: how many rows, the first of them, and the remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from clusterreport.errors import MOST_SPOTS, Problem, Spot, Spots
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
    _found: list[tuple[int, int, Problem, Callable[[], Spots]]] = field(default_factory=list)

    def note_table(self, problem: str, remedy: str, *, row: int = 0, column: str = "") -> None:
        """Note what is wrong with the table itself, or with its header where ``row`` is 1."""
        where = self.dataset.at(max(row, self.dataset.header_row), column) if row else self.dataset.place
        place = self._order(column)
        spot = Spot(max(row, self.dataset.header_row), self._position(max(place, 0)), problem, remedy)
        self._found.append((row, place, Problem(where, problem, remedy), lambda: Spots(1, (spot,) if row else ())))

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
            self._tell(column, fault, having, fault_of)

    def note_found(self, found: Iterable[tuple[str, int, CellFault]]) -> None:
        """Note faults as (column, place of the row, fault), those of one column and kind once."""
        kinds: dict[tuple[str, tuple[str, str]], dict[int, CellFault]] = {}
        for column, place, fault in found:
            kinds.setdefault((column, fault.kind), {}).setdefault(place, fault)
        for (column, _), having in kinds.items():
            places = list(having)
            self.wrong[places] = True
            self._tell(column, having[places[0]], places, having.__getitem__)

    def problems(self) -> list[Problem]:
        """Return everything that was noted, in the order of rows and columns."""
        return self._bounded([problem for _, _, problem, _ in self._in_order()])

    def located(self) -> list[Problem]:
        """Return the same with the cells that have each of them, every one in its own words."""
        told = self._in_order()[: MOST_TOLD + 1]
        found = [replace(problem, spots=spots()) for _, _, problem, spots in told]
        return self._bounded(found, len(self._found))

    def _in_order(self) -> list[tuple[int, int, Problem, Callable[[], Spots]]]:
        return sorted(self._found, key=lambda each: each[:2])

    def _bounded(self, told: list[Problem], count: int | None = None) -> list[Problem]:
        more = (len(told) if count is None else count) - MOST_TOLD
        if more <= 0:
            return told
        last = Problem(
            self.dataset.place,
            message("there are {more:,} more faults", more=more),
            message("Mend these first, then check again."),
        )
        return [*told[:MOST_TOLD], last]

    def _tell(self, column: str, fault: CellFault, having: Sequence[int], fault_of: Callable[[int], CellFault]) -> None:
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
        self._found.append((row, self._order(column), problem, lambda: self._spots(column, having, fault_of)))

    def _spots(self, column: str, having: Sequence[int], fault_of: Callable[[int], CellFault]) -> Spots:
        position, found = self._position(self._order(column)), []
        for place in having[:MOST_SPOTS]:
            fault = fault_of(place)
            words = fault.filled(fault.problem), fault.filled(fault.remedy)
            found.append(Spot(int(self.rows[place]), position, *words))
        return Spots(len(having), tuple(found))

    def _position(self, place: int) -> int:
        return self.dataset.positions[place] if 0 <= place < len(self.dataset.positions) else place

    def _order(self, column: str) -> int:
        return self.columns.index(column) if column in self.columns else -1


MOST_TOLD: Final = 1000
"""How many faults of a table are told, those of one kind being one."""
_PLACE: Final = re.compile(r"\{([0-9])\}")
_SHOWN_ROWS: Final = 5
_MOST_EXPLAINED: Final = 1000
"""How many rows of a column are asked for what is wrong with each; the others are counted with the last of them."""
