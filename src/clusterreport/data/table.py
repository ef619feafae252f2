"""A table of a project: typed columns on pandas, exact to the digit, and the row of the file behind each value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = tuple[NDArray[np.int64], NDArray[np.bool_]]

    from clusterreport.data.schema import ColumnSchema, TableSchema
    from clusterreport.datasets import Dataset


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows of a file as its schema reads them.

    ``frame`` has one column for each of the schema, in their order, and one row for each of the file: words are
    strings ("" where nothing stands), lists tuples of strings, truths booleans, years and numbers nullable integers. A
    number is kept exactly, as an integer of so many decimals as ``scales`` says: 12.5 of scale 2 is 1250. ``rows``
    holds the file's own number of each row.
    """

    name: str
    schema: TableSchema
    dataset: Dataset
    frame: pd.DataFrame
    scales: Mapping[str, int]
    rows: NDArray[np.int64]
    _numbers: dict[str, Numbers] = field(default_factory=dict)

    def numbers(self, name: str) -> Numbers:
        """Return the scaled integers of a column of numbers, and which of them are known."""
        if name not in self._numbers:
            column = self.frame[name]
            self._numbers[name] = (column.to_numpy("int64", na_value=0), column.notna().to_numpy())
        return self._numbers[name]

    def column(self, name: str) -> ColumnSchema:
        """Return the schema of a column."""
        return self.schema.columns[name]
