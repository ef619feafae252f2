"""Chooses what a chart of much shows: the largest, by the column that it is ranked by, with what ties with the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusterreport import charts
from clusterreport.messages import message
from clusterreport.writing.faults import TemplateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clusterreport.analysis.rankings import Panel
    from clusterreport.document.model import Series
    from clusterreport.quantity import Quantity


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
