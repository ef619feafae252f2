"""Says where in its file a table stands: on which sheet, under which rows of headings, with hidden rows or without."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import PlainValidator

from clusterreport.messages import message
from clusterreport.settings.fields import refused
from clusterreport.settings.toml_file import quoted

Hidden = Literal["", "read", "leave_out"]

MOST_HEADER_ROWS: Final = 5
LAST_HEADER_ROW: Final = 1_000


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


def _header_rows(value: object) -> tuple[int, ...]:
    """Return the rows of a header, if they are rows, one below the other."""
    rows = tuple(value) if isinstance(value, list | tuple) else ()
    whole = all(isinstance(row, int) and not isinstance(row, bool) and 1 <= row <= LAST_HEADER_ROW for row in rows)
    if not isinstance(value, list | tuple) or not whole or len(rows) > MOST_HEADER_ROWS:
        problem = message(
            "{value} is no list of at most {most_header_rows} rows from 1 to {last_header_row:,}",
            value=quoted(value),
            most_header_rows=MOST_HEADER_ROWS,
            last_header_row=LAST_HEADER_ROW,
        )
        raise refused(problem, message("Write the rows of the headings, such as header_rows = [3, 4]."))
    if any(below <= above for above, below in itertools.pairwise(rows)):
        raise refused(
            message("{rows} is not in the order of the rows", rows=quoted(list(rows))),
            message("Write each row once, the upper first."),
        )
    return rows


HeaderRows = Annotated[tuple[int, ...], PlainValidator(_header_rows, json_schema_input_type=tuple[int, ...])]
"""The rows of a header, as settings say them."""
