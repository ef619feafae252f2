"""Cuts records behind the first of them, and keeps together what ties where they are cut."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clusterreport.quantity import Quantity
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.records import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal


def foremost(records: Sequence[Any], count: int, parts: Iterable[str]) -> tuple[Sequence[Any], bool]:
    """Return the first ``count`` records with those that tie with the last of them, and whether some are left out.

    They tie by the first of ``parts`` that the records are in order by; records in no order of numbers tie in nothing.
    Of more that tie than ``count`` none is added, as a table of the first five would have no end.
    """
    if not 0 < count < len(records):
        return records[:count], False
    for part in parts:
        amounts = _amounts(records, part)
        if amounts and _are_in_order(amounts):
            tied = sum(amount == amounts[count - 1] for amount in amounts[count:])
            return (records[: count + tied], False) if tied <= count else (records[:count], True)
    return records[:count], False


def _amounts(records: Sequence[Any], part: str) -> list[Decimal]:
    """Return the amounts that a part of the records has; none where one is no number, or not known."""
    amounts = []
    for record in records:
        try:
            value = value_of(record, part)
        except TemplateError:
            return []
        if not isinstance(value, Quantity) or value.amount is None:
            return []
        amounts.append(value.amount)
    return amounts


def _are_in_order(amounts: Sequence[Decimal]) -> bool:
    pairs = list(pairwise(amounts))
    falls, rises = any(one > other for one, other in pairs), any(one < other for one, other in pairs)
    return falls != rises
