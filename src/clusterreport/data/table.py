"""A table of a project: typed columns on pandas, exact to the digit, and the row of the file behind each value."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = tuple[NDArray[np.int64], NDArray[np.bool_]]

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.naming import Names
    from clusterreport.data.schema import ColumnSchema, TableSchema


@dataclass(frozen=True, slots=True, eq=False)
class DataTable:
    """The rows of a file as its schema reads them.

    ``frame`` has one column for each of the schema, in their order, and one row for each of the file: words are
    strings ("" where nothing stands), lists tuples of strings, truths booleans, years and numbers nullable integers. A
    number is kept exactly, as an integer of so many decimals as ``scales`` says: 12.5 of scale 2 is 1250. ``rows``
    holds the file's own number of each row; ``names`` what the values of a column are called, where they have names;
    ``elsewhere`` the words of a column that other tables have in theirs, where it is told what these are;
    ``of_project`` tells whether the project declares the table, and not the register.
    """

    name: str
    schema: TableSchema
    dataset: Dataset
    frame: pd.DataFrame
    scales: Mapping[str, int]
    rows: NDArray[np.int64]
    names: Mapping[str, Names] = field(default_factory=dict)
    elsewhere: Mapping[str, frozenset[str]] | None = None
    of_project: bool = True
    _numbers: dict[str, Numbers] = field(default_factory=dict)
    _as_written: dict[str, bool] = field(default_factory=dict)
    _headings: dict[str, str] = field(default_factory=dict)

    def numbers(self, name: str) -> Numbers:
        """Return the scaled integers of a column of numbers, and which of them are known."""
        if name not in self._numbers:
            column = self.frame[name]
            self._numbers[name] = (column.to_numpy("int64", na_value=0), column.notna().to_numpy())
        return self._numbers[name]

    def rows_at(self, places: NDArray[np.intp]) -> Sequence[int]:
        """Return the file's own numbers of the rows at ``places``, of very many in four bytes each."""
        numbers = self.rows[places]
        if len(numbers) <= _MANY:
            return tuple(numbers.tolist())
        compact = array("i")
        compact.frombytes(numbers.astype("int32").tobytes())
        return compact

    def heading(self, name: str) -> str:
        """Return what the file itself calls a column."""
        if name not in self._headings:
            self._headings[name] = self.schema.headings_among(name, self.dataset.columns)[0]
        return self._headings[name]

    def is_as_written(self, name: str) -> bool:
        """Tell whether the cells of a column say what they mean as they stand: 2024 and not 2024年, ; in lists."""
        if name not in self._as_written:
            cells = self.dataset.cells(self.dataset.columns.index(self.heading(name)))
            pairs = zip(cells.texts, self.frame[name].iloc[cells.first_rows()], strict=True)
            self._as_written[name] = all(cell == _written(value) for cell, value in pairs if cell)
        return self._as_written[name]

    def column(self, name: str) -> ColumnSchema:
        """Return the schema of a column."""
        return self.schema.columns[name]


_MANY: Final = 10_000


def _written(value: object) -> str:
    return ";".join(value) if isinstance(value, tuple) else str(value)
