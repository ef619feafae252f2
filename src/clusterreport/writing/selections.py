"""The tables of a project as templates find them: by name, each made when it is first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusterreport.analysis.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clusterreport.data.table import DataTable
    from clusterreport.locale import Language


class Selections(dict[str, Any]):
    """All rows of each of ``tables``; what is found of them is named in ``language``."""

    def __init__(self, tables: Mapping[str, DataTable], language: Language) -> None:
        """Make nothing yet."""
        super().__init__(dict.fromkeys(tables))
        self._tables = tables
        self._language = language

    def __getitem__(self, name: str) -> Selection:
        """Return all rows of a table; KeyError if there is none of this name."""
        found: Selection | None = super().__getitem__(name)
        if found is None:
            found = self[name] = Selection.of(self._tables[name], self._language)
        return found
