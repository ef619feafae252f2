"""The rows of a table kept by column: each different cell once, and for each row which of them it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import eq
from typing import TYPE_CHECKING, Final, overload

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    Codes = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class CodedCells:
    """The cells of a column: its different ``texts`` in the order in which they first stand, and each row's of them."""

    texts: Sequence[str]
    codes: Codes

    @classmethod
    def of(cls, cells: Iterable[str]) -> CodedCells:
        """Return the ``cells`` of all rows by their different texts."""
        import numpy as np

        from clusterreport.data.frames import pd

        codes, texts = pd.factorize(np.array([*cells], dtype=object))
        return cls(texts.tolist(), codes)

    def trimmed(self, white: str) -> CodedCells:
        """Return the cells without the signs of ``white`` around them; those that say the same then are one."""
        return self._said([text.strip(white) for text in self.texts])

    def at(self, kept: NDArray[np.bool_]) -> CodedCells:
        """Return the cells of the rows that are ``kept``, with no text that stands in none of them."""
        from clusterreport.data.frames import pd

        codes, first = pd.factorize(self.codes[kept])
        return CodedCells([self.texts[place] for place in first.tolist()], codes.astype(self.codes.dtype))

    def rows_with(self, which: Iterable[int]) -> NDArray[np.bool_]:
        """Return the rows whose cell is one of ``which`` of the different texts."""
        import numpy as np

        chosen = np.zeros(len(self.texts), dtype=bool)
        chosen[[*which]] = True
        found: NDArray[np.bool_] = chosen[self.codes]
        return found

    def first_rows(self) -> NDArray[np.intp]:
        """Return the place of the first row that has each of the texts."""
        import numpy as np

        places = np.arange(len(self.codes))
        first = np.zeros(len(self.texts), dtype=np.intp)
        first[self.codes[::-1]] = places[::-1]  # of several rows with a text the last one written is the first
        return first

    def _said(self, words: list[str]) -> CodedCells:
        import numpy as np

        first: dict[str, int] = {}
        new = [first.setdefault(word, len(first)) for word in words]
        codes = self.codes if len(first) == len(words) else np.array(new, dtype=self.codes.dtype)[self.codes]
        return CodedCells([*first], codes)


class ColumnRows(Sequence[tuple[str, ...]]):
    """Rows that are put together only when they are asked for: of a million, their cells by column take a fifth."""

    __slots__ = ("columns",)

    def __init__(self, columns: Sequence[CodedCells]) -> None:
        """Hold rows by their ``columns``, of which there is one at least."""
        self.columns = tuple(columns)

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self.columns[0].codes)

    @overload
    def __getitem__(self, place: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[tuple[str, ...], ...]: ...
    def __getitem__(self, place: int | slice) -> tuple[str, ...] | tuple[tuple[str, ...], ...]:
        """Return the cells of a row, or of several."""
        if isinstance(place, slice):
            return tuple(self._between(*place.indices(len(self))))
        return tuple(column.texts[column.codes[place]] for column in self.columns)

    def __eq__(self, other: object) -> bool:
        """Tell whether other rows, kept in whichever way, have the same cells."""
        return isinstance(other, ColumnRows | tuple) and len(self) == len(other) and all(map(eq, self, other))

    def __hash__(self) -> int:
        """Return a hash that takes no longer for many rows than for few."""
        return hash((len(self), self[:1]))

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Yield every row; only a few are in memory at a time."""
        for start in range(0, len(self), _AT_ONCE):
            yield from self._between(start, start + _AT_ONCE, 1)

    def _between(self, start: int, end: int, step: int) -> Iterator[tuple[str, ...]]:
        parts = (map(column.texts.__getitem__, column.codes[start:end:step].tolist()) for column in self.columns)
        return zip(*parts, strict=True)


_AT_ONCE: Final = 4_096  # rows
