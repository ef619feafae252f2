"""Finds numbers of a column that cannot be meant, or kept exactly, beside its others: percentages, many decimals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from clusterreport.characters import shown
from clusterreport.data.faults import CellFault
from clusterreport.messages import message
from clusterreport.settings import TABLES_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.data.cells import Value
    from clusterreport.data.schema import ColumnSchema


SIGNS_OF_PERCENT: Final = ("%", "\uff05")


def percentages(texts: list[str], schema: ColumnSchema) -> dict[int, CellFault]:
    """Take the signs of percent out of ``texts`` where that is the column's unit; return what cannot be meant."""
    if not schema.is_number:
        return {}
    marked = [place for place, text in enumerate(texts) if text.endswith(SIGNS_OF_PERCENT)]
    if not marked:
        return {}
    if schema.unit not in SIGNS_OF_PERCENT:
        remedy = message(
            'Write the number in {unit}, or unit = "%" in {file}.',
            unit=schema.unit or message("its unit"),
            file=TABLES_FILE,
        )
        problem = message("{{0}} is a percentage, and this column has {unit}", unit=schema.unit or message("no unit"))
        return {place: CellFault(problem, remedy, (shown(texts[place]),)) for place in marked}
    doubted = [place for place, text in enumerate(texts) if _BELOW_ONE.fullmatch(text)]
    for place in marked:
        texts[place] = texts[place].rstrip("".join(SIGNS_OF_PERCENT)).rstrip()
    remedy = message("Write the sign in every row: 0.175 may be 0.175% or 17.5%.")
    problem = message("{0} has no %, and other cells of the column have it")
    return {place: CellFault(problem, remedy, (shown(texts[place]),)) for place in doubted}


def too_many_decimals(texts: Sequence[str], says: Sequence[Value]) -> dict[int, CellFault]:
    """Return the numbers with more decimals than can be kept beside the largest of the column: 1/3 by a billion."""
    numbers = {place: value for place, value in enumerate(says) if isinstance(value, Decimal)}
    before = max((len(str(abs(int(value))).lstrip("0")) for value in numbers.values()), default=0)
    room = _MOST_KEPT - before
    problem = message(
        "{{0}} has more decimals than can be kept beside {before} digits before the point in this column", before=before
    )
    return {
        place: CellFault(problem, message("Round it to at most {room} decimals.", room=room), (shown(texts[place]),))
        for place in numbers
        if len(texts[place].partition(".")[2]) > room
    }


_BELOW_ONE: Final = re.compile(r"[+-]?0?\.[0-9]+")
_MOST_KEPT: Final = 18  # digits that all numbers of a column can have together, before and behind the point
