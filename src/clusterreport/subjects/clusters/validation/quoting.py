"""Checks published figures against the words that they are quoted with: value, unit and qualifier, and the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clusterreport.characters import shown
from clusterreport.data.dataset import rows_named
from clusterreport.data.faults import CellFault
from clusterreport.data.periods import period_of
from clusterreport.errors import Level, Problem
from clusterreport.messages import counted, message, template
from clusterreport.quantity import Bound
from clusterreport.reconcile.quotes import QuoteOutcome, held_against, years_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from clusterreport.data.dataset import Dataset
    from clusterreport.data.reading import Reading
    from clusterreport.subjects.clusters.records import PublishedFigure

    Found = Iterator[tuple[str, int, CellFault]]


def check_quotes(figures: Reading) -> None:
    """Note the figures that their own quotes contradict; a quote that carries no such number says nothing against."""
    if not figures.faults.silent:
        figures.faults.note_found(list(_contradicted(figures)))


def direction_of(qualifier: str) -> str:
    """Return what a qualifier of the data says of the true value: "exact", "over", "under", "about", "planned"."""
    return (Bound.EXACT if qualifier == _EXACT else Bound(qualifier)).direction


def doubtful_years(figures: Iterable[PublishedFigure], dataset: Dataset) -> Iterator[Problem]:
    """Yield the figures of a year that their quotes do not name, or that lies ahead of their own sources."""
    for figure in figures:
        period, quoted = period_of(figure.year), years_in(figure.quote)
        if period is None:
            continue
        spoken = {period.first.year, period.last.year}
        planned = direction_of(figure.qualifier) == "planned"
        appeared = period_of(figure.source_date)
        if quoted and not spoken & quoted:
            years = message(" and ").join(map(str, sorted(quoted)))
            problem = message("it is of {year}, and its quote speaks of {years}", year=shown(figure.year), years=years)
            remedy = message("Write the year that the number belongs to, or the words that name it.")
        elif appeared and not planned and period.first > appeared.last:
            day = shown(figure.source_date)
            problem = message("it is of {year}, and its source is of {day}", year=shown(figure.year), day=day)
            remedy = message("Mend the year or the source_date; for a plan, write its qualifier.")
        else:
            continue
        yield Problem(dataset.at(figure.row, "year"), problem, remedy, level=Level.WARN)


def unquoted(figures: Iterable[PublishedFigure], dataset: Dataset) -> Iterator[Problem]:
    """Yield one note on the figures whose quotes do not say their number."""
    rows = [figure.row for figure in figures if _held(figure) is QuoteOutcome.ABSENT]
    if rows:
        problem = counted(
            len(rows),
            "1 figure is not in the quote beside it ({rows})",
            "{count} figures are not in the quotes beside them ({rows})",
            rows=rows_named(rows, _MOST_ROWS),
        )
        remedy = message("Where the source has the number in words, quote these too; it is printed all the same.")
        yield Problem(dataset.place, problem, remedy, level=Level.NOTE)


def _held(figure: PublishedFigure) -> QuoteOutcome:
    return held_against(figure.quote, figure.value, figure.unit, direction_of(figure.qualifier)).outcome


def _contradicted(figures: Reading) -> Found:
    right = (~figures.faults.wrong).tolist()
    columns = map(figures.values, ("value", "unit", "qualifier", "quote"))
    for place, cells in enumerate(zip(*columns, strict=True)):
        if right[place]:
            yield from _fault(place, *cells)


def _fault(place: int, value: Decimal, unit: str, qualifier: str, quote: str) -> Found:
    held = held_against(quote, value, unit, direction_of(qualifier))
    ours = f"{value} {unit}" + ("" if qualifier == _EXACT else f" ({qualifier})")
    if held.outcome in _COLUMNS:
        column, remedy = _COLUMNS[held.outcome]
        problem = message("it is {0}, and its quote says {1}")
        yield column, place, CellFault(problem, message(remedy), (ours, shown(held.instead)))


_EXACT: Final = "exact"  # the one qualifier that is no word of a source
_MOST_ROWS: Final = 5
_COLUMNS: Final = {
    QuoteOutcome.OTHER_VALUE: (
        "value",
        template("Write the value of the quote, or quote the words that carry this one."),
    ),
    QuoteOutcome.OTHER_UNIT: ("unit", template("Write the unit of the quote, or the value in this unit.")),
    QuoteOutcome.OTHER_QUALIFIER: (
        "qualifier",
        template("Write the word that the quote has before or behind the number, or exact where it has none."),
    ),
}
