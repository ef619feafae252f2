"""Gives the numbers of a column as many decimals as the one with most, so that their points stand below each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clusterreport.document.model import Number
from clusterreport.document.wording import printed_amount
from clusterreport.locale import BASE
from clusterreport.quantity import Computed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clusterreport.document.model import Cell, Row, RowGroup


def with_even_decimals(groups: Sequence[RowGroup], asked: Sequence[bool]) -> list[RowGroup]:
    """Return the groups of a table's rows; ``asked`` says of each column whether its decimals may be made even.

    What the data write themselves is filled up with zeros, and nothing is rounded; what a source printed stays as it
    printed it, and with it its column.
    """
    rows = [row for group in groups for row in group.rows]
    most = {place: _most(row.cells[place] for row in rows) for place, free in enumerate(asked) if free}
    return [replace(group, rows=tuple(_even(row, most) for row in group.rows)) for group in groups]


def _most(cells: Iterable[Cell]) -> int | None:
    """Return the most decimals of a column of numbers, None where all have as many, or some may not have more."""
    numbers = [part for cell in cells for part in cell.children if isinstance(part, Number) and part.quantity.known]
    if len({number.quantity.unit for number in numbers}) != 1 or not all(
        isinstance(number.quantity.basis, Computed) and number.style.decimals is None for number in numbers
    ):
        return None
    found = {_decimals(number) for number in numbers}
    return max(found) if len(found) > 1 else None


def _decimals(number: Number) -> int:
    amount = printed_amount(number.quantity, number.style, BASE)
    exponent = 0 if amount is None else amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _even(row: Row, most: dict[int, int | None]) -> Row:
    return replace(row, cells=tuple(_filled(cell, most.get(place)) for place, cell in enumerate(row.cells)))


def _filled(cell: Cell, decimals: int | None) -> Cell:
    if decimals is None:
        return cell
    parts = (
        replace(part, style=replace(part.style, decimals=decimals)) if isinstance(part, Number) else part
        for part in cell.children
    )
    return replace(cell, children=tuple(parts))
