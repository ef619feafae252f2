"""Chooses what of much is shown: the first, or the largest by the column that ranks it, and what ties with the last."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clusterreport import charts
from clusterreport.messages import message
from clusterreport.quantity import Quantity
from clusterreport.writing.faults import TemplateError
from clusterreport.writing.records import value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from clusterreport.analysis.rankings import Panel
    from clusterreport.document.model import Series


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


def check_takes_first(kind: str) -> None:
    """Raise TemplateError where charts of ``kind`` show a whole, of which none may be left out."""
    if not charts.taken_first(kind):
        raise TemplateError(
            message("chart.{kind} shows all that it is given, and takes no top", kind=kind),
            message("Leave top out, and choose what is to be shown with where(…)."),
        )


def first_of_panel(
    panel: Panel, kind: str, series: Sequence[Series], count: int
) -> tuple[Sequence[int], Sequence[int]]:
    """Return the places of the categories and of the series that a chart of ``kind`` shows of a panel.

    ``series`` are its values as the audience may read them.
    """
    every, lines = range(len(panel.categories)), range(len(series))
    if charts.taken_first(kind) == "series" or panel.things == "series":
        column = -1 if panel.over_times or not panel.things else 0
        return every, largest([each.values[column] for each in series], count) if every else lines
    if not panel.things:
        return every[:count], lines
    told = charts.measured(kind, series)
    return largest(told[-1 if panel.over_times else 0].values, count), lines


def largest(values: Sequence[Quantity], count: int) -> Sequence[int]:
    """Return the places of the ``count`` largest values and of what ties with the last, the largest first.

    Equal values keep their order, and those that nobody knows come last.
    """
    amounts = [value.amount for value in values]
    places = sorted(range(len(values)), key=lambda place: (amounts[place] is None, -(amounts[place] or 0)))
    if count >= len(places):
        return places
    last = amounts[places[count - 1]]
    ties = [place for place in places[count:] if last is not None and amounts[place] == last]
    return [*places[:count], *ties]


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
