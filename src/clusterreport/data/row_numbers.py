"""Says rows by their numbers: row 5; rows 2, 3; rows 2, 3, … of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport.messages import counted, message

if TYPE_CHECKING:
    from collections.abc import Sequence


def rows_named(numbers: Sequence[int], most: int) -> str:
    """Return rows as a sentence names them, no more than the first ``most``."""
    shown = message(", ").join(map(str, numbers[:most]))
    if len(numbers) > most:
        return message("rows {rows}, …", rows=shown)
    return counted(len(numbers), "row {rows}", "rows {rows}", rows=shown)
