"""Which values stand in the rows of a column: each value once, and its number for each row that has it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """The values of a column by number: those of row i are ``codes[starts[i]:starts[i + 1]]``.

    A cell in which nothing stands has none; a list has each of its values once.
    """

    names: tuple[str, ...]
    codes: Places
    starts: Places

    @classmethod
    def of(cls, column: pd.Series, *, lists: bool) -> Coded:
        """Return the values of ``column`` by number, in the order of the rows; where ``lists``, of tuples of words."""
        import numpy as np

        from clusterreport.data.frames import pd

        if lists:
            cells = [tuple(dict.fromkeys(cell)) for cell in column]
            counts = np.fromiter(map(len, cells), np.intp, len(cells))
            codes, values = pd.factorize(pd.Series([*chain.from_iterable(cells)], dtype=object))
        else:
            filled = (column.notna() & (column != "")).to_numpy(dtype=bool)
            counts = filled.astype(np.intp)
            codes, values = pd.factorize(column[filled])
        starts = np.concatenate(([0], np.cumsum(counts))).astype(np.intp)
        return cls(tuple(map(str, values)), cast("Places", codes), starts)

    def within(self, places: Places) -> tuple[Places, Places]:
        """Return every value that stands in the rows at ``places``: where in ``places``, and the value's number."""
        import numpy as np

        counts = self.starts[places + 1] - self.starts[places]
        where = np.repeat(np.arange(len(places)), counts)
        first = np.repeat(self.starts[places] - (np.cumsum(counts) - counts), counts)
        return where, self.codes[first + np.arange(len(where))]


def pieces(codes: Places) -> list[tuple[int, Places]]:
    """Return each number of ``codes`` with the places at which it stands, in the order of their first places."""
    import numpy as np

    order = np.argsort(codes, kind="stable")
    numbers, first = np.unique(codes[order], return_index=True)
    parts = zip(numbers.tolist(), np.split(order, first[1:]), strict=True) if len(numbers) else ()
    return sorted(parts, key=lambda piece: int(piece[1][0]))
