"""Says where in its file a table stands: on which sheet, under which rows of headings, with hidden rows or without."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from clusterreport.settings.toml_file import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

Hidden = Literal["", "read", "leave_out"]

MOST_HEADER_ROWS: Final = 5
LAST_HEADER_ROW: Final = 1_000
KEYS: Final = ("sheet", "header_rows", "hidden_rows")
"""The settings that a layout is read from."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands in its file.

    ``sheet`` is "" where the file has only one, or none. ``header_rows`` are the file's own numbers of the rows that
    hold the headings, one below the other; without any it is the first row. ``hidden_rows`` says what is to be done
    with rows that a workbook hides; "" is to ask the user.
    """

    sheet: str = ""
    header_rows: tuple[int, ...] = ()
    hidden_rows: Hidden = ""

    @property
    def header(self) -> tuple[int, ...]:
        """Return the rows of the header."""
        return self.header_rows or (1,)


class LayoutError(ValueError):
    """A setting of a layout cannot be meant."""

    def __init__(self, key: str, problem: str, remedy: str) -> None:
        """Keep the parts until the place is known."""
        self.key, self.problem, self.remedy = key, problem, remedy
        super().__init__(f"{problem}|{remedy}")


def layout_in(table: Mapping[str, Any]) -> Layout:
    """Return the layout that the settings of one table describe; LayoutError names the first that is wrong."""
    sheet = table.get("sheet", "")
    if not isinstance(sheet, str):
        raise LayoutError("sheet", f"{quoted(sheet)} is not the name of a sheet", 'Write the sheet as sheet = "…".')
    hidden = table.get("hidden_rows", "")
    if hidden not in get_args(Hidden):
        remedy = 'Write hidden_rows = "read" or hidden_rows = "leave_out".'
        raise LayoutError("hidden_rows", f"{quoted(hidden)} is not known", remedy)
    return Layout(sheet, header_rows_in(table.get("header_rows", ())), hidden)


def header_rows_in(value: Any) -> tuple[int, ...]:  # noqa: ANN401 -- whatever stands in the settings
    """Return the rows of a header; LayoutError if they are not rows, one below the other."""
    rows = tuple(value) if isinstance(value, list | tuple) else ()
    whole = all(isinstance(row, int) and not isinstance(row, bool) and 1 <= row <= LAST_HEADER_ROW for row in rows)
    if not isinstance(value, list | tuple) or not whole or len(rows) > MOST_HEADER_ROWS:
        problem = f"{quoted(value)} is no list of at most {MOST_HEADER_ROWS} rows from 1 to {LAST_HEADER_ROW:,}"
        raise LayoutError("header_rows", problem, "Write the rows of the headings, such as header_rows = [3, 4].")
    if any(below <= above for above, below in itertools.pairwise(rows)):
        problem = f"{quoted(list(rows))} is not in the order of the rows"
        raise LayoutError("header_rows", problem, "Write each row once, the upper ones first.")
    return rows
