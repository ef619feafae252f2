"""A row of an own table as templates take it: its values by column, whose headings lead to them as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.analysis.rows import TableRows


class TableRecord(dict[str, Any]):
    """The values of one row, by the names of its columns; what no column is called is told, and is no empty cell."""

    def __init__(self, values: Mapping[str, Any], rows: TableRows) -> None:
        """Hold ``values`` of a row that is among ``rows``."""
        super().__init__(values)
        self._rows = rows

    def of(self, word: str) -> Any:  # noqa: ANN401 -- whatever the row holds
        """Return the value in the column that is called ``word``; ProblemsError names the columns there are."""
        name = self._rows.column_called(word)
        if name not in self:
            self._rows.number_called(word)  # raises: only numbers without a unit are left out of a record
        return self[name]
